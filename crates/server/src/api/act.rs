//! What members do on proposals: open, change, co-sign, withdraw, answer a jury. Each is one act of the engine. Knows no rule.

use axum::Json;
use http::StatusCode;
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{Content, MemberAct, VersionText};
use mic_engine::event::RecourseChoice;
use mic_engine::ids::{LogTime, Number, Slot};
use mic_engine::node::Reply;
use mic_engine::refusal::Refusal;
use mic_proof::hash::Hash;
use serde::{Deserialize, Serialize};

use super::body::Sent;
use super::caller::Insider;
use super::problem::{Answer, Problem};
use crate::words::Phrase;

/// Where to find what was done.
#[derive(Serialize)]
pub(super) struct Done {
    /// The first entry that the act wrote.
    seq: u64,
    proposal: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    title: String,
    body: String,
    #[serde(default)]
    warning: String,
    audience: AudienceWord,
    /// What a proposal of another kind than a message says beyond its words.
    content: Option<Said>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Said {
    Decision { options: Vec<String> },
    Action { starts: u64, ends: u64, place: String, wanted: u32 },
    Removal { member: u32 },
    Recall { broadcast: u32, erase: bool },
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AudienceWord {
    Members,
    Public,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    process: String,
    text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cosign {
    version: String,
}

/// A body without fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// For what cannot be taken back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sure {
    sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recourse {
    choice: ChoiceWord,
    text: Option<Text>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChoiceWord {
    Revise,
    Appeal,
    Accept,
}

impl From<Reply> for Done {
    fn from(reply: Reply) -> Self {
        Self { seq: reply.seq.0, proposal: reply.proposal.map(|number| number.0) }
    }
}

impl Text {
    fn version(self) -> VersionText {
        let audience = match self.audience {
            AudienceWord::Members => Audience::Members,
            AudienceWord::Public => Audience::Public,
        };
        VersionText {
            title: self.title.trim().to_owned(),
            body: self.body,
            warning: self.warning.trim().to_owned(),
            audience,
            // Nobody is admitted without having been asked: that goes by an invitation.
            content: self.content.map_or(Content::Message, Said::content),
        }
    }
}

impl Said {
    fn content(self) -> Content {
        match self {
            Self::Decision { options } => Content::Decision { options },
            Self::Action { starts, ends, place, wanted } => {
                Content::Action { starts: LogTime(starts), ends: LogTime(ends), place, wanted }
            }
            Self::Removal { member } => Content::Removal { member: Slot(member) },
            Self::Recall { broadcast, erase } => {
                Content::Recall { number: Number(broadcast), erase }
            }
        }
    }
}

impl Sure {
    pub(super) fn check(&self) -> Result<(), Problem> {
        let unsure = || Problem::field("/sure", Phrase::new("api-sure"));
        if self.sure { Ok(()) } else { Err(unsure()) }
    }
}

pub(super) async fn done(insider: &Insider, act: MemberAct) -> Answer<Done> {
    Ok(Json(insider.act(act).await?.into()))
}

pub(super) async fn open(
    insider: Insider,
    Sent(open): Sent<Open>,
) -> Result<(StatusCode, Json<Done>), Problem> {
    let process = Id::parse(&open.process).ok_or(Problem::Refused(Refusal::NoSuchProcess))?;
    let act = MemberAct::Open { process, text: open.text.version() };
    Ok((StatusCode::CREATED, done(&insider, act).await?))
}

pub(super) async fn post_version(insider: Insider, Sent(text): Sent<Text>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::PostVersion { proposal, text: text.version() }).await
}

pub(super) async fn cosign(insider: Insider, Sent(cosign): Sent<Cosign>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    let version = hash("/version", &cosign.version)?;
    done(&insider, MemberAct::Cosign { proposal, version }).await
}

pub(super) async fn take_back(insider: Insider, Sent(Nothing {}): Sent<Nothing>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::WithdrawCosign { proposal }).await
}

pub(super) async fn withdraw(insider: Insider, Sent(sure): Sent<Sure>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    sure.check()?;
    done(&insider, MemberAct::Withdraw { proposal }).await
}

pub(super) async fn recourse(insider: Insider, Sent(answer): Sent<Recourse>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    let choice = match answer.choice {
        ChoiceWord::Revise => RecourseChoice::Revise,
        ChoiceWord::Appeal => RecourseChoice::Appeal,
        ChoiceWord::Accept => RecourseChoice::Accept,
    };
    if answer.text.is_some() != (choice == RecourseChoice::Revise) {
        return Err(Problem::field("/text", Phrase::new("api-text-with-revise")));
    }
    let text = answer.text.map(Text::version);
    done(&insider, MemberAct::Recourse { proposal, choice, text }).await
}

/// A hash in a body, or the field that is none.
pub(super) fn hash(field: &str, text: &str) -> Result<Hash, Problem> {
    text.parse().map_err(|_| Problem::field(field, Phrase::new("api-hash")))
}
