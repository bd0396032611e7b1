//! What proposals have led to and stays: broadcasts, decisions, actions. Knows nothing of texts.

use imbl::{OrdMap, OrdSet};
use mic_proof::hash::Hash;

use crate::charter::Audience;
use crate::ids::{LogTime, Number, ProposalNumber, Seq, Slot};

/// A broadcast as the list of broadcasts needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroadcastLine {
    pub number: Number,
    pub proposal: ProposalNumber,
    pub version: Hash,
    pub audience: Audience,
    pub ordered_at: LogTime,
    pub seq: Seq,
    /// Leaf hash of its entry; the next broadcast names it.
    pub leaf: Hash,
    pub author: Slot,
    /// The proposal that recalled it.
    pub recalled_by: Option<ProposalNumber>,
}

/// A decision as the register needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionLine {
    pub number: Number,
    pub proposal: ProposalNumber,
    pub version: Hash,
    pub recorded_at: LogTime,
    pub seq: Seq,
    /// The options that won, where it was voted on options.
    pub winners: Box<[u32]>,
}

/// An action as the list of actions needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionLine {
    pub number: Number,
    pub proposal: ProposalNumber,
    pub version: Hash,
    pub called_at: LogTime,
    pub seq: Seq,
    pub author: Slot,
    /// The roll its proposal was opened with.
    pub roll: u32,
    /// Who had pledged, where its process asks for pledges.
    pub pledged: Option<OrdSet<Slot>>,
    /// Who said afterwards whether they did it.
    pub deeds: OrdMap<Slot, bool>,
    /// How many of them did.
    pub done: u32,
}

impl ActionLine {
    /// Somebody says, or says anew, whether they did it.
    pub(crate) fn report(&mut self, slot: Slot, done: bool) {
        let before = self.deeds.insert(slot, done).unwrap_or(false);
        self.done = self.done + u32::from(done) - u32::from(before);
    }
}
