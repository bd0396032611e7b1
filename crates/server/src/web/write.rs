//! Writing: drafts that are saved as often as the person likes, their earlier states, and opening them as proposals.

mod draft;
mod extra;

use axum::extract::RawQuery;
use http::StatusCode;
use mic_engine::charter::{Id, ProposalKind};
use mic_engine::command::{Content, MemberAct, VersionText};
use mic_engine::event::RecourseChoice;
use mic_engine::ids::{GroupId, ProposalNumber, Slot};
use mic_engine::stages;
use mic_engine::state::State;
use mic_engine::state::proposal::Stand;
use mic_engine::version::BODY_BYTES_MAX;
use mic_store::Store;
use mic_store::contract::{DraftId, DraftSaved, Fault, Revision};

use super::amend::draft::AmendmentDraft;
use super::fill::texts;
use super::form::Fields;
use super::kept::Packed;
use super::limits::WRITE_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::refusal::refusal_phrase;
use super::stop::{Answer, Reader, Stop, go_to};
use crate::app::ActError;
use crate::pages::home::DraftLine;
use crate::pages::parts::{Audience, Message};
use crate::pages::start::FormFault;
use crate::pages::trouble::TroubleKind;
use crate::pages::write::Write;
use crate::pages::{Notice, Route};
use crate::text::name::Name;
use crate::words::{Moment, Phrase};

pub(super) use draft::{Draft, invitation_statement, keep_invitation};
pub(super) use extra::{Extra, whole};

/// A page for a new text.
pub(super) async fn blank(member: Member) -> Answer {
    let page = draft::page(&member, None, &Draft::blank(member.state(), None));
    Ok(member.page(&page))
}

/// The same for the process in the address.
pub(super) async fn blank_of(member: Member, query: RawQuery) -> Answer {
    let process = process(&member)?;
    let mut draft = Draft::blank(member.state(), Some(&process));
    let asked = Fields::parse(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
    asked.get("broadcast").clone_into(&mut draft.extra.broadcast);
    let page = draft::with_lists(&member, draft::page(&member, None, &draft)).await?;
    Ok(member.page(&page))
}

/// A draft as it was saved last.
pub(super) async fn draft(member: Member) -> Answer {
    let id = draft_id(&member)?;
    let key = draft::key(&member, id);
    let saved = member.look(move |store, _| store.draft(key)).await?;
    let Some(draft) = saved.as_ref().and_then(|saved| Draft::read(&saved.bytes)) else {
        return Err(member.not_found());
    };
    let mut page = draft::with_lists(&member, draft::page(&member, Some(id), &draft)).await?;
    page.preview = Some(preview(&draft));
    page.versions = draft::versions(&member, id).await?;
    Ok(member.page(&page))
}

/// An earlier state, with what changed since the one before it.
pub(super) async fn version(member: Member) -> Answer {
    let id = draft_id(&member)?;
    let Some(revision) = member.visitor.number("version").map(Revision) else {
        return Err(member.not_found());
    };
    match draft::version_page(&member, id, revision).await? {
        Some(page) => Ok(member.page(&page)),
        None => Err(member.not_found()),
    }
}

/// The first saving of a text. Its name follows from the form, so that a form sent twice makes one draft.
pub(super) async fn create(form: MemberForm<WRITE_BYTES_MAX>) -> Answer {
    let id = DraftId(form.member.thing_key(&form.fields).0);
    take(form, id, None, None).await
}

/// The same for the process in the address.
pub(super) async fn create_of(form: MemberForm<WRITE_BYTES_MAX>) -> Answer {
    let process = process(&form.member)?;
    let id = DraftId(form.member.thing_key(&form.fields).0);
    take(form, id, Some(process), None).await
}

/// Saving, opening or deleting a draft.
pub(super) async fn change(form: MemberForm<WRITE_BYTES_MAX>) -> Answer {
    let id = draft_id(&form.member)?;
    let key = draft::key(&form.member, id);
    let saved = form.member.look(move |store, _| store.draft(key)).await?;
    let Some(saved) = saved else {
        // It was opened or deleted in another window: what was typed here stays.
        return Err(form.member.trouble_keeping(TroubleKind::NotFound, &form.packed));
    };
    let before = Draft::read(&saved.bytes);
    let process = before.as_ref().map(|draft| draft.process.clone());
    take(form, id, process, before.and_then(|draft| draft.revises)).await
}

async fn take(
    form: MemberForm<WRITE_BYTES_MAX>,
    id: DraftId,
    process: Option<Id>,
    revises: Option<ProposalNumber>,
) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let draft = Draft::typed(&fields, member.state(), process.as_ref(), revises);
    let here = Route::Draft { group: member.group, draft: draft::name(id) };
    if fields.get("do") == "delete" {
        let key = draft::key(&member, id);
        member.look(move |store, _| store.delete_draft(key)).await?;
        return Ok(member.go(&member.home(), Some(Notice::DraftDeleted)));
    }
    // A text that a draft cannot hold is not cut; the page shows it again whole.
    let (faults, meant) = checked(&member, &draft);
    if draft.body.len() <= BODY_BYTES_MAX as usize {
        save(&member, id, &draft, &packed).await?;
    }
    if !faults.is_empty() && fields.get("do") != "save" {
        return again(&member, id, &draft, faults).await;
    }
    match fields.get("do") {
        "open" => open(&member, &fields, id, (&draft, &meant), &packed).await,
        "preview" => Ok(go_to(&format!("{}#preview", here.path()))),
        _ if draft.body.len() > BODY_BYTES_MAX as usize => again(&member, id, &draft, faults).await,
        _ => Ok(member.go(&here, Some(Notice::DraftSaved))),
    }
}

