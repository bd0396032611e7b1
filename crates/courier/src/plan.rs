//! When a letter that did not arrive is tried again, when it is given up, and when a relay that is down
//! is left in peace: pure values over time stamps. It does not know what a letter or a relay is.

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMs(pub u64);

/// Names one letter to whoever ordered it; also spreads the retries of many letters in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterKey(pub u64);

/// A letter is given up this long after its first attempt: five days (RFC 5321, section 4.5.4.1).
pub const LETTER_AGE_MS_MAX: u64 = 5 * 24 * HOUR_MS;
/// Relay failures in a row that open a breaker.
pub const BREAKER_FAILURES_MAX: u32 = 5;
/// Longest pause of a breaker between two probes.
pub const BREAKER_PAUSE_MS_MAX: u64 = 10 * MINUTE_MS;

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const BREAKER_PAUSE_MS: u64 = 30_000;

/// Delay after attempt 1, 2, …; the last one repeats.
const DELAYS_MS: [u64; 8] = [
    MINUTE_MS,
    5 * MINUTE_MS,
    15 * MINUTE_MS,
    HOUR_MS,
    4 * HOUR_MS,
    8 * HOUR_MS,
    16 * HOUR_MS,
    24 * HOUR_MS,
];

/// What kept a letter from being accepted, as far as planning cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setback {
    /// The other side asks to come back later.
    Later,
    /// The other side said no for good.
    Refused,
    /// Nobody knows whether it was accepted.
    Unknown,
    /// It was never handed over.
    Unreachable,
}

/// What to do with the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    RetryAt(UnixMs),
    GiveUp(Reason),
}

/// Why no further attempt is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Refused,
    /// Older than `LETTER_AGE_MS_MAX` at its next attempt; the last setback says what stood in the way.
    TooOld(Setback),
}

/// Decides about a letter after its `attempts`th attempt (from 1), the first of which was at `first`.
///
/// The delay grows with `attempts` and is stretched by up to a fifth, always the same for one letter,
/// so that a hundred thousand greylisted letters do not come back in one second.
pub fn next(key: LetterKey, attempts: u32, first: UnixMs, now: UnixMs, setback: Setback) -> Next {
    match setback {
        Setback::Refused => Next::GiveUp(Reason::Refused),
        Setback::Later | Setback::Unknown | Setback::Unreachable => {
            let at = UnixMs(now.0.saturating_add(delay_ms(key, attempts)));
            if at.0.saturating_sub(first.0) > LETTER_AGE_MS_MAX {
                Next::GiveUp(Reason::TooOld(setback))
            } else {
                Next::RetryAt(at)
            }
        }
    }
}

fn delay_ms(key: LetterKey, attempts: u32) -> u64 {
    let rung = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let delay = DELAYS_MS[rung.min(DELAYS_MS.len() - 1)];
    // The multiplier of Knuth's multiplicative hashing spreads keys that follow each other.
    let spread = key.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
    delay + delay / 5 * spread / 1_024
}

/// Leaves a destination in peace while it is down. One letter at a time probes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaker {
    /// Letters flow; so many failures came in a row.
    Closed { failures: u32 },
    /// Nothing is sent before `until`.
    Open { until: UnixMs, pause_ms: u64 },
    /// A probe is under way and its outcome decides.
    Probing { pause_ms: u64 },
}

/// Whether a letter may be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Send,
    /// Send one, and tell the breaker that this is the probe (`probing`).
    Probe,
    WaitUntil(UnixMs),
    /// A probe is under way.
    WaitForProbe,
}

impl Breaker {
    pub fn new() -> Self {
        Self::Closed { failures: 0 }
    }

    pub fn gate(self, now: UnixMs) -> Gate {
        match self {
            Self::Closed { .. } => Gate::Send,
            Self::Open { until, .. } if now < until => Gate::WaitUntil(until),
            Self::Open { .. } => Gate::Probe,
            Self::Probing { .. } => Gate::WaitForProbe,
        }
    }

    /// The one probe is on its way.
    #[must_use]
    pub fn probing(self) -> Self {
        match self {
            Self::Closed { .. } | Self::Probing { .. } => self,
            Self::Open { pause_ms, .. } => Self::Probing { pause_ms },
        }
    }

    /// After the destination answered, whatever it said: it is alive.
    pub fn answered() -> Self {
        Self::new()
    }

    /// The destination could not be reached.
    #[must_use]
    pub fn failed(self, now: UnixMs) -> Self {
        match self {
            Self::Closed { failures } if failures + 1 < BREAKER_FAILURES_MAX => {
                Self::Closed { failures: failures + 1 }
            }
            Self::Closed { .. } => Self::open(now, BREAKER_PAUSE_MS),
            // Stragglers that were under way when it opened say nothing new.
            Self::Open { .. } => self,
            Self::Probing { pause_ms } => Self::open(now, (pause_ms * 2).min(BREAKER_PAUSE_MS_MAX)),
        }
    }

    fn open(now: UnixMs, pause_ms: u64) -> Self {
        Self::Open { until: UnixMs(now.0.saturating_add(pause_ms)), pause_ms }
    }
}

impl Default for Breaker {
    fn default() -> Self {
        Self::new()
    }
}
