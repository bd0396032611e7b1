//! What a draw and its jury leave in the journal (spec/events.md, "Draw and jury"). Knows nothing of how seats and verdicts come about.

use mic_proof::hash::Hash;

use crate::ids::{LogTime, ProposalNumber, Slot, Span, Step};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawCalled {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub attempt: u32,
    pub version: Hash,
    pub roll: u32,
    pub seats: u32,
    pub agree: u32,
    pub then: u32,
    pub quorum: u32,
    pub excluded: u32,
    pub exclusions: Hash,
    pub slot_at: LogTime,
    pub chain: Hash,
    pub round: u64,
    pub answer: Span,
    pub window: Span,
    pub new: Span,
    pub rest: Span,
    /// A jury in steps has these, and `agree` 0.
    pub lead: Option<Lead>,
}

/// A jury in steps: it decides as soon as one side leads by `lead`, and grows up to `cap` seats until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    pub lead: u32,
    pub cap: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawMade {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub attempt: u32,
    pub signature: Vec<u8>,
    pub checkpoint: String,
    pub seated: Vec<Slot>,
    pub until: LogTime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatsCalled {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub seated: Vec<Slot>,
    pub released: Vec<Slot>,
    pub reason: SeatsReason,
}

/// Why a seat passes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatsReason {
    Silence,
    Aside,
    Left,
}

/// Who chose the words that hide a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceFrom {
    Browser,
    Words,
    Server,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryGrown {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub turnout: u32,
    pub sealed: Hash,
    pub seated: Vec<Slot>,
    pub until: LogTime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryExtended {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub released: Vec<Slot>,
    pub seated: Vec<Slot>,
    pub until: LogTime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryClosed {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub rounds: Vec<Vec<OpenBallot>>,
    pub verdict: Verdict,
    pub yes: u32,
    pub no: u32,
    pub seats: u32,
}

/// A ballot after the close: no juror stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenBallot {
    pub yes: bool,
    pub nonce: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    Declined,
    Undecided,
}
