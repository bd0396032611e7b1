//! Silence consents: objecting with a reason that all can read, and taking it back. The page stays readable when the stage is over.

use http::StatusCode;
use mic_engine::charter::Rule;
use mic_engine::command::MemberAct;
use mic_engine::event::StageKind;
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::stages;
use mic_engine::state::proposal::Stand;
use mic_store::Store;
use mic_store::contract::Fault;

use super::consensus::ended;
use super::fill::asking::{self, Saying};
use super::fill::{self, history, people, texts};
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop};
use crate::app::ActError;
use crate::pages::asking::REASON_CHARACTERS_MAX;
use crate::pages::objection::Objection;
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
use crate::words::Phrase;

pub(super) async fn show(member: Member) -> Answer {
    let number = visible(&member)?;
    match page(&member, number).await? {
        Some(page) => Ok(member.page(&page)),
        None => Ok(member.go(&proposal(&member, number), None)),
    }
}

pub(super) async fn object(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let number = visible(&member)?;
    let back = fields.get("do") == "take_back";
    let reason = fields.get("reason").trim().to_owned();
    let act = if back {
        MemberAct::WithdrawObjection { proposal: number }
    } else {
        MemberAct::Object { proposal: number, reason }
    };
    let slot = member.slot;
    let acted = member.act_until(&fields, act, |view| stands(view, number, slot) != Some(back));
    match acted.await {
        Ok(_) => {
            let notice = if back { Notice::ObjectionBack } else { Notice::Objected };
            let here = Route::Objection { group: member.group, proposal: number.0 };
            Ok(member.go(&here, Some(notice)))
        }
        Err(ActError::Refused(
            refusal @ (Refusal::ReasonMissing
            | Refusal::ReasonTooLong { .. }
            | Refusal::TextHasControls),
        )) => {
            let problem = match refusal {
                Refusal::ReasonMissing => Phrase::new("fault-reason-empty"),
                other => refusal_phrase(&other),
            };
            let Some(page) = page(&member, number).await? else {
                return Ok(member.go(&proposal(&member, number), None));
            };
            let page = Objection {
                reason: fields.get("reason").to_owned(),
                faults: vec![FormFault { field: "reason", problem }],
                ..page
            };
            Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(member.refused(&error, &proposal(&member, number), &packed)),
    }
}

async fn page(member: &Member, number: ProposalNumber) -> Result<Option<Objection>, Stop> {
    let slot = member.slot;
    member.look(move |store, view| page_of(store, view, number, slot)).await
}

pub(crate) fn page_of(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    slot: Slot,
) -> Result<Option<Objection>, Fault> {
    let group = view.state.founded.group;
    let lines = history::lines(store, view, number)?;
    let Some((step, until)) = asking::last_step(&lines, StageKind::Objection) else {
        return Ok(None);
    };
    let Some(hash) = texts::current(&view.state, number) else { return Ok(None) };
    let open = view.state.proposal(number).filter(|open| matches!(open.stand, Stand::Objection(_)));
    let stop = open.and_then(|open| match stages::rule_of(&view.state, open)? {
        Rule::Objection(rule) => Some(rule.objections),
        _ => None,
    });
    let text = texts::version(store, group, &hash)?;
    let said: Vec<(Slot, Saying)> = asking::objections(&lines, step).into_iter().collect();
    let objections = asking::voices(store, view, slot, &said)?;
    let own = objections.listed.iter().find(|voice| voice.who.you);
    let author = fill::proposal::author_of(view, number).unwrap_or(slot);
    Ok(Some(Objection {
        proposal: number.0,
        message: texts::message(text.as_ref(), fill::proposal::audience_of(view, number), &hash),
        author: people::person(store, view, author, Some(slot))?,
        about: fill::about::about(store, view, text.as_ref(), &lines, slot)?,
        asked: open
            .and_then(|open| asking::asked(&view.state, open, slot))
            .unwrap_or_else(|| asking::over(until)),
        stop: stop.unwrap_or(0),
        yours: said.iter().any(|(by, _)| *by == slot),
        reason: own.and_then(|voice| voice.reason.clone()).unwrap_or_default(),
        reason_max: REASON_CHARACTERS_MAX,
        objections,
        ended: ended(&lines, step),
        faults: Vec::new(),
    }))
}

/// Whether a member's objection stands; `None` where no objections are taken.
fn stands(view: &View, number: ProposalNumber, slot: Slot) -> Option<bool> {
    match &view.state.proposal(number)?.stand {
        Stand::Objection(objection) => Some(objection.objections.contains_key(&slot)),
        _ => None,
    }
}

fn proposal(member: &Member, number: ProposalNumber) -> Route {
    Route::Proposal { group: member.group, proposal: number.0 }
}
