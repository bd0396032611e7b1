//! How the events of stages that ask everybody change the state.
//! Knows nothing of how it is counted, and of what is secret.

use imbl::{OrdMap, OrdSet};
use mic_proof::count::Positions;
use mic_proof::hash::Hash;

use super::change;
use crate::charter::{Rule, Voters, Who};
use crate::event::{Actor, Entry, Event, StageEntered};
use crate::ids::{LogTime, Slot, Span};
use crate::stages;
use crate::state::State;
use crate::state::asking::{ConsensusState, PledgeState, VoteState};
use crate::state::proposal::{Proposal, Stand};

/// The second half of entering a stage that asks everybody: who is asked takes the roll.
pub(super) fn enter(state: &mut State, event: &StageEntered, at: LogTime, leaf: Hash) {
    let Some(open) = state.proposal(event.proposal) else { return };
    let stand = match stages::rule_of(state, open) {
        Some(Rule::Vote(rule)) => {
            let eligible = match rule.who {
                Voters::All(who) => eligible(state, open, who, at),
                Voters::Drawn(_) => 0,
            };
            let (voted, assembly) = (OrdSet::new(), None);
            Stand::Vote(Box::new(VoteState { draw: leaf, eligible, voted, assembly }))
        }
        Some(Rule::Consensus(rule)) => Stand::Consensus(Box::new(ConsensusState {
            eligible: eligible(state, open, rule.who, at),
            positions: OrdMap::new(),
            counts: Positions::default(),
        })),
        Some(Rule::Objection(_)) => Stand::Objection(Box::default()),
        Some(Rule::Pledge(_)) => {
            Stand::Pledge(Box::new(PledgeState { draw: leaf, standing: OrdSet::new() }))
        }
        Some(Rule::Cosign(_) | Rule::Jury(_) | Rule::Recourse(_) | Rule::Wait(_)) | None => return,
    };
    change(state, event.proposal, |open| open.stand = stand);
}

pub(super) fn apply(state: &mut State, entry: &Entry) {
    if let Event::VoteClosed(event) = &entry.event {
        return change(state, event.proposal, |open| {
            open.winners.clone_from(&event.winners);
            if let Some(sitting) = open.jury_mut().and_then(|jury| jury.sitting.as_mut()) {
                sitting.closed = true;
            }
        });
    }
    if let Event::PledgeWoken(event) = &entry.event {
        return change(state, event.proposal, |open| {
            if let Stand::Pledge(pledge) = &open.stand {
                open.pledged = open.pledged.clone().union(pledge.standing.clone());
            }
        });
    }
    let Actor::Member(slot) = entry.actor else { return };
    match &entry.event {
        Event::VoteCast { proposal, .. } => change(state, *proposal, |open| cast(open, slot)),
        Event::PositionTaken(event) => {
            if let Some(reason) = event.reason {
                state.written.add(slot, reason);
            }
            change(state, event.proposal, |open| {
                if let Stand::Consensus(consensus) = &mut open.stand {
                    consensus.take(slot, event.position, event.reason);
                }
            });
        }
        Event::ObjectionRaised { proposal, reason, .. } => {
            state.written.add(slot, *reason);
            change(state, *proposal, |open| {
                if let Stand::Objection(objection) = &mut open.stand {
                    objection.objections.insert(slot, *reason);
                }
            });
        }
        Event::ObjectionWithdrawn { proposal, .. } => change(state, *proposal, |open| {
            if let Stand::Objection(objection) = &mut open.stand {
                objection.objections.remove(&slot);
            }
        }),
        Event::PledgeMade { proposal, .. } => change(state, *proposal, |open| {
            if let Stand::Pledge(pledge) = &mut open.stand {
                pledge.standing.insert(slot);
            }
        }),
        Event::PledgeWithdrawn { proposal, .. } => change(state, *proposal, |open| {
            if let Stand::Pledge(pledge) = &mut open.stand {
                pledge.standing.remove(&slot);
            }
        }),
        _ => {}
    }
}

fn cast(open: &mut Proposal, slot: Slot) {
    if let Stand::Vote(vote) = &mut open.stand {
        vote.voted.insert(slot);
        if let Some(sitting) = vote.assembly.as_mut().and_then(|jury| jury.sitting.as_mut()) {
            sitting.answered.insert(slot);
        }
    }
}

fn eligible(state: &State, open: &Proposal, who: Who, at: LogTime) -> u32 {
    let new = match who {
        Who::Everyone => Span(0),
        Who::Settled => Span::days(u64::from(state.charter_of(open).limits.new_days)),
    };
    state.roll.asked(open.roll, new, at)
}
