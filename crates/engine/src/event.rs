//! What can have happened in a group: one variant per entry type of spec/events.md, in its order.
//! Knows nothing of bytes (`wire.rs`) and of what follows from an event (`process.rs`).

mod asking;
mod jury;
mod words;

use mic_proof::hash::Hash;

use crate::charter::{Audience, Id, Outcome};
use crate::ids::{GroupId, LogTime, Number, ProposalNumber, Seq, Slot, Step};

pub use asking::{PledgeWoken, Position, PositionTaken, VoteClosed};
pub use jury::{
    DrawCalled, DrawMade, JuryClosed, JuryExtended, JuryGrown, Lead, NonceFrom, OpenBallot,
    SeatsCalled, SeatsReason, Verdict,
};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Member(Slot),
    /// What follows from the rules and the clock.
    Node,
}

/// An event with what the journal adds to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: Seq,
    pub at: LogTime,
    pub actor: Actor,
    pub salt: [u8; 32],
    pub event: Event,
}

/// An event and who it comes from, before it has a place in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub actor: Actor,
    pub event: Event,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Founded(Founded),
    Admitted {
        slot: Slot,
        proposal: ProposalNumber,
    },
    Left,
    Erased,
    Paused {
        until: LogTime,
    },
    Resumed,
    Rested {
        days: u32,
    },
    Removed {
        slot: Slot,
        proposal: ProposalNumber,
    },
    DocumentErased {
        document: Hash,
        reason: ErasureReason,
    },

    Opened(Opened),
    VersionPosted {
        proposal: ProposalNumber,
        version: Hash,
        audience: Audience,
        subject: Option<Subject>,
    },
    StatementMade {
        proposal: ProposalNumber,
        document: Hash,
    },
    Cosigned {
        proposal: ProposalNumber,
        step: Step,
        version: Hash,
    },
    CosignWithdrawn {
        proposal: ProposalNumber,
        step: Step,
    },
    Withdrawn {
        proposal: ProposalNumber,
    },
    StageEntered(StageEntered),
    StageEnded {
        proposal: ProposalNumber,
        step: Step,
        outcome: Outcome,
    },
    ReminderCalled {
        proposal: ProposalNumber,
        step: Step,
        nth: u32,
    },
    Closed {
        proposal: ProposalNumber,
        ending: Ending,
    },
    RecourseTaken {
        proposal: ProposalNumber,
        step: Step,
        choice: RecourseChoice,
    },

    DrawCalled(DrawCalled),
    DrawMissed {
        proposal: ProposalNumber,
        step: Step,
        attempt: u32,
    },
    DrawMade(DrawMade),
    SeatsCalled(SeatsCalled),
    JurorAside {
        proposal: ProposalNumber,
        step: Step,
    },
    BallotCast {
        proposal: ProposalNumber,
        step: Step,
        cover: Hash,
        nonce_from: NonceFrom,
    },
    JuryGrown(JuryGrown),
    JuryExtended(JuryExtended),
    JuryClosed(JuryClosed),

    VoteCast {
        proposal: ProposalNumber,
        step: Step,
        cover: Hash,
        nonce_from: NonceFrom,
    },
    VoteClosed(VoteClosed),
    PositionTaken(PositionTaken),
    ObjectionRaised {
        proposal: ProposalNumber,
        step: Step,
        reason: Hash,
    },
    ObjectionWithdrawn {
        proposal: ProposalNumber,
        step: Step,
    },
    PledgeMade {
        proposal: ProposalNumber,
        step: Step,
        cover: Hash,
        nonce_from: NonceFrom,
    },
    PledgeWithdrawn {
        proposal: ProposalNumber,
        step: Step,
    },
    PledgeWoken(PledgeWoken),
    DeedReported {
        action: Number,
        done: bool,
    },

    BroadcastOrdered(BroadcastOrdered),
    DecisionRecorded {
        proposal: ProposalNumber,
        number: Number,
        version: Hash,
        winners: Vec<u32>,
    },
    BroadcastRecalled {
        proposal: ProposalNumber,
        number: Number,
    },
    CharterAmended {
        proposal: ProposalNumber,
        charter: Hash,
    },
    ActionCalled {
        proposal: ProposalNumber,
        number: Number,
        version: Hash,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founded {
    pub group: GroupId,
    pub origin: String,
    pub key: [u8; 32],
    pub charter: Hash,
    pub profile: Hash,
    pub members: u32,
    pub beacon: BeaconKind,
    pub chain: Hash,
}

/// Where a group's lots come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeaconKind {
    Drand,
    /// The server's own chain: the operator could have foreseen it, and every certificate says so.
    Local,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErasureReason {
    Author,
    MemberErased,
    /// The broadcast was recalled, and its text was to be destroyed.
    Recalled,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub proposal: ProposalNumber,
    pub process: Id,
    pub version: Hash,
    pub audience: Audience,
    pub charter: Hash,
    /// There for the kinds of process that have one, and for no other.
    pub subject: Option<Subject>,
    pub roll: u32,
}

/// What a proposal is about, as far as its effect needs it (spec/events.md, "Subject").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A member's slot, a broadcast's number, or how many options: the kind of the process says which.
    Number(u32),
    /// The hash of a charter's text.
    Charter(Hash),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageEntered {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub stage: Id,
    pub kind: StageKind,
    /// `LogTime(0)`: no deadline yet.
    pub until: LogTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageKind {
    Cosign,
    Jury,
    Recourse,
    Wait,
    Vote,
    Consensus,
    Objection,
    Pledge,
}

/// How a proposal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Done,
    Declined,
    Undecided,
    Lapsed,
    Withdrawn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecourseChoice {
    Revise,
    Appeal,
    Accept,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroadcastOrdered {
    pub proposal: ProposalNumber,
    pub number: Number,
    /// Leaf hash of the broadcast before; zeros for the first.
    pub previous: Hash,
    pub version: Hash,
    pub audience: Audience,
}

impl Event {
    /// The proposal an event belongs to, if any.
    pub fn proposal(&self) -> Option<ProposalNumber> {
        match self {
            Self::Founded(_)
            | Self::Left
            | Self::Erased
            | Self::Paused { .. }
            | Self::Resumed
            | Self::Rested { .. }
            | Self::DeedReported { .. }
            | Self::DocumentErased { .. } => None,
            Self::Admitted { proposal, .. }
            | Self::Removed { proposal, .. }
            | Self::StatementMade { proposal, .. }
            | Self::VoteCast { proposal, .. }
            | Self::ObjectionRaised { proposal, .. }
            | Self::ObjectionWithdrawn { proposal, .. }
            | Self::PledgeMade { proposal, .. }
            | Self::PledgeWithdrawn { proposal, .. }
            | Self::BroadcastRecalled { proposal, .. }
            | Self::CharterAmended { proposal, .. }
            | Self::ActionCalled { proposal, .. }
            | Self::VersionPosted { proposal, .. }
            | Self::Cosigned { proposal, .. }
            | Self::CosignWithdrawn { proposal, .. }
            | Self::Withdrawn { proposal }
            | Self::StageEnded { proposal, .. }
            | Self::ReminderCalled { proposal, .. }
            | Self::Closed { proposal, .. }
            | Self::RecourseTaken { proposal, .. }
            | Self::DrawMissed { proposal, .. }
            | Self::JurorAside { proposal, .. }
            | Self::BallotCast { proposal, .. }
            | Self::DecisionRecorded { proposal, .. } => Some(*proposal),
            Self::Opened(event) => Some(event.proposal),
            Self::StageEntered(event) => Some(event.proposal),
            Self::DrawCalled(event) => Some(event.proposal),
            Self::DrawMade(event) => Some(event.proposal),
            Self::SeatsCalled(event) => Some(event.proposal),
            Self::JuryGrown(event) => Some(event.proposal),
            Self::JuryExtended(event) => Some(event.proposal),
            Self::JuryClosed(event) => Some(event.proposal),
            Self::VoteClosed(event) => Some(event.proposal),
            Self::PositionTaken(event) => Some(event.proposal),
            Self::PledgeWoken(event) => Some(event.proposal),
            Self::BroadcastOrdered(event) => Some(event.proposal),
        }
    }
}
