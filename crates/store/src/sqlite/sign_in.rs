//! Rows of attempts to sign in, and what each proof leads to. Knows nothing of links or letters.

use mic_engine::ids::LogTime;
use rusqlite::{Connection, Row, params};

use super::{SqliteStore, columns, people};
use crate::contract::{CODE_TRIES_MAX, Fault, SignInAttempt, SignInProof, SignInResult, Token};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::{Place, TokenPurpose};

/// An attempt as it is stored.
struct Attempt {
    address: [u8; 32],
    browser: [u8; 32],
    code: [u8; 32],
    tries_left: u8,
    sealed: Vec<u8>,
}

impl SqliteStore {
    /// Voids earlier attempts of the same address and of the same browser.
    pub(super) fn keep_attempt(&self, attempt: &SignInAttempt<'_>) -> Result<(), Fault> {
        let address = self.sealer.address(attempt.email);
        let link = self.sealer.token(TokenPurpose::Link, attempt.link);
        let browser = self.sealer.token(TokenPurpose::Browser, attempt.browser);
        let code = self.sealer.code(&address, attempt.code);
        let record = RecordWriter::default().text(attempt.email.trim()).text(attempt.note);
        let sealed = self.sealer.seal(&place(&address), &record.finish());
        self.write(|transaction| {
            transaction.execute(
                "DELETE FROM sign_ins WHERE address_keyed = ?1 OR browser_keyed = ?2",
                params![address, browser],
            )?;
            transaction.execute(
                "INSERT INTO sign_ins (address_keyed, link_keyed, browser_keyed, code_keyed,
                     tries_left, expires, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    address,
                    link,
                    browser,
                    code,
                    CODE_TRIES_MAX,
                    columns::signed(attempt.expires.0),
                    sealed
                ],
            )?;
            Ok(())
        })
    }

    pub(super) fn judge_proof(
        &self,
        connection: &Connection,
        proof: &SignInProof<'_>,
        now: LogTime,
    ) -> Result<SignInResult, Fault> {
        match *proof {
            SignInProof::LinkInBrowser { link, browser } => {
                let Some(attempt) = self.find_by_link(connection, link, now)? else {
                    return Ok(SignInResult::Gone);
                };
                if self.sealer.token(TokenPurpose::Browser, browser) != attempt.browser {
                    return Ok(SignInResult::OtherBrowser);
                }
                self.use_up(connection, &attempt)
            }
            SignInProof::LinkWithCode { link, code } => {
                let attempt = self.find_by_link(connection, link, now)?;
                self.judge_code(connection, attempt, code)
            }
            SignInProof::CodeInBrowser { browser, code } => {
                let browser = self.sealer.token(TokenPurpose::Browser, browser);
                let attempt = find(connection, "browser_keyed", &browser, now)?;
                self.judge_code(connection, attempt, code)
            }
        }
    }

    fn find_by_link(
        &self,
        connection: &Connection,
        link: Token<'_>,
        now: LogTime,
    ) -> Result<Option<Attempt>, Fault> {
        find(connection, "link_keyed", &self.sealer.token(TokenPurpose::Link, link), now)
    }

    /// Hashes are keyed with a secret: comparing them byte by byte tells a guesser nothing about the code.
    fn judge_code(
        &self,
        connection: &Connection,
        attempt: Option<Attempt>,
        code: Token<'_>,
    ) -> Result<SignInResult, Fault> {
        let Some(attempt) = attempt else { return Ok(SignInResult::Gone) };
        let right = self.sealer.code(&attempt.address, code) == attempt.code;
        if right && attempt.tries_left > 0 {
            return self.use_up(connection, &attempt);
        }
        let tries_left = attempt.tries_left.saturating_sub(1);
        connection.execute(
            "UPDATE sign_ins SET tries_left = ?2 WHERE address_keyed = ?1",
            params![attempt.address, tries_left],
        )?;
        match tries_left {
            0 => Ok(SignInResult::Gone),
            tries_left => Ok(SignInResult::WrongCode { tries_left }),
        }
    }

    fn use_up(&self, connection: &Connection, attempt: &Attempt) -> Result<SignInResult, Fault> {
        let plain = self.sealer.open(&place(&attempt.address), &attempt.sealed)?;
        let mut record = RecordReader::new(&plain);
        let (email, note) = (record.text()?, record.text()?);
        destroy(connection, &attempt.address)?;
        let account = people::find_account(connection, &attempt.address)?;
        Ok(SignInResult::Proven { email, account, note })
    }
}

/// The living attempt whose hash in this column is that one.
fn find(
    connection: &Connection,
    column: &'static str,
    keyed: &[u8; 32],
    now: LogTime,
) -> Result<Option<Attempt>, Fault> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT address_keyed, browser_keyed, code_keyed, tries_left, sealed FROM sign_ins
         WHERE {column} = ?1 AND expires > ?2"
    ))?;
    let mut rows = statement.query(params![keyed, columns::signed(now.0)])?;
    rows.next()?.map(attempt).transpose()
}

fn attempt(row: &Row<'_>) -> Result<Attempt, Fault> {
    Ok(Attempt {
        address: columns::array(&row.get::<_, Vec<u8>>(0)?)?,
        browser: columns::array(&row.get::<_, Vec<u8>>(1)?)?,
        code: columns::array(&row.get::<_, Vec<u8>>(2)?)?,
        tries_left: row.get(3)?,
        sealed: row.get(4)?,
    })
}

fn destroy(connection: &Connection, address: &[u8; 32]) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM sign_ins WHERE address_keyed = ?1")?
        .execute(params![address])?;
    Ok(())
}

fn place(address: &[u8; 32]) -> Place {
    Place::new("sign_ins").bytes(address)
}
