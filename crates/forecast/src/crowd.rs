//! The members: who was called when, who rests, and the drawn order of a jury. A draw looks at the members as they are when it is
//! called (spec/draw.md), though those seated later are called later. Knows nothing of opinions.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use crate::dice::Dice;
use crate::number::{count, place};

/// Where those who rest are more than one in so many, nobody is passed over for resting.
const RESTING_SHARE: u64 = 5;
const NEVER: u64 = u64::MAX;

pub(crate) struct Crowd {
    rest_ms: u64,
    /// When each was seated last, [`NEVER`] at first.
    seated_at: Vec<u64>,
    /// How often each was called.
    pub(crate) calls_of: Vec<u32>,
    /// Called for a time that has not come yet.
    coming: BinaryHeap<Reverse<(u64, u32)>>,
    /// Who rests, by the time they were seated.
    resting: VecDeque<(u64, u32)>,
    resting_now: u32,
    pub(crate) calls: u64,
    pub(crate) draws: u64,
    /// Draws in which nobody was passed over for resting because too many would have been.
    pub(crate) unrested: u64,
    /// The share that rested, added up over all draws.
    pub(crate) resting_shares: f64,
}

impl Crowd {
    pub(crate) fn new(members: u32, rest_ms: u64) -> Self {
        Self {
            rest_ms,
            seated_at: vec![NEVER; place(members)],
            calls_of: vec![0; place(members)],
            coming: BinaryHeap::new(),
            resting: VecDeque::new(),
            resting_now: 0,
            calls: 0,
            draws: 0,
            unrested: 0,
            resting_shares: 0.0,
        }
    }

    pub(crate) fn members(&self) -> u32 {
        u32::try_from(self.seated_at.len()).unwrap_or(u32::MAX)
    }

    /// A member is seated, now or later.
    pub(crate) fn call(&mut self, slot: u32, at: u64) {
        self.calls += 1;
        self.calls_of[place(slot)] += 1;
        if self.rest_ms > 0 {
            self.coming.push(Reverse((at, slot)));
        }
    }

    /// The order in which members are called for a draw at `at`. Times must not go back from one draw to the next.
    /// `passed_over` is ascending, none twice.
    pub(crate) fn draw(&mut self, at: u64, passed_over: Vec<u32>) -> Order {
        self.advance(at);
        let roll = self.members();
        let rests = |slot: &&u32| self.rests(**slot, at);
        let beside =
            self.resting_now - u32::try_from(passed_over.iter().filter(rests).count()).unwrap_or(0);
        let passes_resting = u64::from(beside) * RESTING_SHARE <= u64::from(roll);
        self.draws += 1;
        self.unrested += u64::from(!passes_resting);
        self.resting_shares += f64::from(self.resting_now) / f64::from(roll);
        let gone = count(passed_over.len()) + if passes_resting { u64::from(beside) } else { 0 };
        let eligible = u64::from(roll).saturating_sub(gone);
        Order {
            at,
            roll,
            passes_resting,
            passed_over,
            walked: 0,
            moved: BTreeMap::new(),
            eligible: u32::try_from(eligible).unwrap_or(0),
        }
    }

    fn advance(&mut self, at: u64) {
        while let Some(Reverse((when, slot))) = self.coming.peek().copied() {
            if when > at {
                break;
            }
            self.coming.pop();
            self.wake(when);
            self.resting_now += u32::from(!self.rests(slot, when));
            self.seated_at[place(slot)] = when;
            self.resting.push_back((when, slot));
        }
        self.wake(at);
    }

    /// Those whose rest is over are counted out. Somebody who was seated again since rests on.
    fn wake(&mut self, at: u64) {
        while let Some((when, slot)) = self.resting.front().copied() {
            if when + self.rest_ms > at {
                break;
            }
            self.resting.pop_front();
            if self.seated_at[place(slot)] == when {
                self.seated_at[place(slot)] = NEVER;
                self.resting_now -= 1;
            }
        }
    }

