//! Who may not sit on a jury, and why: a pure function of charter and journal (spec/draw.md).
//! Knows nothing of the draw itself.

use std::collections::BTreeMap;

use mic_proof::jury::{self, Reason};

use crate::charter::{Jury, Rule, Seats, size};
use crate::event::DrawCalled;
use crate::ids::{LogTime, Slot, Span};
use crate::stages;
use crate::state::State;
use crate::state::proposal::Proposal;

/// What decides beyond the state: the rests in force and whether earlier jurors of the proposal are passed over.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub new: Span,
    pub rest: Span,
    pub fresh: bool,
}

/// When those who only rest are more than one in so many of the roll, nobody is passed over for resting.
const RESTING_SHARE: u64 = 5;

/// The excluded slots of the roll, ascending, each with the first reason that holds.
pub fn list(state: &State, proposal: &Proposal, terms: Terms, now: LogTime) -> Vec<(Slot, Reason)> {
    let mut reasons: BTreeMap<Slot, Reason> = BTreeMap::new();
    let mut exclude = |slots: &mut dyn Iterator<Item = Slot>, reason: Reason| {
        for slot in slots.filter(|slot| proposal.on_roll(*slot)) {
            reasons.entry(slot).or_insert(reason);
        }
    };
    let roll = &state.roll;
    exclude(&mut roll.gone(), Reason::Left);
    exclude(&mut std::iter::once(proposal.author), Reason::Author);
    exclude(&mut proposal.cosigners.iter().copied(), Reason::Cosigner);
    exclude(&mut roll.newcomers(terms.new, now), Reason::TooNew);
    exclude(&mut roll.paused(now), Reason::Paused);
    if terms.fresh {
        exclude(&mut proposal.sat.iter().copied(), Reason::Served);
    }
    let resting: Vec<Slot> = roll
        .resting(terms.rest, now)
        .filter(|slot| proposal.on_roll(*slot) && !reasons.contains_key(slot))
        .collect();
    if resting.len() as u64 * RESTING_SHARE <= u64::from(proposal.roll) {
        reasons.extend(resting.into_iter().map(|slot| (slot, Reason::Served)));
    }
    reasons.into_iter().collect()
}

/// The same list in the form that is hashed.
pub fn text(list: &[(Slot, Reason)]) -> String {
    let list: Vec<(u32, Reason)> = list.iter().map(|(slot, reason)| (slot.0, *reason)).collect();
    jury::exclusions_text(&list)
}

/// The excluded slots for a draw that has been called: recomputed, since the journal holds only their hash.
pub(crate) fn slots(state: &State, call: &DrawCalled, now: LogTime) -> Vec<Slot> {
    let Some(proposal) = state.proposal(call.proposal) else { return Vec::new() };
    let fresh = match stages::rule_of(state, proposal) {
        Some(Rule::Jury(jury)) => is_fresh(jury, proposal.roll),
        Some(Rule::Cosign(_) | Rule::Recourse(_) | Rule::Wait(_)) | None => false,
    };
    let terms = Terms { new: call.new, rest: call.rest, fresh };
    list(state, proposal, terms, now).into_iter().map(|(slot, _)| slot).collect()
}

/// Whether earlier jurors of the proposal are passed over. Where everybody judges, everybody does.
pub(crate) fn is_fresh(jury: &Jury, roll: u32) -> bool {
    jury.fresh && size::for_roll(&jury.sizes, roll) != Some(&Seats::Everyone)
}
