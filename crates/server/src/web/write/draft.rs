//! A draft as it lies in the store, and as the page shows it. Knows no request body.

use mic_engine::charter::{Audience, Id, ProposalKind};
use mic_engine::command::{Content, VersionText};
use mic_engine::ids::{CandidateId, GroupId, LogTime, ProposalNumber, Slot};
use mic_engine::state::State;
use mic_engine::version;
use mic_proof::hash::sha256;
use mic_store::Store;
use mic_store::contract::{DraftId, DraftKey, DraftSaved, Fault, Revision};
use serde::{Deserialize, Serialize};

use super::super::fill::{standing, texts};
use super::super::form::Fields;
use super::super::member::Member;
use super::super::stop::{Reader, Stop};
use super::extra::{self, Extra};
use super::{needed, preview};
use crate::pages::Route;
use crate::pages::parts::ProposalKind as PageKind;
use crate::pages::write::{Changes, VersionLine, Write};
use crate::words::{Moment, Words};

/// Earlier states that the page lists.
const STATES_SHOWN_MAX: usize = 20;

/// A text on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Draft {
    pub(in crate::web) title: String,
    pub(in crate::web) body: String,
    pub(in crate::web) warning: String,
    pub(in crate::web) audience: Audience,
    pub(in crate::web) process: Id,
    pub(in crate::web) extra: Extra,
    /// The proposal that this text is a new version of.
    pub(in crate::web) revises: Option<ProposalNumber>,
}

/// What lies in the store. Both kinds are drafts of a member: encrypted, and gone with the member.
#[derive(Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Text {
    Message {
        title: String,
        body: String,
        warning: String,
        audience: String,
        process: String,
        revises: Option<u32>,
        #[serde(default)]
        extra: Box<Extra>,
    },
    /// What a member says of somebody they invited, until that person accepts.
    Invitation { statement: String },
}

impl Draft {
    /// `process`: one of the charter, or the usual one by which a member speaks.
    pub(super) fn blank(state: &State, process: Option<&Id>) -> Self {
        let (process, audience) = process_of(state, process);
        Self {
            title: String::new(),
            body: String::new(),
            warning: String::new(),
            audience,
            process,
            extra: Extra::default(),
            revises: None,
        }
    }

    /// What was typed; where the form names no audience, the first that the process allows.
    pub(super) fn typed(
        fields: &Fields,
        state: &State,
        process: Option<&Id>,
        revises: Option<ProposalNumber>,
    ) -> Self {
        let revised = revises.and_then(|number| state.proposal(number));
        let (first, usual) = process_of(state, process);
        let process = revised.map_or(first, |open| open.process.clone());
        Self {
            title: fields.get("title").to_owned(),
            body: fields.get("body").to_owned(),
            warning: fields.get("warning").to_owned(),
            audience: Audience::parse(fields.get("audience")).unwrap_or(usual),
            process,
            extra: Extra::typed(fields),
            revises,
        }
    }

