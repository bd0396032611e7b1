//! Stage `recourse`: after a no, the author may revise once, ask a fresh jury once, or leave it.
//! Knows nothing of who said no and why.

use super::{cosign, end, enter, open, rule_of};
use crate::batch::Batch;
use crate::charter::{Id, Outcome, Recourse, Rule};
use crate::command::VersionText;
use crate::event::{Actor, Event, RecourseChoice};
use crate::ids::{ProposalNumber, Slot, Step};
use crate::refusal::Refusal;
use crate::state::proposal::{Proposal, Stand};

pub(crate) fn take(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    choice: RecourseChoice,
    text: Option<&VersionText>,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    if open.author != slot {
        return Err(Refusal::NotAuthor);
    }
    let Stand::Recourse { taken: None } = open.stand else { return Err(Refusal::WrongStage) };
    if open.until <= batch.now() {
        return Err(Refusal::WrongStage);
    }
    let Some(Rule::Recourse(rule)) = rule_of(&batch.state, open) else {
        return Err(Refusal::WrongStage);
    };
    let step = open.step;
    let taken = Event::RecourseTaken { proposal: number, step, choice };
    match choice {
        RecourseChoice::Accept => {
            batch.record(Actor::Member(slot), taken);
            end(batch, number, Outcome::Lapsed);
        }
        RecourseChoice::Revise => {
            let target = revision(open, rule)?;
            let text = text.ok_or(Refusal::TextEmpty)?;
            batch.record(Actor::Member(slot), taken);
            cosign::record_version(batch, slot, number, text)?;
            enter(batch, number, &target, Step(step.0 + 1));
        }
        RecourseChoice::Appeal => {
            let target = appeal(open, rule)?;
            batch.record(Actor::Member(slot), taken);
            enter(batch, number, &target, Step(step.0 + 1));
        }
    }
    Ok(())
}

/// Where a revision leads, if the author still has one.
pub fn revision(open: &Proposal, rule: &Recourse) -> Result<Id, Refusal> {
    if open.revised {
        return Err(Refusal::RevisionUsed);
    }
    rule.revise.clone().ok_or(Refusal::NotOffered)
}

/// Where an appeal leads, if the author still has one.
pub fn appeal(open: &Proposal, rule: &Recourse) -> Result<Id, Refusal> {
    if open.appealed {
        return Err(Refusal::AppealUsed);
    }
    rule.appeal.clone().ok_or(Refusal::NotOffered)
}

pub(super) fn end_if_used_up(batch: &mut Batch<'_>, number: ProposalNumber, rule: &Recourse) {
    let Some(open) = batch.state.proposal(number) else { return };
    if revision(open, rule).is_err() && appeal(open, rule).is_err() {
        end(batch, number, Outcome::Lapsed);
    }
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until <= batch.now() {
        end(batch, number, Outcome::Lapsed);
    }
}
