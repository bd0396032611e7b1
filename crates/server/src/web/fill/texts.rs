//! Texts beside the journal, read and checked: versions, the profile, the charter. Knows no page but the message all of them show.

use mic_engine::charter::Audience as EngineAudience;
use mic_engine::command::{Profile, VersionDocument};
use mic_engine::ids::{GroupId, Number, ProposalNumber};
use mic_engine::node::View;
use mic_engine::state::State;
use mic_engine::version;
use mic_proof::hash::{Hash, sha256};
use mic_store::Store;
use mic_store::contract::{DocumentText, Fault};

use crate::pages::parts::{Audience, Message};

/// A version's text; `None` if it was erased.
pub(crate) fn version(
    store: &dyn Store,
    group: GroupId,
    hash: &Hash,
) -> Result<Option<VersionDocument>, Fault> {
    Ok(document(store, group, hash)?.and_then(|bytes| version::from_bytes(&bytes)))
}

/// A document's bytes; `None` if it was erased or never there. Other bytes than those of the name are damage.
pub(crate) fn document(
    store: &dyn Store,
    group: GroupId,
    hash: &Hash,
) -> Result<Option<Vec<u8>>, Fault> {
    match store.document(group, hash)? {
        Some(DocumentText::Bytes(bytes)) if sha256(&bytes) == *hash => Ok(Some(bytes)),
        Some(DocumentText::Bytes(_)) => Err(Fault::Corrupt(format!("document {hash}"))),
        Some(DocumentText::Erased) | None => Ok(None),
    }
}

/// What the group says of itself. A group whose profile is gone is shown by its id.
pub(crate) fn profile(store: &dyn Store, view: &View) -> Result<Profile, Fault> {
    let founded = &view.state.founded;
    let bytes = document(store, founded.group, &founded.profile)?;
    Ok(bytes.and_then(|bytes| version::profile_from_bytes(&bytes)).unwrap_or_else(|| Profile {
        name: founded.group.to_string(),
        purpose: String::new(),
        language: "en".to_owned(),
    }))
}

/// The current version of a proposal, open or closed.
pub(crate) fn current(state: &State, number: ProposalNumber) -> Option<Hash> {
    let open = state.proposal(number).map(|open| open.version);
    open.or_else(|| state.closed.get(&number).map(|closed| closed.version))
}

/// The title of a proposal's current text; empty where it has none or was erased.
pub(crate) fn title(
    store: &dyn Store,
    state: &State,
    number: ProposalNumber,
) -> Result<String, Fault> {
    let Some(hash) = current(state, number) else { return Ok(String::new()) };
    let text = version(store, state.founded.group, &hash)?;
    let Some(text) = text else { return Ok(String::new()) };
    match text.content.candidate() {
        // An admission has no title; the invited person's own name stands there, as far as they gave one.
        Some(candidate) => {
            let candidate = store.candidate(state.founded.group, candidate)?;
            Ok(candidate.map(|candidate| candidate.person.name).unwrap_or_default())
        }
        None => Ok(text.title),
    }
}

/// Whether a broadcast may still be recalled.
pub(crate) fn may_recall(state: &State, number: Number) -> bool {
    state.broadcast(number).is_some_and(|line| line.recalled_by.is_none())
}

/// A text as pages show it.
pub(crate) fn message(
    text: Option<&VersionDocument>,
    audience: EngineAudience,
    hash: &Hash,
) -> Message {
    let shown = audience_of(audience);
    match text {
        Some(text) => {
            Message::new(&text.title, &text.warning, &text.body, shown, &hash.to_string())
        }
        None => Message {
            title: String::new(),
            warning: String::new(),
            body: None,
            audience: shown,
            hash: hash.to_string(),
        },
    }
}

/// Everything of a text that is compared between versions.
pub(crate) fn whole(text: &VersionDocument) -> String {
    let warning =
        if text.warning.is_empty() { String::new() } else { format!("{}\n\n", text.warning) };
    format!("{}\n\n{warning}{}", text.title, text.body)
}

pub(crate) const fn audience_of(audience: EngineAudience) -> Audience {
    match audience {
        EngineAudience::Members => Audience::Members,
        EngineAudience::Public => Audience::Public,
    }
}
