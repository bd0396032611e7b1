//! Claiming and settling parcels, and how far they are. Knows nothing of addresses or networks.

use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_engine::parcel::{Channel, Notice};
use rusqlite::{Connection, params};

use super::parcel_row::{Bitmap, Exception, ExceptionState, ParcelRow};
use super::{SqliteStore, columns};
use crate::contract::{
    ANSWER_BYTES_MAX, ClaimRequest, ClaimedParcel, ClaimedSlot, Delivery, Fault, ParcelKey,
    Parcels, Parked, Progress, Settlement, SettlementOutcome,
};
use crate::seal::Place;

pub(super) use super::parcel_row::insert;

impl Parcels for SqliteStore {
    fn claim_parcels(&self, request: &ClaimRequest) -> Result<Vec<ClaimedParcel>, Fault> {
        self.write(|transaction| {
            let mut left = request.slots_max;
            let mut claimed = Vec::new();
            // Every parcel that is due holds at least one slot, so this many are always enough.
            for key in due_parcels(transaction, request)? {
                if left == 0 {
                    break;
                }
                let Some(mut parcel) = ParcelRow::load(transaction, key)? else { continue };
                let slots = claim(transaction, &mut parcel, request, left)?;
                left = left.saturating_sub(u32::try_from(slots.len()).unwrap_or(left));
                if !slots.is_empty() {
                    claimed.push(ClaimedParcel {
                        parcel: key,
                        fencing: parcel.fencing,
                        group: parcel.group,
                        notice: parcel.notice,
                        channel: parcel.channel,
                        slots,
                    });
                }
            }
            Ok(claimed)
        })
    }

    fn settle_parcels(
        &self,
        settlements: &[Settlement],
        now: LogTime,
    ) -> Result<Vec<SettlementOutcome>, Fault> {
        self.write(|transaction| {
            settlements.iter().map(|settlement| self.settle(transaction, settlement, now)).collect()
        })
    }

    fn next_due(&self, channel: Channel) -> Result<Option<LogTime>, Fault> {
        self.read(|connection| {
            let due: Option<i64> = connection
                .prepare_cached(
                    "SELECT min(due) FROM parcels WHERE channel = ?1 AND due IS NOT NULL",
                )?
                .query_row([columns::channel_number(channel)], |row| row.get(0))?;
            due.map(columns::time).transpose()
        })
    }

    fn progress(&self, group: GroupId, notice: Notice) -> Result<Progress, Fault> {
        self.read(|connection| progress(connection, group, notice))
    }

    fn unfinished(&self, group: GroupId) -> Result<Vec<(Notice, Progress)>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT notice FROM parcels WHERE group_id = ?1 AND due IS NOT NULL
                 UNION SELECT notice FROM parcels WHERE group_id = ?1 AND given_up > 0",
            )?;
            let mut rows = statement.query(params![group.0])?;
            let mut notices = Vec::new();
            while let Some(row) = rows.next()? {
                let notice = columns::notice(&row.get::<_, String>(0)?)?;
                notices.push((notice, progress(connection, group, notice)?));
            }
            notices.sort_by_key(|(notice, _)| *notice);
            Ok(notices)
        })
    }

    fn parked_count(&self) -> Result<u64, Fault> {
        self.read(|connection| {
            let count: i64 = connection
                .prepare_cached(
                    "SELECT coalesce(sum(given_up), 0) FROM parcels WHERE given_up > 0",
                )?
                .query_row([], |row| row.get(0))?;
            columns::unsigned(count)
        })
    }

    fn parked(&self, group: GroupId, count: u32) -> Result<Vec<Parked>, Fault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT p.id, p.notice, p.channel, e.place, e.slot, e.attempts, e.sealed
                 FROM parcels p JOIN parcel_exceptions e ON e.parcel = p.id
                 WHERE p.group_id = ?1 AND p.given_up > 0 AND e.state = ?2
                 ORDER BY p.id DESC, e.place LIMIT ?3",
            )?;
            let state = ExceptionState::GivenUp.number();
            let mut rows = statement.query(params![group.0, state, count])?;
            let mut parked = Vec::new();
            while let Some(row) = rows.next()? {
                let key = ParcelKey(columns::unsigned(row.get(0)?)?);
                let place = columns::small(row.get(3)?)?;
                let sealed: Option<Vec<u8>> = row.get(6)?;
                parked.push(Parked {
                    group,
                    notice: columns::notice(&row.get::<_, String>(1)?)?,
                    channel: columns::channel(row.get(2)?)?,
                    slot: Slot(columns::small(row.get(4)?)?),
                    attempts: columns::small(row.get(5)?)?,
                    answer: self.open_answer(key, place, sealed)?,
                });
            }
            Ok(parked)
        })
    }
}

