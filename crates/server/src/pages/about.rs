//! What a proposal is about beyond its text: options, a member, a broadcast, an action. Shown wherever it is judged.
//! Knows no page and no rule.

use serde::Serialize;

use super::parts::{Person, SAMPLE_TEXT};
use super::route::Route;
use super::start::{hours_ago, in_hours};
use crate::text::{Html, markdown};
use crate::words::Moment;

/// What a proposal says that a message does not.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum About {
    /// A question with options; none: it is answered with yes or no.
    Decision { options: Vec<String> },
    /// Something to be done together.
    Action { starts: Moment, ends: Moment, place: String, wanted: u32 },
    /// A member who would be one no more, and what that member says.
    Removal { member: Person, statement: Option<Statement> },
    /// A broadcast that would be recalled.
    Recall { number: u32, title: String, link: Route, erase: bool },
}

/// What the member says who would be removed.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    pub text: Html,
    pub at: Moment,
}

impl Statement {
    /// `None` for a text too long to be shown, which the engine refuses before.
    pub fn new(source: &str, at: Moment) -> Option<Self> {
        Some(Self { text: markdown::to_html(source).ok()?, at })
    }
}

impl About {
    pub(super) fn sample_decision() -> Self {
        let options = ["The old depot", "The hall in Mill Street", "By video"];
        Self::Decision { options: options.map(str::to_owned).to_vec() }
    }

    pub(super) fn sample_action() -> Self {
        Self::Action {
            starts: in_hours(240),
            ends: in_hours(244),
            place: "Main gate, Mill Street 3".to_owned(),
            wanted: 40,
        }
    }

    pub(super) fn sample_removal() -> Self {
        Self::Removal {
            member: Person::sample("Rob Okafor", 21),
            statement: Statement::new(SAMPLE_TEXT, hours_ago(3)),
        }
    }

    pub(super) fn sample_recall() -> Self {
        Self::Recall {
            number: 41,
            title: "Open letter to the city council".to_owned(),
            link: Route::Broadcast { group: mic_engine::ids::GroupId([7; 16]), broadcast: 41 },
            erase: true,
        }
    }
}