    fn rests(&self, slot: u32, at: u64) -> bool {
        let since = self.seated_at[place(slot)];
        since != NEVER && at < since + self.rest_ms
    }
}

/// The drawn order of one jury, walked as far as it is needed: the sparse Fisher-Yates of spec/draw.md with our own dice.
pub(crate) struct Order {
    at: u64,
    roll: u32,
    passes_resting: bool,
    passed_over: Vec<u32>,
    walked: u32,
    moved: BTreeMap<u32, u32>,
    /// Members who may sit and were not given out yet.
    eligible: u32,
}

impl Order {
    /// Members who may sit and were not given out yet.
    pub(crate) fn left(&self) -> u32 {
        self.eligible
    }

    /// The next ones, at most `wanted`.
    pub(crate) fn take(&mut self, wanted: u32, crowd: &Crowd, dice: &mut Dice) -> Vec<u32> {
        (0..wanted).map_while(|_| self.next(crowd, dice)).collect()
    }

    fn next(&mut self, crowd: &Crowd, dice: &mut Dice) -> Option<u32> {
        while self.eligible > 0 && self.walked < self.roll {
            let here = self.walked;
            let there = here + dice.below(self.roll - here);
            let drawn = self.moved.get(&there).copied().unwrap_or(there);
            let standing = self.moved.remove(&here).unwrap_or(here);
            if there != here {
                self.moved.insert(there, standing);
            }
            self.walked += 1;
            let resting = self.passes_resting && crowd.rests(drawn, self.at);
            if !resting && self.passed_over.binary_search(&drawn).is_err() {
                self.eligible -= 1;
                return Some(drawn);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_order_gives_everybody_once_but_those_passed_over() {
        let mut crowd = Crowd::new(30, 0);
        let mut dice = Dice::new(3);
        let mut order = crowd.draw(0, vec![4, 17]);
        assert_eq!(order.left(), 28);
        let all: BTreeSet<u32> = order.take(100, &crowd, &mut dice).into_iter().collect();
        assert_eq!(all.len(), 28);
        assert!(!all.contains(&4) && !all.contains(&17));
        assert_eq!(order.left(), 0);
    }

    #[test]
    fn whoever_was_seated_rests_until_the_rest_is_over_and_not_before_it_begins() {
        let mut crowd = Crowd::new(10, 100);
        crowd.call(3, 50);
        assert_eq!(crowd.draw(49, vec![]).left(), 10);
        assert_eq!(crowd.draw(50, vec![]).left(), 9);
        crowd.call(3, 120);
        assert_eq!(crowd.draw(149, vec![]).left(), 9);
        assert_eq!(crowd.draw(150, vec![3]).left(), 9);
        assert_eq!(crowd.draw(219, vec![]).left(), 9);
        assert_eq!(crowd.draw(220, vec![]).left(), 10);
        assert_eq!((crowd.calls, crowd.calls_of[3], crowd.resting_now), (2, 2, 0));
    }

    #[test]
    fn where_more_than_a_fifth_would_rest_nobody_does() {
        let mut crowd = Crowd::new(10, 100);
        for slot in 0..2 {
            crowd.call(slot, 0);
        }
        assert_eq!(crowd.draw(1, vec![]).left(), 8);
        crowd.call(2, 2);
        assert_eq!(crowd.draw(2, vec![]).left(), 10);
        // Who is passed over anyway does not count among those who rest.
        assert_eq!(crowd.draw(2, vec![2]).left(), 7);
        assert_eq!(crowd.unrested, 1);
    }

    #[test]
    fn every_member_is_as_likely_as_any_other() {
        let mut crowd = Crowd::new(20, 0);
        let mut dice = Dice::new(4);
        let mut hits = [0_u32; 20];
        for _ in 0..20_000 {
            for slot in crowd.draw(0, vec![]).take(5, &crowd, &mut dice) {
                hits[place(slot)] += 1;
            }
        }
        // 5,000 expected, standard deviation about 61.
        assert!(hits.iter().all(|hits| hits.abs_diff(5_000) < 5 * 61), "{hits:?}");
    }
}
