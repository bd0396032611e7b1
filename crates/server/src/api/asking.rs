//! Stages that ask everybody: what there is to answer, and each answer. What somebody voted or pledged is in no answer to a GET, not even
//! for that member: a program that reads cannot tell it. Knows no counting.

use axum::Json;
use mic_engine::charter::method_word;
use mic_engine::command::{MemberAct, SecretForm};
use mic_engine::event::{Event, NonceFrom, Position};
use mic_engine::ids::{Number, Seq};
use mic_engine::refusal::Refusal;
use mic_engine::stages::jury::NONCE_BYTES_MAX;
use mic_engine::wire;
use mic_proof::ballot::{Nonce, commitment_of, cover};
use mic_proof::hash::{Hash, hex, hex_decode};
use mic_store::contract::Fault;
use serde::{Deserialize, Serialize};

use super::act::{Done, Nothing, done, hash};
use super::body::Sent;
use super::caller::Insider;
use super::problem::{Answer, Problem};
use crate::web::fill::asking::{has_acted, may, part_of};
use crate::web::{asked_options, pledge_stage, vote_stage};
use crate::words::Phrase;

#[derive(Serialize)]
pub(super) struct Vote {
    proposal: u32,
    stage: String,
    method: &'static str,
    options: Vec<String>,
    eligible: u32,
    quorum: u32,
    until: u64,
    may: bool,
    answered: bool,
}

#[derive(Serialize)]
pub(super) struct Pledge {
    proposal: u32,
    stage: String,
    at_least: u32,
    until: u64,
    may: bool,
    answered: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecretBallot {
    stage: String,
    choice: String,
    /// What hides the ballot; the server makes what is left out.
    nonce: Option<String>,
    blind: Option<String>,
}

/// What a member keeps: with the choice, which is not repeated here, it opens the cover in the journal.
#[derive(Serialize)]
pub(super) struct SecretReceipt {
    seq: u64,
    stage: String,
    cover: String,
    nonce: String,
    nonce_from: &'static str,
    blind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TakePosition {
    version: String,
    position: PositionWord,
    #[serde(default)]
    reason: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PositionWord {
    Agree,
    Aside,
    Block,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Objection {
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statement {
    statement: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deed {
    done: bool,
}

pub(super) async fn vote(insider: Insider) -> Answer<Vote> {
    let number = insider.proposal()?;
    let wrong = || Problem::Refused(Refusal::WrongStage);
    let options = insider.look(move |store, view| asked_options(store, view, number)).await?;
    let (open, vote, rule) = vote_stage(&insider.view, number).ok_or_else(wrong)?;
    Ok(Json(Vote {
        proposal: number.0,
        stage: vote.draw.to_string(),
        method: method_word(rule.method),
        options: options.unwrap_or_default(),
        eligible: vote.eligible,
        quorum: part_of(rule.quorum, vote.eligible),
        until: open.until.0,
        may: may(insider.state(), open, insider.slot).is_ok(),
        answered: has_acted(open, insider.slot),
    }))
}

pub(super) async fn cast(
    insider: Insider,
    Sent(sent): Sent<SecretBallot>,
) -> Answer<SecretReceipt> {
    let proposal = insider.proposal()?;
    let ballot = ballot(&insider, sent).await?;
    handed_in(&insider, ballot, |ballot| MemberAct::Vote { proposal, ballot }).await
}

pub(super) async fn pledge(insider: Insider) -> Answer<Pledge> {
    let number = insider.proposal()?;
    let wrong = || Problem::Refused(Refusal::WrongStage);
    let (open, pledge, rule) = pledge_stage(&insider.view, number).ok_or_else(wrong)?;
    Ok(Json(Pledge {
        proposal: number.0,
        stage: pledge.draw.to_string(),
        at_least: rule.at_least,
        until: open.until.0,
        may: may(insider.state(), open, insider.slot).is_ok(),
        answered: has_acted(open, insider.slot),
    }))
}

pub(super) async fn make_pledge(
    insider: Insider,
    Sent(sent): Sent<SecretBallot>,
) -> Answer<SecretReceipt> {
    let proposal = insider.proposal()?;
    let ballot = ballot(&insider, sent).await?;
    handed_in(&insider, ballot, |ballot| MemberAct::Pledge { proposal, ballot }).await
}

pub(super) async fn withdraw_pledge(
    insider: Insider,
    Sent(Nothing {}): Sent<Nothing>,
) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::WithdrawPledge { proposal }).await
}

pub(super) async fn position(insider: Insider, Sent(sent): Sent<TakePosition>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    let position = match sent.position {
        PositionWord::Agree => Position::Agree,
        PositionWord::Aside => Position::Aside,
        PositionWord::Block => Position::Block,
        PositionWord::None => Position::None,
    };
    let version = hash("/version", &sent.version)?;
    let act = MemberAct::TakePosition { proposal, version, position, reason: sent.reason };
    done(&insider, act).await
}

pub(super) async fn object(insider: Insider, Sent(sent): Sent<Objection>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::Object { proposal, reason: sent.reason }).await
}

pub(super) async fn withdraw_objection(
    insider: Insider,
    Sent(Nothing {}): Sent<Nothing>,
) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::WithdrawObjection { proposal }).await
}

pub(super) async fn statement(insider: Insider, Sent(sent): Sent<Statement>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::MakeStatement { proposal, body: sent.statement }).await
}

