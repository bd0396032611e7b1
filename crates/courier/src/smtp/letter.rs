//! What is handed to the client and what it answers. It does not know how a relay is spoken to.

use super::reply::{Enhanced, Reply};
use crate::address::Address;
use crate::plan::{LetterKey, Setback};
use bytes::Bytes;

/// Longest mail, in bytes.
pub const LETTER_BYTES_MAX: usize = 8 << 20;

/// One mail for one recipient. Its bytes have CRLF line ends throughout and no NUL: they are checked
/// once, here, so that nothing in a body can end the mail early (RFC 5321, section 2.3.8).
#[derive(Clone, Debug)]
pub struct Letter {
    key: LetterKey,
    from: Address,
    to: Address,
    bytes: Bytes,
    is_eight_bit: bool,
}

/// Why bytes are not a mail that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterRefusal {
    #[error("the mail has a line feed without a carriage return, or the reverse, at byte {0}")]
    BareLineBreak(usize),
    #[error("the mail contains NUL at byte {0}")]
    Nul(usize),
    #[error("the mail has a line of more than 998 bytes at byte {0}")]
    LineTooLong(usize),
    #[error("the mail is longer than {LETTER_BYTES_MAX} bytes")]
    TooLong,
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The relay has taken it and answers for it from now on.
    Accepted { reply: String },
    /// A 4xx reply: greylisting, a full disk, too many at once.
    Later(Objection),
    /// A 5xx reply, for good. Only `Stage::Recipient` says something about the recipient.
    Refused(Objection),
    /// The connection ended after the final dot and before the reply: it may or may not have been accepted.
    Unknown,
    /// It was never handed over: no connection, no common language, no right to send.
    Unreachable { text: String },
}

/// A reply that says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub stage: Stage,
    pub code: u16,
    /// RFC 3463, where the relay gives one.
    pub enhanced: Option<Enhanced>,
    /// What the relay said, printable and cut to a bounded length. It may name the recipient: not for logs.
    pub text: String,
}

/// The command that was answered with no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Sender,
    Recipient,
    Content,
}

impl Letter {
    pub fn new(
        key: LetterKey,
        from: Address,
        to: Address,
        bytes: Bytes,
    ) -> Result<Self, LetterRefusal> {
        let is_eight_bit = check(&bytes)?;
        Ok(Self { key, from, to, bytes, is_eight_bit })
    }

    pub fn key(&self) -> LetterKey {
        self.key
    }

    pub fn from(&self) -> &Address {
        &self.from
    }

    pub fn to(&self) -> &Address {
        &self.to
    }

    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Whether it needs 8BITMIME (RFC 6152).
    pub(super) fn is_eight_bit(&self) -> bool {
        self.is_eight_bit
    }
}

impl Answer {
    /// What planning has to know; nothing when the letter was accepted.
    pub fn setback(&self) -> Option<Setback> {
        match self {
            Self::Accepted { .. } => None,
            Self::Later(_) => Some(Setback::Later),
            Self::Refused(_) => Some(Setback::Refused),
            Self::Unknown => Some(Setback::Unknown),
            Self::Unreachable { .. } => Some(Setback::Unreachable),
        }
    }

    pub(super) fn unreachable(text: impl Into<String>) -> Self {
        Self::Unreachable { text: text.into() }
    }

    /// The meaning of a reply that is not the wished-for one.
    pub(super) fn objection(stage: Stage, reply: Reply) -> Self {
        let Reply { code, enhanced, text } = reply;
        match code {
            // Authentication is missing or was refused (RFC 4954, section 6): a matter between us and the
            // relay, so no recipient may be written off for it.
            454 | 530 | 534 | 535 | 538 => Self::unreachable(format!("{code} {text}")),
            400..=499 => Self::Later(Objection { stage, code, enhanced, text }),
            500..=599 => Self::Refused(Objection { stage, code, enhanced, text }),
            _ => Self::unreachable(format!("a reply that is out of order: {code} {text}")),
        }
    }
}

/// Gives whether any byte is outside ASCII.
fn check(bytes: &[u8]) -> Result<bool, LetterRefusal> {
    const LINE_BYTES_MAX: usize = 998;
    if bytes.len() > LETTER_BYTES_MAX {
        return Err(LetterRefusal::TooLong);
    }
    let mut line_start = 0;
    let mut is_eight_bit = false;
    let mut previous = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' if previous == b'\r' => {
                if at - line_start > LINE_BYTES_MAX + 1 {
                    return Err(LetterRefusal::LineTooLong(line_start));
                }
                line_start = at + 1;
            }
            b'\n' => return Err(LetterRefusal::BareLineBreak(at)),
            _ if previous == b'\r' => return Err(LetterRefusal::BareLineBreak(at - 1)),
            0 => return Err(LetterRefusal::Nul(at)),
            _ => is_eight_bit |= byte >= 0x80,
        }
        previous = byte;
    }
    if previous == b'\r' {
        return Err(LetterRefusal::BareLineBreak(bytes.len() - 1));
    }
    if bytes.len() - line_start > LINE_BYTES_MAX {
        return Err(LetterRefusal::LineTooLong(line_start));
    }
    Ok(is_eight_bit)
}
