//! The register of decisions: everything the group has decided, to be searched. Knows no query language.
//!
//! GET [`Route::Register`]: `q` = a text that stands in a title or text, `before` = a number, for older ones.

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::start::hours_ago;
use crate::words::Moment;

/// Decisions on one page.
pub const DECISIONS_A_PAGE_MAX: usize = 30;
/// Characters of a search.
pub const SEARCH_CHARACTERS_MAX: u32 = 100;

#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// What was searched for; empty for all.
    pub search: String,
    pub search_max: u32,
    pub lines: Vec<DecisionLine>,
    /// How many there are in all.
    pub count: u32,
    /// Older ones follow: the query of their page, encoded as forms are.
    pub older: Option<String>,
    pub from_older: bool,
}

/// One decision.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionLine {
    pub number: u32,
    pub title: String,
    pub at: Moment,
    /// The first words of the text, which give the reasons.
    pub excerpt: String,
    /// The options that won, in order; `None` for *none of these*.
    pub winners: Vec<Option<String>>,
    /// Where its vote was counted, if it had one.
    pub result: Option<Route>,
    pub proposal: Route,
}

impl View for Register {
    const TEMPLATE: &'static str = "pages/register.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("register", Route::Register { group }), ("home", Route::Home { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let line = |number: u32| DecisionLine {
            number,
            title: "Where do we meet?".to_owned(),
            at: hours_ago(u64::from(90 - number.min(90))),
            excerpt: "The hall is closed on Wednesdays, so we need another place.".to_owned(),
            winners: vec![Some("The hall in Mill Street".to_owned())],
            result: Some(Route::VoteResult { group, proposal: 13, step: 1 }),
            proposal: Route::Proposal { group, proposal: 13 },
        };
        let typical = Self {
            search: String::new(),
            search_max: SEARCH_CHARACTERS_MAX,
            lines: vec![
                line(3),
                DecisionLine { winners: vec![], result: None, ..line(2) },
                DecisionLine { winners: vec![None], ..line(1) },
            ],
            count: 3,
            older: None,
            from_older: false,
        };
        let empty = Self { lines: vec![], count: 0, ..typical.clone() };
        let found = Self {
            search: "<depot> & hall".to_owned(),
            lines: (60..90).rev().map(line).collect(),
            count: 400,
            older: Some("before=60&q=%3Cdepot%3E+%26+hall".to_owned()),
            from_older: true,
            ..typical.clone()
        };
        let nothing = Self { search: "pears".to_owned(), count: 3, ..empty.clone() };
        vec![("typical", typical), ("empty", empty), ("found", found), ("nothing", nothing)]
    }
}
