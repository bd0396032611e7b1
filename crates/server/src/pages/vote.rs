//! Voting: a ballot for each method, to be filled in by hand on a phone, and the receipt after it. Knows no seal and no count.
//!
//! POST [`Route::Vote`]:
//!
//! | field | content |
//! |---|---|
//! | `do` | the button: `vote`, `abstain` |
//! | `choice` | for yes or no: `yes`, `no` or `abstain` |
//! | `o0` … `o64` | for each option in order, *none of these* last: `yes` where it is approved; the score; or the place, from 1, empty for none |
//! | `words` | the voter's own words for the nonce, or empty: then the server makes some |
//! | `draw` | leaf hash of the stage that is shown; a ballot for another one is refused |

use serde::Serialize;

use super::about::About;
use super::asking::{Asked, Part, WhoAsked};
use super::frame::{Frame, View};
use super::juror::{NonceFrom, OWN_WORDS_CHARACTERS_MAX};
use super::parts::{Message, Person, SAMPLE_HASH};
use super::route::Route;
use super::start::{FormFault, in_hours};
use crate::words::{Moment, Phrase};

#[derive(Clone, Debug, Serialize)]
pub struct Vote {
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    pub about: Option<About>,
    pub asked: Asked,
    pub method: Method,
    /// In the order of the text, *none of these* last where it can be chosen; empty for yes or no.
    pub options: Vec<OptionLine>,
    /// For yes or no: what is ticked; empty for nothing.
    pub choice: String,
    /// What the reader handed in last, in words.
    pub cast: Option<Said>,
    pub words: String,
    pub words_max: u32,
    /// Leaf hash of the stage, 64 hexadecimal digits.
    pub draw: String,
    pub faults: Vec<FormFault>,
}

/// How ballots are filled in and counted, with the numbers of the charter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Method {
    /// More than this share must say yes, as `over`/`of`.
    YesNo {
        over: u32,
        of: u32,
    },
    Approval,
    Score {
        max: u32,
    },
    Schulze,
    Runoff,
    Stv {
        winners: u32,
    },
}

/// An option with what was typed beside it.
#[derive(Clone, Debug, Serialize)]
pub struct OptionLine {
    /// Its number in the ballot, from 0.
    pub number: u32,
    /// As the text lists it; `None` for *none of these*.
    pub text: Option<String>,
    /// The place or score that was typed.
    pub value: String,
    pub ticked: bool,
}

/// A ballot in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Said {
    Yes,
    No,
    Abstain,
    /// Options with their place, score or nothing, in the order to be read.
    Options {
        lines: Vec<SaidLine>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SaidLine {
    /// `None` for *none of these*.
    pub text: Option<String>,
    /// The place or the score; `None` where the option is approved.
    pub number: Option<u32>,
}

impl View for Vote {
    const TEMPLATE: &'static str = "pages/vote.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("vote", Route::Vote { group, proposal }),
            ("receipt", Route::VoteReceipt { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let yes_no = Self {
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            about: Some(About::Decision { options: Vec::new() }),
            asked: Asked::sample(),
            method: Method::YesNo { over: 2, of: 3 },
            options: vec![],
            choice: String::new(),
            cast: None,
            words: String::new(),
            words_max: OWN_WORDS_CHARACTERS_MAX,
            draw: SAMPLE_HASH.to_owned(),
            faults: vec![],
        };
        let of = |method, none| Self {
            about: Some(About::sample_decision()),
            method,
            options: sample_options(none),
            ..yes_no.clone()
        };
        let mut cast = of(Method::Schulze, true);
        cast.cast = Some(sample_said());
        "1".clone_into(&mut cast.options[1].value);
        let mut refused = of(Method::Runoff, true);
        "1".clone_into(&mut refused.options[0].value);
        "1".clone_into(&mut refused.options[2].value);
        "pears at dusk".clone_into(&mut refused.words);
        refused.faults =
            vec![FormFault { field: "choice", problem: Phrase::new("fault-places-equal") }];
        let closed_to = |part, who| Self {
            asked: Asked { who, part, ..Asked::sample() },
            about: Some(About::sample_removal()),
            ..yes_no.clone()
        };
        vec![
            ("yes_no", yes_no.clone()),
            ("approval", of(Method::Approval, true)),
            ("score", of(Method::Score { max: 5 }, true)),
            ("schulze", cast),
            ("runoff", refused),
            ("stv", of(Method::Stv { winners: 2 }, false)),
            ("too_new", closed_to(Part::TooNew, WhoAsked::Settled)),
            ("not_on_roll", closed_to(Part::NotOnRoll, WhoAsked::Everyone)),
            ("not_drawn", closed_to(Part::NotDrawn, WhoAsked::Drawn)),
        ]
    }
}

fn sample_options(none: bool) -> Vec<OptionLine> {
    let texts = ["The old depot", "The hall in Mill Street", "By video"].map(str::to_owned);
    let all = texts.into_iter().map(Some).chain(none.then_some(None));
    (0..)
        .zip(all)
        .map(|(number, text)| OptionLine {
            number,
            text,
            value: String::new(),
            ticked: number == 1,
        })
        .collect()
}

fn sample_said() -> Said {
    let line = |text: &str, number| SaidLine { text: Some(text.to_owned()), number: Some(number) };
    Said::Options {
        lines: vec![line("The hall in Mill Street", 1), SaidLine { text: None, number: Some(2) }],
    }
}

/// What a voter keeps: that the ballot was taken, and what opens it.
#[derive(Clone, Debug, Serialize)]
pub struct VoteReceipt {
    pub proposal: u32,
    pub said: Said,
    /// The choice as it is counted, such as `1>0=2`.
    pub choice: String,
    pub until: Moment,
    pub cover: String,
    pub draw: String,
    pub nonce: String,
    pub nonce_from: NonceFrom,
    pub opening: String,
    pub position: u64,
}

impl View for VoteReceipt {
    const TEMPLATE: &'static str = "pages/vote_receipt.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("vote", Route::Vote { group, proposal }),
            ("home", Route::Home { group }),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            proposal: 13,
            said: sample_said(),
            choice: "1>3".to_owned(),
            until: in_hours(90),
            cover: SAMPLE_HASH.to_owned(),
            draw: SAMPLE_HASH.chars().rev().collect(),
            nonce: "pears at dusk".to_owned(),
            nonce_from: NonceFrom::Words,
            opening: "0a1b2c3d".repeat(8),
            position: 1204,
        };
        let said = |said, choice: &str| Self {
            said,
            choice: choice.to_owned(),
            nonce_from: NonceFrom::Server,
            nonce: "77".repeat(32),
            ..typical.clone()
        };
        vec![
            ("typical", typical.clone()),
            ("yes", said(Said::Yes, "yes")),
            ("no", said(Said::No, "no")),
            ("abstain", said(Said::Abstain, "abstain")),
        ]
    }
}
