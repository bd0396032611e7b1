//! A member's settings in one group, and the pages that ask "are you sure". Knows no account.
//!
//! | form | field | content |
//! |---|---|---|
//! | POST [`Route::Settings`] | `name` | 1 to 80 characters, or empty for none |
//! | | `show_name` | `yes` or absent: whether other members see it |
//! | | `language` | `en`, `de` |
//! | | `zone` | a zone of the IANA database, `Europe/Berlin` |
//! | | `mail_broadcasts`, `mail_duty`, `mail_activity` | `yes` or absent |
//! | | `rest_days` | 0 to 90: days of rest between two duties; the charter's count if they are more |
//! | POST [`Route::Pause`] | `until` | `YYYY-MM-DD`, the last day of the pause in the member's zone |
//! | | `do` | `pause` or `resume` |
//! | POST [`Route::Leave`], [`Route::Erase`] | `sure` | `yes`, a box to tick; GET shows the page |
//! | POST [`Route::Unsubscribe`] | – | one button; mail programs post it themselves (RFC 8058) |
//! | POST [`Route::Export`] | – | answers with a file |

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::start::{FormFault, in_hours};
use crate::words::{Moment, Phrase};

/// Zones offered while typing; every other of the database is taken as well.
const ZONES: [&str; 24] = [
    "UTC",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Bogota",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Dhaka",
    "Asia/Jakarta",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Manila",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/London",
    "Europe/Zurich",
];

#[expect(clippy::struct_excessive_bools, reason = "each is a box to tick on the page")]
#[derive(Clone, Debug, Serialize)]
pub struct Settings {
    pub name: String,
    pub show_name: bool,
    pub language: String,
    pub zone: String,
    pub zones: Vec<&'static str>,
    pub mail_broadcasts: bool,
    pub mail_duty: bool,
    pub mail_activity: bool,
    pub rest_days: u32,
    /// What the charter asks at least.
    pub charter_rest_days: u32,
    pub paused_until: Option<Moment>,
    pub faults: Vec<FormFault>,
    /// Place on the roll, by which the journal knows the reader.
    pub slot: u32,
    /// Name of the file that the export gives.
    pub journal_file: String,
}

impl Settings {
    pub fn zones() -> Vec<&'static str> {
        ZONES.to_vec()
    }
}

impl View for Settings {
    const TEMPLATE: &'static str = "pages/settings.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![
            ("save", Route::Settings { group }),
            ("pause", Route::Pause { group }),
            ("export", Route::Export { group }),
            ("leave", Route::Leave { group }),
            ("erase", Route::Erase { group }),
            ("tokens", Route::Tokens { group }),
            ("sessions", Route::Sessions { group }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            name: "Ada Paris".to_owned(),
            show_name: true,
            language: "en".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            zones: Self::zones(),
            mail_broadcasts: true,
            mail_duty: true,
            mail_activity: false,
            rest_days: 7,
            charter_rest_days: 7,
            paused_until: None,
            faults: vec![],
            slot: 17,
            journal_file: "journal-07070707.jsonl".to_owned(),
        };
        let faulty = Self {
            zone: "Europe/Berln".to_owned(),
            faults: vec![
                FormFault { field: "zone", problem: Phrase::new("fault-zone") },
                FormFault { field: "until", problem: Phrase::new("fault-date") },
            ],
            paused_until: Some(in_hours(300)),
            ..typical.clone()
        };
        vec![("typical", typical), ("faulty", faulty)]
    }
}

/// A page that asks once more, with one button.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Confirm {
    Leave,
    Erase,
    Withdraw {
        proposal: u32,
        title: String,
    },
    /// `kind` of mail and the token of its link.
    Unsubscribe {
        kind: MailKind,
        #[serde(skip)]
        token: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    Broadcasts,
    Duty,
    Activity,
}

impl View for Confirm {
    const TEMPLATE: &'static str = "pages/confirm.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        let (act, back) = match self {
            Self::Leave => (Route::Leave { group }, Route::Settings { group }),
            Self::Erase => (Route::Erase { group }, Route::Settings { group }),
            Self::Withdraw { proposal, .. } => (
                Route::Withdraw { group, proposal: *proposal },
                Route::Proposal { group, proposal: *proposal },
            ),
            Self::Unsubscribe { token, .. } => {
                (Route::Unsubscribe { token: token.clone() }, Route::Landing {})
            }
        };
        vec![("act", act), ("back", back)]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let stop = |kind| Self::Unsubscribe { kind, token: "ab".repeat(16) };
        vec![
            ("leave", Self::Leave),
            ("erase", Self::Erase),
            ("withdraw", Self::Withdraw { proposal: 3, title: "Night shift lockers".to_owned() }),
            ("broadcasts", stop(MailKind::Broadcasts)),
            ("duty", stop(MailKind::Duty)),
            ("activity", stop(MailKind::Activity)),
        ]
    }
}
