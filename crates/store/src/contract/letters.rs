//! Mail to addresses that have no slot, or not yet: signing in, invitations. Knows nothing of wording or mail servers.

use mic_engine::ids::{GroupId, LogTime};

use super::Fault;

/// Names a letter: 16 random bytes, also the stem of its message id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LetterId(pub [u8; 16]);

/// What a letter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    SignIn,
    Invitation,
    /// Anything else the server tells an address, such as that its account was used.
    Notice,
}

/// A letter to write.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: LetterId,
    pub kind: LetterKind,
    /// The group it speaks for, if any.
    pub group: Option<GroupId>,
    pub address: String,
    /// What the sender needs to build it. Stored encrypted, like the address.
    pub content: Vec<u8>,
    /// After this it is worth nothing and is destroyed unsent.
    pub expires: LogTime,
}

impl std::fmt::Debug for Letter {
    /// Addresses and contents are never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Letter({:?}, hidden)", self.kind)
    }
}

/// A claimed letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterToSend {
    pub letter: Letter,
    /// Larger with each claim of this letter.
    pub fencing: u64,
    /// How many attempts were begun before this one.
    pub attempts: u32,
}

/// What came of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterAnswer {
    /// Handed over: the letter is destroyed.
    Sent,
    /// Again at this time.
    Later(LogTime),
    /// Never: the letter is destroyed.
    GivenUp,
}

/// How many letters wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LettersWaiting {
    pub count: u64,
    /// When the next one is due.
    pub next_due: Option<LogTime>,
}

/// Letters in the order in which they are due.
pub trait Letters {
    /// Keeps a letter until it is sent; `false` if it is there already.
    fn write_letter(&self, letter: &Letter, now: LogTime) -> Result<bool, Fault>;

    /// How many letters to this address, of one kind or of any, were written since then and still wait, or were sent since then: to
    /// keep one address from being flooded.
    fn letters_since(
        &self,
        kind: Option<LetterKind>,
        address: &str,
        since: LogTime,
    ) -> Result<u64, Fault>;

    /// Takes up to `count` letters that are due; the attempt is counted durably first. Expired ones are destroyed.
    fn claim_letters(
        &self,
        now: LogTime,
        until: LogTime,
        count: u32,
    ) -> Result<Vec<LetterToSend>, Fault>;

    /// Says what came of it; `false` if the fencing number is old or the letter gone.
    fn settle_letter(
        &self,
        id: LetterId,
        fencing: u64,
        answer: LetterAnswer,
    ) -> Result<bool, Fault>;

    fn letters_waiting(&self) -> Result<LettersWaiting, Fault>;
}
