//! Whose database a file is, which version its schema has, and bringing it up to date. Knows no table but `meta`.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use crate::contract::Fault;

/// "MicC": says in the header of the file whose it is.
const APPLICATION_ID: i32 = 0x4d69_6343;

/// Each brings the schema from its place in this list to the next version. What was released is never changed.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_first.sql")];

/// The version of the schema after all of them.
const KNOWN: u32 = 1;
const _: () = assert!(KNOWN as usize == MIGRATIONS.len());

/// Refuses what another program or a newer release wrote. An empty file is ours to fill.
pub(super) fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let application: i32 = pragma(connection, "application_id")?;
    let version: u32 = pragma(connection, "user_version")?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && (application != 0 || version != 0 || tables != 0) {
        return Err(Fault::NotOurs(path.to_owned()));
    }
    if version > KNOWN {
        return Err(Fault::NewerSchema { found: version, known: KNOWN });
    }
    Ok(())
}

/// Applies what is missing in one transaction: a crash in the middle leaves the version before.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    refuse_foreign(connection, path)?;
    let version: u32 = pragma(connection, "user_version")?;
    let missing = MIGRATIONS.get(version as usize..).unwrap_or(&[]);
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", KNOWN)?;
    Ok(transaction.commit()?)
}

/// The first key a database meets is its own; any other is refused.
pub(super) fn claim_key(transaction: &Transaction<'_>, check: &[u8; 32]) -> Result<(), Fault> {
    let known: Option<Vec<u8>> = transaction
        .query_row("SELECT value FROM meta WHERE name = 'key_check'", [], |row| row.get(0))
        .optional()?;
    match known {
        Some(known) if known == check => Ok(()),
        Some(_) => Err(Fault::WrongKey),
        None => {
            transaction
                .execute("INSERT INTO meta (name, value) VALUES ('key_check', ?1)", [&check[..]])?;
            Ok(())
        }
    }
}

fn pragma<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> Result<T, Fault> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}
