//! Rows of invited persons. Knows nothing of the process that admits them. Who invited whom is sealed too.

use mic_engine::append::Person;
use mic_engine::ids::{CandidateId, GroupId, LogTime, Slot};
use rusqlite::{Connection, Row, params};

use super::{SqliteStore, columns, groups};
use crate::contract::{Candidate, CandidateState, Candidates, Fault, Token};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::{Place, TokenPurpose};

impl Candidates for SqliteStore {
    fn invite(&self, candidate: &Candidate, token: Token<'_>) -> Result<bool, Fault> {
        let token = self.sealer.token(TokenPurpose::Invitation, token);
        let sealed = self.seal_candidate(candidate);
        self.write(|transaction| {
            if groups::length(transaction, candidate.group)?.is_none() {
                return Ok(false);
            }
            let kept = transaction.execute(
                "INSERT INTO candidates (id, group_id, token_keyed, state, expires, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                params![
                    candidate.id.0,
                    candidate.group.0,
                    token,
                    columns::candidate_state_number(candidate.state),
                    columns::signed(candidate.expires.0),
                    sealed
                ],
            )?;
            Ok(kept == 1)
        })
    }

    fn candidate(&self, group: GroupId, id: CandidateId) -> Result<Option<Candidate>, Fault> {
        self.read(|connection| self.find_candidate(connection, group, id))
    }

    fn candidate_by_token(
        &self,
        token: Token<'_>,
        now: LogTime,
    ) -> Result<Option<Candidate>, Fault> {
        let token = self.sealer.token(TokenPurpose::Invitation, token);
        self.read(|connection| self.find_by_token(connection, &token, now))
    }

    fn answer_invitation(
        &self,
        token: Token<'_>,
        person: &Person,
        now: LogTime,
    ) -> Result<bool, Fault> {
        let token = self.sealer.token(TokenPurpose::Invitation, token);
        self.write(|transaction| {
            let Some(known) = self.find_by_token(transaction, &token, now)? else {
                return Ok(false);
            };
            if known.state == CandidateState::Answered {
                return Ok(false);
            }
            let state = CandidateState::Answered;
            let answered = Candidate { state, person: person.clone(), ..known };
            transaction.execute(
                "UPDATE candidates SET state = ?2, sealed = ?3 WHERE id = ?1",
                params![
                    answered.id.0,
                    columns::candidate_state_number(state),
                    self.seal_candidate(&answered)
                ],
            )?;
            Ok(true)
        })
    }

    fn candidates(&self, group: GroupId) -> Result<Vec<Candidate>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, group_id, state, expires, sealed FROM candidates
                 WHERE group_id = ?1 ORDER BY id",
            )?;
            let mut rows = statement.query(params![group.0])?;
            let mut candidates = Vec::new();
            while let Some(row) = rows.next()? {
                candidates.push(self.open_candidate(row)?);
            }
            Ok(candidates)
        })
    }

    fn withdraw_invitation(&self, group: GroupId, id: CandidateId) -> Result<bool, Fault> {
        self.write(|transaction| destroy(transaction, group, id))
    }
}

impl SqliteStore {
    pub(super) fn find_candidate(
        &self,
        connection: &Connection,
        group: GroupId,
        id: CandidateId,
    ) -> Result<Option<Candidate>, Fault> {
        let mut statement = connection.prepare_cached(
            "SELECT id, group_id, state, expires, sealed FROM candidates
             WHERE id = ?1 AND group_id = ?2",
        )?;
        let mut rows = statement.query(params![id.0, group.0])?;
        rows.next()?.map(|row| self.open_candidate(row)).transpose()
    }

    fn find_by_token(
        &self,
        connection: &Connection,
        token: &[u8; 32],
        now: LogTime,
    ) -> Result<Option<Candidate>, Fault> {
        let mut statement = connection.prepare_cached(
            "SELECT id, group_id, state, expires, sealed FROM candidates WHERE token_keyed = ?1",
        )?;
        let mut rows = statement.query(params![token])?;
        let found = rows.next()?.map(|row| self.open_candidate(row)).transpose()?;
        let alive = |candidate: &Candidate| match candidate.state {
            CandidateState::Invited => now < candidate.expires,
            CandidateState::Answered => true,
        };
        Ok(found.filter(alive))
    }

    fn seal_candidate(&self, candidate: &Candidate) -> Vec<u8> {
        let record = RecordWriter::default()
            .number(columns::invitation_kind_number(candidate.kind))
            .number(candidate.inviter.0)
            .person(&candidate.person);
        self.sealer.seal(&place(candidate.group, candidate.id), &record.finish())
    }

    fn open_candidate(&self, row: &Row<'_>) -> Result<Candidate, Fault> {
        let id = columns::candidate(&row.get::<_, Vec<u8>>(0)?)?;
        let group = columns::group(&row.get::<_, Vec<u8>>(1)?)?;
        let sealed: Vec<u8> = row.get(4)?;
        let plain = self.sealer.open(&place(group, id), &sealed)?;
        let mut record = RecordReader::new(&plain);
        Ok(Candidate {
            id,
            group,
            kind: columns::invitation_kind(record.small()?)?,
            inviter: Slot(record.small()?),
            expires: columns::time(row.get(3)?)?,
            state: columns::candidate_state(row.get(2)?)?,
            person: record.person()?,
        })
    }
}

pub(super) fn destroy(
    connection: &Connection,
    group: GroupId,
    id: CandidateId,
) -> Result<bool, Fault> {
    let destroyed = connection
        .prepare_cached("DELETE FROM candidates WHERE id = ?1 AND group_id = ?2")?
        .execute(params![id.0, group.0])?;
    Ok(destroyed == 1)
}

fn place(group: GroupId, id: CandidateId) -> Place {
    Place::new("candidates").group(group).bytes(&id.0)
}
