//! What can have happened in a group: one variant per entry type of spec/events.md, in its order.
//! Knows nothing of bytes (`wire.rs`) and of what follows from an event (`process.rs`).

use mic_proof::hash::Hash;

use crate::charter::{Audience, Id, Outcome};
use crate::ids::{GroupId, LogTime, Number, ProposalNumber, Seq, Slot, Span, Step};

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
    Admitted { slot: Slot, proposal: ProposalNumber },
    Left,
    Erased,
    Paused { until: LogTime },
    Resumed,
    Rested { days: u32 },
    DocumentErased { document: Hash, reason: ErasureReason },

    Opened(Opened),
    VersionPosted { proposal: ProposalNumber, version: Hash, audience: Audience },
    Cosigned { proposal: ProposalNumber, step: Step, version: Hash },
    CosignWithdrawn { proposal: ProposalNumber, step: Step },
    Withdrawn { proposal: ProposalNumber },
    StageEntered(StageEntered),
    StageEnded { proposal: ProposalNumber, step: Step, outcome: Outcome },
    ReminderCalled { proposal: ProposalNumber, step: Step, nth: u32 },
    Closed { proposal: ProposalNumber, ending: Ending },
    RecourseTaken { proposal: ProposalNumber, step: Step, choice: RecourseChoice },

    DrawCalled(DrawCalled),
    DrawMissed { proposal: ProposalNumber, step: Step, attempt: u32 },
    DrawMade(DrawMade),
    SeatsCalled(SeatsCalled),
    JurorAside { proposal: ProposalNumber, step: Step },
    BallotCast { proposal: ProposalNumber, step: Step, cover: Hash, nonce_from: NonceFrom },
    JuryGrown(JuryGrown),
    JuryExtended(JuryExtended),
    JuryClosed(JuryClosed),

    BroadcastOrdered(BroadcastOrdered),
    DecisionRecorded { proposal: ProposalNumber, number: Number, version: Hash },
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
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub proposal: ProposalNumber,
    pub process: Id,
    pub version: Hash,
    pub audience: Audience,
    pub charter: Hash,
    pub roll: u32,
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
            | Self::DocumentErased { .. } => None,
            Self::Admitted { proposal, .. }
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
            Self::BroadcastOrdered(event) => Some(event.proposal),
        }
    }
}

/// Gives a closed set of words its two conversions, so that the words stand in one place.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(BeaconKind { Drand = "drand", Local = "local" });
words!(ErasureReason { Author = "author", MemberErased = "member_erased" });
words!(StageKind { Cosign = "cosign", Jury = "jury", Recourse = "recourse", Wait = "wait" });
words!(Ending {
    Done = "done",
    Declined = "declined",
    Undecided = "undecided",
    Lapsed = "lapsed",
    Withdrawn = "withdrawn",
});
words!(RecourseChoice { Revise = "revise", Appeal = "appeal", Accept = "accept" });
words!(SeatsReason { Silence = "silence", Aside = "aside", Left = "left" });
words!(NonceFrom { Browser = "browser", Words = "words", Server = "server" });
words!(Verdict { Approved = "approved", Declined = "declined", Undecided = "undecided" });
