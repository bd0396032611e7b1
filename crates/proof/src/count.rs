//! Counting what everybody was asked: votes by seven methods, consensus, pledges (`spec/vote.md`).
//!
//! Whole numbers only, so that every implementation counts the same. Used by the engine that
//! decides and by the verifier that checks. Knows nothing of entries, members or time.

/// options that voters approve of
mod approval;
/// what a ballot says
mod choice;
/// exact shares
mod fraction;
/// opened ballots, beside the journal
pub mod lists;
/// "I will, if enough of us will"
mod pledge;
/// ranked options, the fewest going out
mod runoff;
/// ranked options, each against each
mod schulze;
/// a number for each option
mod score;
/// several winners, in proportion
mod stv;
/// who comes first among equals
mod tie;
/// yes or no
mod yes_no;

pub use choice::{ChoiceError, OPTIONS_MAX, OPTIONS_MIN, check_choice};
pub use fraction::{FRACTION_MAX, Fraction};
pub use pledge::{PLEDGE_MAX, largest_set, parse_pledge};

use crate::entry;
use crate::finding::{Code, Refused};
use crate::hash::Hash;

use choice::Choices;
use tie::TieOrder;

/// How a vote is counted, with the numbers that its charter gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// a question
    YesNo {
        /// which share of yes and no must say yes; more than half must in any case
        agree: Fraction,
    },
    /// every option that one could live with
    Approval,
    /// a number for each option
    Score {
        /// the best number, 1 to 10
        max_score: u32,
    },
    /// an order of the options; who wins against each other one, wins
    Schulze,
    /// an order of the options; the weakest goes out until one has a majority
    Runoff,
    /// an order of the options; several win, in proportion
    Stv {
        /// how many, 1 to 64
        winners: u32,
    },
}

/// What the opened ballots of a vote come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// how many handed something in
    pub cast: u64,
    /// those of them that did not abstain
    pub valid: u64,
    /// [yes, no], approvals or sums by option; empty for ranked options
    pub totals: Vec<u64>,
    /// the options that won, in the order in which they did; *none of these* under its number
    pub winners: Vec<u32>,
}

/// How asking everybody ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// it passed
    Pass,
    /// it was declined
    Fail,
    /// too few took part, or nobody said anything
    Undecided,
}

/// Positions of a consensus, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// members who agree
    pub agree: u64,
    /// members who stand aside
    pub aside: u64,
    /// members who block
    pub block: u64,
}

/// Counts the choices of a vote among `options` options (0 for yes or no). `draw` is the leaf hash
/// of the stage's `stage.entered`, which fixes the tie order. Refused as `tally_wrong` when a
/// choice is not one of this method.
pub fn count<'a>(
    method: &Method,
    options: u32,
    draw: &Hash,
    choices: impl IntoIterator<Item = &'a str>,
) -> Result<Counted, Refused> {
    let choices = Choices::fold(method, options, choices)
        .map_err(|error| Refused::new(Code::TallyWrong, error.to_string()))?;
    let (cast, valid) = (choices.cast(), choices.valid());
    let order = TieOrder::new(draw, method.places(options));
    let (totals, winners) = match method {
        _ if valid == 0 => (vec![0; method.totals(options)], Vec::new()),
        Method::YesNo { .. } => (yes_no::totals(&choices), Vec::new()),
        Method::Approval => approval::count(&choices, &order),
        Method::Score { .. } => score::count(&choices, &order),
        Method::Schulze => (Vec::new(), schulze::winner(&choices, &order)),
        Method::Runoff => (Vec::new(), runoff::winner(&choices, &order)),
        Method::Stv { winners } => (Vec::new(), stv::winners(&choices, &order, *winners)),
    };
    Ok(Counted { cast, valid, totals, winners })
}

/// The tie order of a vote: its places, *none of these* included, the earliest first.
pub fn tie_order(method: &Method, options: u32, draw: &Hash) -> Vec<u32> {
    let order = TieOrder::new(draw, method.places(options));
    let mut places: Vec<u32> = (0..order.places()).collect();
    places.sort_by_key(|place| order.rank(*place));
    places
}

/// How the count went, for those who want to follow it: the totals of every place in every round. Values
/// are whole ballots for `runoff`, hundred-thousandths of one for `stv`; other methods have no
/// rounds. Refused like [`count`].
pub fn rounds<'a>(
    method: &Method,
    options: u32,
    draw: &Hash,
    choices: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Vec<u64>>, Refused> {
    let choices = Choices::fold(method, options, choices)
        .map_err(|error| Refused::new(Code::TallyWrong, error.to_string()))?;
    let order = TieOrder::new(draw, method.places(options));
    Ok(match method {
        _ if choices.valid() == 0 => Vec::new(),
        Method::Runoff => runoff::rounds(&choices, &order),
        Method::Stv { winners } => stv::rounds(&choices, &order, *winners),
        Method::YesNo { .. } | Method::Approval | Method::Score { .. } | Method::Schulze => {
            Vec::new()
        }
    })
}

