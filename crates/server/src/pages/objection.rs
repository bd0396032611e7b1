//! Silence consents: whoever objects says why. Objections are public to members. Knows no rule.
//!
//! POST [`Route::Objection`]:
//!
//! | field | content |
//! |---|---|
//! | `do` | the button: `object`, `take_back` |
//! | `reason` | read by all members; 1 to 2,000 characters |

use serde::Serialize;

use super::about::About;
use super::asking::{Asked, Ended, Part, REASON_CHARACTERS_MAX, Voice};
use super::consensus::Voices;
use super::frame::{Frame, View};
use super::parts::{Message, Person};
use super::route::Route;
use super::start::{FormFault, hours_ago};
use crate::words::Phrase;

#[derive(Clone, Debug, Serialize)]
pub struct Objection {
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    pub about: Option<About>,
    pub asked: Asked,
    /// So many objections stop it.
    pub stop: u32,
    pub objections: Voices,
    /// The reader's own objection stands.
    pub yours: bool,
    pub reason: String,
    pub reason_max: u32,
    pub ended: Option<Ended>,
    pub faults: Vec<FormFault>,
}

impl View for Objection {
    const TEMPLATE: &'static str = "pages/objection.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("objection", Route::Objection { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self {
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            about: Some(About::sample_recall()),
            asked: Asked { quorum: 0, ..Asked::sample() },
            stop: 3,
            objections: Voices::default(),
            yours: false,
            reason: String::new(),
            reason_max: REASON_CHARACTERS_MAX,
            ended: None,
            faults: vec![],
        };
        let voice = Voice {
            who: Person::sample("", 12),
            reason: Some("It names somebody who was not asked.".to_owned()),
            at: hours_ago(3),
        };
        let typical = Self {
            objections: Voices { count: 1, listed: vec![voice] },
            yours: true,
            reason: "It names somebody who was not asked.".to_owned(),
            ..empty.clone()
        };
        let refused = Self {
            yours: false,
            faults: vec![FormFault { field: "reason", problem: Phrase::new("fault-reason-empty") }],
            ..typical.clone()
        };
        let over = Self {
            yours: false,
            ended: Some(Ended::Passed),
            asked: Asked { part: Part::Over, ..empty.asked },
            ..typical.clone()
        };
        vec![("empty", empty), ("typical", typical), ("refused", refused), ("over", over)]
    }
}