impl SqliteStore {
    fn settle(
        &self,
        connection: &Connection,
        settlement: &Settlement,
        now: LogTime,
    ) -> Result<SettlementOutcome, Fault> {
        let Some(mut parcel) = ParcelRow::load(connection, settlement.parcel)? else {
            return Ok(SettlementOutcome::NoParcel);
        };
        if parcel.fencing != settlement.fencing {
            return Ok(SettlementOutcome::Fenced);
        }
        let Some(mut in_flight) = parcel.in_flight.take() else {
            return Ok(SettlementOutcome::Recorded);
        };
        for (slot, delivery) in &settlement.results {
            let Some(place) = parcel.place(*slot).filter(|place| in_flight.has(*place)) else {
                continue;
            };
            in_flight.clear(place);
            self.settle_slot(connection, &mut parcel, place, delivery, now)?;
        }
        if in_flight.is_empty() {
            let due = parcel.next_due(now);
            parcel.save(connection, due)?;
        } else {
            // The claim goes on for the rest: its end stays where it was.
            parcel.in_flight = Some(in_flight);
            let due = due_of(connection, parcel.key)?;
            parcel.save(connection, due)?;
        }
        Ok(SettlementOutcome::Recorded)
    }

    fn settle_slot(
        &self,
        connection: &Connection,
        parcel: &mut ParcelRow,
        place: u32,
        delivery: &Delivery,
        now: LogTime,
    ) -> Result<(), Fault> {
        let nothing = String::new();
        let (state, next, answer) = match delivery {
            Delivery::Done => {
                parcel.done.set(place);
                if parcel.exceptions.remove(&place).is_some() {
                    remove_exception(connection, parcel.key, place)?;
                }
                return Ok(());
            }
            Delivery::Untried => return Ok(()),
            Delivery::Later { at, answer } => (ExceptionState::Waiting, *at, answer),
            Delivery::Unknown { at, answer } => (ExceptionState::Unknown, *at, answer),
            Delivery::GivenUp { answer } => (ExceptionState::GivenUp, now, answer),
            Delivery::Postponed { at } => (ExceptionState::Waiting, *at, &nothing),
        };
        let known = parcel.exceptions.get(&place);
        let tried = u32::from(!matches!(delivery, Delivery::Postponed { .. }));
        let attempts = known.map_or(0, |known| known.attempts).saturating_add(tried);
        // Once an attempt may have arrived, that stays true of the next ones.
        let state = match (known.map(|known| known.state), state) {
            (Some(ExceptionState::Unknown), ExceptionState::Waiting) => ExceptionState::Unknown,
            (_, state) => state,
        };
        let exception = Exception { state, attempts, next };
        let answer = answer.get(..answer.floor_char_boundary(ANSWER_BYTES_MAX)).unwrap_or("");
        let sealed = self.sealer.seal(&answer_place(parcel.key, place), answer.as_bytes());
        put_exception(connection, parcel, place, &exception, Some(&sealed), now)?;
        parcel.exceptions.insert(place, exception);
        Ok(())
    }

    fn open_answer(
        &self,
        key: ParcelKey,
        place: u32,
        sealed: Option<Vec<u8>>,
    ) -> Result<String, Fault> {
        let Some(sealed) = sealed else { return Ok(String::new()) };
        let plain = self.sealer.open(&answer_place(key, place), &sealed)?;
        String::from_utf8(plain).map_err(|_| crate::record::damaged())
    }
}

fn due_parcels(connection: &Connection, request: &ClaimRequest) -> Result<Vec<ParcelKey>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM parcels WHERE channel = ?1 AND due IS NOT NULL AND due <= ?2
         ORDER BY due, id LIMIT ?3",
    )?;
    let channel = columns::channel_number(request.channel);
    let mut rows =
        statement.query(params![channel, columns::signed(request.now.0), request.slots_max])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(ParcelKey(columns::unsigned(row.get(0)?)?));
    }
    Ok(keys)
}

