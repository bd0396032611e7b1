//! Entries, command keys, checkpoints, certificates, and the one transaction in which many batches become durable.
//! Knows nothing of what an entry means.

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::ids::{CommandKey, GroupId, Number, ProposalNumber, Seq};
use mic_proof::hash::Hash;
use rusqlite::{Connection, OptionalExtension, Row, Savepoint, Transaction, params};

use super::{SqliteStore, columns, groups};
use crate::contract::{
    Checkpoint, CheckpointSaved, ENTRIES_PER_READ_MAX, Fault, Journal, StoredEntry,
};
use crate::seal::Place;

impl Journal for SqliteStore {
    fn append(&self, batches: &[Append]) -> Result<Vec<AppendOutcome>, Fault> {
        let mut outcomes = vec![AppendOutcome::NotWritten; batches.len()];
        let written = self.write(|transaction| {
            for (batch, outcome) in batches.iter().zip(&mut outcomes) {
                *outcome = self.append_batch(transaction, batch)?;
            }
            Ok(())
        });
        match written {
            Ok(()) => Ok(outcomes),
            // The commit failed half-way. A batch that was refused was not part of it and stays refused.
            Err(Fault::Unknown(why)) => {
                tracing::error!(why, "a commit failed half-way; its outcome is read back");
                for outcome in &mut outcomes {
                    if *outcome == AppendOutcome::Committed {
                        *outcome = AppendOutcome::Unknown;
                    }
                }
                Ok(outcomes)
            }
            Err(fault) => Err(fault),
        }
    }

    fn append_whole(
        &self,
        next: &mut dyn FnMut() -> Result<Option<Append>, Fault>,
    ) -> Result<AppendOutcome, Fault> {
        let mut outcome = AppendOutcome::Committed;
        let written = self.write(|transaction| {
            while let Some(batch) = next()? {
                outcome = self.append_batch(transaction, &batch)?;
                if outcome != AppendOutcome::Committed {
                    // Whatever was written before goes with the transaction.
                    return Err(Fault::Database("a batch that cannot be written".into()));
                }
            }
            Ok(())
        });
        match written {
            Ok(()) => Ok(AppendOutcome::Committed),
            Err(_) if outcome != AppendOutcome::Committed => Ok(outcome),
            Err(Fault::Unknown(why)) => {
                tracing::error!(why, "a commit failed half-way; its outcome is read back");
                Ok(AppendOutcome::Unknown)
            }
            Err(fault) => Err(fault),
        }
    }

    fn length(&self, group: GroupId) -> Result<Seq, Fault> {
        self.read(|connection| Ok(Seq(groups::length(connection, group)?.unwrap_or(0))))
    }

