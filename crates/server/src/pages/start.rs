//! The pages before a group: landing, promises, founding a group. Knows no import: who reads the lines reports row and column.
//!
//! Founding, POST [`Route::Found`], `multipart/form-data`:
//!
//! | field | content |
//! |---|---|
//! | `name` | name of the group, 1 to 80 characters |
//! | `purpose` | one or two sentences, up to 500 characters |
//! | `language` | `en` or `de` |
//! | `charter` | [`CharterChoice::id`] |
//! | `your_name`, `your_email` | the founder: the first member |
//! | `members` | one per line: name, address, language; commas or tabs |
//! | `members_file` | a CSV file with the same columns; read after `members` |
//!
//! The demo's one click, POST [`Route::DemoSignIn`]: no fields but `token` and `act`.

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use crate::words::{Moment, Phrase};

/// The first page. Whoever is signed in finds their groups on it.
#[derive(Clone, Debug, Serialize)]
pub struct Landing {
    pub groups: Vec<GroupLine>,
    /// Whether this server lets visitors found groups.
    pub may_found: bool,
    /// The visitor of the demo may become this person by one click.
    pub demo_name: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct GroupLine {
    pub name: String,
    pub duties: u32,
    pub link: Route,
}

impl View for Landing {
    const TEMPLATE: &'static str = "pages/landing.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![
            ("found", Route::Found {}),
            ("demo", Route::DemoSignIn {}),
            ("mailbox", Route::Mailbox {}),
            ("forecast", Route::Forecast {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let line = |name: &str, duties| GroupLine {
            name: name.to_owned(),
            duties,
            link: Route::Home { group },
        };
        vec![
            ("typical", Self { groups: vec![], may_found: true, demo_name: None }),
            (
                "demo",
                Self {
                    groups: vec![],
                    may_found: false,
                    demo_name: Some("Robin Okafor".to_owned()),
                },
            ),
            (
                "member",
                Self {
                    groups: vec![
                        line("Tram Workers for the Climate", 1),
                        line("Northside Tenants", 0),
                    ],
                    may_found: true,
                    demo_name: None,
                },
            ),
        ]
    }
}

/// What is promised and what is not.
#[derive(Clone, Debug, Serialize)]
pub struct Promises {}

impl View for Promises {
    const TEMPLATE: &'static str = "pages/promises.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("typical", Self {})]
    }
}

/// The form for founding a group, empty or with what was typed and what is wrong with it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Found {
    pub name: String,
    pub purpose: String,
    /// Tag of the group's language.
    pub language: String,
    pub charters: Vec<CharterChoice>,
    /// Id of the chosen charter.
    pub charter: String,
    pub your_name: String,
    pub your_email: String,
    pub members: String,
    pub faults: Vec<FormFault>,
    /// At most [`ROW_FAULTS_MAX`] are shown; `more_rows` counts the others.
    pub rows: Vec<RowFault>,
    pub more_rows: u32,
}

/// Faulty rows that one page lists.
pub const ROW_FAULTS_MAX: usize = 50;

#[derive(Clone, Debug, Serialize)]
pub struct CharterChoice {
    pub id: String,
    pub name: String,
    pub about: String,
    /// Where it is read before anybody decides for it.
    pub link: Route,
}

/// What is wrong with one field: shown on top and beside the field.
#[derive(Clone, Debug, Serialize)]
pub struct FormFault {
    /// Name of the field.
    pub field: &'static str,
    pub problem: Phrase,
}

