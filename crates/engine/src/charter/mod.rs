//! The charter as the engine executes it: processes, stages and their parameters, every number within its range.
//! Knows no TOML (`parse.rs` does), no group and no proposal. Normative text: spec/charter.md.

pub mod check;
pub mod flow;
pub mod parse;
mod reader;
pub mod rules;
pub mod size;

use std::collections::BTreeMap;

use crate::ids::Span;

/// The longest charter text in bytes.
pub const CHARTER_BYTES_MAX: usize = 100_000;
pub const PROCESSES_MAX: usize = 20;
pub const STAGES_MAX: usize = 20;
/// Most seats of a jury, grown or not: all ballots must fit into one entry of 60,000 bytes (500 × about 80).
pub const SEATS_MAX: u32 = 500;
pub const REMINDERS_MAX: usize = 5;

/// The id of a process or stage: 1 to 32 characters `a–z`, `0–9`, `_`, starting with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(String);

/// A group's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charter {
    pub name: String,
    pub clock: Clock,
    pub limits: Limits,
    pub rest_days: u32,
    pub processes: BTreeMap<Id, Process>,
}

/// When lots are drawn: at instants whose minutes since 1970 leave `offset_minutes` when divided by `every_minutes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub every_minutes: u32,
    pub offset_minutes: u32,
}

/// How much one member may have going at a time, and when a new one counts in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub open_proposals_per_member: u32,
    pub open_invitations_per_member: u32,
    pub new_days: u32,
}

/// One flowchart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    pub title: String,
    pub kind: ProposalKind,
    pub audiences: Vec<Audience>,
    pub first: Id,
    pub stages: BTreeMap<Id, Stage>,
}

/// What a proposal carries: which version document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalKind {
    Message,
    Admission,
}

/// Whom a broadcast reaches. The public always includes the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    Members,
    Public,
}

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
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosign {
    pub needed: Vec<BySize<u32>>,
    pub duration: Span,
    /// After how long each reminder is sent, ascending.
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

/// The seats of a jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seats {
    /// Everybody who may sit, at most [`SEATS_MAX`]; a majority decides.
    Everyone,
    Fixed {
        seats: u32,
        agree: u32,
        quorum: u32,
        then: u32,
    },
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

/// A value that counts for groups up to a size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BySize<T> {
    /// `None` in the last rule: for all larger groups.
    pub members_up_to: Option<u32>,
    pub value: T,
}

/// Where an outcome leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Stage(Id),
    Effect(EffectKind),
    End,
}

/// What happens at the end of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectKind {
    Broadcast,
    Admit,
    Record,
}

/// How a stage ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Pass,
    Fail,
    Undecided,
    Lapsed,
}

impl Id {
    pub fn parse(text: &str) -> Option<Self> {
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        let rest = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        (starts && rest && text.len() <= 32).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl Process {
    pub fn stage(&self, id: &Id) -> Option<&Stage> {
        self.stages.get(id)
    }
}

impl Rule {
    /// The word of the charter language for this kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Cosign(_) => "cosign",
            Self::Jury(_) => "jury",
            Self::Recourse(_) => "recourse",
            Self::Wait(_) => "wait",
        }
    }

    /// Where an outcome leads; `None` if this kind cannot end so.
    pub fn next(&self, outcome: Outcome) -> Option<&Next> {
        match (self, outcome) {
            (Self::Cosign(rule), Outcome::Pass) => Some(&rule.pass),
            (Self::Cosign(rule), Outcome::Lapsed) => Some(&rule.lapsed),
            (Self::Jury(rule), Outcome::Pass) => Some(&rule.pass),
            (Self::Jury(rule), Outcome::Fail) => Some(&rule.fail),
            (Self::Jury(rule), Outcome::Undecided) => Some(&rule.undecided),
            (Self::Recourse(rule), Outcome::Lapsed) => Some(&rule.lapsed),
            (Self::Wait(rule), Outcome::Pass) => Some(&rule.pass),
            (Self::Cosign(_), Outcome::Fail | Outcome::Undecided)
            | (Self::Jury(_), Outcome::Lapsed)
            | (Self::Recourse(_), Outcome::Pass | Outcome::Fail | Outcome::Undecided)
            | (Self::Wait(_), Outcome::Fail | Outcome::Undecided | Outcome::Lapsed) => None,
        }
    }
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Pass, Self::Fail, Self::Undecided, Self::Lapsed];

    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Undecided => "undecided",
            Self::Lapsed => "lapsed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

impl Audience {
    pub fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Public => "public",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Members, Self::Public].into_iter().find(|audience| audience.word() == word)
    }
}

impl ProposalKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Admission => "admission",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Message, Self::Admission].into_iter().find(|kind| kind.word() == word)
    }
}

impl EffectKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Broadcast => "broadcast",
            Self::Admit => "admit",
            Self::Record => "record",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Broadcast, Self::Admit, Self::Record].into_iter().find(|kind| kind.word() == word)
    }
}
