//! Random acts on the store and on a naive model of journal and parcels: both must always say the same.

use std::collections::{BTreeMap, BTreeSet};

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::ids::{CommandKey, GroupId, LogTime, Number, Seq, Slot};
use mic_engine::parcel::{Channel, Notice};
use mic_store::SqliteStore;
use mic_store::contract::{
    ClaimRequest, ClaimedParcel, Delivery, Journal, Parcels, Progress, Settlement,
    SettlementOutcome,
};
use proptest::prelude::*;

use crate::conformance::World;
use crate::conformance::fixtures::{NOW, batch, entry, prepare, run};
use crate::sqlite::SqliteWorld;

/// How long a claim holds.
const LEASE: u64 = 100;

#[derive(Clone, Debug)]
enum Act {
    /// At the right position, or one beside it.
    Append {
        group: usize,
        beside: i64,
        entries: u32,
        key: Option<u8>,
        parcel: Option<(u32, u32)>,
    },
    Claim {
        slots_max: u32,
    },
    /// Results for one of the claims made so far, old ones included.
    Settle {
        claim: usize,
        seed: u8,
    },
    Wait {
        time: u64,
    },
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let parcel = proptest::option::of((0..4_u32, 1..40_u32));
    let position = prop_oneof![6 => Just(0_i64), 1 => Just(-1), 1 => Just(1)];
    prop_oneof![
        4 => (0..2_usize, position, 0..4_u32, proptest::option::of(0..12_u8), parcel)
            .prop_map(|(group, beside, entries, key, parcel)| Act::Append { group, beside, entries, key, parcel }),
        4 => (0..60_u32).prop_map(|slots_max| Act::Claim { slots_max }),
        5 => (any::<usize>(), any::<u8>()).prop_map(|(claim, seed)| Act::Settle { claim, seed }),
        3 => (0..2 * LEASE).prop_map(|time| Act::Wait { time }),
        1 => Just(Act::Reopen),
    ]
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Fresh,
    Waiting,
    Unknown,
    GivenUp,
    Done,
}

struct SlotModel {
    state: State,
    attempts: u32,
    next: u64,
    in_flight: bool,
}

#[derive(Default)]
struct ParcelModel {
    slots: BTreeMap<u32, SlotModel>,
    until: u64,
    /// The claims of this parcel so far; the last one counts.
    claims: u64,
}

#[derive(Default)]
struct GroupModel {
    entries: Vec<String>,
    keys: BTreeMap<u8, u64>,
    parcels: BTreeMap<(u32, u32), ParcelModel>,
}

/// Both worlds, and what was claimed so far.
struct Both {
    world: SqliteWorld,
    store: Option<SqliteStore>,
    groups: Vec<GroupId>,
    models: Vec<GroupModel>,
    claims: Vec<(ClaimedParcel, u64)>,
    now: u64,
}

impl Both {
    fn new() -> Self {
        let world = SqliteWorld::unsynced();
        let store = world.open();
        let groups = vec![prepare(&store, 1), prepare(&store, 2)];
        let models = vec![GroupModel::default(), GroupModel::default()];
        Self { world, store: Some(store), groups, models, claims: Vec::new(), now: NOW.0 }
    }

    fn store(&self) -> &SqliteStore {
        self.store.as_ref().expect("open")
    }

    fn act(&mut self, act: &Act) {
        match *act {
            Act::Append { group, beside, entries, key, parcel } => {
                self.append(group, beside, entries, key, parcel);
            }
            Act::Claim { slots_max } => self.claim(slots_max),
            Act::Settle { claim, seed } => self.settle(claim, seed),
            Act::Wait { time } => self.now += time,
            Act::Reopen => {
                self.store = None;
                self.store = Some(self.world.open());
            }
        }
        self.compare();
    }

