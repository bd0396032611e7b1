//! Promises about parcels: claimed before anything is sent, settled after, nobody lost.

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::ids::{LogTime, Number, ProposalNumber, Slot};
use mic_engine::parcel::{Channel, Notice, PARCEL_SLOTS_MAX, Parcel, Recipients};
use mic_store::Store;
use mic_store::contract::{
    ANSWER_BYTES_MAX, ClaimRequest, ClaimedParcel, Delivery, Parcels, Progress, Settlement,
    SettlementOutcome,
};

use super::World;
use super::fixtures::{NOW, append_one, batch, commit, prepare, run};

const NOTICE: Notice = Notice::Broadcast { number: Number(1) };
/// How long claims hold in these tests.
const LEASE: u64 = 60_000;

fn at(later: u64) -> LogTime {
    LogTime(NOW.0 + later)
}

fn claim(store: &impl Store, later: u64, slots_max: u32) -> Vec<ClaimedParcel> {
    let (channel, now, until) = (Channel::Email, at(later), at(later + LEASE));
    store.claim_parcels(&ClaimRequest { channel, now, until, slots_max }).expect("claimed")
}

fn slots(claimed: &ClaimedParcel) -> Vec<u32> {
    claimed.slots.iter().map(|claimed| claimed.slot.0).collect()
}

fn settle(
    store: &impl Store,
    later: u64,
    claimed: &ClaimedParcel,
    results: &[(u32, Delivery)],
) -> SettlementOutcome {
    let results = results.iter().map(|(slot, result)| (Slot(*slot), result.clone())).collect();
    let settlement = Settlement { parcel: claimed.parcel, fencing: claimed.fencing, results };
    store.settle_parcels(&[settlement], at(later)).expect("settled")[0]
}

fn all_done(claimed: &ClaimedParcel) -> Vec<(u32, Delivery)> {
    slots(claimed).into_iter().map(|slot| (slot, Delivery::Done)).collect()
}

fn order(store: &impl Store, parcels: Vec<Parcel>) -> mic_engine::ids::GroupId {
    let group = prepare(store, 1);
    commit(store, Append { parcels, ..batch(group, 0) });
    group
}

pub(crate) fn a_run_is_claimed_and_settled(world: &impl World) {
    let store = world.open();
    assert_eq!(store.next_due(Channel::Email).expect("read"), None);
    let group = order(&store, vec![run(NOTICE, 10, 3)]);
    assert!(store.next_due(Channel::Email).expect("read").expect("due") <= NOW);
    let claimed = claim(&store, 0, 100);
    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].group, claimed[0].notice), (group, NOTICE));
    assert_eq!(slots(&claimed[0]), [10, 11, 12]);
    assert!(claimed[0].slots.iter().all(|slot| slot.attempts == 0 && !slot.repeated));
    // Nobody else gets them while the claim holds.
    assert!(claim(&store, LEASE - 1, 100).is_empty());
    assert_eq!(store.next_due(Channel::Email).expect("read"), Some(at(LEASE)));
    let part = [(10, Delivery::Done), (12, Delivery::Done)];
    assert_eq!(settle(&store, 5, &claimed[0], &part), SettlementOutcome::Recorded);
    let progress = Progress { total: 3, done: 2, waiting: 1, given_up: 0 };
    assert_eq!(store.progress(group, NOTICE).expect("read"), progress);
    assert_eq!(store.unfinished(group).expect("read"), [(NOTICE, progress)]);
    settle(&store, 6, &claimed[0], &[(11, Delivery::Done)]);
    assert_eq!(store.progress(group, NOTICE).expect("read").done, 3);
    assert!(store.unfinished(group).expect("read").is_empty());
    assert_eq!(store.next_due(Channel::Email).expect("read"), None);
}

pub(crate) fn a_parcel_exists_once(world: &impl World) {
    let store = world.open();
    let group = order(&store, vec![run(NOTICE, 0, 3), run(NOTICE, 0, 3)]);
    commit(&store, Append { parcels: vec![run(NOTICE, 0, 3)], ..batch(group, 0) });
    assert_eq!(store.progress(group, NOTICE).expect("read").total, 3);
}

