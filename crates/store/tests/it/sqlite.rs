//! The conformance suite on SQLite, and what is peculiar to its files: who may open them, and damage that is found.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use mic_engine::append::{Append, Document, DocumentKind};
use mic_engine::ids::{GroupId, Seq, Slot};
use mic_proof::hash::sha256;
use mic_store::contract::{Checkpoint, Damage, Journal, People, Upkeep};
use mic_store::sqlite::{Durability, Entropy};
use mic_store::{Fault, MasterKey, Options, SqliteStore};
use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::conformance::fixtures::{NOW, batch, commit, entry, line, prepare, with_people};
use crate::conformance::{World, conform};

/// A folder with one database.
pub(crate) struct SqliteWorld {
    folder: TempDir,
    options: Options,
}

impl SqliteWorld {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("folder"), options: Options::default() }
    }

    /// For tests with many writes that are not about the disk.
    pub(crate) fn unsynced() -> Self {
        let options = Options { durability: Durability::None, pages_max: None };
        Self { options, ..Self::new() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("mic.db")
    }

    /// Every file that belongs to the database.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path()).expect("folder");
        entries.map(|entry| entry.expect("entry").path()).collect()
    }

    /// A connection past the store: to look at what lies there, and to do damage.
    pub(crate) fn raw(&self) -> Connection {
        Connection::open(self.path()).expect("raw connection")
    }

    pub(crate) fn try_open(&self) -> Result<SqliteStore, Fault> {
        SqliteStore::open(&self.path(), &MasterKey::new([42; 32]), self.options, entropy())
    }
}

impl World for SqliteWorld {
    type Store = SqliteStore;

    fn open(&self) -> SqliteStore {
        self.try_open().expect("opened")
    }
}

/// Never the same bytes twice within this process, which is all that a nonce needs.
pub(crate) fn entropy() -> Entropy {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Arc::new(|buffer| {
        for chunk in buffer.chunks_mut(8) {
            let number = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&number.to_le_bytes()[..chunk.len()]);
        }
    })
}

mod conforms {
    use super::SqliteWorld;

    super::conform!(SqliteWorld::new());
}

#[test]
fn a_second_store_on_the_same_file_is_refused() {
    let world = SqliteWorld::new();
    let first = world.open();
    let refused = world.try_open().err().expect("refused");
    assert!(matches!(&refused, Fault::InUse(path) if *path == world.path()));
    assert!(refused.to_string().contains("already running"));
    drop(first);
    world.open();
}

#[test]
fn another_key_is_refused() {
    let world = SqliteWorld::new();
    drop(world.open());
    let key = MasterKey::new([43; 32]);
    let refused = SqliteStore::open(&world.path(), &key, Options::default(), entropy());
    assert!(matches!(refused.err(), Some(Fault::WrongKey)));
}

#[test]
fn a_newer_schema_is_refused() {
    let world = SqliteWorld::new();
    drop(world.open());
    world.raw().pragma_update(None, "user_version", 99).expect("changed");
    let refused = world.try_open().err();
    assert!(matches!(refused, Some(Fault::NewerSchema { found: 99, known: 1 })), "{refused:?}");
}

