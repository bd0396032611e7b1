//! What a member, or the node on behalf of the rules, asks of a group.
//! Knows nothing of forms and sessions: who acts has been established before.

mod said;
mod text;

use mic_proof::hash::Hash;

use crate::append::Person;
use crate::charter::Id;
use crate::event::{BeaconKind, NonceFrom, Position, RecourseChoice};
use crate::ids::{GroupId, LogTime, Number, ProposalNumber, Slot};

pub use text::{Content, VersionDocument, VersionText};

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
    /// A vote; the last one before the close counts.
    Vote {
        proposal: ProposalNumber,
        ballot: SecretForm,
    },
    /// `version` is the text the member has before them. [`Position::None`] takes back.
    TakePosition {
        proposal: ProposalNumber,
        version: Hash,
        position: Position,
        /// With a block always, with standing aside perhaps, otherwise empty.
        reason: String,
    },
    Object {
        proposal: ProposalNumber,
        reason: String,
    },
    WithdrawObjection {
        proposal: ProposalNumber,
    },
    /// The choice is the number of a pledge: "if at least so many of us will".
    Pledge {
        proposal: ProposalNumber,
        ballot: SecretForm,
    },
    WithdrawPledge {
        proposal: ProposalNumber,
    },
    /// The member of a removal is heard.
    MakeStatement {
        proposal: ProposalNumber,
        body: String,
    },
    /// Whether the member did what they had pledged.
    ReportDeed {
        action: Number,
        done: bool,
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

/// A vote or a pledge as a member hands it in.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretForm {
    /// The stage the member was shown: leaf hash of its `stage.entered`, or of a drawn assembly's `draw.called`.
    pub stage: Hash,
    /// As the method of the vote has it, or the number of a pledge (spec/vote.md).
    pub choice: String,
    pub nonce: String,
    pub nonce_from: NonceFrom,
    /// The second cover; the server makes it where there is no script.
    pub blind: [u8; 32],
}

impl std::fmt::Debug for BallotForm {
    /// A ballot is never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("BallotForm(sealed)")
    }
}

impl std::fmt::Debug for SecretForm {
    /// Nor is a vote or a pledge.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SecretForm(sealed)")
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
