//! Groups, batches and people for tests.

use mic_engine::append::{Append, AppendOutcome, EntryBytes, Person, PersonWrite};
use mic_engine::ids::{CommandKey, GroupId, LogTime, ProposalNumber, Seq, Slot};
use mic_engine::parcel::{Channel, Notice, Parcel, Recipients};
use mic_proof::hash::leaf_hash;
use mic_store::Store;
use mic_store::contract::{GroupPrepared, GroupSecrets};

pub(crate) const NOW: LogTime = LogTime(1_700_000_000_000);

pub(crate) fn group(number: u8) -> GroupId {
    GroupId([number; 16])
}

pub(crate) fn secrets(number: u8) -> GroupSecrets {
    GroupSecrets { signing_seed: [number; 32], beacon_secret: [number ^ 0xff; 32] }
}

pub(crate) fn prepare(store: &impl Store, number: u8) -> GroupId {
    let id = group(number);
    let slug = format!("group-{number}");
    let prepared = store.prepare_group(id, &slug, true, &secrets(number), NOW);
    assert_eq!(prepared.expect("prepared"), GroupPrepared::Prepared);
    id
}

/// A batch with nothing in it but its position.
pub(crate) fn batch(group: GroupId, expected: u64) -> Append {
    Append {
        group,
        expected: Seq(expected),
        entries: Vec::new(),
        documents: Vec::new(),
        erased_documents: Vec::new(),
        vault: Vec::new(),
        people: Vec::new(),
        parcels: Vec::new(),
        keys: Vec::new(),
    }
}

/// A batch with one entry of that text.
pub(crate) fn line(group: GroupId, expected: u64, text: &str) -> Append {
    Append { entries: vec![entry(text, None)], ..batch(group, expected) }
}

pub(crate) fn entry(text: &str, proposal: Option<u32>) -> EntryBytes {
    let bytes = text.as_bytes().to_vec();
    EntryBytes { leaf: leaf_hash(&bytes), bytes, proposal: proposal.map(ProposalNumber) }
}

pub(crate) fn key(number: u8) -> CommandKey {
    CommandKey([number; 16])
}

pub(crate) fn person(number: u32) -> Person {
    Person {
        name: format!("Person {number}"),
        email: format!("person{number}@example.org"),
        language: "en".into(),
    }
}

pub(crate) fn found(slots: std::ops::Range<u32>) -> Vec<PersonWrite> {
    slots.map(|slot| PersonWrite::Found { slot: Slot(slot), person: person(slot) }).collect()
}

/// A group with that many people in slots 0, 1, 2 …
pub(crate) fn with_people(store: &impl Store, number: u8, count: u32) -> GroupId {
    let group = prepare(store, number);
    commit(store, Append { people: found(0..count), ..line(group, 0, "founded") });
    group
}

pub(crate) fn append_one(store: &impl Store, batch: Append) -> AppendOutcome {
    let outcomes = store.append(&[batch]).expect("appended");
    assert_eq!(outcomes.len(), 1);
    outcomes[0]
}

pub(crate) fn commit(store: &impl Store, batch: Append) {
    assert_eq!(append_one(store, batch), AppendOutcome::Committed);
}

pub(crate) fn run(notice: Notice, first: u32, count: u32) -> Parcel {
    let recipients = Recipients::Run { first: Slot(first), count };
    Parcel { notice, channel: Channel::Email, recipients }
}

pub(crate) fn texts(store: &impl Store, group: GroupId) -> Vec<String> {
    let entries = store.entries(group, Seq(0), 10_000).expect("read");
    let mut texts = Vec::new();
    for (place, entry) in (0..).zip(entries) {
        assert_eq!(entry.seq, Seq(place));
        assert_eq!(entry.leaf, leaf_hash(&entry.bytes));
        texts.push(String::from_utf8(entry.bytes).expect("text"));
    }
    texts
}
