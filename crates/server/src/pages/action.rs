//! An action: what, when, where and how many, and afterwards whether people did it. Knows no rule.
//!
//! POST [`Route::Deed`]: `did` = `yes` or `no`, from those who pledged (or from all, where nobody was asked to).

use serde::Serialize;

use super::about::About;
use super::frame::{Frame, View};
use super::parts::{Message, Person};
use super::route::Route;
use super::start::hours_ago;
use crate::words::Moment;

#[derive(Clone, Debug, Serialize)]
pub struct Action {
    pub number: u32,
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    /// Always an action; `None` where its text was erased.
    pub about: Option<About>,
    pub called_at: Moment,
    /// How many pledged, where they were asked to.
    pub pledged: Option<u32>,
    pub deeds: Deeds,
    pub part: DeedPart,
}

/// Who says they did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deeds {
    pub did: u32,
    pub did_not: u32,
    /// How many are asked.
    pub of: u32,
}

/// What the reader is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeedPart {
    /// Not yet: it has not begun.
    Later,
    May,
    Did,
    DidNot,
    /// Not among those who are asked, or the time for answers is over.
    Onlooker,
}

impl View for Action {
    const TEMPLATE: &'static str = "pages/action.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, action) = (frame.group_id(), self.number);
        vec![
            ("deed", Route::Deed { group, action }),
            ("calendar", Route::Calendar { group, action }),
            ("proposal", Route::Proposal { group, proposal: self.proposal }),
            ("home", Route::Home { group }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let later = Self {
            number: 3,
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            about: Some(About::sample_action()),
            called_at: hours_ago(4),
            pledged: Some(71),
            deeds: Deeds { did: 0, did_not: 0, of: 71 },
            part: DeedPart::Later,
        };
        let with =
            |part| Self { part, deeds: Deeds { did: 44, did_not: 3, of: 71 }, ..later.clone() };
        let erased = Self {
            about: None,
            pledged: None,
            message: Message { body: None, ..Message::sample() },
            ..with(DeedPart::Onlooker)
        };
        vec![
            ("asked", with(DeedPart::May)),
            ("did", with(DeedPart::Did)),
            ("did_not", with(DeedPart::DidNot)),
            ("erased", erased),
            ("later", later),
        ]
    }
}