/// Saves on top of whatever is there; what it replaces stays readable.
async fn save(member: &Member, id: DraftId, draft: &Draft, packed: &Packed) -> Result<(), Stop> {
    let (key, bytes) = (draft::key(member, id), draft.to_bytes());
    let now = member.now();
    let saved = member.visitor.site.app().blocking(move |store| {
        let before = store.draft(key)?;
        if before.as_ref().is_some_and(|before| before.bytes == bytes) {
            return Ok(DraftSaved::Saved(Revision(0)));
        }
        let mut expected = before.map_or(Revision(0), |before| before.revision);
        // Another window may save in between; both states are kept, the one that comes last on top.
        for _ in 0..SAVE_TRIES_MAX {
            match store.save_draft(key, expected, &bytes, true, now)? {
                DraftSaved::Conflict(there) => expected = there,
                done => return Ok(done),
            }
        }
        Err(Fault::Busy)
    });
    match member.tried_keeping(saved.await, packed)? {
        DraftSaved::Saved(_) => Ok(()),
        DraftSaved::TooMany | DraftSaved::Conflict(_) => {
            Err(member.trouble_keeping(TroubleKind::TooMany, packed))
        }
        DraftSaved::NoPerson => Err(member.not_found()),
    }
}

/// How often a saving that others overtake is tried.
const SAVE_TRIES_MAX: u32 = 8;

/// Puts the text forward: as a new proposal, as a new version, or as the one revision after a no.
async fn open(
    member: &Member,
    fields: &Fields,
    id: DraftId,
    (draft, meant): (&Draft, &Content),
    packed: &Packed,
) -> Answer {
    let Some(act) = act_of(member.state(), draft, meant) else { return Err(member.not_found()) };
    match member.act(fields, act).await {
        Ok(reply) => {
            let number = draft.revises.or(reply.proposal);
            let number = number.map_or(0, |number| number.0);
            let (group, key) = (member.group, draft::key(member, id));
            // The draft has become the proposal. Should it stay, nothing is lost and nothing is told twice.
            let deleted = member.look(move |store, _| store.delete_draft(key)).await;
            drop(deleted);
            let notice = if draft.revises.is_some() { Notice::Revised } else { Notice::Opened };
            Ok(member.go(&Route::Proposal { group, proposal: number }, Some(notice)))
        }
        Err(ActError::Refused(refusal)) => {
            let fault = FormFault { field: "body", problem: refusal_phrase(&refusal) };
            again(member, id, draft, vec![fault]).await
        }
        Err(error) => Err(member.refused(&error, &member.home(), packed)),
    }
}

fn act_of(state: &State, draft: &Draft, meant: &Content) -> Option<MemberAct> {
    let text = VersionText {
        title: draft.title.trim().to_owned(),
        body: draft.body.clone(),
        warning: draft.warning.trim().to_owned(),
        audience: draft.audience,
        content: meant.clone(),
    };
    let Some(proposal) = draft.revises else {
        return Some(MemberAct::Open { process: draft.process.clone(), text });
    };
    let open = state.proposal(proposal)?;
    Some(match open.stand {
        Stand::Recourse { .. } => {
            MemberAct::Recourse { proposal, choice: RecourseChoice::Revise, text: Some(text) }
        }
        Stand::Cosign
        | Stand::Jury(_)
        | Stand::Wait
        | Stand::Vote(_)
        | Stand::Consensus(_)
        | Stand::Objection(_)
        | Stand::Pledge(_)
        | Stand::Between(_) => MemberAct::PostVersion { proposal, text },
    })
}

/// The page once more, with everything as it was typed.
async fn again(member: &Member, id: DraftId, draft: &Draft, faults: Vec<FormFault>) -> Answer {
    let page = draft::with_lists(member, draft::page(member, Some(id), draft)).await?;
    Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &Write { faults, ..page }))
}

/// What is wrong with a draft, and what it says beyond its text.
fn checked(member: &Member, draft: &Draft) -> (Vec<FormFault>, Content) {
    let mut faults = faults(draft);
    let state = member.state();
    let Some(process) = state.charter.processes.get(&draft.process) else {
        return (faults, Content::Message);
    };
    let zone = member.choices.zone();
    match draft.extra.meant(process, state, (member.slot, &zone, member.now())) {
        Ok(meant) => (faults, meant),
        Err(more) => {
            faults.extend(more);
            (faults, Content::Message)
        }
    }
}

