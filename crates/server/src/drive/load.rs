//! A group read from the store into memory: at start, and again when the outcome of an append is unknown.
//! Knows nothing of rules: the engine replays what it is given.

use mic_engine::batch::{Carried, Published, Vault};
use mic_engine::ids::{CommandKey, GroupId, Seq};
use mic_engine::node::{KEYS_KEPT_MAX, Loaded, Reply};
use mic_engine::replay::{Replay, ReplayError};
use mic_engine::state::State;
use mic_proof::hash::Hash;
use mic_proof::note::{SigningKey, read_checkpoint};
use mic_proof::tree::Frontier;
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
    /// What is stored was changed since its head was published, or the head's end of it is missing.
    #[error("the stored journal is not the one that was published with {size} entries")]
    OtherJournal { size: u64 },
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
        carried: Carried::read(&state, |hash| document(store, group, hash))?,
        published: published(store, group, &state)?,
        keys: keys(store, group)?,
        key: SigningKey::from_seed(&secrets.signing_seed),
        state,
    })
}

/// The state that a stored journal leads to.
pub fn state(store: &dyn Store, group: GroupId) -> Result<State, LoadError> {
    // What the store says when it fails is kept: the replay itself knows no store.
    let mut fault = None;
    let charters = |hash: &Hash| match document(store, group, hash) {
        Ok(bytes) => bytes.and_then(|bytes| String::from_utf8(bytes).ok()),
        Err(error) => {
            fault = Some(error);
            None
        }
    };
    let read = replayed(store, group, Replay::new(charters));
    match fault {
        Some(fault) => Err(fault.into()),
        None => read,
    }
}

fn replayed(store: &dyn Store, group: GroupId, mut replay: Replay<'_>) -> Result<State, LoadError> {
    let head = store.latest_checkpoint(group)?;
    let mut next = Seq(0);
    loop {
        let entries = store.entries(group, next, ENTRIES_PER_READ_MAX)?;
        let Some(last) = entries.last() else { break };
        next = Seq(last.seq.0 + 1);
        for entry in &entries {
            replay.push(&entry.bytes)?;
            if let Some(head) = head.as_ref().filter(|head| head.size == entry.seq.0 + 1) {
                is_published(&replay, head)?;
            }
        }
    }
    if next == Seq(0) {
        return Err(LoadError::Empty);
    }
    match head {
        Some(head) if head.size > next.0 => Err(LoadError::OtherJournal { size: head.size }),
        Some(_) | None => Ok(replay.finish()?),
    }
}

/// A replay takes any bytes that are well-formed; that they are those of then is shown by the head that was published. Signing a new
/// head over changed bytes would be the server's own proof against itself.
fn is_published(replay: &Replay<'_>, head: &Checkpoint) -> Result<(), LoadError> {
    let published = read_checkpoint(&head.note).ok().map(|checkpoint| checkpoint.root);
    if replay.tree().map(Frontier::root) == published {
        Ok(())
    } else {
        Err(LoadError::OtherJournal { size: head.size })
    }
}

fn document(store: &dyn Store, group: GroupId, hash: &Hash) -> Result<Option<Vec<u8>>, Fault> {
    Ok(match store.document(group, hash)? {
        Some(DocumentText::Bytes(bytes)) => Some(bytes),
        Some(DocumentText::Erased) | None => None,
    })
}

fn vault(ballots: Vec<VaultBallot>) -> Vault {
    let place = |found: VaultBallot| {
        let VaultBallot { proposal, step, slot, ballot } = found;
        ((proposal, step, slot), ballot)
    };
    ballots.into_iter().map(place).collect()
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