    fn entries(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, bytes, leaf, proposal FROM entries
                 WHERE group_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3",
            )?;
            let count = count.min(ENTRIES_PER_READ_MAX);
            let mut rows = statement.query(params![group.0, columns::signed(from.0), count])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(entry(row)?);
            }
            Ok(entries)
        })
    }

    fn entries_of_proposal(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        from: Seq,
        count: u32,
    ) -> Result<Vec<StoredEntry>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, bytes, leaf, proposal FROM entries
                 WHERE group_id = ?1 AND proposal = ?2 AND seq >= ?3 ORDER BY seq LIMIT ?4",
            )?;
            let count = count.min(ENTRIES_PER_READ_MAX);
            let mut rows =
                statement.query(params![group.0, proposal.0, columns::signed(from.0), count])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(entry(row)?);
            }
            Ok(entries)
        })
    }

    fn leaves(&self, group: GroupId, from: Seq, count: u32) -> Result<Vec<Hash>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT leaf FROM entries WHERE group_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3",
            )?;
            let count = count.min(ENTRIES_PER_READ_MAX);
            let mut rows = statement.query(params![group.0, columns::signed(from.0), count])?;
            let mut leaves = Vec::new();
            while let Some(row) = rows.next()? {
                leaves.push(columns::hash(&row.get::<_, Vec<u8>>(0)?)?);
            }
            Ok(leaves)
        })
    }

    fn command_key(&self, group: GroupId, key: CommandKey) -> Result<Option<Seq>, Fault> {
        let seq: Option<i64> = self.read(|connection| {
            let found = connection
                .prepare_cached("SELECT seq FROM command_keys WHERE group_id = ?1 AND key = ?2")?
                .query_row(params![group.0, key.0], |row| row.get(0));
            Ok(found.optional()?)
        })?;
        seq.map(|seq| columns::unsigned(seq).map(Seq)).transpose()
    }

    fn recent_command_keys(
        &self,
        group: GroupId,
        count: u32,
    ) -> Result<Vec<(CommandKey, Seq)>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT key, seq FROM command_keys WHERE group_id = ?1
                 ORDER BY seq DESC, key LIMIT ?2",
            )?;
            let mut rows = statement.query(params![group.0, count])?;
            let mut keys = Vec::new();
            while let Some(row) = rows.next()? {
                let key = columns::command_key(&row.get::<_, Vec<u8>>(0)?)?;
                keys.push((key, Seq(columns::unsigned(row.get(1)?)?)));
            }
            Ok(keys)
        })
    }

    fn save_checkpoint(
        &self,
        group: GroupId,
        checkpoint: &Checkpoint,
    ) -> Result<CheckpointSaved, Fault> {
        self.write(|transaction| {
            if checkpoint.size > groups::length(transaction, group)?.unwrap_or(0) {
                return Ok(CheckpointSaved::Ahead);
            }
            if let Some(latest) = latest_checkpoint(transaction, group)? {
                if latest == *checkpoint {
                    return Ok(CheckpointSaved::Saved);
                }
                if (checkpoint.size, checkpoint.at) <= (latest.size, latest.at) {
                    return Ok(CheckpointSaved::Behind);
                }
            }
            let (size, at) = (columns::signed(checkpoint.size), columns::signed(checkpoint.at.0));
            transaction
                .prepare_cached(
                    "INSERT INTO checkpoints (group_id, size, at, note) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![group.0, size, at, checkpoint.note])?;
            Ok(CheckpointSaved::Saved)
        })
    }

    fn latest_checkpoint(&self, group: GroupId) -> Result<Option<Checkpoint>, Fault> {
        self.read(|connection| latest_checkpoint(connection, group))
    }

    fn checkpoints(&self, group: GroupId, size: u64, count: u32) -> Result<Vec<Checkpoint>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT size, at, note FROM checkpoints WHERE group_id = ?1 AND size >= ?2
                 ORDER BY size, at LIMIT ?3",
            )?;
            let mut rows = statement.query(params![group.0, columns::signed(size), count])?;
            let mut checkpoints = Vec::new();
            while let Some(row) = rows.next()? {
                checkpoints.push(checkpoint(row)?);
            }
            Ok(checkpoints)
        })
    }

    fn save_certificate(&self, group: GroupId, number: Number, text: &str) -> Result<bool, Fault> {
        let sealed = self.sealer.seal(&certificate_place(group, number), text.as_bytes());
        if let Some(known) = self.certificate(group, number)? {
            return Ok(known == text);
        }
        self.write(|transaction| {
            let saved = transaction.execute(
                "INSERT INTO certificates (group_id, number, sealed) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
                params![group.0, number.0, sealed],
            )?;
            Ok(saved == 1)
        })
    }

    fn certificate(&self, group: GroupId, number: Number) -> Result<Option<String>, Fault> {
        let sealed: Option<Vec<u8>> = self.read(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT sealed FROM certificates WHERE group_id = ?1 AND number = ?2",
                )?
                .query_row(params![group.0, number.0], |row| row.get(0));
            Ok(found.optional()?)
        })?;
        let Some(sealed) = sealed else { return Ok(None) };
        let plain = self.sealer.open(&certificate_place(group, number), &sealed)?;
        String::from_utf8(plain).map(Some).map_err(|_| crate::record::damaged())
    }
}

