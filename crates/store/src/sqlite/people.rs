//! Rows of accounts and members. Knows nothing of what members do.

use mic_engine::append::{Person, PersonWrite};
use mic_engine::ids::{CandidateId, GroupId, Slot};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, columns};
use crate::contract::{AccountId, EmailChanged, Fault, Membership, Month, People, PersonRecord};
use crate::record::{RecordReader, RecordWriter};
use crate::seal::Place;

impl People for SqliteStore {
    fn person(&self, group: GroupId, slot: Slot) -> Result<Option<PersonRecord>, Fault> {
        self.read(|connection| self.find_person(connection, group, slot))
    }

    fn people(
        &self,
        group: GroupId,
        first: Slot,
        count: u32,
    ) -> Result<Vec<(Slot, PersonRecord)>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT slot, account, sealed, active_month FROM members
                 WHERE group_id = ?1 AND slot >= ?2 AND slot < ?3 ORDER BY slot",
            )?;
            let end = u64::from(first.0) + u64::from(count);
            let mut rows = statement.query(params![group.0, first.0, columns::signed(end)])?;
            let mut people = Vec::new();
            while let Some(row) = rows.next()? {
                people.push(self.member(group, row)?);
            }
            Ok(people)
        })
    }

    fn update_person(
        &self,
        group: GroupId,
        slot: Slot,
        name: &str,
        language: &str,
        settings: &str,
    ) -> Result<bool, Fault> {
        self.write(|transaction| {
            let Some(known) = self.find_person(transaction, group, slot)? else {
                return Ok(false);
            };
            let (name, language) = (name.to_owned(), language.to_owned());
            let person = Person { name, email: known.person.email, language };
            self.store_record(transaction, group, slot, &person, settings)?;
            Ok(true)
        })
    }

    fn account(&self, email: &str) -> Result<Option<AccountId>, Fault> {
        let address = self.sealer.address(email);
        self.read(|connection| find_account(connection, &address))
    }

    fn memberships(&self, account: AccountId) -> Result<Vec<Membership>, Fault> {
        self.read(|connection| memberships(connection, account))
    }

    fn change_email(&self, account: AccountId, email: &str) -> Result<EmailChanged, Fault> {
        let address = self.sealer.address(email);
        self.write(|transaction| {
            match find_account(transaction, &address)? {
                Some(other) if other != account => return Ok(EmailChanged::Taken),
                Some(_) | None => {}
            }
            let held = memberships(transaction, account)?;
            if held.is_empty() {
                return Ok(EmailChanged::NoAccount);
            }
            for Membership { group, slot } in held {
                let Some(known) = self.find_person(transaction, group, slot)? else { continue };
                let person = Person { email: email.trim().to_owned(), ..known.person };
                self.store_record(transaction, group, slot, &person, &known.settings)?;
            }
            destroy_mail(transaction, account)?;
            transaction.execute(
                "UPDATE accounts SET address_keyed = ?2 WHERE id = ?1",
                params![columns::signed(account.0), address],
            )?;
            end_sessions(transaction, account)?;
            Ok(EmailChanged::Changed)
        })
    }

    fn mark_active(&self, group: GroupId, slot: Slot, month: Month) -> Result<(), Fault> {
        let known = self.person(group, slot)?.and_then(|record| record.last_active);
        if known >= Some(month) {
            return Ok(());
        }
        self.write(|transaction| {
            transaction.execute(
                "UPDATE members SET active_month = ?3 WHERE group_id = ?1 AND slot = ?2",
                params![group.0, slot.0, month.0],
            )?;
            Ok(())
        })
    }
}

impl SqliteStore {
    pub(super) fn write_person(
        &self,
        connection: &Connection,
        group: GroupId,
        write: &PersonWrite,
    ) -> Result<(), Fault> {
        match write {
            PersonWrite::Found { slot, person } => self.seat(connection, group, *slot, person),
            PersonWrite::Admit { slot, candidate } => {
                self.admit(connection, group, *slot, *candidate)
            }
            PersonWrite::Forget { candidate } => {
                super::candidates::destroy(connection, group, *candidate).map(drop)
            }
            PersonWrite::Leave { slot } | PersonWrite::Erase { slot } => {
                destroy_person(connection, group, *slot)
            }
        }
    }

    fn admit(
        &self,
        connection: &Connection,
        group: GroupId,
        slot: Slot,
        candidate: CandidateId,
    ) -> Result<(), Fault> {
        let Some(known) = self.find_candidate(connection, group, candidate)? else {
            tracing::error!(%group, %slot, "an admission whose candidate is gone");
            return Ok(());
        };
        self.seat(connection, group, slot, &known.person)?;
        super::candidates::destroy(connection, group, candidate).map(drop)
    }

    fn seat(
        &self,
        connection: &Connection,
        group: GroupId,
        slot: Slot,
        person: &Person,
    ) -> Result<(), Fault> {
        let address = self.sealer.address(&person.email);
        connection
            .prepare_cached(
                "INSERT INTO accounts (address_keyed) VALUES (?1) ON CONFLICT DO NOTHING",
            )?
            .execute(params![address])?;
        let sealed = self.sealer.seal(&place(group, slot), &encode(person, ""));
        connection
            .prepare_cached(
                "INSERT INTO members (group_id, slot, account, sealed)
                 SELECT ?1, ?2, id, ?3 FROM accounts WHERE address_keyed = ?4",
            )?
            .execute(params![group.0, slot.0, sealed, address])?;
        Ok(())
    }

