//! The form of a charter: a draft in full, one process, one stage. Every button saves first; what the checks say stands beside the fields.
//! Knows nothing of how a draft becomes a proposal (`amend.rs`).

mod blanks;
mod document;
mod fields;

use axum::response::Response;
use mic_engine::charter::parse::{self, Complaint, Severity};
use mic_engine::charter::{
    CHARTER_BYTES_MAX, Charter, Id, PROCESSES_MAX, ProposalKind, STAGES_MAX,
};
use mic_engine::ids::GroupId;
use mic_proof::hash::sha256;
use mic_store::contract::DraftId;

use super::amend::draft::{self, AmendmentDraft};
use super::fill::difference;
use super::fill::flow::{Place as Standing, flow};
use super::form::Fields;
use super::limits::{AMEND_BYTES_MAX, FORM_BYTES_MAX};
use super::member::{Member, MemberForm};
use super::stop::{Answer, Reader};
use crate::pages::charter_editor::{
    Choice, ComplaintLine, EditProcess, EditStage, Editor, ProcessLine,
};
use crate::pages::flow::FlowView;
use crate::pages::start::FormFault;
use crate::pages::trouble::TroubleKind;
use crate::pages::{Notice, Route};
use crate::words::{Phrase, Words};
use document::{Document, Place};

/// The whole draft.
pub(super) async fn show(member: Member) -> Answer {
    let (id, draft) = draft::open(&member).await?;
    let page = editor(&member, id, &draft, Vec::new());
    Ok(member.page(&page))
}

