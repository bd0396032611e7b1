//! How an event changes the state: total, for every event in every state, so that a journal can always be read.
//! Knows nothing of whether the event was allowed (`process.rs` decides that, `mic-proof` checks it).

mod asking;
mod effect;
mod jury;
mod proposal;

use std::sync::Arc;

use mic_proof::hash::Hash;

use crate::event::{Actor, Entry, Event};
use crate::ids::{ProposalNumber, Seq};
use crate::stages;
use crate::state::State;
use crate::state::proposal::Proposal;

/// Applies an entry. `leaf` is the hash of its bytes.
pub fn evolve(state: &mut State, entry: &Entry, leaf: Hash) {
    evolve_untimed(state, entry, leaf);
    if let Some(number) = entry.event.proposal() {
        stages::set_timer(state, number);
    }
    if matches!(entry.event, Event::Left | Event::Erased | Event::Removed { .. }) {
        // Who is gone may have been the last in a jury's order: nobody is called any more when a juror is silent.
        for number in state.sitting.clone() {
            stages::set_timer(state, number);
        }
    }
}

/// The same without timers, for a journal that is read back: they follow from the state alone and are set once at its end.
pub(crate) fn evolve_untimed(state: &mut State, entry: &Entry, leaf: Hash) {
    state.position = Seq(entry.seq.0 + 1);
    state.last_at = state.last_at.max(entry.at);
    state.tree.push(leaf);
    apply(state, entry, leaf);
}

fn apply(state: &mut State, entry: &Entry, leaf: Hash) {
    match &entry.event {
        Event::Founded(_)
        | Event::Left
        | Event::Erased
        | Event::Removed { .. }
        | Event::Paused { .. }
        | Event::Resumed
        | Event::Rested { .. }
        | Event::Admitted { .. }
        | Event::DocumentErased { .. } => member(state, entry),
        Event::Opened(_)
        | Event::VersionPosted { .. }
        | Event::StatementMade { .. }
        | Event::Cosigned { .. }
        | Event::CosignWithdrawn { .. }
        | Event::Withdrawn { .. }
        | Event::StageEntered(_)
        | Event::StageEnded { .. }
        | Event::ReminderCalled { .. }
        | Event::Closed { .. }
        | Event::RecourseTaken { .. } => proposal::apply(state, entry, leaf),
        Event::DrawCalled(_)
        | Event::DrawMissed { .. }
        | Event::DrawMade(_)
        | Event::SeatsCalled(_)
        | Event::JurorAside { .. }
        | Event::BallotCast { .. }
        | Event::JuryGrown(_)
        | Event::JuryExtended(_)
        | Event::JuryClosed(_) => jury::apply(state, entry, leaf),
        Event::VoteCast { .. }
        | Event::VoteClosed(_)
        | Event::PositionTaken(_)
        | Event::ObjectionRaised { .. }
        | Event::ObjectionWithdrawn { .. }
        | Event::PledgeMade { .. }
        | Event::PledgeWithdrawn { .. }
        | Event::PledgeWoken(_) => asking::apply(state, entry),
        Event::BroadcastOrdered(_)
        | Event::DecisionRecorded { .. }
        | Event::BroadcastRecalled { .. }
        | Event::CharterAmended { .. }
        | Event::ActionCalled { .. }
        | Event::DeedReported { .. } => effect::apply(state, entry, leaf),
    }
}

fn member(state: &mut State, entry: &Entry) {
    match entry.event {
        Event::Admitted { slot, .. } => return state.roll.admit(slot, entry.at),
        Event::Removed { slot, .. } => {
            state.roll.leave(slot);
            return jury::vacate(state, slot);
        }
        _ => {}
    }
    let Actor::Member(slot) = entry.actor else { return };
    match entry.event {
        Event::Left => {
            state.roll.leave(slot);
            jury::vacate(state, slot);
        }
        Event::Erased => {
            state.roll.erase(slot);
            jury::vacate(state, slot);
        }
        Event::Paused { until } => state.roll.pause(slot, until),
        Event::Resumed => state.roll.resume(slot),
        Event::Rested { days } => state.roll.rest(slot, days),
        _ => {}
    }
}

/// Changes an open proposal; an event about one that is not open changes nothing.
fn change(state: &mut State, number: ProposalNumber, change: impl FnOnce(&mut Proposal)) {
    if let Some(open) = state.open.get_mut(&number) {
        change(Arc::make_mut(open));
    }
}
