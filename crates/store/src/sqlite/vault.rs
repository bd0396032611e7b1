//! Rows of sealed ballots and of reasons. Knows nothing of tallies.

use mic_engine::append::{SealedBallot, VaultWrite};
use mic_engine::ids::{GroupId, ProposalNumber, Slot, Step};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, columns};
use crate::contract::{Fault, Vault, VaultBallot};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::Place;

/// Ballots are padded to a multiple of this many bytes: "not now" often comes with a reason, and a length would tell.
const BALLOT_STEP_BYTES: usize = 1_024;

impl Vault for SqliteStore {
    fn ballots(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<VaultBallot>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT proposal, step, slot, sealed FROM vault
                 WHERE group_id = ?1 AND proposal = ?2 AND step = ?3 ORDER BY slot",
            )?;
            let mut rows = statement.query(params![group.0, proposal.0, step.0])?;
            let mut ballots = Vec::new();
            while let Some(row) = rows.next()? {
                ballots.push(self.ballot(group, row)?);
            }
            Ok(ballots)
        })
    }

    fn all_ballots(&self, group: GroupId) -> Result<Vec<VaultBallot>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT proposal, step, slot, sealed FROM vault
                 WHERE group_id = ?1 ORDER BY proposal, step, slot",
            )?;
            let mut rows = statement.query(params![group.0])?;
            let mut ballots = Vec::new();
            while let Some(row) = rows.next()? {
                ballots.push(self.ballot(group, row)?);
            }
            Ok(ballots)
        })
    }

    fn reasons(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<String>, Fault> {
        let sealed: Option<Vec<u8>> = self.read(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT sealed FROM reasons
                     WHERE group_id = ?1 AND proposal = ?2 AND step = ?3",
                )?
                .query_row(params![group.0, proposal.0, step.0], |row| row.get(0));
            Ok(found.optional()?)
        })?;
        let Some(sealed) = sealed else { return Ok(Vec::new()) };
        let plain = self.sealer.open(&reasons_place(group, proposal, step), &sealed)?;
        let mut record = RecordReader::new(&plain);
        (0..record.number()?).map(|_| record.text()).collect()
    }
}

impl SqliteStore {
    pub(super) fn write_vault(
        &self,
        connection: &Connection,
        group: GroupId,
        write: &VaultWrite,
    ) -> Result<(), Fault> {
        match write {
            VaultWrite::Put { proposal, step, slot, ballot } => {
                let place = ballot_place(group, *proposal, *step, *slot);
                let sealed = self.sealer.seal(&place, &encode(ballot));
                connection
                    .prepare_cached(
                        "INSERT INTO vault (group_id, proposal, step, slot, sealed)
                         VALUES (?1, ?2, ?3, ?4, ?5)
                         ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
                    )?
                    .execute(params![group.0, proposal.0, step.0, slot.0, sealed])?;
            }
            VaultWrite::Clear { proposal, step } => {
                connection
                    .prepare_cached(
                        "DELETE FROM vault WHERE group_id = ?1 AND proposal = ?2 AND step = ?3",
                    )?
                    .execute(params![group.0, proposal.0, step.0])?;
            }
            VaultWrite::Drop { proposal, step, slot } => {
                connection
                    .prepare_cached(
                        "DELETE FROM vault
                         WHERE group_id = ?1 AND proposal = ?2 AND step = ?3 AND slot = ?4",
                    )?
                    .execute(params![group.0, proposal.0, step.0, slot.0])?;
            }
            VaultWrite::Reasons { proposal, step, reasons } => {
                self.put_reasons(connection, group, *proposal, *step, reasons)?;
            }
        }
        Ok(())
    }

    fn put_reasons(
        &self,
        connection: &Connection,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
        reasons: &[String],
    ) -> Result<(), Fault> {
        let count = RecordWriter::default().number(reasons.len() as u64);
        let record = reasons.iter().fold(count, |record, reason| record.text(reason));
        let sealed = self.sealer.seal(&reasons_place(group, proposal, step), &record.finish());
        connection
            .prepare_cached(
                "INSERT INTO reasons (group_id, proposal, step, sealed) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
            )?
            .execute(params![group.0, proposal.0, step.0, sealed])?;
        Ok(())
    }

    fn ballot(&self, group: GroupId, row: &Row<'_>) -> Result<VaultBallot, Fault> {
        let proposal = columns::proposal(row.get(0)?)?;
        let step = Step(columns::small(row.get(1)?)?);
        let slot = Slot(columns::small(row.get(2)?)?);
        let sealed: Vec<u8> = row.get(3)?;
        let plain = self.sealer.open(&ballot_place(group, proposal, step, slot), &sealed)?;
        Ok(VaultBallot { proposal, step, slot, ballot: decode(&plain)? })
    }
}

fn encode(ballot: &SealedBallot) -> Vec<u8> {
    RecordWriter::default()
        .text(&ballot.choice)
        .text(&ballot.nonce)
        .bytes(&ballot.blind)
        .text(&ballot.reason)
        .number(ballot.round)
        .padded_to(BALLOT_STEP_BYTES)
}

fn decode(plain: &[u8]) -> Result<SealedBallot, Fault> {
    let mut record = RecordReader::new(plain);
    Ok(SealedBallot {
        choice: record.text()?,
        nonce: record.text()?,
        blind: record.array()?,
        reason: record.text()?,
        round: record.small()?,
    })
}

fn ballot_place(group: GroupId, proposal: ProposalNumber, step: Step, slot: Slot) -> Place {
    Place::new("vault").group(group).number(proposal.0).number(step.0).number(slot.0)
}

fn reasons_place(group: GroupId, proposal: ProposalNumber, step: Step) -> Place {
    Place::new("reasons").group(group).number(proposal.0).number(step.0)
}
