//! What a replay must know of a charter, as plain data.
//!
//! Charters are read elsewhere: the caller gives a function from a charter's text to these rules.
//! Knows no TOML and no journal.

use std::collections::BTreeMap;

use crate::entry::{Audience, Outcome, ProposalKind, Recourse, StageKind};

/// The numbers and flowcharts of a charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterRules {
    /// lots are drawn at instants whose minutes since 1970, divided by this …
    pub every_minutes: u64,
    /// … leave this
    pub offset_minutes: u64,
    /// open proposals of kind `message` a member may have
    pub open_proposals_per_member: u64,
    /// open proposals of kind `admission` a member may have
    pub open_invitations_per_member: u64,
    /// how long an admitted member neither co-signs nor serves
    pub new_days: u64,
    /// how long one who was seated rests
    pub rest_days: u64,
    /// by id
    pub processes: BTreeMap<String, ProcessRules>,
}

/// One flowchart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessRules {
    /// what its proposals carry
    pub kind: ProposalKind,
    /// whom they may name
    pub audiences: Vec<Audience>,
    /// id of the first stage
    pub first: String,
    /// by id
    pub stages: BTreeMap<String, StageRules>,
}

/// One box of a flowchart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRules {
    /// its parameters
    pub kind: StageParameters,
    /// how many reminders it has
    pub reminders: u64,
    /// where each outcome leads
    pub next: BTreeMap<Outcome, Next>,
}

/// The parameters of a stage, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageParameters {
    /// others agree that a text is ready
    Cosign {
        /// how many, by size of the roll
        needed: Vec<BySize<u32>>,
        /// how long it runs
        lasts_ms: u64,
    },
    /// a few drawn members decide
    Jury {
        /// seats by size of the roll
        sizes: Vec<BySize<Seats>>,
        /// how long a juror may be silent
        answer_ms: u64,
        /// how long the jury sits
        window_ms: u64,
        /// whether earlier jurors of the proposal are passed over
        fresh: bool,
    },
    /// the author may try once more
    Recourse {
        /// how long the author has
        lasts_ms: u64,
        /// where `revise` and `appeal` lead, as far as they are offered
        ways: BTreeMap<Recourse, String>,
    },
    /// time passes
    Wait {
        /// how much
        lasts_ms: u64,
    },
}

/// A value for groups up to a size; the last rule has no bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BySize<T> {
    /// the largest roll it counts for
    pub members_up_to: Option<u64>,
    /// what counts
    pub value: T,
}

/// The seats of a jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seats {
    /// everybody who may sit, at most 500; a majority decides
    Everyone,
    /// these numbers
    Fixed(crate::jury::Terms),
}

/// Where an outcome leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// to another stage
    Stage(String),
    /// to the end, with an effect
    Effect(Effect),
    /// to the end
    End,
}

/// What happens at the end of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// everybody gets it
    Broadcast,
    /// somebody becomes a member
    Admit,
    /// it is written down
    Record,
}

/// Reads the text of a charter; the error says what is wrong with it.
pub type CharterCheck<'a> = &'a dyn Fn(&str) -> Result<CharterRules, String>;

impl StageParameters {
    /// The kind of stage these belong to.
    pub fn kind(&self) -> StageKind {
        match self {
            Self::Cosign { .. } => StageKind::Cosign,
            Self::Jury { .. } => StageKind::Jury,
            Self::Recourse { .. } => StageKind::Recourse,
            Self::Wait { .. } => StageKind::Wait,
        }
    }

    /// How long such a stage runs; 0 for a jury, whose time begins with its draw.
    pub fn lasts_ms(&self) -> u64 {
        match self {
            Self::Cosign { lasts_ms, .. }
            | Self::Recourse { lasts_ms, .. }
            | Self::Wait { lasts_ms } => *lasts_ms,
            Self::Jury { .. } => 0,
        }
    }
}

/// The rule for a roll of this size: the first whose bound is not below it.
pub fn by_size<T>(rules: &[BySize<T>], roll: u32) -> Option<&T> {
    let fits = |rule: &&BySize<T>| rule.members_up_to.is_none_or(|bound| bound >= u64::from(roll));
    rules.iter().find(fits).map(|rule| &rule.value)
}
