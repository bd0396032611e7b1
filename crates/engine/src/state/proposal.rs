//! A proposal on its way: where it stands and what has been said so far. Closed ones keep a line each.
//! Knows nothing of the text: versions are hashes.

use imbl::{OrdSet, Vector};
use mic_proof::hash::Hash;

use super::asking::{ConsensusState, ObjectionState, PledgeState, VoteState};
use super::jury::JuryState;
use crate::charter::{Audience, Id, Outcome, ProposalKind};
use crate::event::{Ending, RecourseChoice, Subject};
use crate::ids::{LogTime, Number, ProposalNumber, Seq, Slot, Step};

/// An open proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub number: ProposalNumber,
    pub author: Slot,
    pub process: Id,
    pub kind: ProposalKind,
    /// The charter it was opened under; everything of it is decided by that one.
    pub charter: Hash,
    /// What it is about, as far as its effect needs it.
    pub subject: Option<Subject>,
    pub opened_at: LogTime,
    /// The frozen roll: slots 0 … roll−1.
    pub roll: u32,
    pub version: Hash,
    pub audience: Audience,
    /// Every version posted, oldest first.
    pub versions: Vector<PostedVersion>,
    /// Who co-signed the current version, in order.
    pub cosigners: Vector<Slot>,
    /// Who co-signed an earlier version, or took a position on it: they are told what changed.
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
    /// How the last stage ended that judged it: a jury, a vote, a consensus, an objection.
    pub last_judged: Option<Outcome>,
    /// Whether lots were ever called for: somebody may know who would judge.
    pub drawn: bool,
    /// What the member of a removal said last.
    pub statement: Option<Hash>,
    /// Who won the last vote, by number of the option.
    pub winners: Vec<u32>,
    /// Whose pledges stood when a pledge woke.
    pub pledged: OrdSet<Slot>,
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
    Vote(Box<VoteState>),
    Consensus(Box<ConsensusState>),
    Objection(Box<ObjectionState>),
    Pledge(Box<PledgeState>),
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
    pub kind: ProposalKind,
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
    /// The jury, or the drawn assembly of a vote, that is called or sits.
    pub fn jury(&self) -> Option<&JuryState> {
        match &self.stand {
            Stand::Jury(jury) => Some(jury),
            Stand::Vote(vote) => vote.assembly.as_ref(),
            Stand::Cosign
            | Stand::Recourse { .. }
            | Stand::Wait
            | Stand::Consensus(_)
            | Stand::Objection(_)
            | Stand::Pledge(_)
            | Stand::Between(_) => None,
        }
    }

    pub(crate) fn jury_mut(&mut self) -> Option<&mut JuryState> {
        match &mut self.stand {
            Stand::Jury(jury) => Some(jury),
            Stand::Vote(vote) => vote.assembly.as_mut(),
            Stand::Cosign
            | Stand::Recourse { .. }
            | Stand::Wait
            | Stand::Consensus(_)
            | Stand::Objection(_)
            | Stand::Pledge(_)
            | Stand::Between(_) => None,
        }
    }

    /// What a slot or a number of options it is about, for the kinds that have one.
    pub fn subject_number(&self) -> Option<u32> {
        match self.subject {
            Some(Subject::Number(number)) => Some(number),
            Some(Subject::Charter(_)) | None => None,
        }
    }

    /// The member that a removal is about.
    pub fn member_concerned(&self) -> Option<Slot> {
        if self.kind == ProposalKind::Removal { self.subject_number().map(Slot) } else { None }
    }

    /// Whether a slot is on the roll this proposal was opened with.
    pub fn on_roll(&self, slot: Slot) -> bool {
        slot.0 < self.roll
    }
}