    fn append(
        &mut self,
        group: usize,
        beside: i64,
        entries: u32,
        key: Option<u8>,
        parcel: Option<(u32, u32)>,
    ) {
        let model = &mut self.models[group];
        let length = model.entries.len() as u64;
        let Some(expected) = length.checked_add_signed(beside) else { return };
        let texts: Vec<_> = (0..entries).map(|number| format!("{expected}/{number}")).collect();
        // Two sizes for one first slot: the second is the same parcel and changes nothing.
        let parcel = parcel.map(|(number, count)| (number * 40, count));
        let append = Append {
            entries: texts.iter().map(|text| entry(text, None)).collect(),
            keys: key.map(|key| (CommandKey([key; 16]), Seq(expected))).into_iter().collect(),
            parcels: parcel.map(|(first, count)| run(notice(), first, count)).into_iter().collect(),
            ..batch(self.groups[group], expected)
        };
        let known = key.is_some_and(|key| model.keys.contains_key(&key));
        let outcome = if beside == 0 && !known {
            model.entries.extend(texts);
            model.keys.extend(key.map(|key| (key, expected)));
            if let Some((first, count)) = parcel {
                model.parcels.entry((first, 0)).or_insert_with(|| fresh_parcel(first, count));
            }
            AppendOutcome::Committed
        } else {
            AppendOutcome::Conflict
        };
        assert_eq!(self.store().append(&[append]).expect("appended"), [outcome]);
    }

    fn claim(&mut self, slots_max: u32) {
        let (now, until) = (LogTime(self.now), LogTime(self.now + LEASE));
        let request = ClaimRequest { channel: Channel::Email, now, until, slots_max };
        let claimed = self.store().claim_parcels(&request).expect("claimed");
        let mut due = 0;
        for parcel in self.models.iter_mut().flat_map(|model| model.parcels.values_mut()) {
            due += parcel.due_slots(self.now);
        }
        let taken: usize = claimed.iter().map(|claimed| claimed.slots.len()).sum();
        assert_eq!(taken, due.min(slots_max as usize));
        for claimed in claimed {
            let group =
                self.groups.iter().position(|group| *group == claimed.group).expect("known");
            let first = claimed.slots[0].slot.0 / 40 * 40;
            let parcel = self.models[group].parcels.get_mut(&(first, 0)).expect("known");
            parcel.take(&claimed, self.now);
            self.claims.push((claimed, parcel.claims));
        }
    }

    fn settle(&mut self, claim: usize, seed: u8) {
        let Some(place) = claim.checked_rem(self.claims.len()) else { return };
        let (claimed, nth) = self.claims[place].clone();
        let results: Vec<_> = (0..)
            .zip(&claimed.slots)
            .filter(|(place, _)| (u64::from(seed) + place) % 3 != 0)
            .map(|(place, slot)| {
                (slot.slot, self.result(seed.wrapping_add(place.to_le_bytes()[0])))
            })
            .collect();
        let group = self.groups.iter().position(|group| *group == claimed.group).expect("known");
        let first = claimed.slots[0].slot.0 / 40 * 40;
        let parcel = self.models[group].parcels.get_mut(&(first, 0)).expect("known");
        let expected = if parcel.claims == nth {
            parcel.record(&results, self.now);
            SettlementOutcome::Recorded
        } else {
            SettlementOutcome::Fenced
        };
        let settlement = Settlement { parcel: claimed.parcel, fencing: claimed.fencing, results };
        let outcomes = self.store().settle_parcels(&[settlement], LogTime(self.now));
        assert_eq!(outcomes.expect("settled"), [expected]);
    }

    fn result(&self, seed: u8) -> Delivery {
        let (at, answer) = (LogTime(self.now + u64::from(seed)), "answer".to_owned());
        match seed % 8 {
            0..3 => Delivery::Done,
            3 => Delivery::Later { at, answer },
            4 => Delivery::Unknown { at, answer },
            5 => Delivery::GivenUp { answer },
            6 => Delivery::Postponed { at },
            _ => Delivery::Untried,
        }
    }

