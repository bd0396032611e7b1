//! What a proposal says, before it is a document and read back from one. Knows nothing of the canonical form (`version.rs`).

use mic_proof::hash::Hash;

use crate::charter::{Audience, ProposalKind};
use crate::ids::{CandidateId, LogTime, Number, Slot};

/// What a proposal says. `C` is the charter of an amendment: its whole text where somebody proposes one, its hash where a version
/// document is read back, beside which the text lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionText<C = String> {
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Content warning; empty when there is none.
    pub warning: String,
    pub audience: Audience,
    pub content: Content<C>,
}

/// A version document read back.
pub type VersionDocument = VersionText<Hash>;

/// What a proposal of each kind has beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<C = String> {
    Message,
    /// The invited person's record.
    Admission {
        candidate: CandidateId,
    },
    Removal {
        member: Slot,
    },
    /// The words are the correction that everybody gets.
    Recall {
        number: Number,
        /// Whether the recalled text is to be destroyed.
        erase: bool,
    },
    Amendment {
        charter: C,
    },
    Decision {
        /// None, for a question to be answered with yes or no; otherwise 2 to 64.
        options: Vec<String>,
    },
    Action {
        starts: LogTime,
        ends: LogTime,
        place: String,
        /// How many are wanted.
        wanted: u32,
    },
}

impl<C> Content<C> {
    /// The kind of process that this belongs to.
    pub fn kind(&self) -> ProposalKind {
        match self {
            Self::Message => ProposalKind::Message,
            Self::Admission { .. } => ProposalKind::Admission,
            Self::Removal { .. } => ProposalKind::Removal,
            Self::Recall { .. } => ProposalKind::Recall,
            Self::Amendment { .. } => ProposalKind::Amendment,
            Self::Decision { .. } => ProposalKind::Decision,
            Self::Action { .. } => ProposalKind::Action,
        }
    }

    /// Whom an admission invites.
    pub fn candidate(&self) -> Option<CandidateId> {
        match self {
            Self::Admission { candidate } => Some(*candidate),
            Self::Message
            | Self::Removal { .. }
            | Self::Recall { .. }
            | Self::Amendment { .. }
            | Self::Decision { .. }
            | Self::Action { .. } => None,
        }
    }
}
