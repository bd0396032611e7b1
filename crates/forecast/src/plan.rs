//! One process of a charter in numbers, for a group of one size: what the simulation walks through. Knows no people.

use mic_engine::charter::{
    Charter, Clock, EffectKind, Id, JuryTerms, Method, Next, Outcome, Process, Rule, Stage, Voters,
    size,
};
use mic_engine::charter::{Fraction, Jury, Vote};

use crate::question::DAY_MS;
use crate::terms::Terms;

/// One process for one size of the roll.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub charter: String,
    pub process: String,
    pub title: String,
    pub roll: u32,
    pub clock: Clock,
    pub rest_ms: u64,
    /// Where a proposal begins, in `stages`.
    pub first: usize,
    /// In reading order.
    pub stages: Vec<Planned>,
    /// Whether passing means that everybody reads something.
    pub reaches_everybody: bool,
    /// What the charter says and this forecast does not take into account; each once.
    pub left_out: Vec<LeftOut>,
}

/// One stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    pub id: String,
    pub title: String,
    pub kind: Kind,
    pub pass: Exit,
    pub fail: Exit,
    pub undecided: Exit,
    pub lapsed: Exit,
}

/// Where an outcome leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    To(usize),
    /// The proposal has passed.
    Effect,
    End,
}

/// What a stage does. Lengths are in milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Cosign { needed: u32, lasts_ms: u64 },
    Jury(JuryPlan),
    Recourse { lasts_ms: u64, revise: Option<usize>, appeal: Option<usize> },
    Wait { lasts_ms: u64 },
    Vote { asked: Asked, agree: Option<Fraction>, quorum: Fraction, lasts_ms: u64 },
    Consensus { blocks: u32, asides: Fraction, quorum: Fraction, lasts_ms: u64 },
    Objection { needed: u32, lasts_ms: u64 },
    Pledge { at_least: u32, lasts_ms: u64 },
}

/// A jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JuryPlan {
    pub terms: Terms,
    pub answer_ms: u64,
    pub window_ms: u64,
    pub fresh: bool,
}

/// Who votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Everybody,
    Drawn { seats: u32, fresh: bool },
}

/// What is in a charter and not in the forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A vote between options passes here as soon as enough take part.
    Options,
    /// Nobody changes a text during a consensus.
    Amendments,
    /// Everybody who is willing pledges at the number that the stage needs.
    Thresholds,
}

/// No such process, or a charter without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchProcess;

impl Plan {
    /// A process by its id; without one the process that sends messages to everybody, or else the first.
    pub fn of(charter: &Charter, process: Option<&str>, roll: u32) -> Result<Self, NoSuchProcess> {
        let (id, process) = choose(charter, process).ok_or(NoSuchProcess)?;
        let order = process.reading_order();
        let place = |id: &Id| order.iter().position(|known| known == id);
        let mut left_out = Vec::new();
        let stages = order
            .iter()
            .filter_map(|id| Some((id, process.stage(id)?)))
            .map(|(id, stage)| planned(id, stage, roll, &place, &mut left_out))
            .collect();
        left_out.sort_unstable();
        left_out.dedup();
        Ok(Self {
            charter: charter.name.clone(),
            process: id.to_string(),
            title: process.title.clone(),
            roll,
            clock: charter.clock,
            rest_ms: u64::from(charter.rest_days) * DAY_MS,
            first: place(&process.first).unwrap_or(0),
            stages,
            reaches_everybody: reaches_everybody(process),
            left_out,
        })
    }

    /// The first jury in reading order: the one whose verdicts can be calculated, since nothing was decided before it.
    pub fn first_jury(&self) -> Option<(usize, &JuryPlan)> {
        self.stages.iter().enumerate().find_map(|(index, stage)| match &stage.kind {
            Kind::Jury(jury) => Some((index, jury)),
            Kind::Cosign { .. }
            | Kind::Recourse { .. }
            | Kind::Wait { .. }
            | Kind::Vote { .. }
            | Kind::Consensus { .. }
            | Kind::Objection { .. }
            | Kind::Pledge { .. } => None,
        })
    }

    /// Co-signers of a version, the largest number of any stage: they never sit.
    pub fn cosigners(&self) -> u32 {
        let needed = |stage: &Planned| match stage.kind {
            Kind::Cosign { needed, .. } => needed,
            Kind::Jury(_)
            | Kind::Recourse { .. }
            | Kind::Wait { .. }
            | Kind::Vote { .. }
            | Kind::Consensus { .. }
            | Kind::Objection { .. }
            | Kind::Pledge { .. } => 0,
        };
        self.stages.iter().map(needed).max().unwrap_or(0)
    }

