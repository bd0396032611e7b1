//! What a member, or the node on behalf of the rules, asks of a group.
//! Knows nothing of forms and sessions: who acts has been established before.

use mic_proof::hash::{Hash, sha256};

use crate::append::Person;
use crate::charter::{Audience, Id};
use crate::event::{BeaconKind, NonceFrom, RecourseChoice};
use crate::ids::{CandidateId, GroupId, LogTime, ProposalNumber, Slot};

/// Something to be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A member acts.
    Member { slot: Slot, act: MemberAct },
    /// The time has come for something: reminders, silence, closes, deadlines.
    Tick,
    /// A round of the group's beacon, as fetched; checked here before it counts.
    Beacon { round: u64, signature: Vec<u8> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberAct {
    Open {
        process: Id,
        text: VersionText,
    },
    PostVersion {
        proposal: ProposalNumber,
        text: VersionText,
    },
    /// `version` is the text the member has before them.
    Cosign {
        proposal: ProposalNumber,
        version: Hash,
    },
    WithdrawCosign {
        proposal: ProposalNumber,
    },
    Withdraw {
        proposal: ProposalNumber,
    },
    /// `text` is given with [`RecourseChoice::Revise`] and only then.
    Recourse {
        proposal: ProposalNumber,
        choice: RecourseChoice,
        text: Option<VersionText>,
    },
    Cast {
        proposal: ProposalNumber,
        ballot: BallotForm,
    },
    Aside {
        proposal: ProposalNumber,
    },
    Leave,
    Erase,
    Pause {
        until: LogTime,
    },
    Resume,
    Rest {
        days: u32,
    },
}

/// What a proposal says, before it is a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionText {
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Content warning; empty when there is none.
    pub warning: String,
    pub audience: Audience,
    /// The invited person's record, for a process that admits.
    pub candidate: Option<CandidateId>,
}

/// A ballot as a juror hands it in.
#[derive(Clone, PartialEq, Eq)]
pub struct BallotForm {
    /// The draw the juror was shown: leaf hash of its call.
    pub draw: Hash,
    /// `true` is "yes, everybody now".
    pub yes: bool,
    pub nonce: String,
    pub nonce_from: NonceFrom,
    /// The second cover; the server makes it where there is no script.
    pub blind: [u8; 32],
    /// For the author alone; may be empty.
    pub reason: String,
}

impl Command {
    /// What an act says, as far as a person chose it: two acts under one key must say the same. What the server adds of its own
    /// each time it is asked, such as covers, moments and records, is left out.
    pub(crate) fn content(&self) -> Hash {
        let said = match self {
            Self::Member { slot, act } => format!("{slot} {}", act.said()),
            Self::Tick => "tick".to_owned(),
            Self::Beacon { round, .. } => format!("beacon {round}"),
        };
        sha256(said.as_bytes())
    }
}

impl MemberAct {
    fn said(&self) -> String {
        match self {
            Self::Open { process, text } => format!("open {process} {}", text.said()),
            Self::PostVersion { proposal, text } => format!("post {proposal} {}", text.said()),
            Self::Cosign { proposal, version } => format!("cosign {proposal} {version}"),
            Self::WithdrawCosign { proposal } => format!("unsign {proposal}"),
            Self::Withdraw { proposal } => format!("withdraw {proposal}"),
            Self::Recourse { proposal, choice, text } => {
                let text = text.as_ref().map(VersionText::said).unwrap_or_default();
                format!("recourse {proposal} {} {text}", choice.word())
            }
            Self::Cast { proposal, ballot } => {
                format!("cast {proposal} {} {} {}", ballot.draw, ballot.yes, ballot.reason)
            }
            Self::Aside { proposal } => format!("aside {proposal}"),
            Self::Leave => "leave".to_owned(),
            Self::Erase => "erase".to_owned(),
            Self::Pause { .. } => "pause".to_owned(),
            Self::Resume => "resume".to_owned(),
            Self::Rest { days } => format!("rest {days}"),
        }
    }
}

impl VersionText {
    fn said(&self) -> String {
        let Self { title, body, warning, audience, candidate: _ } = self;
        format!("{} {title:?} {warning:?} {body:?}", audience.word())
    }
}

impl std::fmt::Debug for BallotForm {
    /// A ballot is never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("BallotForm(sealed)")
    }
}

/// Everything needed to found a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    pub group: GroupId,
    /// First line of the group's checkpoints: the server's name and the group's.
    pub origin: String,
    /// The group's public key.
    pub key: [u8; 32],
    pub charter_text: String,
    pub profile: Profile,
    pub members: Vec<Person>,
    pub beacon: BeaconKind,
    /// drand's chain hash, or the anchor of the local chain.
    pub chain: Hash,
}

/// What a group says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub purpose: String,
    pub language: String,
}
