//! Who may not sit on a jury, and why: a pure function of charter and journal (spec/draw.md).
//! Knows nothing of the draw itself.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use mic_proof::jury::{self, Reason};

use crate::event::DrawCalled;
use crate::ids::{LogTime, Slot, Span};
use crate::stages;
use crate::stages::jury::draw::Lottery;
use crate::state::State;
use crate::state::proposal::Proposal;
use crate::state::roll::Roll;

/// What decides beyond the state: the rests in force and whether earlier jurors of the proposal are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub new: Span,
    pub rest: Span,
    pub fresh: bool,
}

/// When those who only rest are more than one in so many of the roll, nobody is passed over for resting.
const RESTING_SHARE: u64 = 5;

/// The excluded slots of the roll, ascending, each with the first reason that holds.
pub fn list(roll: &Roll, proposal: &Proposal, terms: Terms, now: LogTime) -> Vec<(Slot, Reason)> {
    let mut reasons: BTreeMap<Slot, Reason> = BTreeMap::new();
    let mut exclude = |slots: &mut dyn Iterator<Item = Slot>, reason: Reason| {
        for slot in slots.filter(|slot| proposal.on_roll(*slot)) {
            reasons.entry(slot).or_insert(reason);
        }
    };
    exclude(&mut roll.gone(), Reason::Left);
    exclude(&mut std::iter::once(proposal.author), Reason::Author);
    exclude(&mut proposal.cosigners.iter().copied(), Reason::Cosigner);
    exclude(&mut proposal.member_concerned().into_iter(), Reason::Subject);
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

/// The excluded slots of a draw that has been called. The journal holds only their hash, so they are recomputed from what was
/// true at the call; only when somebody asks, since most calls that are read back from a journal were settled long ago.
#[derive(Debug)]
pub struct Excluded {
    roll: Roll,
    proposal: Arc<Proposal>,
    terms: Terms,
    at: LogTime,
    slots: OnceLock<Vec<Slot>>,
}

impl Excluded {
    /// `proposal` as it stands at the call. Cheap: everything is shared.
    pub(crate) fn at_call(
        state: &State,
        proposal: Arc<Proposal>,
        call: &DrawCalled,
        at: LogTime,
    ) -> Self {
        let rule = stages::rule_of(state, &proposal);
        let fresh = rule.and_then(Lottery::of).is_some_and(|it| it.is_fresh(proposal.roll));
        let terms = Terms { new: call.new, rest: call.rest, fresh };
        // An attempt that was missed is of no interest to the next one.
        let proposal = match proposal.jury() {
            Some(jury) => jury.excluded.proposal.clone(),
            None => proposal,
        };
        Self { roll: state.roll.clone(), proposal, terms, at, slots: OnceLock::new() }
    }

    pub fn contains(&self, slot: Slot) -> bool {
        self.slots().binary_search(&slot).is_ok()
    }

    /// Ascending.
    pub fn slots(&self) -> &[Slot] {
        self.slots.get_or_init(|| {
            let list = list(&self.roll, &self.proposal, self.terms, self.at);
            list.into_iter().map(|(slot, _)| slot).collect()
        })
    }
}

impl PartialEq for Excluded {
    fn eq(&self, other: &Self) -> bool {
        let facts = |it: &Self| (it.terms, it.at);
        facts(self) == facts(other) && self.roll == other.roll && self.proposal == other.proposal
    }
}

impl Eq for Excluded {}
