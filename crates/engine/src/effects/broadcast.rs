//! Effect `broadcast`: everybody whom the audience names gets the text. Knows nothing of how it travels.

use mic_proof::hash::Hash;

use crate::batch::Batch;
use crate::event::{BroadcastOrdered, Event};
use crate::ids::{Number, ProposalNumber};

pub(super) fn order(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    let (version, audience) = (open.version, open.audience);
    let last = batch.state.broadcasts.last();
    let previous = last.map_or(Hash::ZERO, |line| line.leaf);
    let next = Number(last.map_or(0, |line| line.number.0) + 1);
    let ordered = BroadcastOrdered { proposal: number, number: next, previous, version, audience };
    batch.follow(Event::BroadcastOrdered(ordered));
}
