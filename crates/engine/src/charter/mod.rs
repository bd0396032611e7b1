//! The charter as the engine executes it: processes, stages and their parameters, every number within its range.
//! Knows no TOML (`parse.rs` does), no group and no proposal. Normative text: spec/charter.md.

pub mod check;
mod complaint;
pub mod difference;
pub mod facts;
pub mod flow;
mod locate;
pub mod parse;
mod reader;
pub mod rules;
mod seats;
pub mod size;
mod stage;

use std::collections::BTreeMap;

pub use mic_proof::count::{Fraction, Method};
pub use seats::{Counted, Deciding, JuryTerms, Portion, Sample, SeatRule, Seats};
pub use stage::{
    Assembly, Consensus, Cosign, Jury, METHODS, Objection, Pledge, Recourse, Rule, Stage, Vote,
    Voters, Wait, Who, method_word,
};

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
    /// Things may reach everybody that nobody judged; pages say so in red.
    pub unguarded: bool,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposalKind {
    Message,
    Admission,
    Removal,
    Recall,
    Amendment,
    Decision,
    Action,
}

/// Whom a broadcast reaches. The public always includes the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    Members,
    Public,
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
    /// Everybody whom the audience names gets it.
    Broadcast,
    /// The invited person becomes a member.
    Admit,
    /// The member is one no more.
    Remove,
    /// A broadcast is marked as recalled, and everybody gets the correction.
    Recall,
    /// The proposed charter is in force.
    Amend,
    /// The action stands; everybody is told what, when and where.
    Action,
    /// The decision is written into the register; nobody is notified.
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
    pub const ALL: [Self; 7] = [
        Self::Message,
        Self::Admission,
        Self::Removal,
        Self::Recall,
        Self::Amendment,
        Self::Decision,
        Self::Action,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Admission => "admission",
            Self::Removal => "removal",
            Self::Recall => "recall",
            Self::Amendment => "amendment",
            Self::Decision => "decision",
            Self::Action => "action",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl EffectKind {
    pub const ALL: [Self; 7] = [
        Self::Broadcast,
        Self::Admit,
        Self::Remove,
        Self::Recall,
        Self::Amend,
        Self::Action,
        Self::Record,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Broadcast => "broadcast",
            Self::Admit => "admit",
            Self::Remove => "remove",
            Self::Recall => "recall",
            Self::Amend => "amend",
            Self::Action => "action",
            Self::Record => "record",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effect| effect.word() == word)
    }

    /// Whether a process of this kind may end so.
    pub fn belongs_to(self, kind: ProposalKind) -> bool {
        match self {
            Self::Broadcast => kind == ProposalKind::Message,
            Self::Admit => kind == ProposalKind::Admission,
            Self::Remove => kind == ProposalKind::Removal,
            Self::Recall => kind == ProposalKind::Recall,
            Self::Amend => kind == ProposalKind::Amendment,
            Self::Action => kind == ProposalKind::Action,
            Self::Record => match kind {
                ProposalKind::Message | ProposalKind::Decision | ProposalKind::Action => true,
                ProposalKind::Admission
                | ProposalKind::Removal
                | ProposalKind::Recall
                | ProposalKind::Amendment => false,
            },
        }
    }
}