/// What is wrong with one row of the member list.
#[derive(Clone, Debug, Serialize)]
pub struct RowFault {
    pub source: RowSource,
    /// From 1, as a spreadsheet counts.
    pub row: u32,
    pub column: RowColumn,
    pub problem: RowProblem,
    /// What stands there, shortened by the caller to 80 characters.
    pub found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowSource {
    Typed,
    File,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowColumn {
    Row,
    Name,
    Email,
    Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowProblem {
    Missing,
    NotAnAddress,
    Twice,
    LooksLikeAnother,
    ForbiddenCharacter,
    TooLong,
    UnknownLanguage,
    BadText,
    TooManyColumns,
}

impl View for Found {
    const TEMPLATE: &'static str = "pages/found.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("found", Route::Found {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let charter = |id: &str, name: &str, about: &str| CharterChoice {
            id: id.to_owned(),
            name: name.to_owned(),
            about: about.to_owned(),
            link: Route::ReadyCharter { charter: id.to_owned() },
        };
        let empty = Self {
            language: "en".to_owned(),
            charters: vec![
                charter(
                    "default",
                    "Default charter",
                    "Two co-signers, then a jury of nine drawn by lot.",
                ),
                charter("small", "Small group", "One co-signer, then everybody is asked."),
            ],
            charter: "default".to_owned(),
            ..Self::default()
        };
        let row = |row, column, problem, found: &str| RowFault {
            source: RowSource::File,
            row,
            column,
            problem,
            found: found.to_owned(),
        };
        let faulty = Self {
            name: "Tram Workers\u{202e}".to_owned(),
            purpose: "Fewer cars, more trams.".to_owned(),
            your_name: "Ada".to_owned(),
            your_email: "ada".to_owned(),
            members: "Ben Kaya, ben@example.org\nCem, cem@example".to_owned(),
            faults: vec![
                FormFault { field: "name", problem: Phrase::new("name-forbidden") },
                FormFault { field: "your_email", problem: Phrase::new("fault-address") },
            ],
            rows: vec![
                row(3, RowColumn::Email, RowProblem::NotAnAddress, "cem@example"),
                row(17, RowColumn::Email, RowProblem::Twice, "ben@example.org"),
                row(18, RowColumn::Name, RowProblem::LooksLikeAnother, "Вen Kaya"),
                row(19, RowColumn::Name, RowProblem::Missing, ""),
                row(20, RowColumn::Language, RowProblem::UnknownLanguage, "xx"),
                row(21, RowColumn::Row, RowProblem::TooManyColumns, "a,b,c,d,e"),
                row(22, RowColumn::Row, RowProblem::BadText, "\u{fffd}\u{fffd}"),
                row(23, RowColumn::Name, RowProblem::ForbiddenCharacter, "a"),
                row(24, RowColumn::Name, RowProblem::TooLong, "aaaaaaaaaaaa"),
            ],
            more_rows: 212,
            ..empty.clone()
        };
        vec![("empty", empty), ("faulty", faulty)]
    }
}

/// The group exists. Where no mail is configured, the links are shown here, once, to the person who founded it.
#[derive(Clone, Debug, Serialize)]
pub struct Founded {
    pub name: String,
    pub members: u32,
    /// Members and their sign-in links; empty when mails went out. At most [`ROW_FAULTS_MAX`] are shown.
    pub links: Vec<PersonalLink>,
    pub more_links: u32,
    pub home: Route,
}

#[derive(Clone, Debug, Serialize)]
pub struct PersonalLink {
    pub name: String,
    /// With origin.
    pub link: String,
}

impl View for Founded {
    const TEMPLATE: &'static str = "pages/founded.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let home = Route::Home { group: mic_engine::ids::GroupId([7; 16]) };
        let link = |name: &str| PersonalLink {
            name: name.to_owned(),
            link: format!("https://mic.example.org/i/{}", "0a1b2c3d".repeat(4)),
        };
        vec![
            (
                "mailed",
                Self {
                    name: "Tram Workers".to_owned(),
                    members: 200,
                    links: vec![],
                    more_links: 0,
                    home: home.clone(),
                },
            ),
            (
                "shown",
                Self {
                    name: "Tram Workers".to_owned(),
                    members: 3,
                    links: vec![link("Ada"), link("Ben Kaya"), link("Cem")],
                    more_links: 2,
                    home,
                },
            ),
        ]
    }
}

/// A moment all samples share as their present: Tuesday, 24 November 2026, 14:10 UTC.
pub(super) const SAMPLE_NOW: Moment = Moment(1_795_529_400_000);

/// So many hours after the samples' present.
pub(super) const fn in_hours(hours: u64) -> Moment {
    Moment(SAMPLE_NOW.0 + hours * 3_600_000)
}

/// So many hours before the samples' present.
pub(super) const fn hours_ago(hours: u64) -> Moment {
    Moment(SAMPLE_NOW.0 - hours * 3_600_000)
}
