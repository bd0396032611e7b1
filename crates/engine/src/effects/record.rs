//! Effect `record`: the decision is written into the register; nobody is notified. Knows nothing of what was decided.

use crate::batch::Batch;
use crate::event::Event;
use crate::ids::{Number, ProposalNumber};

pub(super) fn record(batch: &mut Batch<'_>, proposal: ProposalNumber) {
    let Some(open) = batch.state.proposal(proposal) else { return };
    let (version, winners) = (open.version, open.winners.clone());
    let number = Number(batch.state.decisions.last().map_or(0, |line| line.number.0) + 1);
    batch.follow(Event::DecisionRecorded { proposal, number, version, winners });
}
