//! Effect `recall`: a broadcast is marked as recalled, its text destroyed if that was asked for, and the correction goes the same ways.
//! Knows nothing of what was wrong with it.

use super::broadcast;
use crate::batch::Batch;
use crate::event::{ErasureReason, Event};
use crate::ids::{Number, ProposalNumber};
use crate::state::proposal::Proposal;

pub(super) fn recall(batch: &mut Batch<'_>, number: ProposalNumber) {
    let open = batch.state.proposal(number);
    let recalled = open.and_then(Proposal::subject_number).map(Number);
    let line = recalled.and_then(|recalled| batch.state.broadcast(recalled)).copied();
    // Another recall may have been faster: then only the correction goes out.
    if let Some(line) = line.filter(|line| line.recalled_by.is_none()) {
        batch.follow(Event::BroadcastRecalled { proposal: number, number: line.number });
        if batch.carried.erasing.contains(&number) {
            let (document, reason) = (line.version, ErasureReason::Recalled);
            batch.follow(Event::DocumentErased { document, reason });
            batch.erase_document(document);
        }
    }
    broadcast::order(batch, number);
}
