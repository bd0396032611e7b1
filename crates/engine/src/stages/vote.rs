//! Stage `vote`: everybody, or an assembly drawn by lot, decides in secret (spec/vote.md). The counting stands in `mic_proof::count`,
//! where strangers read it. Knows nothing of the text it is about, but how many options it lists.

use mic_proof::count::{self, check_choice};

use super::{asking, end, open, rule_of};
use crate::batch::Batch;
use crate::charter::{Outcome, ProposalKind, Rule, Vote, Voters};
use crate::command::SecretForm;
use crate::event::{Actor, Event, VoteClosed};
use crate::ids::{ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::asking::VoteState;
use crate::state::proposal::{Proposal, Stand};

/// A member votes, or votes again: the last ballot before the close counts.
pub(crate) fn cast(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    form: &SecretForm,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (vote, rule) = standing(&batch.state, open)?;
    may_vote(&batch.state, open, slot)?;
    asking::still_runs(open, batch.now())?;
    if form.stage != vote.draw {
        return Err(Refusal::OtherStage);
    }
    check_choice(&rule.method, options(open), &form.choice).map_err(|_| Refusal::ChoiceInvalid)?;
    asking::room_for(vote.voted.len(), vote.voted.contains(&slot))?;
    let step = open.step;
    let (cover, ballot) = asking::cover_up(batch, slot, (number, step), &vote.draw, form)?;
    let nonce_from = form.nonce_from;
    let event = Event::VoteCast { proposal: number, step, cover, nonce_from };
    batch.record(Actor::Member(slot), event);
    batch.seal(number, step, slot, ballot);
    Ok(())
}

/// Whether a member may vote on a proposal that stands at a vote, or why not.
pub fn may_vote(state: &State, open: &Proposal, slot: Slot) -> Result<(), Refusal> {
    let (vote, rule) = standing(state, open)?;
    match rule.who {
        Voters::All(who) => asking::may_take_part(state, open, who, slot),
        Voters::Drawn(_) => {
            let sitting = vote.assembly.as_ref().and_then(|jury| jury.sitting.as_ref());
            let holds = sitting.is_some_and(|sitting| sitting.holds(slot));
            if holds { Ok(()) } else { Err(Refusal::NoSeat) }
        }
    }
}

/// How many options the text lists that is voted on: 0 for a question to be answered with yes or no.
pub fn options(open: &Proposal) -> u32 {
    if open.kind == ProposalKind::Decision { open.subject_number().unwrap_or(0) } else { 0 }
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until <= batch.now() {
        return close(batch, number);
    }
    asking::remind_if_due(batch, number);
}

fn close(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let Ok((vote, rule)) = standing(&batch.state, open) else { return };
    let (method, quorum) = (rule.method, rule.quorum);
    let (step, draw, eligible) = (open.step, vote.draw, vote.eligible);
    let (options, voted) = (options(open), vote.voted.len());
    let (choices, ballots) = asking::open_all(batch, number, step, &draw);
    let counted = count::count(&method, options, &draw, choices.iter().map(String::as_str))
        .expect("every choice was checked when it was handed in");
    let outcome = count::outcome(&method, options, &counted, eligible.into(), quorum);
    let outcome = match outcome {
        count::Outcome::Pass => Outcome::Pass,
        count::Outcome::Fail => Outcome::Fail,
        count::Outcome::Undecided => Outcome::Undecided,
    };
    batch.follow(Event::VoteClosed(VoteClosed {
        proposal: number,
        step,
        eligible,
        cast: u32::try_from(voted).unwrap_or(u32::MAX),
        ballots,
        totals: counted.totals,
        winners: counted.winners,
        outcome,
    }));
    end(batch, number, outcome);
}

fn standing<'s>(
    state: &'s State,
    open: &'s Proposal,
) -> Result<(&'s VoteState, &'s Vote), Refusal> {
    match (&open.stand, rule_of(state, open)) {
        (Stand::Vote(vote), Some(Rule::Vote(rule))) => Ok((vote, rule)),
        _ => Err(Refusal::WrongStage),
    }
}
