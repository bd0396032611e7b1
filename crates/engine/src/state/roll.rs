//! The roll: how many slots were given, and what is known of the few that differ from the rest.
//! A million ordinary members cost nothing here. Knows nothing of who they are.

use imbl::{OrdMap, OrdSet};

use crate::ids::{LogTime, Slot, Span};

/// Most slots a group can ever give.
pub const ROLL_MAX: u32 = 20_000_000;
/// Longest rest a member may ask for, in days.
pub const REST_DAYS_MAX: u32 = 90;
/// Longest pause, in days.
pub const PAUSE_DAYS_MAX: u32 = 730;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    len: u32,
    gone: OrdSet<Slot>,
    erased: OrdSet<Slot>,
    /// When members admitted after the founding came.
    admitted: OrdMap<Slot, LogTime>,
    /// The same the other way round, to find the new ones without walking the roll.
    arrivals: OrdSet<(LogTime, Slot)>,
    paused: OrdMap<Slot, LogTime>,
    /// The same by the moment it ends: pauses of long ago are never looked at.
    pause_ends: OrdSet<(LogTime, Slot)>,
    rests: OrdMap<Slot, u32>,
    /// When the rests end of members who asked for one and were seated; those of long ago are never looked at.
    rest_ends: OrdSet<(LogTime, Slot)>,
    served: OrdMap<Slot, LogTime>,
    services: OrdSet<(LogTime, Slot)>,
}

impl Roll {
    pub fn founded(members: u32) -> Self {
        Self { len: members, ..Self::default() }
    }

    /// How many slots were ever given: the frozen roll of a proposal opened now.
    pub fn len(&self) -> u32 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many members there are now.
    pub fn present(&self) -> u32 {
        self.len - u32::try_from(self.gone.len()).unwrap_or(self.len)
    }

    pub fn holds(&self, slot: Slot) -> bool {
        slot.0 < self.len && !self.gone.contains(&slot)
    }

    pub fn is_erased(&self, slot: Slot) -> bool {
        self.erased.contains(&slot)
    }

    pub fn gone(&self) -> impl Iterator<Item = Slot> + '_ {
        self.gone.iter().copied()
    }

    /// Until when a member has paused duty, if the pause has not ended at `now`.
    pub fn paused_until(&self, slot: Slot, now: LogTime) -> Option<LogTime> {
        self.paused.get(&slot).copied().filter(|until| *until > now)
    }

    pub fn paused(&self, now: LogTime) -> impl Iterator<Item = Slot> + '_ {
        let pauses = self.pause_ends.range((now, Slot(0))..);
        pauses.filter(move |(until, _)| *until > now).map(|(_, slot)| *slot)
    }

    /// The member's own rest between two duties, in days.
    pub fn rest_days(&self, slot: Slot) -> u32 {
        self.rests.get(&slot).copied().unwrap_or(0)
    }

    pub fn admitted_at(&self, slot: Slot) -> Option<LogTime> {
        self.admitted.get(&slot).copied()
    }

    /// Whether a member was admitted less than `new` before `now`. Founding members never are.
    pub fn is_new(&self, slot: Slot, new: Span, now: LogTime) -> bool {
        self.admitted.get(&slot).is_some_and(|at| now.since(*at) < new)
    }

    /// How many of the first `roll` slots are members at `now`, those admitted less than `new` before left out.
    pub fn asked(&self, roll: u32, new: Span, now: LogTime) -> u32 {
        let first = |slot: &Slot| slot.0 < roll;
        let gone = self.gone.range(..Slot(roll)).count();
        let newcomers = self.newcomers(new, now);
        let new = newcomers.filter(|slot| first(slot) && !self.gone.contains(slot)).count();
        u32::try_from((roll as usize).saturating_sub(gone + new)).unwrap_or(0)
    }

    /// Members admitted less than `new` before `now`.
    pub fn newcomers(&self, new: Span, now: LogTime) -> impl Iterator<Item = Slot> + '_ {
        recent(&self.arrivals, new, now).map(|(_, slot)| slot)
    }

    pub fn served_at(&self, slot: Slot) -> Option<LogTime> {
        self.served.get(&slot).copied()
    }

    /// Members who were seated so lately that they rest: the larger of the charter's rest and their own counts. First those whom the
    /// charter lets rest, then those who asked for more: of the many who served long ago only these are looked at.
    pub fn resting(&self, rest: Span, now: LogTime) -> impl Iterator<Item = Slot> + '_ {
        let longer = self.rest_ends.range((now, Slot(0))..).filter_map(move |(_, slot)| {
            let own = Span::days(u64::from(self.rest_days(*slot)));
            let since = now.since(self.served_at(*slot)?);
            (since >= rest && since < own).then_some(*slot)
        });
        recent(&self.services, rest, now).map(|(_, slot)| slot).chain(longer)
    }

    pub(crate) fn admit(&mut self, slot: Slot, at: LogTime) {
        self.len = self.len.max(slot.0.saturating_add(1));
        self.admitted.insert(slot, at);
        self.arrivals.insert((at, slot));
    }

    pub(crate) fn leave(&mut self, slot: Slot) {
        if slot.0 < self.len {
            self.gone.insert(slot);
        }
        self.resume(slot);
        self.rest(slot, 0);
    }

    pub(crate) fn erase(&mut self, slot: Slot) {
        self.leave(slot);
        self.erased.insert(slot);
    }

    pub(crate) fn pause(&mut self, slot: Slot, until: LogTime) {
        self.resume(slot);
        self.paused.insert(slot, until);
        self.pause_ends.insert((until, slot));
    }

    pub(crate) fn resume(&mut self, slot: Slot) {
        if let Some(until) = self.paused.remove(&slot) {
            self.pause_ends.remove(&(until, slot));
        }
    }

    pub(crate) fn rest(&mut self, slot: Slot, days: u32) {
        self.forget_rest_end(slot);
        if days == 0 {
            self.rests.remove(&slot);
        } else {
            self.rests.insert(slot, days);
        }
        self.note_rest_end(slot);
    }

    pub(crate) fn serve(&mut self, slot: Slot, at: LogTime) {
        self.forget_rest_end(slot);
        if let Some(before) = self.served.insert(slot, at) {
            self.services.remove(&(before, slot));
        }
        self.services.insert((at, slot));
        self.note_rest_end(slot);
    }

    fn forget_rest_end(&mut self, slot: Slot) {
        if let Some(end) = self.rest_end(slot) {
            self.rest_ends.remove(&(end, slot));
        }
    }

    fn note_rest_end(&mut self, slot: Slot) {
        if let Some(end) = self.rest_end(slot) {
            self.rest_ends.insert((end, slot));
        }
    }

    /// When the rest ends that a member asked for, if one who was seated did.
    fn rest_end(&self, slot: Slot) -> Option<LogTime> {
        let days = self.rests.get(&slot)?;
        Some(self.served_at(slot)?.after(Span::days(u64::from(*days))))
    }
}

