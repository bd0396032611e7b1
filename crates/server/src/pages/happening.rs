//! What happened to a proposal, line by line. Knows no page and no rule: whoever fills it has already decided.

use serde::{Serialize, Serializer};

use super::asking::Ended;
use super::consensus::Position;
use super::parts::{Person, Tally};
use crate::words::{Moment, Phrase};

/// One line of a proposal's history. Co-signers are named only where they chose so; jurors never are.
#[derive(Clone, Debug)]
pub enum Happening {
    Opened {
        version: u32,
    },
    VersionPosted {
        version: u32,
    },
    CoSigned {
        by: Option<String>,
    },
    CoSignTakenBack,
    EnoughCoSigned,
    Reminded,
    DrawCalled {
        draw_at: Moment,
        round: u64,
    },
    DrawMissed,
    DrawMade {
        seats: u32,
    },
    NoOneToDraw,
    /// Jurors stayed silent, stepped aside or left, and the next in the drawn order were called.
    SeatsCalled {
        count: u32,
    },
    JuryGrown {
        added: u32,
    },
    JuryExtended {
        until: Moment,
    },
    JuryClosed(Tally),
    Revised,
    Appealed,
    AcceptedByAuthor,
    TextErased,
    VoteClosed {
        ended: Ended,
        cast: u32,
        eligible: u32,
    },
    /// A member's position, by name where they show one, else by number.
    PositionTaken {
        by: Person,
        position: Option<Position>,
    },
    ConsensusEnded(Ended),
    Objected {
        by: Person,
    },
    ObjectionTakenBack {
        by: Person,
    },
    ObjectionsEnded {
        stopped: bool,
    },
    PledgeWoken {
        count: u32,
    },
    StatementMade,
    Removed,
    Recalled {
        number: u32,
    },
    Amended,
    Called {
        number: u32,
    },
    Broadcast {
        number: u32,
    },
    Recorded {
        number: u32,
    },
    Admitted,
    Withdrawn,
    Lapsed,
    Closed,
}

impl Happening {
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Opened { version } => Phrase::new("happened-opened").number("version", *version),
            Self::VersionPosted { version } => {
                Phrase::new("happened-version").number("version", *version)
            }
            Self::CoSigned { by: Some(name) } => {
                Phrase::new("happened-cosigned-by").text("name", name)
            }
            Self::CoSigned { by: None } => Phrase::new("happened-cosigned"),
            Self::CoSignTakenBack => Phrase::new("happened-taken-back"),
            Self::EnoughCoSigned => Phrase::new("happened-enough"),
            Self::Reminded => Phrase::new("happened-reminded"),
            Self::DrawCalled { draw_at, round } => Phrase::new("happened-draw-called")
                .when("at", *draw_at)
                .text("round", round.to_string()),
            Self::DrawMissed => Phrase::new("happened-draw-missed"),
            Self::DrawMade { seats } => Phrase::new("happened-drawn").number("seats", *seats),
            Self::NoOneToDraw => Phrase::new("happened-no-one"),
            Self::SeatsCalled { count } => Phrase::new("happened-called").number("count", *count),
            Self::JuryGrown { added } => Phrase::new("happened-grown").number("added", *added),
            Self::JuryExtended { until } => Phrase::new("happened-extended").when("until", *until),
            Self::JuryClosed(tally) => {
                Phrase::new(format!("happened-jury-{}", tally.verdict.word()))
                    .number("yes", tally.yes)
                    .number("no", tally.no)
                    .number("seats", tally.seats)
            }
            Self::Revised => Phrase::new("happened-revised"),
            Self::Appealed => Phrase::new("happened-appealed"),
            Self::AcceptedByAuthor => Phrase::new("happened-accepted"),
            Self::TextErased => Phrase::new("happened-erased"),
            Self::VoteClosed { ended, cast, eligible } => {
                Phrase::new(format!("happened-vote-{}", ended.word()))
                    .number("cast", *cast)
                    .number("eligible", *eligible)
            }
            Self::PositionTaken { by, position } => {
                let word = position.map_or("none", Position::word);
                said_by(&format!("happened-position-{word}"), by)
            }
            Self::ConsensusEnded(ended) => {
                Phrase::new(format!("happened-consensus-{}", ended.word()))
            }
            Self::Objected { by } => said_by("happened-objected", by),
            Self::ObjectionTakenBack { by } => said_by("happened-objection-back", by),
            Self::ObjectionsEnded { stopped: true } => Phrase::new("happened-objections-stopped"),
            Self::ObjectionsEnded { stopped: false } => Phrase::new("happened-objections-none"),
            Self::PledgeWoken { count } => Phrase::new("happened-woken").number("count", *count),
            Self::StatementMade => Phrase::new("happened-statement"),
            Self::Removed => Phrase::new("happened-removed"),
            Self::Recalled { number } => Phrase::new("happened-recalled").number("number", *number),
            Self::Amended => Phrase::new("happened-amended"),
            Self::Called { number } => Phrase::new("happened-action").number("number", *number),
            Self::Broadcast { number } => {
                Phrase::new("happened-broadcast").number("number", *number)
            }
            Self::Recorded { number } => Phrase::new("happened-recorded").number("number", *number),
            Self::Admitted => Phrase::new("happened-admitted"),
            Self::Withdrawn => Phrase::new("happened-withdrawn"),
            Self::Lapsed => Phrase::new("happened-lapsed"),
            Self::Closed => Phrase::new("happened-closed"),
        }
    }
}

/// A sentence about a member, who is named in it or numbered.
fn said_by(key: &str, by: &Person) -> Phrase {
    match &by.name {
        Some(name) => Phrase::new(format!("{key}-by")).text("name", name),
        None => Phrase::new(key).number("number", by.slot),
    }
}

/// A happening and when it was written down.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineLine {
    pub at: Moment,
    pub what: Happening,
}

impl Serialize for Happening {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.phrase().serialize(serializer)
    }
}
