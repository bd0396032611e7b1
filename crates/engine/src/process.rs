//! The heart: a command either becomes events or is refused. Everything a group does passes here; there is no other way in.
//! Knows nothing of who is signed in, of stores and of words. Read after `node.rs`.

use std::collections::BTreeSet;

use mic_proof::hash::Hash;

use crate::append::{DocumentKind, PersonWrite};
use crate::batch::Batch;
use crate::charter::{Id, ProposalKind};
use crate::command::{Command, MemberAct, VersionText};
use crate::effects;
use crate::event::{Actor, Ending, ErasureReason, Event, Opened};
use crate::ids::{CLOCK_TIME_MAX, LogTime, ProposalNumber, Slot, Span};
use crate::refusal::Refusal;
use crate::stages::{self, cosign, jury, recourse};
use crate::state::State;
use crate::state::roll::{PAUSE_DAYS_MAX, REST_DAYS_MAX};
use crate::version;

pub use crate::evolve::evolve;

/// How many proposals one tick looks at: the rest wait for the next tick, which follows at once.
pub const TICK_PROPOSALS_MAX: usize = 64;

/// Decides a command on top of a batch. Refused: the batch is as before.
pub fn decide(batch: &mut Batch<'_>, command: &Command) -> Result<(), Refusal> {
    if batch.now() > CLOCK_TIME_MAX {
        return Err(Refusal::ClockBroken);
    }
    let mark = batch.mark();
    let decided = match command {
        Command::Member { slot, act } => member(batch, *slot, act),
        Command::Tick => {
            tick(batch);
            Ok(())
        }
        Command::Beacon { round, signature } => jury::draw::beacon(batch, *round, signature),
    };
    if decided.is_err() {
        batch.rewind(mark);
    }
    decided
}

fn member(batch: &mut Batch<'_>, slot: Slot, act: &MemberAct) -> Result<(), Refusal> {
    // Erasing is the one act that remains to somebody who has left.
    if *act == MemberAct::Erase {
        return erase(batch, slot);
    }
    if !batch.state.roll.holds(slot) {
        return Err(Refusal::NotMember);
    }
    match act {
        MemberAct::Open { process, text } => open(batch, slot, process, text),
        MemberAct::PostVersion { proposal, text } => {
            cosign::post_version(batch, slot, *proposal, text)
        }
        MemberAct::Cosign { proposal, version } => cosign::cosign(batch, slot, *proposal, *version),
        MemberAct::WithdrawCosign { proposal } => cosign::withdraw(batch, slot, *proposal),
        MemberAct::Withdraw { proposal } => withdraw(batch, slot, *proposal),
        MemberAct::Recourse { proposal, choice, text } => {
            recourse::take(batch, slot, *proposal, *choice, text.as_ref())
        }
        MemberAct::Cast { proposal, ballot } => jury::cast(batch, slot, *proposal, ballot),
        MemberAct::Aside { proposal } => jury::aside(batch, slot, *proposal),
        MemberAct::Leave => {
            go(batch, slot, Event::Left, PersonWrite::Leave { slot });
            Ok(())
        }
        MemberAct::Erase => erase(batch, slot),
        MemberAct::Pause { until } => pause(batch, slot, *until),
        MemberAct::Resume => {
            let now = batch.now();
            batch.state.roll.paused_until(slot, now).ok_or(Refusal::NotPaused)?;
            batch.record(Actor::Member(slot), Event::Resumed);
            Ok(())
        }
        MemberAct::Rest { days } => {
            if *days > REST_DAYS_MAX {
                return Err(Refusal::RestOutOfRange { days_max: REST_DAYS_MAX });
            }
            batch.record(Actor::Member(slot), Event::Rested { days: *days });
            Ok(())
        }
    }
}

fn open(
    batch: &mut Batch<'_>,
    slot: Slot,
    process_id: &Id,
    text: &VersionText,
) -> Result<(), Refusal> {
    let charter = batch.state.charter.clone();
    let process = charter.processes.get(process_id).ok_or(Refusal::NoSuchProcess)?;
    let limits = charter.limits;
    let max = match process.kind {
        ProposalKind::Message
        | ProposalKind::Removal
        | ProposalKind::Recall
        | ProposalKind::Amendment
        | ProposalKind::Decision
        | ProposalKind::Action => limits.open_proposals_per_member,
        ProposalKind::Admission => limits.open_invitations_per_member,
    };
    if open_of(&batch.state, slot, process.kind) >= max as usize {
        return Err(Refusal::TooManyOpen { max });
    }
    let bytes = version::to_bytes(process_id, process, text)?;
    let number = batch.state.next_proposal;
    let version = batch.document(DocumentKind::Version, Some(number), bytes);
    if let Some(candidate) = text.candidate {
        batch.candidates.insert(number, candidate);
    }
    let opened = Opened {
        proposal: number,
        process: process_id.clone(),
        version,
        audience: text.audience,
        charter: batch.state.charter_hash,
        roll: batch.state.roll.len(),
    };
    batch.record(Actor::Member(slot), Event::Opened(opened));
    stages::begin(batch, number);
    Ok(())
}

