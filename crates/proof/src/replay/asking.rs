//! Everybody is asked: votes, consensus, objections, pledges, as far as the journal shows them while
//! they run (`spec/vote.md`). Knows nothing of what is opened at the end.

use std::collections::{BTreeMap, BTreeSet};

use super::proposal::{Proposal, Stage};
use super::roll::DAY_MS;
use super::{Follow, Here, Replay, Roll};
use crate::count::{self, Positions};
use crate::entry::{Event, Outcome, Position, StageKind, Verdict};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::Hash;
use crate::rules::{StageParameters, Who};

/// What was handed in while everybody is asked.
pub(super) struct Asked {
    /// the leaf hash of `stage.entered`, which ballots are bound to
    pub(super) draw: Hash,
    /// when the stage was entered
    at: u64,
    /// how long an admitted member is too new to take part; 0 where everyone is asked
    new_ms: u64,
    /// how many may take part; none where the charter is not known
    pub(super) eligible: Option<u64>,
    /// who has handed in a ballot, or has a pledge that stands
    pub(super) cast: BTreeSet<u32>,
    positions: BTreeMap<u32, Position>,
    objectors: BTreeSet<u32>,
    /// what the opened ballots led to
    pub(super) outcome: Option<Outcome>,
}

impl Asked {
    fn new(draw: Hash, at: u64) -> Asked {
        Asked {
            draw,
            at,
            new_ms: 0,
            eligible: None,
            cast: BTreeSet::new(),
            positions: BTreeMap::new(),
            objectors: BTreeSet::new(),
            outcome: None,
        }
    }

    fn count_positions(&self) -> Positions {
        let all =
            |wanted: Position| self.positions.values().filter(|it| **it == wanted).count() as u64;
        Positions {
            agree: all(Position::Agree),
            aside: all(Position::Aside),
            block: all(Position::Block),
        }
    }
}

impl Proposal {
    /// What a stage that asks everybody ends in at this moment, as far as that is known.
    pub(super) fn asked_ends(&self, stage: &Stage, at: u64) -> Option<Outcome> {
        let asked = stage.asked.as_ref()?;
        let over = at >= stage.until;
        match (stage.kind, self.rules().map(|rules| &rules.kind)) {
            (
                StageKind::Consensus,
                Some(StageParameters::Consensus { blocks, asides, quorum, .. }),
            ) => {
                let (positions, eligible) = (asked.count_positions(), asked.eligible?);
                let outcome = count::consensus(positions, eligible, *blocks, *asides, *quorum);
                over.then_some(outcome.into())
            }
            (StageKind::Objection, Some(StageParameters::Objection { objections, .. })) => {
                let prevented = asked.objectors.len() as u64 >= *objections;
                if prevented { Some(Outcome::Fail) } else { over.then_some(Outcome::Pass) }
            }
            (StageKind::Pledge, _) => asked.outcome.or(over.then_some(Outcome::Lapsed)),
            // Nobody was seated, or the last draw was missed.
            (StageKind::Vote, _) => asked.outcome.or(stage.verdict.map(Verdict::outcome)),
            _ => None,
        }
    }

    /// What was handed in so far, in the running stage of this kind.
    pub(super) fn asked(&mut self, kind: StageKind, code: Code) -> Result<&mut Asked, Refused> {
        let stage = self.stage.as_mut().filter(|stage| stage.kind == kind);
        let asked = stage.and_then(|stage| stage.asked.as_deref_mut());
        let asked = asked.filter(|asked| asked.outcome.is_none());
        asked.ok_or_else(|| Refused::new(code, format!("no {} is running", kind.word())))
    }

    /// The same for who may take part and is in time.
    fn asked_of(
        &mut self,
        here: Here,
        by: u32,
        (kind, code): (StageKind, Code),
        roll: &Roll,
    ) -> Result<&mut Asked, Refused> {
        let (until, frozen) = (self.running(code)?.until, self.roll);
        let seated = self.sitting_mut().map(|sitting| sitting.holds(by));
        let drawn = self.running(code)?.drawn;
        let asked = self.asked(kind, code)?;
        need(here.at < until, code, "the time is over")?;
        let asked_for = if drawn {
            seated == Some(true)
        } else {
            by < frozen && !roll.is_new(by, asked.at, asked.new_ms)
        };
        need(asked_for, code, format_args!("slot {by} is not asked"))?;
        Ok(asked)
    }
}

