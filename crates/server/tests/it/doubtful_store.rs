//! A store that says of single appends that it does not know what became of them, as a disk does that fails in the middle, and whose
//! parts fail for as long as a test wants. Everything else is handed on, line by line, so that no default hides a promise that is not
//! kept.

mod people;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::ids::{CommandKey, GroupId, LogTime, Number, ProposalNumber, Seq, Step};
use mic_proof::hash::Hash;
use mic_store::SqliteStore;
use mic_store::contract::*;

/// What really became of an append of which the store says that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    Written,
    NotWritten,
}

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Looking up who calls.
    Tokens,
    /// Whatever is read of a group, its people and its texts.
    Reads,
    /// Whatever is saved.
    Writes,
}

/// How it fails.
pub(crate) type MakeFault = fn() -> Fault;

/// See above.
pub(crate) struct DoubtfulStore {
    inner: Arc<SqliteStore>,
    doubts: Mutex<VecDeque<Doubt>>,
    ill: Mutex<Option<(Part, MakeFault)>>,
}

impl DoubtfulStore {
    pub(crate) fn new(inner: Arc<SqliteStore>) -> Self {
        Self { inner, doubts: Mutex::default(), ill: Mutex::default() }
    }

    /// From now on this part fails.
    pub(crate) fn fall_ill(&self, part: Part, fault: MakeFault) {
        *self.ill.lock().expect("not poisoned") = Some((part, fault));
    }

    pub(crate) fn recover(&self) {
        *self.ill.lock().expect("not poisoned") = None;
    }

    fn sound(&self, part: Part) -> Result<(), Fault> {
        match *self.ill.lock().expect("not poisoned") {
            Some((ill, fault)) if ill == part => Err(fault()),
            Some(_) | None => Ok(()),
        }
    }

    pub(crate) fn doubt_next_append(&self, doubt: Doubt) {
        self.doubts.lock().expect("not poisoned").push_back(doubt);
    }

    pub(crate) fn doubts_left(&self) -> usize {
        self.doubts.lock().expect("not poisoned").len()
    }

    fn append_in_doubt(&self, batches: &[Append]) -> Result<Vec<AppendOutcome>, Fault> {
        self.sound(Part::Writes)?;
        let doubt = self.doubts.lock().expect("not poisoned").pop_front();
        match doubt {
            None => self.inner.append(batches),
            Some(Doubt::Written) => {
                self.inner.append(batches)?;
                Ok(vec![AppendOutcome::Unknown; batches.len()])
            }
            Some(Doubt::NotWritten) => Ok(vec![AppendOutcome::Unknown; batches.len()]),
        }
    }
}

impl Documents for DoubtfulStore {
    fn document(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentText>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.document(group, hash)
    }

    fn document_row(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentRow>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.document_row(group, hash)
    }

    fn documents(&self, group: GroupId) -> Result<Vec<DocumentRow>, Fault> {
        self.inner.documents(group)
    }
}

impl Groups for DoubtfulStore {
    fn prepare_group(
        &self,
        id: GroupId,
        slug: &str,
        public: bool,
        secrets: &GroupSecrets,
        now: LogTime,
    ) -> Result<GroupPrepared, Fault> {
        self.sound(Part::Writes)?;
        self.inner.prepare_group(id, slug, public, secrets, now)
    }

    fn drop_unfounded(&self, id: GroupId) -> Result<bool, Fault> {
        self.inner.drop_unfounded(id)
    }

    fn rename_group(&self, id: GroupId, slug: &str, public: bool) -> Result<bool, Fault> {
        self.inner.rename_group(id, slug, public)
    }

    fn groups(&self) -> Result<Vec<Group>, Fault> {
        self.inner.groups()
    }

    fn group_by_slug(&self, slug: &str) -> Result<Option<Group>, Fault> {
        self.inner.group_by_slug(slug)
    }

    fn group_secrets(&self, id: GroupId) -> Result<Option<GroupSecrets>, Fault> {
        self.inner.group_secrets(id)
    }
}

impl Journal for DoubtfulStore {
    fn append(&self, batches: &[Append]) -> Result<Vec<AppendOutcome>, Fault> {
        self.append_in_doubt(batches)
    }

    fn append_whole(
        &self,
        next: &mut dyn FnMut() -> Result<Option<Append>, Fault>,
    ) -> Result<AppendOutcome, Fault> {
        self.inner.append_whole(next)
    }

    fn length(&self, group: GroupId) -> Result<Seq, Fault> {
        self.sound(Part::Reads)?;
        self.inner.length(group)
    }

    fn entries(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.entries(group, from, count)
    }

    fn entries_of_proposal(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        from: Seq,
        count: u32,
    ) -> Result<Vec<StoredEntry>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.entries_of_proposal(group, proposal, from, count)
    }

    fn leaves(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<Hash>, Fault> {
        self.inner.leaves(group, from, count)
    }

    fn command_key(&self, group: GroupId, key: CommandKey) -> Result<Option<Seq>, Fault> {
        self.inner.command_key(group, key)
    }

    fn recent_command_keys(
        &self,
        group: GroupId,
        count: u32,
    ) -> Result<Vec<(CommandKey, Seq)>, Fault> {
        self.inner.recent_command_keys(group, count)
    }

    fn save_checkpoint(
        &self,
        group: GroupId,
        checkpoint: &Checkpoint,
    ) -> Result<CheckpointSaved, Fault> {
        self.inner.save_checkpoint(group, checkpoint)
    }

    fn latest_checkpoint(&self, group: GroupId) -> Result<Option<Checkpoint>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.latest_checkpoint(group)
    }

    fn checkpoints(&self, group: GroupId, size: u64, count: u32) -> Result<Vec<Checkpoint>, Fault> {
        self.inner.checkpoints(group, size, count)
    }

    fn save_certificate(&self, group: GroupId, number: Number, text: &str) -> Result<bool, Fault> {
        self.inner.save_certificate(group, number, text)
    }

    fn certificate(&self, group: GroupId, number: Number) -> Result<Option<String>, Fault> {
        self.sound(Part::Reads)?;
        self.inner.certificate(group, number)
    }
}

impl Vault for DoubtfulStore {
    fn ballots(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<VaultBallot>, Fault> {
        self.inner.ballots(group, proposal, step)
    }

    fn all_ballots(&self, group: GroupId) -> Result<Vec<VaultBallot>, Fault> {
        self.inner.all_ballots(group)
    }

    fn reasons(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<String>, Fault> {
        self.inner.reasons(group, proposal, step)
    }
}
