//! Passing seats on: the next in the drawn order sits down. Nobody chooses, nothing is drawn again.
//! Knows nothing of ballots.

use crate::batch::Batch;
use crate::event::{Event, SeatsCalled, SeatsReason};
use crate::ids::{ProposalNumber, Slot};
use crate::order;
use crate::state::State;
use crate::state::jury::{JuryState, Sitting};

/// The seat of somebody who is gone passes on; where nobody is left in the order, it stays empty.
pub(super) fn pass_on(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    released: Slot,
    reason: SeatsReason,
) {
    let Some(seated) = next(batch, number, 1) else { return };
    if !seated.is_empty() {
        call(batch, number, seated, vec![released], reason);
    }
}

/// The seats of the silent pass on; where nobody is left in the order, the silent keep them.
pub(super) fn pass_on_as_far_as_possible(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    silent: &[Slot],
) {
    let Some(seated) = next(batch, number, silent.len()) else { return };
    if seated.is_empty() {
        return;
    }
    let released = silent.iter().copied().take(seated.len()).collect();
    call(batch, number, seated, released, SeatsReason::Silence);
}

/// The next slots of the drawn order, at most `count`.
pub(super) fn next(batch: &Batch<'_>, number: ProposalNumber, count: usize) -> Option<Vec<Slot>> {
    let jury = batch.state.proposal(number)?.jury()?;
    let sitting = jury.sitting.as_ref()?;
    let count = u32::try_from(count).ok()?;
    Some(order::next_slots(jury, &sitting.randomness, &batch.state.roll, sitting.cursor, count))
}

/// Whether the drawn order still has somebody.
pub(super) fn anybody_left(state: &State, jury: &JuryState, sitting: &Sitting) -> bool {
    order::anybody_left(jury, sitting, &state.roll)
}

fn call(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    seated: Vec<Slot>,
    released: Vec<Slot>,
    reason: SeatsReason,
) {
    let Some(open) = batch.state.proposal(number) else { return };
    let step = open.step;
    batch.follow(Event::SeatsCalled(SeatsCalled {
        proposal: number,
        step,
        seated,
        released,
        reason,
    }));
}
