//! Pieces that several pages show: a person, a message, where a proposal stands, what happened to it.
//! Knows no page and no rule: whoever fills them has already decided.

use serde::{Serialize, Serializer};

use super::route::Route;
use crate::text::{Html, markdown};
use crate::words::{Moment, Phrase};

/// A member as others see them: by name where they chose so, else by their place on the roll.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    pub name: Option<String>,
    pub slot: u32,
    /// The reader themself.
    pub you: bool,
}

impl Person {
    pub fn sample(name: &str, slot: u32) -> Self {
        Self { name: (!name.is_empty()).then(|| name.to_owned()), slot, you: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Members,
    Public,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    Message,
    Admission,
    Removal,
    Recall,
    Amendment,
    Decision,
    Action,
}

/// One exact version of a text as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub title: String,
    /// Content warning; empty for none. The text is then folded behind it.
    pub warning: String,
    /// `None` when the text was erased; its hash stays.
    pub body: Option<Html>,
    pub audience: Audience,
    /// SHA-256 of the version document, 64 hexadecimal digits.
    pub hash: String,
}

impl Message {
    /// A text over [`markdown::MARKDOWN_BYTES_MAX`] is refused long before; should one come here, it is shown as erased.
    pub fn new(title: &str, warning: &str, source: &str, audience: Audience, hash: &str) -> Self {
        Self {
            title: title.to_owned(),
            warning: warning.to_owned(),
            body: markdown::to_html(source).ok(),
            audience,
            hash: hash.to_owned(),
        }
    }

    pub fn sample() -> Self {
        Self::new(SAMPLE_TITLE, "", SAMPLE_TEXT, Audience::Members, SAMPLE_HASH)
    }

    /// The longest a member can make it: title, warning and a text that renders to much.
    pub fn longest_sample() -> Self {
        let title = "Donaudampfschifffahrtsgesellschaft ".repeat(2) + "and more";
        let text = "A paragraph with **strong** words and a [link](https://example.org/a).\n\n- one\n- two\n\n".repeat(60);
        Self::new(
            &title,
            "Mentions police violence and an arrest",
            &text,
            Audience::Public,
            SAMPLE_HASH,
        )
    }
}

pub(super) const SAMPLE_TITLE: &str = "The depot meeting moves to Thursday";
pub(super) const SAMPLE_TEXT: &str = "The hall is closed on Wednesday, so **we meet on Thursday at 19:00** instead, same place.\n\nPlease bring:\n\n- the sign-up lists from your shift\n- tea, if you have some\n\nThe agenda is at [our page](https://example.org/agenda).";
pub(super) const SAMPLE_HASH: &str =
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// How a jury, or a proposal, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approved,
    Declined,
    Undecided,
}

impl Verdict {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Undecided => "undecided",
        }
    }
}

/// Where a proposal stands, in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    CoSigning {
        have: u32,
        needed: u32,
    },
    /// Enough co-signers; lots are drawn at this moment.
    AwaitingDraw {
        at: Moment,
    },
    /// The draw is due and the beacon has not answered.
    AwaitingBeacon,
    WithJury {
        seats: u32,
    },
    WithAuthor,
    Waiting,
    /// Everybody is asked, and so many of so many have handed in a ballot.
    Voting {
        cast: u32,
        eligible: u32,
    },
    Consensus {
        agree: u32,
        block: u32,
    },
    Objecting {
        have: u32,
        stop: u32,
    },
    /// Nobody sees how many have pledged.
    Pledging {
        at_least: u32,
    },
    Broadcast {
        number: u32,
    },
    Admitted,
    Removed,
    Recalled {
        number: u32,
    },
    Amended,
    Called {
        number: u32,
    },
    Recorded {
        number: u32,
    },
    Declined,
    Undecided,
    Lapsed,
    Withdrawn,
}

impl Standing {
    pub fn phrase(&self) -> Phrase {
        match *self {
            Self::CoSigning { have, needed } => {
                Phrase::new("standing-cosigning").number("have", have).number("needed", needed)
            }
            Self::AwaitingDraw { at } => Phrase::new("standing-awaiting-draw").when("at", at),
            Self::AwaitingBeacon => Phrase::new("standing-awaiting-beacon"),
            Self::WithJury { seats } => Phrase::new("standing-jury").number("seats", seats),
            Self::WithAuthor => Phrase::new("standing-author"),
            Self::Waiting => Phrase::new("standing-waiting"),
            Self::Voting { cast, eligible } => {
                Phrase::new("standing-voting").number("cast", cast).number("eligible", eligible)
            }
            Self::Consensus { agree, block } => {
                Phrase::new("standing-consensus").number("agree", agree).number("block", block)
            }
            Self::Objecting { have, stop } => {
                Phrase::new("standing-objecting").number("have", have).number("stop", stop)
            }
            Self::Pledging { at_least } => {
                Phrase::new("standing-pledging").number("least", at_least)
            }
            Self::Removed => Phrase::new("standing-removed"),
            Self::Recalled { number } => Phrase::new("standing-recalled").number("number", number),
            Self::Amended => Phrase::new("standing-amended"),
            Self::Called { number } => Phrase::new("standing-called").number("number", number),
            Self::Broadcast { number } => {
                Phrase::new("standing-broadcast").number("number", number)
            }
            Self::Admitted => Phrase::new("standing-admitted"),
            Self::Recorded { number } => Phrase::new("standing-recorded").number("number", number),
            Self::Declined => Phrase::new("standing-declined"),
            Self::Undecided => Phrase::new("standing-undecided"),
            Self::Lapsed => Phrase::new("standing-lapsed"),
            Self::Withdrawn => Phrase::new("standing-withdrawn"),
        }
    }
}

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.phrase().serialize(serializer)
    }
}

/// A proposal in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalLine {
    /// Its title, or the invited person's chosen name for an admission (empty where they chose none yet).
    pub title: String,
    pub kind: ProposalKind,
    pub standing: Standing,
    /// When its stage closes.
    pub until: Option<Moment>,
    pub link: Route,
}

/// A broadcast in a list.
#[derive(Clone, Debug, Serialize)]
pub struct BroadcastLine {
    pub number: u32,
    pub title: String,
    pub at: Moment,
    pub audience: Audience,
    pub link: Route,
}

/// The two sides of a closed jury.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Tally {
    pub verdict: Verdict,
    pub yes: u32,
    pub no: u32,
    pub seats: u32,
}
