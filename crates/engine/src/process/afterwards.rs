//! What members say after an action: whether they did what they had pledged. Knows nothing of proposals on their way.

use crate::batch::Batch;
use crate::event::{Actor, Event};
use crate::ids::{Number, Slot, Span};
use crate::refusal::Refusal;

/// So long after an action was called its members say whether they did it.
pub const DEED_DAYS_MAX: u32 = 90;

/// A member says whether they did it; the last word counts.
pub(super) fn report(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: Number,
    done: bool,
) -> Result<(), Refusal> {
    let action = batch.state.action(number).ok_or(Refusal::NoSuchAction)?;
    let asked = match &action.pledged {
        Some(pledged) => pledged.contains(&slot),
        // Where nobody was asked to pledge, everybody who could have had a say may answer.
        None => slot.0 < action.roll,
    };
    if !asked {
        return Err(Refusal::NotPledged);
    }
    if action.called_at.after(Span::days(DEED_DAYS_MAX.into())) <= batch.now() {
        return Err(Refusal::DeedTooLate { days_max: DEED_DAYS_MAX });
    }
    batch.record(Actor::Member(slot), Event::DeedReported { action: number, done });
    Ok(())
}