/// Marks up to `slots_max` slots that are due as in flight. What an earlier claim left in flight is counted as a lost attempt first.
fn claim(
    connection: &Connection,
    parcel: &mut ParcelRow,
    request: &ClaimRequest,
    slots_max: u32,
) -> Result<Vec<ClaimedSlot>, Fault> {
    if let Some(lost) = parcel.in_flight.take() {
        count_lost(connection, parcel, &lost, request.now)?;
    }
    let mut in_flight = Bitmap::empty(parcel.count());
    let mut slots = Vec::new();
    for place in 0..parcel.count() {
        if slots.len() >= slots_max as usize {
            break;
        }
        let Some(slot) = parcel.slot(place).filter(|_| !parcel.done.has(place)) else { continue };
        let (attempts, repeated) = match parcel.exceptions.get(&place) {
            None => (0, false),
            Some(Exception { state: ExceptionState::GivenUp, .. }) => continue,
            Some(known) if known.next > request.now => continue,
            Some(known) => (known.attempts, known.state == ExceptionState::Unknown),
        };
        in_flight.set(place);
        slots.push(ClaimedSlot { slot, attempts, repeated });
    }
    if slots.is_empty() {
        let due = parcel.next_due(request.now);
        parcel.save(connection, due)?;
    } else {
        parcel.in_flight = Some(in_flight);
        parcel.fencing += 1;
        parcel.save(connection, Some(request.until))?;
    }
    Ok(slots)
}

fn count_lost(
    connection: &Connection,
    parcel: &mut ParcelRow,
    lost: &Bitmap,
    now: LogTime,
) -> Result<(), Fault> {
    for place in (0..parcel.count()).filter(|place| lost.has(*place)) {
        let attempts = parcel.exceptions.get(&place).map_or(0, |known| known.attempts);
        let attempts = attempts.saturating_add(1);
        let exception = Exception { state: ExceptionState::Unknown, attempts, next: now };
        put_exception(connection, parcel, place, &exception, None, now)?;
        parcel.exceptions.insert(place, exception);
    }
    Ok(())
}

/// Writes the row of an exception. Without an answer, the one before stays.
fn put_exception(
    connection: &Connection,
    parcel: &ParcelRow,
    place: u32,
    exception: &Exception,
    sealed: Option<&[u8]>,
    now: LogTime,
) -> Result<(), Fault> {
    let Some(slot) = parcel.slot(place) else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO parcel_exceptions
                 (parcel, place, slot, state, attempts, next, settled, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
                 next = excluded.next, settled = excluded.settled,
                 sealed = coalesce(excluded.sealed, sealed)",
        )?
        .execute(params![
            columns::signed(parcel.key.0),
            place,
            slot.0,
            exception.state.number(),
            exception.attempts,
            columns::signed(exception.next.0),
            columns::signed(now.0),
            sealed,
        ])?;
    Ok(())
}

fn remove_exception(connection: &Connection, key: ParcelKey, place: u32) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM parcel_exceptions WHERE parcel = ?1 AND place = ?2")?
        .execute(params![columns::signed(key.0), place])?;
    Ok(())
}

fn due_of(connection: &Connection, key: ParcelKey) -> Result<Option<LogTime>, Fault> {
    let due: Option<i64> = connection
        .prepare_cached("SELECT due FROM parcels WHERE id = ?1")?
        .query_row([columns::signed(key.0)], |row| row.get(0))?;
    due.map(columns::time).transpose()
}

fn progress(connection: &Connection, group: GroupId, notice: Notice) -> Result<Progress, Fault> {
    let (total, done, given_up): (i64, i64, i64) = connection
        .prepare_cached(
            "SELECT coalesce(sum(count), 0), coalesce(sum(done_count), 0),
                 coalesce(sum(given_up), 0)
             FROM parcels WHERE group_id = ?1 AND notice = ?2",
        )?
        .query_row(params![group.0, notice.to_text()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let (total, done) = (columns::unsigned(total)?, columns::unsigned(done)?);
    let given_up = columns::unsigned(given_up)?;
    let waiting = total.saturating_sub(done).saturating_sub(given_up);
    Ok(Progress { total, done, waiting, given_up })
}

fn answer_place(key: ParcelKey, place: u32) -> Place {
    Place::new("parcel_exceptions").number(key.0).number(place)
}
