//! What the entries about asking everybody hold (spec/events.md, "Asking everybody"). Knows nothing of how it is counted.

use mic_proof::hash::Hash;

use crate::charter::Outcome;
use crate::ids::{ProposalNumber, Step};

/// A vote was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteClosed {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub eligible: u32,
    pub cast: u32,
    /// Hash of the ballot index.
    pub ballots: Hash,
    pub totals: Vec<u64>,
    pub winners: Vec<u32>,
    /// Never [`Outcome::Lapsed`].
    pub outcome: Outcome,
}

/// A member says in public where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionTaken {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub version: Hash,
    pub position: Position,
    /// Hash of a reason: with a block always, with standing aside perhaps, otherwise never.
    pub reason: Option<Hash>,
}

/// Where a member stands in a consensus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    Agree,
    /// Stands aside.
    Aside,
    Block,
    /// Takes the position back.
    None,
}

/// Enough members pledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PledgeWoken {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub standing: u32,
    /// Hash of the ballot index.
    pub ballots: Hash,
    /// The largest set whose conditions all hold.
    pub count: u32,
}