    fn store_record(
        &self,
        connection: &Connection,
        group: GroupId,
        slot: Slot,
        person: &Person,
        settings: &str,
    ) -> Result<(), Fault> {
        let sealed = self.sealer.seal(&place(group, slot), &encode(person, settings));
        connection.execute(
            "UPDATE members SET sealed = ?3 WHERE group_id = ?1 AND slot = ?2",
            params![group.0, slot.0, sealed],
        )?;
        Ok(())
    }

    fn find_person(
        &self,
        connection: &Connection,
        group: GroupId,
        slot: Slot,
    ) -> Result<Option<PersonRecord>, Fault> {
        let mut statement = connection.prepare_cached(
            "SELECT slot, account, sealed, active_month FROM members
             WHERE group_id = ?1 AND slot = ?2",
        )?;
        let mut rows = statement.query(params![group.0, slot.0])?;
        let row = rows.next()?;
        row.map(|row| self.member(group, row).map(|(_, record)| record)).transpose()
    }

    fn member(&self, group: GroupId, row: &Row<'_>) -> Result<(Slot, PersonRecord), Fault> {
        let slot = Slot(columns::small(row.get(0)?)?);
        let account = AccountId(columns::unsigned(row.get(1)?)?);
        let sealed: Vec<u8> = row.get(2)?;
        let month: Option<i64> = row.get(3)?;
        let plain = self.sealer.open(&place(group, slot), &sealed)?;
        let mut record = RecordReader::new(&plain);
        let (person, settings) = (record.person()?, record.text()?);
        let last_active = month.map(columns::small).transpose()?.map(Month);
        Ok((slot, PersonRecord { account, person, settings, last_active }))
    }
}

pub(super) fn find_account(
    connection: &Connection,
    address: &[u8; 32],
) -> Result<Option<AccountId>, Fault> {
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM accounts WHERE address_keyed = ?1")?
        .query_row(params![address], |row| row.get(0))
        .optional()?;
    id.map(|id| columns::unsigned(id).map(AccountId)).transpose()
}

pub(super) fn end_sessions(connection: &Connection, account: AccountId) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM sessions WHERE account = ?1")?
        .execute([columns::signed(account.0)])?;
    Ok(())
}

/// Destroys the record and drafts of a slot and what hangs on its account. Destroying twice is harmless.
fn destroy_person(connection: &Connection, group: GroupId, slot: Slot) -> Result<(), Fault> {
    let account: Option<i64> = connection
        .prepare_cached("SELECT account FROM members WHERE group_id = ?1 AND slot = ?2")?
        .query_row(params![group.0, slot.0], |row| row.get(0))
        .optional()?;
    // What mail servers answered may quote an address.
    connection.execute(
        "UPDATE parcel_exceptions SET sealed = NULL WHERE slot = ?2 AND sealed IS NOT NULL
         AND parcel IN (SELECT id FROM parcels WHERE group_id = ?1)",
        params![group.0, slot.0],
    )?;
    let Some(account) = account else { return Ok(()) };
    let account = AccountId(columns::unsigned(account)?);
    // Drafts and their earlier states go with the member's row.
    connection.execute(
        "DELETE FROM members WHERE group_id = ?1 AND slot = ?2",
        params![group.0, slot.0],
    )?;
    end_sessions(connection, account)?;
    if memberships(connection, account)?.is_empty() {
        destroy_mail(connection, account)?;
        // Tokens go with the account's row.
        connection.execute("DELETE FROM accounts WHERE id = ?1", [columns::signed(account.0)])?;
    }
    Ok(())
}

/// Destroys letters to the account's address and attempts to sign in with it.
fn destroy_mail(connection: &Connection, account: AccountId) -> Result<(), Fault> {
    let id = columns::signed(account.0);
    connection.execute(
        "DELETE FROM letters
         WHERE address_keyed = (SELECT address_keyed FROM accounts WHERE id = ?1)",
        [id],
    )?;
    connection.execute(
        "DELETE FROM sign_ins
         WHERE address_keyed = (SELECT address_keyed FROM accounts WHERE id = ?1)",
        [id],
    )?;
    Ok(())
}

fn memberships(connection: &Connection, account: AccountId) -> Result<Vec<Membership>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT group_id, slot FROM members WHERE account = ?1 ORDER BY group_id, slot",
    )?;
    let mut rows = statement.query([columns::signed(account.0)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let group = columns::group(&row.get::<_, Vec<u8>>(0)?)?;
        found.push(Membership { group, slot: Slot(columns::small(row.get(1)?)?) });
    }
    Ok(found)
}

fn encode(person: &Person, settings: &str) -> Vec<u8> {
    RecordWriter::default().person(person).text(settings).finish()
}

fn place(group: GroupId, slot: Slot) -> Place {
    Place::new("members").group(group).number(slot.0)
}
