//! One batch in the making: entries and all that must become durable with them, on a state that moves along.
//! Knows nothing of stores; it is dropped when a store says no.

use mic_proof::beacon::Chain;
use mic_proof::hash::{Hash, leaf_hash, sha256};

use crate::append::{
    Append, Document, DocumentKind, EntryBytes, PersonWrite, SealedBallot, VaultWrite,
};
use crate::event::{Actor, Entry, Event};
use crate::ids::{CommandKey, LogTime, ProposalNumber, Seq, Slot, Step};
use crate::notices;
use crate::parcel::Parcel;
use crate::process::evolve;
use crate::state::State;
use crate::wire;

pub use crate::carried::Carried;
pub use crate::vault::Vault;

/// 32 random bytes from which a batch derives all it needs.
#[derive(Clone)]
pub struct Entropy(pub [u8; 32]);

/// A checkpoint that was published, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub size: u64,
    pub note: String,
    pub at: LogTime,
}

/// What a decision may look at beyond the state: facts that are true whatever the rules say.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Published checkpoints, oldest first; those that cover a waiting draw are enough.
    pub published: Vec<Published>,
    /// The beacon chains this node can check.
    pub chains: Vec<Chain>,
}

/// A batch of one group.
#[derive(Clone)]
pub struct Batch<'f> {
    pub state: State,
    pub vault: Vault,
    pub facts: &'f Facts,
    pub append: Append,
    pub carried: Carried,
    now: LogTime,
    entropy: Entropy,
    drawn: u64,
    urgent: bool,
}

/// Where a batch stood before a command, to return to if the rules say no.
pub struct Mark {
    state: State,
    vault: Vault,
    carried: Carried,
    lengths: [usize; 7],
}

impl<'f> Batch<'f> {
    /// A batch on top of `state`. Log time never goes back, whatever the clock says.
    pub fn new(
        state: &State,
        vault: &Vault,
        carried: &Carried,
        facts: &'f Facts,
        now: LogTime,
        entropy: Entropy,
    ) -> Self {
        let append = Append {
            group: state.founded.group,
            expected: state.position,
            entries: Vec::new(),
            documents: Vec::new(),
            erased_documents: Vec::new(),
            vault: Vec::new(),
            people: Vec::new(),
            parcels: Vec::new(),
            keys: Vec::new(),
        };
        let now = now.max(state.last_at);
        Self {
            state: state.clone(),
            vault: vault.clone(),
            facts,
            append,
            carried: carried.clone(),
            now,
            entropy,
            drawn: 0,
            urgent: false,
        }
    }

    pub fn now(&self) -> LogTime {
        self.now
    }

    pub fn is_empty(&self) -> bool {
        self.append.entries.is_empty()
    }

    /// Writes an event down and lets the state move. Returns its position.
    pub fn record(&mut self, actor: Actor, event: Event) -> Seq {
        let salt = self.random();
        let entry = Entry { seq: self.state.position, at: self.now, actor, salt, event };
        let bytes =
            wire::to_bytes(&entry).expect("limits of texts, seats and lists keep entries small");
        let leaf = leaf_hash(&bytes);
        let proposal = entry.event.proposal();
        self.urgent |= matches!(entry.event, Event::DrawCalled(_) | Event::BroadcastOrdered(_));
        evolve(&mut self.state, &entry, leaf);
        self.append.parcels.extend(notices::parcels(&self.state, &entry));
        self.append.entries.push(EntryBytes { bytes, leaf, proposal });
        entry.seq
    }

    /// What the rules make of it.
    pub fn follow(&mut self, event: Event) -> Seq {
        self.record(Actor::Node, event)
    }

    pub fn document(
        &mut self,
        kind: DocumentKind,
        proposal: Option<ProposalNumber>,
        bytes: Vec<u8>,
    ) -> Hash {
        let hash = sha256(&bytes);
        if !self.append.documents.iter().any(|document| document.hash == hash) {
            self.append.documents.push(Document { hash, bytes, kind, proposal });
        }
        hash
    }

    pub fn seal(&mut self, proposal: ProposalNumber, step: Step, slot: Slot, ballot: SealedBallot) {
        self.vault.insert(proposal, step, slot, ballot.clone());
        self.append.vault.push(VaultWrite::Put { proposal, step, slot, ballot });
    }

    pub fn drop_ballot(&mut self, proposal: ProposalNumber, step: Step, slot: Slot) {
        if self.vault.remove(proposal, step, slot) {
            self.append.vault.push(VaultWrite::Drop { proposal, step, slot });
        }
    }

    pub fn clear_ballots(&mut self, proposal: ProposalNumber, step: Step) {
        self.vault.clear(proposal, step);
        self.append.vault.push(VaultWrite::Clear { proposal, step });
    }

    /// The proposal is over: what it carried is of no more use. The record of an invited person is not destroyed by this.
    pub fn drop_carried(&mut self, proposal: ProposalNumber) {
        self.carried.close(proposal);
    }

    pub fn write_vault(&mut self, write: VaultWrite) {
        self.append.vault.push(write);
    }

    pub fn person(&mut self, write: PersonWrite) {
        self.append.people.push(write);
    }

    pub fn parcel(&mut self, parcel: Parcel) {
        self.append.parcels.push(parcel);
    }

    pub fn erase_document(&mut self, hash: Hash) {
        self.append.erased_documents.push(hash);
    }

    pub fn settle(&mut self, key: CommandKey, seq: Seq) {
        self.append.keys.push((key, seq));
    }

    /// Whether a checkpoint must follow at once: a draw waits for it, or a broadcast's certificate does.
    pub fn urgent(&self) -> bool {
        self.urgent
    }

    pub fn mark(&self) -> Mark {
        Mark {
            state: self.state.clone(),
            vault: self.vault.clone(),
            carried: self.carried.clone(),
            lengths: self.lengths(),
        }
    }

    /// Back to where it stood: a refused command leaves nothing behind.
    pub fn rewind(&mut self, mark: Mark) {
        let [entries, documents, erased, vault, people, parcels, keys] = mark.lengths;
        self.append.entries.truncate(entries);
        self.append.documents.truncate(documents);
        self.append.erased_documents.truncate(erased);
        self.append.vault.truncate(vault);
        self.append.people.truncate(people);
        self.append.parcels.truncate(parcels);
        self.append.keys.truncate(keys);
        self.state = mark.state;
        self.vault = mark.vault;
        self.carried = mark.carried;
    }

    fn lengths(&self) -> [usize; 7] {
        let append = &self.append;
        [
            append.entries.len(),
            append.documents.len(),
            append.erased_documents.len(),
            append.vault.len(),
            append.people.len(),
            append.parcels.len(),
            append.keys.len(),
        ]
    }

    /// The next 32 bytes of the batch's entropy: SHA-256 of the seed and a counter.
    fn random(&mut self) -> [u8; 32] {
        let mut input = [0; 40];
        input[..32].copy_from_slice(&self.entropy.0);
        input[32..].copy_from_slice(&self.drawn.to_be_bytes());
        self.drawn += 1;
        *sha256(&input).as_bytes()
    }
}
