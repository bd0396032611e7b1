//! A juror's part: what there is to judge, the answer, stepping aside; and for the author what a jury that said no gave as reasons.
//! What somebody answered is in no answer to a GET, not even for that juror: a program that reads cannot tell it.

use axum::Json;
use mic_engine::access::Thing;
use mic_engine::command::{BallotForm, MemberAct};
use mic_engine::event::{Event, NonceFrom};
use mic_engine::ids::{ProposalNumber, Seq};
use mic_engine::refusal::Refusal;
use mic_engine::stages;
use mic_engine::state::proposal::Proposal;
use mic_engine::wire;
use mic_proof::ballot::{Choice, Nonce, commitment, cover};
use mic_proof::hash::{Hash, hex, hex_decode};
use mic_store::contract::Fault;
use serde::{Deserialize, Serialize};

use super::act::{Done, Nothing, done, hash};
use super::body::Sent;
use super::caller::Insider;
use super::problem::{Answer, Problem};
use super::show::{PersonLine, Tally, Text, person};
use crate::pages::juror::Juror;
use crate::web::fill::proposal::answer_page;
use crate::web::fill::{jury, texts};
use crate::words::Phrase;

#[derive(Serialize)]
pub(super) struct Jury {
    proposal: u32,
    /// What ballots are bound to.
    draw: String,
    text: Option<Text>,
    author: PersonLine,
    cosigners: Vec<PersonLine>,
    reaches: Reaches,
    rule: Rule,
    until: u64,
    /// When the seat passes on; none once something was answered.
    answer_by: Option<u64>,
    answered: bool,
}

#[derive(Serialize)]
struct Reaches {
    members: u32,
    by_mail: u32,
    audience: &'static str,
}

#[derive(Serialize)]
struct Rule {
    seats: u32,
    agree: u32,
    quorum: u32,
    more: u32,
}

