//! What all pages share on which everybody is asked: who may take part, until when, how many have to, and what the reader is to it.
//! Knows no method and no rule.

use serde::Serialize;

use super::parts::Person;
use super::start::in_hours;
use crate::words::Moment;

/// Characters of a reason that all can read, and of a statement (spec/events.md).
pub const REASON_CHARACTERS_MAX: u32 = 2_000;

/// Members listed by name or number on one page.
pub const VOICES_MAX: usize = 200;

/// The frame of every such stage.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Asked {
    pub who: WhoAsked,
    /// How many may take part.
    pub eligible: u32,
    /// So many have to, or nothing is decided; 0 where nobody has to.
    pub quorum: u32,
    pub until: Moment,
    pub part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoAsked {
    Everyone,
    Settled,
    Drawn,
}

/// What the reader is to the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    May,
    /// Admitted too short a time before it began.
    TooNew,
    /// Joined after the proposal was opened.
    NotOnRoll,
    /// A drawn assembly, and the reader is not in it.
    NotDrawn,
    /// The stage is over; the page shows what was said.
    Over,
}

/// A member with what they said in public.
#[derive(Clone, Debug, Serialize)]
pub struct Voice {
    pub who: Person,
    /// Empty where none was given, `None` where it was erased with the member who wrote it.
    pub reason: Option<String>,
    pub at: Moment,
}

/// How asking everybody ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    Passed,
    Failed,
    Undecided,
}

impl Ended {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
        }
    }
}

impl Asked {
    pub(super) fn sample() -> Self {
        Self {
            who: WhoAsked::Settled,
            eligible: 380,
            quorum: 95,
            until: in_hours(90),
            part: Part::May,
        }
    }
}
