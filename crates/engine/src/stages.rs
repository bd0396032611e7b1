//! What every kind of stage has in common: entering, ending, its next moment. One file per kind below.
//! Knows nothing of what a kind means.

pub mod asking;
pub mod consensus;
pub mod cosign;
pub mod jury;
pub mod objection;
pub mod pledge;
pub mod recourse;
pub mod vote;
pub mod wait;

use crate::batch::Batch;
use crate::charter::{EffectKind, Id, Next, Outcome, Process, Rule, Stage, Voters};
use crate::effects;
use crate::event::{Ending, Event, StageEntered, StageKind};
use crate::ids::{LogTime, ProposalNumber, Step};
use crate::process::going;
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::proposal::{Proposal, Stand};

/// Enters the first stage of a proposal that was just opened.
pub(crate) fn begin(batch: &mut Batch<'_>, number: ProposalNumber) {
    let open = batch.state.proposal(number);
    let process = open.and_then(|open| process_of(&batch.state, open));
    let first = process.map(|process| process.first.clone());
    if let Some(first) = first {
        enter(batch, number, &first, Step(0));
    }
}

/// Ends the current stage and goes where its outcome leads.
pub(crate) fn end(batch: &mut Batch<'_>, number: ProposalNumber, outcome: Outcome) {
    let Some(open) = batch.state.proposal(number) else { return };
    let step = open.step;
    let next = rule_of(&batch.state, open).and_then(|rule| rule.next(outcome)).cloned();
    batch.follow(Event::StageEnded { proposal: number, step, outcome });
    match next {
        Some(Next::Stage(stage)) => enter(batch, number, &stage, Step(step.0 + 1)),
        Some(Next::Effect(effect)) => conclude(batch, number, effect),
        // A checked charter has an arrow for every outcome its kinds can have.
        Some(Next::End) | None => close(batch, number),
    }
}

/// Enters a stage.
pub(crate) fn enter(batch: &mut Batch<'_>, number: ProposalNumber, id: &Id, step: Step) {
    let Some(rule) = rule_named(&batch.state, number, id).cloned() else { return };
    let now = batch.now();
    let (kind, lasts) = match &rule {
        Rule::Cosign(rule) => (StageKind::Cosign, Some(rule.duration)),
        Rule::Jury(_) => (StageKind::Jury, None),
        Rule::Recourse(rule) => (StageKind::Recourse, Some(rule.duration)),
        Rule::Wait(rule) => (StageKind::Wait, Some(rule.duration)),
        Rule::Vote(rule) => match rule.who {
            Voters::All(_) => (StageKind::Vote, Some(rule.duration)),
            Voters::Drawn(_) => (StageKind::Vote, None),
        },
        Rule::Consensus(rule) => (StageKind::Consensus, Some(rule.duration)),
        Rule::Objection(rule) => (StageKind::Objection, Some(rule.duration)),
        Rule::Pledge(rule) => (StageKind::Pledge, Some(rule.duration)),
    };
    // A stage that is drawn has its end when it is seated.
    let until = lasts.map_or(LogTime(0), |lasts| now.after(lasts));
    let entered = StageEntered { proposal: number, step, stage: id.clone(), kind, until };
    batch.follow(Event::StageEntered(entered));
    match &rule {
        Rule::Cosign(_) => cosign::pass_if_ready(batch, number),
        Rule::Jury(_) => jury::call_draw(batch, number, &rule, 0),
        Rule::Recourse(rule) => recourse::end_if_used_up(batch, number, rule),
        Rule::Vote(vote) => match vote.who {
            Voters::All(_) => {}
            Voters::Drawn(_) => jury::call_draw(batch, number, &rule, 0),
        },
        Rule::Wait(_) | Rule::Consensus(_) | Rule::Objection(_) | Rule::Pledge(_) => {}
    }
}