#[test]
fn what_is_not_ours_is_refused_and_left_alone() {
    let world = SqliteWorld::new();
    world
        .raw()
        .execute_batch("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
        .expect("made");
    let before = fs::read(world.path()).expect("read");
    assert!(matches!(world.try_open().err(), Some(Fault::NotOurs(_))));
    assert_eq!(fs::read(world.path()).expect("read"), before);
    fs::write(world.path(), "a letter, not a database, and longer than a header".repeat(200))
        .expect("written");
    assert!(matches!(world.try_open().err(), Some(Fault::Corrupt(_))));
}

#[test]
fn the_files_are_private_and_the_log_is_written_ahead() {
    let world = SqliteWorld::new();
    let store = world.open();
    prepare(&store, 1);
    let names: Vec<_> = world.files();
    assert!(names.iter().any(|path| path.to_string_lossy().ends_with("-wal")));
    for path in names {
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}

/// What must not be known about anybody has no column.
#[test]
fn no_column_is_for_traces_of_people() {
    let world = SqliteWorld::new();
    drop(world.open());
    let raw = world.raw();
    let mut statement = raw
        .prepare("SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c")
        .expect("prepared");
    let columns: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .expect("query")
        .map(|name| name.expect("name"))
        .collect();
    assert!(columns.len() > 80, "{columns:?}");
    let forbidden = [
        "ip",
        "remote",
        "agent",
        "browser_name",
        "seen",
        "read",
        "opened",
        "clicked",
        "last_login",
    ];
    for column in &columns {
        let name = column.split('.').next_back().expect("name");
        assert!(!name.split('_').any(|word| forbidden.contains(&word)), "{column}");
    }
}

#[test]
fn a_value_in_another_row_is_refused() {
    let world = SqliteWorld::new();
    let store = world.open();
    let group = with_people(&store, 1, 2);
    let swap =
        "UPDATE members SET sealed = (SELECT sealed FROM members WHERE slot = 1) WHERE slot = 0";
    assert_eq!(world.raw().execute(swap, []).expect("swapped"), 1);
    assert!(matches!(store.person(group, Slot(0)), Err(Fault::Corrupt(_))));
    assert!(store.person(group, Slot(1)).expect("read").is_some());
}

fn journal_of(world: &SqliteWorld, entries: u32) -> (SqliteStore, GroupId) {
    let store = world.open();
    let group = prepare(&store, 1);
    let entries = (0..entries).map(|number| entry(&format!("entry {number}"), None)).collect();
    commit(&store, Append { entries, ..batch(group, 0) });
    (store, group)
}

#[test]
fn a_changed_entry_is_found() {
    let world = SqliteWorld::new();
    let (store, group) = journal_of(&world, 5);
    let change = "UPDATE entries SET bytes = CAST('entry 7' AS BLOB) WHERE seq = 3";
    world.raw().execute(change, []).expect("changed");
    assert_eq!(store.check().expect("checked"), []);
    assert_eq!(store.scrub().expect("scrubbed"), [Damage::EntryAltered { group, seq: Seq(3) }]);
}

#[test]
fn a_missing_entry_is_found_at_the_start() {
    let world = SqliteWorld::new();
    let (store, group) = journal_of(&world, 5);
    world.raw().execute("DELETE FROM entries WHERE seq = 2", []).expect("deleted");
    assert_eq!(store.check().expect("checked"), [Damage::EntryMissing { group, seq: Seq(2) }]);
}

#[test]
fn a_journal_behind_its_checkpoint_is_found() {
    let world = SqliteWorld::new();
    let (store, group) = journal_of(&world, 5);
    let checkpoint = Checkpoint { size: 5, at: NOW, note: "signed".into() };
    store.save_checkpoint(group, &checkpoint).expect("saved");
    let raw = world.raw();
    raw.execute("DELETE FROM entries WHERE seq >= 3", []).expect("deleted");
    raw.execute("UPDATE groups SET length = 3", []).expect("hidden");
    let tail = Damage::TailMissing { group, length: Seq(3), published: 5 };
    assert_eq!(store.check().expect("checked"), [tail]);
}

#[test]
fn a_changed_document_is_found() {
    let world = SqliteWorld::new();
    let (store, group) = journal_of(&world, 1);
    let (one, two) = (b"one".to_vec(), b"two".to_vec());
    let hash = sha256(&one);
    let document = |bytes: Vec<u8>| {
        let kind = DocumentKind::Version;
        Document { hash: sha256(&bytes), bytes, kind, proposal: None }
    };
    let documents = vec![document(one), document(two)];
    commit(&store, Append { documents, ..line(group, 1, "put") });
    let swap = "UPDATE documents SET sealed = (SELECT sealed FROM documents WHERE hash <> ?1) WHERE hash = ?1";
    world.raw().execute(swap, params![hash.as_bytes()]).expect("swapped");
    assert_eq!(store.scrub().expect("scrubbed"), [Damage::DocumentAltered { group, hash }]);
}

/// Flips one bit in each page that holds entries and cuts the file at each quarter: whatever is hit, something refuses.
#[test]
fn a_damaged_file_never_passes() {
    let world = SqliteWorld::new();
    drop(journal_of(&world, 2_000));
    let sound = fs::read(world.path()).expect("read");
    let judged = |label: String| {
        let damaged = match world.try_open() {
            Err(_) => true,
            Ok(store) => store.scrub().map_or(true, |damage| !damage.is_empty()),
        };
        assert!(damaged, "{label} passed");
        // What recovery left beside the file belongs to the damaged one.
        for path in world.files() {
            fs::remove_file(path).expect("removed");
        }
        fs::write(world.path(), &sound).expect("restored");
    };
    let text = b"entry 1";
    let hits: Vec<_> = (0..sound.len() - text.len())
        .filter(|place| sound[*place..].starts_with(text))
        .step_by(150)
        .collect();
    assert!(hits.len() > 5, "{}", hits.len());
    for place in hits {
        let file = OpenOptions::new().write(true).open(world.path()).expect("opened");
        file.write_all_at(&[sound[place] ^ 4], place as u64).expect("flipped");
        judged(format!("a flipped bit at {place}"));
    }
    for quarter in 1..4 {
        let file = OpenOptions::new().write(true).open(world.path()).expect("opened");
        file.set_len((sound.len() / 4 * quarter) as u64).expect("cut");
        judged(format!("a file cut to {quarter} quarters"));
    }
    assert_eq!(world.open().scrub().expect("scrubbed"), []);
}
