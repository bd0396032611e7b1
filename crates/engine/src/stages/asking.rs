//! What the stages that ask everybody have in common: who may take part, ballots under seal and their opening, reminders.
//! Knows nothing of how anything is counted.

use mic_proof::ballot::{Nonce, commitment_of, cover};
use mic_proof::count::lists::{self, Opened, VOTERS_MAX};
use mic_proof::hash::Hash;

use super::rule_of;
use crate::append::{DocumentKind, SealedBallot};
use crate::batch::Batch;
use crate::charter::Who;
use crate::command::SecretForm;
use crate::event::Event;
use crate::ids::{LogTime, ProposalNumber, Slot, Span, Step};
use crate::refusal::Refusal;
use crate::stages::jury::NONCE_BYTES_MAX;
use crate::state::State;
use crate::state::proposal::{Proposal, Stand};
use crate::version::{self, WordsKind};

/// Whether a member is asked, or why not. Whether the stage still runs is another question.
pub fn may_take_part(state: &State, open: &Proposal, who: Who, slot: Slot) -> Result<(), Refusal> {
    if !open.on_roll(slot) {
        return Err(Refusal::NotOnRoll);
    }
    let new = match who {
        Who::Everyone => Span(0),
        Who::Settled => Span::days(u64::from(state.charter_of(open).limits.new_days)),
    };
    // Whoever was too new when it began stays so: who is asked does not change on the way.
    if state.roll.is_new(slot, new, open.entered_at) {
        let until = state.roll.admitted_at(slot).unwrap_or_default().after(new);
        return Err(Refusal::TooNew { until });
    }
    Ok(())
}

/// At the deadline it is over, also when the clock has not been looked at yet.
pub(super) fn still_runs(open: &Proposal, now: LogTime) -> Result<(), Refusal> {
    if open.until <= now { Err(Refusal::WrongStage) } else { Ok(()) }
}

/// A secret stage holds so many ballots; whoever has one in it may change it.
pub fn room_for(ballots: usize, has_one: bool) -> Result<(), Refusal> {
    let max = usize::try_from(VOTERS_MAX).unwrap_or(usize::MAX);
    if ballots < max || has_one {
        return Ok(());
    }
    Err(Refusal::TooManyVoters { max: u32::try_from(VOTERS_MAX).unwrap_or(u32::MAX) })
}

/// Checks the words that hide a ballot and covers it: what the journal will show, and what will be sealed.
pub(super) fn cover_up(
    batch: &Batch<'_>,
    slot: Slot,
    place: (ProposalNumber, Step),
    draw: &Hash,
    form: &SecretForm,
) -> Result<(Hash, SealedBallot), Refusal> {
    let nonce = Nonce::parse(&form.nonce)
        .map_err(|_| Refusal::NonceInvalid { bytes_max: NONCE_BYTES_MAX })?;
    let (number, step) = place;
    if batch.vault.is_taken(number, step, slot, &form.choice, &form.nonce) {
        return Err(Refusal::NonceTaken);
    }
    let commitment = commitment_of(draw, &form.choice, &nonce);
    let ballot = SealedBallot {
        choice: form.choice.clone(),
        nonce: form.nonce.clone(),
        blind: form.blind,
        reason: String::new(),
        round: 0,
    };
    Ok((cover(&commitment, &form.blind), ballot))
}

/// Opens all ballots of a stage: they lie beside the journal from here on, in an order that tells nothing, and the link to the
/// members is destroyed. Returns what they say and the hash of their index.
pub(super) fn open_all(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    step: Step,
    draw: &Hash,
) -> (Vec<String>, Hash) {
    let opened = |(_, ballot): (Slot, &SealedBallot)| {
        let nonce = Nonce::parse(&ballot.nonce).ok()?;
        Some(Opened { choice: ballot.choice.clone(), nonce })
    };
    let ballots: Vec<Opened> = batch.vault.ballots(number, step).filter_map(opened).collect();
    let choices = ballots.iter().map(|ballot| ballot.choice.clone()).collect();
    let documents = lists::write(draw, ballots);
    for list in documents.lists {
        batch.document(DocumentKind::Ballots, Some(number), list.into_bytes());
    }
    let index = batch.document(DocumentKind::Ballots, Some(number), documents.index.into_bytes());
    batch.clear_ballots(number, step);
    (choices, index)
}

/// Puts a reason that all can read beside the journal.
pub(super) fn reason(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    body: &str,
) -> Result<Hash, Refusal> {
    let bytes = version::words_to_bytes(WordsKind::Reason, body)?;
    Ok(batch.document(DocumentKind::Reason, Some(number), bytes))
}

/// When the stage began for those who are asked: for a drawn assembly when it was seated.
pub(crate) fn began_at(open: &Proposal) -> LogTime {
    let sitting = open.jury().and_then(|jury| jury.sitting.as_ref());
    sitting.map_or(open.entered_at, |sitting| sitting.drawn_at)
}

/// When the stage needs the clock next: at its next reminder or at its end.
pub(super) fn due(state: &State, open: &Proposal) -> Option<LogTime> {
    // A drawn assembly that is not seated yet waits for its draw.
    if open.until == LogTime(0) {
        return None;
    }
    Some(next_reminder(state, open).map_or(open.until, |at| at.min(open.until)))
}

/// Reminds those who have not acted, if it is time.
pub(super) fn remind_if_due(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if next_reminder(&batch.state, open).is_some_and(|at| at <= batch.now()) {
        let (step, nth) = (open.step, open.reminders);
        batch.follow(Event::ReminderCalled { proposal: number, step, nth });
    }
}

/// Whether a member has acted in the stage that asks everybody in which a proposal stands.
pub(crate) fn has_acted(open: &Proposal, slot: Slot) -> bool {
    match &open.stand {
        Stand::Vote(vote) => vote.voted.contains(&slot),
        Stand::Consensus(consensus) => consensus.positions.contains_key(&slot),
        Stand::Objection(objection) => objection.objections.contains_key(&slot),
        Stand::Pledge(pledge) => pledge.standing.contains(&slot),
        Stand::Cosign
        | Stand::Jury(_)
        | Stand::Recourse { .. }
        | Stand::Wait
        | Stand::Between(_) => false,
    }
}

fn next_reminder(state: &State, open: &Proposal) -> Option<LogTime> {
    let nth = usize::try_from(open.reminders).ok()?;
    let after = rule_of(state, open)?.reminders().get(nth)?;
    Some(began_at(open).after(*after))
}