    /// All members but the author and the co-signers.
    pub fn pool(&self) -> u32 {
        self.roll.saturating_sub(1 + self.cosigners()).max(1)
    }
}

fn choose<'c>(charter: &'c Charter, wanted: Option<&str>) -> Option<(&'c Id, &'c Process)> {
    match wanted {
        Some(wanted) => charter.processes.iter().find(|(id, _)| id.as_str() == wanted),
        None => {
            let speaks = |pair: &(&Id, &Process)| reaches_everybody(pair.1);
            charter.processes.iter().find(speaks).or_else(|| charter.processes.iter().next())
        }
    }
}

fn reaches_everybody(process: &Process) -> bool {
    let leads = |stage: &Stage, outcome| match stage.rule.next(outcome) {
        Some(Next::Effect(EffectKind::Broadcast)) => true,
        Some(Next::Effect(_) | Next::Stage(_) | Next::End) | None => false,
    };
    process.stages.values().any(|stage| Outcome::ALL.iter().any(|outcome| leads(stage, *outcome)))
}

fn planned(
    id: &Id,
    stage: &Stage,
    roll: u32,
    place: &dyn Fn(&Id) -> Option<usize>,
    left_out: &mut Vec<LeftOut>,
) -> Planned {
    let exit = |outcome| match stage.rule.next(outcome) {
        Some(Next::Stage(id)) => place(id).map_or(Exit::End, Exit::To),
        Some(Next::Effect(_)) => Exit::Effect,
        Some(Next::End) | None => Exit::End,
    };
    Planned {
        id: id.to_string(),
        title: stage.title.clone(),
        kind: kind(&stage.rule, roll, place, left_out),
        pass: exit(Outcome::Pass),
        fail: exit(Outcome::Fail),
        undecided: exit(Outcome::Undecided),
        lapsed: exit(Outcome::Lapsed),
    }
}

fn kind(
    rule: &Rule,
    roll: u32,
    place: &dyn Fn(&Id) -> Option<usize>,
    left_out: &mut Vec<LeftOut>,
) -> Kind {
    match rule {
        Rule::Cosign(rule) => {
            let needed = size::for_roll(&rule.needed, roll).copied().unwrap_or(0);
            Kind::Cosign { needed, lasts_ms: rule.duration.0 }
        }
        Rule::Jury(rule) => Kind::Jury(jury(rule, roll)),
        Rule::Recourse(rule) => Kind::Recourse {
            lasts_ms: rule.duration.0,
            revise: rule.revise.as_ref().and_then(place),
            appeal: rule.appeal.as_ref().and_then(place),
        },
        Rule::Wait(rule) => Kind::Wait { lasts_ms: rule.duration.0 },
        Rule::Vote(rule) => vote(rule, roll, left_out),
        Rule::Consensus(rule) => {
            left_out.extend(rule.amendable.then_some(LeftOut::Amendments));
            Kind::Consensus {
                blocks: rule.blocks,
                asides: rule.asides,
                quorum: rule.quorum,
                lasts_ms: rule.duration.0,
            }
        }
        Rule::Objection(rule) => {
            Kind::Objection { needed: rule.objections, lasts_ms: rule.duration.0 }
        }
        Rule::Pledge(rule) => {
            left_out.push(LeftOut::Thresholds);
            Kind::Pledge { at_least: rule.at_least, lasts_ms: rule.duration.0 }
        }
    }
}

fn jury(rule: &Jury, roll: u32) -> JuryPlan {
    let terms = match rule.terms(roll) {
        JuryTerms::Everyone => Terms::Everyone,
        JuryTerms::Fixed { seats, agree, quorum, then } => {
            Terms::Fixed { seats, agree, quorum, then }
        }
        JuryTerms::Stepwise { seats, quorum, then, lead, cap } => {
            Terms::Steps { seats, quorum, then, lead, cap }
        }
    };
    // Where everybody judges, everybody does.
    let fresh = rule.fresh && terms != Terms::Everyone;
    JuryPlan { terms, answer_ms: rule.answer.0, window_ms: rule.window.0, fresh }
}

fn vote(rule: &Vote, roll: u32, left_out: &mut Vec<LeftOut>) -> Kind {
    let agree = match rule.method {
        Method::YesNo { agree } => Some(agree),
        Method::Approval
        | Method::Score { .. }
        | Method::Schulze
        | Method::Runoff
        | Method::Stv { .. } => {
            left_out.push(LeftOut::Options);
            None
        }
    };
    let asked = match &rule.who {
        Voters::All(_) => Asked::Everybody,
        Voters::Drawn(assembly) => {
            Asked::Drawn { seats: assembly.seats(roll), fresh: assembly.fresh }
        }
    };
    Kind::Vote { asked, agree, quorum: rule.quorum, lasts_ms: rule.duration.0 }
}
