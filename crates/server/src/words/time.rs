//! Moments in a reader's zone and the time that is left until them. Knows no clock: the present is an argument.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mic_engine::ids::LogTime;
use serde::Serialize;

use super::{Arg, Words};

/// Milliseconds since 1970-01-01T00:00:00Z, at most [`mic_engine::ids::LOG_TIME_MAX`]; later ones are shown as that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Moment(pub u64);

impl From<LogTime> for Moment {
    fn from(time: LogTime) -> Self {
        Self(time.0)
    }
}

impl Moment {
    fn timestamp(self) -> Timestamp {
        let bounded = self.0.min(mic_engine::ids::LOG_TIME_MAX.0);
        let milliseconds = i64::try_from(bounded).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// RFC 3339 in UTC, whole seconds: `2026-11-24T14:10:00Z`.
    pub fn iso(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// A zone of the IANA database. What a member typed is looked up once, here.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Zone {
    /// `Europe/Berlin`; `None` when the database has no such zone.
    pub fn parse(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant of a local time such as `2026-12-04T07:00`; where clocks are put back, the earlier one.
    pub fn instant(&self, local: &str) -> Option<Moment> {
        let local: jiff::civil::DateTime = local.trim().parse().ok()?;
        let instant = local.to_zoned(self.0.clone()).ok()?.timestamp().as_millisecond();
        let moment = Moment(u64::try_from(instant).ok()?);
        (moment.0 <= mic_engine::ids::LOG_TIME_MAX.0).then_some(moment)
    }

    /// What [`Zone::instant`] reads, to the minute.
    pub fn local(&self, moment: Moment) -> String {
        moment.timestamp().to_zoned(self.0.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
    }
}

impl Words {
    /// `Tuesday, 24 November 2026, 15:10 CET`: always absolute, always with the zone.
    pub fn when(&self, moment: Moment, zone: &Zone) -> String {
        let local = moment.timestamp().to_zoned(zone.0.clone());
        let abbreviation = local.strftime("%Z").to_string();
        // Many zones have no letters of their own; the database then says only "+03".
        let zone_name = if abbreviation.starts_with(['+', '-']) {
            format!("UTC{abbreviation}")
        } else {
            self.language().zone_letters(&abbreviation).to_owned()
        };
        self.say(
            "time-when",
            &[
                ("weekday", Arg::Number(i64::from(local.weekday().to_monday_one_offset()))),
                ("date", Arg::Text(self.date_of(&local))),
                ("clock", Arg::Text(local.strftime("%H:%M").to_string())),
                ("zone", Arg::Text(zone_name)),
            ],
        )
    }

    /// `24 November 2026`, in the reader's zone.
    pub fn date(&self, moment: Moment, zone: &Zone) -> String {
        self.date_of(&moment.timestamp().to_zoned(zone.0.clone()))
    }

    /// `2 days and 3 hours left`; the two largest units, rounded down, so that nobody is told more time than there is.
    pub fn left(&self, until: Moment, now: Moment) -> String {
        let Some(minutes) = until.0.checked_sub(now.0).map(|span| span / 60_000) else {
            return self.say("time-over", &[]);
        };
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let arg = |value: u64| Arg::Number(i64::try_from(value).unwrap_or(i64::MAX));
        match (days, hours, rest) {
            (0, 0, 0) => self.say("time-left-moment", &[]),
            (0, 0, minutes) => self.say("time-left-minutes", &[("minutes", arg(minutes))]),
            (0, hours, 0) => self.say("time-left-hours-sharp", &[("hours", arg(hours))]),
            (days, 0, _) if days > 0 => self.say("time-left-days-sharp", &[("days", arg(days))]),
            (0, hours, minutes) => {
                self.say("time-left-hours", &[("hours", arg(hours)), ("minutes", arg(minutes))])
            }
            (days, hours, _) => {
                self.say("time-left-days", &[("days", arg(days)), ("hours", arg(hours))])
            }
        }
    }

    fn date_of(&self, local: &jiff::Zoned) -> String {
        self.say(
            "time-date",
            &[
                ("day", Arg::Number(i64::from(local.day()))),
                ("month", Arg::Number(i64::from(local.month()))),
                // As text: years have no separator between thousands.
                ("year", Arg::Text(local.year().to_string())),
            ],
        )
    }
}
