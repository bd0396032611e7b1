//! A journal read back into a state: the same code at start, after an unknown outcome and in tests.
//! Knows nothing of where the bytes lie. It trusts them as far as their form goes; whether the rules were kept is checked by `mic-proof`.

use std::sync::Arc;

use mic_proof::hash::{Hash, leaf_hash, sha256};
use mic_proof::tree::Frontier;

use crate::charter::{Charter, parse};
use crate::event::Event;
use crate::evolve::evolve_untimed;
use crate::found::first_state;
use crate::ids::{ProposalNumber, Seq};
use crate::stages;
use crate::state::State;
use crate::wire::{self, WireError};

/// Why a journal cannot be read back. It is refused whole: never repaired, never skipped over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayError {
    Entry {
        seq: Seq,
        error: WireError,
    },
    /// The entry at this place says it stands elsewhere.
    OutOfOrder {
        seq: Seq,
    },
    /// The first entry does not found a group.
    NotFounded,
    /// A charter is not the one that an entry names, or cannot be read.
    Charter,
    /// Log time goes back.
    TimeWentBack {
        seq: Seq,
    },
}

impl std::fmt::Display for ReplayError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Entry { seq, error } => write!(out, "entry {seq}: {error}"),
            Self::OutOfOrder { seq } => write!(out, "entry {seq} stands at another place"),
            Self::NotFounded => out.write_str("the first entry does not found a group"),
            Self::Charter => out.write_str("a charter is not the one its entry names"),
            Self::TimeWentBack { seq } => write!(out, "log time goes back at entry {seq}"),
        }
    }
}

impl std::error::Error for ReplayError {}

/// Gives the text of a charter by its hash.
type Charters<'c> = Box<dyn FnMut(&Hash) -> Option<String> + 'c>;

/// Reads entries one by one, so that a journal of any length needs no more memory than its state.
pub struct Replay<'c> {
    charters: Charters<'c>,
    state: Option<State>,
}

impl<'c> Replay<'c> {
    /// `charters` gives the text of a charter by its hash: of the first entry's, and of each that came into force later.
    pub fn new(charters: impl FnMut(&Hash) -> Option<String> + 'c) -> Self {
        Self { charters: Box::new(charters), state: None }
    }

    /// Takes the next entry.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ReplayError> {
        let seq = self.state.as_ref().map_or(Seq(0), |state| state.position);
        let entry = wire::from_bytes(bytes).map_err(|error| ReplayError::Entry { seq, error })?;
        if entry.seq != seq {
            return Err(ReplayError::OutOfOrder { seq });
        }
        let leaf = leaf_hash(bytes);
        match &mut self.state {
            Some(state) if entry.at < state.last_at => Err(ReplayError::TimeWentBack { seq }),
            Some(state) => {
                if let Event::CharterAmended { charter, .. } = &entry.event {
                    let text = (self.charters)(charter);
                    state.charters.learn(*charter, read(text, charter)?);
                }
                evolve_untimed(state, &entry, leaf);
                Ok(())
            }
            None => {
                let Event::Founded(founded) = entry.event else {
                    return Err(ReplayError::NotFounded);
                };
                let text = (self.charters)(&founded.charter);
                let charter = read(text, &founded.charter)?;
                self.state = Some(first_state(founded, charter, entry.at, leaf));
                Ok(())
            }
        }
    }

    /// The tree over the entries taken so far; nothing before the first.
    pub fn tree(&self) -> Option<&Frontier> {
        self.state.as_ref().map(|state| &state.tree)
    }

    /// The state after all entries.
    pub fn finish(self) -> Result<State, ReplayError> {
        let mut state = self.state.ok_or(ReplayError::NotFounded)?;
        let open: Vec<ProposalNumber> = state.open.keys().copied().collect();
        for number in open {
            stages::set_timer(&mut state, number);
        }
        Ok(state)
    }
}

fn read(text: Option<String>, hash: &Hash) -> Result<Arc<Charter>, ReplayError> {
    let text = text.filter(|text| sha256(text.as_bytes()) == *hash).ok_or(ReplayError::Charter)?;
    parse::parse(&text).map(Arc::new).map_err(|_| ReplayError::Charter)
}
