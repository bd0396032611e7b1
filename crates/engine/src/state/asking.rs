//! A stage that asks everybody, on its way: who has acted, and what everybody may see of it. What is secret until the close is sealed in
//! the vault. Knows nothing of the rules that move it (`stages/`).

use imbl::{OrdMap, OrdSet};
use mic_proof::count::Positions;
use mic_proof::hash::Hash;

use super::jury::JuryState;
use crate::event::Position;
use crate::ids::Slot;

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteState {
    /// Leaf hash of the stage's entry; what ballots are bound to.
    pub draw: Hash,
    /// How many may vote; of a drawn assembly 0 until it is seated.
    pub eligible: u32,
    pub voted: OrdSet<Slot>,
    /// A drawn assembly: first its draw waits, then it sits.
    pub assembly: Option<JuryState>,
}

/// A consensus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsensusState {
    /// How many may take a position.
    pub eligible: u32,
    /// Who stands where. [`Position::None`] does not occur: that is taking back.
    pub positions: OrdMap<Slot, Taken>,
    pub counts: Positions,
}

/// A position that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub position: Position,
    pub reason: Option<Hash>,
}

/// Silence consents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectionState {
    /// The objections that stand, each with its reason.
    pub objections: OrdMap<Slot, Hash>,
}

/// A pledge that has not woken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PledgeState {
    /// Leaf hash of the stage's entry; what pledges are bound to.
    pub draw: Hash,
    /// Whose pledges stand. Shown to nobody until it wakes.
    pub standing: OrdSet<Slot>,
}

impl ConsensusState {
    /// A member takes a position, another one, or takes it back.
    pub(crate) fn take(&mut self, slot: Slot, position: Position, reason: Option<Hash>) {
        if let Some(before) = self.positions.remove(&slot) {
            self.count(before.position, |count| *count -= 1);
        }
        if position != Position::None {
            self.positions.insert(slot, Taken { position, reason });
            self.count(position, |count| *count += 1);
        }
    }

    fn count(&mut self, position: Position, change: impl FnOnce(&mut u64)) {
        match position {
            Position::Agree => change(&mut self.counts.agree),
            Position::Aside => change(&mut self.counts.aside),
            Position::Block => change(&mut self.counts.block),
            Position::None => {}
        }
    }
}
