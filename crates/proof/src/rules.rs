//! What a replay must know of a charter, as plain data.
//!
//! Charters are read elsewhere: the caller gives a function from a charter's text to these rules.
//! Knows no TOML and no journal.

/// seats by number, by share, by sample
mod seats;

use std::collections::BTreeMap;

use crate::count::{Fraction, Method};
use crate::entry::{Audience, Outcome, ProposalKind, Recourse, StageKind};

pub use seats::{Counted, Deciding, JuryTerms, Portion, Sample, SeatRule};

/// The numbers and flowcharts of a charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharterRules {
    /// lots are drawn at instants whose minutes since 1970, divided by this …
    pub every_minutes: u64,
    /// … leave this
    pub offset_minutes: u64,
    /// things may reach everybody that nobody judged
    pub unguarded: bool,
    /// open proposals of all kinds but `admission` a member may have
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
    /// everybody, or an assembly drawn by lot, votes in secret
    Vote {
        /// who votes
        who: Voters,
        /// how ballots are counted
        method: Method,
        /// which share of those asked must have cast a ballot
        quorum: Fraction,
        /// how long it runs; of a drawn assembly, from its draw on
        lasts_ms: u64,
    },
    /// positions that all can see
    Consensus {
        /// who is asked
        who: Who,
        /// so many blocks prevent it
        blocks: u64,
        /// the largest share of positions that may stand aside
        asides: Fraction,
        /// which share of those asked must take a position
        quorum: Fraction,
        /// whether the author may post a friendly amendment
        amendable: bool,
        /// how long it runs
        lasts_ms: u64,
    },
    /// silence consents
    Objection {
        /// who is asked
        who: Who,
        /// so many objections prevent it
        objections: u64,
        /// how long it runs
        lasts_ms: u64,
    },
    /// "I will, if enough of us will"
    Pledge {
        /// who is asked
        who: Who,
        /// it wakes when at least so many will
        at_least: u64,
        /// how long it runs
        lasts_ms: u64,
    },
}

/// Which members of the frozen roll are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// all of them
    Everyone,
    /// those who are not too new
    Settled,
}

/// Who votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voters {
    /// members of the frozen roll
    All(Who),
    /// a few, drawn by lot
    Drawn(Assembly),
}

/// An assembly drawn by lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembly {
    /// seats by size of the roll
    pub sizes: Vec<BySize<SeatRule>>,
    /// whether earlier jurors of the proposal are passed over
    pub fresh: bool,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seats {
    /// everybody who may sit, at most 500; a majority decides
    Everyone,
    /// so many, and what they need to decide
    Counted(Counted),
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
    /// somebody is a member no more
    Remove,
    /// a broadcast is marked as recalled, and everybody gets the correction
    Recall,
    /// the proposed charter is in force
    Amend,
    /// everybody is told what happens, when and where
    Action,
    /// it is written down
    Record,
}

/// Reads the text of a charter; the error says what is wrong with it.
pub type CharterCheck<'a> = &'a dyn Fn(&str) -> Result<CharterRules, String>;

impl CharterRules {
    /// Whether a group may amend itself to these rules: they must be open to change themselves.
    pub fn may_be_amended_to(&self) -> bool {
        let amends = |stage: &StageRules| {
            stage.next.values().any(|next| *next == Next::Effect(Effect::Amend))
        };
        let mut amendments =
            self.processes.values().filter(|process| process.kind == ProposalKind::Amendment);
        amendments.any(|process| process.stages.values().any(amends))
    }
}

impl ProcessRules {
    /// Whether the number of options that a decision lists fits the votes of this process: none for
    /// a question, some where a vote chooses between them.
    pub fn fits_options(&self, options: u64) -> bool {
        let mut chooses = false;
        for stage in self.stages.values() {
            if let StageParameters::Vote { method, .. } = &stage.kind {
                chooses |= method.has_options();
            }
        }
        let some = u64::from(crate::count::OPTIONS_MIN)..=u64::from(crate::count::OPTIONS_MAX);
        if chooses { some.contains(&options) } else { options == 0 }
    }

    /// Whether one of its stages asks for pledges.
    pub fn has_pledge(&self) -> bool {
        self.stages.values().any(|stage| stage.kind.kind() == StageKind::Pledge)
    }
}

impl StageParameters {
    /// The kind of stage these belong to.
    pub fn kind(&self) -> StageKind {
        match self {
            Self::Cosign { .. } => StageKind::Cosign,
            Self::Jury { .. } => StageKind::Jury,
            Self::Recourse { .. } => StageKind::Recourse,
            Self::Wait { .. } => StageKind::Wait,
            Self::Vote { .. } => StageKind::Vote,
            Self::Consensus { .. } => StageKind::Consensus,
            Self::Objection { .. } => StageKind::Objection,
            Self::Pledge { .. } => StageKind::Pledge,
        }
    }

    /// How long such a stage runs from its entering on; 0 where the time begins with a draw.
    pub fn lasts_ms(&self) -> u64 {
        match self {
            Self::Cosign { lasts_ms, .. }
            | Self::Recourse { lasts_ms, .. }
            | Self::Wait { lasts_ms }
            | Self::Vote { who: Voters::All(_), lasts_ms, .. }
            | Self::Consensus { lasts_ms, .. }
            | Self::Objection { lasts_ms, .. }
            | Self::Pledge { lasts_ms, .. } => *lasts_ms,
            Self::Jury { .. } | Self::Vote { who: Voters::Drawn(_), .. } => 0,
        }
    }

    /// Which members are asked; none where nobody is, or a few drawn by lot.
    pub fn who(&self) -> Option<Who> {
        match self {
            Self::Vote { who: Voters::All(who), .. }
            | Self::Consensus { who, .. }
            | Self::Objection { who, .. }
            | Self::Pledge { who, .. } => Some(*who),
            Self::Vote { who: Voters::Drawn(_), .. }
            | Self::Cosign { .. }
            | Self::Jury { .. }
            | Self::Recourse { .. }
            | Self::Wait { .. } => None,
        }
    }
}

/// The rule for a roll of this size: the first whose bound is not below it.
pub fn by_size<T>(rules: &[BySize<T>], roll: u32) -> Option<&T> {
    let fits = |rule: &&BySize<T>| rule.members_up_to.is_none_or(|bound| bound >= u64::from(roll));
    rules.iter().find(fits).map(|rule| &rule.value)
}
