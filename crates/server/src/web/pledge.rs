//! Pledging under a condition, and taking it back. Before it wakes nothing of others is shown, not even how many there are.

use http::StatusCode;
use mic_engine::charter::{Pledge as PledgeRule, Rule};
use mic_engine::command::MemberAct;
use mic_engine::event::{Event, StageKind};
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::stages;
use mic_engine::state::asking::PledgeState;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::count::PLEDGE_MAX;
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::{self, asking, history, people, texts};
use super::form::Fields;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::stop::{Answer, Reader, Stop};
use super::vote::secret;
use super::write::whole;
use crate::app::ActError;
use crate::pages::pledge::Pledge;
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

pub(super) async fn pledge(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let number = visible(&member)?;
    let (slot, back) = (member.slot, fields.get("do") == "take_back");
    let act = if back {
        MemberAct::WithdrawPledge { proposal: number }
    } else {
        let least =
            whole(fields.get("least")).filter(|it| (1..=PLEDGE_MAX).contains(&u64::from(*it)));
        let Some(least) = least else { return faulty(&member, number, &fields).await };
        let Some(ballot) = secret(&member, &fields, least.to_string()) else {
            return Err(member.not_found());
        };
        MemberAct::Pledge { proposal: number, ballot }
    };
    let holds = |view: &View| match stage(view, number) {
        Some((open, pledge, _)) => {
            let choice = view.vault.ballot(number, open.step, slot).map(|own| own.choice.as_str());
            if back {
                !pledge.standing.contains(&slot)
            } else {
                choice == Some(fields.get("least").trim().trim_start_matches('0'))
            }
        }
        None => true,
    };
    match member.act_until(&fields, act, holds).await {
        Ok(_) => {
            let notice = if back { Notice::PledgeBack } else { Notice::Pledged };
            let here = Route::Pledge { group: member.group, proposal: number.0 };
            Ok(member.go(&here, Some(notice)))
        }
        Err(ActError::Refused(Refusal::ChoiceInvalid)) => faulty(&member, number, &fields).await,
        Err(error) => Err(member.refused(&error, &proposal(&member, number), &packed)),
    }
}

async fn faulty(member: &Member, number: ProposalNumber, fields: &Fields) -> Answer {
    let Some(page) = page(member, number).await? else {
        return Ok(member.go(&proposal(member, number), None));
    };
    let fault = FormFault { field: "least", problem: Phrase::new("fault-pledge-number") };
    let page = Pledge { least: fields.get("least").to_owned(), faults: vec![fault], ..page };
    Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn page(member: &Member, number: ProposalNumber) -> Result<Option<Pledge>, Stop> {
    let slot = member.slot;
    member.look(move |store, view| page_of(store, view, number, slot)).await
}

pub(crate) fn page_of(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    slot: Slot,
) -> Result<Option<Pledge>, Fault> {
    let group = view.state.founded.group;
    let lines = history::lines(store, view, number)?;
    let Some((_, until)) = asking::last_step(&lines, StageKind::Pledge) else { return Ok(None) };
    let Some(hash) = texts::current(&view.state, number) else { return Ok(None) };
    let text = texts::version(store, group, &hash)?;
    let stage = stage(view, number);
    let own = stage.and_then(|(open, _, _)| view.vault.ballot(number, open.step, slot));
    let yours: Option<u32> = own.and_then(|own| own.choice.parse().ok());
    let author = fill::proposal::author_of(view, number).unwrap_or(slot);
    Ok(Some(Pledge {
        proposal: number.0,
        message: texts::message(text.as_ref(), fill::proposal::audience_of(view, number), &hash),
        author: people::person(store, view, author, Some(slot))?,
        about: fill::about::about(store, view, text.as_ref(), &lines, slot)?,
        asked: stage
            .and_then(|(open, _, _)| asking::asked(&view.state, open, slot))
            .unwrap_or_else(|| asking::over(until)),
        at_least: stage.map_or(0, |(_, _, rule)| rule.at_least),
        yours,
        least: yours.map(|least| least.to_string()).unwrap_or_default(),
        draw: stage.map(|(_, pledge, _)| pledge.draw.to_string()).unwrap_or_default(),
        woken: lines.iter().rev().find_map(|line| match &line.entry.event {
            Event::PledgeWoken(woken) => Some(woken.count),
            _ => None,
        }),
        faults: Vec::new(),
    }))
}

/// The pledge in which a proposal stands.
pub(crate) fn stage(
    view: &View,
    number: ProposalNumber,
) -> Option<(&Proposal, &PledgeState, &PledgeRule)> {
    let open = view.state.proposal(number)?;
    match (&open.stand, stages::rule_of(&view.state, open)) {
        (Stand::Pledge(pledge), Some(Rule::Pledge(rule))) => Some((open, pledge, rule)),
        _ => None,
    }
}

fn proposal(member: &Member, number: ProposalNumber) -> Route {
    Route::Proposal { group: member.group, proposal: number.0 }
}
