//! Opening the file, one writer and a few readers, transactions and what their failures mean. Knows no table.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::{Durability, Options, schema};
use crate::contract::Fault;

/// Idle readers that are kept; more are opened when needed and closed afterwards.
const READERS_MAX: usize = 4;
/// How long a connection waits for another one, in milliseconds. Within one process it hardly ever has to.
const BUSY_MILLISECONDS: u64 = 5_000;
/// Statements a connection keeps prepared.
const STATEMENTS_MAX: usize = 128;

/// All connections to one file, and the lock that keeps other processes out.
pub(super) struct Connections {
    path: PathBuf,
    durability: Durability,
    /// 0: as far as the disk goes.
    pages_max: AtomicU32,
    open: RwLock<Option<Open>>,
    /// A commit failed half-way: close everything and recover before the next use.
    doubtful: AtomicBool,
    /// Held as long as we live; the system lets go of it when the process dies, however it dies.
    _lock: File,
}

struct Open {
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Connections {
    pub(super) fn open(path: &Path, options: Options) -> Result<Self, Fault> {
        let lock = lock_beside(path)?;
        create_private(path)?;
        let connections = Self {
            path: path.to_owned(),
            durability: options.durability,
            pages_max: AtomicU32::new(options.pages_max.unwrap_or(0)),
            open: RwLock::new(None),
            doubtful: AtomicBool::new(true),
            _lock: lock,
        };
        connections.recover()?;
        Ok(connections)
    }

    pub(super) fn set_pages_max(&self, pages: u32) -> Result<(), Fault> {
        self.pages_max.store(pages, Ordering::SeqCst);
        self.with_open(|open| {
            let writer = held(&open.writer);
            Ok(writer.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        })
    }

    /// Reads one consistent state.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.with_open(|open| {
            let idle = held(&open.readers).pop();
            let reader = match idle {
                Some(reader) => reader,
                None => self.connect(true)?,
            };
            let transaction = reader.unchecked_transaction()?;
            let result = work(&transaction);
            drop(transaction);
            let mut readers = held(&open.readers);
            if readers.len() < READERS_MAX {
                readers.push(reader);
            }
            result
        })
    }

    /// Does all of `work` and makes it durable, or nothing of it.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.with_open(|open| {
            let mut writer = held(&open.writer);
            let mut transaction =
                writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&mut transaction)?;
            match transaction.commit() {
                Ok(()) => Ok(result),
                Err(error) => Err(self.judge_commit(error)),
            }
        })
    }

    /// Copies the log into the file and empties it, so that it forgets what was erased. When readers are in the way,
    /// the next call does it.
    pub(super) fn forget_log(&self) -> Result<(), Fault> {
        self.with_open(|open| {
            let writer = held(&open.writer);
            Ok(writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
        })
    }

    /// A full disk is met while the log is written, before its commit mark: nothing happened, and rolling back
    /// made that so. The same is true when the lock was not to be had. After anything else (above all: a sync that failed) the
    /// log may or may not hold the commit, and a later recovery could bring it back: a doubt.
    fn judge_commit(&self, error: rusqlite::Error) -> Fault {
        let nothing_happened = matches!(
            error.sqlite_error_code(),
            Some(
                ErrorCode::DiskFull
                    | ErrorCode::DatabaseBusy
                    | ErrorCode::DatabaseLocked
                    | ErrorCode::ConstraintViolation,
            )
        );
        if nothing_happened {
            return Fault::from(error);
        }
        self.doubtful.store(true, Ordering::SeqCst);
        Fault::Unknown(error.to_string())
    }

    fn with_open<T>(&self, work: impl FnOnce(&Open) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.doubtful.load(Ordering::SeqCst) {
            self.recover()?;
        }
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        match &*open {
            Some(open) => work(open),
            // Another thread met a doubt and could not recover: so say we.
            None => Err(Fault::Io("the database could not be opened again".into())),
        }
    }

    /// Waits until nobody uses a connection, closes them all (which lets SQLite settle its log) and opens anew.
    fn recover(&self) -> Result<(), Fault> {
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if !self.doubtful.load(Ordering::SeqCst) {
            return Ok(());
        }
        *open = None;
        let mut writer = self.connect(false)?;
        schema::migrate(&mut writer, &self.path)?;
        *open = Some(Open { writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) });
        self.doubtful.store(false, Ordering::SeqCst);
        Ok(())
    }

    fn connect(&self, reader: bool) -> Result<Connection, Fault> {
        // Each connection stays with one thread at a time: SQLite's own lock around it is not needed.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(Duration::from_millis(BUSY_MILLISECONDS))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        schema::refuse_foreign(&connection, &self.path)?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        let synchronous = match self.durability {
            Durability::Full => "full",
            Durability::None => "off",
        };
        connection.pragma_update(None, "synchronous", synchronous)?;
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        let pages = self.pages_max.load(Ordering::SeqCst);
        if pages > 0 {
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        }
        if reader {
            connection.pragma_update(None, "query_only", true)?;
        }
        Ok(connection)
    }
}

/// A panic while a lock was held rolled its transaction back: the connection itself is sound.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the lock that says: this database is in use.
fn lock_beside(path: &Path) -> Result<File, Fault> {
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(PathBuf::from(name))
        .map_err(|error| Fault::from_io(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(Fault::from_io(&error)),
    }
}

/// SQLite gives its log the permissions of the database file: others must not read it.
fn create_private(path: &Path) -> Result<(), Fault> {
    let created =
        OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
    created.and_then(|_| crate::keys::sync_folder_of(path)).map_err(|error| Fault::from_io(&error))
}
