//! Which notices an event sends, and to whom: parcels that become durable with the event.
//! Knows nothing of wording, addresses and of who wants which channel: the courier's side asks for that when it sends.

use crate::charter::Rule;
use crate::event::{Entry, Event};
use crate::ids::{ProposalNumber, Slot};
use crate::parcel::{Channel, Notice, PARCEL_SLOTS_MAX, Parcel, Recipients};
use crate::stages;
use crate::state::State;
use crate::state::proposal::Stand;

/// The parcels that an entry orders. `state` is the state after it.
pub(crate) fn parcels(state: &State, entry: &Entry) -> Vec<Parcel> {
    match &entry.event {
        Event::BroadcastOrdered(event) => {
            everyone(state.roll.len(), Notice::Broadcast { number: event.number })
        }
        Event::DrawMade(event) => {
            let notice = Notice::Summons { proposal: event.proposal, step: event.step };
            to_slots(&event.seated, notice)
        }
        Event::SeatsCalled(event) => {
            let notice = Notice::Summons { proposal: event.proposal, step: event.step };
            to_slots(&event.seated, notice)
        }
        Event::JuryGrown(event) => {
            let notice = Notice::Summons { proposal: event.proposal, step: event.step };
            to_slots(&event.seated, notice)
        }
        Event::JuryExtended(event) => {
            let notice = Notice::Summons { proposal: event.proposal, step: event.step };
            to_slots(&event.seated, notice)
        }
        Event::JuryClosed(event) => {
            let notice = Notice::Verdict { proposal: event.proposal, step: event.step };
            to_author(state, event.proposal, notice)
        }
        Event::ReminderCalled { proposal, .. } => reminder(state, entry, *proposal),
        Event::VersionPosted { proposal, .. } => {
            let notice = Notice::VersionChanged { proposal: *proposal, position: entry.seq.0 };
            let slots: Vec<Slot> = state
                .proposal(*proposal)
                .map(|open| open.earlier_cosigners.iter().copied().collect())
                .unwrap_or_default();
            to_slots(&slots, notice)
        }
        Event::Closed { proposal, .. } => closed(state, *proposal),
        Event::Admitted { slot, .. } => to_slots(&[*slot], Notice::Welcome { slot: *slot }),
        Event::Founded(_)
        | Event::Left
        | Event::Erased
        | Event::Paused { .. }
        | Event::Resumed
        | Event::Rested { .. }
        | Event::DocumentErased { .. }
        | Event::Opened(_)
        | Event::Cosigned { .. }
        | Event::CosignWithdrawn { .. }
        | Event::Withdrawn { .. }
        | Event::StageEntered(_)
        | Event::StageEnded { .. }
        | Event::RecourseTaken { .. }
        | Event::DrawCalled(_)
        | Event::DrawMissed { .. }
        | Event::JurorAside { .. }
        | Event::BallotCast { .. }
        | Event::DecisionRecorded { .. } => Vec::new(),
    }
}

/// Runs of slots that cover the whole roll: a million members are about a thousand parcels.
fn everyone(roll: u32, notice: Notice) -> Vec<Parcel> {
    (0..roll.div_ceil(PARCEL_SLOTS_MAX))
        .map(|run| {
            let first = run * PARCEL_SLOTS_MAX;
            let count = PARCEL_SLOTS_MAX.min(roll - first);
            let recipients = Recipients::Run { first: Slot(first), count };
            Parcel { notice, channel: Channel::Email, recipients }
        })
        .collect()
}

fn to_slots(slots: &[Slot], notice: Notice) -> Vec<Parcel> {
    let mut slots = slots.to_vec();
    slots.sort_unstable();
    slots
        .chunks(PARCEL_SLOTS_MAX as usize)
        .map(|chunk| {
            let recipients = Recipients::List(chunk.to_vec());
            Parcel { notice, channel: Channel::Email, recipients }
        })
        .collect()
}

fn to_author(state: &State, number: ProposalNumber, notice: Notice) -> Vec<Parcel> {
    state.proposal(number).map(|open| to_slots(&[open.author], notice)).unwrap_or_default()
}

fn reminder(state: &State, entry: &Entry, number: ProposalNumber) -> Vec<Parcel> {
    let Event::ReminderCalled { step, nth, .. } = entry.event else { return Vec::new() };
    let Some(open) = state.proposal(number) else { return Vec::new() };
    match (&open.stand, stages::rule_of(state, open)) {
        (Stand::Cosign, _) => {
            let notice = Notice::CosignReminder { proposal: number, step, nth };
            to_slots(&[open.author], notice)
        }
        (Stand::Jury(_), Some(Rule::Jury(_))) => {
            let notice = Notice::JuryReminder { proposal: number, step, nth };
            let slots: Vec<Slot> = open
                .jury()
                .and_then(|jury| jury.sitting.as_ref())
                .map(|sitting| sitting.reminded.iter().copied().collect())
                .unwrap_or_default();
            to_slots(&slots, notice)
        }
        (Stand::Jury(_) | Stand::Recourse { .. } | Stand::Wait | Stand::Between(_), _) => {
            Vec::new()
        }
    }
}

fn closed(state: &State, number: ProposalNumber) -> Vec<Parcel> {
    let Some(closed) = state.closed.get(&number) else { return Vec::new() };
    // Whoever withdraws knows it already.
    if closed.ending == crate::event::Ending::Withdrawn {
        return Vec::new();
    }
    to_slots(&[closed.author], Notice::Closed { proposal: number })
}
