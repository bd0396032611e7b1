//! What happens at the end of a process: the group speaks, somebody is admitted, a decision is written down.
//! Knows nothing of how a broadcast travels.

use mic_proof::hash::Hash;

use crate::append::PersonWrite;
use crate::batch::Batch;
use crate::charter::EffectKind;
use crate::event::{BroadcastOrdered, Event};
use crate::ids::{Number, ProposalNumber, Slot};

pub(crate) fn carry_out(batch: &mut Batch<'_>, number: ProposalNumber, effect: EffectKind) {
    match effect {
        EffectKind::Broadcast => broadcast(batch, number),
        EffectKind::Admit => admit(batch, number),
        EffectKind::Record => record(batch, number),
        // No proposal of their kinds can be opened yet.
        EffectKind::Remove | EffectKind::Recall | EffectKind::Amend | EffectKind::Action => {}
    }
}

/// An invitation came to nothing: the invited person's record is destroyed.
pub(crate) fn forget_candidate(batch: &mut Batch<'_>, number: ProposalNumber) {
    if let Some(candidate) = batch.candidates.remove(&number) {
        batch.person(PersonWrite::Forget { candidate });
    }
}

fn broadcast(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let (version, audience) = (open.version, open.audience);
    let last = batch.state.broadcasts.last();
    let previous = last.map_or(Hash::ZERO, |line| line.leaf);
    let next = Number(last.map_or(0, |line| line.number.0) + 1);
    let ordered = BroadcastOrdered { proposal: number, number: next, previous, version, audience };
    batch.follow(Event::BroadcastOrdered(ordered));
}

fn admit(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(candidate) = batch.candidates.remove(&number) else { return };
    let slot = Slot(batch.state.roll.len());
    batch.follow(Event::Admitted { slot, proposal: number });
    batch.person(PersonWrite::Admit { slot, candidate });
}

fn record(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let version = open.version;
    let next = Number(batch.state.decisions + 1);
    batch.follow(Event::DecisionRecorded { proposal: number, number: next, version });
}
