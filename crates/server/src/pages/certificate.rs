//! The certificate of a broadcast: how its jury was drawn and counted, in plain words, with the numbers to recheck. Knows no proof. No forms.

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::{SAMPLE_HASH, SAMPLE_TITLE, Tally, Verdict};
use super::route::Route;
use super::start::hours_ago;
use crate::words::Moment;

#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    pub number: u32,
    pub title: String,
    pub broadcast: Route,
    /// The file to check elsewhere; `None` on the public page where entries are for members.
    pub file: Option<Route>,
    /// There is no file and never will be.
    pub none_can_be: bool,
    pub cosigned: u32,
    /// Juries in the order they sat: one, or the first and that of the appeal.
    pub juries: Vec<JuryRecord>,
    /// The numbers that name the text, the rules and the place in the journal.
    pub numbers: Vec<Figure>,
}

#[derive(Clone, Debug, Serialize)]
pub struct JuryRecord {
    /// Members of the frozen roll, and how many of them were passed over, by reason.
    pub roll: u32,
    pub passed_over: Vec<PassedOver>,
    pub eligible: u32,
    pub seats: u32,
    /// Seats that passed on to the next in the drawn order.
    pub replaced: u32,
    /// Seats added in a second round; 0 for none.
    pub grown: u32,
    pub turnout: u32,
    pub agree: u32,
    pub tally: Tally,
    pub called_at: Moment,
    pub drawn_at: Moment,
    pub closed_at: Moment,
    pub beacon: Beacon,
    /// How many ballots only the server vouches for: all, until members hold keys.
    pub attested_by_server: u32,
    pub numbers: Vec<Figure>,
    /// Slots in drawn order.
    pub seated: Vec<u32>,
    /// Opened ballots in the order of their commitments.
    pub ballots: Vec<OpenedBallot>,
}

/// Where the randomness came from.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Beacon {
    Drand {
        round: u64,
    },
    /// The server's own chain: the operator could have foreseen the draw.
    Local {
        link: u64,
    },
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct PassedOver {
    pub reason: Exclusion,
    pub count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    Left,
    Author,
    Cosigner,
    TooNew,
    Paused,
    Served,
}

/// A number to recheck.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    pub what: FigureKind,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    Version,
    Charter,
    Previous,
    Entry,
    Draw,
    Exclusions,
    Chain,
    Round,
    Signature,
    Randomness,
    Seed,
    Checkpoint,
}

#[derive(Clone, Debug, Serialize)]
pub struct OpenedBallot {
    pub yes: bool,
    pub nonce: String,
}

impl View for Certificate {
    const TEMPLATE: &'static str = "pages/certificate.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("promises", Route::Promises {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let figure = |what, value: &str| Figure { what, value: value.to_owned() };
        let jury = sample_jury();
        let typical = Self {
            number: 42,
            title: SAMPLE_TITLE.to_owned(),
            broadcast: Route::Broadcast { group, broadcast: 42 },
            file: Some(Route::CertificateFile { group, broadcast: 42 }),
            none_can_be: false,
            cosigned: 2,
            juries: vec![jury.clone()],
            numbers: vec![
                figure(FigureKind::Version, SAMPLE_HASH),
                figure(FigureKind::Charter, SAMPLE_HASH),
                figure(FigureKind::Previous, SAMPLE_HASH),
                figure(FigureKind::Entry, "1204"),
            ],
        };
        let declined = JuryRecord {
            tally: Tally { verdict: Verdict::Declined, yes: 2, no: 6, seats: 9 },
            replaced: 0,
            ..jury.clone()
        };
        let appeal = JuryRecord {
            grown: 12,
            tally: Tally { verdict: Verdict::Approved, yes: 15, no: 6, seats: 21 },
            beacon: Beacon::Local { link: 88 },
            passed_over: [
                Exclusion::Left,
                Exclusion::Author,
                Exclusion::Cosigner,
                Exclusion::TooNew,
                Exclusion::Paused,
                Exclusion::Served,
            ]
            .map(|reason| PassedOver { reason, count: 3 })
            .to_vec(),
            seated: (0..33).map(|slot| slot * 997).collect(),
            ballots: (0..33)
                .map(|index| OpenedBallot { yes: index % 3 > 0, nonce: SAMPLE_HASH.to_owned() })
                .collect(),
            ..jury
        };
        let longest = Self { file: None, juries: vec![declined, appeal], ..typical.clone() };
        vec![("typical", typical), ("longest", longest)]
    }
}

fn sample_jury() -> JuryRecord {
    let figure = |what, value: &str| Figure { what, value: value.to_owned() };
    JuryRecord {
        roll: 412,
        passed_over: vec![
            PassedOver { reason: Exclusion::Author, count: 1 },
            PassedOver { reason: Exclusion::Cosigner, count: 2 },
            PassedOver { reason: Exclusion::Served, count: 38 },
        ],
        eligible: 371,
        seats: 9,
        replaced: 2,
        grown: 0,
        turnout: 8,
        agree: 6,
        tally: Tally { verdict: Verdict::Approved, yes: 7, no: 1, seats: 9 },
        called_at: hours_ago(80),
        drawn_at: hours_ago(79),
        closed_at: hours_ago(2),
        beacon: Beacon::Drand { round: 21_345_678 },
        attested_by_server: 8,
        numbers: vec![
            figure(FigureKind::Draw, SAMPLE_HASH),
            figure(FigureKind::Exclusions, SAMPLE_HASH),
            figure(FigureKind::Chain, SAMPLE_HASH),
            figure(FigureKind::Round, "21345678"),
            figure(FigureKind::Signature, &"b4".repeat(48)),
            figure(FigureKind::Randomness, SAMPLE_HASH),
            figure(FigureKind::Seed, SAMPLE_HASH),
            figure(
                FigureKind::Checkpoint,
                "mic.example.org/0707\n1204\nqINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=\n",
            ),
        ],
        seated: vec![211, 17, 409, 5, 388, 90, 144, 3, 276, 301, 66],
        ballots: (0..8)
            .map(|index| OpenedBallot {
                yes: index != 3,
                nonce: if index == 2 { "pears at dusk".to_owned() } else { SAMPLE_HASH.to_owned() },
            })
            .collect(),
    }
}
