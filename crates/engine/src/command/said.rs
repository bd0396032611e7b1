//! What an act says, as far as a person chose it: two acts under one key must say the same. Knows nothing of keys.

use mic_proof::hash::{Hash, sha256};

use super::{Command, Content, MemberAct, SecretForm, VersionText};

impl Command {
    /// What the server adds of its own each time it is asked, such as covers, moments and records, is left out.
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
            Self::Vote { proposal, ballot } => format!("vote {proposal} {}", ballot.said()),
            Self::TakePosition { proposal, version, position, reason } => {
                format!("position {proposal} {version} {} {reason}", position.word())
            }
            Self::Object { proposal, reason } => format!("object {proposal} {reason}"),
            Self::WithdrawObjection { proposal } => format!("unobject {proposal}"),
            Self::Pledge { proposal, ballot } => format!("pledge {proposal} {}", ballot.said()),
            Self::WithdrawPledge { proposal } => format!("unpledge {proposal}"),
            Self::MakeStatement { proposal, body } => format!("state {proposal} {body}"),
            Self::ReportDeed { action, done } => format!("deed {action} {done}"),
            Self::Leave => "leave".to_owned(),
            Self::Erase => "erase".to_owned(),
            Self::Pause { .. } => "pause".to_owned(),
            Self::Resume => "resume".to_owned(),
            Self::Rest { days } => format!("rest {days}"),
        }
    }
}

impl SecretForm {
    fn said(&self) -> String {
        format!("{} {}", self.stage, self.choice)
    }
}

impl VersionText {
    fn said(&self) -> String {
        let Self { title, body, warning, audience, content } = self;
        let content = match content {
            // The record of an invited person is made anew each time.
            Content::Admission { candidate: _ } => String::new(),
            content => format!("{content:?}"),
        };
        format!("{} {title:?} {warning:?} {body:?} {content}", audience.word())
    }
}