/// Does what the clock asks of a proposal. Called when its timer is due; does nothing when it is not.
pub(crate) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    match &open.stand {
        Stand::Cosign => cosign::on_time(batch, number),
        Stand::Jury(_) => jury::on_time(batch, number),
        Stand::Recourse { .. } => recourse::on_time(batch, number),
        Stand::Wait => wait::on_time(batch, number),
        Stand::Vote(_) => vote::on_time(batch, number),
        Stand::Consensus(_) => consensus::on_time(batch, number),
        Stand::Objection(_) => objection::on_time(batch, number),
        Stand::Pledge(_) => pledge::on_time(batch, number),
        Stand::Between(_) => {}
    }
}

/// Keeps the proposal's timer at the moment its stage needs the clock next.
pub(crate) fn set_timer(state: &mut State, number: ProposalNumber) {
    let due = state.proposal(number).and_then(|open| due(state, open));
    let before = state.timer_of.get(&number).copied();
    if before == due {
        return;
    }
    if let Some(before) = before {
        state.timers.remove(&(before, number));
        state.timer_of.remove(&number);
    }
    if let Some(due) = due {
        state.timers.insert((due, number));
        state.timer_of.insert(number, due);
    }
}

/// The open proposal, or why there is none to act on.
pub(crate) fn open(state: &State, number: ProposalNumber) -> Result<&Proposal, Refusal> {
    if number >= state.next_proposal {
        return Err(Refusal::NoSuchProposal);
    }
    state.proposal(number).ok_or(Refusal::ProposalClosed)
}

/// The rule of the stage a proposal stands in.
pub fn rule_of<'s>(state: &'s State, open: &Proposal) -> Option<&'s Rule> {
    stage_of(state, open).map(|stage| &stage.rule)
}

/// The stage a proposal stands in, as the charter has it.
pub fn stage_of<'s>(state: &'s State, open: &Proposal) -> Option<&'s Stage> {
    process_of(state, open).and_then(|process| process.stage(&open.stage))
}

/// The process of a proposal, as the charter has it that was in force when it was opened.
pub fn process_of<'s>(state: &'s State, open: &Proposal) -> Option<&'s Process> {
    state.charter_of(open).processes.get(&open.process)
}

/// The proposal is over, without an effect or with one that has been written down.
pub(crate) fn close_as(batch: &mut Batch<'_>, number: ProposalNumber, ending: Ending) {
    batch.follow(Event::Closed { proposal: number, ending });
    batch.drop_carried(number);
}

fn conclude(batch: &mut Batch<'_>, number: ProposalNumber, effect: EffectKind) {
    let removed = effects::carry_out(batch, number, effect);
    close_as(batch, number, Ending::Done);
    if let Some(removed) = removed {
        going::pass_seats_on(batch, &removed);
    }
}

fn close(batch: &mut Batch<'_>, number: ProposalNumber) {
    let last = batch.state.proposal(number).and_then(|open| open.last_judged);
    let ending = match last {
        Some(Outcome::Fail) => Ending::Declined,
        Some(Outcome::Undecided) => Ending::Undecided,
        Some(Outcome::Pass | Outcome::Lapsed) | None => Ending::Lapsed,
    };
    effects::forget_candidate(batch, number);
    close_as(batch, number, ending);
}

fn rule_named<'s>(state: &'s State, number: ProposalNumber, id: &Id) -> Option<&'s Rule> {
    let open = state.proposal(number)?;
    process_of(state, open)?.stage(id).map(|stage| &stage.rule)
}

fn due(state: &State, open: &Proposal) -> Option<LogTime> {
    match (&open.stand, rule_of(state, open)) {
        (Stand::Cosign, Some(Rule::Cosign(rule))) => Some(cosign::due(open, rule)),
        (Stand::Jury(jury), Some(Rule::Jury(rule))) => jury::due(state, jury, rule),
        (Stand::Recourse { taken: None } | Stand::Wait, Some(_)) => Some(open.until),
        (
            Stand::Vote(_) | Stand::Consensus(_) | Stand::Objection(_) | Stand::Pledge(_),
            Some(_),
        ) => asking::due(state, open),
        (
            Stand::Cosign
            | Stand::Jury(_)
            | Stand::Recourse { .. }
            | Stand::Wait
            | Stand::Vote(_)
            | Stand::Consensus(_)
            | Stand::Objection(_)
            | Stand::Pledge(_)
            | Stand::Between(_),
            _,
        ) => None,
    }
}
