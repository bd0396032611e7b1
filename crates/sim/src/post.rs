//! Parcels as the store keeps them: who is served, who is in flight for whom, what came of it. Knows nothing of mail servers.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use mic_engine::ids::Slot;
use mic_engine::parcel::{Notice, Parcel, Recipients};

/// One notice to one member.
pub type Item = (Notice, Slot);

/// Where an item stands. Times are true milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Waiting { due: u64, attempts: u32, first: Option<u64> },
    InFlight { until: u64, fencing: u64, attempts: u32, first: u64 },
    Served,
    GivenUp { reason: &'static str },
}

/// Everything that has to reach somebody.
#[derive(Default)]
pub struct Post {
    pub items: BTreeMap<Item, Standing>,
    /// What still has to be looked at, by when.
    due: BTreeSet<(u64, Item)>,
    fencing: u64,
}

/// An item that now belongs to a carrier.
#[derive(Clone, Debug)]
pub struct Claim {
    pub item: Item,
    pub fencing: u64,
    pub attempts: u32,
    pub first: u64,
}

impl Post {
    /// New parcels, part of the commit that orders them. What is there already stays as it is.
    pub fn add(&mut self, parcels: Vec<Parcel>) {
        for parcel in parcels {
            let slots: Vec<Slot> = match parcel.recipients {
                Recipients::Run { first, count } => (first.0..first.0 + count).map(Slot).collect(),
                Recipients::List(slots) => slots,
            };
            for slot in slots {
                let item = (parcel.notice, slot);
                if let Entry::Vacant(place) = self.items.entry(item) {
                    place.insert(Standing::Waiting { due: 0, attempts: 0, first: None });
                    self.due.insert((0, item));
                }
            }
        }
    }

    /// Takes what is due, marked as in flight before anything is sent.
    pub fn claim(&mut self, now: u64, until: u64, most: usize) -> Vec<Claim> {
        let due: Vec<(u64, Item)> =
            self.due.iter().take_while(|place| place.0 <= now).take(most).copied().collect();
        let mut claims = Vec::new();
        for place in due {
            self.due.remove(&place);
            self.fencing += 1;
            let (attempts, first) = match self.items.get(&place.1) {
                Some(Standing::Waiting { attempts, first, .. }) => {
                    (*attempts, first.unwrap_or(now))
                }
                // A claim that ran out: the attempt that nobody heard of counts.
                Some(Standing::InFlight { attempts, first, .. }) => (*attempts + 1, *first),
                Some(Standing::Served | Standing::GivenUp { .. }) | None => continue,
            };
            let fencing = self.fencing;
            self.put(place.1, Standing::InFlight { until, fencing, attempts, first });
            claims.push(Claim { item: place.1, fencing, attempts, first });
        }
        claims
    }

    /// What came of it, unless somebody has claimed it since.
    pub fn settle(&mut self, claim: &Claim, standing: Standing) {
        let ours = matches!(
            self.items.get(&claim.item),
            Some(Standing::InFlight { fencing, .. }) if *fencing == claim.fencing
        );
        if ours {
            if let Some(Standing::InFlight { until, .. }) = self.items.get(&claim.item) {
                self.due.remove(&(*until, claim.item));
            }
            self.put(claim.item, standing);
        }
    }

    pub fn next_due(&self) -> Option<u64> {
        self.due.first().map(|(at, _)| *at)
    }

    /// What is neither served nor given up.
    pub fn unfinished(&self) -> usize {
        self.due.len()
    }

    fn put(&mut self, item: Item, standing: Standing) {
        match &standing {
            Standing::Waiting { due, .. } => {
                self.due.insert((*due, item));
            }
            Standing::InFlight { until, .. } => {
                self.due.insert((*until, item));
            }
            Standing::Served | Standing::GivenUp { .. } => {}
        }
        self.items.insert(item, standing);
    }
}
