//! What the journal says about a past case, as far as a trial run needs it. Whoever reads the journal fills this.
//! Knows no entries and no rules.

use mic_engine::charter::{Audience, EffectKind, Id, JuryTerms, Method, Outcome};
use mic_engine::event::{Ending, RecourseChoice};
use mic_engine::ids::{LogTime, ProposalNumber, Span};

/// One past proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub proposal: ProposalNumber,
    pub process: Id,
    pub audience: Audience,
    pub opened_at: LogTime,
    /// Slots of the frozen roll.
    pub roll: u32,
    /// `None`: it still runs.
    pub end: Option<End>,
    /// When it was closed; meaningless while it runs.
    pub closed_at: LogTime,
    /// In the order in which they were entered.
    pub steps: Vec<StepFact>,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub ending: Ending,
    pub effect: Option<EffectKind>,
}

/// One stage that a case stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepFact {
    pub stage: Id,
    pub entered_at: LogTime,
    /// When it was left; for a proposal that was withdrawn in it, the moment of that.
    pub ended_at: LogTime,
    /// `None` where it was left otherwise: withdrawn, revised, appealed.
    pub outcome: Option<Outcome>,
    pub seen: Seen,
}

/// What was done in a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Cosign {
        /// When each co-signature that stood at the end was given, ascending.
        given: Vec<LogTime>,
    },
    Jury(JuryFact),
    Recourse {
        choice: Option<RecourseChoice>,
    },
    Wait,
    Vote(VoteFact),
    Consensus {
        eligible: u64,
        agree: u64,
        aside: u64,
        block: u64,
    },
    Objection {
        /// When each objection that stood at the end was raised, ascending.
        raised: Vec<LogTime>,
    },
    Pledge {
        /// How many it woke for; `None` where it never woke, and the numbers stay sealed.
        woken: Option<u32>,
        /// The number it asked for.
        at_least: u32,
    },
}

/// A jury as it was called and as it sat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryFact {
    /// The numbers it was called with; for everybody's jury these numbers too.
    pub terms: JuryTerms,
    pub window: Span,
    /// Slots of the roll that could be drawn.
    pub eligible: u32,
    /// The instant of the clock that its draw waited for.
    pub slot_at: LogTime,
    /// `None` where no draw came about.
    pub drawn_at: Option<LogTime>,
    /// Seats that passed on to somebody else.
    pub replaced: u32,
    /// In order; empty for a jury that was never closed.
    pub rounds: Vec<RoundFact>,
}

/// One round of a jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundFact {
    pub seats: u32,
    pub yes: u32,
    pub no: u32,
    pub closed_at: LogTime,
}

/// A vote as it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoteFact {
    /// Whether an assembly was drawn for it; `eligible` is then its number.
    pub drawn: bool,
    pub method: Method,
    /// How many options the text listed; 0 for a question.
    pub options: u32,
    pub eligible: u64,
    pub cast: u64,
    pub totals: Vec<u64>,
    pub winners: Vec<u32>,
}

impl Case {
    /// From being opened to being closed.
    pub fn length(&self) -> Span {
        self.closed_at.since(self.opened_at)
    }

    /// How many people were called to a jury or an assembly, each time they were.
    pub fn summoned(&self) -> u32 {
        self.steps.iter().map(|step| step.seen.summoned()).fold(0, u32::saturating_add)
    }
}

impl Seen {
    pub(super) fn summoned(&self) -> u32 {
        match self {
            Self::Jury(jury) => jury.seats() + jury.replaced,
            Self::Vote(vote) if vote.drawn => u32::try_from(vote.eligible).unwrap_or(u32::MAX),
            Self::Vote(_)
            | Self::Cosign { .. }
            | Self::Recourse { .. }
            | Self::Wait
            | Self::Consensus { .. }
            | Self::Objection { .. }
            | Self::Pledge { .. } => 0,
        }
    }
}

impl JuryFact {
    /// Seats of all rounds together.
    pub fn seats(&self) -> u32 {
        self.rounds.iter().map(|round| round.seats).sum()
    }
}
