//! The tie order of a stage: fixed when the stage begins, the same for all (`spec/vote.md`,
//! Counting). Nobody who votes can know how to profit from it, and everybody can recompute it.

use crate::hash::{Hash, Hasher};

/// The places of a vote in tie order.
#[derive(Clone, Debug)]
pub(super) struct TieOrder {
    /// by place: how many come before it
    rank: Vec<u32>,
}

impl TieOrder {
    /// Places 0 … places−1, ascending by SHA-256("mic-check/tie/v1\n" ‖ draw ‖ u64be(place)).
    pub(super) fn new(draw: &Hash, places: u32) -> TieOrder {
        let mut order: Vec<u32> = (0..places).collect();
        order.sort_by_cached_key(|place| {
            let hasher = Hasher::new("mic-check/tie/v1\n").chain(draw.as_bytes());
            hasher.chain(u64::from(*place).to_be_bytes()).finish()
        });
        let mut rank = vec![0; order.len()];
        for (nth, place) in (0..).zip(&order) {
            rank[*place as usize] = nth;
        }
        TieOrder { rank }
    }

    /// How many places there are.
    pub(super) fn places(&self) -> u32 {
        u32::try_from(self.rank.len()).unwrap_or(u32::MAX)
    }

    /// Where a place stands: the earliest has rank 0.
    pub(super) fn rank(&self, place: u32) -> u32 {
        self.rank[place as usize]
    }

    /// The place with the highest total; among equals the earliest.
    pub(super) fn highest(&self, totals: &[u64]) -> Option<u32> {
        let place = (0..self.places()).zip(totals);
        let best =
            place.max_by_key(|(place, total)| (**total, std::cmp::Reverse(self.rank(*place))));
        best.map(|(place, _)| place)
    }
}