/// Saves the draft, and does what the button says.
pub(super) async fn change(form: MemberForm<AMEND_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let Ok((id, shown)) = draft::open(&member).await else {
        // It was opened or deleted in another window: what was typed here stays.
        return Err(member.trouble_keeping(TroubleKind::NotFound, &packed));
    };
    let button = fields.get("do");
    if button == "delete" {
        draft::delete(&member, id).await?;
        return Ok(member.go(&member.home(), Some(Notice::DraftDeleted)));
    }
    let draft = typed(&shown, &fields, button);
    // A text that a draft cannot hold is not cut; the page shows it again whole.
    if draft.charter.len() > CHARTER_BYTES_MAX {
        let faults = vec![too_long()];
        let page = editor(&member, id, &draft, faults);
        return Ok(member.page_as(http::StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    draft::save(&member, id, &draft, &packed).await?;
    if button == "open" {
        return super::amend::open(&member, &fields, id, &draft, &packed).await;
    }
    Ok(member.go(&here(&member, id), Some(Notice::DraftChecked)))
}

/// One process of it.
pub(super) async fn process(member: Member) -> Answer {
    let (id, draft) = draft::open(&member).await?;
    let page = process_page(&member, id, &draft).ok_or_else(|| member.not_found())?;
    Ok(member.page(&page))
}

pub(super) async fn change_process(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let gone = || member.trouble_keeping(TroubleKind::NotFound, &packed);
    let (id, mut draft) = draft::open(&member).await.map_err(|_| gone())?;
    let process = member.visitor.place("process").to_owned();
    let mut document = Document::parse(&draft.charter).ok_or_else(gone)?;
    if !document.has(Place::Process(&process)) {
        return Err(gone());
    }
    fields::take(&mut document, Place::Process(&process), &fields);
    let mut to = Route::AmendProcess {
        group: member.group,
        draft: draft::name(id),
        process: process.clone(),
    };
    if fields.get("do") == "add" && document.stages(&process).len() < STAGES_MAX {
        let after = Some(fields.get("after")).filter(|after| !after.is_empty());
        let title = fields.get("title_new").trim();
        let title = if title.is_empty() { fields.get("kind_new") } else { title };
        if let Some(stage) = document.add_stage(&process, fields.get("kind_new"), title, after) {
            to = Route::AmendStage { group: member.group, draft: draft::name(id), process, stage };
        }
    }
    draft.charter = document.text();
    draft::save(&member, id, &draft, &packed).await?;
    Ok(member.go(&to, Some(Notice::DraftChecked)))
}

/// One stage of it.
pub(super) async fn stage(member: Member) -> Answer {
    let (id, draft) = draft::open(&member).await?;
    let page = stage_page(&member, id, &draft).ok_or_else(|| member.not_found())?;
    Ok(member.page(&page))
}

pub(super) async fn change_stage(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let gone = || member.trouble_keeping(TroubleKind::NotFound, &packed);
    let (id, mut draft) = draft::open(&member).await.map_err(|_| gone())?;
    let process = member.visitor.place("process").to_owned();
    let stage = member.visitor.place("stage").to_owned();
    let mut document = Document::parse(&draft.charter).ok_or_else(gone)?;
    if !document.has(Place::Stage(&process, &stage)) {
        return Err(gone());
    }
    fields::take(&mut document, Place::Stage(&process, &stage), &fields);
    let (group, name) = (member.group, draft::name(id));
    let mut to = Route::AmendStage {
        group,
        draft: name.clone(),
        process: process.clone(),
        stage: stage.clone(),
    };
    match fields.get("do") {
        "up" => document.move_up(&process, &stage),
        "kind" if document::is_kind(fields.get("kind_new")) => {
            document.change_kind(&process, &stage, fields.get("kind_new"));
        }
        "remove" => {
            document.remove_stage(&process, &stage);
            to = Route::AmendProcess { group, draft: name, process };
        }
        _ => {}
    }
    draft.charter = document.text();
    draft::save(&member, id, &draft, &packed).await?;
    Ok(member.go(&to, Some(Notice::DraftChecked)))
}

/// The page once more, with everything as it was typed.
pub(super) fn again(
    member: &Member,
    id: DraftId,
    draft: &AmendmentDraft,
    faults: Vec<FormFault>,
) -> Response {
    let page = editor(member, id, draft, faults);
    member.page_as(http::StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What was typed, on top of the draft as it lies there.
fn typed(shown: &AmendmentDraft, fields: &Fields, button: &str) -> AmendmentDraft {
    let mut draft = AmendmentDraft {
        title: fields.get("title").to_owned(),
        body: fields.get("body").to_owned(),
        way: Id::parse(fields.get("way")).or_else(|| shown.way.clone()),
        charter: shown.charter.clone(),
        revises: shown.revises,
    };
    // The text counts where somebody wrote in it, or pressed its button; else the draft as it lies there, which another window may have changed.
    let text = fields.get("toml");
    let written = !text.is_empty() && sha256(text.as_bytes()).to_string() != fields.get("base");
    if written || button == "text" {
        text.clone_into(&mut draft.charter);
    }
    let Some(mut document) = Document::parse(&draft.charter).filter(|_| button != "text") else {
        return draft;
    };
    fields::take(&mut document, Place::Head, fields);
    let title = fields.get("title_new").trim();
    match (button, ProposalKind::parse(fields.get("kind_new"))) {
        ("add", Some(kind)) if document.processes().len() < PROCESSES_MAX => {
            document.add_process(kind, if title.is_empty() { kind.word() } else { title });
        }
        ("remove", _) => document.remove_process(fields.get("gone")),
        _ => {}
    }
    draft.charter = document.text();
    draft
}

fn editor(member: &Member, id: DraftId, draft: &AmendmentDraft, faults: Vec<FormFault>) -> Editor {
    let words = Words::of(member.frame().language);
    let reading = parse::read_for_group(&draft.charter);
    let mut complaints = reading.complaints;
    let document = Document::parse(&draft.charter);
    let state = member.state();
    let all = complaints.clone();
    let head = document
        .as_ref()
        .map(|document| fields::show(document, Place::Head, &mut complaints, false))
        .unwrap_or_default();
    let processes = document.as_ref().map(|document| {
        let ids = document.processes().into_iter().filter(|id| Id::parse(id).is_some());
        ids.map(|process| process_line(member.group, id, document, &process, &all)).collect()
    });
    let ways = super::amend::ways(&state.charter);
    let way = draft.way.as_ref().map_or(String::new(), |way| way.as_str().to_owned());
    Editor {
        draft: draft::name(id),
        title: draft.title.clone(),
        body: draft.body.clone(),
        faults,
        readable: document.is_some(),
        head,
        processes: processes.unwrap_or_default(),
        kinds: fields::process_kinds(),
        base: sha256(draft.charter.as_bytes()).to_string(),
        toml: draft.charter.clone(),
        complaints: lines(member.group, id, all),
        usable: reading.charter.is_some(),
        differences: reading
            .charter
            .map(|charter| difference::words(&state.charter, &charter, state.roll.len(), words))
            .unwrap_or_default(),
        members: state.roll.present(),
        ways,
        way,
    }
}

fn process_page(member: &Member, id: DraftId, draft: &AmendmentDraft) -> Option<EditProcess> {
    let process = member.visitor.place("process");
    let document = Document::parse(&draft.charter)?;
    let place = Place::Process(process);
    if !document.has(place) {
        return None;
    }
    let reading = parse::read_for_group(&draft.charter);
    let mut complaints = of_place(reading.complaints, place);
    let stages = document.stages(process).into_iter().filter(|id| Id::parse(id).is_some());
    let stages: Vec<ProcessLine> = stages
        .map(|stage| stage_line(member.group, id, &document, (process, &stage), &complaints))
        .collect();
    let named = |line: &ProcessLine| Choice::named(&line.id, &line.title);
    let passes =
        |line: &&ProcessLine| !document.value(Place::Stage(process, &line.id), "pass").is_empty();
    let mut after = vec![Choice::said("", "edit-at-start")];
    after.extend(stages.iter().filter(passes).map(named));
    let shown = fields::show(&document, place, &mut complaints, false);
    Some(EditProcess {
        draft: draft::name(id),
        process: process.to_owned(),
        title: document.value(place, "title"),
        fields: shown,
        stages,
        kinds: fields::stage_kinds(),
        after,
        complaints: lines(member.group, id, complaints),
        flow: drawn(member, reading.charter.as_ref(), process, None),
    })
}

fn stage_page(member: &Member, id: DraftId, draft: &AmendmentDraft) -> Option<EditStage> {
    let (process, stage) = (member.visitor.place("process"), member.visitor.place("stage"));
    let document = Document::parse(&draft.charter)?;
    let place = Place::Stage(process, stage);
    if !document.has(place) {
        return None;
    }
    let reading = parse::read_for_group(&draft.charter);
    let mut complaints = of_place(reading.complaints, place);
    let fields = fields::show(&document, place, &mut complaints, true);
    let before = document.before(process, stage);
    let up = before.map(|before| document.value(Place::Stage(process, &before), "title"));
    Some(EditStage {
        draft: draft::name(id),
        process: process.to_owned(),
        stage: stage.to_owned(),
        process_title: document.value(Place::Process(process), "title"),
        title: document.value(place, "title"),
        may_add_row: fields.len() > 1,
        fields,
        kind: document.value(place, "kind"),
        kinds: fields::stage_kinds(),
        complaints: lines(member.group, id, complaints),
        up: up.unwrap_or_default(),
        flow: drawn(member, reading.charter.as_ref(), process, Some(stage)),
    })
}

/// The flowchart of a process of a draft, once it can be read.
fn drawn(
    member: &Member,
    charter: Option<&Charter>,
    process: &str,
    here: Option<&str>,
) -> Option<FlowView> {
    let process = charter?.processes.get(&Id::parse(process)?)?;
    let standing = Standing { here: here.and_then(Id::parse), ..Standing::default() };
    let words = Words::of(member.frame().language);
    Some(flow(process, &standing, Some(member.state().roll.len())).view("flow", words))
}

fn of_place(mut complaints: Vec<Complaint>, place: Place<'_>) -> Vec<Complaint> {
    let prefix = place.prefix();
    complaints.retain(|complaint| within(&complaint.at, &prefix));
    complaints
}

fn within(at: &str, prefix: &str) -> bool {
    at.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn process_line(
    group: GroupId,
    id: DraftId,
    document: &Document,
    process: &str,
    complaints: &[Complaint],
) -> ProcessLine {
    ProcessLine {
        id: process.to_owned(),
        title: document.value(Place::Process(process), "title"),
        stages: small(document.stages(process).len()),
        complaints: number(complaints, Place::Process(process)),
        link: Route::AmendProcess { group, draft: draft::name(id), process: process.to_owned() },
    }
}

fn stage_line(
    group: GroupId,
    id: DraftId,
    document: &Document,
    (process, stage): (&str, &str),
    complaints: &[Complaint],
) -> ProcessLine {
    let place = Place::Stage(process, stage);
    let title = document.value(place, "title");
    ProcessLine {
        id: stage.to_owned(),
        title: if title.is_empty() { stage.to_owned() } else { title },
        stages: 0,
        complaints: number(complaints, place),
        link: Route::AmendStage {
            group,
            draft: draft::name(id),
            process: process.to_owned(),
            stage: stage.to_owned(),
        },
    }
}

fn number(complaints: &[Complaint], place: Place<'_>) -> u32 {
    let prefix = place.prefix();
    small(complaints.iter().filter(|complaint| within(&complaint.at, &prefix)).count())
}

/// Each with the page where it can be changed by the form.
fn lines(group: GroupId, id: DraftId, complaints: Vec<Complaint>) -> Vec<ComplaintLine> {
    let line = |complaint: Complaint| {
        let mut parts = complaint.at.split('.');
        let known =
            |part: Option<&str>| part.filter(|id| Id::parse(id).is_some()).map(str::to_owned);
        let (first, process) = (parts.next(), known(parts.next()));
        let (second, stage) = (parts.next(), known(parts.next()));
        let draft = draft::name(id);
        let link = match (first, process, second, stage) {
            (Some("process"), Some(process), Some("stage"), Some(stage)) => {
                Some(Route::AmendStage { group, draft, process, stage })
            }
            (Some("process"), Some(process), _, _) => {
                Some(Route::AmendProcess { group, draft, process })
            }
            _ => None,
        };
        ComplaintLine {
            error: complaint.severity == Severity::Error,
            text: complaint.to_string(),
            link,
        }
    };
    complaints.into_iter().map(line).collect()
}

/// What the checks say about rules that are only looked at.
pub(super) fn plain_lines(complaints: &[Complaint]) -> Vec<ComplaintLine> {
    let line = |it: &Complaint| {
        let error = it.severity == Severity::Error;
        ComplaintLine { error, text: it.to_string(), link: None }
    };
    complaints.iter().map(line).collect()
}

fn too_long() -> FormFault {
    let bytes = u32::try_from(CHARTER_BYTES_MAX).unwrap_or(u32::MAX);
    FormFault { field: "toml", problem: Phrase::new("amend-charter-long").number("bytes", bytes) }
}

fn here(member: &Member, id: DraftId) -> Route {
    Route::AmendDraft { group: member.group, draft: draft::name(id) }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