pub(crate) fn a_crash_repeats_only_what_was_in_flight(world: &impl World) {
    {
        let store = world.open();
        order(&store, vec![run(NOTICE, 0, 10)]);
        let claimed = claim(&store, 0, 4);
        assert_eq!(slots(&claimed[0]), [0, 1, 2, 3]);
        settle(&store, 1, &claimed[0], &[(0, Delivery::Done), (1, Delivery::Done)]);
    }
    let store = world.open();
    assert!(claim(&store, LEASE - 1, 100).is_empty());
    let again = &claim(&store, LEASE, 100)[0];
    assert_eq!(slots(again), [2, 3, 4, 5, 6, 7, 8, 9]);
    let repeated: Vec<_> = again
        .slots
        .iter()
        .filter(|slot| slot.repeated)
        .map(|slot| (slot.slot.0, slot.attempts))
        .collect();
    assert_eq!(repeated, [(2, 1), (3, 1)]);
    // A second crash counts again.
    let third = &claim(&store, 2 * LEASE, 2)[0];
    assert_eq!(third.slots.iter().map(|slot| slot.attempts).collect::<Vec<_>>(), [2, 2]);
    assert!(third.fencing > again.fencing);
}

pub(crate) fn old_fencing_numbers_are_refused(world: &impl World) {
    let store = world.open();
    let group = order(&store, vec![run(NOTICE, 0, 2)]);
    let slow = &claim(&store, 0, 100)[0];
    let quick = &claim(&store, LEASE, 100)[0];
    assert_eq!(settle(&store, LEASE, slow, &all_done(slow)), SettlementOutcome::Fenced);
    assert_eq!(store.progress(group, NOTICE).expect("read").done, 0);
    assert_eq!(settle(&store, LEASE, quick, &all_done(quick)), SettlementOutcome::Recorded);
    assert_eq!(store.progress(group, NOTICE).expect("read").done, 2);
    let mut nowhere = quick.clone();
    nowhere.parcel.0 += 1_000;
    assert_eq!(settle(&store, LEASE, &nowhere, &[]), SettlementOutcome::NoParcel);
}

pub(crate) fn exceptions_come_again_when_due(world: &impl World) {
    let store = world.open();
    let group = order(&store, vec![run(NOTICE, 0, 4)]);
    let first = &claim(&store, 0, 100)[0];
    let answer = || "450 greylisted".to_owned();
    let results = [
        (0, Delivery::Done),
        (1, Delivery::Later { at: at(500), answer: answer() }),
        (2, Delivery::Unknown { at: at(300), answer: answer() }),
        (3, Delivery::Untried),
        (99, Delivery::Done),
    ];
    settle(&store, 10, first, &results);
    // What was handed back is due at once, without an attempt.
    let second = &claim(&store, 10, 100)[0];
    assert_eq!((second.slots[0].slot, second.slots[0].attempts), (Slot(3), 0));
    assert_eq!(second.slots.len(), 1);
    settle(&store, 10, second, &all_done(second));
    assert_eq!(store.next_due(Channel::Email).expect("read"), Some(at(300)));
    assert!(claim(&store, 299, 100).is_empty());
    let third = &claim(&store, 300, 100)[0];
    assert_eq!(
        (slots(third), third.slots[0].attempts, third.slots[0].repeated),
        (vec![2], 1, true)
    );
    settle(&store, 301, third, &[(2, Delivery::Later { at: at(900), answer: answer() })]);
    let fourth = &claim(&store, 1_000, 100)[0];
    let seen: Vec<_> =
        fourth.slots.iter().map(|slot| (slot.slot.0, slot.attempts, slot.repeated)).collect();
    assert_eq!(seen, [(1, 1, false), (2, 2, true)]);
    settle(&store, 1_000, fourth, &all_done(fourth));
    let progress = store.progress(group, NOTICE).expect("read");
    assert_eq!(progress, Progress { total: 4, done: 4, waiting: 0, given_up: 0 });
}

pub(crate) fn what_is_postponed_was_not_tried(world: &impl World) {
    let store = world.open();
    let group = order(&store, vec![run(NOTICE, 0, 2)]);
    for round in 0..5 {
        let claimed = &claim(&store, 100 * round, 100)[0];
        assert!(claimed.slots.iter().all(|slot| (slot.attempts, slot.repeated) == (0, false)));
        let again = Delivery::Postponed { at: at(100 * round + 100) };
        settle(&store, 100 * round, claimed, &[(0, again.clone()), (1, again)]);
        assert!(claim(&store, 100 * round + 99, 100).is_empty());
        assert_eq!(store.next_due(Channel::Email).expect("read"), Some(at(100 * round + 100)));
    }
    let last = &claim(&store, 500, 100)[0];
    settle(&store, 500, last, &all_done(last));
    let progress = store.progress(group, NOTICE).expect("read");
    assert_eq!(progress, Progress { total: 2, done: 2, waiting: 0, given_up: 0 });
}