impl SqliteStore {
    /// Writes one batch within the transaction of all. What it wrote before a conflict showed is rolled back to the savepoint.
    fn append_batch(
        &self,
        transaction: &mut Transaction<'_>,
        batch: &Append,
    ) -> Result<AppendOutcome, Fault> {
        match groups::length(transaction, batch.group)? {
            None => {
                tracing::error!(group = %batch.group, "a batch for a group that was never prepared");
                return Ok(AppendOutcome::NotWritten);
            }
            Some(length) if length != batch.expected.0 => return Ok(AppendOutcome::Conflict),
            Some(_) => {}
        }
        let savepoint = transaction.savepoint()?;
        let outcome = match self.fill_batch(&savepoint, batch) {
            // The batch contradicts what is stored (a slot taken twice, say): it alone is refused.
            Err(Fault::Database(why)) => {
                tracing::error!(group = %batch.group, why, "a batch that cannot be written");
                AppendOutcome::NotWritten
            }
            outcome => outcome?,
        };
        // Dropping the savepoint without a commit rolls back to it.
        if outcome == AppendOutcome::Committed {
            savepoint.commit()?;
        }
        Ok(outcome)
    }

    fn fill_batch(
        &self,
        savepoint: &Savepoint<'_>,
        batch: &Append,
    ) -> Result<AppendOutcome, Fault> {
        if !insert_keys(savepoint, batch)? {
            return Ok(AppendOutcome::Conflict);
        }
        insert_entries(savepoint, batch)?;
        self.put_documents(savepoint, batch)?;
        for write in &batch.vault {
            self.write_vault(savepoint, batch.group, write)?;
        }
        for write in &batch.people {
            self.write_person(savepoint, batch.group, write)?;
        }
        for parcel in &batch.parcels {
            if !super::parcels::insert(savepoint, batch.group, parcel)? {
                tracing::error!(group = %batch.group, "a batch with a parcel beyond the limits");
                return Ok(AppendOutcome::NotWritten);
            }
        }
        Ok(AppendOutcome::Committed)
    }
}

/// `false` if one of the acts was done before.
fn insert_keys(connection: &Connection, batch: &Append) -> Result<bool, Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO command_keys (group_id, key, seq) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for (key, seq) in &batch.keys {
        if insert.execute(params![batch.group.0, key.0, columns::signed(seq.0)])? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn insert_entries(connection: &Connection, batch: &Append) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO entries (group_id, seq, proposal, leaf, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut seq = batch.expected.0;
    for entry in &batch.entries {
        let proposal = entry.proposal.map(|proposal| proposal.0);
        insert.execute(params![
            batch.group.0,
            columns::signed(seq),
            proposal,
            entry.leaf.as_bytes(),
            entry.bytes
        ])?;
        seq += 1;
    }
    connection
        .prepare_cached("UPDATE groups SET length = ?2 WHERE id = ?1")?
        .execute(params![batch.group.0, columns::signed(seq)])?;
    Ok(())
}

fn latest_checkpoint(connection: &Connection, group: GroupId) -> Result<Option<Checkpoint>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT size, at, note FROM checkpoints WHERE group_id = ?1
         ORDER BY size DESC, at DESC LIMIT 1",
    )?;
    let mut rows = statement.query(params![group.0])?;
    rows.next()?.map(checkpoint).transpose()
}

fn checkpoint(row: &Row<'_>) -> Result<Checkpoint, Fault> {
    Ok(Checkpoint {
        size: columns::unsigned(row.get(0)?)?,
        at: columns::time(row.get(1)?)?,
        note: row.get(2)?,
    })
}

fn entry(row: &Row<'_>) -> Result<StoredEntry, Fault> {
    let proposal: Option<i64> = row.get(3)?;
    Ok(StoredEntry {
        seq: Seq(columns::unsigned(row.get(0)?)?),
        bytes: row.get(1)?,
        leaf: columns::hash(&row.get::<_, Vec<u8>>(2)?)?,
        proposal: proposal.map(columns::proposal).transpose()?,
    })
}

fn certificate_place(group: GroupId, number: Number) -> Place {
    Place::new("certificates").group(group).number(number.0)
}
