//! Stage `objection`: silence consents, and so many objections lead elsewhere (spec/vote.md, "Objection").
//! Knows nothing of what the reasons say.

use super::{asking, end, open, rule_of};
use crate::batch::Batch;
use crate::charter::{Objection, Outcome, Rule};
use crate::event::{Actor, Event};
use crate::ids::{ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::asking::ObjectionState;
use crate::state::proposal::{Proposal, Stand};

/// A member objects, or gives another reason.
pub(crate) fn raise(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    reason: &str,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (_, rule) = standing(&batch.state, open)?;
    asking::may_take_part(&batch.state, open, rule.who, slot)?;
    asking::still_runs(open, batch.now())?;
    let (step, enough) = (open.step, rule.objections);
    let reason = asking::reason(batch, number, reason)?;
    batch.record(Actor::Member(slot), Event::ObjectionRaised { proposal: number, step, reason });
    if raised(&batch.state, number) >= enough as usize {
        end(batch, number, Outcome::Fail);
    }
    Ok(())
}

/// A member's objection no longer stands.
pub(crate) fn withdraw(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (objection, _) = standing(&batch.state, open)?;
    asking::still_runs(open, batch.now())?;
    if !objection.objections.contains_key(&slot) {
        return Err(Refusal::NothingToTakeBack);
    }
    let step = open.step;
    batch.record(Actor::Member(slot), Event::ObjectionWithdrawn { proposal: number, step });
    Ok(())
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until > batch.now() {
        return asking::remind_if_due(batch, number);
    }
    end(batch, number, Outcome::Pass);
}

fn raised(state: &State, number: ProposalNumber) -> usize {
    let standing = state.proposal(number).and_then(|open| standing(state, open).ok());
    standing.map_or(0, |(objection, _)| objection.objections.len())
}

fn standing<'s>(
    state: &'s State,
    open: &'s Proposal,
) -> Result<(&'s ObjectionState, &'s Objection), Refusal> {
    match (&open.stand, rule_of(state, open)) {
        (Stand::Objection(objection), Some(Rule::Objection(rule))) => Ok((objection, rule)),
        _ => Err(Refusal::WrongStage),
    }
}
