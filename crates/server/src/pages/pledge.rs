//! "I will, if at least so many of us will": handing a pledge in and taking it back; nothing is shown of others until it wakes.
//! Knows no seal.
//!
//! POST [`Route::Pledge`]:
//!
//! | field | content |
//! |---|---|
//! | `do` | the button: `pledge`, `take_back` |
//! | `least` | the number, 1 to 10,000,000 |
//! | `draw` | leaf hash of the stage that is shown |

use serde::Serialize;

use super::about::About;
use super::asking::{Asked, Part};
use super::frame::{Frame, View};
use super::parts::{Message, Person, SAMPLE_HASH};
use super::route::Route;
use super::start::FormFault;
use crate::words::Phrase;

#[derive(Clone, Debug, Serialize)]
pub struct Pledge {
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    pub about: Option<About>,
    pub asked: Asked,
    /// It wakes when so many will.
    pub at_least: u32,
    /// The number that the reader pledged with.
    pub yours: Option<u32>,
    /// What was typed.
    pub least: String,
    pub draw: String,
    /// Awake: how many will, together.
    pub woken: Option<u32>,
    pub faults: Vec<FormFault>,
}

impl View for Pledge {
    const TEMPLATE: &'static str = "pages/pledge.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("pledge", Route::Pledge { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self {
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            about: Some(About::sample_action()),
            asked: Asked { quorum: 0, ..Asked::sample() },
            at_least: 40,
            yours: None,
            least: String::new(),
            draw: SAMPLE_HASH.to_owned(),
            woken: None,
            faults: vec![],
        };
        let pledged = Self { yours: Some(60), least: "60".to_owned(), ..empty.clone() };
        let refused = Self {
            least: "many".to_owned(),
            faults: vec![FormFault { field: "least", problem: Phrase::new("fault-pledge-number") }],
            ..empty.clone()
        };
        let over = |woken| Self {
            woken,
            asked: Asked { part: Part::Over, ..empty.asked },
            ..empty.clone()
        };
        vec![
            ("woken", over(Some(71))),
            ("lapsed", over(None)),
            ("empty", empty),
            ("pledged", pledged),
            ("refused", refused),
        ]
    }
}
