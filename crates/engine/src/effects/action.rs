//! Effect `action`: it stands, and everybody is told what, when and where. Knows nothing of who comes.

use crate::batch::Batch;
use crate::event::Event;
use crate::ids::{Number, ProposalNumber};

pub(super) fn call(batch: &mut Batch<'_>, proposal: ProposalNumber) {
    let Some(version) = batch.state.proposal(proposal).map(|open| open.version) else { return };
    let number = Number(batch.state.actions.last().map_or(0, |line| line.number.0) + 1);
    batch.follow(Event::ActionCalled { proposal, number, version });
}
