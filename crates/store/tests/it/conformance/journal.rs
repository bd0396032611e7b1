//! Promises about entries, command keys, checkpoints and certificates.

use std::thread;

use mic_engine::append::{Append, AppendOutcome, Document, DocumentKind};
use mic_engine::ids::{LogTime, Number, ProposalNumber, Seq, Slot};
use mic_engine::parcel::Notice;
use mic_proof::hash::{leaf_hash, sha256};
use mic_store::contract::{
    Checkpoint, CheckpointSaved, Documents, Fault, Journal, Parcels, People,
};

use super::World;
use super::fixtures::{
    NOW, append_one, batch, commit, entry, found, group, key, line, prepare, run, texts,
};

pub(crate) fn entries_come_back_in_order(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let entries = (0..5).map(|number| entry(&format!("line {number}"), None)).collect();
    commit(&store, Append { entries, ..batch(group, 0) });
    commit(&store, line(group, 5, "line 5"));
    assert_eq!(store.length(group).expect("length"), Seq(6));
    let some = store.entries(group, Seq(2), 3).expect("read");
    let read: Vec<_> = some.iter().map(|entry| (entry.seq.0, entry.bytes.as_slice())).collect();
    assert_eq!(read, [(2, &b"line 2"[..]), (3, b"line 3"), (4, b"line 4")]);
    let leaves = store.leaves(group, Seq(4), 10).expect("read");
    assert_eq!(leaves, [leaf_hash(b"line 4"), leaf_hash(b"line 5")]);
    assert!(store.entries(group, Seq(6), 10).expect("read").is_empty());
}

/// Hands over one batch after the other.
fn hand_over(
    store: &impl Journal,
    batches: Vec<Result<Append, Fault>>,
) -> Result<AppendOutcome, Fault> {
    let mut batches = batches.into_iter();
    store.append_whole(&mut || batches.next().transpose())
}

pub(crate) fn a_whole_journal_is_written_or_nothing_of_it(world: &impl World) {
    {
        let store = world.open();
        let group = prepare(&store, 1);
        // A source that fails in the middle, a position that is taken, a slot that has somebody already.
        let failing = vec![Ok(line(group, 0, "a")), Err(Fault::Io("the source".into()))];
        assert!(matches!(hand_over(&store, failing), Err(Fault::Io(_))));
        let skipping = vec![Ok(line(group, 0, "a")), Ok(line(group, 2, "c"))];
        assert!(matches!(hand_over(&store, skipping), Ok(AppendOutcome::Conflict)));
        let people = || Append { people: found(0..2), ..batch(group, 1) };
        let doubling = vec![Ok(line(group, 0, "a")), Ok(people()), Ok(people())];
        assert!(matches!(hand_over(&store, doubling), Ok(AppendOutcome::NotWritten)));
        assert!(texts(&store, group).is_empty());
        assert!(store.person(group, Slot(0)).expect("read").is_none());
        assert_eq!(store.length(group).expect("read"), Seq(0));
        let whole = (0..50).map(|seq| Ok(line(group, seq, &format!("line {seq}")))).collect();
        assert!(matches!(hand_over(&store, whole), Ok(AppendOutcome::Committed)));
        assert!(matches!(hand_over(&store, Vec::new()), Ok(AppendOutcome::Committed)));
    }
    let store = world.open();
    assert_eq!(texts(&store, group(1)).len(), 50);
}

pub(crate) fn a_taken_position_is_a_conflict(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    commit(&store, line(group, 0, "mine"));
    assert_eq!(append_one(&store, line(group, 0, "too late")), AppendOutcome::Conflict);
    assert_eq!(append_one(&store, line(group, 2, "too early")), AppendOutcome::Conflict);
    assert_eq!(texts(&store, group), ["mine"]);
}

pub(crate) fn a_known_key_is_a_conflict(world: &impl World) {
    let store = world.open();
    let (one, two) = (prepare(&store, 1), prepare(&store, 2));
    commit(&store, Append { keys: vec![(key(7), Seq(0))], ..line(one, 0, "act") });
    let again = Append { keys: vec![(key(8), Seq(1)), (key(7), Seq(1))], ..line(one, 1, "act") };
    assert_eq!(append_one(&store, again), AppendOutcome::Conflict);
    assert_eq!(store.command_key(one, key(7)).expect("read"), Some(Seq(0)));
    assert_eq!(store.command_key(one, key(8)).expect("read"), None);
    assert_eq!(texts(&store, one), ["act"]);
    // Another group's keys are its own.
    commit(&store, Append { keys: vec![(key(7), Seq(0))], ..line(two, 0, "act") });
}

