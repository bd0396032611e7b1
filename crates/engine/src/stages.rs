//! What every kind of stage has in common: entering, ending, its next moment. One file per kind below.
//! Knows nothing of what a kind means.

pub mod cosign;
pub mod jury;
pub mod recourse;
pub mod wait;

use crate::batch::Batch;
use crate::charter::{EffectKind, Id, Next, Outcome, Process, Rule, Stage};
use crate::effects;
use crate::event::{Ending, Event, StageEntered, StageKind};
use crate::ids::{LogTime, ProposalNumber, Step};
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::proposal::{Proposal, Stand};

/// Enters the first stage of a proposal that was just opened.
pub(crate) fn begin(batch: &mut Batch<'_>, number: ProposalNumber) {
    let first = batch
        .state
        .proposal(number)
        .and_then(|open| batch.state.charter.processes.get(&open.process))
        .map(|process| process.first.clone());
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
    let (kind, until) = match &rule {
        Rule::Cosign(rule) => (StageKind::Cosign, now.after(rule.duration)),
        Rule::Jury(_) => (StageKind::Jury, LogTime(0)),
        Rule::Recourse(rule) => (StageKind::Recourse, now.after(rule.duration)),
        Rule::Wait(rule) => (StageKind::Wait, now.after(rule.duration)),
        // No proposal of a kind that could get here can be opened yet.
        Rule::Vote(_) | Rule::Consensus(_) | Rule::Objection(_) | Rule::Pledge(_) => return,
    };
    let entered = StageEntered { proposal: number, step, stage: id.clone(), kind, until };
    batch.follow(Event::StageEntered(entered));
    match &rule {
        Rule::Cosign(_) => cosign::pass_if_ready(batch, number),
        Rule::Jury(rule) => jury::call_draw(batch, number, rule, 0),
        Rule::Recourse(rule) => recourse::end_if_used_up(batch, number, rule),
        Rule::Wait(_)
        | Rule::Vote(_)
        | Rule::Consensus(_)
        | Rule::Objection(_)
        | Rule::Pledge(_) => {}
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

/// The process of a proposal.
pub fn process_of<'s>(state: &'s State, open: &Proposal) -> Option<&'s Process> {
    state.charter.processes.get(&open.process)
}

/// The proposal is over, without an effect or with one that has been written down.
pub(crate) fn close_as(batch: &mut Batch<'_>, number: ProposalNumber, ending: Ending) {
    batch.follow(Event::Closed { proposal: number, ending });
}

fn conclude(batch: &mut Batch<'_>, number: ProposalNumber, effect: EffectKind) {
    effects::carry_out(batch, number, effect);
    close_as(batch, number, Ending::Done);
}

fn close(batch: &mut Batch<'_>, number: ProposalNumber) {
    let last = batch.state.proposal(number).and_then(|open| open.last_jury);
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
            Stand::Cosign
            | Stand::Jury(_)
            | Stand::Recourse { .. }
            | Stand::Wait
            | Stand::Between(_),
            _,
        ) => None,
    }
}
