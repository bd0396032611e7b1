//! One proposal on its way through the stages. Everything that draws nobody happens at once; a draw waits for its turn among the draws of
//! all proposals, since who was seated lately is passed over. Knows no statistics but its own.

use crate::crowd::Crowd;
use crate::dice::Dice;
use crate::everybody;
use crate::jury::{DRAW_LEAD_MS, Ended, Opinions, Sitting, Verdict};
use crate::number::{place, real};
use crate::plan::{Asked, Exit, JuryPlan, Kind, Plan};
use crate::question::{DAY_MS, HOUR_MS, Question};
use mic_engine::charter::Fraction;
use mic_engine::ids::LogTime;

/// A proposal that is under way.
pub(crate) struct Course {
    pub(crate) opened: u64,
    stage: usize,
    now: u64,
    author: u32,
    cosigners: Vec<u32>,
    /// Everybody who was called so far, for juries of others.
    sat: Vec<u32>,
    opinions: Opinions,
    revised: bool,
    appealed: bool,
    pub(crate) first_verdict: Option<u64>,
    last: Option<Verdict>,
}

/// How a proposal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Passed,
    Declined,
    Undecided,
    Lapsed,
}

/// What comes next.
pub(crate) enum Next {
    /// Lots are called for at this time.
    Draw(u64),
    Over {
        ending: Ending,
        at: u64,
    },
}

/// What happened in a stage, for whoever counts.
pub(crate) struct Passage {
    pub(crate) stage: usize,
    pub(crate) outcome: Outcome,
    pub(crate) took_ms: u64,
    pub(crate) called: u32,
    pub(crate) answers: u32,
    pub(crate) seats: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Pass,
    Fail,
    Undecided,
    Lapsed,
    /// The author took a way of recourse.
    Recourse,
}

/// What all proposals share.
pub(crate) struct World<'w> {
    pub(crate) plan: &'w Plan,
    pub(crate) question: &'w Question,
    pub(crate) crowd: Crowd,
    pub(crate) dice: Dice,
    /// Everybody who was asked for a vote, a position or a pledge, added up.
    pub(crate) asked_all: u64,
}

impl Course {
    pub(crate) fn open(world: &mut World<'_>, at: u64) -> Self {
        let plan = world.plan;
        Self {
            opened: at,
            stage: plan.first,
            now: at,
            author: world.dice.below(plan.roll),
            cosigners: Vec::new(),
            sat: Vec::new(),
            opinions: Opinions::of(plan.pool(), world.question.support),
            revised: false,
            appealed: false,
            first_verdict: None,
            last: None,
        }
    }

    /// Goes on until lots are called for or it is over.
    pub(crate) fn go_on(&mut self, world: &mut World<'_>, note: &mut impl FnMut(Passage)) -> Next {
        let plan = world.plan;
        loop {
            let Some(stage) = plan.stages.get(self.stage) else {
                return Next::Over { ending: Ending::Lapsed, at: self.now };
            };
            let before = self.now;
            let outcome = match &stage.kind {
                Kind::Jury(_) | Kind::Vote { asked: Asked::Drawn { .. }, .. } => {
                    return Next::Draw(self.now);
                }
                Kind::Cosign { needed, lasts_ms } => self.cosign(world, *needed, *lasts_ms),
                Kind::Recourse { lasts_ms, revise, appeal } => {
                    match self.recourse(world, *lasts_ms, (*revise, *appeal)) {
                        Some(target) => {
                            note(Passage {
                                stage: self.stage,
                                outcome: Outcome::Recourse,
                                took_ms: self.now - before,
                                called: 0,
                                answers: 0,
                                seats: 0,
                            });
                            self.stage = target;
                            continue;
                        }
                        None => Outcome::Lapsed,
                    }
                }
                Kind::Wait { lasts_ms } => {
                    self.now += lasts_ms;
                    Outcome::Pass
                }
                Kind::Vote { .. }
                | Kind::Consensus { .. }
                | Kind::Objection { .. }
                | Kind::Pledge { .. } => self.everybody(world, &stage.kind),
            };
            let took_ms = self.now - before;
            note(Passage { stage: self.stage, outcome, took_ms, called: 0, answers: 0, seats: 0 });
            if let Some(over) = self.follow(plan, outcome) {
                return over;
            }
        }
    }

