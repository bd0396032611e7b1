//! Stage `pledge`: "I will, if at least so many of us will", sealed until enough hold together (spec/vote.md, "Pledge").
//! Knows nothing of what is pledged.

use mic_proof::count::{largest_set, parse_pledge};

use super::{asking, end, open, rule_of};
use crate::batch::Batch;
use crate::charter::{Outcome, Pledge, Rule};
use crate::command::SecretForm;
use crate::event::{Actor, Event, PledgeWoken};
use crate::ids::{ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::asking::PledgeState;
use crate::state::proposal::{Proposal, Stand};

/// A member pledges, or pledges anew.
pub(crate) fn make(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    form: &SecretForm,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (pledge, rule) = standing(&batch.state, open)?;
    asking::may_take_part(&batch.state, open, rule.who, slot)?;
    asking::still_runs(open, batch.now())?;
    if form.stage != pledge.draw {
        return Err(Refusal::OtherStage);
    }
    if parse_pledge(&form.choice).is_none() {
        return Err(Refusal::ChoiceInvalid);
    }
    asking::room_for(pledge.standing.len(), pledge.standing.contains(&slot))?;
    let (step, at_least) = (open.step, rule.at_least);
    let (cover, ballot) = asking::cover_up(batch, slot, (number, step), &pledge.draw, form)?;
    let nonce_from = form.nonce_from;
    let event = Event::PledgeMade { proposal: number, step, cover, nonce_from };
    batch.record(Actor::Member(slot), event);
    batch.seal(number, step, slot, ballot);
    if batch.vault.wakes(number, step, at_least) {
        wake(batch, number);
    }
    Ok(())
}

/// A member's pledge no longer stands. Fewer pledges never wake what more did not.
pub(crate) fn withdraw(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (pledge, _) = standing(&batch.state, open)?;
    asking::still_runs(open, batch.now())?;
    if !pledge.standing.contains(&slot) {
        return Err(Refusal::NothingToTakeBack);
    }
    let step = open.step;
    batch.record(Actor::Member(slot), Event::PledgeWithdrawn { proposal: number, step });
    batch.drop_ballot(number, step, slot);
    Ok(())
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until > batch.now() {
        return asking::remind_if_due(batch, number);
    }
    // It has not woken: nothing is opened, and the pledges are destroyed.
    let step = open.step;
    batch.clear_ballots(number, step);
    end(batch, number, Outcome::Lapsed);
}

fn wake(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let Ok((pledge, _)) = standing(&batch.state, open) else { return };
    let (step, draw) = (open.step, pledge.draw);
    let standing = u32::try_from(pledge.standing.len()).unwrap_or(u32::MAX);
    let (choices, ballots) = asking::open_all(batch, number, step, &draw);
    let numbers: Vec<u64> = choices.iter().filter_map(|choice| parse_pledge(choice)).collect();
    let count = u32::try_from(largest_set(&numbers)).unwrap_or(u32::MAX);
    let woken = PledgeWoken { proposal: number, step, standing, ballots, count };
    batch.follow(Event::PledgeWoken(woken));
    end(batch, number, Outcome::Pass);
}

fn standing<'s>(
    state: &'s State,
    open: &'s Proposal,
) -> Result<(&'s PledgeState, &'s Pledge), Refusal> {
    match (&open.stand, rule_of(state, open)) {
        (Stand::Pledge(pledge), Some(Rule::Pledge(rule))) => Ok((pledge, rule)),
        _ => Err(Refusal::WrongStage),
    }
}
