//! Rows of letters to addresses without a slot. Knows nothing of wording or mail servers.

use mic_engine::ids::LogTime;
use rusqlite::{Connection, Row, params};

use super::{SqliteStore, columns};
use crate::contract::{
    Fault, Letter, LetterAnswer, LetterId, LetterKind, LetterToSend, Letters, LettersWaiting,
};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::Place;

impl Letters for SqliteStore {
    fn write_letter(&self, letter: &Letter, now: LogTime) -> Result<bool, Fault> {
        let record = RecordWriter::default().text(&letter.address).bytes(&letter.content).finish();
        let sealed = self.sealer.seal(&place(letter.id), &record);
        let address = self.sealer.address(&letter.address);
        let now = columns::signed(now.0);
        self.write(|transaction| {
            let written = transaction.execute(
                "INSERT INTO letters (id, kind, group_id, address_keyed, written, expires, due,
                     fencing, attempts, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, 0, 0, ?7) ON CONFLICT DO NOTHING",
                params![
                    letter.id.0,
                    columns::letter_kind_number(letter.kind),
                    letter.group.map(|group| group.0),
                    address,
                    now,
                    columns::signed(letter.expires.0),
                    sealed
                ],
            )?;
            Ok(written == 1)
        })
    }

    fn letters_since(
        &self,
        kind: Option<LetterKind>,
        address: &str,
        since: LogTime,
    ) -> Result<u64, Fault> {
        let address = self.sealer.address(address);
        let kind = kind.map(columns::letter_kind_number);
        self.read(|connection| {
            let count: i64 = connection
                .prepare_cached(
                    "SELECT count(*) FROM letters
                     WHERE address_keyed = ?1 AND written >= ?2 AND (?3 IS NULL OR kind = ?3)",
                )?
                .query_row(params![address, columns::signed(since.0), kind], |row| row.get(0))?;
            columns::unsigned(count)
        })
    }

    fn claim_letters(
        &self,
        now: LogTime,
        until: LogTime,
        count: u32,
    ) -> Result<Vec<LetterToSend>, Fault> {
        let (now, until) = (columns::signed(now.0), columns::signed(until.0));
        self.write(|transaction| {
            transaction.execute(
                "UPDATE letters SET due = NULL, sealed = NULL
                 WHERE due IS NOT NULL AND expires <= ?1",
                [now],
            )?;
            let mut statement = transaction.prepare_cached(
                "SELECT id, kind, group_id, expires, fencing, attempts, sealed FROM letters
                 WHERE due IS NOT NULL AND due <= ?1 ORDER BY due, id LIMIT ?2",
            )?;
            let mut rows = statement.query(params![now, count])?;
            let mut letters = Vec::new();
            while let Some(row) = rows.next()? {
                letters.push(self.open_letter(row)?);
            }
            for letter in &letters {
                claim(transaction, letter.letter.id, until)?;
            }
            Ok(letters)
        })
    }

    fn settle_letter(
        &self,
        id: LetterId,
        fencing: u64,
        answer: LetterAnswer,
    ) -> Result<bool, Fault> {
        let fencing = columns::signed(fencing);
        self.write(|transaction| {
            let settled = match answer {
                LetterAnswer::Sent | LetterAnswer::GivenUp => transaction.execute(
                    "UPDATE letters SET due = NULL, sealed = NULL
                     WHERE id = ?1 AND fencing = ?2 AND due IS NOT NULL",
                    params![id.0, fencing],
                )?,
                LetterAnswer::Later(at) => transaction.execute(
                    "UPDATE letters SET due = ?3
                     WHERE id = ?1 AND fencing = ?2 AND due IS NOT NULL",
                    params![id.0, fencing, columns::signed(at.0)],
                )?,
            };
            Ok(settled == 1)
        })
    }

    fn letters_waiting(&self) -> Result<LettersWaiting, Fault> {
        self.read(|connection| {
            let (count, next): (i64, Option<i64>) = connection
                .prepare_cached("SELECT count(*), min(due) FROM letters WHERE due IS NOT NULL")?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let next_due = next.map(columns::time).transpose()?;
            Ok(LettersWaiting { count: columns::unsigned(count)?, next_due })
        })
    }
}

impl SqliteStore {
    /// The letter as its claimer gets it: with the fencing number that [`claim`] is about to write.
    fn open_letter(&self, row: &Row<'_>) -> Result<LetterToSend, Fault> {
        let id = LetterId(columns::array(&row.get::<_, Vec<u8>>(0)?)?);
        let group: Option<Vec<u8>> = row.get(2)?;
        let sealed: Vec<u8> = row.get(6)?;
        let plain = self.sealer.open(&place(id), &sealed)?;
        let mut record = RecordReader::new(&plain);
        let letter = Letter {
            id,
            kind: columns::letter_kind(row.get(1)?)?,
            group: group.map(|group| columns::group(&group)).transpose()?,
            address: record.text()?,
            content: record.bytes()?.to_vec(),
            expires: columns::time(row.get(3)?)?,
        };
        let fencing = columns::unsigned(row.get(4)?)? + 1;
        Ok(LetterToSend { letter, fencing, attempts: columns::small(row.get(5)?)? })
    }
}

fn claim(connection: &Connection, id: LetterId, until: i64) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE letters SET due = ?2, fencing = fencing + 1, attempts = attempts + 1
             WHERE id = ?1",
        )?
        .execute(params![id.0, until])?;
    Ok(())
}

fn place(id: LetterId) -> Place {
    Place::new("letters").bytes(&id.0)
}