/// How many proposals of a kind a member has open.
fn open_of(state: &State, slot: Slot, kind: ProposalKind) -> usize {
    state
        .open_of(slot)
        .filter_map(|number| state.proposal(number))
        .filter(|open| stages::process_of(state, open).is_some_and(|process| process.kind == kind))
        .count()
}

fn withdraw(batch: &mut Batch<'_>, slot: Slot, number: ProposalNumber) -> Result<(), Refusal> {
    let open = stages::open(&batch.state, number)?;
    if open.author != slot {
        return Err(Refusal::NotAuthor);
    }
    record_withdrawal(batch, slot, number);
    Ok(())
}

fn record_withdrawal(batch: &mut Batch<'_>, slot: Slot, number: ProposalNumber) {
    let step = batch.state.proposal(number).map(|open| open.step);
    batch.record(Actor::Member(slot), Event::Withdrawn { proposal: number });
    if let Some(step) = step {
        batch.clear_ballots(number, step);
    }
    effects::forget_candidate(batch, number);
    stages::close_as(batch, number, Ending::Withdrawn);
}

fn pause(batch: &mut Batch<'_>, slot: Slot, until: LogTime) -> Result<(), Refusal> {
    let longest = batch.now().after(Span::days(u64::from(PAUSE_DAYS_MAX)));
    if until <= batch.now() || until > longest {
        return Err(Refusal::PauseOutOfRange { days_max: PAUSE_DAYS_MAX });
    }
    batch.record(Actor::Member(slot), Event::Paused { until });
    Ok(())
}

fn erase(batch: &mut Batch<'_>, slot: Slot) -> Result<(), Refusal> {
    if slot.0 >= batch.state.roll.len() {
        return Err(Refusal::NotMember);
    }
    if batch.state.roll.is_erased(slot) {
        return Err(Refusal::AlreadyGone);
    }
    let unspoken = unspoken_versions(&batch.state, slot);
    go(batch, slot, Event::Erased, PersonWrite::Erase { slot });
    for document in unspoken {
        let reason = ErasureReason::MemberErased;
        batch.follow(Event::DocumentErased { document, reason });
        batch.erase_document(document);
    }
    Ok(())
}

/// Versions of a member's proposals that did not become a broadcast or a decision, ascending. Two members may have written the
/// same text, which then is one document: what is somebody else's too, or was spoken, stays.
fn unspoken_versions(state: &State, slot: Slot) -> Vec<Hash> {
    let mut own = BTreeSet::new();
    let mut others = BTreeSet::new();
    for open in state.open.values() {
        let kept = if open.author == slot { &mut own } else { &mut others };
        kept.extend(open.versions.iter().map(|version| version.hash));
    }
    for closed in state.closed.values() {
        let kept = if closed.author == slot { &mut own } else { &mut others };
        kept.extend(closed.versions.iter().copied());
        if closed.spoken {
            others.insert(closed.version);
        }
    }
    own.difference(&others).copied().collect()
}

/// A member goes: their seats pass on, and their open proposals go with them.
fn go(batch: &mut Batch<'_>, slot: Slot, event: Event, person: PersonWrite) {
    let seats: Vec<ProposalNumber> = batch.state.seats_of(slot).collect();
    let own: Vec<ProposalNumber> = batch.state.open_of(slot).collect();
    batch.record(Actor::Member(slot), event);
    batch.person(person);
    for number in &seats {
        jury::left(batch, slot, *number);
    }
    for number in own {
        record_withdrawal(batch, slot, number);
    }
    // A jury may now have heard everybody. That comes last: what the member takes along stands directly behind their leaving.
    for number in seats {
        jury::close_if_all_answered(batch, number);
    }
}

/// The time has come for something.
fn tick(batch: &mut Batch<'_>) {
    let now = batch.now();
    let due: Vec<ProposalNumber> = batch
        .state
        .timers
        .iter()
        .take_while(|(at, _)| *at <= now)
        .take(TICK_PROPOSALS_MAX)
        .map(|(_, number)| *number)
        .collect();
    for number in due {
        stages::on_time(batch, number);
    }
}
