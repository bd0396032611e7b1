//! One parcel as a row: its recipients, its bitmaps, its exceptions. Knows nothing of claims as a whole (`parcels.rs`).

use std::collections::BTreeMap;

use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_engine::parcel::{Channel, Notice, PARCEL_SLOTS_MAX, Parcel, Recipients};
use rusqlite::{Connection, Row, params};

use super::columns;
use crate::contract::{Fault, ParcelKey};
use crate::record::damaged;

/// One bit for each recipient, by place.
#[derive(Clone)]
pub(super) struct Bitmap(Vec<u8>);

impl Bitmap {
    pub(super) fn empty(count: u32) -> Self {
        Self(vec![0; count.div_ceil(8) as usize])
    }

    pub(super) fn has(&self, place: u32) -> bool {
        self.0.get(place as usize / 8).is_some_and(|byte| byte & mask(place) != 0)
    }

    pub(super) fn set(&mut self, place: u32) {
        if let Some(byte) = self.0.get_mut(place as usize / 8) {
            *byte |= mask(place);
        }
    }

    pub(super) fn clear(&mut self, place: u32) {
        if let Some(byte) = self.0.get_mut(place as usize / 8) {
            *byte &= !mask(place);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }

    fn ones(&self) -> u32 {
        self.0.iter().map(|byte| byte.count_ones()).sum()
    }
}

/// What is known of a recipient who is not simply done or still to serve.
pub(super) struct Exception {
    pub(super) state: ExceptionState,
    pub(super) attempts: u32,
    pub(super) next: LogTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExceptionState {
    /// Comes again.
    Waiting,
    /// Comes again; an attempt may have reached the person.
    Unknown,
    GivenUp,
}

impl ExceptionState {
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Unknown => 1,
            Self::GivenUp => 2,
        }
    }

    fn from_number(number: i64) -> Result<Self, Fault> {
        match number {
            0 => Ok(Self::Waiting),
            1 => Ok(Self::Unknown),
            2 => Ok(Self::GivenUp),
            _ => Err(damaged()),
        }
    }
}

/// A parcel with all that hangs on it.
pub(super) struct ParcelRow {
    pub(super) key: ParcelKey,
    pub(super) group: GroupId,
    pub(super) notice: Notice,
    pub(super) channel: Channel,
    recipients: Recipients,
    count: u32,
    pub(super) done: Bitmap,
    pub(super) in_flight: Option<Bitmap>,
    pub(super) fencing: u64,
    pub(super) exceptions: BTreeMap<u32, Exception>,
}

const COLUMNS: &str =
    "id, group_id, notice, channel, first_slot, count, slots, done, in_flight, fencing";

impl ParcelRow {
    pub(super) fn load(connection: &Connection, key: ParcelKey) -> Result<Option<Self>, Fault> {
        let mut statement =
            connection.prepare_cached(&format!("SELECT {COLUMNS} FROM parcels WHERE id = ?1"))?;
        let mut rows = statement.query([columns::signed(key.0)])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let mut parcel = Self::from_row(row)?;
        parcel.load_exceptions(connection)?;
        Ok(Some(parcel))
    }

    fn from_row(row: &Row<'_>) -> Result<Self, Fault> {
        let first = Slot(columns::small(row.get(4)?)?);
        let count = columns::small(row.get(5)?)?;
        let slots: Option<Vec<u8>> = row.get(6)?;
        let bytes = count.div_ceil(8) as usize;
        let done: Vec<u8> = row.get(7)?;
        let in_flight: Option<Vec<u8>> = row.get(8)?;
        if count > PARCEL_SLOTS_MAX
            || done.len() != bytes
            || in_flight.as_ref().is_some_and(|bitmap| bitmap.len() != bytes)
        {
            return Err(damaged());
        }
        Ok(Self {
            key: ParcelKey(columns::unsigned(row.get(0)?)?),
            group: columns::group(&row.get::<_, Vec<u8>>(1)?)?,
            notice: columns::notice(&row.get::<_, String>(2)?)?,
            channel: columns::channel(row.get(3)?)?,
            recipients: match slots {
                None => Recipients::Run { first, count },
                Some(slots) => Recipients::List(read_slots(&slots, count)?),
            },
            count,
            done: Bitmap(done),
            in_flight: in_flight.map(Bitmap),
            fencing: columns::unsigned(row.get(9)?)?,
            exceptions: BTreeMap::new(),
        })
    }

