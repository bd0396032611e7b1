//! Trying rules: a question about a charter and what a forecast answers. Knows no simulation; the report comes filled ([`report`]).
//! The form is sent with GET, since it changes nothing, and works without scripts:
//!
//! | field | content |
//! |---|---|
//! | `charter` | id of one of the charters offered |
//! | `process` | id of one of its processes; one that it does not have means the usual one |
//! | `members`, `years`, `seed` | whole numbers |
//! | `week` | proposals a week, perhaps with a fraction |
//! | `response`, `support` | percent, 0 to 100 |

mod charts;
pub(crate) mod figures;
pub mod report;

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::start::FormFault;
use crate::words::{Language, Phrase, Words};
pub use report::Report;

/// The page.
#[derive(Clone, Debug, Serialize)]
pub struct ForecastPage {
    #[serde(skip)]
    pub to: Route,
    pub form: Form,
    /// What may be asked here.
    pub limits: Limits,
    pub faults: Vec<FormFault>,
    /// Too many ask at once.
    pub busy: bool,
    pub report: Option<Report>,
}

/// What is in the form: as it was typed, or the usual question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Form {
    pub charters: Vec<Choice>,
    pub charter: String,
    pub processes: Vec<Choice>,
    pub process: String,
    pub members: String,
    pub week: String,
    pub response: String,
    pub support: String,
    pub years: String,
    pub seed: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub id: String,
    pub name: String,
}

/// The ranges that the form names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    pub members_min: u32,
    pub members_max: u32,
    pub week_max: u32,
    pub years_max: u32,
    pub seed_max: u32,
}

impl View for ForecastPage {
    const TEMPLATE: &'static str = "pages/forecast.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("here", self.to.clone())]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let choice = |id: &str, name: &str| Choice { id: id.to_owned(), name: name.to_owned() };
        let form = Form {
            charters: vec![
                choice("default", "Default rules"),
                choice("small_group", "Small group"),
            ],
            charter: "default".to_owned(),
            processes: vec![
                choice("admission", "Admit a new member"),
                choice("message", "Send a message to everyone"),
            ],
            process: "message".to_owned(),
            members: "10000".to_owned(),
            week: "20".to_owned(),
            response: "60".to_owned(),
            support: "40".to_owned(),
            years: "1".to_owned(),
            seed: "1".to_owned(),
        };
        let limits = Limits {
            members_min: 3,
            members_max: 1_000_000,
            week_max: 1_000,
            years_max: 10,
            seed_max: 1_000_000_000,
        };
        let words = Words::of(Language::English);
        let typical = Self {
            to: Route::Forecast {},
            form: form.clone(),
            limits,
            faults: Vec::new(),
            busy: false,
            report: Some(Report::sample(words, 10_000)),
        };
        let small = Self { report: Some(Report::sample(words, 12)), ..typical.clone() };
        let fault = FormFault {
            field: "members",
            problem: Phrase::new("forecast-fault-members")
                .number("min", 3)
                .number("max", 1_000_000),
        };
        let faulty = Self {
            form: Form { members: "many".to_owned(), ..form },
            faults: vec![fault],
            report: None,
            ..typical.clone()
        };
        let busy = Self { busy: true, report: None, ..typical.clone() };
        vec![("typical", typical), ("small", small), ("faulty", faulty), ("busy", busy)]
    }
}
