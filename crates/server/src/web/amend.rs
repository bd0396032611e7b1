//! Other rules: beginning a draft, what it would change, opening it as a proposal, and what a proposal would change.
//! Knows nothing of the form (`charter_editor.rs`) and of how a charter decides.

pub(in crate::web) mod draft;

use axum::extract::RawQuery;
use axum::response::IntoResponse;
use http::header;
use mic_engine::charter::flow::Target;
use mic_engine::charter::{Charter, EffectKind, Id, Process, ProposalKind, Rule, parse};
use mic_engine::command::MemberAct;
use mic_engine::ids::ProposalNumber;
use mic_proof::hash::Hash;
use mic_store::contract::DraftId;

use super::charter_editor::{again, plain_lines};
use super::fill::trial::Range;
use super::fill::{amendment, difference, texts, trial};
use super::form::Fields;
use super::kept::Packed;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::proposal::visible;
use super::ready::{READY, Ready};
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop};
use crate::app::ActError;
use crate::pages::amend::Amendment;
use crate::pages::charter_editor::{Begin, Choice};
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
use crate::text::name::Name;
use crate::words::{Phrase, Words};
use draft::AmendmentDraft;

/// Where from, and the drafts that are there already.
pub(super) async fn begin(member: Member) -> Answer {
    let words = Words::of(member.frame().language);
    let (group, slot) = (member.group, member.slot);
    let saved = member.look(move |store, _| store.drafts(group, slot)).await?;
    let drafts = saved.into_iter().filter_map(|saved| {
        let draft = AmendmentDraft::read(&saved.bytes)?;
        Some((draft.title, Route::AmendDraft { group, draft: draft::name(saved.id) }))
    });
    let ready = READY.into_iter().map(|ready| Choice::named(ready.id, &ready.title(words)));
    Ok(member.page(&Begin {
        possible: !ways(&member.state().charter).is_empty(),
        ready: ready.collect(),
        drafts: drafts.collect(),
    }))
}

/// A draft with the rules in force, or with ready ones. Its name follows from the form, so that a form sent twice makes one draft.
pub(super) async fn create(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let charter = match Ready::find(fields.get("from")) {
        Some(ready) => ready.text.to_owned(),
        None => in_force(&member).await?,
    };
    let draft = AmendmentDraft {
        title: String::new(),
        body: String::new(),
        charter,
        way: None,
        revises: None,
    };
    let id = DraftId(member.thing_key(&fields).0);
    draft::save(&member, id, &draft, &packed).await?;
    Ok(member.go(&Route::AmendDraft { group: member.group, draft: draft::name(id) }, None))
}

/// What a draft would change.
pub(super) async fn look(member: Member, RawQuery(query): RawQuery) -> Answer {
    let (id, draft) = draft::open(&member).await?;
    let reading = parse::read_for_group(&draft.charter);
    let back = Route::AmendDraft { group: member.group, draft: draft::name(id) };
    let Some(charter) = reading.charter else { return Ok(member.go(&back, None)) };
    let state = member.state();
    let words = Words::of(member.frame().language);
    let way = draft.way.clone().or_else(|| way(&state.charter).map(|(id, _)| id.clone()));
    let when = way.and_then(|way| state.charter.processes.get(&way)).map(when).unwrap_or_default();
    let page = Amendment {
        title: draft.title.clone(),
        back,
        here: Route::AmendTrial { group: member.group, draft: draft::name(id) },
        draft: true,
        gone: false,
        older: false,
        unguarded: charter.unguarded,
        complaints: plain_lines(&reading.complaints),
        differences: difference::words(&state.charter, &charter, state.roll.len(), words),
        flows: difference::flows(&state.charter, &charter, state.roll.len(), words),
        when,
        members: state.roll.present(),
        trial: None,
        file: None,
    };
    with_trial(&member, query, page, charter).await
}

