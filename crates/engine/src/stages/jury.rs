//! Stage `jury`: a few members drawn by lot decide. This file is what a juror and the clock can do; the draw, the passing on of
//! seats and the close have a file each. Knows nothing of the text it is about.

mod close;
pub mod draw;
mod seats;

use mic_proof::ballot::{Choice, Nonce, commitment, cover};

use super::{open, rule_of};
use crate::append::SealedBallot;
use crate::batch::Batch;
use crate::charter::{Jury, Rule};
use crate::command::BallotForm;
use crate::event::{Actor, Event, SeatsReason};
use crate::ids::{LogTime, ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::jury::{JuryState, Sitting};
use crate::state::proposal::{Proposal, Stand};

pub(crate) use close::close_if_all_answered;
pub(super) use draw::call as call_draw;

/// Longest words that hide a ballot, in bytes.
pub const NONCE_BYTES_MAX: u32 = 64;
/// Longest reason to the author, in characters.
pub const REASON_CHARS_MAX: u32 = 1_000;

/// A juror answers, or answers again: the last one before the close counts.
pub(crate) fn cast(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    form: &BallotForm,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (jury, sitting) = seat(open, slot)?;
    if jury.inputs_hash != form.draw {
        return Err(Refusal::OtherDraw);
    }
    if sitting.until <= batch.now() {
        return Err(Refusal::JuryClosed);
    }
    let nonce = Nonce::parse(&form.nonce)
        .map_err(|_| Refusal::NonceInvalid { bytes_max: NONCE_BYTES_MAX })?;
    if form.reason.chars().count() > REASON_CHARS_MAX as usize {
        return Err(Refusal::ReasonTooLong { chars_max: REASON_CHARS_MAX });
    }
    let (step, draw, round) = (open.step, jury.inputs_hash, sitting.round);
    let choice = if form.yes { Choice::Yes } else { Choice::No };
    let commit = commitment(&draw, choice, &nonce);
    if batch.vault.is_taken(number, step, slot, choice.word(), &form.nonce) {
        return Err(Refusal::NonceTaken);
    }
    let ballot = SealedBallot {
        choice: choice.word().to_owned(),
        nonce: form.nonce.clone(),
        blind: form.blind,
        reason: form.reason.trim().to_owned(),
        round,
    };
    let event = Event::BallotCast {
        proposal: number,
        step,
        cover: cover(&commit, &form.blind),
        nonce_from: form.nonce_from,
    };
    batch.record(Actor::Member(slot), event);
    batch.seal(number, step, slot, ballot);
    close_if_all_answered(batch, number);
    Ok(())
}

/// A juror steps aside; the seat passes on at once.
pub(crate) fn aside(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (_, sitting) = seat(open, slot)?;
    if sitting.until <= batch.now() {
        return Err(Refusal::JuryClosed);
    }
    let step = open.step;
    batch.record(Actor::Member(slot), Event::JurorAside { proposal: number, step });
    batch.drop_ballot(number, step, slot);
    seats::pass_on(batch, number, slot, SeatsReason::Aside);
    close_if_all_answered(batch, number);
    Ok(())
}

/// A member left the group, and with them their seat on this jury: it passes on. Those of an assembly that votes do not.
pub(crate) fn left(batch: &mut Batch<'_>, slot: Slot, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if judging(open).is_none() {
        return;
    }
    let step = open.step;
    batch.drop_ballot(number, step, slot);
    seats::pass_on(batch, number, slot, SeatsReason::Left);
}

pub(super) fn due(state: &State, jury: &JuryState, rule: &Jury) -> Option<LogTime> {
    let sitting = jury.sitting.as_ref()?;
    if sitting.closed {
        return None;
    }
    let mut due = sitting.until;
    let more = seats::anybody_left(state, jury, sitting);
    for seat in sitting.silent() {
        if more {
            due = due.min(seat.called_at.after(rule.answer));
        }
        if let Some(at) = next_reminder(seat.called_at, sitting, rule) {
            due = due.min(at);
        }
    }
    Some(due)
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let Some(jury) = judging(open) else { return };
    let Some(sitting) = jury.sitting.as_ref() else { return };
    let Some(Rule::Jury(rule)) = rule_of(&batch.state, open).cloned() else { return };
    let now = batch.now();
    if sitting.until <= now {
        return close::close_round(batch, number);
    }
    let silent: Vec<Slot> = sitting
        .silent()
        .filter(|seat| seat.called_at.after(rule.answer) <= now)
        .map(|seat| seat.slot)
        .collect();
    if !reminders_due(open, &rule, now).is_empty() {
        let (step, nth) = (open.step, open.reminders);
        batch.follow(Event::ReminderCalled { proposal: number, step, nth });
    }
    if !silent.is_empty() {
        seats::pass_on_as_far_as_possible(batch, number, &silent);
    }
}

/// Whether a slot holds a seat, or why it does not.
pub fn seat(open: &Proposal, slot: Slot) -> Result<(&JuryState, &Sitting), Refusal> {
    // Before any jury sat there is nothing that could be closed.
    let none = match open.stand {
        Stand::Vote(_) => Refusal::WrongStage,
        _ if open.drawn => Refusal::JuryClosed,
        _ => Refusal::WrongStage,
    };
    let jury = judging(open).ok_or(none)?;
    let sitting = jury.sitting.as_ref().ok_or(Refusal::NoSeat)?;
    if sitting.closed {
        return Err(Refusal::JuryClosed);
    }
    if sitting.holds(slot) {
        return Ok((jury, sitting));
    }
    if sitting.finished.iter().any(|seat| seat.slot == slot) {
        return Err(Refusal::JuryClosed);
    }
    if open.sat.contains(&slot) { Err(Refusal::SeatPassedOn) } else { Err(Refusal::NoSeat) }
}

/// The jury that a proposal stands before; not an assembly that votes.
fn judging(open: &Proposal) -> Option<&JuryState> {
    match &open.stand {
        Stand::Jury(jury) => Some(jury),
        Stand::Cosign
        | Stand::Recourse { .. }
        | Stand::Wait
        | Stand::Vote(_)
        | Stand::Consensus(_)
        | Stand::Objection(_)
        | Stand::Pledge(_)
        | Stand::Between(_) => None,
    }
}

/// Who is reminded by a reminder at `at`: the silent whose next one is due.
pub(crate) fn reminders_due(open: &Proposal, rule: &Jury, at: LogTime) -> Vec<Slot> {
    let Some(sitting) = judging(open).and_then(|jury| jury.sitting.as_ref()) else {
        return Vec::new();
    };
    sitting
        .silent()
        .filter(|seat| next_reminder(seat.called_at, sitting, rule).is_some_and(|due| due <= at))
        .map(|seat| seat.slot)
        .collect()
}

fn next_reminder(called_at: LogTime, sitting: &Sitting, rule: &Jury) -> Option<LogTime> {
    rule.reminders.iter().map(|after| called_at.after(*after)).find(|at| *at > sitting.reminded_at)
}
