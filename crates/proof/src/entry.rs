//! Entries as a verifier reads them: every event with its own fields, nothing missing, nothing
//! unknown (`spec/entry.md`, `spec/events.md`).
//!
//! Checks what can be checked without any other entry, and knows nothing of the rest of the
//! journal.

/// fields, taken one by one
mod fields;
/// one event from its fields
mod read;
/// the closed sets of words
mod words;

use crate::ballot::Ballot;
use crate::encode::{self, EncodingError};
use crate::finding::{Code, Refused};
use crate::hash::Hash;

pub use read::{is_id, read_group};
pub use words::{
    Audience, BeaconKind, Ending, Outcome, ProposalKind, Recourse, SeatsReason, StageKind, Verdict,
};

/// An entry, read from its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// its position in the journal
    pub seq: u64,
    /// log time, in milliseconds since 1970
    pub at: u64,
    /// what happened, and who did it
    pub event: Event,
}

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
    DocumentErased {
        document: Hash,
    },
    ProposalOpened(Box<Opened>),
    VersionPosted {
        by: u32,
        proposal: u64,
        version: Hash,
        audience: Audience,
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
    },
}

/// `group.founded`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct Founded {
    pub group: String,
    pub origin: String,
    pub key: [u8; 32],
    pub charter: Hash,
    pub profile: Hash,
    pub members: u32,
    pub beacon: BeaconKind,
    pub chain: Hash,
}

/// `proposal.opened`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct Opened {
    pub by: u32,
    pub proposal: u64,
    pub process: String,
    pub version: Hash,
    pub audience: Audience,
    pub charter: Hash,
    pub roll: u32,
}

/// `draw.called`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct DrawCalled {
    pub proposal: u64,
    pub step: u64,
    pub attempt: u64,
    pub version: Hash,
    pub roll: u32,
    pub terms: crate::jury::Terms,
    pub excluded: u64,
    pub exclusions: Hash,
    pub slot_at: u64,
    pub chain: Hash,
    pub round: u64,
    pub answer_ms: u64,
    pub window_ms: u64,
    pub new_ms: u64,
    pub rest_ms: u64,
}

/// `draw.made`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct DrawMade {
    pub proposal: u64,
    pub step: u64,
    pub attempt: u64,
    pub signature: Vec<u8>,
    pub checkpoint: String,
    pub seated: Vec<u32>,
    pub until: u64,
}

/// `jury.grown`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct JuryGrown {
    pub proposal: u64,
    pub step: u64,
    pub turnout: u64,
    pub sealed: Hash,
    pub seated: Vec<u32>,
    pub until: u64,
}

/// `jury.closed`
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of spec/events.md, word for word")]
pub struct JuryClosed {
    pub proposal: u64,
    pub step: u64,
    pub rounds: Vec<Vec<Ballot>>,
    pub verdict: Verdict,
    pub yes: u64,
    pub no: u64,
    pub seats: u64,
}

/// Reads an entry from its exact bytes, checking all that needs no other entry.
pub fn read_entry(bytes: &[u8]) -> Result<Entry, Refused> {
    let value = encode::decode(bytes).map_err(|error| {
        let code = match error {
            EncodingError::TooLarge(_) => Code::EntryTooLarge,
            EncodingError::TooDeep
            | EncodingError::NotUtf8
            | EncodingError::IntegerTooLarge
            | EncodingError::NotCanonical(_) => Code::EntryNotCanonical,
        };
        Refused::new(code, error.to_string())
    })?;
    read::entry(value)
}

