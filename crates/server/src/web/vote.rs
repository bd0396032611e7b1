//! The voter's page: a ballot for each method, handed in as often as one likes until the close; and the receipt. What was cast is read
//! by its voter alone.

use http::StatusCode;
use mic_engine::append::SealedBallot;
use mic_engine::charter::{Rule, Vote as VoteRule};
use mic_engine::command::{Content, MemberAct, SecretForm};
use mic_engine::event::{Actor, Event, NonceFrom as EngineNonceFrom};
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::stages;
use mic_engine::state::asking::VoteState;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::ballot::{Nonce, commitment_of, cover};
use mic_proof::hash::{Hash, hex};
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::{self, people, texts};
use super::form::Fields;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop};
use super::vote_choice as choice;
use crate::app::ActError;
use crate::pages::Route;
use crate::pages::juror::{NonceFrom, OWN_WORDS_CHARACTERS_MAX};
use crate::pages::start::FormFault;
use crate::pages::vote::{Vote, VoteReceipt};
use crate::words::{Moment, Phrase};

pub(super) async fn show(member: Member) -> Answer {
    let number = visible(&member)?;
    match page(&member, number, None).await? {
        Some(page) => Ok(member.page(&page)),
        // Not yet, or over: the proposal's page says where it stands.
        None => Ok(member.go(&proposal(&member, number), None)),
    }
}

pub(super) async fn cast(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let number = visible(&member)?;
    let back = proposal(&member, number);
    let options = options(&member, number).await?;
    let method = stage(&member.view, number).map(|(_, _, rule)| rule.method);
    let Some((method, options)) = method.zip(options) else {
        return Err(member.refused(&ActError::Refused(Refusal::WrongStage), &back, &packed));
    };
    let said = match choice::typed(&method, &options, &fields) {
        Ok(said) => said,
        Err(fault) => return faulty(&member, number, &fields, "choice", fault).await,
    };
    let Some(ballot) = secret(&member, &fields, said) else { return Err(member.not_found()) };
    let (slot, blind) = (member.slot, ballot.blind);
    let act = MemberAct::Vote { proposal: number, ballot };
    let acted = member.act_until(&fields, act, |view| match own(view, number, slot) {
        Some((.., cast)) => cast.is_some_and(|cast| cast.blind == blind),
        None => true,
    });
    match acted.await {
        Ok(_) => {
            Ok(member.go(&Route::VoteReceipt { group: member.group, proposal: number.0 }, None))
        }
        Err(ActError::Refused(refusal @ (Refusal::NonceInvalid { .. } | Refusal::NonceTaken))) => {
            faulty(&member, number, &fields, "words", refusal_phrase(&refusal)).await
        }
        Err(ActError::Refused(refusal @ Refusal::ChoiceInvalid)) => {
            faulty(&member, number, &fields, "choice", refusal_phrase(&refusal)).await
        }
        Err(error) => Err(member.refused(&error, &back, &packed)),
    }
}

/// What the voter keeps, as long as the vote runs; afterwards nobody can join voter and ballot any more, this page neither.
pub(super) async fn receipt(member: Member) -> Answer {
    let number = visible(&member)?;
    let slot = member.slot;
    match member.look(move |store, view| own_receipt(store, view, number, slot)).await? {
        Some(receipt) => Ok(member.page(&receipt)),
        None => Ok(member.go(&proposal(&member, number), None)),
    }
}

/// A secret ballot of a form. Left empty, the words are made here; what hides it follows from the form, so that a form sent twice is
/// one ballot.
pub(super) fn secret(member: &Member, fields: &Fields, choice: String) -> Option<SecretForm> {
    let words = fields.get("words").trim();
    let (nonce, nonce_from) = if words.is_empty() {
        (hex(&member.secret_of(&format!("nonce/{choice}"), fields)), EngineNonceFrom::Server)
    } else {
        (words.to_owned(), EngineNonceFrom::Words)
    };
    let blind = member.secret_of(&format!("blind/{choice}/{nonce}"), fields);
    Some(SecretForm { stage: fields.get("draw").parse().ok()?, choice, nonce, nonce_from, blind })
}

/// The options that the current text lists; none for yes or no. `None` where it is no vote or the text is gone.
async fn options(member: &Member, number: ProposalNumber) -> Result<Option<Vec<String>>, Stop> {
    member.look(move |store, view| options_of(store, view, number)).await
}

pub(crate) fn options_of(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
) -> Result<Option<Vec<String>>, Fault> {
    let Some(hash) = texts::current(&view.state, number) else { return Ok(None) };
    let text = texts::version(store, view.state.founded.group, &hash)?;
    Ok(text.map(|text| match text.content {
        Content::Decision { options } => options,
        Content::Message
        | Content::Admission { .. }
        | Content::Removal { .. }
        | Content::Recall { .. }
        | Content::Amendment { .. }
        | Content::Action { .. } => Vec::new(),
    }))
}

