//! The kinds of stages with their parameters, every number within its range. Knows no TOML and no proposal.

use super::{BySize, Fraction, Id, JuryTerms, Method, Next, Outcome, SeatRule, Seats, size};
use crate::ids::Span;

/// One box of a flowchart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    pub title: String,
    pub rule: Rule,
}

/// A stage's kind with its parameters and where each outcome leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    Cosign(Cosign),
    Jury(Jury),
    Recourse(Recourse),
    Wait(Wait),
    Vote(Vote),
    Consensus(Consensus),
    Objection(Objection),
    Pledge(Pledge),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosign {
    pub needed: Vec<BySize<u32>>,
    pub duration: Span,
    /// After how long each reminder is sent, ascending; here and below.
    pub reminders: Vec<Span>,
    pub pass: Next,
    pub lapsed: Next,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jury {
    pub sizes: Vec<BySize<Seats>>,
    /// How long a juror may be silent before the next one is called.
    pub answer: Span,
    /// How long a jury sits.
    pub window: Span,
    pub reminders: Vec<Span>,
    /// Whether all who sat on an earlier jury of the proposal are passed over.
    pub fresh: bool,
    pub pass: Next,
    pub fail: Next,
    pub undecided: Next,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recourse {
    pub duration: Span,
    pub revise: Option<Id>,
    pub appeal: Option<Id>,
    pub lapsed: Next,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    pub duration: Span,
    pub pass: Next,
}

/// Everybody, or an assembly drawn by lot, votes in secret (spec/vote.md).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    pub who: Voters,
    /// How ballots are counted.
    pub method: Method,
    /// The part of those who may vote that must have handed in a ballot.
    pub quorum: Fraction,
    pub duration: Span,
    pub reminders: Vec<Span>,
    pub pass: Next,
    pub fail: Next,
    pub undecided: Next,
}

/// Positions that all can see; so many blocks stop it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consensus {
    pub who: Who,
    /// So many blocks stop it, 1 to 100.
    pub blocks: u32,
    /// The largest part of those who take a position that may stand aside.
    pub asides: Fraction,
    /// The part of those asked that must take a position.
    pub quorum: Fraction,
    /// Whether the author may post a friendly amendment.
    pub amendable: bool,
    pub duration: Span,
    pub reminders: Vec<Span>,
    pub pass: Next,
    pub fail: Next,
    pub undecided: Next,
}

/// Silence consents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub who: Who,
    /// So many objections stop it, 1 to 1,000.
    pub objections: u32,
    pub duration: Span,
    pub reminders: Vec<Span>,
    pub pass: Next,
    pub fail: Next,
}

/// "I will, if at least so many of us will."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pledge {
    pub who: Who,
    /// It wakes when so many will at the least, 1 to 10,000,000.
    pub at_least: u32,
    pub duration: Span,
    pub reminders: Vec<Span>,
    pub pass: Next,
    pub lapsed: Next,
}

/// Which members of the frozen roll are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Everyone,
    /// Those who are not too new.
    Settled,
}

/// Who votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voters {
    All(Who),
    Drawn(Assembly),
}

/// An assembly drawn by lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembly {
    pub sizes: Vec<BySize<SeatRule>>,
    /// Whether all who sat on an earlier jury of the proposal are passed over.
    pub fresh: bool,
}

impl Rule {
    /// The words of the charter language for the kinds.
    pub const KINDS: [&str; 8] =
        ["cosign", "jury", "recourse", "wait", "vote", "consensus", "objection", "pledge"];

    /// The word of the charter language for this kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Cosign(_) => "cosign",
            Self::Jury(_) => "jury",
            Self::Recourse(_) => "recourse",
            Self::Wait(_) => "wait",
            Self::Vote(_) => "vote",
            Self::Consensus(_) => "consensus",
            Self::Objection(_) => "objection",
            Self::Pledge(_) => "pledge",
        }
    }

    /// Where an outcome leads; `None` if this kind cannot end so.
    pub fn next(&self, outcome: Outcome) -> Option<&Next> {
        let (pass, fail, undecided, lapsed) = match self {
            Self::Cosign(rule) => (Some(&rule.pass), None, None, Some(&rule.lapsed)),
            Self::Jury(rule) => (Some(&rule.pass), Some(&rule.fail), Some(&rule.undecided), None),
            Self::Recourse(rule) => (None, None, None, Some(&rule.lapsed)),
            Self::Wait(rule) => (Some(&rule.pass), None, None, None),
            Self::Vote(rule) => (Some(&rule.pass), Some(&rule.fail), Some(&rule.undecided), None),
            Self::Consensus(rule) => {
                (Some(&rule.pass), Some(&rule.fail), Some(&rule.undecided), None)
            }
            Self::Objection(rule) => (Some(&rule.pass), Some(&rule.fail), None, None),
            Self::Pledge(rule) => (Some(&rule.pass), None, None, Some(&rule.lapsed)),
        };
        match outcome {
            Outcome::Pass => pass,
            Outcome::Fail => fail,
            Outcome::Undecided => undecided,
            Outcome::Lapsed => lapsed,
        }
    }

    /// After how long each reminder is sent, ascending.
    pub fn reminders(&self) -> &[Span] {
        match self {
            Self::Cosign(rule) => &rule.reminders,
            Self::Jury(rule) => &rule.reminders,
            Self::Vote(rule) => &rule.reminders,
            Self::Consensus(rule) => &rule.reminders,
            Self::Objection(rule) => &rule.reminders,
            Self::Pledge(rule) => &rule.reminders,
            Self::Recourse(_) | Self::Wait(_) => &[],
        }
    }
}

impl Jury {
    /// The seats for a roll of so many slots, in numbers.
    pub fn terms(&self, roll: u32) -> JuryTerms {
        // A parsed charter always has a rule for every size.
        size::for_roll(&self.sizes, roll).map_or(JuryTerms::Everyone, |seats| seats.for_roll(roll))
    }
}

impl Assembly {
    /// The seats for a roll of so many slots.
    pub fn seats(&self, roll: u32) -> u32 {
        size::for_roll(&self.sizes, roll).map_or(1, |rule| rule.for_roll(roll))
    }
}

impl Who {
    pub fn word(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Settled => "settled",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Everyone, Self::Settled].into_iter().find(|who| who.word() == word)
    }
}

/// The words of the charter language for the methods of counting.
pub const METHODS: [&str; 6] = ["yes_no", "approval", "score", "schulze", "runoff", "stv"];

/// The word of the charter language for a method.
pub fn method_word(method: Method) -> &'static str {
    match method {
        Method::YesNo { .. } => "yes_no",
        Method::Approval => "approval",
        Method::Score { .. } => "score",
        Method::Schulze => "schulze",
        Method::Runoff => "runoff",
        Method::Stv { .. } => "stv",
    }
}
