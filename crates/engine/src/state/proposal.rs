//! A proposal on its way: where it stands and what has been said so far. Closed ones keep a line each.
//! Knows nothing of the text: versions are hashes.

use imbl::{OrdSet, Vector};
use mic_proof::hash::Hash;

use super::jury::JuryState;
use crate::charter::{Audience, Id, Outcome};
use crate::event::{Ending, RecourseChoice};
use crate::ids::{LogTime, Number, ProposalNumber, Seq, Slot, Step};

/// An open proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub number: ProposalNumber,
    pub author: Slot,
    pub process: Id,
    pub opened_at: LogTime,
    /// The frozen roll: slots 0 … roll−1.
    pub roll: u32,
    pub version: Hash,
    pub audience: Audience,
    /// Every version posted, oldest first.
    pub versions: Vector<PostedVersion>,
    /// Who co-signed the current version, in order.
    pub cosigners: Vector<Slot>,
    /// Who co-signed an earlier version: they are told what changed.
    pub earlier_cosigners: OrdSet<Slot>,
    pub step: Step,
    pub stage: Id,
    pub entered_at: LogTime,
    /// `LogTime(0)`: the stage has no deadline, or a jury not seated yet.
    pub until: LogTime,
    pub reminders: u32,
    pub stand: Stand,
    pub revised: bool,
    pub appealed: bool,
    /// Who sat on a jury of this proposal: a fresh jury passes over them.
    pub sat: OrdSet<Slot>,
    pub last_jury: Option<Outcome>,
    /// Whether the text became a broadcast or a decision: the whole group's, not the author's alone.
    pub spoken: bool,
    /// The stages passed so far.
    pub path: Vector<PassedStage>,
}

/// One version and when it was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostedVersion {
    pub hash: Hash,
    pub at: LogTime,
    pub seq: Seq,
    pub audience: Audience,
}

/// What the current stage knows beyond what every stage knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    Cosign,
    Jury(Box<JuryState>),
    Recourse {
        taken: Option<RecourseChoice>,
    },
    Wait,
    /// Between the end of a stage and what it leads to; never seen outside a batch.
    Between(Outcome),
}

/// A stage that a proposal has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedStage {
    pub step: Step,
    pub stage: Id,
    pub outcome: Outcome,
    pub ended_at: LogTime,
}

/// What stays in memory of a proposal that is over: a group has a hundred thousand of them, so the lists are as long as they need
/// to be and not ready to grow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedProposal {
    pub number: ProposalNumber,
    pub author: Slot,
    pub process: Id,
    pub version: Hash,
    pub audience: Audience,
    pub ending: Ending,
    pub closed_at: LogTime,
    pub broadcast: Option<Number>,
    /// Whether the last version became a broadcast or a decision.
    pub spoken: bool,
    /// Every version ever posted: what erasing has to destroy.
    pub versions: Box<[Hash]>,
    pub path: Box<[PassedStage]>,
    pub opened_at: LogTime,
    pub cosigners: Box<[Slot]>,
    /// Ascending.
    pub sat: Box<[Slot]>,
}

impl Proposal {
    pub fn jury(&self) -> Option<&JuryState> {
        match &self.stand {
            Stand::Jury(jury) => Some(jury),
            Stand::Cosign | Stand::Recourse { .. } | Stand::Wait | Stand::Between(_) => None,
        }
    }

    pub(crate) fn jury_mut(&mut self) -> Option<&mut JuryState> {
        match &mut self.stand {
            Stand::Jury(jury) => Some(jury),
            Stand::Cosign | Stand::Recourse { .. } | Stand::Wait | Stand::Between(_) => None,
        }
    }

    /// Whether a slot is on the roll this proposal was opened with.
    pub fn on_roll(&self, slot: Slot) -> bool {
        slot.0 < self.roll
    }
}
