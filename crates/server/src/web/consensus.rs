//! Consensus: taking a position that all can read, changing it, taking it back. The page stays readable when the stage is over.

use http::StatusCode;
use mic_engine::charter::{Outcome, Rule};
use mic_engine::command::MemberAct;
use mic_engine::event::{Event, Position as EnginePosition, StageKind};
use mic_engine::ids::{ProposalNumber, Slot, Step};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::stages;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::asking::{self, Saying};
use super::fill::history::{self, Line};
use super::fill::{self, people, texts};
use super::form::Fields;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop};
use crate::app::ActError;
use crate::pages::asking::{Ended, REASON_CHARACTERS_MAX};
use crate::pages::consensus::{Consensus, Position};
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
use crate::words::{Phrase, Words};

pub(super) async fn show(member: Member) -> Answer {
    let number = visible(&member)?;
    match page(&member, number).await? {
        Some(page) => Ok(member.page(&page)),
        None => Ok(member.go(&proposal(&member, number), None)),
    }
}

pub(super) async fn take(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let number = visible(&member)?;
    let Ok(version) = fields.get("version").parse::<Hash>() else { return Err(member.not_found()) };
    let position = match fields.get("position") {
        "agree" => EnginePosition::Agree,
        "aside" => EnginePosition::Aside,
        "block" => EnginePosition::Block,
        "none" => EnginePosition::None,
        _ => {
            let fault = Phrase::new("fault-position-empty");
            return faulty(
                &member,
                number,
                &fields,
                "position",
                fault,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
    };
    // With these two nobody asks for a reason: what was typed before another choice is left out, as the page says.
    let reason = match position {
        EnginePosition::Agree | EnginePosition::None => String::new(),
        EnginePosition::Aside | EnginePosition::Block => fields.get("reason").trim().to_owned(),
    };
    let slot = member.slot;
    let act = MemberAct::TakePosition { proposal: number, version, position, reason };
    let acted = member
        .act_until(&fields, act, |view| stands(view, number, slot, asking::position_of(position)));
    let notice = match position {
        EnginePosition::None => Notice::PositionBack,
        EnginePosition::Agree | EnginePosition::Aside | EnginePosition::Block => {
            Notice::PositionTaken
        }
    };
    match acted.await {
        Ok(_) => {
            let here = Route::Consensus { group: member.group, proposal: number.0 };
            Ok(member.go(&here, Some(notice)))
        }
        Err(ActError::Refused(refusal)) => {
            refused(&member, number, &fields, refusal, &packed).await
        }
        Err(error) => Err(member.refused(&error, &proposal(&member, number), &packed)),
    }
}

/// What a person can put right on the page itself stays there, with what was typed.
async fn refused(
    member: &Member,
    number: ProposalNumber,
    fields: &Fields,
    refusal: Refusal,
    packed: &super::kept::Packed,
) -> Answer {
    let (wrong, moved) = (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT);
    let (field, problem, status) = match &refusal {
        Refusal::ReasonMissing => ("reason", Phrase::new("fault-block-reason"), wrong),
        Refusal::ReasonTooLong { .. } | Refusal::TextHasControls => {
            ("reason", refusal_phrase(&refusal), wrong)
        }
        // Lost the race against a new version: the page as it is now shows what changed.
        Refusal::OtherVersion { .. } => ("position", refusal_phrase(&refusal), moved),
        _ => {
            let error = ActError::Refused(refusal);
            return Err(member.refused(&error, &proposal(member, number), packed));
        }
    };
    faulty(member, number, fields, field, problem, status).await
}

async fn faulty(
    member: &Member,
    number: ProposalNumber,
    fields: &Fields,
    field: &'static str,
    problem: Phrase,
    status: StatusCode,
) -> Answer {
    let Some(page) = page(member, number).await? else {
        return Ok(member.go(&proposal(member, number), None));
    };
    let page = Consensus {
        position: position(fields.get("position")),
        reason: fields.get("reason").to_owned(),
        faults: vec![FormFault { field, problem }],
        ..page
    };
    Ok(member.page_as(status, &page))
}

async fn page(member: &Member, number: ProposalNumber) -> Result<Option<Consensus>, Stop> {
    let (slot, words) = (member.slot, Words::of(member.frame().language));
    member.look(move |store, view| page_of(store, view, number, slot, words)).await
}

pub(crate) fn page_of(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    slot: Slot,
    words: &'static Words,
) -> Result<Option<Consensus>, Fault> {
    let group = view.state.founded.group;
    let lines = history::lines(store, view, number)?;
    let Some((step, until)) = asking::last_step(&lines, StageKind::Consensus) else {
        return Ok(None);
    };
    let Some(hash) = texts::current(&view.state, number) else { return Ok(None) };
    let open = view.state.proposal(number).filter(|open| matches!(open.stand, Stand::Consensus(_)));
    let rule = open.and_then(|open| match stages::rule_of(&view.state, open)? {
        Rule::Consensus(rule) => Some(rule),
        _ => None,
    });
    let text = texts::version(store, group, &hash)?;
    let said = asking::positions(&lines, step);
    let of = |position| -> Result<_, Fault> {
        let them = said.iter().filter(|(_, saying)| saying.position == position);
        let them: Vec<(Slot, Saying)> = them.map(|(slot, saying)| (*slot, *saying)).collect();
        asking::voices(store, view, slot, &them)
    };
    let author = fill::proposal::author_of(view, number).unwrap_or(slot);
    let audience = fill::proposal::audience_of(view, number);
    Ok(Some(Consensus {
        proposal: number.0,
        message: texts::message(text.as_ref(), audience, &hash),
        author: people::person(store, view, author, Some(slot))?,
        about: fill::about::about(store, view, text.as_ref(), &lines, slot)?,
        asked: open
            .and_then(|open| asking::asked(&view.state, open, slot))
            .unwrap_or_else(|| asking::over(until)),
        blocks_stop: rule.map_or(0, |rule| rule.blocks),
        asides: rule.map_or(0, |rule| rule.asides.numerator()),
        asides_of: rule.map_or(1, |rule| rule.asides.denominator()),
        agree: of(Position::Agree)?,
        aside: of(Position::Aside)?,
        block: of(Position::Block)?,
        yours: said.get(&slot).map(|saying| saying.position),
        position: None,
        reason: String::new(),
        reason_max: REASON_CHARACTERS_MAX,
        may_amend: open.is_some_and(|open| may_amend(view, open, slot)),
        changes: fill::proposal::last_changes(store, view, number, &lines, words)?,
        ended: ended(&lines, step),
        faults: Vec::new(),
    }))
}

fn may_amend(view: &View, open: &Proposal, slot: Slot) -> bool {
    open.author == slot && stages::consensus::may_amend(&view.state, open)
}

/// How a step ended that asks everybody.
pub(super) fn ended(lines: &[Line], step: Step) -> Option<Ended> {
    lines.iter().rev().find_map(|line| match &line.entry.event {
        Event::StageEnded { step: ended, outcome, .. } if *ended == step => Some(match outcome {
            Outcome::Pass => Ended::Passed,
            Outcome::Fail => Ended::Failed,
            Outcome::Undecided | Outcome::Lapsed => Ended::Undecided,
        }),
        _ => None,
    })
}

/// Whether a member stands there, or the proposal is in no consensus any more.
fn stands(view: &View, number: ProposalNumber, slot: Slot, position: Option<Position>) -> bool {
    let Some(open) = view.state.proposal(number) else { return true };
    match &open.stand {
        Stand::Consensus(consensus) => {
            let taken = consensus.positions.get(&slot);
            taken.and_then(|taken| asking::position_of(taken.position)) == position
        }
        _ => true,
    }
}

fn position(word: &str) -> Option<Position> {
    [Position::Agree, Position::Aside, Position::Block].into_iter().find(|it| it.word() == word)
}

fn proposal(member: &Member, number: ProposalNumber) -> Route {
    Route::Proposal { group: member.group, proposal: number.0 }
}
