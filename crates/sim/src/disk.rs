//! What survives when a process dies: one journal with all that is committed beside it, as the store's contract promises it.
//! Knows nothing of processes; whether an append fails is decided outside.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;

use mic_engine::append::{Append, VaultWrite};
use mic_engine::batch::{Carried, Published, Vault};
use mic_engine::charter::parse;
use mic_engine::event::Event;
use mic_engine::ids::{CommandKey, Seq};
use mic_engine::node::{Loaded, Reply};
use mic_engine::process::evolve;
use mic_engine::replay::{Replay, ReplayError};
use mic_engine::state::State;
use mic_engine::wire;
use mic_proof::hash::{Hash, leaf_hash};
use mic_proof::note::SigningKey;
use mic_proof::tree::Frontier;

use crate::post::Post;

/// So many committed positions can still be read by a copy that lags.
const LAG_MAX: usize = 6;

/// The disk of a group.
pub struct Disk {
    pub entries: Vec<Vec<u8>>,
    pub documents: BTreeMap<Hash, Vec<u8>>,
    pub erased: BTreeSet<Hash>,
    pub published: Vec<Published>,
    pub post: Post,
    key: SigningKey,
    vault: Vault,
    keys: Vec<(CommandKey, Reply)>,
    /// The state that the bytes lead to, moved along with every commit.
    reference: Option<State>,
    /// Earlier positions, for copies that lag.
    earlier: VecDeque<Earlier>,
}

/// What a reader finds who reads too early.
struct Earlier {
    state: State,
    vault: Vault,
    published: usize,
    keys: usize,
}

/// Why a journal cannot be read back.
#[derive(Debug)]
pub enum Unreadable {
    Replay(ReplayError),
    /// The bytes are a journal, but not the one whose head was published.
    OtherJournal,
}

impl Disk {
    pub fn new(key: SigningKey) -> Self {
        Self {
            entries: Vec::new(),
            documents: BTreeMap::new(),
            erased: BTreeSet::new(),
            published: Vec::new(),
            post: Post::default(),
            key,
            vault: Vault::new(),
            keys: Vec::new(),
            reference: None,
            earlier: VecDeque::new(),
        }
    }

    pub fn position(&self) -> Seq {
        Seq(self.entries.len() as u64)
    }

    /// What reading the bytes gives; nothing before the founding.
    pub fn reference(&self) -> Option<&State> {
        self.reference.as_ref()
    }

    pub fn keys(&self) -> &[(CommandKey, Reply)] {
        &self.keys
    }

    /// Everything of a batch, or nothing of it.
    pub fn commit(&mut self, append: Append) -> Result<(), ReplayError> {
        self.remember();
        for (key, seq) in &append.keys {
            let written = usize::try_from(seq.0 - append.expected.0).unwrap_or(usize::MAX);
            let proposal = append.entries.get(written).and_then(|entry| entry.proposal);
            self.keys.push((*key, Reply { seq: *seq, proposal }));
        }
        for document in append.documents {
            self.documents.insert(document.hash, document.bytes);
        }
        for entry in append.entries {
            self.follow(&entry.bytes)?;
            self.entries.push(entry.bytes);
        }
        for hash in append.erased_documents {
            self.documents.remove(&hash);
            self.erased.insert(hash);
        }
        for write in append.vault {
            self.write_vault(write);
        }
        self.post.add(append.parcels);
        Ok(())
    }

    /// A checkpoint is kept unless a larger one is there.
    pub fn publish(&mut self, published: Published) -> bool {
        let newest = self.published.last().map_or(0, |last| last.size);
        let newer = published.size > newest;
        if newer {
            self.published.push(published);
        }
        newer
    }