pub(crate) fn one_bad_batch_leaves_the_others_alone(world: &impl World) {
    let store = world.open();
    let (one, two) = (prepare(&store, 1), prepare(&store, 2));
    let twice = Append { people: [found(0..1), found(0..1)].concat(), ..line(two, 0, "twice") };
    let batches =
        [line(one, 0, "a"), line(one, 0, "late"), twice, line(one, 1, "b"), line(two, 0, "c")];
    let outcomes = store.append(&batches).expect("appended");
    let committed = AppendOutcome::Committed;
    let (conflict, not_written) = (AppendOutcome::Conflict, AppendOutcome::NotWritten);
    assert_eq!(outcomes, [committed, conflict, not_written, committed, committed]);
    assert_eq!(texts(&store, one), ["a", "b"]);
    assert_eq!(texts(&store, two), ["c"]);
}

pub(crate) fn nothing_of_a_refused_batch_stays(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let text = b"a charter".to_vec();
    let hash = sha256(&text);
    let document = Document { hash, bytes: text, kind: DocumentKind::Charter, proposal: None };
    let welcome = Notice::Closed { proposal: ProposalNumber(0) };
    let refused = Append {
        documents: vec![document],
        people: [found(0..3), found(2..3)].concat(),
        parcels: vec![run(welcome, 0, 3)],
        keys: vec![(key(1), Seq(0))],
        ..line(group, 0, "refused")
    };
    assert_eq!(append_one(&store, refused), AppendOutcome::NotWritten);
    assert_eq!(store.length(group).expect("length"), Seq(0));
    assert_eq!(store.document(group, &hash).expect("read"), None);
    assert!(store.people(group, mic_engine::ids::Slot(0), 10).expect("read").is_empty());
    assert_eq!(store.progress(group, welcome).expect("read").total, 0);
    assert_eq!(store.command_key(group, key(1)).expect("read"), None);
}

pub(crate) fn many_groups_commit_together(world: &impl World) {
    let store = world.open();
    let groups: Vec<_> = (1..=50).map(|number| prepare(&store, number)).collect();
    let batches: Vec<_> = groups.iter().map(|group| line(*group, 0, "together")).collect();
    let outcomes = store.append(&batches).expect("appended");
    assert!(outcomes.iter().all(|outcome| *outcome == AppendOutcome::Committed));
    assert!(groups.iter().all(|group| texts(&store, *group) == ["together"]));
}

pub(crate) fn a_batch_for_nobody_is_not_written(world: &impl World) {
    let store = world.open();
    assert_eq!(append_one(&store, line(group(9), 0, "lost")), AppendOutcome::NotWritten);
    assert_eq!(store.length(group(9)).expect("length"), Seq(0));
    assert!(store.append(&[]).expect("nothing to do").is_empty());
}

pub(crate) fn entries_of_one_proposal(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let entries =
        (0..9).map(|number| entry(&format!("{number}"), (number > 0).then_some(number % 3)));
    commit(&store, Append { entries: entries.collect(), ..batch(group, 0) });
    let read = |from, count| {
        let found = store.entries_of_proposal(group, ProposalNumber(2), Seq(from), count);
        found.expect("read").iter().map(|entry| entry.seq.0).collect::<Vec<_>>()
    };
    assert_eq!(read(0, 10), [2, 5, 8]);
    assert_eq!(read(3, 1), [5]);
}

pub(crate) fn keys_come_back_newest_first(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    for number in 0..5 {
        let keys = vec![(key(number), Seq(number.into()))];
        commit(&store, Append { keys, ..line(group, number.into(), "act") });
    }
    let recent = store.recent_command_keys(group, 2).expect("read");
    assert_eq!(recent, [(key(4), Seq(4)), (key(3), Seq(3))]);
}