    fn load_exceptions(&mut self, connection: &Connection) -> Result<(), Fault> {
        let mut statement = connection.prepare_cached(
            "SELECT place, state, attempts, next FROM parcel_exceptions WHERE parcel = ?1",
        )?;
        let mut rows = statement.query([columns::signed(self.key.0)])?;
        while let Some(row) = rows.next()? {
            let exception = Exception {
                state: ExceptionState::from_number(row.get(1)?)?,
                attempts: columns::small(row.get(2)?)?,
                next: columns::time(row.get(3)?)?,
            };
            self.exceptions.insert(columns::small(row.get(0)?)?, exception);
        }
        Ok(())
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    pub(super) fn slot(&self, place: u32) -> Option<Slot> {
        match &self.recipients {
            Recipients::Run { first, count } => {
                (place < *count).then(|| Slot(first.0.saturating_add(place)))
            }
            Recipients::List(slots) => slots.get(place as usize).copied(),
        }
    }

    pub(super) fn place(&self, slot: Slot) -> Option<u32> {
        match &self.recipients {
            Recipients::Run { first, count } => {
                slot.0.checked_sub(first.0).filter(|place| place < count)
            }
            Recipients::List(slots) => {
                slots.binary_search(&slot).ok().and_then(|place| u32::try_from(place).ok())
            }
        }
    }

    /// When to look at this parcel next, if nobody holds it: at once for those never tried, else when the first exception comes again.
    pub(super) fn next_due(&self, now: LogTime) -> Option<LogTime> {
        let fresh = (0..self.count)
            .any(|place| !self.done.has(place) && !self.exceptions.contains_key(&place));
        if fresh {
            return Some(now);
        }
        let coming = self.exceptions.values().filter(|known| match known.state {
            ExceptionState::Waiting | ExceptionState::Unknown => true,
            ExceptionState::GivenUp => false,
        });
        coming.map(|known| known.next).min()
    }

    pub(super) fn save(&self, connection: &Connection, due: Option<LogTime>) -> Result<(), Fault> {
        let given_up =
            self.exceptions.values().filter(|known| known.state == ExceptionState::GivenUp).count();
        connection
            .prepare_cached(
                "UPDATE parcels SET done = ?2, in_flight = ?3, done_count = ?4, given_up = ?5,
                     due = ?6, fencing = ?7
                 WHERE id = ?1",
            )?
            .execute(params![
                columns::signed(self.key.0),
                self.done.0,
                self.in_flight.as_ref().map(|bitmap| &bitmap.0),
                self.done.ones(),
                columns::signed(given_up as u64),
                due.map(|due| columns::signed(due.0)),
                columns::signed(self.fencing),
            ])?;
        Ok(())
    }
}

/// Writes a new parcel, due at once, unless it is there. `false` for one that breaks the limits.
pub(super) fn insert(
    connection: &Connection,
    group: GroupId,
    parcel: &Parcel,
) -> Result<bool, Fault> {
    let (first, count, slots) = match &parcel.recipients {
        Recipients::Run { first, count } => (*first, *count as usize, None),
        Recipients::List(slots) => {
            let ascending = slots.is_sorted_by(|one, next| one < next);
            let Some(first) = slots.first() else { return Ok(true) };
            if !ascending {
                return Ok(false);
            }
            let bytes: Vec<u8> = slots.iter().flat_map(|slot| slot.0.to_be_bytes()).collect();
            (*first, slots.len(), Some(bytes))
        }
    };
    let Some(count) = u32::try_from(count).ok().filter(|count| *count <= PARCEL_SLOTS_MAX) else {
        return Ok(false);
    };
    if count == 0 {
        return Ok(true);
    }
    connection
        .prepare_cached(
            "INSERT INTO parcels (group_id, notice, channel, first_slot, count, slots, done,
                 done_count, given_up, due, fencing)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            group.0,
            parcel.notice.to_text(),
            columns::channel_number(parcel.channel),
            first.0,
            count,
            slots,
            Bitmap::empty(count).0,
        ])?;
    Ok(true)
}

fn mask(place: u32) -> u8 {
    1 << (place % 8)
}

fn read_slots(bytes: &[u8], count: u32) -> Result<Vec<Slot>, Fault> {
    let slots: Vec<Slot> = bytes
        .chunks(4)
        .map(|chunk| chunk.try_into().map(|bytes| Slot(u32::from_be_bytes(bytes))))
        .collect::<Result<_, _>>()
        .map_err(|_| damaged())?;
    if slots.len() == count as usize { Ok(slots) } else { Err(damaged()) }
}