    /// The lots that were called for are drawn, and the stage is lived through. Gives the end of the proposal if this is it.
    pub(crate) fn draw(
        &mut self,
        world: &mut World<'_>,
        note: &mut impl FnMut(Passage),
    ) -> Option<Next> {
        let plan = world.plan;
        let stage = plan.stages.get(self.stage)?;
        let called_at = self.now;
        let ended = match &stage.kind {
            Kind::Jury(rule) => self.jury(world, rule),
            Kind::Vote { asked: Asked::Drawn { seats, fresh }, agree, quorum, lasts_ms } => {
                self.assembly(world, (*seats, *fresh), (*agree, *quorum), *lasts_ms)
            }
            Kind::Vote { asked: Asked::Everybody, .. }
            | Kind::Cosign { .. }
            | Kind::Recourse { .. }
            | Kind::Wait { .. }
            | Kind::Consensus { .. }
            | Kind::Objection { .. }
            | Kind::Pledge { .. } => return None,
        };
        self.now = ended.at;
        let outcome = self.decided(ended.verdict);
        note(Passage {
            stage: self.stage,
            outcome,
            took_ms: ended.at - called_at,
            called: u32::try_from(ended.called.len()).unwrap_or(u32::MAX),
            answers: ended.answers,
            seats: ended.seats,
        });
        self.sat.extend(ended.called);
        self.follow(plan, outcome)
    }

    fn jury(&mut self, world: &mut World<'_>, rule: &JuryPlan) -> Ended {
        let drawn = self.drawn_at(world.plan);
        let order = world.crowd.draw(self.now, self.passed_over(rule.fresh));
        if !rule.fresh {
            self.opinions = Opinions::of(world.plan.pool(), world.question.support);
        }
        let World { question, crowd, dice, .. } = world;
        Sitting::new(rule, question, (crowd, dice), &mut self.opinions, order).hold(drawn)
    }

    fn assembly(
        &mut self,
        world: &mut World<'_>,
        (seats, fresh): (u32, bool),
        (agree, quorum): (Option<Fraction>, Fraction),
        lasts_ms: u64,
    ) -> Ended {
        let drawn = self.drawn_at(world.plan);
        let mut order = world.crowd.draw(self.now, self.passed_over(fresh));
        let called = order.take(seats, &world.crowd, &mut world.dice);
        for slot in &called {
            world.crowd.call(*slot, drawn);
        }
        let seated = u32::try_from(called.len()).unwrap_or(u32::MAX);
        let pool = world.plan.pool();
        let for_it = world.dice.sample(seated, pool, yes_of(pool, world.question.support));
        let question = world.question;
        let dice = &mut world.dice;
        let voted = everybody::vote(question, dice, (seated, for_it), (agree, quorum), lasts_ms);
        let at = drawn + voted.after_ms;
        Ended { verdict: voted.verdict, at, seats: seated, called, answers: 0 }
    }

    fn drawn_at(&self, plan: &Plan) -> u64 {
        plan.clock.slot_after(LogTime(self.now)).0 + DRAW_LEAD_MS
    }

