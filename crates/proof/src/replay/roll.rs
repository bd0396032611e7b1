//! Who is on the roll, and who may not be drawn (`spec/draw.md`, Exclusions).
//!
//! Kept so that a draw looks only at those who may be excluded, not at the whole roll. Knows
//! nothing of proposals.

use std::collections::{BTreeMap, BTreeSet};

use crate::jury::{Reason, rest_counts};

/// Milliseconds in a day.
pub(crate) const DAY_MS: u64 = 86_400_000;

/// Everybody who was ever given a slot.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    size: u32,
    gone: BTreeSet<u32>,
    erased: BTreeSet<u32>,
    /// when, and by slot; in the order of the journal, so times never fall
    admitted: Vec<(u64, u32)>,
    admitted_at: BTreeMap<u32, u64>,
    paused_until: BTreeMap<u32, u64>,
    own_rest_ms: BTreeMap<u32, u64>,
    served_at: BTreeMap<u32, u64>,
    /// the same, by time
    served: BTreeSet<(u64, u32)>,
}

/// What the exclusions of one draw depend on beside the roll.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// slots 0 … roll−1 take part
    pub roll: u32,
    /// when the draw is called, in milliseconds
    pub at: u64,
    /// members admitted less than this before are too new
    pub new_ms: u64,
    /// who was seated less than this before rests
    pub rest_ms: u64,
    /// who opened the proposal
    pub author: u32,
    /// who co-signed its current version
    pub cosigners: &'a BTreeSet<u32>,
    /// whom it would remove, if it would
    pub subject: Option<u32>,
    /// who sat on its earlier juries, if those are passed over
    pub earlier: Option<&'a BTreeSet<u32>>,
}

impl Roll {
    /// A roll of founding members, who are never new.
    pub fn new(members: u32) -> Roll {
        Roll { size: members, ..Roll::default() }
    }

    /// How many slots were ever given.
    pub fn size(&self) -> u32 {
        self.size
    }

    /// The next slot is given.
    pub fn admit(&mut self, at: u64) {
        self.admitted_at(self.size, at);
        self.size += 1;
    }

    /// Notes when a slot was admitted.
    pub fn admitted_at(&mut self, slot: u32, at: u64) {
        self.admitted.push((at, slot));
        self.admitted_at.insert(slot, at);
    }

    /// The member left, or was removed.
    pub fn leave(&mut self, slot: u32) {
        self.gone.insert(slot);
    }

    /// The member was erased, and has left with that.
    pub fn erase(&mut self, slot: u32) {
        self.gone.insert(slot);
        self.erased.insert(slot);
    }

    /// No duty until then; 0 ends a pause.
    pub fn pause(&mut self, slot: u32, until: u64) {
        if until == 0 {
            self.paused_until.remove(&slot);
        } else {
            self.paused_until.insert(slot, until);
        }
    }

    /// The member's own rest between two duties.
    pub fn rest(&mut self, slot: u32, days: u64) {
        self.own_rest_ms.insert(slot, days.saturating_mul(DAY_MS));
    }

    /// The slot was seated.
    pub fn serve(&mut self, slot: u32, at: u64) {
        if let Some(before) = self.served_at.insert(slot, at) {
            self.served.remove(&(before, slot));
        }
        self.served.insert((at, slot));
    }

    /// Whether the slot has left, was removed or was erased.
    pub fn is_gone(&self, slot: u32) -> bool {
        self.gone.contains(&slot)
    }

    /// Whether the slot was erased.
    pub fn is_erased(&self, slot: u32) -> bool {
        self.erased.contains(&slot)
    }

    /// Whether the slot was admitted less than `new_ms` ago.
    pub fn is_new(&self, slot: u32, at: u64, new_ms: u64) -> bool {
        self.admitted_at.get(&slot).is_some_and(|since| at.saturating_sub(*since) < new_ms)
    }

    /// How many of the slots 0 … roll−1 are still there and, with `new_ms`, not too new.
    pub fn eligible(&self, roll: u32, at: u64, new_ms: u64) -> u64 {
        let gone = self.gone.range(..roll).count() as u64;
        let new = self.newcomers(at, new_ms);
        let new = new.filter(|slot| *slot < roll && !self.is_gone(*slot)).count() as u64;
        u64::from(roll) - gone - new
    }

    /// Who was admitted less than `new_ms` ago.
    fn newcomers(&self, at: u64, new_ms: u64) -> impl Iterator<Item = u32> {
        let admitted = self.admitted.iter().rev();
        let new = admitted.take_while(move |(since, _)| at.saturating_sub(*since) < new_ms);
        new.map(|(_, slot)| *slot)
    }

    /// The excluded slots, ascending, each with the first reason that holds.
    pub fn exclusions(&self, it: &Circumstances<'_>) -> Vec<(u32, Reason)> {
        let mut reasons: BTreeMap<u32, Reason> =
            self.gone.range(..it.roll).map(|slot| (*slot, Reason::Left)).collect();
        let mut exclude = |slot: u32, reason: Reason| {
            reasons.entry(slot).or_insert(reason);
        };
        exclude(it.author, Reason::Author);
        for slot in it.cosigners {
            exclude(*slot, Reason::Cosigner);
        }
        if let Some(slot) = it.subject {
            exclude(slot, Reason::Subject);
        }
        for slot in self.newcomers(it.at, it.new_ms) {
            if slot < it.roll {
                exclude(slot, Reason::TooNew);
            }
        }
        for (slot, until) in self.paused_until.range(..it.roll) {
            if *until > it.at {
                exclude(*slot, Reason::Paused);
            }
        }
        for slot in it.earlier.into_iter().flatten() {
            exclude(*slot, Reason::Served);
        }
        let resting: Vec<u32> =
            self.resting(it).into_iter().filter(|slot| !reasons.contains_key(slot)).collect();
        if rest_counts(u32::try_from(resting.len()).unwrap_or(u32::MAX), it.roll) {
            reasons.extend(resting.into_iter().map(|slot| (slot, Reason::Served)));
        }
        reasons.into_iter().collect()
    }

    /// Who was seated too recently: by the charter's rest, or by a longer one of their own.
    fn resting(&self, it: &Circumstances<'_>) -> BTreeSet<u32> {
        let recently = it.at.saturating_sub(it.rest_ms);
        let by_charter = self.served.range((recently, 0)..).copied();
        let longer = self.own_rest_ms.iter().filter(|(_, own)| **own > it.rest_ms);
        let by_choice = longer.filter_map(|(slot, own)| {
            let since = *self.served_at.get(slot)?;
            (it.at.saturating_sub(since) < *own).then_some((since, *slot))
        });
        let by_charter = by_charter.filter(|(since, _)| it.at.saturating_sub(*since) < it.rest_ms);
        by_charter.chain(by_choice).map(|(_, slot)| slot).filter(|slot| *slot < it.roll).collect()
    }
}
