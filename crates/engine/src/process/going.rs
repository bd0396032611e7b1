//! A member goes: of their own will, erased, or removed by the others. What they hold passes on, what they put forward goes along.
//! Knows nothing of who decides that.

use std::collections::BTreeSet;

use mic_proof::hash::Hash;

use super::proposing;
use crate::append::PersonWrite;
use crate::batch::Batch;
use crate::event::{Actor, ErasureReason, Event};
use crate::ids::{ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::stages::jury;
use crate::state::State;

/// Somebody who was removed, with the seats they held: those pass on when the removal is closed.
pub(crate) struct Removed {
    slot: Slot,
    seats: Vec<ProposalNumber>,
}

pub(super) fn erase(batch: &mut Batch<'_>, slot: Slot) -> Result<(), Refusal> {
    if slot.0 >= batch.state.roll.len() {
        return Err(Refusal::NotMember);
    }
    if batch.state.roll.is_erased(slot) {
        return Err(Refusal::AlreadyGone);
    }
    let unspoken = unspoken_versions(&batch.state, slot);
    let words = batch.state.written.of_alone(slot);
    go(batch, slot, Event::Erased, PersonWrite::Erase { slot });
    for document in unspoken {
        let reason = ErasureReason::MemberErased;
        batch.follow(Event::DocumentErased { document, reason });
        batch.erase_document(document);
    }
    // Reasons and statements go with the member, without an entry each.
    for document in words {
        batch.erase_document(document);
    }
    Ok(())
}

/// A member goes: their seats pass on, and their open proposals go with them.
pub(super) fn go(batch: &mut Batch<'_>, slot: Slot, event: Event, person: PersonWrite) {
    let seats: Vec<ProposalNumber> = batch.state.seats_of(slot).collect();
    let own: Vec<ProposalNumber> = batch.state.open_of(slot).collect();
    batch.record(Actor::Member(slot), event);
    batch.person(person);
    for number in &seats {
        jury::left(batch, slot, *number);
    }
    for number in own {
        proposing::record_withdrawal(batch, slot, number);
    }
    // A jury may now have heard everybody. That comes last: what the member takes along stands directly behind their leaving.
    for number in seats {
        jury::close_if_all_answered(batch, number);
    }
}

/// The group removes a member by a proposal: their own proposals close directly behind it.
pub(crate) fn remove(batch: &mut Batch<'_>, slot: Slot, proposal: ProposalNumber) -> Removed {
    let seats: Vec<ProposalNumber> = batch.state.seats_of(slot).collect();
    let own: Vec<ProposalNumber> = batch.state.open_of(slot).collect();
    batch.follow(Event::Removed { slot, proposal });
    batch.person(PersonWrite::Leave { slot });
    for number in own {
        proposing::drop_as_withdrawn(batch, number);
    }
    Removed { slot, seats }
}

pub(crate) fn pass_seats_on(batch: &mut Batch<'_>, removed: &Removed) {
    for number in &removed.seats {
        jury::left(batch, removed.slot, *number);
    }
    for number in &removed.seats {
        jury::close_if_all_answered(batch, *number);
    }
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