    /// Ascending, none twice.
    fn passed_over(&self, fresh: bool) -> Vec<u32> {
        let mut slots = self.cosigners.clone();
        slots.push(self.author);
        if fresh {
            slots.extend(&self.sat);
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    fn cosign(&mut self, world: &mut World<'_>, needed: u32, lasts_ms: u64) -> Outcome {
        let dice = &mut world.dice;
        let a_day = world.question.habits.readers_a_day * world.question.support;
        let until = self.now + lasts_ms;
        let mut at = self.now;
        while self.cosigners.len() < place(needed) {
            let others = world.plan.roll.saturating_sub(1);
            at = at.saturating_add(dice.wait(real(DAY_MS) / a_day));
            if at >= until || self.cosigners.len() >= place(others) {
                self.now = until;
                return Outcome::Lapsed;
            }
            let mut slot = dice.below(world.plan.roll);
            while slot == self.author || self.cosigners.contains(&slot) {
                slot = (slot + 1) % world.plan.roll;
            }
            self.cosigners.push(slot);
        }
        self.now = at;
        Outcome::Pass
    }

    /// Where the author's choice leads; none if they leave it, or let the time pass.
    fn recourse(
        &mut self,
        world: &mut World<'_>,
        lasts_ms: u64,
        (revise, appeal): (Option<usize>, Option<usize>),
    ) -> Option<usize> {
        let revise = revise.filter(|_| !self.revised);
        let appeal = appeal.filter(|_| !self.appealed);
        if revise.is_none() && appeal.is_none() {
            return None;
        }
        let habits = &world.question.habits;
        let revises = world.dice.chance(habits.revising);
        let appeals = world.dice.chance(habits.appealing);
        let thinking = world.dice.wait(habits.author_hours * real(HOUR_MS));
        if thinking < lasts_ms {
            if let Some(target) = revise.filter(|_| revises) {
                self.now += thinking;
                self.revised = true;
                self.cosigners.clear();
                return Some(target);
            }
            if let Some(target) = appeal.filter(|_| appeals) {
                self.now += thinking;
                self.appealed = true;
                return Some(target);
            }
        }
        self.now += lasts_ms;
        None
    }

    fn everybody(&mut self, world: &mut World<'_>, kind: &Kind) -> Outcome {
        let roll = world.plan.roll;
        let question = world.question;
        world.asked_all += u64::from(roll);
        let dice = &mut world.dice;
        let people = (roll, yes_of(roll, question.support));
        let result = match *kind {
            Kind::Vote { agree, quorum, lasts_ms, .. } => {
                everybody::vote(question, dice, people, (agree, quorum), lasts_ms)
            }
            Kind::Consensus { blocks, asides, quorum, lasts_ms } => {
                everybody::consensus(question, dice, people, (blocks, asides, quorum), lasts_ms)
            }
            Kind::Objection { needed, lasts_ms } => {
                everybody::objection(question, dice, people, needed, lasts_ms)
            }
            Kind::Pledge { at_least, lasts_ms } => {
                everybody::pledge(question, dice, people.1, at_least, lasts_ms)
            }
            Kind::Cosign { .. } | Kind::Jury(_) | Kind::Recourse { .. } | Kind::Wait { .. } => {
                return Outcome::Lapsed;
            }
        };
        self.now += result.after_ms;
        match (kind, result.verdict) {
            // Too few pledges are no verdict about anything.
            (Kind::Pledge { .. }, Verdict::Undecided | Verdict::Declined) => Outcome::Lapsed,
            (_, verdict) => self.decided(verdict),
        }
    }

    fn decided(&mut self, verdict: Verdict) -> Outcome {
        self.first_verdict = self.first_verdict.or(Some(self.now));
        self.last = Some(verdict);
        match verdict {
            Verdict::Approved => Outcome::Pass,
            Verdict::Declined => Outcome::Fail,
            Verdict::Undecided => Outcome::Undecided,
        }
    }

    /// Goes where the outcome leads.
    fn follow(&mut self, plan: &Plan, outcome: Outcome) -> Option<Next> {
        let exit = plan.stages.get(self.stage).map_or(Exit::End, |stage| match outcome {
            Outcome::Pass => stage.pass,
            Outcome::Fail => stage.fail,
            Outcome::Undecided => stage.undecided,
            Outcome::Lapsed => stage.lapsed,
            // The author's choice names the stage itself.
            Outcome::Recourse => Exit::End,
        });
        let ending = match exit {
            Exit::To(target) => {
                self.stage = target;
                return None;
            }
            Exit::Effect => Ending::Passed,
            Exit::End => match self.last {
                Some(Verdict::Declined) => Ending::Declined,
                Some(Verdict::Undecided) => Ending::Undecided,
                Some(Verdict::Approved) | None => Ending::Lapsed,
            },
        };
        Some(Next::Over { ending, at: self.now })
    }
}

/// How many of `members` are for it.
fn yes_of(members: u32, support: f64) -> u32 {
    let yes = crate::number::whole(f64::from(members) * support);
    u32::try_from(yes).unwrap_or(members).min(members)
}
