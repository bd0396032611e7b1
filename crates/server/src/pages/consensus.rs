//! Consensus: where everybody stands, who blocks and why. Positions are public to members. Knows no rule.
//!
//! POST [`Route::Consensus`]:
//!
//! | field | content |
//! |---|---|
//! | `position` | `agree`, `aside`, `block` or `none`, which takes back |
//! | `reason` | read by all members; needed with `block`, allowed with `aside` |
//! | `version` | hash of the text that is shown; another current one is a refusal |

use serde::Serialize;

use super::about::About;
use super::asking::{Asked, Ended, Part, REASON_CHARACTERS_MAX, Voice};
use super::frame::{Frame, View};
use super::parts::{Message, Person};
use super::route::Route;
use super::start::{FormFault, hours_ago};
use super::write::Changes;
use crate::words::Phrase;

#[derive(Clone, Debug, Serialize)]
pub struct Consensus {
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    pub about: Option<About>,
    pub asked: Asked,
    /// So many blocks stop it.
    pub blocks_stop: u32,
    /// At most so many of every `asides_of` may stand aside.
    pub asides: u32,
    pub asides_of: u32,
    pub agree: Voices,
    pub aside: Voices,
    pub block: Voices,
    /// What the reader said last.
    pub yours: Option<Position>,
    /// What was typed, when the page is shown again after a refusal.
    pub position: Option<Position>,
    pub reason: String,
    pub reason_max: u32,
    /// The author may post a friendly amendment.
    pub may_amend: bool,
    /// What the last amendment changed.
    pub changes: Option<Changes>,
    pub ended: Option<Ended>,
    pub faults: Vec<FormFault>,
}

/// Members who hold one position.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Voices {
    pub count: u32,
    /// The first of them.
    pub listed: Vec<Voice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    Agree,
    Aside,
    Block,
}

impl Position {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Aside => "aside",
            Self::Block => "block",
        }
    }
}

impl View for Consensus {
    const TEMPLATE: &'static str = "pages/consensus.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("consensus", Route::Consensus { group, proposal }),
            ("amend", Route::Answer { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let voice = |name: &str, slot, reason: &str| Voice {
            who: Person::sample(name, slot),
            reason: Some(reason.to_owned()),
            at: hours_ago(5),
        };
        let empty = Self {
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            about: None,
            asked: Asked { quorum: 0, ..Asked::sample() },
            blocks_stop: 2,
            asides: 1,
            asides_of: 4,
            agree: Voices::default(),
            aside: Voices::default(),
            block: Voices::default(),
            yours: None,
            position: None,
            reason: String::new(),
            reason_max: REASON_CHARACTERS_MAX,
            may_amend: false,
            changes: None,
            ended: None,
            faults: vec![],
        };
        let typical = Self {
            agree: Voices { count: 2, listed: vec![voice("Ben Kaya", 4, ""), voice("", 31, "")] },
            aside: Voices { count: 1, listed: vec![voice("", 12, "I am away that day.")] },
            block: Voices {
                count: 1,
                listed: vec![voice(
                    "Mara",
                    8,
                    "The hall has no ramp. Two of us could not come in.",
                )],
            },
            yours: Some(Position::Agree),
            changes: Some(Changes::sample()),
            asked: Asked::sample(),
            ..empty.clone()
        };
        let refused = Self {
            position: Some(Position::Block),
            faults: vec![FormFault { field: "reason", problem: Phrase::new("fault-block-reason") }],
            ..typical.clone()
        };
        let author = Self {
            may_amend: true,
            about: Some(About::sample_action()),
            yours: Some(Position::Aside),
            ..typical.clone()
        };
        let mut over = Self {
            yours: Some(Position::Block),
            ended: Some(Ended::Failed),
            asked: Asked { part: Part::Over, ..Asked::sample() },
            ..typical.clone()
        };
        over.block.listed[0].reason = None;
        vec![
            ("empty", empty),
            ("typical", typical),
            ("refused", refused),
            ("author", author),
            ("over", over),
        ]
    }
}
