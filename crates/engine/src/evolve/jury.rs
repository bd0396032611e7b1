//! How the events of a draw and a jury change the state.
//! Knows nothing of the tally's rules; it keeps who sits and who has answered.

use std::sync::Arc;

use imbl::{OrdSet, Vector};
use mic_proof::hash::Hash;

use super::change;
use crate::charter::Rule;
use crate::event::{Actor, DrawCalled, DrawMade, Entry, Event};
use crate::exclusions::Excluded;
use crate::ids::{LogTime, ProposalNumber, Slot};
use crate::order;
use crate::stages::jury::draw::DRAW_LEAD;
use crate::stages::jury::reminders_due;
use crate::state::State;
use crate::state::jury::{JuryState, Memo, Seat, Sitting};
use crate::state::proposal::{Proposal, Stand};

pub(super) fn apply(state: &mut State, entry: &Entry, leaf: Hash) {
    let at = entry.at;
    match &entry.event {
        Event::DrawCalled(call) => called(state, entry, call, leaf),
        Event::DrawMissed { proposal, .. } => forget_draw(state, *proposal),
        Event::DrawMade(made) => drawn(state, at, made),
        Event::SeatsCalled(event) => {
            reseat(state, event.proposal, &event.released, &event.seated, at);
        }
        Event::JurorAside { proposal, .. } => {
            if let Actor::Member(slot) = entry.actor {
                stand_up(state, *proposal, slot);
            }
        }
        Event::BallotCast { proposal, .. } => change(state, *proposal, |open| {
            if let (Some(sitting), Actor::Member(slot)) = (sitting(open), entry.actor) {
                sitting.answered.insert(slot);
            }
        }),
        Event::JuryGrown(event) => {
            empty_seats(state, event.proposal);
            change(state, event.proposal, |open| {
                let Some(sitting) = sitting(open) else { return };
                sitting.finished.append(std::mem::take(&mut sitting.seats));
                sitting.answered = OrdSet::new();
                sitting.sealed.push_back((event.turnout, event.sealed));
                sitting.grown.push_back(u32::try_from(event.seated.len()).unwrap_or(u32::MAX));
                sitting.round += 1;
                sitting.extended = false;
                sitting.until = event.until;
            });
            reseat(state, event.proposal, &[], &event.seated, at);
        }
        Event::JuryExtended(event) => {
            change(state, event.proposal, |open| {
                let Some(sitting) = sitting(open) else { return };
                sitting.extended = true;
                sitting.until = event.until;
            });
            reseat(state, event.proposal, &event.released, &event.seated, at);
        }
        Event::JuryClosed(event) => {
            empty_seats(state, event.proposal);
            state.sitting.remove(&event.proposal);
            change(state, event.proposal, |open| {
                if let Some(sitting) = sitting(open) {
                    sitting.closed = true;
                }
            });
        }
        _ => {}
    }
}

/// A reminder went out: those called before are reminded, those called later still will be.
pub(super) fn remind(open: &mut Proposal, rule: Option<&Rule>, at: LogTime) {
    let Some(Rule::Jury(rule)) = rule else { return };
    let slots = reminders_due(open, rule, at);
    if let Some(sitting) = sitting(open) {
        sitting.reminded_at = at;
        sitting.reminded = slots.into_iter().collect();
    }
}

fn called(state: &mut State, entry: &Entry, call: &DrawCalled, leaf: Hash) {
    rise(state, call.proposal);
    let Some(open) = state.open.get(&call.proposal).cloned() else { return };
    let excluded = Excluded::at_call(state, open, call, entry.at);
    if state.founded.beacon == crate::event::BeaconKind::Local {
        state.local_rounds = state.local_rounds.max(call.round);
    }
    state.draws.insert((call.slot_at.after(DRAW_LEAD), call.proposal));
    change(state, call.proposal, |open| {
        open.until = LogTime(0);
        open.drawn = true;
        let jury = JuryState {
            call: call.clone(),
            called_at: entry.at,
            call_seq: entry.seq,
            inputs_hash: leaf,
            excluded: Arc::new(excluded),
            sitting: None,
        };
        match &mut open.stand {
            Stand::Vote(vote) => vote.assembly = Some(jury),
            stand => *stand = Stand::Jury(Box::new(jury)),
        }
    });
}