pub(super) async fn deed(insider: Insider, Sent(sent): Sent<Deed>) -> Answer<Done> {
    let action = insider.caller.place("action").parse().map_err(|_| Problem::NotFound)?;
    let action = Number(action);
    done(&insider, MemberAct::ReportDeed { action, done: sent.done }).await
}

async fn ballot(insider: &Insider, sent: SecretBallot) -> Result<SecretForm, Problem> {
    let (nonce, nonce_from) = match sent.nonce {
        Some(nonce) => (nonce, NonceFrom::Browser),
        None => (hex(&insider.secret("nonce").await?), NonceFrom::Server),
    };
    let blind = match sent.blind {
        Some(text) => hex_decode(&text).ok().and_then(|bytes| bytes.try_into().ok()),
        None => Some(insider.secret("blind").await?),
    };
    let blind = blind.ok_or_else(|| Problem::field("/blind", Phrase::new("api-hash")))?;
    Ok(SecretForm {
        stage: hash("/stage", &sent.stage)?,
        choice: sent.choice,
        nonce,
        nonce_from,
        blind,
    })
}

async fn handed_in(
    insider: &Insider,
    ballot: SecretForm,
    act: impl FnOnce(SecretForm) -> MemberAct,
) -> Answer<SecretReceipt> {
    let nonce = Nonce::parse(&ballot.nonce)
        .map_err(|_| Problem::Refused(Refusal::NonceInvalid { bytes_max: NONCE_BYTES_MAX }))?;
    let cover = cover(&commitment_of(&ballot.stage, &ballot.choice, &nonce), &ballot.blind);
    let receipt = SecretReceipt {
        seq: 0,
        stage: ballot.stage.to_string(),
        cover: cover.to_string(),
        nonce: ballot.nonce.clone(),
        nonce_from: ballot.nonce_from.word(),
        blind: hex(&ballot.blind),
    };
    let reply = insider.act(act(ballot)).await?;
    // The same key with other words is not what was handed in under it before: a receipt that opens nothing is never given.
    if recorded(insider, reply.seq).await? != Some(cover) {
        return Err(Problem::Refused(Refusal::KeyReused));
    }
    Ok(Json(SecretReceipt { seq: reply.seq.0, ..receipt }))
}

/// What hides the ballot that an entry records.
async fn recorded(insider: &Insider, seq: Seq) -> Result<Option<Hash>, Problem> {
    let group = insider.group;
    let stored = insider.app().blocking(move |store| store.entries(group, seq, 1)).await?;
    let Some(stored) = stored.first() else { return Ok(None) };
    let entry = wire::from_bytes(&stored.bytes)
        .map_err(|error| Fault::Corrupt(format!("entry {seq}: {error}")))?;
    match entry.event {
        Event::VoteCast { cover, .. } | Event::PledgeMade { cover, .. } => Ok(Some(cover)),
        _ => Ok(None),
    }
}