    /// `None` for anything else than a text on its way.
    pub(in crate::web) fn read(bytes: &[u8]) -> Option<Self> {
        match serde_json::from_slice(bytes).ok()? {
            Text::Message { title, body, warning, audience, process, revises, extra } => {
                Some(Self {
                    title,
                    body,
                    warning,
                    audience: Audience::parse(&audience)?,
                    process: Id::parse(&process)?,
                    revises: revises.map(ProposalNumber),
                    extra: *extra,
                })
            }
            Text::Invitation { .. } => None,
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        to_bytes(&Text::Message {
            title: self.title.clone(),
            body: self.body.clone(),
            warning: self.warning.clone(),
            audience: self.audience.word().to_owned(),
            process: self.process.as_str().to_owned(),
            revises: self.revises.map(|number| number.0),
            extra: Box::new(self.extra.clone()),
        })
    }

    /// The name that this text would have as a version; while it is none yet, that of its draft.
    fn hash(&self, state: &State) -> String {
        let text = VersionText {
            title: self.title.trim().to_owned(),
            body: self.body.clone(),
            warning: self.warning.trim().to_owned(),
            audience: self.audience,
            content: Content::Message,
        };
        let process = state.charter.processes.get(&self.process);
        let bytes =
            process.and_then(|process| version::to_bytes(&self.process, process, &text).ok());
        sha256(&bytes.unwrap_or_else(|| self.to_bytes())).to_string()
    }

    fn whole(&self) -> String {
        texts::whole(&VersionText {
            title: self.title.clone(),
            body: self.body.clone(),
            warning: self.warning.clone(),
            audience: self.audience,
            content: Content::Message,
        })
    }
}

/// The writing page with this text in it.
pub(super) fn page(member: &Member, id: Option<DraftId>, draft: &Draft) -> Write {
    let state = member.state();
    let process = state.charter.processes.get(&draft.process);
    let audiences = process.map(|process| process.audiences.clone()).unwrap_or_default();
    let (group, members) = (member.group, state.roll.present());
    let usual = message_process(state).0 == draft.process;
    Write {
        draft: id.map(name),
        kind: process.map_or(PageKind::Message, |process| standing::kind_of(process.kind)),
        process: (!usual).then(|| draft.process.as_str().to_owned()),
        extra: draft.extra.shown(process, &member.choices.zone()),
        title: draft.title.clone(),
        body: draft.body.clone(),
        audience: texts::audience_of(draft.audience),
        audiences: audiences.into_iter().map(texts::audience_of).collect(),
        warning: draft.warning.clone(),
        faults: Vec::new(),
        preview: None,
        versions: Vec::new(),
        changes: None,
        needed: needed(state, draft),
        members,
        revises: draft.revises.map(|number| Route::Proposal { group, proposal: number.0 }),
    }
}

/// The page with the lists to choose from.
pub(super) async fn with_lists(member: &Member, page: Write) -> Result<Write, Stop> {
    let (slot, shown) = (member.slot, page.extra.clone());
    let extra = member.look(move |store, view| extra::with_lists(store, view, slot, shown)).await?;
    Ok(Write { extra, ..page })
}

/// The saved states of a draft, the newest first.
pub(super) async fn versions(member: &Member, id: DraftId) -> Result<Vec<VersionLine>, Stop> {
    let (group, key) = (member.group, key(member, id));
    member
        .look(move |store, view| {
            let mut lines = Vec::new();
            if let Some(newest) = store.draft(key)? {
                lines.extend(line(
                    &view.state,
                    group,
                    id,
                    newest.revision,
                    newest.saved,
                    &newest.bytes,
                    true,
                ));
            }
            for earlier in store.draft_versions(key)?.into_iter().take(STATES_SHOWN_MAX) {
                if let Some(state) = store.draft_version(key, earlier.revision)? {
                    lines.extend(line(
                        &view.state,
                        group,
                        id,
                        earlier.revision,
                        earlier.saved,
                        &state.bytes,
                        false,
                    ));
                }
            }
            Ok(lines)
        })
        .await
}

fn line(
    state: &State,
    group: GroupId,
    id: DraftId,
    revision: Revision,
    saved: LogTime,
    bytes: &[u8],
    current: bool,
) -> Option<VersionLine> {
    let draft = Draft::read(bytes)?;
    let link = Route::DraftVersion { group, draft: name(id), version: revision.0.to_string() };
    Some(VersionLine {
        version: revision.0,
        hash: draft.hash(state),
        at: Moment::from(saved),
        link,
        current,
    })
}

/// The page of one saved state: its text in the form, and what changed since the state before it.
pub(super) async fn version_page(
    member: &Member,
    id: DraftId,
    revision: Revision,
) -> Result<Option<Write>, Stop> {
    let key = key(member, id);
    let texts = member
        .look(move |store, _| {
            let shown = state_of(store, key, revision)?;
            let before = Revision(revision.0.saturating_sub(1));
            Ok((shown, state_of(store, key, before)?))
        })
        .await?;
    let (Some(shown), before) = texts else { return Ok(None) };
    let words = Words::of(member.frame().language);
    let mut page = with_lists(member, page(member, Some(id), &shown)).await?;
    page.preview = Some(preview(&shown));
    page.versions = versions(member, id).await?;
    page.changes = before.map(|before| {
        let (old, new) = (before.whole(), shown.whole());
        Changes::new(words, (revision.0.saturating_sub(1), &old), (revision.0, &new))
    });
    Ok(Some(page))
}

fn state_of(store: &dyn Store, key: DraftKey, revision: Revision) -> Result<Option<Draft>, Fault> {
    let newest = store.draft(key)?;
    let state = match newest {
        Some(newest) if newest.revision == revision => Some(newest),
        Some(_) => store.draft_version(key, revision)?,
        None => None,
    };
    Ok(state.and_then(|state| Draft::read(&state.bytes)))
}

/// A process of the charter with the audience it has first; the usual one where none is named.
fn process_of(state: &State, named: Option<&Id>) -> (Id, Audience) {
    let found = named.and_then(|id| Some((id, state.charter.processes.get(id)?)));
    match found {
        Some((id, process)) => {
            (id.clone(), process.audiences.first().copied().unwrap_or(Audience::Members))
        }
        None => message_process(state),
    }
}

/// The process by which a member speaks: the first of the charter that carries a message.
fn message_process(state: &State) -> (Id, Audience) {
    let mut processes = state.charter.processes.iter();
    let found = processes.find(|(_, process)| process.kind == ProposalKind::Message);
    match found {
        Some((id, process)) => {
            (id.clone(), process.audiences.first().copied().unwrap_or(Audience::Members))
        }
        // A charter without one: opening is refused by the engine, with the words for it.
        None => (Id::parse("message").expect("a plain word is an id"), Audience::Members),
    }
}

/// Keeps what a member says of somebody they invite, under the name of the invitation.
pub(in crate::web) fn keep_invitation(
    store: &dyn Store,
    group: GroupId,
    slot: Slot,
    candidate: CandidateId,
    statement: &str,
    now: LogTime,
) -> Result<DraftSaved, Fault> {
    let bytes = to_bytes(&Text::Invitation { statement: statement.to_owned() });
    let key = DraftKey { group, slot, id: DraftId(candidate.0) };
    store.save_draft(key, Revision(0), &bytes, false, now)
}

/// What a member said of somebody they invited; `None` if the member is gone.
pub(in crate::web) fn invitation_statement(
    store: &dyn Store,
    group: GroupId,
    slot: Slot,
    candidate: CandidateId,
) -> Result<Option<String>, Fault> {
    let draft = store.draft(DraftKey { group, slot, id: DraftId(candidate.0) })?;
    Ok(draft.and_then(|draft| match serde_json::from_slice(&draft.bytes).ok()? {
        Text::Invitation { statement } => Some(statement),
        Text::Message { .. } => None,
    }))
}

/// Where a member's draft lies.
pub(super) fn key(member: &Member, id: DraftId) -> DraftKey {
    DraftKey { group: member.group, slot: member.slot, id }
}

/// A draft in the address: 32 hexadecimal digits.
pub(super) fn name(id: DraftId) -> String {
    GroupId(id.0).to_string()
}

fn to_bytes(text: &Text) -> Vec<u8> {
    serde_json::to_vec(text).expect("texts and numbers are JSON")
}