impl Event {
    /// The proposal it belongs to, if it belongs to one.
    pub fn proposal(&self) -> Option<u64> {
        match self {
            Self::GroupFounded(_)
            | Self::MemberLeft { .. }
            | Self::MemberErased { .. }
            | Self::MemberPaused { .. }
            | Self::MemberResumed { .. }
            | Self::MemberRested { .. }
            | Self::DocumentErased { .. } => None,
            Self::ProposalOpened(it) => Some(it.proposal),
            Self::DrawCalled(it) => Some(it.proposal),
            Self::DrawMade(it) => Some(it.proposal),
            Self::JuryGrown(it) => Some(it.proposal),
            Self::JuryClosed(it) => Some(it.proposal),
            Self::MemberAdmitted { proposal, .. }
            | Self::VersionPosted { proposal, .. }
            | Self::ProposalCosigned { proposal, .. }
            | Self::CosignWithdrawn { proposal, .. }
            | Self::ProposalWithdrawn { proposal, .. }
            | Self::StageEntered { proposal, .. }
            | Self::StageEnded { proposal, .. }
            | Self::ReminderCalled { proposal, .. }
            | Self::ProposalClosed { proposal, .. }
            | Self::RecourseTaken { proposal, .. }
            | Self::DrawMissed { proposal, .. }
            | Self::SeatsCalled { proposal, .. }
            | Self::JurorAside { proposal, .. }
            | Self::BallotCast { proposal, .. }
            | Self::JuryExtended { proposal, .. }
            | Self::BroadcastOrdered { proposal, .. }
            | Self::DecisionRecorded { proposal, .. } => Some(*proposal),
        }
    }

    /// The step it belongs to, if it belongs to one that runs already.
    pub fn step(&self) -> Option<u64> {
        match self {
            Self::DrawCalled(it) => Some(it.step),
            Self::DrawMade(it) => Some(it.step),
            Self::JuryGrown(it) => Some(it.step),
            Self::JuryClosed(it) => Some(it.step),
            Self::ProposalCosigned { step, .. }
            | Self::CosignWithdrawn { step, .. }
            | Self::StageEnded { step, .. }
            | Self::ReminderCalled { step, .. }
            | Self::RecourseTaken { step, .. }
            | Self::DrawMissed { step, .. }
            | Self::SeatsCalled { step, .. }
            | Self::JurorAside { step, .. }
            | Self::BallotCast { step, .. }
            | Self::JuryExtended { step, .. } => Some(*step),
            Self::GroupFounded(_)
            | Self::MemberAdmitted { .. }
            | Self::MemberLeft { .. }
            | Self::MemberErased { .. }
            | Self::MemberPaused { .. }
            | Self::MemberResumed { .. }
            | Self::MemberRested { .. }
            | Self::DocumentErased { .. }
            | Self::ProposalOpened(_)
            | Self::VersionPosted { .. }
            | Self::ProposalWithdrawn { .. }
            | Self::StageEntered { .. }
            | Self::ProposalClosed { .. }
            | Self::BroadcastOrdered { .. }
            | Self::DecisionRecorded { .. } => None,
        }
    }

    /// The member who acted; none for what follows from rules and clock.
    pub fn by(&self) -> Option<u32> {
        match self {
            Self::ProposalOpened(it) => Some(it.by),
            Self::MemberLeft { by }
            | Self::MemberErased { by }
            | Self::MemberPaused { by, .. }
            | Self::MemberResumed { by }
            | Self::MemberRested { by, .. }
            | Self::VersionPosted { by, .. }
            | Self::ProposalCosigned { by, .. }
            | Self::CosignWithdrawn { by, .. }
            | Self::ProposalWithdrawn { by, .. }
            | Self::RecourseTaken { by, .. }
            | Self::JurorAside { by, .. }
            | Self::BallotCast { by, .. } => Some(*by),
            Self::GroupFounded(_)
            | Self::MemberAdmitted { .. }
            | Self::DocumentErased { .. }
            | Self::StageEntered { .. }
            | Self::StageEnded { .. }
            | Self::ReminderCalled { .. }
            | Self::ProposalClosed { .. }
            | Self::DrawCalled(_)
            | Self::DrawMissed { .. }
            | Self::DrawMade(_)
            | Self::SeatsCalled { .. }
            | Self::JuryGrown(_)
            | Self::JuryExtended { .. }
            | Self::JuryClosed(_)
            | Self::BroadcastOrdered { .. }
            | Self::DecisionRecorded { .. } => None,
        }
    }
}
