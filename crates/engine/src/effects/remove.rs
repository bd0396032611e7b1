//! Effect `remove`: the member is one no more. Knows nothing of why.

use crate::batch::Batch;
use crate::ids::ProposalNumber;
use crate::process::going::{self, Removed};

/// Nothing is written when the member has gone meanwhile.
pub(super) fn remove(batch: &mut Batch<'_>, number: ProposalNumber) -> Option<Removed> {
    let slot = batch.state.proposal(number)?.member_concerned()?;
    batch.state.roll.holds(slot).then(|| going::remove(batch, slot, number))
}