pub(crate) fn checkpoints_never_go_back(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let entries = (0..4).map(|number| entry(&format!("{number}"), None)).collect();
    commit(&store, Append { entries, ..batch(group, 0) });
    let at = |size, later| Checkpoint {
        size,
        at: LogTime(NOW.0 + later),
        note: format!("note {size} {later}"),
    };
    let save = |checkpoint| store.save_checkpoint(group, &checkpoint).expect("answer");
    assert_eq!(store.latest_checkpoint(group).expect("read"), None);
    assert_eq!(save(at(2, 0)), CheckpointSaved::Saved);
    assert_eq!(save(at(2, 0)), CheckpointSaved::Saved);
    assert_eq!(save(at(5, 1)), CheckpointSaved::Ahead);
    assert_eq!(save(at(1, 1)), CheckpointSaved::Behind);
    assert_eq!(save(at(2, 3)), CheckpointSaved::Saved);
    assert_eq!(save(at(4, 4)), CheckpointSaved::Saved);
    assert_eq!(store.latest_checkpoint(group).expect("read"), Some(at(4, 4)));
    assert_eq!(store.checkpoints(group, 0, 10).expect("read"), [at(2, 0), at(2, 3), at(4, 4)]);
    assert_eq!(store.checkpoints(group, 3, 10).expect("read"), [at(4, 4)]);
}

pub(crate) fn certificates_stay(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    assert!(store.save_certificate(group, Number(1), "certificate one").expect("saved"));
    assert!(store.save_certificate(group, Number(1), "certificate one").expect("the same"));
    assert!(!store.save_certificate(group, Number(1), "another").expect("answer"));
    let kept = store.certificate(group, Number(1)).expect("read");
    assert_eq!(kept.as_deref(), Some("certificate one"));
    assert_eq!(store.certificate(group, Number(2)).expect("read"), None);
}

pub(crate) fn acknowledged_entries_survive_reopening(world: &impl World) {
    let group = group(1);
    for round in 0..5 {
        let store = world.open();
        if round == 0 {
            prepare(&store, 1);
        }
        assert_eq!(store.length(group).expect("length"), Seq(round));
        commit(&store, line(group, round, &format!("round {round}")));
    }
    let store = world.open();
    assert_eq!(texts(&store, group).len(), 5);
}

pub(crate) fn racing_writers_never_skip_or_double(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    let committed = thread::scope(|scope| {
        let race = |name: u8| {
            let store = &store;
            scope.spawn(move || {
                let mut committed = 0;
                for act in 0..25 {
                    let seq = store.length(group).expect("length");
                    let text = format!("{name}/{act}");
                    if append_one(store, line(group, seq.0, &text)) == AppendOutcome::Committed {
                        committed += 1;
                    }
                }
                committed
            })
        };
        let racers: Vec<_> = (0..4).map(race).collect();
        racers.into_iter().map(|racer| racer.join().expect("racer")).sum::<usize>()
    });
    let read = texts(&store, group);
    assert_eq!(read.len(), committed);
    let distinct: std::collections::BTreeSet<_> = read.iter().collect();
    assert_eq!(distinct.len(), committed);
}

/// A reader that remembers how far it read sees every entry once, however commits of other groups and slow batches interleave.
pub(crate) fn a_cursor_never_skips(world: &impl World) {
    const ENTRIES: u64 = 60;
    let store = world.open();
    let groups = [prepare(&store, 1), prepare(&store, 2)];
    thread::scope(|scope| {
        for (large, group) in [(false, groups[0]), (true, groups[1])] {
            let store = &store;
            scope.spawn(move || {
                for seq in 0..ENTRIES {
                    // The large batches hold the writer longer, so commits of the other group are delayed behind them.
                    let people = if large {
                        found(
                            u32::try_from(seq).expect("small") * 20
                                ..(u32::try_from(seq).expect("small") + 1) * 20,
                        )
                    } else {
                        Vec::new()
                    };
                    commit(store, Append { people, ..line(group, seq, &seq.to_string()) });
                }
            });
        }
        for group in groups {
            let store = &store;
            scope.spawn(move || {
                let mut cursor = 0;
                while cursor < ENTRIES {
                    for entry in store.entries(group, Seq(cursor), 7).expect("read") {
                        assert_eq!(entry.seq, Seq(cursor));
                        assert_eq!(entry.bytes, cursor.to_string().into_bytes());
                        cursor += 1;
                    }
                    thread::yield_now();
                }
            });
        }
    });
}