/// The process in the address, if a text for it is written here.
fn process(member: &Member) -> Result<Id, Stop> {
    let id = Id::parse(member.visitor.place("process"));
    let process = id.as_ref().and_then(|id| member.state().charter.processes.get(id));
    let here = process.is_some_and(|process| match process.kind {
        ProposalKind::Message
        | ProposalKind::Decision
        | ProposalKind::Action
        | ProposalKind::Removal
        | ProposalKind::Recall => true,
        // Both have pages of their own.
        ProposalKind::Admission | ProposalKind::Amendment => false,
    });
    id.filter(|_| here).ok_or_else(|| member.not_found())
}

/// What the fields themselves allow; the rest is the engine's.
fn faults(draft: &Draft) -> Vec<FormFault> {
    let mut faults = Vec::new();
    if let Err(fault) = Name::parse(&draft.title) {
        faults.push(FormFault { field: "title", problem: Phrase::new(fault.key()) });
    }
    if !draft.warning.trim().is_empty()
        && let Err(fault) = Name::parse(&draft.warning)
    {
        faults.push(FormFault { field: "warning", problem: Phrase::new(fault.key()) });
    }
    if draft.body.trim().is_empty() {
        faults.push(FormFault { field: "body", problem: Phrase::new("refusal-text-empty") });
    }
    if draft.body.len() > BODY_BYTES_MAX as usize {
        let problem = Phrase::new("fault-text-long").number("bytes", BODY_BYTES_MAX);
        faults.push(FormFault { field: "body", problem });
    }
    faults
}

/// The text of a proposal as a draft of its author, to be changed and put forward again.
pub(super) async fn draft_of_proposal(
    member: &Member,
    fields: &Fields,
    proposal: ProposalNumber,
    packed: &Packed,
) -> Answer {
    let state = member.state();
    let Some(open) = state.proposal(proposal) else { return Err(member.not_found()) };
    if open.kind == ProposalKind::Amendment {
        return super::amend::draft_of_proposal(member, fields, proposal, packed).await;
    }
    let (hash, process) = (open.version, open.process.clone());
    let text = member
        .look(move |store, view| texts::version(store, view.state.founded.group, &hash))
        .await?;
    let Some(text) = text else { return Err(member.not_found()) };
    let draft = Draft {
        title: text.title,
        body: text.body,
        warning: text.warning,
        audience: text.audience,
        process,
        extra: Extra::of(&text.content, &member.choices.zone()),
        revises: Some(proposal),
    };
    let id = DraftId(member.thing_key(fields).0);
    save(member, id, &draft, packed).await?;
    Ok(member.go(&Route::Draft { group: member.group, draft: draft::name(id) }, None))
}

/// A member's drafts for the home page, the last saved first.
pub(super) fn draft_lines(
    store: &dyn Store,
    group: GroupId,
    slot: Slot,
) -> Result<Vec<DraftLine>, Fault> {
    let drafts = store.drafts(group, slot)?;
    let line = |saved: mic_store::contract::Draft| {
        if let Some(rules) = AmendmentDraft::read(&saved.bytes) {
            let link = Route::AmendDraft { group, draft: draft::name(saved.id) };
            return Some(DraftLine { title: rules.title, at: Moment::from(saved.saved), link });
        }
        let draft = Draft::read(&saved.bytes)?;
        let link = Route::Draft { group, draft: draft::name(saved.id) };
        Some(DraftLine { title: draft.title, at: Moment::from(saved.saved), link })
    };
    Ok(drafts.into_iter().filter_map(line).collect())
}

fn draft_id(member: &Member) -> Result<DraftId, Stop> {
    let id = GroupId::parse(member.visitor.place("draft"));
    id.map(|id| DraftId(id.0)).ok_or_else(|| member.not_found())
}

fn preview(draft: &Draft) -> Message {
    let audience: Audience = texts::audience_of(draft.audience);
    Message::new(&draft.title, &draft.warning, &draft.body, audience, "")
}

/// Co-signers that opening a text asks for.
fn needed(state: &State, draft: &Draft) -> u32 {
    use mic_engine::charter::{Rule, size};
    if let Some(needed) = draft
        .revises
        .and_then(|number| state.proposal(number))
        .and_then(|open| stages::cosign::needed(state, open))
    {
        return needed;
    }
    let process = state.charter.processes.get(&draft.process);
    match process.and_then(|process| process.stage(&process.first)).map(|stage| &stage.rule) {
        Some(Rule::Cosign(rule)) => {
            size::for_roll(&rule.needed, state.roll.len()).copied().unwrap_or(0)
        }
        Some(
            Rule::Jury(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Vote(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_),
        )
        | None => 0,
    }
}
