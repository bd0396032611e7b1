//! SQLite when the world fails: a full disk, writes that fail, a killed process.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::ids::{GroupId, Seq};
use mic_store::contract::{Groups, Journal, Upkeep};
use mic_store::sqlite::Entropy;
use mic_store::{Fault, MasterKey, Options, SqliteStore};

use crate::conformance::World;
use crate::conformance::fixtures::{append_one, commit, entry, group, line, prepare, texts};
use crate::sqlite::{SqliteWorld, entropy};

/// Set for a process that a test starts from itself: the database it works on.
const CHILD: &str = "MIC_STORE_TEST_CHILD";

fn large(group: GroupId, seq: u64) -> Append {
    let text = format!("{seq} {}", "x".repeat(20_000));
    Append { entries: vec![entry(&text, None)], ..line(group, seq, "") }
}

#[test]
fn a_full_disk_leaves_reads_and_ends_when_there_is_space() {
    let world = SqliteWorld::new();
    let store = world.open();
    let (one, two) = (prepare(&store, 1), prepare(&store, 2));
    store.set_pages_max(150).expect("limited");
    let mut written = 0;
    let fault = loop {
        match store.append(&[large(one, written), line(two, written, "small")]) {
            Ok(outcomes) => assert_eq!(outcomes, [AppendOutcome::Committed; 2]),
            Err(fault) => break fault,
        }
        written += 1;
        assert!(written < 1_000, "the disk never filled");
    };
    assert!(matches!(fault, Fault::Full), "{fault:?}");
    assert!(written > 3, "{written}");
    // Nothing of either batch was written, and everything before can be read.
    assert_eq!(texts(&store, one).len() as u64, written);
    assert_eq!(texts(&store, two).len() as u64, written);
    assert!(matches!(store.append(&[large(one, written)]), Err(Fault::Full)));
    store.set_pages_max(10_000).expect("space again");
    commit(&store, large(one, written));
    commit(&store, line(two, written, "small"));
    assert_eq!(store.scrub().expect("scrubbed"), []);
}

#[test]
fn every_point_of_filling_up_is_clean() {
    let world = SqliteWorld::unsynced();
    let store = world.open();
    let one = prepare(&store, 1);
    let mut written = 0;
    let mut refused = 0;
    // One more page each time: each act meets the limit somewhere else.
    for pages in 60..160 {
        store.set_pages_max(pages).expect("limited");
        match store.append(&[large(one, written)]) {
            Ok(outcomes) => {
                assert_eq!(outcomes, [AppendOutcome::Committed]);
                written += 1;
            }
            Err(Fault::Full) => refused += 1,
            Err(fault) => panic!("{fault:?}"),
        }
        assert_eq!(store.length(one).expect("read"), Seq(written));
    }
    assert!(refused > 20 && written > 5, "{refused} refused, {written} written");
    assert_eq!(store.scrub().expect("scrubbed"), []);
}

/// The system refuses to let the log grow beyond 1 MiB: commits fail half-way. The child says what it was told, settles each doubt by
/// reading back, and goes on; then this process reads what is really there.
#[test]
fn a_failed_commit_is_a_doubt_that_reading_back_settles() {
    const NAME: &str = "sqlite_faults::a_failed_commit_is_a_doubt_that_reading_back_settles";
    if let Some(path) = database_of_child() {
        return write_against_the_limit(&path);
    }
    let world = SqliteWorld::new();
    prepare(&world.open(), 1);
    let mut shell = Command::new("bash");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 1024; exec \"$0\" \"$@\""]);
    shell.arg(std::env::current_exe().expect("own path"));
    let output = shell
        .args(["--exact", NAME, "--nocapture", "--test-threads=1"])
        .env(CHILD, world.path())
        .output()
        .expect("child");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let last = said.lines().filter_map(|line| line.strip_prefix("settled ")).next_back();
    let settled: u64 = last.and_then(|number| number.parse().ok()).expect("a doubt was met");
    let store = world.open();
    assert_eq!(store.length(group(1)).expect("read"), Seq(settled));
    assert_eq!(store.scrub().expect("scrubbed"), []);
    commit(&store, line(group(1), settled, "goes on"));
}

fn write_against_the_limit(path: &str) {
    let store = open_child(path);
    let (mut length, mut doubts, mut after_doubt) = (0, 0, 0);
    // The log is emptied when a doubt is settled, so writing goes on after it, and fails again later.
    for _ in 0..400 {
        match store.append(&[line(group(1), length, &"y".repeat(3_000))]) {
            Ok(outcomes) if outcomes == [AppendOutcome::Committed] => {
                length += 1;
                after_doubt += u32::from(doubts > 0);
            }
            Ok(outcomes) => {
                assert_eq!(outcomes, [AppendOutcome::Unknown]);
                doubts += 1;
                match store.length(group(1)) {
                    Ok(read) => {
                        assert!((length..=length + 1).contains(&read.0), "{read} after {length}");
                        length = read.0;
                    }
                    // The file itself has met the limit: nothing more can be saved.
                    Err(Fault::Io(_)) => break,
                    Err(fault) => panic!("{fault:?}"),
                }
            }
            Err(Fault::Io(_)) => break,
            Err(fault) => panic!("{fault:?}"),
        }
        println!("settled {length}");
    }
    assert!(doubts > 0, "no commit failed");
    assert!(after_doubt > 20, "writing did not go on after a doubt: {after_doubt}");
}

/// A process that is killed at any moment loses nothing it acknowledged, and keeps at most the one act that was under way.
#[test]
fn a_killed_process_loses_nothing_acknowledged() {
    const NAME: &str = "sqlite_faults::a_killed_process_loses_nothing_acknowledged";
    if let Some(path) = database_of_child() {
        let store = open_child(&path);
        let mut length = store.length(group(1)).expect("length").0;
        loop {
            assert_eq!(
                append_one(&store, line(group(1), length, &length.to_string())),
                AppendOutcome::Committed
            );
            println!("acknowledged {length}");
            length += 1;
        }
    }
    let world = SqliteWorld::new();
    prepare(&world.open(), 1);
    for kill in 1..=12 {
        let mut child = Command::new(std::env::current_exe().expect("own path"))
            .args(["--exact", NAME, "--nocapture", "--test-threads=1"])
            .env(CHILD, world.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("child");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let numbers = lines.map_while(Result::ok).filter_map(|line| {
            // The test harness may print its own words on the same line as the first of ours.
            line.split_once("acknowledged ").and_then(|(_, number)| number.parse::<u64>().ok())
        });
        let acknowledged = numbers.take(kill * 3).last().expect("some work was done");
        child.kill().expect("killed");
        child.wait().expect("gone");
        let store = world.open();
        let length = store.length(group(1)).expect("length").0;
        assert!(length > acknowledged, "{length} after {acknowledged} was acknowledged");
        let read = texts(&store, group(1));
        assert!((0..).zip(&read).all(|(seq, text): (u64, _)| *text == seq.to_string()));
        assert_eq!(store.check().expect("checked"), []);
    }
    assert_eq!(world.open().groups().expect("groups").len(), 1);
}

/// Whether this process is a child, and on which database.
#[expect(clippy::disallowed_methods, reason = "how a test tells its child what to do")]
fn database_of_child() -> Option<String> {
    std::env::var(CHILD).ok()
}

fn open_child(path: &str) -> SqliteStore {
    let entropy: Entropy = entropy();
    let key = MasterKey::new([42; 32]);
    SqliteStore::open(path.as_ref(), &key, Options::default(), entropy).expect("opened")
}
