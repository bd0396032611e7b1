//! Effect `amend`: the proposed charter is in force for everything that is opened from here on.
//! Knows nothing of what it says: it was checked when it was put forward.

use crate::batch::Batch;
use crate::event::{Event, Subject};
use crate::ids::ProposalNumber;

pub(super) fn amend(batch: &mut Batch<'_>, number: ProposalNumber) {
    let subject = batch.state.proposal(number).and_then(|open| open.subject);
    let proposed = batch.carried.charters.get(&number).cloned();
    let (Some(Subject::Charter(hash)), Some(proposed)) = (subject, proposed) else { return };
    batch.state.charters.learn(hash, proposed);
    batch.follow(Event::CharterAmended { proposal: number, charter: hash });
}
