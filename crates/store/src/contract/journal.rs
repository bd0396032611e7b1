//! The journal: entries, command keys, checkpoints, certificates. Knows nothing of what an entry means.

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::ids::{CommandKey, GroupId, LogTime, Number, ProposalNumber, Seq};
use mic_proof::hash::Hash;

use super::Fault;

/// The most entries or leaf hashes one read returns; ask again from the next position for more.
pub const ENTRIES_PER_READ_MAX: u32 = 10_000;

/// An entry as it was appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    pub seq: Seq,
    pub bytes: Vec<u8>,
    pub leaf: Hash,
    pub proposal: Option<ProposalNumber>,
}

/// A checkpoint that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries it covers.
    pub size: u64,
    pub at: LogTime,
    /// The signed note (C2SP signed-note, tlog-checkpoint), as served.
    pub note: String,
}

/// What became of saving a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointSaved {
    Saved,
    /// A checkpoint that covers more, or is younger, was saved before: this one must not be published.
    Behind,
    /// It covers entries that are not there: it must not be published.
    Ahead,
}

/// Entries of groups.
pub trait Journal {
    /// Appends batches, also of different groups, in the order given, with one sync; one outcome for each batch.
    /// `NotWritten` is the outcome of a batch that never can be: for a group that was not prepared, with a slot that has somebody
    /// already, with a parcel beyond the limits. When the world failed, the answer is a fault, and nothing of any batch was written.
    fn append(&self, batches: &[Append]) -> Result<Vec<AppendOutcome>, Fault>;

    /// Appends what is handed over, batch after batch until there is none, with one sync: all of it or nothing. For a journal that
    /// does not fit into memory; only one batch is held at a time. `Committed` if everything was written; otherwise the outcome of
    /// the first batch that was not. A fault of whoever hands over ends it and is given back. No other write happens meanwhile, and
    /// `next` must not call the store.
    fn append_whole(
        &self,
        next: &mut dyn FnMut() -> Result<Option<Append>, Fault>,
    ) -> Result<AppendOutcome, Fault>;

    /// How many entries there are: the position of the next one. 0 for a group that is not there.
    fn length(&self, group: GroupId) -> Result<Seq, Fault>;

    /// Up to `count` entries from position `from` on, in order.
    fn entries(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<StoredEntry>, Fault>;

    /// Up to `count` entries of one proposal from position `from` on, in order.
    fn entries_of_proposal(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        from: Seq,
        count: u32,
    ) -> Result<Vec<StoredEntry>, Fault>;

    /// Up to `count` leaf hashes from position `from` on, in order.
    fn leaves(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<Hash>, Fault>;

    /// Where the first entry of an act lies, if the act was done.
    fn command_key(&self, group: GroupId, key: CommandKey) -> Result<Option<Seq>, Fault>;

    /// The last `count` command keys, the newest first.
    fn recent_command_keys(
        &self,
        group: GroupId,
        count: u32,
    ) -> Result<Vec<(CommandKey, Seq)>, Fault>;

    /// Saves a signed checkpoint before it is published. Saved twice, it exists once.
    fn save_checkpoint(
        &self,
        group: GroupId,
        checkpoint: &Checkpoint,
    ) -> Result<CheckpointSaved, Fault>;

    fn latest_checkpoint(&self, group: GroupId) -> Result<Option<Checkpoint>, Fault>;

    /// Up to `count` published checkpoints that cover at least `size` entries, the smallest first.
    fn checkpoints(&self, group: GroupId, size: u64, count: u32) -> Result<Vec<Checkpoint>, Fault>;

    /// Keeps the certificate of a broadcast; the first one stays. `false` if another one was there.
    fn save_certificate(&self, group: GroupId, number: Number, text: &str) -> Result<bool, Fault>;

    fn certificate(&self, group: GroupId, number: Number) -> Result<Option<String>, Fault>;
}