pub(crate) fn claims_are_limited(world: &impl World) {
    let store = world.open();
    order(&store, vec![run(NOTICE, 0, 10), run(NOTICE, 10, 10), run(NOTICE, 20, 10)]);
    let first = claim(&store, 0, 15);
    assert_eq!(first.iter().map(|claimed| claimed.slots.len()).collect::<Vec<_>>(), [10, 5]);
    let second = claim(&store, 0, 100);
    assert_eq!(second.iter().map(slots).collect::<Vec<_>>(), [(20..30).collect::<Vec<_>>()]);
    // The rest of the half-claimed parcel comes when its claim is settled.
    settle(&store, 1, &first[1], &all_done(&first[1]));
    assert_eq!(slots(&claim(&store, 1, 100)[0]), (15..20).collect::<Vec<_>>());
    assert!(claim(&store, 1, 0).is_empty());
}

pub(crate) fn lists_and_limits(world: &impl World) {
    let store = world.open();
    let list = |slots: Vec<u32>| Parcel {
        notice: NOTICE,
        channel: Channel::Email,
        recipients: Recipients::List(slots.into_iter().map(Slot).collect()),
    };
    let empty = Notice::Closed { proposal: ProposalNumber(1) };
    let group = order(&store, vec![list(vec![3, 70_000, 4_000_000_000]), run(empty, 0, 0)]);
    let claimed = &claim(&store, 0, 100)[0];
    assert_eq!(slots(claimed), [3, 70_000, 4_000_000_000]);
    settle(&store, 0, claimed, &[(70_000, Delivery::Done)]);
    assert_eq!(store.progress(group, NOTICE).expect("read").done, 1);
    assert_eq!(store.progress(group, empty).expect("read").total, 0);
    let too_many = (0..=PARCEL_SLOTS_MAX).collect();
    for bad in
        [list(too_many), run(NOTICE, 90, PARCEL_SLOTS_MAX + 1), list(vec![2, 1]), list(vec![1, 1])]
    {
        let refused = append_one(&store, Append { parcels: vec![bad], ..batch(group, 0) });
        assert_eq!(refused, AppendOutcome::NotWritten);
    }
}

pub(crate) fn a_million_recipients_are_a_thousand_parcels(world: &impl World) {
    let store = world.open();
    let runs =
        (0..977).map(|number| run(NOTICE, number * 1_024, if number == 976 { 576 } else { 1_024 }));
    let group = order(&store, runs.collect());
    assert_eq!(store.progress(group, NOTICE).expect("read").total, 1_000_000);
    let claimed = claim(&store, 0, 100_000);
    assert_eq!(claimed.iter().map(|claimed| claimed.slots.len()).sum::<usize>(), 100_000);
    let settlements: Vec<_> = claimed
        .iter()
        .map(|claimed| Settlement {
            parcel: claimed.parcel,
            fencing: claimed.fencing,
            results: claimed.slots.iter().map(|slot| (slot.slot, Delivery::Done)).collect(),
        })
        .collect();
    let outcomes = store.settle_parcels(&settlements, NOW).expect("settled");
    assert!(outcomes.iter().all(|outcome| *outcome == SettlementOutcome::Recorded));
    let progress = store.progress(group, NOTICE).expect("read");
    assert_eq!((progress.done, progress.waiting), (100_000, 900_000));
}

pub(crate) fn given_up_is_parked(world: &impl World) {
    let store = world.open();
    let group = order(&store, vec![run(NOTICE, 0, 2)]);
    let claimed = &claim(&store, 0, 100)[0];
    let answer = "550 5.1.1 no such mailbox".to_owned();
    let given_up = Delivery::GivenUp { answer: answer.clone() };
    settle(&store, 0, claimed, &[(0, given_up), (1, Delivery::Done)]);
    assert!(claim(&store, 10 * LEASE, 100).is_empty());
    assert_eq!(store.parked_count().expect("read"), 1);
    let parked = store.parked(group, 10).expect("read");
    assert_eq!((parked.len(), parked[0].slot, parked[0].attempts), (1, Slot(0), 1));
    assert_eq!((parked[0].notice, &parked[0].answer), (NOTICE, &answer));
    let progress = Progress { total: 2, done: 1, waiting: 0, given_up: 1 };
    assert_eq!(store.unfinished(group).expect("read"), [(NOTICE, progress)]);
}

pub(crate) fn long_answers_are_cut(world: &impl World) {
    let store = world.open();
    let group = order(&store, vec![run(NOTICE, 0, 1)]);
    let claimed = &claim(&store, 0, 1)[0];
    // Three bytes a letter: the limit falls into the middle of one.
    let given_up = Delivery::GivenUp { answer: "ह".repeat(ANSWER_BYTES_MAX) };
    settle(&store, 0, claimed, &[(0, given_up)]);
    let answer = &store.parked(group, 1).expect("read")[0].answer;
    assert_eq!(answer.len(), ANSWER_BYTES_MAX / 3 * 3);
}
