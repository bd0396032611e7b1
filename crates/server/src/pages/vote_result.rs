//! What a vote came to: totals, who won, how it was counted round by round, and where the opened ballots are. Knows no counting.
//! No forms.

use serde::Serialize;

use super::asking::Ended;
use super::frame::{Frame, View};
use super::route::Route;
use super::start::hours_ago;
use super::vote::Method;
use crate::words::Moment;

#[derive(Clone, Debug, Serialize)]
pub struct VoteResult {
    pub proposal: u32,
    pub step: u32,
    pub title: String,
    pub method: Method,
    pub ended: Ended,
    pub at: Moment,
    pub eligible: u32,
    pub cast: u32,
    /// So many had to take part.
    pub quorum: u32,
    /// Ballots that take a side; `None` where the ballots are not there any more.
    pub valid: Option<u32>,
    /// In the order of the text; *none of these* has no text. Empty where the method has no totals.
    pub totals: Vec<Total>,
    /// Names of the options that won, in the order in which they did; `None` for *none of these*.
    pub winners: Vec<Option<String>>,
    /// Round by round, for methods that have rounds.
    pub rounds: Vec<Round>,
    /// How many put the option of the row before that of the column.
    pub pairs: Option<Pairs>,
    /// What a counted ballot was worth at first, in hundred-thousandths, where rounds say values; else 1.
    pub whole: u32,
    /// Whether the count was made again here from the opened ballots and came to the same.
    pub recounted: Recount,
}

/// What counting again gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recount {
    Same,
    Other,
    /// The lists are not there.
    Missing,
}

#[derive(Clone, Debug, Serialize)]
pub struct Total {
    pub what: Counted,
    pub total: u64,
    pub won: bool,
}

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Counted {
    Yes,
    No,
    Option { text: String },
    None,
}

#[derive(Clone, Debug, Serialize)]
pub struct Round {
    pub lines: Vec<RoundLine>,
}

#[derive(Clone, Debug, Serialize)]
pub struct RoundLine {
    /// `None` for *none of these*.
    pub text: Option<String>,
    /// As it is to be read: `12` or `12.34567`. Empty for one that is out.
    pub total: String,
    pub out: bool,
    pub elected: bool,
}

/// Each option against each.
#[derive(Clone, Debug, Serialize)]
pub struct Pairs {
    /// `None` for *none of these*.
    pub options: Vec<Option<String>>,
    /// Row by row; `None` on the diagonal.
    pub rows: Vec<Vec<Option<u64>>>,
}

impl View for VoteResult {
    const TEMPLATE: &'static str = "pages/vote_result.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, proposal, step) = (frame.group_id(), self.proposal, self.step);
        vec![
            ("proposal", Route::Proposal { group, proposal }),
            ("ballots", Route::VoteBallots { group, proposal, step }),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let option = |text: &str, total, won| Total {
            what: Counted::Option { text: text.to_owned() },
            total,
            won,
        };
        let approval = Self {
            proposal: 13,
            step: 2,
            title: "Where do we meet?".to_owned(),
            method: Method::Approval,
            ended: Ended::Passed,
            at: hours_ago(2),
            eligible: 380,
            cast: 211,
            quorum: 95,
            valid: Some(208),
            totals: vec![
                option("The old depot", 120, false),
                option("The hall in Mill Street", 155, true),
                Total { what: Counted::None, total: 12, won: false },
            ],
            winners: vec![Some("The hall in Mill Street".to_owned())],
            rounds: vec![],
            pairs: None,
            whole: 1,
            recounted: Recount::Same,
        };
        vec![
            ("yes_no", yes_no(&approval)),
            ("score", Self { method: Method::Score { max: 5 }, ..approval.clone() }),
            ("schulze", schulze(&approval)),
            ("runoff", rounds(&approval, Method::Runoff)),
            ("stv", stv(&approval)),
            ("missing", missing(&approval)),
            ("approval", approval),
        ]
    }
}

fn yes_no(approval: &VoteResult) -> VoteResult {
    VoteResult {
        method: Method::YesNo { over: 2, of: 3 },
        ended: Ended::Failed,
        totals: vec![
            Total { what: Counted::Yes, total: 100, won: false },
            Total { what: Counted::No, total: 108, won: false },
        ],
        winners: vec![],
        ..approval.clone()
    }
}

fn schulze(approval: &VoteResult) -> VoteResult {
    VoteResult {
        method: Method::Schulze,
        totals: vec![],
        winners: vec![None],
        ended: Ended::Failed,
        pairs: Some(Pairs {
            options: vec![
                Some("The old depot".to_owned()),
                Some("The hall in Mill Street".to_owned()),
                None,
            ],
            rows: vec![
                vec![None, Some(80), Some(77)],
                vec![Some(128), None, Some(99)],
                vec![Some(131), Some(109), None],
            ],
        }),
        ..approval.clone()
    }
}

fn rounds(approval: &VoteResult, method: Method) -> VoteResult {
    let line = |text: &str, total: &str, out, elected| RoundLine {
        text: (!text.is_empty()).then(|| text.to_owned()),
        total: total.to_owned(),
        out,
        elected,
    };
    let first = vec![
        line("The old depot", "90", false, false),
        line("The hall in Mill Street", "98", false, false),
        line("", "20", false, false),
    ];
    let second = vec![
        line("The old depot", "95.50000", false, false),
        line("The hall in Mill Street", "110.25000", false, true),
        line("", "", true, false),
    ];
    VoteResult {
        method,
        totals: vec![],
        rounds: vec![Round { lines: first }, Round { lines: second }],
        ..approval.clone()
    }
}

/// Two win, the second one in the last round.
fn stv(approval: &VoteResult) -> VoteResult {
    let mut result = rounds(approval, Method::Stv { winners: 2 });
    result.winners.push(Some("The old depot".to_owned()));
    for line in result.rounds.last_mut().into_iter().flat_map(|round| &mut round.lines) {
        line.elected = !line.out;
    }
    result
}

fn missing(approval: &VoteResult) -> VoteResult {
    VoteResult {
        ended: Ended::Undecided,
        cast: 12,
        valid: None,
        recounted: Recount::Missing,
        ..approval.clone()
    }
}
