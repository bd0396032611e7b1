//! Stage `cosign`: others say that exactly this text is ready. A new version starts at zero.
//! Knows nothing of what the text will be used for.

use mic_proof::hash::{Hash, sha256};

use super::{asking, consensus, end, open, process_of, rule_of};
use crate::append::DocumentKind;
use crate::batch::Batch;
use crate::charter::{Cosign, Outcome, Rule, size};
use crate::command::VersionText;
use crate::event::{Actor, Event};
use crate::ids::{LogTime, ProposalNumber, Slot, Span};
use crate::process::proposing;
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::proposal::{Proposal, Stand};
use crate::version;

pub(crate) fn cosign(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    seen: Hash,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    in_cosign(open, batch.now())?;
    may_cosign(&batch.state, open, slot, batch.now())?;
    if open.cosigners.contains(&slot) {
        return Err(Refusal::AlreadyCosigned);
    }
    if open.version != seen {
        return Err(Refusal::OtherVersion { current: open.version });
    }
    let event = Event::Cosigned { proposal: number, step: open.step, version: open.version };
    batch.record(Actor::Member(slot), event);
    pass_if_ready(batch, number);
    Ok(())
}

pub(crate) fn withdraw(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    in_cosign(open, batch.now())?;
    if !open.cosigners.contains(&slot) {
        return Err(Refusal::NotCosigned);
    }
    let event = Event::CosignWithdrawn { proposal: number, step: open.step };
    batch.record(Actor::Member(slot), event);
    Ok(())
}

/// The author edits: a new version with no co-signatures, or a friendly amendment of what is before a consensus.
pub(crate) fn post_version(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    text: &VersionText,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    if open.author != slot {
        return Err(Refusal::NotAuthor);
    }
    if consensus::may_amend(&batch.state, open) {
        asking::still_runs(open, batch.now())?;
    } else {
        in_cosign(open, batch.now())?;
    }
    record_version(batch, slot, number, text)
}

/// Writes a new version down, wherever the rules allowed one.
pub(crate) fn record_version(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    text: &VersionText,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let process = process_of(&batch.state, open).ok_or(Refusal::NoSuchProcess)?;
    let bytes = version::to_bytes(&open.process, process, text)?;
    let hash = sha256(&bytes);
    if hash == open.version {
        return Err(Refusal::SameText);
    }
    proposing::not_turned_down(&batch.state, slot, hash, batch.now())?;
    let checked = proposing::check_again(batch, number, &text.content)?;
    let audience = text.audience;
    let version = batch.document(DocumentKind::Version, Some(number), bytes);
    let subject = version::subject(&text.content);
    let posted = Event::VersionPosted { proposal: number, version, audience, subject };
    batch.record(Actor::Member(slot), posted);
    proposing::carry(batch, number, &text.content, checked);
    Ok(())
}

/// Whether a member may co-sign a proposal at all; whether they did already is another question.
pub fn may_cosign(state: &State, open: &Proposal, slot: Slot, now: LogTime) -> Result<(), Refusal> {
    if open.author == slot {
        return Err(Refusal::AuthorMayNotCosign);
    }
    if !open.on_roll(slot) {
        return Err(Refusal::NotOnRoll);
    }
    let new = Span::days(u64::from(state.charter_of(open).limits.new_days));
    if state.roll.is_new(slot, new, now) {
        let until = state.roll.admitted_at(slot).unwrap_or_default().after(new);
        return Err(Refusal::TooNew { until });
    }
    Ok(())
}

/// How many co-signatures a proposal needs in the stage it stands in.
pub fn needed(state: &State, open: &Proposal) -> Option<u32> {
    let Rule::Cosign(rule) = rule_of(state, open)? else { return None };
    size::for_roll(&rule.needed, open.roll).copied()
}

pub(super) fn pass_if_ready(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let have = open.cosigners.len();
    if needed(&batch.state, open).is_some_and(|needed| have >= needed as usize) {
        end(batch, number, Outcome::Pass);
    }
}

pub(super) fn due(open: &Proposal, rule: &Cosign) -> LogTime {
    next_reminder(open, rule).map_or(open.until, |at| at.min(open.until))
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until <= batch.now() {
        return end(batch, number, Outcome::Lapsed);
    }
    let Some(Rule::Cosign(rule)) = rule_of(&batch.state, open) else { return };
    if next_reminder(open, rule).is_some_and(|at| at <= batch.now()) {
        let (step, nth) = (open.step, open.reminders);
        batch.follow(Event::ReminderCalled { proposal: number, step, nth });
    }
}

fn next_reminder(open: &Proposal, rule: &Cosign) -> Option<LogTime> {
    let nth = usize::try_from(open.reminders).ok()?;
    rule.reminders.get(nth).map(|after| open.entered_at.after(*after))
}

fn in_cosign(open: &Proposal, now: LogTime) -> Result<(), Refusal> {
    match open.stand {
        // At the deadline it is over, also when the clock has not been looked at yet.
        Stand::Cosign if open.until <= now => Err(Refusal::WrongStage),
        Stand::Cosign => Ok(()),
        Stand::Jury(_)
        | Stand::Recourse { .. }
        | Stand::Wait
        | Stand::Vote(_)
        | Stand::Consensus(_)
        | Stand::Objection(_)
        | Stand::Pledge(_)
        | Stand::Between(_) => Err(Refusal::WrongStage),
    }
}
