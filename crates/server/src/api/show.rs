//! Pieces that several answers share: a person, a text, where a proposal stands, what happened. Knows no route.

use mic_engine::command::VersionDocument;
use mic_proof::hash::Hash;
use serde::Serialize;

use crate::pages::happening::TimelineLine;
use crate::pages::parts::{Person, Standing as Stands, Verdict};
use crate::words::{Words, Zone};

/// A member as others see them.
#[derive(Serialize)]
pub(super) struct PersonLine {
    slot: u32,
    name: Option<String>,
    you: bool,
}

pub(super) fn person(person: Person) -> PersonLine {
    PersonLine { slot: person.slot, name: person.name, you: person.you }
}

/// A version as it was written: Markdown, not HTML.
#[derive(Serialize)]
pub(super) struct Text {
    title: String,
    body: String,
    warning: String,
    audience: &'static str,
    /// SHA-256 of the version document.
    version: String,
}

impl Text {
    pub(super) fn new(text: VersionDocument, version: &Hash) -> Self {
        Self {
            title: text.title,
            body: text.body,
            warning: text.warning,
            audience: text.audience.word(),
            version: version.to_string(),
        }
    }
}

/// Where a proposal stands. Only the fields that belong to `is` are there.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Standing {
    CoSigning { have: u32, needed: u32 },
    AwaitingDraw { at: u64 },
    AwaitingBeacon,
    WithJury { seats: u32 },
    WithAuthor,
    Waiting,
    Voting { cast: u32, eligible: u32 },
    Consensus { agree: u32, block: u32 },
    Objecting { have: u32, stop: u32 },
    Pledging { at_least: u32 },
    Broadcast { number: u32 },
    Admitted,
    Removed,
    Recalled { number: u32 },
    Amended,
    Called { number: u32 },
    Recorded { number: u32 },
    Declined,
    Undecided,
    Lapsed,
    Withdrawn,
}

impl From<Stands> for Standing {
    fn from(stands: Stands) -> Self {
        match stands {
            Stands::CoSigning { have, needed } => Self::CoSigning { have, needed },
            Stands::AwaitingDraw { at } => Self::AwaitingDraw { at: at.0 },
            Stands::AwaitingBeacon => Self::AwaitingBeacon,
            Stands::WithJury { seats } => Self::WithJury { seats },
            Stands::WithAuthor => Self::WithAuthor,
            Stands::Waiting => Self::Waiting,
            Stands::Voting { cast, eligible } => Self::Voting { cast, eligible },
            Stands::Consensus { agree, block } => Self::Consensus { agree, block },
            Stands::Objecting { have, stop } => Self::Objecting { have, stop },
            Stands::Pledging { at_least } => Self::Pledging { at_least },
            Stands::Removed => Self::Removed,
            Stands::Recalled { number } => Self::Recalled { number },
            Stands::Amended => Self::Amended,
            Stands::Called { number } => Self::Called { number },
            Stands::Broadcast { number } => Self::Broadcast { number },
            Stands::Admitted => Self::Admitted,
            Stands::Recorded { number } => Self::Recorded { number },
            Stands::Declined => Self::Declined,
            Stands::Undecided => Self::Undecided,
            Stands::Lapsed => Self::Lapsed,
            Stands::Withdrawn => Self::Withdrawn,
        }
    }
}

/// One line of a proposal's history, as a sentence in the reader's language.
#[derive(Serialize)]
pub(super) struct Happened {
    at: u64,
    text: String,
}

pub(super) fn happened(line: &TimelineLine, words: &Words, zone: &Zone) -> Happened {
    Happened { at: line.at.0, text: words.tell(&line.what.phrase(), zone) }
}

/// The two sides of a closed jury.
#[derive(Serialize)]
pub(super) struct Tally {
    verdict: &'static str,
    yes: u32,
    no: u32,
    seats: u32,
}

impl From<crate::pages::parts::Tally> for Tally {
    fn from(tally: crate::pages::parts::Tally) -> Self {
        let verdict = match tally.verdict {
            Verdict::Approved => "approved",
            Verdict::Declined => "declined",
            Verdict::Undecided => "undecided",
        };
        Self { verdict, yes: tally.yes, no: tally.no, seats: tally.seats }
    }
}
