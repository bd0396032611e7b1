//! A group read from the store into memory: at start, and again when the outcome of an append is unknown.
//! Knows nothing of rules: the engine replays what it is given.

use mic_engine::batch::{Candidates, Published, Vault};
use mic_engine::charter::ProposalKind;
use mic_engine::event::Event;
use mic_engine::ids::{CommandKey, GroupId, Seq};
use mic_engine::node::{KEYS_KEPT_MAX, Loaded, Reply};
use mic_engine::replay::{Replay, ReplayError};
use mic_engine::state::State;
use mic_engine::{version, wire};
use mic_proof::note::SigningKey;
use mic_store::Store;
use mic_store::contract::{Checkpoint, DocumentText, ENTRIES_PER_READ_MAX, Fault, VaultBallot};

/// How many checkpoints are read from the oldest waiting draw on.
const CHECKPOINTS_READ_MAX: u32 = 10_000;

/// Why a group cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The store failed; trying again may help.
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("the journal cannot be read back: {0}")]
    Replay(#[from] ReplayError),
    #[error("the journal is empty")]
    Empty,
    #[error("the charter is missing")]
    CharterMissing,
    /// Imported without its keys: it can be read and verified, and nobody can act in it here.
    #[error("the group's keys are missing")]
    SecretsMissing,
}

/// Everything the node needs to go on with a group.
pub fn group(store: &dyn Store, group: GroupId) -> Result<Loaded, LoadError> {
    let secrets = store.group_secrets(group)?.ok_or(LoadError::SecretsMissing)?;
    let state = state(store, group)?;
    Ok(Loaded {
        vault: vault(store.all_ballots(group)?),
        candidates: candidates(store, group, &state)?,
        published: published(store, group, &state)?,
        keys: keys(store, group)?,
        key: SigningKey::from_seed(&secrets.signing_seed),
        state,
    })
}

/// The state that a stored journal leads to.
pub fn state(store: &dyn Store, group: GroupId) -> Result<State, LoadError> {
    let first = store.entries(group, Seq(0), 1)?;
    let first = first.first().ok_or(LoadError::Empty)?;
    let mut replay = Replay::new(charter_text(store, group, &first.bytes)?);
    let mut next = Seq(0);
    loop {
        let entries = store.entries(group, next, ENTRIES_PER_READ_MAX)?;
        let Some(last) = entries.last() else { break };
        next = Seq(last.seq.0 + 1);
        for entry in &entries {
            replay.push(&entry.bytes)?;
        }
    }
    Ok(replay.finish()?)
}

fn charter_text(store: &dyn Store, group: GroupId, first: &[u8]) -> Result<String, LoadError> {
    let entry = wire::from_bytes(first)
        .map_err(|error| LoadError::Replay(ReplayError::Entry { seq: Seq(0), error }))?;
    let Event::Founded(founded) = entry.event else {
        return Err(LoadError::Replay(ReplayError::NotFounded));
    };
    match store.document(group, &founded.charter)? {
        Some(DocumentText::Bytes(bytes)) => {
            String::from_utf8(bytes).map_err(|_| LoadError::CharterMissing)
        }
        Some(DocumentText::Erased) | None => Err(LoadError::CharterMissing),
    }
}

fn vault(ballots: Vec<VaultBallot>) -> Vault {
    let place = |found: VaultBallot| {
        let VaultBallot { proposal, step, slot, ballot } = found;
        ((proposal, step, slot), ballot)
    };
    ballots.into_iter().map(place).collect()
}

/// Whom the open admissions invite stands in their texts.
fn candidates(store: &dyn Store, group: GroupId, state: &State) -> Result<Candidates, Fault> {
    let mut candidates = Candidates::new();
    for open in state.open.values() {
        let process = state.charter.processes.get(&open.process);
        if process.is_none_or(|process| process.kind != ProposalKind::Admission) {
            continue;
        }
        if let Some(DocumentText::Bytes(bytes)) = store.document(group, &open.version)?
            && let Some(candidate) = version::from_bytes(&bytes).and_then(|text| text.candidate)
        {
            candidates.insert(open.number, candidate);
        }
    }
    Ok(candidates)
}

/// The checkpoints that a waiting draw may need, and the newest one.
fn published(store: &dyn Store, group: GroupId, state: &State) -> Result<Vec<Published>, Fault> {
    let calls = state.open.values().filter_map(|open| open.jury());
    let oldest = calls.filter(|jury| jury.sitting.is_none()).map(|jury| jury.call_seq.0 + 1).min();
    let kept = |checkpoint: Checkpoint| {
        let Checkpoint { size, at, note } = checkpoint;
        Published { size, note, at }
    };
    Ok(match oldest {
        Some(size) => {
            let found = store.checkpoints(group, size, CHECKPOINTS_READ_MAX)?;
            found.into_iter().map(kept).collect()
        }
        None => store.latest_checkpoint(group)?.into_iter().map(kept).collect(),
    })
}

/// The acts done lately, oldest first, each with what it did.
fn keys(store: &dyn Store, group: GroupId) -> Result<Vec<(CommandKey, Reply)>, Fault> {
    let count = u32::try_from(KEYS_KEPT_MAX).unwrap_or(u32::MAX);
    let mut found = store.recent_command_keys(group, count)?;
    found.reverse();
    let mut keys = Vec::with_capacity(found.len());
    for (key, seq) in found {
        let entry = store.entries(group, seq, 1)?;
        let proposal = entry.first().and_then(|entry| entry.proposal);
        keys.push((key, Reply { seq, proposal }));
    }
    Ok(keys)
}