    fn compare(&self) {
        for (group, model) in self.groups.iter().zip(&self.models) {
            let entries = self.store().entries(*group, Seq(0), 10_000).expect("read");
            let texts: Vec<_> = entries
                .into_iter()
                .map(|entry| String::from_utf8(entry.bytes).expect("text"))
                .collect();
            assert_eq!(texts, model.entries);
            let keys = self.store().recent_command_keys(*group, 100).expect("read");
            let keys: BTreeMap<u8, u64> = keys.iter().map(|(key, seq)| (key.0[0], seq.0)).collect();
            assert_eq!(keys, model.keys);
            assert_eq!(self.store().progress(*group, notice()).expect("read"), model.progress());
        }
    }
}

impl GroupModel {
    fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for slot in self.parcels.values().flat_map(|parcel| parcel.slots.values()) {
            progress.total += 1;
            match slot.state {
                State::Done => progress.done += 1,
                State::GivenUp => progress.given_up += 1,
                State::Fresh | State::Waiting | State::Unknown => progress.waiting += 1,
            }
        }
        progress
    }
}

impl ParcelModel {
    /// How many slots can be claimed now. A claim that ran out leaves doubts behind.
    fn due_slots(&mut self, now: u64) -> usize {
        let held = self.slots.values().any(|slot| slot.in_flight);
        if held && self.until > now {
            return 0;
        }
        self.slots.values().filter(|slot| slot.in_flight || slot.is_due(now)).count()
    }

    fn take(&mut self, claimed: &ClaimedParcel, now: u64) {
        for slot in self.slots.values_mut().filter(|slot| slot.in_flight) {
            slot.in_flight = false;
            slot.attempts += 1;
            (slot.state, slot.next) = (State::Unknown, now);
        }
        let mut seen = BTreeSet::new();
        for claimed in &claimed.slots {
            assert!(seen.insert(claimed.slot), "a slot twice in one claim");
            let slot = self.slots.get_mut(&claimed.slot.0).expect("a slot of the parcel");
            assert!(slot.is_due(now));
            assert_eq!(claimed.attempts, slot.attempts);
            assert_eq!(claimed.repeated, slot.state == State::Unknown);
            slot.in_flight = true;
        }
        self.until = now + LEASE;
        self.claims += 1;
    }

    fn record(&mut self, results: &[(Slot, Delivery)], now: u64) {
        for (slot, result) in results {
            let slot = self.slots.get_mut(&slot.0).expect("a slot of the parcel");
            if !slot.in_flight {
                continue;
            }
            slot.in_flight = false;
            let (state, next) = match result {
                Delivery::Done => (State::Done, now),
                Delivery::Untried => continue,
                Delivery::Later { at, .. } | Delivery::Postponed { at }
                    if slot.state == State::Unknown =>
                {
                    (State::Unknown, at.0)
                }
                Delivery::Later { at, .. } | Delivery::Postponed { at } => (State::Waiting, at.0),
                Delivery::Unknown { at, .. } => (State::Unknown, at.0),
                Delivery::GivenUp { .. } => (State::GivenUp, now),
            };
            slot.attempts += u32::from(!matches!(result, Delivery::Postponed { .. }));
            (slot.state, slot.next) = (state, next);
        }
    }
}

impl SlotModel {
    fn is_due(&self, now: u64) -> bool {
        match self.state {
            State::Fresh => true,
            State::Waiting | State::Unknown => self.next <= now,
            State::GivenUp | State::Done => false,
        }
    }
}

fn fresh_parcel(first: u32, count: u32) -> ParcelModel {
    let fresh = || SlotModel { state: State::Fresh, attempts: 0, next: 0, in_flight: false };
    let slots = (first..first + count).map(|slot| (slot, fresh())).collect();
    ParcelModel { slots, ..ParcelModel::default() }
}

fn notice() -> Notice {
    Notice::Broadcast { number: Number(1) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn store_and_model_say_the_same(acts in proptest::collection::vec(act(), 1..60)) {
        let mut both = Both::new();
        for act in acts {
            both.act(&act);
        }
    }
}
