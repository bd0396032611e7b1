//! Stage `wait`: nothing happens until its time is over.
//! Knows nothing of what comes after.

use super::end;
use crate::batch::Batch;
use crate::charter::Outcome;
use crate::ids::ProposalNumber;

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until <= batch.now() {
        end(batch, number, Outcome::Pass);
    }
}
