//! Looking after what is stored: checking it, and destroying what is past its time.

use mic_engine::ids::{GroupId, LogTime, Seq};

use super::Fault;

/// Something stored that is not what it should be. Never repaired in place: restore or mirror it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The bytes of an entry do not have its leaf hash.
    EntryAltered { group: GroupId, seq: Seq },
    /// Positions are missing or doubled: this is the first that is not there.
    EntryMissing { group: GroupId, seq: Seq },
    /// A published checkpoint covers more entries than there are.
    TailMissing { group: GroupId, length: Seq, published: u64 },
    /// A document cannot be opened or does not have its hash.
    DocumentAltered { group: GroupId, hash: mic_proof::hash::Hash },
    /// The database itself reports damage.
    File(String),
}

/// What was destroyed because its time was over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tidied {
    pub sessions: u64,
    pub sign_ins: u64,
    pub api_tokens: u64,
    pub invitations: u64,
    pub letters: u64,
    /// Answers of other servers, a week after the last attempt.
    pub answers: u64,
}

/// Upkeep of the whole store.
pub trait Upkeep {
    /// Quick: positions without gaps, tails not shorter than what was published. For every start.
    fn check(&self) -> Result<Vec<Damage>, Fault>;

    /// Thorough: every entry against its leaf hash, every document against its name, the file against itself.
    fn scrub(&self) -> Result<Vec<Damage>, Fault>;

    /// Destroys what expired, then makes the files forget what was erased since the last time.
    fn tidy(&self, now: LogTime) -> Result<Tidied, Fault>;
}