/// What a proposal would change.
pub(super) async fn proposed(member: Member, RawQuery(query): RawQuery) -> Answer {
    let number = visible(&member)?;
    let found = member.look(move |store, view| amendment::proposed(store, view, number)).await?;
    let Some(found) = found else { return Err(member.not_found()) };
    let title = member.look(move |store, view| texts::title(store, &view.state, number)).await?;
    let state = member.state();
    let words = Words::of(member.frame().language);
    let group = member.group;
    let reading = found.text.as_deref().map(parse::read_for_group);
    let charter = reading.as_ref().and_then(|reading| reading.charter.clone());
    let pair = found.before.as_ref().zip(charter.as_ref());
    let page = Amendment {
        title,
        back: Route::Proposal { group, proposal: number.0 },
        here: Route::ProposedRules { group, proposal: number.0 },
        draft: false,
        gone: pair.is_none(),
        older: found.before_hash != state.charter_hash,
        unguarded: charter.as_ref().is_some_and(|charter| charter.unguarded),
        complaints: reading
            .as_ref()
            .map(|reading| plain_lines(&reading.complaints))
            .unwrap_or_default(),
        differences: pair
            .map(|(before, after)| difference::words(before, after, state.roll.len(), words))
            .unwrap_or_default(),
        flows: pair
            .map(|(before, after)| difference::flows(before, after, state.roll.len(), words))
            .unwrap_or_default(),
        when: found
            .before
            .as_ref()
            .and_then(|before| before.processes.get(&found.process))
            .map(when)
            .unwrap_or_default(),
        members: state.roll.present(),
        trial: None,
        file: found.text.map(|_| Route::ProposedRulesFile { group, proposal: number.0 }),
    };
    match charter {
        Some(charter) => with_trial(&member, query, page, charter).await,
        None => Ok(member.page(&page)),
    }
}

/// The proposed rules as text.
pub(super) async fn proposed_file(member: Member) -> Answer {
    let number = visible(&member)?;
    let found = member.look(move |store, view| amendment::proposed(store, view, number)).await?;
    let Some(text) = found.and_then(|found| found.text) else { return Err(member.not_found()) };
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([kind], text).into_response())
}

/// Puts a draft forward: as a proposal, or as a new version of one.
pub(super) async fn open(
    member: &Member,
    fields: &Fields,
    id: DraftId,
    draft: &AmendmentDraft,
    packed: &Packed,
) -> Answer {
    let faults = faults(member, draft);
    let Some((way, process)) = chosen(member, draft).filter(|_| faults.is_empty()) else {
        return Ok(again(member, id, draft, faults));
    };
    let act: MemberAct = amendment::act(member.state(), way, process, draft);
    match member.act(fields, act).await {
        Ok(reply) => {
            let number = draft.revises.or(reply.proposal).map_or(0, |number| number.0);
            // The draft has become the proposal. Should it stay, nothing is lost and nothing is told twice.
            drop(draft::delete(member, id).await);
            let to = Route::Proposal { group: member.group, proposal: number };
            let notice = if draft.revises.is_some() { Notice::Revised } else { Notice::Opened };
            Ok(member.go(&to, Some(notice)))
        }
        Err(ActError::Refused(refusal)) => {
            let fault = FormFault { field: "toml", problem: refusal_phrase(&refusal) };
            Ok(again(member, id, draft, vec![fault]))
        }
        Err(error) => Err(member.refused(&error, &member.home(), packed)),
    }
}

/// The rules of a proposal as a draft of its author, to be changed and put forward again.
pub(super) async fn draft_of_proposal(
    member: &Member,
    fields: &Fields,
    number: ProposalNumber,
    packed: &Packed,
) -> Answer {
    let found = member.look(move |store, view| {
        let proposed = amendment::proposed(store, view, number)?;
        let hash = texts::current(&view.state, number);
        let text = match hash {
            Some(hash) => texts::version(store, view.state.founded.group, &hash)?,
            None => None,
        };
        Ok(proposed.zip(text))
    });
    let Some((proposed, text)) = found.await? else { return Err(member.not_found()) };
    let draft = AmendmentDraft {
        title: text.title,
        body: text.body,
        charter: proposed.text.unwrap_or_default(),
        way: Some(proposed.process),
        revises: Some(number),
    };
    let id = DraftId(member.thing_key(fields).0);
    draft::save(member, id, &draft, packed).await?;
    Ok(member.go(&Route::AmendDraft { group: member.group, draft: draft::name(id) }, None))
}

