//! Names and units of the engine: one newtype for each, so that a slot is never taken for a proposal and a day never for an hour.
//! Knows nothing of people: a slot is a number, whose it is lies in the store.

use std::fmt;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
    };
}

macro_rules! name16 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads 32 lower-case hexadecimal digits; anything else is `None`.
            pub fn parse(text: &str) -> Option<Self> {
                parse_hex16(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({self})", stringify!($name))
            }
        }
    };
}

number!(
    /// A member's place on the roll: 0, 1, 2 …, never reused.
    Slot(u32)
);
number!(
    /// A proposal of a group, numbered when it is opened.
    ProposalNumber(u32)
);
number!(
    /// How many stages a proposal had entered before this one: 0 for the first.
    Step(u32)
);
number!(
    /// A broadcast or a recorded decision of a group: 1, 2, 3 …
    Number(u32)
);
number!(
    /// The position of an entry in its journal.
    Seq(u64)
);
number!(
    /// Log time: milliseconds since 1970-01-01T00:00:00Z. Never goes back within a journal.
    LogTime(u64)
);

name16!(
    /// A group, for ever and on every server: 16 random bytes.
    GroupId
);
name16!(
    /// The record of an invited person, before there is a slot. Random, says nothing about the person.
    CandidateId
);
name16!(
    /// Names one act of a person or program, so that sending it twice does it once.
    CommandKey
);

/// The latest log time that an entry may name: the end of the year 9998.
pub const LOG_TIME_MAX: LogTime = LogTime(253_370_764_800_000);

/// The latest moment at which anything may happen. Everything that is counted from it, a pause of 730 days at most, still lies
/// before [`LOG_TIME_MAX`], so that no deadline is ever cut short. A clock beyond it is broken.
pub const CLOCK_TIME_MAX: LogTime = LogTime(LOG_TIME_MAX.0 - Span::days(1_000).0);

/// A span of log time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span(pub u64);

impl Span {
    /// So many whole minutes.
    pub const fn minutes(count: u64) -> Self {
        Self(count * 60_000)
    }

    /// So many whole hours.
    pub const fn hours(count: u64) -> Self {
        Self(count * 3_600_000)
    }

    /// So many whole days of 24 hours.
    pub const fn days(count: u64) -> Self {
        Self(count * 86_400_000)
    }
}

impl LogTime {
    /// The moment `span` later; stops at [`LOG_TIME_MAX`] instead of overflowing.
    #[must_use]
    pub fn after(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0).min(LOG_TIME_MAX.0))
    }

    /// How long ago `earlier` was; zero if it lies ahead.
    pub fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

fn parse_hex16(text: &str) -> Option<[u8; 16]> {
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = nibble(*high)? << 4 | nibble(*low)?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
