//! Putting something forward: opening, what a text may be about, taking it back, and what the member of a removal says to it.
//! Knows nothing of what happens in stages.

use std::sync::Arc;

use mic_proof::hash::Hash;

use crate::append::DocumentKind;
use crate::batch::Batch;
use crate::charter::{Charter, Id, ProposalKind, parse};
use crate::command::{Content, VersionText};
use crate::effects;
use crate::event::{Actor, Ending, Event, Opened};
use crate::ids::{LogTime, ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::stages;
use crate::state::State;
use crate::version::{self, WordsKind};

pub(super) fn open(
    batch: &mut Batch<'_>,
    slot: Slot,
    process_id: &Id,
    text: &VersionText,
) -> Result<(), Refusal> {
    let charter = batch.state.charter.clone();
    let process = charter.processes.get(process_id).ok_or(Refusal::NoSuchProcess)?;
    let invites = process.kind == ProposalKind::Admission;
    let max = if invites {
        charter.limits.open_invitations_per_member
    } else {
        charter.limits.open_proposals_per_member
    };
    if open_of(&batch.state, slot, invites) >= max as usize {
        return Err(Refusal::TooManyOpen { max });
    }
    let bytes = version::to_bytes(process_id, process, text)?;
    not_turned_down(&batch.state, slot, mic_proof::hash::sha256(&bytes), batch.now())?;
    let checked = check(batch, slot, &text.content)?;
    let number = batch.state.next_proposal;
    let version = batch.document(DocumentKind::Version, Some(number), bytes);
    carry(batch, number, &text.content, checked);
    let opened = Opened {
        proposal: number,
        process: process_id.clone(),
        version,
        audience: text.audience,
        charter: batch.state.charter_hash,
        subject: version::subject(&text.content),
        roll: batch.state.roll.len(),
    };
    batch.record(Actor::Member(slot), Event::Opened(opened));
    stages::begin(batch, number);
    Ok(())
}

/// The author takes it back.
pub(super) fn withdraw(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
) -> Result<(), Refusal> {
    let open = stages::open(&batch.state, number)?;
    if open.author != slot {
        return Err(Refusal::NotAuthor);
    }
    record_withdrawal(batch, slot, number);
    Ok(())
}

pub(super) fn record_withdrawal(batch: &mut Batch<'_>, slot: Slot, number: ProposalNumber) {
    batch.record(Actor::Member(slot), Event::Withdrawn { proposal: number });
    drop_as_withdrawn(batch, number);
}

/// It is over as withdrawn, whoever took it back.
pub(super) fn drop_as_withdrawn(batch: &mut Batch<'_>, number: ProposalNumber) {
    if let Some(step) = batch.state.proposal(number).map(|open| open.step) {
        batch.clear_ballots(number, step);
    }
    effects::forget_candidate(batch, number);
    stages::close_as(batch, number, Ending::Withdrawn);
}

/// The member whom a proposal would remove is heard: what they say travels with it.
pub(super) fn state(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    body: &str,
) -> Result<(), Refusal> {
    let open = stages::open(&batch.state, number)?;
    if open.member_concerned() != Some(slot) {
        return Err(Refusal::NotConcerned);
    }
    let bytes = version::words_to_bytes(WordsKind::Statement, body)?;
    let document = batch.document(DocumentKind::Statement, Some(number), bytes);
    batch.record(Actor::Member(slot), Event::StatementMade { proposal: number, document });
    Ok(())
}

/// What was declined, or withdrawn after lots were called for, is not put forward again at once by the same member: otherwise the
/// same text could be drawn for again and again until a friendly jury comes.
pub(crate) fn not_turned_down(
    state: &State,
    slot: Slot,
    version: Hash,
    now: LogTime,
) -> Result<(), Refusal> {
    match state.turned_down.until(slot, version, now) {
        Some(until) => Err(Refusal::TurnedDown { until }),
        None => Ok(()),
    }
}

/// Whether a new version may say this, which is about the same as the one before. Returns the charter it proposes, if it does.
pub(crate) fn check_again(
    batch: &Batch<'_>,
    number: ProposalNumber,
    content: &Content,
) -> Result<Option<Arc<Charter>>, Refusal> {
    let open = stages::open(&batch.state, number)?;
    match content {
        Content::Removal { .. } | Content::Recall { .. } => {
            let same = version::subject(content) == open.subject;
            if same { Ok(None) } else { Err(Refusal::SubjectFixed) }
        }
        // An invitation is for one person: who vouches for it must not find somebody else admitted.
        Content::Admission { candidate } => {
            let same = batch.carried.candidates.get(&number) == Some(candidate);
            if same { Ok(None) } else { Err(Refusal::SubjectFixed) }
        }
        Content::Amendment { charter } => proposed(charter).map(Some),
        Content::Message | Content::Decision { .. } | Content::Action { .. } => Ok(None),
    }
}

/// Remembers of a version what its effect will need and its entry does not say.
pub(crate) fn carry(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    content: &Content,
    proposed: Option<Arc<Charter>>,
) {
    match content {
        Content::Admission { candidate } => {
            batch.carried.candidates.insert(number, *candidate);
        }
        Content::Recall { erase: true, .. } => {
            batch.carried.erasing.insert(number);
        }
        Content::Recall { erase: false, .. } => {
            batch.carried.erasing.remove(&number);
        }
        Content::Amendment { charter } => {
            let text = charter.clone().into_bytes();
            batch.document(DocumentKind::Charter, Some(number), text);
            if let Some(proposed) = proposed {
                batch.carried.charters.insert(number, proposed);
            }
        }
        Content::Message
        | Content::Removal { .. }
        | Content::Decision { .. }
        | Content::Action { .. } => {}
    }
}

fn check(
    batch: &Batch<'_>,
    author: Slot,
    content: &Content,
) -> Result<Option<Arc<Charter>>, Refusal> {
    let state = &batch.state;
    match content {
        Content::Admission { candidate } => {
            let known = batch.carried.candidates.values().any(|known| known == candidate);
            if known { Err(Refusal::AlreadyInvited) } else { Ok(None) }
        }
        Content::Removal { member } if !state.roll.holds(*member) => Err(Refusal::NoSuchMember),
        Content::Removal { member } if *member == author => Err(Refusal::NotYourself),
        Content::Recall { number, .. } => {
            let line = state.broadcast(*number).ok_or(Refusal::NoSuchBroadcast)?;
            if line.recalled_by.is_some() { Err(Refusal::AlreadyRecalled) } else { Ok(None) }
        }
        Content::Amendment { charter } => proposed(charter).map(Some),
        Content::Message
        | Content::Removal { .. }
        | Content::Decision { .. }
        | Content::Action { .. } => Ok(None),
    }
}

fn proposed(text: &str) -> Result<Arc<Charter>, Refusal> {
    let charter = parse::parse_for_group(text);
    charter.map(Arc::new).map_err(|complaints| Refusal::CharterRefused { complaints })
}

/// How many invitations, or proposals of all other kinds, a member has open.
fn open_of(state: &State, slot: Slot, invites: bool) -> usize {
    state
        .open_of(slot)
        .filter_map(|number| state.proposal(number))
        .filter(|open| (open.kind == ProposalKind::Admission) == invites)
        .count()
}
