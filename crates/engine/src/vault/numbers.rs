//! How many pledges name which number, kept so that "would so many hold together?" costs two dozen steps and not a walk over
//! everybody who pledged. Knows nothing of who pledged.
//!
//! A set of s pledges holds together when the s lowest numbers are all at most s, that is when at least s pledges name at most s.
//! Over the numbers 0 … 2²⁴−1 stands a tree of halves; each node knows how many pledges fall into it and the largest surplus, over all
//! places in it, of pledges up to that place over places up to it.

use std::sync::Arc;

use mic_proof::count::PLEDGE_MAX;

/// So many halvings lead to a single number.
const LEVELS: u32 = 24;
const _: () = assert!(PLEDGE_MAX < 1 << LEVELS);

/// A multiset of numbers, 1 to [`PLEDGE_MAX`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    root: Option<Arc<Node>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Node {
    count: i64,
    surplus: i64,
    low: Option<Arc<Node>>,
    high: Option<Arc<Node>>,
}

impl Numbers {
    pub(super) fn add(&mut self, number: u64) {
        self.root = change(self.root.as_deref(), LEVELS, number, 1);
    }

    pub(super) fn take(&mut self, number: u64) {
        self.root = change(self.root.as_deref(), LEVELS, number, -1);
    }

    /// Whether there is a place s ≥ `at_least` with at least s numbers up to it.
    pub(super) fn hold_together(&self, at_least: u32) -> bool {
        // The tree counts the place 0 too, at which nothing stands: one place more than s.
        surplus_from(self.root.as_deref(), LEVELS, u64::from(at_least))
            .is_some_and(|most| most >= -1)
    }
}

/// The node with one number more or less; none where nothing is left.
fn change(node: Option<&Node>, level: u32, number: u64, by: i64) -> Option<Arc<Node>> {
    let total = count(node) + by;
    if total <= 0 {
        return None;
    }
    let (low, high) = halves(node);
    if level == 0 {
        return Some(Arc::new(Node { count: total, surplus: total - 1, low, high }));
    }
    let half = half(level);
    let (low, high) = if number < half {
        (change(low.as_deref(), level - 1, number, by), high)
    } else {
        (low, change(high.as_deref(), level - 1, number - half, by))
    };
    let behind = count(low.as_deref()) - places(half) + surplus(high.as_deref());
    let surplus = surplus(low.as_deref()).max(behind);
    Some(Arc::new(Node { count: total, surplus, low, high }))
}

/// The largest surplus at a place from `from` on; none if the node has no such place.
fn surplus_from(node: Option<&Node>, level: u32, from: u64) -> Option<i64> {
    if from == 0 {
        return Some(surplus(node));
    }
    // A single place is either meant or lies before.
    let half = half(level);
    if level == 0 || from >= 2 * half {
        return None;
    }
    let (low, high) = halves(node);
    let before = count(low.as_deref()) - places(half);
    let in_high = surplus_from(high.as_deref(), level - 1, from.saturating_sub(half));
    let in_low = surplus_from(low.as_deref(), level - 1, from);
    in_high.map(|most| most + before).max(in_low)
}

/// How many numbers each half of a node covers.
fn half(level: u32) -> u64 {
    (1 << level) / 2
}

fn places(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn halves(node: Option<&Node>) -> (Option<Arc<Node>>, Option<Arc<Node>>) {
    node.map_or((None, None), |node| (node.low.clone(), node.high.clone()))
}

fn count(node: Option<&Node>) -> i64 {
    node.map_or(0, |node| node.count)
}

/// Where nothing stands, the first place is the best one: nothing up to it, and one place.
fn surplus(node: Option<&Node>) -> i64 {
    node.map_or(-1, |node| node.surplus)
}

#[cfg(test)]
mod tests {
    use mic_proof::count::largest_set;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_says_what_sorting_says(
            changes in prop::collection::vec((1..40_u64, any::<bool>()), 0..60),
            at_least in 1..40_u32,
        ) {
            let mut numbers = Numbers::default();
            let mut all: Vec<u64> = Vec::new();
            for (number, goes) in changes {
                match all.iter().position(|known| *known == number) {
                    Some(place) if goes => {
                        all.remove(place);
                        numbers.take(number);
                    }
                    Some(_) | None => {
                        all.push(number);
                        numbers.add(number);
                    }
                }
                let holds = largest_set(&all) >= u64::from(at_least);
                prop_assert_eq!(numbers.hold_together(at_least), holds, "{:?}", all);
            }
            for number in all {
                numbers.take(number);
            }
            prop_assert_eq!(numbers, Numbers::default());
        }
    }

    #[test]
    fn the_largest_number_has_a_place() {
        let mut numbers = Numbers::default();
        numbers.add(PLEDGE_MAX);
        assert!(!numbers.hold_together(1));
        numbers.add(1);
        assert!(numbers.hold_together(1) && !numbers.hold_together(2));
        assert!(!numbers.hold_together(10_000_000));
    }
}
