//! Rows of sessions, and the trait that also holds signing in (`sign_in.rs`). Knows nothing of cookies.

use mic_engine::ids::LogTime;
use rusqlite::{Connection, params};

use super::{SqliteStore, columns, people};
use crate::contract::{
    AccountId, Fault, Session, Sessions, SignInAttempt, SignInProof, SignInResult, Token,
};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::{Place, TokenPurpose};

impl Sessions for SqliteStore {
    fn open_session(&self, token: Token<'_>, session: &Session) -> Result<bool, Fault> {
        let token = self.sealer.token(TokenPurpose::Session, token);
        let record =
            RecordWriter::default().number(session.created.0).bytes(&session.form_seed).finish();
        let sealed = self.sealer.seal(&place(&token), &record);
        self.write(|transaction| {
            if !account_exists(transaction, session.account)? {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO sessions (token_keyed, account, expires, sealed)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    token,
                    columns::signed(session.account.0),
                    columns::signed(session.expires.0),
                    sealed
                ],
            )?;
            Ok(true)
        })
    }

    fn session(&self, token: Token<'_>, now: LogTime) -> Result<Option<Session>, Fault> {
        let token = self.sealer.token(TokenPurpose::Session, token);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT account, expires, sealed FROM sessions
                 WHERE token_keyed = ?1 AND expires > ?2",
            )?;
            let mut rows = statement.query(params![token, columns::signed(now.0)])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let sealed: Vec<u8> = row.get(2)?;
            let plain = self.sealer.open(&place(&token), &sealed)?;
            let mut record = RecordReader::new(&plain);
            Ok(Some(Session {
                account: AccountId(columns::unsigned(row.get(0)?)?),
                created: LogTime(record.number()?),
                expires: columns::time(row.get(1)?)?,
                form_seed: record.array()?,
            }))
        })
    }

    fn renew_session(
        &self,
        token: Token<'_>,
        now: LogTime,
        expires: LogTime,
    ) -> Result<bool, Fault> {
        let token = self.sealer.token(TokenPurpose::Session, token);
        self.write(|transaction| {
            let renewed = transaction.execute(
                "UPDATE sessions SET expires = ?3 WHERE token_keyed = ?1 AND expires > ?2",
                params![token, columns::signed(now.0), columns::signed(expires.0)],
            )?;
            Ok(renewed == 1)
        })
    }

    fn end_session(&self, token: Token<'_>) -> Result<(), Fault> {
        let token = self.sealer.token(TokenPurpose::Session, token);
        self.write(|transaction| {
            transaction.execute("DELETE FROM sessions WHERE token_keyed = ?1", params![token])?;
            Ok(())
        })
    }

    fn end_sessions(&self, account: AccountId) -> Result<(), Fault> {
        self.write(|transaction| people::end_sessions(transaction, account))
    }

    fn begin_sign_in(&self, attempt: &SignInAttempt<'_>) -> Result<(), Fault> {
        self.keep_attempt(attempt)
    }

    fn finish_sign_in(&self, proof: &SignInProof<'_>, now: LogTime) -> Result<SignInResult, Fault> {
        self.write(|transaction| self.judge_proof(transaction, proof, now))
    }
}

pub(super) fn account_exists(connection: &Connection, account: AccountId) -> Result<bool, Fault> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM accounts WHERE id = ?1")?
        .exists([columns::signed(account.0)])?)
}

fn place(token: &[u8; 32]) -> Place {
    Place::new("sessions").bytes(token)
}