/// The pairs whose time lies less than `span` before `now`.
fn recent(
    set: &OrdSet<(LogTime, Slot)>,
    span: Span,
    now: LogTime,
) -> impl Iterator<Item = (LogTime, Slot)> + '_ {
    let first = LogTime(now.0.saturating_sub(span.0));
    set.range((first, Slot(0))..).copied().filter(move |(at, _)| now.since(*at) < span)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const MEMBERS: u32 = 6;

    #[derive(Clone, Debug)]
    enum Change {
        Leave(u32),
        Pause(u32, u64),
        Resume(u32),
        Rest(u32, u32),
        Serve(u32),
    }

    fn change() -> impl Strategy<Value = Change> {
        let slot = 0..MEMBERS;
        prop_oneof![
            1 => slot.clone().prop_map(Change::Leave),
            3 => (slot.clone(), 1..9_u64).prop_map(|(slot, days)| Change::Pause(slot, days)),
            2 => slot.clone().prop_map(Change::Resume),
            3 => (slot.clone(), 0..9_u32).prop_map(|(slot, days)| Change::Rest(slot, days)),
            3 => slot.prop_map(Change::Serve),
        ]
    }

    fn apply(roll: &mut Roll, change: &Change, now: LogTime) {
        match *change {
            Change::Leave(slot) => roll.leave(Slot(slot)),
            Change::Pause(slot, days) => roll.pause(Slot(slot), now.after(Span::days(days))),
            Change::Resume(slot) => roll.resume(Slot(slot)),
            Change::Rest(slot, days) => roll.rest(Slot(slot), days),
            Change::Serve(slot) => roll.serve(Slot(slot), now),
        }
    }

    proptest! {
        /// Who is found by looking at few is who is found by looking at everybody.
        #[test]
        fn pauses_and_rests_are_those_of_a_walk_over_all_members(
            changes in prop::collection::vec(change(), 1..40),
            rest_days in 0..5_u64,
        ) {
            let rest = Span::days(rest_days);
            let mut roll = Roll::founded(MEMBERS);
            // Half a day between two changes: some ends fall exactly on a moment that is looked at.
            for (number, change) in (0..).zip(&changes) {
                let now = LogTime(number * Span::hours(12).0);
                apply(&mut roll, change, now);
                let all = || (0..MEMBERS).map(Slot);
                let paused = all().filter(|slot| roll.paused_until(*slot, now).is_some());
                prop_assert_eq!(roll.paused(now).collect::<BTreeSet<_>>(), paused.collect());
                let rests = |slot: &Slot| {
                    let longest = rest.max(Span::days(u64::from(roll.rest_days(*slot))));
                    roll.served_at(*slot).is_some_and(|at| now.since(at) < longest)
                };
                let resting: Vec<Slot> = roll.resting(rest, now).collect();
                let once: BTreeSet<Slot> = resting.iter().copied().collect();
                prop_assert_eq!(once.len(), resting.len(), "nobody twice");
                prop_assert_eq!(once, all().filter(rests).collect());
            }
        }
    }
}