#[derive(Serialize)]
pub(super) struct Reasons {
    proposal: u32,
    tally: Tally,
    /// In an order that tells nothing.
    reasons: Vec<String>,
    until: u64,
    may_revise: bool,
    may_appeal: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ballot {
    draw: String,
    choice: ChoiceWord,
    #[serde(default)]
    reason: String,
    /// What hides the ballot; the server makes what is left out.
    nonce: Option<String>,
    blind: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChoiceWord {
    Yes,
    No,
}

/// What a juror keeps: with the choice, which is not repeated here, it opens the cover in the journal.
#[derive(Serialize)]
pub(super) struct Receipt {
    seq: u64,
    draw: String,
    cover: String,
    nonce: String,
    nonce_from: &'static str,
    blind: String,
}

/// What there is to judge, for who holds a seat.
pub(super) async fn show(insider: Insider) -> Answer<Jury> {
    let number = insider.proposal()?;
    let open = open(&insider, number)?;
    stages::jury::seat(open, insider.slot).map_err(Problem::Refused)?;
    let (slot, now, version) = (insider.slot, insider.app().now(), open.version);
    let found = insider.look(move |store, view| {
        let Some(open) = view.state.proposal(number) else { return Ok(None) };
        let page = jury::page(store, view, open, slot, now)?;
        let text = texts::version(store, view.state.founded.group, &version)?;
        Ok(page.map(|page| (page, text.map(|text| Text::new(text, &version)))))
    });
    let (page, text) = found.await?.ok_or(Problem::NotFound)?;
    Ok(Json(shown(page, text, open.audience.word())))
}

/// What the last jury said to the author.
pub(super) async fn reasons(insider: Insider) -> Answer<Reasons> {
    let number = insider.proposal()?;
    if !insider.may_see(Thing::Reasons(number)) {
        return Err(Problem::NotFound);
    }
    let answer = insider.look(move |store, view| match view.state.proposal(number) {
        Some(open) => answer_page(store, view, open),
        None => Ok(None),
    });
    let answer = answer.await?.ok_or(Problem::Refused(Refusal::WrongStage))?;
    Ok(Json(Reasons {
        proposal: answer.proposal,
        tally: answer.tally.into(),
        reasons: answer.reasons,
        until: answer.until.0,
        may_revise: answer.may_revise,
        may_appeal: answer.may_appeal,
    }))
}

pub(super) async fn cast(insider: Insider, Sent(sent): Sent<Ballot>) -> Answer<Receipt> {
    let proposal = insider.proposal()?;
    let ballot = ballot(&insider, sent).await?;
    let nonce = Nonce::parse(&ballot.nonce)
        .map_err(|_| Refusal::NonceInvalid { bytes_max: stages::jury::NONCE_BYTES_MAX });
    let nonce = nonce.map_err(Problem::Refused)?;
    let choice = if ballot.yes { Choice::Yes } else { Choice::No };
    let cover = cover(&commitment(&ballot.draw, choice, &nonce), &ballot.blind);
    let receipt = Receipt {
        seq: 0,
        draw: ballot.draw.to_string(),
        cover: cover.to_string(),
        nonce: ballot.nonce.clone(),
        nonce_from: ballot.nonce_from.word(),
        blind: hex(&ballot.blind),
    };
    let reply = insider.act(MemberAct::Cast { proposal, ballot }).await?;
    // The same key with other words is not what was cast under it before: a receipt that opens nothing is never given.
    if cast_cover(&insider, reply.seq).await? != Some(cover) {
        return Err(Problem::Refused(Refusal::KeyReused));
    }
    Ok(Json(Receipt { seq: reply.seq.0, ..receipt }))
}

pub(super) async fn aside(insider: Insider, Sent(Nothing {}): Sent<Nothing>) -> Answer<Done> {
    let proposal = insider.proposal()?;
    done(&insider, MemberAct::Aside { proposal }).await
}

async fn ballot(insider: &Insider, sent: Ballot) -> Result<BallotForm, Problem> {
    let yes = sent.choice == ChoiceWord::Yes;
    if yes && !sent.reason.is_empty() {
        return Err(Problem::field("/reason", Phrase::new("api-reason-with-no")));
    }
    let (nonce, nonce_from) = match sent.nonce {
        Some(nonce) => (nonce, NonceFrom::Browser),
        None => (hex(&insider.secret("nonce").await?), NonceFrom::Server),
    };
    let blind = match sent.blind {
        Some(text) => hex_decode(&text).ok().and_then(|bytes| bytes.try_into().ok()),
        None => Some(insider.secret("blind").await?),
    };
    Ok(BallotForm {
        draw: hash("/draw", &sent.draw)?,
        yes,
        nonce,
        nonce_from,
        blind: blind.ok_or_else(|| Problem::field("/blind", Phrase::new("api-hash")))?,
        reason: sent.reason,
    })
}

/// What hides the ballot that an entry records.
async fn cast_cover(insider: &Insider, seq: Seq) -> Result<Option<Hash>, Problem> {
    let group = insider.group;
    let stored = insider.app().blocking(move |store| store.entries(group, seq, 1)).await?;
    let Some(stored) = stored.first() else { return Ok(None) };
    let entry = wire::from_bytes(&stored.bytes)
        .map_err(|error| Fault::Corrupt(format!("entry {seq}: {error}")))?;
    match entry.event {
        Event::BallotCast { cover, .. } => Ok(Some(cover)),
        _ => Ok(None),
    }
}

fn open(insider: &Insider, number: ProposalNumber) -> Result<&Proposal, Problem> {
    insider.state().proposal(number).ok_or(Problem::Refused(Refusal::ProposalClosed))
}

fn shown(page: Juror, text: Option<Text>, audience: &'static str) -> Jury {
    Jury {
        proposal: page.proposal,
        draw: page.draw,
        text,
        author: person(page.author),
        cosigners: page.cosigners.into_iter().map(person).collect(),
        reaches: Reaches { members: page.reach.members, by_mail: page.reach.by_mail, audience },
        rule: Rule {
            seats: page.rule.seats,
            agree: page.rule.agree,
            quorum: page.rule.quorum,
            more: page.rule.more,
        },
        until: page.until.0,
        answer_by: page.answer_by.map(|until| until.0),
        answered: page.cast.is_some(),
    }
}
