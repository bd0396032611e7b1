//! A jury on its way: the call for its draw, its seats, who has answered. What they answered is sealed in the vault.
//! Knows nothing of the rules that move it (`stages/jury.rs`).

use std::sync::{Arc, OnceLock};

use imbl::{OrdSet, Vector};
use mic_proof::hash::Hash;

use crate::event::DrawCalled;
use crate::exclusions::Excluded;
use crate::ids::{LogTime, Seq, Slot};

/// A jury stage: first its draw waits, then it sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryState {
    pub call: DrawCalled,
    pub called_at: LogTime,
    /// Position of the call in the journal: a checkpoint must cover it before the round exists.
    pub call_seq: Seq,
    /// Leaf hash of the call; what ballots are bound to.
    pub inputs_hash: Hash,
    /// The excluded slots.
    pub excluded: Arc<Excluded>,
    pub sitting: Option<Sitting>,
}

/// A jury whose seats are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The randomness of the draw's round.
    pub randomness: [u8; 32],
    pub drawn_at: LogTime,
    /// How many places of the drawn order have been walked.
    pub cursor: u64,
    /// Who comes next in the drawn order, once somebody has asked.
    pub next: Memo,
    /// Seats filled by the draw itself.
    pub filled: u32,
    /// Seats added by growing, one number for each time.
    pub grown: Vector<u32>,
    /// Who holds a seat of the current round.
    pub seats: Vector<Seat>,
    /// Jurors of a finished round: their ballots are final.
    pub finished: Vector<Seat>,
    /// Who answered in the current round and still holds the seat.
    pub answered: OrdSet<Slot>,
    /// How many ballots each finished round had, and what commits to them.
    pub sealed: Vector<(u32, Hash)>,
    /// From 0.
    pub round: u32,
    pub extended: bool,
    pub until: LogTime,
    /// Until when reminders have gone out, and to whom the last one went.
    pub reminded_at: LogTime,
    pub reminded: Vector<Slot>,
    /// Closed: the verdict stands, the stage's end follows in the same batch.
    pub closed: bool,
}

/// The next place of the drawn order that was not excluded: how many places have been walked with it, and whose it is.
pub type NextPlace = Option<(u64, Slot)>;

/// Remembers a [`NextPlace`], which costs a walk and is asked for at every event of a jury. Says nothing of its own.
#[derive(Clone, Debug, Default)]
pub struct Memo(OnceLock<NextPlace>);

impl Memo {
    pub(crate) fn get(&self, walk: impl FnOnce() -> NextPlace) -> NextPlace {
        *self.0.get_or_init(walk)
    }
}

impl PartialEq for Memo {
    /// What is remembered follows from the rest.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Memo {}

/// A place on the jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub slot: Slot,
    pub called_at: LogTime,
}

impl Sitting {
    pub fn holds(&self, slot: Slot) -> bool {
        self.seats.iter().any(|seat| seat.slot == slot)
    }

    /// All seats of the jury, answered or not.
    pub fn total(&self) -> u32 {
        self.filled + self.grown.iter().sum::<u32>()
    }

    /// Those who hold a seat and have not answered.
    pub fn silent(&self) -> impl Iterator<Item = Seat> + '_ {
        self.seats.iter().copied().filter(|seat| !self.answered.contains(&seat.slot))
    }
}
