//! Years of one process: proposals are opened at random moments, draws happen in the order of time, and everything is counted.
//! Knows no rule; `course.rs` lives through them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::answer::{
    CALLS_CLASSES, FirstJury, Forecast, Load, Reading, Share, StageCount, Times, VERDICT_HOURS,
};
use crate::chances::fewer_than;
use crate::course::{Course, Ending, Next, Outcome, Passage, World};
use crate::crowd::Crowd;
use crate::dice::Dice;
use crate::exact::{self, Pool, Verdicts};
use crate::number::{count, place, real};
use crate::plan::{JuryPlan, Kind, Plan};
use crate::question::{DAY_MS, HOUR_MS, MINUTE_MS, Question, Unusable, WEEK_MS, YEAR_MS};
use crate::terms::Terms;

/// How much larger than all that could be called the group must be for formulas that let nobody run out.
const RESERVE_SHARE: f64 = 0.75;

/// Answers a question about a plan made for as many members.
pub fn run(question: &Question, plan: &Plan) -> Result<Forecast, Unusable> {
    question.check()?;
    let mut world = World {
        plan,
        question,
        crowd: Crowd::new(plan.roll, plan.rest_ms),
        dice: Dice::new(question.seed),
        asked_all: 0,
    };
    let mut tally = Tally::new(plan);
    live(&mut world, &mut tally);
    Ok(tally.into_forecast(&world))
}

/// The verdicts of a plan's first jury by formula; none where there is no jury, where everybody judges, where the order could run out
/// of people, or where the formula would cost too much.
pub fn first_jury_exact(question: &Question, plan: &Plan) -> Option<Verdicts> {
    let (_, jury) = plan.first_jury()?;
    let most = u64::from(jury.terms.seats_at_most()) * jury.calls_a_seat() * 2;
    (real(most) <= f64::from(plan.pool()) * RESERVE_SHARE).then_some(())?;
    exact_of(question, plan, jury)
}

fn exact_of(question: &Question, plan: &Plan, jury: &JuryPlan) -> Option<Verdicts> {
    let pool = Pool::of(plan.pool(), question.support);
    exact::verdicts(&jury.terms, jury.answering(question), pool)
}

fn live(world: &mut World<'_>, tally: &mut Tally) {
    let years = real(u64::from(world.question.years) * YEAR_MS);
    let between = real(WEEK_MS) / world.question.proposals_a_week;
    let mut next_opening = world.dice.wait(between);
    let mut draws: BinaryHeap<Reverse<(u64, u64)>> = BinaryHeap::new();
    let mut waiting: std::collections::BTreeMap<u64, Course> = std::collections::BTreeMap::new();
    let mut opened = 0;
    loop {
        if world.crowd.calls >= world.question.calls_max {
            tally.cut_short = true;
            return;
        }
        let open = real(next_opening) < years;
        let draw = draws.peek().map(|Reverse((at, _))| *at);
        let mut course = match draw {
            Some(at) if !open || at <= next_opening => {
                let Some(Reverse((_, name))) = draws.pop() else { return };
                let Some(mut course) = waiting.remove(&name) else { return };
                if let Some(Next::Over { ending, at }) =
                    course.draw(world, &mut |passage| tally.passage(&passage))
                {
                    tally.over(&course, ending, at);
                    continue;
                }
                course
            }
            _ if open => {
                let course = Course::open(world, next_opening);
                next_opening += world.dice.wait(between).max(1);
                course
            }
            _ => return,
        };
        match course.go_on(world, &mut |passage| tally.passage(&passage)) {
            Next::Draw(at) => {
                opened += 1;
                draws.push(Reverse((at, opened)));
                waiting.insert(opened, course);
            }
            Next::Over { ending, at } => tally.over(&course, ending, at),
        }
    }
}

/// Everything that is counted on the way.
struct Tally {
    stages: Vec<StageCount>,
    endings: [u64; 4],
    proposals: u64,
    /// In minutes.
    to_verdict: Vec<u32>,
    to_pass: Vec<u32>,
    verdict_times: [u64; VERDICT_HOURS.len() + 1],
    cut_short: bool,
}

impl Tally {
    fn new(plan: &Plan) -> Self {
        Self {
            stages: vec![StageCount::default(); plan.stages.len()],
            endings: [0; 4],
            proposals: 0,
            to_verdict: Vec::new(),
            to_pass: Vec::new(),
            verdict_times: [0; VERDICT_HOURS.len() + 1],
            cut_short: false,
        }
    }

    fn passage(&mut self, passage: &Passage) {
        let Some(stage) = self.stages.get_mut(passage.stage) else { return };
        stage.entered += 1;
        match passage.outcome {
            Outcome::Pass => stage.pass += 1,
            Outcome::Fail => stage.fail += 1,
            Outcome::Undecided => stage.undecided += 1,
            Outcome::Lapsed => stage.lapsed += 1,
            Outcome::Recourse => {}
        }
        stage.hours += real(passage.took_ms) / real(HOUR_MS);
        stage.called += u64::from(passage.called);
        stage.answers += u64::from(passage.answers);
        stage.seats += u64::from(passage.seats);
    }

