//! Effect `admit`: the invited person becomes a member. Knows nothing of who that is.

use crate::append::PersonWrite;
use crate::batch::Batch;
use crate::event::Event;
use crate::ids::{ProposalNumber, Slot};

pub(super) fn admit(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(candidate) = batch.carried.candidates.remove(&number) else { return };
    let slot = Slot(batch.state.roll.len());
    batch.follow(Event::Admitted { slot, proposal: number });
    batch.person(PersonWrite::Admit { slot, candidate });
}

/// An invitation came to nothing: the invited person's record is destroyed.
pub(crate) fn forget_candidate(batch: &mut Batch<'_>, number: ProposalNumber) {
    if let Some(candidate) = batch.carried.candidates.remove(&number) {
        batch.person(PersonWrite::Forget { candidate });
    }
}
