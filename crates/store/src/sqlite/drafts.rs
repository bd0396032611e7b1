//! Rows of drafts and of their earlier states. Knows nothing of proposals.

use mic_engine::ids::{GroupId, LogTime, Slot};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, columns};
use crate::contract::{
    DRAFT_BYTES_MAX, DRAFT_VERSIONS_MAX, DRAFTS_PER_MEMBER_MAX, Draft, DraftId, DraftKey,
    DraftSaved, DraftVersion, Drafts, Fault, Revision,
};
use crate::seal::Place;

impl Drafts for SqliteStore {
    fn save_draft(
        &self,
        key: DraftKey,
        expected: Revision,
        bytes: &[u8],
        keep: bool,
        now: LogTime,
    ) -> Result<DraftSaved, Fault> {
        if bytes.len() > DRAFT_BYTES_MAX {
            return Err(Fault::TooLarge { what: "the draft", max: DRAFT_BYTES_MAX });
        }
        let next = Revision(expected.0.saturating_add(1));
        let sealed = self.sealer.seal(&place(key, next), bytes);
        self.write(|transaction| {
            let found = revision(transaction, key)?;
            if found != expected {
                return Ok(DraftSaved::Conflict(found));
            }
            if found == Revision(0) {
                return insert(transaction, key, &sealed, now);
            }
            if keep {
                keep_version(transaction, key)?;
            }
            transaction.execute(
                "UPDATE drafts SET revision = ?4, saved = ?5, sealed = ?6
                 WHERE group_id = ?1 AND slot = ?2 AND id = ?3",
                params![key.group.0, key.slot.0, key.id.0, next.0, columns::signed(now.0), sealed],
            )?;
            Ok(DraftSaved::Saved(next))
        })
    }

    fn draft(&self, key: DraftKey) -> Result<Option<Draft>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, revision, saved, sealed FROM drafts
                 WHERE group_id = ?1 AND slot = ?2 AND id = ?3",
            )?;
            let mut rows = statement.query(params![key.group.0, key.slot.0, key.id.0])?;
            rows.next()?.map(|row| self.open_draft(key.group, key.slot, row)).transpose()
        })
    }

    fn drafts(&self, group: GroupId, slot: Slot) -> Result<Vec<Draft>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, revision, saved, sealed FROM drafts
                 WHERE group_id = ?1 AND slot = ?2 ORDER BY saved DESC, id",
            )?;
            let mut rows = statement.query(params![group.0, slot.0])?;
            let mut drafts = Vec::new();
            while let Some(row) = rows.next()? {
                drafts.push(self.open_draft(group, slot, row)?);
            }
            Ok(drafts)
        })
    }

    fn draft_versions(&self, key: DraftKey) -> Result<Vec<DraftVersion>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT revision, saved FROM draft_versions
                 WHERE group_id = ?1 AND slot = ?2 AND id = ?3 ORDER BY revision DESC",
            )?;
            let mut rows = statement.query(params![key.group.0, key.slot.0, key.id.0])?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                let revision = Revision(columns::small(row.get(0)?)?);
                versions.push(DraftVersion { revision, saved: columns::time(row.get(1)?)? });
            }
            Ok(versions)
        })
    }

    fn draft_version(&self, key: DraftKey, revision: Revision) -> Result<Option<Draft>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, revision, saved, sealed FROM draft_versions
                 WHERE group_id = ?1 AND slot = ?2 AND id = ?3 AND revision = ?4",
            )?;
            let mut rows =
                statement.query(params![key.group.0, key.slot.0, key.id.0, revision.0])?;
            rows.next()?.map(|row| self.open_draft(key.group, key.slot, row)).transpose()
        })
    }

    fn delete_draft(&self, key: DraftKey) -> Result<bool, Fault> {
        self.write(|transaction| {
            let deleted = transaction.execute(
                "DELETE FROM drafts WHERE group_id = ?1 AND slot = ?2 AND id = ?3",
                params![key.group.0, key.slot.0, key.id.0],
            )?;
            Ok(deleted == 1)
        })
    }
}

impl SqliteStore {
    fn open_draft(&self, group: GroupId, slot: Slot, row: &Row<'_>) -> Result<Draft, Fault> {
        let id = DraftId(columns::array(&row.get::<_, Vec<u8>>(0)?)?);
        let key = DraftKey { group, slot, id };
        let revision = Revision(columns::small(row.get(1)?)?);
        let sealed: Vec<u8> = row.get(3)?;
        let bytes = self.sealer.open(&place(key, revision), &sealed)?;
        Ok(Draft { id, revision, saved: columns::time(row.get(2)?)?, bytes })
    }
}

fn insert(
    connection: &Connection,
    key: DraftKey,
    sealed: &[u8],
    now: LogTime,
) -> Result<DraftSaved, Fault> {
    let member = connection
        .prepare_cached("SELECT 1 FROM members WHERE group_id = ?1 AND slot = ?2")?
        .exists(params![key.group.0, key.slot.0])?;
    if !member {
        return Ok(DraftSaved::NoPerson);
    }
    let count: u32 = connection
        .prepare_cached("SELECT count(*) FROM drafts WHERE group_id = ?1 AND slot = ?2")?
        .query_row(params![key.group.0, key.slot.0], |row| row.get(0))?;
    if count >= DRAFTS_PER_MEMBER_MAX {
        return Ok(DraftSaved::TooMany);
    }
    connection.execute(
        "INSERT INTO drafts (group_id, slot, id, revision, saved, sealed)
         VALUES (?1, ?2, ?3, 1, ?4, ?5)",
        params![key.group.0, key.slot.0, key.id.0, columns::signed(now.0), sealed],
    )?;
    Ok(DraftSaved::Saved(Revision(1)))
}

/// Copies the present state to the earlier ones as it is (its ciphertext is bound to its revision, not to its table)
/// and drops what is beyond the limit.
fn keep_version(connection: &Connection, key: DraftKey) -> Result<(), Fault> {
    connection.execute(
        "INSERT INTO draft_versions (group_id, slot, id, revision, saved, sealed)
         SELECT group_id, slot, id, revision, saved, sealed FROM drafts
         WHERE group_id = ?1 AND slot = ?2 AND id = ?3",
        params![key.group.0, key.slot.0, key.id.0],
    )?;
    connection.execute(
        "DELETE FROM draft_versions WHERE group_id = ?1 AND slot = ?2 AND id = ?3
         AND revision NOT IN (SELECT revision FROM draft_versions
             WHERE group_id = ?1 AND slot = ?2 AND id = ?3 ORDER BY revision DESC LIMIT ?4)",
        params![key.group.0, key.slot.0, key.id.0, DRAFT_VERSIONS_MAX],
    )?;
    Ok(())
}

/// The revision that is there; 0 for none.
fn revision(connection: &Connection, key: DraftKey) -> Result<Revision, Fault> {
    let revision: Option<i64> = connection
        .prepare_cached(
            "SELECT revision FROM drafts WHERE group_id = ?1 AND slot = ?2 AND id = ?3",
        )?
        .query_row(params![key.group.0, key.slot.0, key.id.0], |row| row.get(0))
        .optional()?;
    revision.map_or(Ok(Revision(0)), |revision| columns::small(revision).map(Revision))
}

fn place(key: DraftKey, revision: Revision) -> Place {
    Place::new("drafts").group(key.group).number(key.slot.0).bytes(&key.id.0).number(revision.0)
}