impl Replay<'_> {
    /// A stage that asks everybody begins.
    pub(super) fn begin_asking(&self, it: &mut Proposal, here: Here) {
        let new_days = it.charter.rules.as_ref().map_or(0, |rules| rules.new_days);
        let who = it.rules().and_then(|rules| rules.kind.who());
        let mut asked = Asked::new(here.leaf, here.at);
        if who == Some(Who::Settled) {
            asked.new_ms = new_days.saturating_mul(DAY_MS);
        }
        asked.eligible = who.map(|_| self.roll.eligible(it.roll, here.at, asked.new_ms));
        if let Some(stage) = &mut it.stage {
            stage.asked = Some(Box::new(asked));
        }
    }

    pub(super) fn apply_asking(
        &mut self,
        it: &mut Proposal,
        event: &Event,
        here: Here,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let code = super::stranger(event);
        match event {
            Event::VoteCast { by, .. } => {
                let vote = (StageKind::Vote, code);
                it.asked_of(here, *by, vote, &self.roll)?.cast.insert(*by);
                Ok(())
            }
            Event::PositionTaken { .. } => self.on_position(it, here, event),
            Event::ObjectionRaised { by, reason, .. } => {
                self.name(*reason);
                let objection = (StageKind::Objection, code);
                it.asked_of(here, *by, objection, &self.roll)?.objectors.insert(*by);
                self.end_if_prevented(it, here);
                Ok(())
            }
            Event::ObjectionWithdrawn { by, .. } => {
                let objection = (StageKind::Objection, code);
                let asked = it.asked_of(here, *by, objection, &self.roll)?;
                need(asked.objectors.remove(by), code, "there is no objection to take back")
            }
            Event::PledgeMade { by, .. } => {
                let pledge = (StageKind::Pledge, code);
                it.asked_of(here, *by, pledge, &self.roll)?.cast.insert(*by);
                self.just_pledged = Some(it.number);
                Ok(())
            }
            Event::PledgeWithdrawn { by, .. } => {
                let pledge = (StageKind::Pledge, code);
                let asked = it.asked_of(here, *by, pledge, &self.roll)?;
                need(asked.cast.remove(by), code, "there is no pledge to take back")?;
                self.just_pledged = Some(it.number);
                Ok(())
            }
            Event::VoteClosed(closed) => self.on_vote_closed(it, here, closed, report),
            Event::PledgeWoken(woken) => self.on_woken(it, here, woken, report),
            _ => Err(Refused::new(code, "nobody is asked this")),
        }
    }

    fn on_position(&mut self, it: &mut Proposal, here: Here, event: &Event) -> Result<(), Refused> {
        let Event::PositionTaken { by, version, position, reason, .. } = event else {
            return Ok(());
        };
        if let Some(reason) = reason {
            self.name(*reason);
        }
        let code = Code::RuleBroken;
        let current = *version == it.version;
        let asked = it.asked_of(here, *by, (StageKind::Consensus, code), &self.roll)?;
        need(current, code, "not the current version")?;
        match position {
            Position::Agree | Position::Aside | Position::Block => {
                asked.positions.insert(*by, *position);
            }
            Position::None => {
                asked.positions.remove(by);
            }
        }
        Ok(())
    }

    /// Enough object: the stage is over at once.
    fn end_if_prevented(&mut self, it: &Proposal, here: Here) {
        let ends = it.stage.as_ref().and_then(|stage| it.asked_ends(stage, here.at));
        if ends == Some(Outcome::Fail) {
            self.must_follow(it.number, &[Follow::StageEnded]);
        }
    }

    /// A friendly amendment: all positions start again from nothing.
    pub(super) fn forget_positions(it: &mut Proposal) {
        if let Some(asked) = it.stage.as_mut().and_then(|stage| stage.asked.as_deref_mut()) {
            asked.positions.clear();
        }
    }
}