/// Somebody is gone: their seats are empty until the next one is called.
pub(super) fn vacate(state: &mut State, slot: Slot) {
    let seated: Vec<ProposalNumber> = state.seats_of(slot).collect();
    for number in seated {
        stand_up(state, number, slot);
    }
}

/// Nobody waits for this jury any more: its stage is over, or its proposal is, or it is drawn anew.
pub(super) fn rise(state: &mut State, number: ProposalNumber) {
    forget_draw(state, number);
    empty_seats(state, number);
    state.sitting.remove(&number);
}

/// The seats are listed by member no longer; the jury itself keeps them.
fn empty_seats(state: &mut State, number: ProposalNumber) {
    let jury = state.open.get(&number).cloned();
    let sitting = jury.as_ref().and_then(|open| open.jury()?.sitting.as_ref());
    for seat in sitting.into_iter().flat_map(|sitting| sitting.seats.iter()) {
        state.seated.remove(&(seat.slot, number));
    }
}

/// One juror's seat is empty.
fn stand_up(state: &mut State, number: ProposalNumber, slot: Slot) {
    state.seated.remove(&(slot, number));
    change(state, number, |open| {
        if let Some(sitting) = sitting(open) {
            sitting.seats.retain(|seat| seat.slot != slot);
            sitting.answered.remove(&slot);
        }
    });
}

/// A draw waits no longer: it was made, was void, or its proposal is over.
fn forget_draw(state: &mut State, number: ProposalNumber) {
    let call = state.proposal(number).and_then(|open| open.jury()).map(|jury| jury.call.slot_at);
    if let Some(slot_at) = call {
        state.draws.remove(&(slot_at.after(DRAW_LEAD), number));
    }
}

fn drawn(state: &mut State, at: LogTime, made: &DrawMade) {
    rise(state, made.proposal);
    let randomness = order::randomness(state.founded.beacon, &made.signature);
    change(state, made.proposal, |open| {
        let Some(jury) = open.jury_mut() else { return };
        jury.sitting = Some(Sitting {
            randomness,
            drawn_at: at,
            cursor: 0,
            next: Memo::default(),
            filled: u32::try_from(made.seated.len()).unwrap_or(u32::MAX),
            grown: Vector::new(),
            seats: Vector::new(),
            finished: Vector::new(),
            answered: OrdSet::new(),
            sealed: Vector::new(),
            round: 0,
            extended: false,
            until: made.until,
            reminded_at: at,
            reminded: Vector::new(),
            closed: false,
        });
        open.until = made.until;
        if let Stand::Vote(vote) = &mut open.stand {
            vote.eligible = u32::try_from(made.seated.len()).unwrap_or(u32::MAX);
        }
    });
    if state.proposal(made.proposal).is_some_and(|open| open.jury().is_some()) {
        state.sitting.insert(made.proposal);
    }
    reseat(state, made.proposal, &[], &made.seated, at);
}

/// Takes seats away and gives seats; the cursor moves to behind the last slot seated.
fn reseat(
    state: &mut State,
    number: ProposalNumber,
    released: &[Slot],
    seated: &[Slot],
    at: LogTime,
) {
    let cursor = seated.last().and_then(|last| {
        let jury = state.proposal(number)?.jury()?;
        let sitting = jury.sitting.as_ref()?;
        order::position_after(jury, sitting, *last)
    });
    change(state, number, |open| {
        let Some(sitting) = sitting(open) else { return };
        sitting.seats.retain(|seat| !released.contains(&seat.slot));
        for slot in released {
            sitting.answered.remove(slot);
        }
        for slot in seated {
            sitting.seats.push_back(Seat { slot: *slot, called_at: at });
        }
        if let Some(cursor) = cursor {
            sitting.cursor = cursor;
            sitting.next = Memo::default();
        }
        let until = sitting.until;
        open.until = until;
        for slot in seated {
            open.sat.insert(*slot);
        }
    });
    for slot in released {
        state.seated.remove(&(*slot, number));
    }
    let sits = state.sitting.contains(&number);
    for slot in seated {
        state.roll.serve(*slot, at);
        if sits {
            state.seated.insert((*slot, number));
        }
    }
}

fn sitting(open: &mut Proposal) -> Option<&mut Sitting> {
    open.jury_mut().and_then(|jury| jury.sitting.as_mut())
}
