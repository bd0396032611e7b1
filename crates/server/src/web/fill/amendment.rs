//! What an amendment proposes, read from its version, and the act that proposes it. Knows no page.

use std::sync::Arc;

use mic_engine::charter::{Audience, Charter, Id, Process, ProposalKind, parse};
use mic_engine::command::{Content, MemberAct, VersionText};
use mic_engine::event::{Ending, Event, RecourseChoice};
use mic_engine::ids::{LogTime, ProposalNumber};
use mic_engine::node::View;
use mic_engine::state::State;
use mic_engine::state::proposal::Stand;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::history::lines;
use super::texts;
use crate::web::amend::draft::AmendmentDraft;

/// An amendment and the rules it began under.
pub(crate) struct Proposed {
    pub(crate) process: Id,
    /// The rules in force when it was opened; `None` where their text is gone.
    pub(crate) before: Option<Arc<Charter>>,
    pub(crate) before_hash: Hash,
    /// The text of the proposed rules; `None` where it is gone.
    pub(crate) text: Option<String>,
}

/// Rules and when they came into force.
pub(crate) struct InForce {
    pub(crate) hash: Hash,
    pub(crate) since: LogTime,
    /// The proposal that brought them; `None` for those of the founding.
    pub(crate) by: Option<ProposalNumber>,
}

/// What a proposal proposes; `None` for one that is no amendment.
pub(crate) fn proposed(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
) -> Result<Option<Proposed>, Fault> {
    let state = &view.state;
    let group = state.founded.group;
    let known = state.proposal(number).map(|open| (open.kind, open.process.clone(), open.version));
    let known = known.or_else(|| {
        let closed = state.closed.get(&number)?;
        Some((closed.kind, closed.process.clone(), closed.version))
    });
    let Some((ProposalKind::Amendment, process, version)) = known else { return Ok(None) };
    let entries = lines(store, view, number)?;
    let opened = entries.iter().find_map(|line| match &line.entry.event {
        Event::Opened(opened) => Some(opened.charter),
        _ => None,
    });
    let Some(before_hash) = opened else { return Ok(None) };
    let content = texts::version(store, group, &version)?.map(|text| text.content);
    let text = match content {
        Some(Content::Amendment { charter }) => text(store, view, &charter)?,
        Some(
            Content::Message
            | Content::Admission { .. }
            | Content::Removal { .. }
            | Content::Recall { .. }
            | Content::Decision { .. }
            | Content::Action { .. },
        )
        | None => None,
    };
    let before = charter(store, view, &before_hash)?;
    Ok(Some(Proposed { process, before, before_hash, text }))
}

/// The text of rules, from beside the journal.
pub(crate) fn text(store: &dyn Store, view: &View, hash: &Hash) -> Result<Option<String>, Fault> {
    let bytes = texts::document(store, view.state.founded.group, hash)?;
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// Rules by hash: those in use, else from their text.
pub(crate) fn charter(
    store: &dyn Store,
    view: &View,
    hash: &Hash,
) -> Result<Option<Arc<Charter>>, Fault> {
    if let Some(known) = view.state.charters.get(hash) {
        return Ok(Some(known.clone()));
    }
    let text = text(store, view, hash)?;
    Ok(text.and_then(|text| parse::parse(&text).ok()).map(Arc::new))
}

/// All rules a group has had, the oldest first.
pub(crate) fn history(store: &dyn Store, view: &View) -> Result<Vec<InForce>, Fault> {
    let state = &view.state;
    let founded = &state.founded;
    let first = InForce { hash: founded.charter, since: state.founded_at, by: None };
    let mut all = vec![first];
    let done = state
        .closed
        .values()
        .filter(|closed| closed.kind == ProposalKind::Amendment && closed.ending == Ending::Done);
    for closed in done {
        for line in lines(store, view, closed.number)? {
            if let Event::CharterAmended { proposal, charter } = &line.entry.event {
                all.push(InForce { hash: *charter, since: line.entry.at, by: Some(*proposal) });
            }
        }
    }
    all.sort_by_key(|one| one.since);
    Ok(all)
}

/// The act that puts a draft forward by a process.
pub(in crate::web) fn act(
    state: &State,
    way: &Id,
    process: &Process,
    draft: &AmendmentDraft,
) -> MemberAct {
    let text = VersionText {
        title: draft.title.trim().to_owned(),
        body: draft.body.clone(),
        warning: String::new(),
        audience: process.audiences.first().copied().unwrap_or(Audience::Members),
        content: Content::Amendment { charter: draft.charter.clone() },
    };
    let revised = draft.revises.and_then(|number| state.proposal(number));
    match revised {
        None => MemberAct::Open { process: way.clone(), text },
        Some(open) if matches!(open.stand, Stand::Recourse { .. }) => MemberAct::Recourse {
            proposal: open.number,
            choice: RecourseChoice::Revise,
            text: Some(text),
        },
        Some(open) => MemberAct::PostVersion { proposal: open.number, text },
    }
}
