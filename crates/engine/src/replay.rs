//! A journal read back into a state: the same code at start, after an unknown outcome and in tests.
//! Knows nothing of where the bytes lie. It trusts them as far as their form goes; whether the rules were kept is checked by `mic-proof`.

use mic_proof::hash::leaf_hash;

use crate::charter::parse;
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
    /// The charter is not the one that the first entry names, or cannot be read.
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
            Self::Charter => out.write_str("the charter is not the one the first entry names"),
            Self::TimeWentBack { seq } => write!(out, "log time goes back at entry {seq}"),
        }
    }
}

impl std::error::Error for ReplayError {}

/// Reads entries one by one, so that a journal of any length needs no more memory than its state.
pub struct Replay {
    charter_text: String,
    state: Option<State>,
}

impl Replay {
    /// `charter_text`: the document that the first entry names.
    pub fn new(charter_text: String) -> Self {
        Self { charter_text, state: None }
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
                evolve_untimed(state, &entry, leaf);
                Ok(())
            }
            None => {
                let Event::Founded(founded) = entry.event else {
                    return Err(ReplayError::NotFounded);
                };
                if mic_proof::hash::sha256(self.charter_text.as_bytes()) != founded.charter {
                    return Err(ReplayError::Charter);
                }
                let charter = parse::parse(&self.charter_text).map_err(|_| ReplayError::Charter)?;
                self.state = Some(first_state(founded, charter, entry.at, leaf));
                Ok(())
            }
        }
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
