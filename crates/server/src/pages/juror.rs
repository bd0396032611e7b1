//! The juror's page, made for one minute on a phone, and the receipt after it. Knows no seal and no tally.
//!
//! POST [`Route::Jury`]:
//!
//! | field | content |
//! |---|---|
//! | `choice` | the button: `yes`, `no`, `aside` |
//! | `reason` | to the author alone, without a name; up to [`REASON_CHARACTERS_MAX`] characters; kept only with `no` |
//! | `words` | the juror's own words for the nonce, up to [`OWN_WORDS_CHARACTERS_MAX`] characters, or empty: then the server makes one |
//! | `draw` | hash of the draw that is shown; a ballot for another draw is refused |

use serde::Serialize;

use super::about::About;
use super::frame::{Frame, View};
use super::parts::{Audience, Message, Person, SAMPLE_HASH};
use super::route::Route;
use super::start::{FormFault, hours_ago, in_hours};
use crate::words::{Moment, Phrase};

pub const REASON_CHARACTERS_MAX: u32 = 1_000;
pub const OWN_WORDS_CHARACTERS_MAX: u32 = 64;

#[derive(Clone, Debug, Serialize)]
pub struct Juror {
    pub proposal: u32,
    pub message: Message,
    pub author: Person,
    pub about: Option<About>,
    pub cosigners: Vec<Person>,
    pub reach: Reach,
    pub rule: Rule,
    /// When the jury closes.
    pub until: Moment,
    /// When this seat passes on if nothing was cast; `None` once something was.
    pub answer_by: Option<Moment>,
    pub drawn: Drawn,
    /// What the reader cast last.
    pub cast: Option<Choice>,
    /// Broadcasts of the last seven days.
    pub this_week: u32,
    /// What was typed, when the page is shown again after a refusal.
    pub reason: String,
    pub words: String,
    /// Hash of the draw, 64 hexadecimal digits.
    pub draw: String,
    pub reason_max: u32,
    pub words_max: u32,
    pub faults: Vec<FormFault>,
}

/// Whom a yes reaches and how.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reach {
    pub members: u32,
    pub by_mail: u32,
    pub audience: Audience,
}

/// The rule this jury decides by.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Rule {
    pub seats: u32,
    pub agree: u32,
    pub quorum: u32,
    /// So many join when neither side has enough; 0 when the jury does not grow.
    pub more: u32,
}

/// Why the reader, of all people.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Drawn {
    pub eligible: u32,
    pub at: Moment,
    /// Called because somebody before them was silent or stepped aside.
    pub from_reserve: bool,
    pub local_chain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Yes,
    No,
}

impl View for Juror {
    const TEMPLATE: &'static str = "pages/juror.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("jury", Route::Jury { group, proposal }),
            ("receipt", Route::Receipt { group, proposal }),
            ("proposal", Route::Proposal { group, proposal }),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            proposal: 13,
            message: Message::sample(),
            author: Person::sample("Ada Paris", 17),
            about: None,
            cosigners: vec![Person::sample("Ben Kaya", 4), Person::sample("", 31)],
            reach: Reach { members: 412, by_mail: 398, audience: Audience::Members },
            rule: Rule { seats: 9, agree: 6, quorum: 6, more: 12 },
            until: in_hours(68),
            answer_by: Some(in_hours(20)),
            drawn: Drawn {
                eligible: 371,
                at: hours_ago(4),
                from_reserve: false,
                local_chain: false,
            },
            cast: None,
            this_week: 2,
            reason: String::new(),
            words: String::new(),
            draw: SAMPLE_HASH.to_owned(),
            reason_max: REASON_CHARACTERS_MAX,
            words_max: OWN_WORDS_CHARACTERS_MAX,
            faults: vec![],
        };
        let cast = Self { cast: Some(Choice::No), answer_by: None, ..typical.clone() };
        let longest = Self {
            message: Message::longest_sample(),
            reach: Reach { members: 1_234_567, by_mail: 1_200_000, audience: Audience::Public },
            rule: Rule { seats: 11, agree: 6, quorum: 6, more: 0 },
            drawn: Drawn { from_reserve: true, local_chain: true, ..typical.drawn },
            reason: "Zu früh. ".repeat(100),
            words: "pears at dusk".to_owned(),
            faults: vec![FormFault { field: "words", problem: Phrase::new("refusal-nonce-taken") }],
            this_week: 0,
            ..typical.clone()
        };
        let mut all = vec![("typical", typical.clone()), ("cast", cast), ("longest", longest)];
        let removal = Self { about: Some(About::sample_removal()), ..typical };
        all.push(("removal", removal));
        all
    }
}

/// What a juror keeps: that the answer was taken, and what opens it.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    pub proposal: u32,
    pub choice: Choice,
    pub until: Moment,
    /// What stands in the public record now: the cover `b`, 64 hexadecimal digits.
    pub cover: String,
    pub draw: String,
    /// The nonce as it enters the commitment, and who chose it.
    pub nonce: String,
    pub nonce_from: NonceFrom,
    /// What opens the cover: keep it to oneself.
    pub opening: String,
    /// Its place in the journal.
    pub position: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NonceFrom {
    Browser,
    Words,
    Server,
}

impl View for Receipt {
    const TEMPLATE: &'static str = "pages/receipt.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal) = (frame.group_id(), self.proposal);
        vec![
            ("jury", Route::Jury { group, proposal }),
            ("home", Route::Home { group }),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            proposal: 13,
            choice: Choice::Yes,
            until: in_hours(68),
            cover: SAMPLE_HASH.to_owned(),
            draw: SAMPLE_HASH.chars().rev().collect(),
            nonce: "pears at dusk".to_owned(),
            nonce_from: NonceFrom::Words,
            opening: "0a1b2c3d".repeat(8),
            position: 1204,
        };
        vec![
            ("typical", typical.clone()),
            (
                "server",
                Self {
                    choice: Choice::No,
                    nonce: "77".repeat(32),
                    nonce_from: NonceFrom::Server,
                    ..typical.clone()
                },
            ),
            ("browser", Self { nonce: "78".repeat(32), nonce_from: NonceFrom::Browser, ..typical }),
        ]
    }
}