    fn over(&mut self, course: &Course, ending: Ending, at: u64) {
        self.proposals += 1;
        let index = match ending {
            Ending::Passed => 0,
            Ending::Declined => 1,
            Ending::Undecided => 2,
            Ending::Lapsed => 3,
        };
        self.endings[index] += 1;
        let minutes =
            |until: u64| u32::try_from((until - course.opened) / MINUTE_MS).unwrap_or(u32::MAX);
        if let Some(verdict) = course.first_verdict {
            let took = minutes(verdict);
            self.to_verdict.push(took);
            let within = |hours: &u64| u64::from(took) <= hours * 60;
            let class = VERDICT_HOURS.iter().position(within).unwrap_or(VERDICT_HOURS.len());
            self.verdict_times[class] += 1;
        }
        if ending == Ending::Passed {
            self.to_pass.push(minutes(at));
        }
    }

    fn into_forecast(mut self, world: &World<'_>) -> Forecast {
        let (question, plan) = (world.question, world.plan);
        let share = |hits| Share { hits, of: self.proposals };
        let [passed, declined, undecided, lapsed] = self.endings.map(share);
        let first_jury = plan.first_jury().map(|(stage, _)| {
            let counted = self.stages.get(stage).copied().unwrap_or_default();
            let share = |hits| Share { hits, of: counted.entered };
            FirstJury {
                stage,
                approved: share(counted.pass),
                declined: share(counted.fail),
                undecided: share(counted.undecided),
                exact: first_jury_exact(question, plan),
            }
        });
        let answers: u64 = self.stages.iter().map(|stage| stage.answers).sum();
        Forecast {
            question: *question,
            plan: plan.clone(),
            proposals: self.proposals,
            cut_short: self.cut_short,
            passed,
            declined,
            undecided,
            lapsed,
            to_verdict: times(&mut self.to_verdict),
            to_pass: times(&mut self.to_pass),
            verdict_times: self.verdict_times,
            stages: self.stages,
            first_jury,
            cosign_lapses: cosign_lapses(question, plan),
            load: load(world, self.proposals),
            reading: reading(question, plan, passed, answers),
        }
    }
}

/// Sorts and looks.
fn times(minutes: &mut [u32]) -> Option<Times> {
    minutes.sort_unstable();
    let at = |tenth: usize| {
        let index = (minutes.len() * tenth / 10).min(minutes.len().checked_sub(1)?);
        minutes.get(index).map(|minutes| f64::from(*minutes) / 60.0)
    };
    Some(Times { median: at(5)?, p90: at(9)? })
}

/// Readers come at random moments: the chance that too few of them co-sign in time.
fn cosign_lapses(question: &Question, plan: &Plan) -> Option<(usize, f64)> {
    match plan.stages.get(plan.first)?.kind {
        Kind::Cosign { needed, lasts_ms } if needed < plan.roll => {
            let a_day = question.habits.readers_a_day * question.support;
            Some((plan.first, fewer_than(needed, a_day * real(lasts_ms) / real(DAY_MS))))
        }
        Kind::Cosign { .. }
        | Kind::Jury(_)
        | Kind::Recourse { .. }
        | Kind::Wait { .. }
        | Kind::Vote { .. }
        | Kind::Consensus { .. }
        | Kind::Objection { .. }
        | Kind::Pledge { .. } => None,
    }
}

fn load(world: &World<'_>, proposals: u64) -> Load {
    let crowd = &world.crowd;
    let years = f64::from(world.question.years);
    let members = f64::from(crowd.members());
    let mut by_calls = [0; CALLS_CLASSES];
    let most = crowd.calls_of.iter().copied().max().unwrap_or(0);
    let mut how_many = vec![0_u64; place(most) + 1];
    for calls in &crowd.calls_of {
        by_calls[place(*calls).min(CALLS_CLASSES - 1)] += 1;
        how_many[place(*calls)] += 1;
    }
    Load {
        calls: crowd.calls,
        per_member_and_year: real(crowd.calls) / members / years,
        most_a_year: f64::from(most) / years,
        p99: top_hundredth(&how_many, u64::from(crowd.members())),
        members_by_calls: by_calls,
        per_proposal: real(crowd.calls) / real(proposals.max(1)),
        draws: crowd.draws,
        unrested: crowd.unrested,
        resting: crowd.resting_shares / real(crowd.draws.max(1)),
        votes_per_member_and_year: real(world.asked_all) / members / years,
    }
}

/// The number of calls that one in a hundred members reaches. `how_many[calls]` members were called so often.
fn top_hundredth(how_many: &[u64], members: u64) -> u32 {
    let mut above = 0;
    for (calls, members_with) in how_many.iter().enumerate().rev() {
        above += members_with;
        if above * 100 >= members {
            return u32::try_from(count(calls)).unwrap_or(u32::MAX);
        }
    }
    0
}

fn reading(question: &Question, plan: &Plan, passed: Share, answers: u64) -> Reading {
    let habits = &question.habits;
    let reaches = if plan.reaches_everybody { 1.0 } else { 0.0 };
    let weeks = f64::from(question.years) * real(YEAR_MS) / real(WEEK_MS);
    let broadcasts_a_week = reaches * real(passed.hits) / weeks;
    Reading {
        per_broadcast: reaches * habits.reading_minutes * f64::from(plan.roll),
        broadcasts_a_week,
        per_member_and_week: broadcasts_a_week * habits.reading_minutes,
        of_jurors_per_proposal: real(answers) * habits.juror_minutes / real(passed.of.max(1)),
    }
}

/// Whether a plan's first jury is one that everybody sits on.
pub fn everybody_judges(plan: &Plan) -> bool {
    plan.first_jury().is_some_and(|(_, jury)| jury.terms == Terms::Everyone)
}
