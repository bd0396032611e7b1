//! The page of the member whom a proposal would remove: what it says, and what they say to it. Knows no rule.
//!
//! POST [`Route::Statement`]: `statement`, 1 to 2,000 characters; it replaces the one before.

use serde::Serialize;

use super::asking::REASON_CHARACTERS_MAX;
use super::frame::{Frame, View};
use super::parts::{Message, Person};
use super::route::Route;
use super::start::{FormFault, hours_ago};
use crate::words::{Moment, Phrase};

#[derive(Clone, Debug, Serialize)]
pub struct Statement {
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    /// What was typed, or what was said last.
    pub statement: String,
    pub statement_max: u32,
    /// When the last one was sent.
    pub said_at: Option<Moment>,
    pub faults: Vec<FormFault>,
}

impl View for Statement {
    const TEMPLATE: &'static str = "pages/statement.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("statement", Route::Statement { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self {
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            statement: String::new(),
            statement_max: REASON_CHARACTERS_MAX,
            said_at: None,
            faults: vec![],
        };
        let said = Self {
            statement: "I was ill that week, and I had told Mara.".to_owned(),
            said_at: Some(hours_ago(4)),
            ..empty.clone()
        };
        let refused = Self {
            faults: vec![FormFault {
                field: "statement",
                problem: Phrase::new("fault-reason-empty"),
            }],
            ..empty.clone()
        };
        vec![("empty", empty), ("said", said), ("refused", refused)]
    }
}
