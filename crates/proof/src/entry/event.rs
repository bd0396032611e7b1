//! Everything that can happen to a group, word for word as `spec/events.md` lists it. Knows nothing
//! of what must be true for it.

use super::bodies::{
    DrawCalled, DrawMade, Founded, JuryClosed, JuryGrown, Opened, PledgeWoken, Subject, VoteClosed,
};
use super::words::{
    Audience, Ending, ErasureReason, Outcome, Position, Recourse, SeatsReason, StageKind,
};
use crate::hash::Hash;

/// Everything that can happen. A `slot` that acts is called `by`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub enum Event {
    GroupFounded(Box<Founded>),
    MemberAdmitted {
        slot: u32,
        proposal: u64,
    },
    MemberLeft {
        by: u32,
    },
    MemberErased {
        by: u32,
    },
    MemberPaused {
        by: u32,
        until: u64,
    },
    MemberResumed {
        by: u32,
    },
    MemberRested {
        by: u32,
        days: u64,
    },
    MemberRemoved {
        slot: u32,
        proposal: u64,
    },
    DocumentErased {
        document: Hash,
        reason: ErasureReason,
    },
    ProposalOpened(Box<Opened>),
    VersionPosted {
        by: u32,
        proposal: u64,
        version: Hash,
        audience: Audience,
        subject: Option<Subject>,
    },
    StatementMade {
        by: u32,
        proposal: u64,
        document: Hash,
    },
    ProposalCosigned {
        by: u32,
        proposal: u64,
        step: u64,
        version: Hash,
    },
    CosignWithdrawn {
        by: u32,
        proposal: u64,
        step: u64,
    },
    ProposalWithdrawn {
        by: u32,
        proposal: u64,
    },
    StageEntered {
        proposal: u64,
        step: u64,
        stage: String,
        kind: StageKind,
        until: u64,
    },
    StageEnded {
        proposal: u64,
        step: u64,
        outcome: Outcome,
    },
    ReminderCalled {
        proposal: u64,
        step: u64,
        nth: u64,
    },
    ProposalClosed {
        proposal: u64,
        ending: Ending,
    },
    RecourseTaken {
        by: u32,
        proposal: u64,
        step: u64,
        choice: Recourse,
    },
    DrawCalled(Box<DrawCalled>),
    DrawMissed {
        proposal: u64,
        step: u64,
        attempt: u64,
    },
    DrawMade(Box<DrawMade>),
    SeatsCalled {
        proposal: u64,
        step: u64,
        seated: Vec<u32>,
        released: Vec<u32>,
        reason: SeatsReason,
    },
    JurorAside {
        by: u32,
        proposal: u64,
        step: u64,
    },
    BallotCast {
        by: u32,
        proposal: u64,
        step: u64,
        cover: Hash,
    },
    JuryGrown(Box<JuryGrown>),
    JuryExtended {
        proposal: u64,
        step: u64,
        released: Vec<u32>,
        seated: Vec<u32>,
        until: u64,
    },
    JuryClosed(Box<JuryClosed>),
    BroadcastOrdered {
        proposal: u64,
        number: u64,
        previous: Hash,
        version: Hash,
        audience: Audience,
    },
    DecisionRecorded {
        proposal: u64,
        number: u64,
        version: Hash,
        winners: Vec<u32>,
    },
    VoteCast {
        by: u32,
        proposal: u64,
        step: u64,
        cover: Hash,
    },
    VoteClosed(Box<VoteClosed>),
    PositionTaken {
        by: u32,
        proposal: u64,
        step: u64,
        version: Hash,
        position: Position,
        reason: Option<Hash>,
    },
    ObjectionRaised {
        by: u32,
        proposal: u64,
        step: u64,
        reason: Hash,
    },
    ObjectionWithdrawn {
        by: u32,
        proposal: u64,
        step: u64,
    },
    PledgeMade {
        by: u32,
        proposal: u64,
        step: u64,
        cover: Hash,
    },
    PledgeWithdrawn {
        by: u32,
        proposal: u64,
        step: u64,
    },
    PledgeWoken(Box<PledgeWoken>),
    DeedReported {
        by: u32,
        action: u64,
        done: bool,
    },
    BroadcastRecalled {
        proposal: u64,
        number: u64,
    },
    CharterAmended {
        proposal: u64,
        charter: Hash,
    },
    ActionCalled {
        proposal: u64,
        number: u64,
        version: Hash,
    },
}
