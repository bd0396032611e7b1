//! Is what lies in the file what was put there? Finds damage, never repairs it.

use mic_engine::ids::{GroupId, Seq};
use mic_proof::hash::{leaf_hash, sha256};
use rusqlite::{Connection, params};

use super::{SqliteStore, columns, documents, tidy};
use crate::contract::{Damage, Fault, Tidied, Upkeep};

impl Upkeep for SqliteStore {
    fn check(&self) -> Result<Vec<Damage>, Fault> {
        self.read(|connection| {
            let mut damage = Vec::new();
            for (group, length) in lengths(connection)? {
                check_group(connection, group, length, &mut damage)?;
            }
            Ok(damage)
        })
    }

    fn scrub(&self) -> Result<Vec<Damage>, Fault> {
        let mut damage = self.check()?;
        self.read(|connection| {
            for (group, _) in lengths(connection)? {
                scrub_entries(connection, group, &mut damage)?;
                self.scrub_documents(connection, group, &mut damage)?;
            }
            check_file(connection, &mut damage)
        })?;
        Ok(damage)
    }

    fn tidy(&self, now: mic_engine::ids::LogTime) -> Result<Tidied, Fault> {
        let tidied = self.write(|transaction| tidy::destroy_expired(transaction, now))?;
        self.connections.forget_log()?;
        Ok(tidied)
    }
}

impl SqliteStore {
    fn scrub_documents(
        &self,
        connection: &Connection,
        group: GroupId,
        damage: &mut Vec<Damage>,
    ) -> Result<(), Fault> {
        let mut statement = connection.prepare_cached(
            "SELECT hash, sealed FROM documents WHERE group_id = ?1 AND sealed IS NOT NULL",
        )?;
        let mut rows = statement.query(params![group.0])?;
        while let Some(row) = rows.next()? {
            let hash = columns::hash(&row.get::<_, Vec<u8>>(0)?)?;
            let sealed: Vec<u8> = row.get(1)?;
            let text = self.sealer.open(&documents::place(group, &hash), &sealed);
            if !text.is_ok_and(|bytes| sha256(&bytes) == hash) {
                damage.push(Damage::DocumentAltered { group, hash });
            }
        }
        Ok(())
    }
}

fn lengths(connection: &Connection) -> Result<Vec<(GroupId, u64)>, Fault> {
    let mut statement = connection.prepare_cached("SELECT id, length FROM groups ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next()? {
        let group = columns::group(&row.get::<_, Vec<u8>>(0)?)?;
        groups.push((group, columns::unsigned(row.get(1)?)?));
    }
    Ok(groups)
}

/// Positions are unique by the key of the table, so a count that equals the span means that none is missing.
fn check_group(
    connection: &Connection,
    group: GroupId,
    length: u64,
    damage: &mut Vec<Damage>,
) -> Result<(), Fault> {
    let (count, last): (i64, Option<i64>) = connection
        .prepare_cached("SELECT count(*), max(seq) FROM entries WHERE group_id = ?1")?
        .query_row(params![group.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let span = last.map(columns::unsigned).transpose()?.map_or(0, |last| last + 1);
    if columns::unsigned(count)? != length || span != length {
        let seq = first_missing(connection, group)?;
        damage.push(Damage::EntryMissing { group, seq });
    }
    let published: i64 = connection
        .prepare_cached("SELECT coalesce(max(size), 0) FROM checkpoints WHERE group_id = ?1")?
        .query_row(params![group.0], |row| row.get(0))?;
    let published = columns::unsigned(published)?;
    if published > span {
        damage.push(Damage::TailMissing { group, length: Seq(span), published });
    }
    Ok(())
}

fn first_missing(connection: &Connection, group: GroupId) -> Result<Seq, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT seq FROM entries WHERE group_id = ?1 ORDER BY seq")?;
    let mut rows = statement.query(params![group.0])?;
    let mut next = 0;
    while let Some(row) = rows.next()? {
        if columns::unsigned(row.get(0)?)? != next {
            break;
        }
        next += 1;
    }
    Ok(Seq(next))
}

fn scrub_entries(
    connection: &Connection,
    group: GroupId,
    damage: &mut Vec<Damage>,
) -> Result<(), Fault> {
    let mut statement = connection
        .prepare_cached("SELECT seq, leaf, bytes FROM entries WHERE group_id = ?1 ORDER BY seq")?;
    let mut rows = statement.query(params![group.0])?;
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(2)?;
        if leaf_hash(&bytes).as_bytes()[..] != row.get::<_, Vec<u8>>(1)? {
            damage.push(Damage::EntryAltered { group, seq: Seq(columns::unsigned(row.get(0)?)?) });
        }
    }
    Ok(())
}

fn check_file(connection: &Connection, damage: &mut Vec<Damage>) -> Result<(), Fault> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            damage.push(Damage::File(line));
        }
    }
    Ok(())
}
