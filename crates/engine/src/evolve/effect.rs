//! How effects change the state: the register of what the group said, decided and called for, and its rules.
//! Knows nothing of how they came about.

use std::sync::Arc;

use imbl::OrdMap;
use mic_proof::hash::Hash;

use super::change;
use crate::charter::{Process, Rule};
use crate::event::{Actor, BroadcastOrdered, Entry, Event};
use crate::ids::{Number, ProposalNumber};
use crate::stages;
use crate::state::register::{ActionLine, DecisionLine};
use crate::state::{BroadcastLine, State, place};

pub(super) fn apply(state: &mut State, entry: &Entry, leaf: Hash) {
    match &entry.event {
        Event::BroadcastOrdered(event) => broadcast(state, entry, event, leaf),
        Event::DecisionRecorded { proposal, number, version, winners } => {
            change(state, *proposal, |open| open.spoken = true);
            state.decisions.push_back(DecisionLine {
                number: *number,
                proposal: *proposal,
                version: *version,
                recorded_at: entry.at,
                seq: entry.seq,
                winners: winners.as_slice().into(),
            });
        }
        Event::BroadcastRecalled { proposal, number } => {
            let line = place(*number).and_then(|place| state.broadcasts.get_mut(place));
            if let Some(line) = line {
                line.recalled_by = Some(*proposal);
            }
        }
        Event::CharterAmended { charter, .. } => {
            if let Some(known) = state.charters.get(charter).cloned() {
                state.charter = known;
                state.charter_hash = *charter;
                state.charters.amend(*charter);
            }
        }
        Event::ActionCalled { proposal, number, version } => {
            action(state, entry, *proposal, *number, *version);
        }
        Event::DeedReported { action, done } => {
            let line = place(*action).and_then(|place| state.actions.get_mut(place));
            if let (Some(line), Actor::Member(slot)) = (line, entry.actor) {
                Arc::make_mut(line).report(slot, *done);
            }
        }
        _ => {}
    }
}

fn broadcast(state: &mut State, entry: &Entry, event: &BroadcastOrdered, leaf: Hash) {
    change(state, event.proposal, |open| open.spoken = true);
    let author = state.proposal(event.proposal).map(|open| open.author).unwrap_or_default();
    state.broadcasts.push_back(BroadcastLine {
        number: event.number,
        proposal: event.proposal,
        version: event.version,
        audience: event.audience,
        ordered_at: entry.at,
        seq: entry.seq,
        leaf,
        author,
        recalled_by: None,
    });
}

fn action(
    state: &mut State,
    entry: &Entry,
    proposal: ProposalNumber,
    number: Number,
    version: Hash,
) {
    let Some(open) = state.proposal(proposal) else { return };
    let asks = stages::process_of(state, open).is_some_and(asks_for_pledges);
    let line = ActionLine {
        number,
        proposal,
        version,
        called_at: entry.at,
        seq: entry.seq,
        author: open.author,
        roll: open.roll,
        pledged: asks.then(|| open.pledged.clone()),
        deeds: OrdMap::new(),
        done: 0,
    };
    state.actions.push_back(Arc::new(line));
}

fn asks_for_pledges(process: &Process) -> bool {
    process.stages.values().any(|stage| matches!(stage.rule, Rule::Pledge(_)))
}
