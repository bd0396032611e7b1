//! What a group is at a position of its journal. Cloning is cheap and shares everything: a batch works on a clone, readers keep
//! the committed one. Knows nothing of bytes, stores and people.

pub mod asking;
pub mod charters;
pub mod jury;
pub mod proposal;
pub mod register;
pub mod roll;
pub mod texts;

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};
use mic_proof::hash::Hash;
use mic_proof::tree::Frontier;

use crate::charter::Charter;
use crate::event::Founded;
use crate::ids::{LogTime, Number, ProposalNumber, Seq, Slot};
use charters::Charters;
use proposal::{ClosedProposal, Proposal};
use register::{ActionLine, DecisionLine};
use roll::Roll;
use texts::{TurnedDown, Written};

pub use register::BroadcastLine;

/// The state of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub founded: Arc<Founded>,
    pub founded_at: LogTime,
    /// The charter in force: everything that is opened from here on follows it.
    pub charter: Arc<Charter>,
    pub charter_hash: Hash,
    /// The charters that open proposals follow, and the one in force.
    pub charters: Charters,
    pub roll: Roll,
    pub open: OrdMap<ProposalNumber, Arc<Proposal>>,
    pub closed: OrdMap<ProposalNumber, Arc<ClosedProposal>>,
    pub next_proposal: ProposalNumber,
    /// The open proposals of each author, so that nobody's are looked for among everybody's.
    pub authored: OrdSet<(Slot, ProposalNumber)>,
    /// The seats that are held now, by who holds them.
    pub seated: OrdSet<(Slot, ProposalNumber)>,
    /// The proposals whose jury sits.
    pub sitting: OrdSet<ProposalNumber>,
    pub broadcasts: Vector<BroadcastLine>,
    pub decisions: Vector<DecisionLine>,
    pub actions: Vector<Arc<ActionLine>>,
    pub turned_down: TurnedDown,
    pub written: Written,
    /// Draws called on the local chain so far: the round of the last one.
    pub local_rounds: u64,
    /// When each open proposal has to be looked at next.
    pub timers: OrdSet<(LogTime, ProposalNumber)>,
    /// The same by proposal, so that a timer can be moved.
    pub timer_of: OrdMap<ProposalNumber, LogTime>,
    /// Draws that wait for their round, by the moment it may exist.
    pub draws: OrdSet<(LogTime, ProposalNumber)>,
    /// The position the next entry gets.
    pub position: Seq,
    pub last_at: LogTime,
    pub tree: Frontier,
}

impl State {
    pub fn proposal(&self, number: ProposalNumber) -> Option<&Proposal> {
        self.open.get(&number).map(Arc::as_ref)
    }

    /// The charter a proposal follows: that which was in force when it was opened.
    pub fn charter_of(&self, open: &Proposal) -> &Arc<Charter> {
        self.charters.get(&open.charter).unwrap_or(&self.charter)
    }

    /// The open proposals whose jury or drawn assembly a slot sits on and has not answered yet.
    pub fn duties(&self, slot: Slot) -> impl Iterator<Item = &Proposal> + '_ {
        self.seats_of(slot).filter_map(|number| self.proposal(number)).filter(move |proposal| {
            proposal.jury().and_then(|jury| jury.sitting.as_ref()).is_some_and(|sitting| {
                !sitting.closed && sitting.silent().any(|seat| seat.slot == slot)
            })
        })
    }

    /// The juries on which a slot holds a seat.
    pub fn seats_of(&self, slot: Slot) -> impl Iterator<Item = ProposalNumber> + '_ {
        of_slot(&self.seated, slot)
    }

    /// The open proposals that a slot put forward.
    pub fn open_of(&self, slot: Slot) -> impl Iterator<Item = ProposalNumber> + '_ {
        of_slot(&self.authored, slot)
    }

    /// When the clock has something to do next.
    pub fn next_due(&self) -> Option<LogTime> {
        self.timers.get_min().map(|(at, _)| *at)
    }

    pub fn broadcast(&self, number: Number) -> Option<&BroadcastLine> {
        self.broadcasts.get(place(number)?)
    }

    pub fn decision(&self, number: Number) -> Option<&DecisionLine> {
        self.decisions.get(place(number)?)
    }

    pub fn action(&self, number: Number) -> Option<&ActionLine> {
        self.actions.get(place(number)?).map(Arc::as_ref)
    }
}

/// Where something numbered from 1 on stands in its list.
pub(crate) fn place(number: Number) -> Option<usize> {
    usize::try_from(number.0.checked_sub(1)?).ok()
}

fn of_slot(
    set: &OrdSet<(Slot, ProposalNumber)>,
    slot: Slot,
) -> impl Iterator<Item = ProposalNumber> + '_ {
    set.range((slot, ProposalNumber(0))..=(slot, ProposalNumber(u32::MAX)))
        .map(|(_, number)| *number)
}