/// `[i][j]`: how many ballots of the Schulze method put place i before place j. Refused like [`count`].
pub fn pairs<'a>(
    options: u32,
    choices: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Vec<u64>>, Refused> {
    let method = Method::Schulze;
    let choices = Choices::fold(&method, options, choices)
        .map_err(|error| Refused::new(Code::TallyWrong, error.to_string()))?;
    Ok(schulze::preferences(&choices, method.places(options) as usize))
}

/// What a counted vote leads to, asked of `eligible` members.
pub fn outcome(
    method: &Method,
    options: u32,
    counted: &Counted,
    eligible: u64,
    quorum: Fraction,
) -> Outcome {
    if counted.valid == 0 || !quorum.is_reached(counted.cast, eligible) {
        return Outcome::Undecided;
    }
    let passes = match method {
        Method::YesNo { agree } => yes_no::passes(&counted.totals, *agree),
        Method::Approval | Method::Score { .. } | Method::Schulze | Method::Runoff => {
            !counted.winners.contains(&options)
        }
        Method::Stv { .. } => true,
    };
    if passes { Outcome::Pass } else { Outcome::Fail }
}

/// What the positions of a consensus lead to, asked of `eligible` members: `blocks` blocks prevent
/// it, more than the share `asides` standing aside leave it open.
pub fn consensus(
    positions: Positions,
    eligible: u64,
    blocks: u64,
    asides: Fraction,
    quorum: Fraction,
) -> Outcome {
    let Positions { agree, aside, block } = positions;
    let all = agree + aside + block;
    if block >= blocks {
        Outcome::Fail
    } else if agree == 0 || !quorum.is_reached(all, eligible) || asides.is_exceeded(aside, all) {
        Outcome::Undecided
    } else {
        Outcome::Pass
    }
}

impl Method {
    /// Whether it asks about options of a text, not about yes and no.
    pub fn has_options(&self) -> bool {
        !matches!(self, Self::YesNo { .. })
    }

    /// How many places there are to choose from: the options, and *none of these* where it can win.
    pub fn places(&self, options: u32) -> u32 {
        match self {
            Self::YesNo { .. } => 0,
            Self::Approval | Self::Score { .. } | Self::Schulze | Self::Runoff => options + 1,
            Self::Stv { .. } => options,
        }
    }

    /// How many totals a closing entry has.
    pub fn totals(&self, options: u32) -> usize {
        match self {
            Self::YesNo { .. } => 2,
            Self::Approval | Self::Score { .. } => options as usize + 1,
            Self::Schulze | Self::Runoff | Self::Stv { .. } => 0,
        }
    }
}

impl Counted {
    /// What a closing entry claims, where its ballots are not there to be counted. How many were
    /// valid is then known only as none or some, which is enough for [`outcome`].
    pub fn claimed(method: &Method, cast: u64, totals: Vec<u64>, winners: Vec<u32>) -> Counted {
        let valid = if method.has_options() {
            u64::from(!winners.is_empty())
        } else {
            totals.iter().fold(0, |sum, total| u64::saturating_add(sum, *total))
        };
        Counted { cast, valid, totals, winners }
    }

    /// Whether totals and winners have the form that the method gives them.
    pub fn is_possible(&self, method: &Method, options: u32) -> bool {
        let places = method.places(options);
        let most = match method {
            Method::YesNo { .. } => 0,
            Method::Approval | Method::Score { .. } | Method::Schulze | Method::Runoff => 1,
            Method::Stv { winners } => (*winners).min(options) as usize,
        };
        self.totals.len() == method.totals(options)
            && self.winners.len() <= most
            && self.winners.iter().all(|winner| *winner < places)
    }
}

impl Outcome {
    /// The word in a closing entry.
    pub fn word(self) -> &'static str {
        entry::Outcome::from(self).word()
    }

    /// The outcome this word names.
    pub fn parse(word: &str) -> Option<Outcome> {
        [Self::Pass, Self::Fail, Self::Undecided].into_iter().find(|it| it.word() == word)
    }
}

impl From<Outcome> for entry::Outcome {
    fn from(outcome: Outcome) -> entry::Outcome {
        match outcome {
            Outcome::Pass => entry::Outcome::Pass,
            Outcome::Fail => entry::Outcome::Fail,
            Outcome::Undecided => entry::Outcome::Undecided,
        }
    }
}
