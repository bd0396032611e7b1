//! Rows of groups. Knows nothing of journals but their length.

use mic_engine::ids::{GroupId, LogTime, Seq};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, columns};
use crate::contract::{Fault, Group, GroupPrepared, GroupSecrets, Groups, SLUG_BYTES_MAX};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::Place;

impl Groups for SqliteStore {
    fn prepare_group(
        &self,
        id: GroupId,
        slug: &str,
        public: bool,
        secrets: &GroupSecrets,
        now: LogTime,
    ) -> Result<GroupPrepared, Fault> {
        refuse_long(slug)?;
        let record =
            RecordWriter::default().bytes(&secrets.signing_seed).bytes(&secrets.beacon_secret);
        let sealed = self.sealer.seal(&place(id), &record.finish());
        self.write(|transaction| {
            if length(transaction, id)?.is_some() {
                return Ok(GroupPrepared::Exists);
            }
            if slug_taken(transaction, id, slug)? {
                return Ok(GroupPrepared::SlugTaken);
            }
            transaction.execute(
                "INSERT INTO groups (id, slug, public, prepared, length, sealed)
                 VALUES (?1, ?2, ?3, ?4, 0, ?5)",
                params![id.0, slug, public, columns::signed(now.0), sealed],
            )?;
            Ok(GroupPrepared::Prepared)
        })
    }

    fn drop_unfounded(&self, id: GroupId) -> Result<bool, Fault> {
        self.write(|transaction| {
            let dropped = transaction
                .execute("DELETE FROM groups WHERE id = ?1 AND length = 0", params![id.0])?;
            Ok(dropped == 1)
        })
    }

    fn rename_group(&self, id: GroupId, slug: &str, public: bool) -> Result<bool, Fault> {
        refuse_long(slug)?;
        self.write(|transaction| {
            if slug_taken(transaction, id, slug)? {
                return Ok(false);
            }
            let renamed = transaction.execute(
                "UPDATE groups SET slug = ?2, public = ?3 WHERE id = ?1",
                params![id.0, slug, public],
            )?;
            Ok(renamed == 1)
        })
    }

    fn groups(&self) -> Result<Vec<Group>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, slug, public, prepared, length FROM groups ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut groups = Vec::new();
            while let Some(row) = rows.next()? {
                groups.push(group(row)?);
            }
            Ok(groups)
        })
    }

    fn group_by_slug(&self, slug: &str) -> Result<Option<Group>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, slug, public, prepared, length FROM groups WHERE slug = ?1",
            )?;
            let mut rows = statement.query([slug])?;
            rows.next()?.map(group).transpose()
        })
    }

    fn group_secrets(&self, id: GroupId) -> Result<Option<GroupSecrets>, Fault> {
        let sealed: Option<Vec<u8>> = self.read(|connection| {
            let found = connection
                .prepare_cached("SELECT sealed FROM groups WHERE id = ?1")?
                .query_row(params![id.0], |row| row.get(0));
            Ok(found.optional()?)
        })?;
        let Some(sealed) = sealed else { return Ok(None) };
        let plain = self.sealer.open(&place(id), &sealed)?;
        let mut record = RecordReader::new(&plain);
        Ok(Some(GroupSecrets { signing_seed: record.array()?, beacon_secret: record.array()? }))
    }
}

/// How many entries a group has; `None` for a group that was never prepared.
pub(super) fn length(connection: &Connection, id: GroupId) -> Result<Option<u64>, Fault> {
    let length: Option<i64> = connection
        .prepare_cached("SELECT length FROM groups WHERE id = ?1")?
        .query_row(params![id.0], |row| row.get(0))
        .optional()?;
    length.map(columns::unsigned).transpose()
}

fn place(id: GroupId) -> Place {
    Place::new("groups").group(id)
}

fn group(row: &Row<'_>) -> Result<Group, Fault> {
    Ok(Group {
        id: columns::group(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?,
        slug: row.get(1)?,
        public: row.get(2)?,
        prepared: columns::time(row.get(3)?)?,
        length: Seq(columns::unsigned(row.get(4)?)?),
    })
}

fn slug_taken(connection: &Connection, id: GroupId, slug: &str) -> Result<bool, Fault> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM groups WHERE slug = ?1 AND id <> ?2")?
        .exists(params![slug, id.0])?)
}

fn refuse_long(slug: &str) -> Result<(), Fault> {
    if slug.len() > SLUG_BYTES_MAX {
        return Err(Fault::TooLarge { what: "the group's name in addresses", max: SLUG_BYTES_MAX });
    }
    Ok(())
}