/// The page again with what was typed and what is wrong with it.
async fn faulty(
    member: &Member,
    number: ProposalNumber,
    fields: &Fields,
    field: &'static str,
    problem: Phrase,
) -> Answer {
    let Some(page) = page(member, number, Some(fields.clone())).await? else {
        return Ok(member.go(&proposal(member, number), None));
    };
    let page = Vote { faults: vec![FormFault { field, problem }], ..page };
    Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn page(
    member: &Member,
    number: ProposalNumber,
    typed: Option<Fields>,
) -> Result<Option<Vote>, Stop> {
    let slot = member.slot;
    member.look(move |store, view| page_of(store, view, number, slot, typed.as_ref())).await
}

pub(crate) fn page_of(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    slot: Slot,
    typed: Option<&Fields>,
) -> Result<Option<Vote>, Fault> {
    let Some((open, vote, rule)) = stage(view, number) else { return Ok(None) };
    let Some(asked) = fill::asking::asked(&view.state, open, slot) else { return Ok(None) };
    if fill::asking::how(open).is_none() {
        return Ok(None);
    }
    let text = texts::version(store, view.state.founded.group, &open.version)?;
    let options = options_of(store, view, number)?.unwrap_or_default();
    let cast = view.vault.ballot(number, open.step, slot).map(|cast| cast.choice.as_str());
    let choice = typed.map_or(cast.unwrap_or_default(), |fields| fields.get("choice"));
    let lines = if rule.method.has_options() {
        choice::lines(&rule.method, &options, typed, cast)
    } else {
        Vec::new()
    };
    Ok(Some(Vote {
        proposal: number.0,
        message: texts::message(text.as_ref(), open.audience, &open.version),
        author: people::person(store, view, open.author, Some(slot))?,
        about: fill::about::of_open(store, view, open, text.as_ref(), slot)?,
        asked,
        method: choice::shown(&rule.method),
        options: lines,
        choice: choice.to_owned(),
        cast: cast.map(|cast| choice::said(&rule.method, &options, cast)),
        words: typed.map(|fields| fields.get("words").to_owned()).unwrap_or_default(),
        words_max: OWN_WORDS_CHARACTERS_MAX,
        draw: vote.draw.to_string(),
        faults: Vec::new(),
    }))
}

/// The receipt of a voter's last ballot.
pub(crate) fn own_receipt(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    slot: Slot,
) -> Result<Option<VoteReceipt>, Fault> {
    let Some((open, vote, rule, Some(cast))) = own(view, number, slot) else { return Ok(None) };
    let entries = fill::history::lines(store, view, number)?;
    let found = entries.into_iter().rev().find_map(|line| match line.entry.event {
        Event::VoteCast { nonce_from, .. } if line.entry.actor == Actor::Member(slot) => {
            Some((line.entry.seq, nonce_from))
        }
        _ => None,
    });
    let Some((seq, nonce_from)) = found else { return Ok(None) };
    let options = options_of(store, view, number)?.unwrap_or_default();
    Ok(Some(VoteReceipt {
        proposal: number.0,
        said: choice::said(&rule.method, &options, &cast.choice),
        choice: cast.choice.clone(),
        until: Moment::from(open.until),
        cover: cover_of(&vote.draw, cast).map(|hash| hash.to_string()).unwrap_or_default(),
        draw: vote.draw.to_string(),
        nonce: cast.nonce.clone(),
        nonce_from: nonce_word(nonce_from),
        opening: hex(&cast.blind),
        position: seq.0,
    }))
}

pub(crate) fn cover_of(draw: &Hash, cast: &SealedBallot) -> Option<Hash> {
    let nonce = Nonce::parse(&cast.nonce).ok()?;
    Some(cover(&commitment_of(draw, &cast.choice, &nonce), &cast.blind))
}

const fn nonce_word(from: EngineNonceFrom) -> NonceFrom {
    match from {
        EngineNonceFrom::Browser => NonceFrom::Browser,
        EngineNonceFrom::Words => NonceFrom::Words,
        EngineNonceFrom::Server => NonceFrom::Server,
    }
}

/// The vote in which a proposal stands.
pub(crate) fn stage(
    view: &View,
    number: ProposalNumber,
) -> Option<(&Proposal, &VoteState, &VoteRule)> {
    let open = view.state.proposal(number)?;
    match (&open.stand, stages::rule_of(&view.state, open)) {
        (Stand::Vote(vote), Some(Rule::Vote(rule))) => Some((open, vote, rule)),
        _ => None,
    }
}

/// The vote with what this member cast in it.
fn own(
    view: &View,
    number: ProposalNumber,
    slot: Slot,
) -> Option<(&Proposal, &VoteState, &VoteRule, Option<&SealedBallot>)> {
    let (open, vote, rule) = stage(view, number)?;
    Some((open, vote, rule, view.vault.ballot(number, open.step, slot)))
}

fn proposal(member: &Member, number: ProposalNumber) -> Route {
    Route::Proposal { group: member.group, proposal: number.0 }
}