/// The processes by which rules can be changed, to choose from.
pub(super) fn ways(charter: &Charter) -> Vec<Choice> {
    let ways = charter.processes.iter().filter(|(_, process)| amends(process));
    ways.map(|(id, process)| Choice::named(id.as_str(), &process.title)).collect()
}

fn faults(member: &Member, draft: &AmendmentDraft) -> Vec<FormFault> {
    let mut faults = Vec::new();
    if let Err(fault) = Name::parse(&draft.title) {
        faults.push(FormFault { field: "title", problem: Phrase::new(fault.key()) });
    }
    if draft.body.trim().is_empty() {
        faults.push(FormFault { field: "body", problem: Phrase::new("refusal-text-empty") });
    }
    let charter = parse::parse_for_group(&draft.charter);
    match charter {
        Err(_) => faults.push(FormFault { field: "toml", problem: Phrase::new("amend-not-yet") }),
        Ok(charter) if charter == *member.state().charter => {
            faults.push(FormFault { field: "toml", problem: Phrase::new("amend-same") });
        }
        Ok(_) => {}
    }
    if chosen(member, draft).is_none() {
        faults.push(FormFault { field: "toml", problem: Phrase::new("amend-impossible") });
    }
    faults
}

/// The process that decides about a draft.
fn chosen<'m>(member: &'m Member, draft: &AmendmentDraft) -> Option<(&'m Id, &'m Process)> {
    let charter = &member.state().charter;
    let named = draft.way.as_ref().and_then(|way| charter.processes.get_key_value(way));
    named.filter(|(_, process)| amends(process)).or_else(|| way(charter))
}

fn way(charter: &Charter) -> Option<(&Id, &Process)> {
    charter.processes.iter().find(|(_, process)| amends(process))
}

fn amends(process: &Process) -> bool {
    let amend = Target::Effect(EffectKind::Amend);
    process.kind == ProposalKind::Amendment
        && process
            .stages
            .keys()
            .flat_map(|id| process.arrows_from(id))
            .any(|arrow| arrow.to == amend)
}

/// What happens when: by which way, how long it stays open to leave, from when on it holds.
fn when(process: &Process) -> Vec<Phrase> {
    let waits = process.stages.values().filter_map(|stage| match &stage.rule {
        Rule::Wait(wait) => Some(wait.duration.0.div_ceil(3_600_000)),
        Rule::Cosign(_)
        | Rule::Jury(_)
        | Rule::Recourse(_)
        | Rule::Vote(_)
        | Rule::Consensus(_)
        | Rule::Objection(_)
        | Rule::Pledge(_) => None,
    });
    let mut out = vec![Phrase::new("amend-when-decide").text("title", process.title.clone())];
    if let Some(hours) = waits.min() {
        let hours = u32::try_from(hours).unwrap_or(u32::MAX);
        out.push(Phrase::new("amend-when-wait").number("hours", hours));
    }
    out.extend(["amend-when-force", "amend-when-running"].map(Phrase::new));
    out
}

async fn with_trial(
    member: &Member,
    query: Option<String>,
    page: Amendment,
    charter: Charter,
) -> Answer {
    let query = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let range = Range::read(query.get("from"), query.get("to"), member.now());
    let trial = member.look(move |store, view| trial::run(store, view, &charter, range)).await?;
    Ok(member.page(&Amendment { trial: Some(trial), ..page }))
}

async fn in_force(member: &Member) -> Result<String, Stop> {
    let hash: Hash = member.state().charter_hash;
    let text =
        member.look(move |store, view| texts::document(store, view.state.founded.group, &hash));
    let text = text.await?.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| member.not_found())
}