    /// Reads everything back, byte by byte, as a process does that starts. `damaged` changes one byte of one entry on the way.
    pub fn load(&self, damaged: Option<(usize, usize)>) -> Result<Loaded, Unreadable> {
        let mut replay = Replay::new(|hash| self.charter(hash));
        let mut tree = Frontier::new();
        let newest = self.published.last();
        for (seq, bytes) in self.entries.iter().enumerate() {
            let mut bytes = bytes.clone();
            if let Some((_, at)) = damaged.filter(|(entry, _)| *entry == seq) {
                let at = at % bytes.len();
                bytes[at] ^= 1;
            }
            replay.push(&bytes).map_err(Unreadable::Replay)?;
            tree.push(leaf_hash(&bytes));
            let head = newest.filter(|head| head.size == tree.size());
            if head.is_some_and(|head| !head.note.contains(&root_line(&tree))) {
                return Err(Unreadable::OtherJournal);
            }
        }
        let state = replay.finish().map_err(Unreadable::Replay)?;
        Ok(self.loaded(state, self.vault.clone(), usize::MAX, usize::MAX))
    }

    /// The same for a long journal: the state that was moved along, without reading the bytes again.
    pub fn load_quickly(&self) -> Option<Loaded> {
        let state = self.reference.clone()?;
        Some(self.loaded(state, self.vault.clone(), usize::MAX, usize::MAX))
    }

    /// What a copy shows that lags by `steps` commits.
    pub fn load_stale(&self, steps: usize) -> Option<Loaded> {
        let earlier = self.earlier.get(steps.min(self.earlier.len().checked_sub(1)?))?;
        Some(self.loaded(
            earlier.state.clone(),
            earlier.vault.clone(),
            earlier.published,
            earlier.keys,
        ))
    }

    fn loaded(&self, state: State, vault: Vault, published: usize, keys: usize) -> Loaded {
        let text = |hash: &Hash| Ok::<_, Infallible>(self.documents.get(hash).cloned());
        let carried = match Carried::read(&state, text) {
            Ok(carried) => carried,
            Err(never) => match never {},
        };
        Loaded {
            state,
            vault,
            carried,
            published: self.published.iter().take(published).cloned().collect(),
            keys: self.keys.iter().take(keys).copied().collect(),
            key: self.key.clone(),
        }
    }

    fn remember(&mut self) {
        let Some(state) = self.reference.clone() else { return };
        self.earlier.push_front(Earlier {
            state,
            vault: self.vault.clone(),
            published: self.published.len(),
            keys: self.keys.len(),
        });
        self.earlier.truncate(LAG_MAX);
    }

    /// Reads the entry as a start would, and moves the reference along.
    fn follow(&mut self, bytes: &[u8]) -> Result<(), ReplayError> {
        let seq = self.position();
        if let Some(state) = &mut self.reference {
            let entry =
                wire::from_bytes(bytes).map_err(|error| ReplayError::Entry { seq, error })?;
            if entry.seq != state.position {
                return Err(ReplayError::OutOfOrder { seq });
            }
            if entry.at < state.last_at {
                return Err(ReplayError::TimeWentBack { seq });
            }
            if let Event::CharterAmended { charter, .. } = &entry.event {
                let bytes = self.documents.get(charter).cloned().unwrap_or_default();
                let text = String::from_utf8(bytes).map_err(|_| ReplayError::Charter)?;
                let rules = parse::parse(&text).map_err(|_| ReplayError::Charter)?;
                state.charters.learn(*charter, Arc::new(rules));
            }
            evolve(state, &entry, leaf_hash(bytes));
        } else {
            let mut replay = Replay::new(|hash| self.charter(hash));
            replay.push(bytes)?;
            self.reference = Some(replay.finish()?);
        }
        Ok(())
    }

    fn charter(&self, hash: &Hash) -> Option<String> {
        String::from_utf8(self.documents.get(hash)?.clone()).ok()
    }

    fn write_vault(&mut self, write: VaultWrite) {
        match write {
            VaultWrite::Put { proposal, step, slot, ballot } => {
                self.vault.insert(proposal, step, slot, ballot);
            }
            VaultWrite::Clear { proposal, step } => {
                self.vault.clear(proposal, step);
            }
            VaultWrite::Drop { proposal, step, slot } => {
                self.vault.remove(proposal, step, slot);
            }
            VaultWrite::Reasons { .. } => {}
        }
    }
}

fn root_line(tree: &Frontier) -> String {
    format!("\n{}\n", mic_proof::base64::encode(tree.root().as_bytes()))
}
