//! What happens at the end of a process, one file for each effect: the group speaks, somebody is admitted, the rules change.
//! Knows nothing of how a broadcast travels.

mod action;
mod admit;
mod amend;
mod broadcast;
mod recall;
mod record;
mod remove;

use crate::batch::Batch;
use crate::charter::EffectKind;
use crate::ids::ProposalNumber;
use crate::process::going::Removed;

pub(crate) use admit::forget_candidate;

/// Writes the effect down. Returns the member who was removed, if one was: their seats pass on behind the proposal's close.
pub(crate) fn carry_out(
    batch: &mut Batch<'_>,
    number: ProposalNumber,
    effect: EffectKind,
) -> Option<Removed> {
    match effect {
        EffectKind::Broadcast => broadcast::order(batch, number),
        EffectKind::Admit => admit::admit(batch, number),
        EffectKind::Remove => return remove::remove(batch, number),
        EffectKind::Recall => recall::recall(batch, number),
        EffectKind::Amend => amend::amend(batch, number),
        EffectKind::Action => action::call(batch, number),
        EffectKind::Record => record::record(batch, number),
    }
    None
}
