//! What has to reach people, before it is known how: a notice and the slots it is for.
//! Knows nothing of addresses, mail servers or wording.

use crate::ids::{Number, ProposalNumber, Slot, Step};

/// The most slots one parcel is for: its bitmap of who is done has 128 bytes.
pub const PARCEL_SLOTS_MAX: u32 = 1_024;

/// One notice for up to [`PARCEL_SLOTS_MAX`] members over one channel. Its key is (group, notice, channel, first slot):
/// written twice, it exists once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    pub notice: Notice,
    pub channel: Channel,
    pub recipients: Recipients,
}

/// Who a parcel is for. Position in this list is the position in the bitmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// `count` slots from `first` on.
    Run { first: Slot, count: u32 },
    /// These slots, ascending.
    List(Vec<Slot>),
}

/// By what way a notice travels. More channels follow; each has parcels of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    Email,
}

/// What is to be said. The words are made when it is sent, in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// An approved message, whole.
    Broadcast { number: Number },
    /// You were drawn.
    Summons { proposal: ProposalNumber, step: Step },
    /// You were drawn and have not answered yet.
    JuryReminder { proposal: ProposalNumber, step: Step, nth: u32 },
    /// Your text still lacks co-signatures.
    CosignReminder { proposal: ProposalNumber, step: Step, nth: u32 },
    /// What you co-signed was changed; your co-signature does not count for the new text.
    VersionChanged { proposal: ProposalNumber, position: u64 },
    /// To the author: what the jury said.
    Verdict { proposal: ProposalNumber, step: Step },
    /// To the author: how the proposal ended.
    Closed { proposal: ProposalNumber },
    /// To a new member, and to those who were there from the beginning.
    Welcome { slot: Slot },
    /// Everybody is asked: a vote, a consensus, an objection, a pledge has begun.
    Asked { proposal: ProposalNumber, step: Step },
    /// The same to those who have not acted yet.
    AskedAgain { proposal: ProposalNumber, step: Step, nth: u32 },
    /// To the member whom a proposal would remove: say what you have to say.
    Removal { proposal: ProposalNumber },
    /// Other rules are in force.
    Amended { proposal: ProposalNumber },
    /// What, when and where.
    Action { number: Number },
}

impl Notice {
    /// A short text that names the notice for ever: part of keys and message ids.
    pub fn to_text(self) -> String {
        match self {
            Self::Broadcast { number } => format!("broadcast/{number}"),
            Self::Summons { proposal, step } => format!("summons/{proposal}/{step}"),
            Self::JuryReminder { proposal, step, nth } => {
                format!("jury-reminder/{proposal}/{step}/{nth}")
            }
            Self::CosignReminder { proposal, step, nth } => {
                format!("cosign-reminder/{proposal}/{step}/{nth}")
            }
            Self::VersionChanged { proposal, position } => {
                format!("version-changed/{proposal}/{position}")
            }
            Self::Verdict { proposal, step } => format!("verdict/{proposal}/{step}"),
            Self::Closed { proposal } => format!("closed/{proposal}"),
            Self::Welcome { slot } => format!("welcome/{slot}"),
            Self::Asked { proposal, step } => format!("asked/{proposal}/{step}"),
            Self::AskedAgain { proposal, step, nth } => {
                format!("asked-again/{proposal}/{step}/{nth}")
            }
            Self::Removal { proposal } => format!("removal/{proposal}"),
            Self::Amended { proposal } => format!("amended/{proposal}"),
            Self::Action { number } => format!("action/{number}"),
        }
    }

    /// Reads what [`Notice::to_text`] wrote; anything else is `None`.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let kind = parts.next()?;
        let mut next = || parts.next()?.parse::<u32>().ok();
        let notice = match kind {
            "broadcast" => Self::Broadcast { number: Number(next()?) },
            "summons" => Self::Summons { proposal: ProposalNumber(next()?), step: Step(next()?) },
            "jury-reminder" => Self::JuryReminder {
                proposal: ProposalNumber(next()?),
                step: Step(next()?),
                nth: next()?,
            },
            "cosign-reminder" => Self::CosignReminder {
                proposal: ProposalNumber(next()?),
                step: Step(next()?),
                nth: next()?,
            },
            "version-changed" => Self::VersionChanged {
                proposal: ProposalNumber(next()?),
                position: parts.next()?.parse().ok()?,
            },
            "verdict" => Self::Verdict { proposal: ProposalNumber(next()?), step: Step(next()?) },
            "closed" => Self::Closed { proposal: ProposalNumber(next()?) },
            "welcome" => Self::Welcome { slot: Slot(next()?) },
            "asked" => Self::Asked { proposal: ProposalNumber(next()?), step: Step(next()?) },
            "asked-again" => Self::AskedAgain {
                proposal: ProposalNumber(next()?),
                step: Step(next()?),
                nth: next()?,
            },
            "removal" => Self::Removal { proposal: ProposalNumber(next()?) },
            "amended" => Self::Amended { proposal: ProposalNumber(next()?) },
            "action" => Self::Action { number: Number(next()?) },
            _ => return None,
        };
        if notice.to_text() == text { Some(notice) } else { None }
    }
}
