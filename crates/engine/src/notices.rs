//! Which notices an event sends, and to whom: parcels that become durable with the event.
//! Knows nothing of wording, addresses and of who wants which channel: the courier's side asks for that when it sends.

mod asking;

use crate::charter::Rule;
use crate::event::{Ending, Entry, Event};
use crate::ids::{ProposalNumber, Slot, Step};
use crate::parcel::{Channel, Notice, PARCEL_SLOTS_MAX, Parcel, Recipients};
use crate::stages;
use crate::state::State;
use crate::state::proposal::{Proposal, Stand};

/// The parcels that an entry orders. `state` is the state after it.
pub(crate) fn parcels(state: &State, entry: &Entry) -> Vec<Parcel> {
    match &entry.event {
        Event::BroadcastOrdered(event) => {
            everyone(state.roll.len(), Notice::Broadcast { number: event.number })
        }
        Event::DrawMade(event) => seated(state, event.proposal, event.step, &event.seated),
        Event::SeatsCalled(event) => seated(state, event.proposal, event.step, &event.seated),
        Event::JuryGrown(event) => seated(state, event.proposal, event.step, &event.seated),
        Event::JuryExtended(event) => seated(state, event.proposal, event.step, &event.seated),
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
        Event::Opened(event) => removal(state, event.proposal),
        Event::StageEntered(event) => asking::begun(state, event.proposal),
        Event::StageEnded { proposal, step, .. } => asking::ended(state, *proposal, *step),
        Event::CharterAmended { proposal, .. } => {
            everyone(state.roll.len(), Notice::Amended { proposal: *proposal })
        }
        Event::ActionCalled { number, .. } => {
            everyone(state.roll.len(), Notice::Action { number: *number })
        }
        Event::Closed { proposal, .. } => closed(state, *proposal),
        Event::Admitted { slot, .. } => to_slots(&[*slot], Notice::Welcome { slot: *slot }),
        Event::Founded(_)
        | Event::Left
        | Event::Erased
        | Event::Paused { .. }
        | Event::Resumed
        | Event::Rested { .. }
        | Event::Removed { .. }
        | Event::DocumentErased { .. }
        | Event::StatementMade { .. }
        | Event::Cosigned { .. }
        | Event::CosignWithdrawn { .. }
        | Event::Withdrawn { .. }
        | Event::RecourseTaken { .. }
        | Event::DrawCalled(_)
        | Event::DrawMissed { .. }
        | Event::JurorAside { .. }
        | Event::BallotCast { .. }
        | Event::VoteCast { .. }
        | Event::VoteClosed(_)
        | Event::PositionTaken(_)
        | Event::ObjectionRaised { .. }
        | Event::ObjectionWithdrawn { .. }
        | Event::PledgeMade { .. }
        | Event::PledgeWithdrawn { .. }
        | Event::PledgeWoken(_)
        | Event::DeedReported { .. }
        | Event::BroadcastRecalled { .. }
        | Event::DecisionRecorded { .. } => Vec::new(),
    }
}

/// Runs of slots that cover the whole roll: a million members are about a thousand parcels.
pub(crate) fn everyone(roll: u32, notice: Notice) -> Vec<Parcel> {
    (0..roll.div_ceil(PARCEL_SLOTS_MAX))
        .map(|run| {
            let first = run * PARCEL_SLOTS_MAX;
            let count = PARCEL_SLOTS_MAX.min(roll - first);
            let recipients = Recipients::Run { first: Slot(first), count };
            Parcel { notice, channel: Channel::Email, recipients }
        })
        .collect()
}

/// A jury's new members are summoned, an assembly's are asked.
fn seated(state: &State, proposal: ProposalNumber, step: Step, seated: &[Slot]) -> Vec<Parcel> {
    let votes = state.proposal(proposal).is_some_and(|it| matches!(it.stand, Stand::Vote(_)));
    let notice =
        if votes { Notice::Asked { proposal, step } } else { Notice::Summons { proposal, step } };
    to_slots(seated, notice)
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

/// Whoever would be removed hears of it at once.
fn removal(state: &State, proposal: ProposalNumber) -> Vec<Parcel> {
    let member = state.proposal(proposal).and_then(Proposal::member_concerned);
    member.map(|member| to_slots(&[member], Notice::Removal { proposal })).unwrap_or_default()
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
        (Stand::Vote(_) | Stand::Consensus(_) | Stand::Objection(_) | Stand::Pledge(_), _) => {
            asking::again(state, open, Notice::AskedAgain { proposal: number, step, nth })
        }
        (Stand::Jury(_) | Stand::Recourse { .. } | Stand::Wait | Stand::Between(_), _) => {
            Vec::new()
        }
    }
}

fn closed(state: &State, number: ProposalNumber) -> Vec<Parcel> {
    let Some(closed) = state.closed.get(&number) else { return Vec::new() };
    // Whoever withdraws knows it already.
    if closed.ending == Ending::Withdrawn {
        return Vec::new();
    }
    to_slots(&[closed.author], Notice::Closed { proposal: number })
}
