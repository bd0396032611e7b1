//! The verdicts of one jury as chances, by formula: answer by answer, without replacement, along the rule that the engine follows.
//! Holds as long as the drawn order does not run out of people; where it might, [`verdicts`] says nothing. Knows no proposal.

mod ballots;

use crate::chances::binomial;
use crate::number::{place, real};
use crate::terms::Terms;
use ballots::{Ballots, one_more};

/// Additions that one calculation may cost; about a tenth of a second.
pub const EXACT_STEPS_MAX: u64 = 60_000_000;

/// Those among whom jurors are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pool {
    /// So many, of whom `yes` would say yes.
    Members { members: u32, yes: u32 },
    /// Without bound: everybody says yes with this probability.
    Endless { yes: f64 },
}

/// Whether and when those who are called answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answering {
    /// The chance that a seat has an answer when the time of a round is over.
    pub in_time: f64,
    /// The same for a seat that is empty when the round is given more time.
    pub in_more_time: f64,
}

/// What a jury comes to, as chances that add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdicts {
    pub approved: f64,
    pub declined: f64,
    pub undecided: f64,
    /// Seats that the jury has on average, grown or not.
    pub seats: f64,
}

/// The verdicts of a jury; `None` where the calculation would cost more than [`EXACT_STEPS_MAX`].
/// `Everyone` has no number of seats and no formula here.
pub fn verdicts(terms: &Terms, answering: Answering, pool: Pool) -> Option<Verdicts> {
    (cost(terms) <= EXACT_STEPS_MAX).then_some(())?;
    let case = Case { answering, pool };
    match *terms {
        Terms::Everyone => None,
        Terms::Fixed { seats, agree, then: 0, .. } => Some(case.fixed(seats, agree)),
        Terms::Fixed { seats, agree, quorum, then } => {
            Some(case.growing(seats, agree, quorum, then))
        }
        Terms::Steps { seats, quorum, then, lead, cap } => {
            Some(case.steps(Steps { seats, quorum, then, lead, cap }))
        }
    }
}

impl Pool {
    /// Whole members, rounded.
    pub fn of(members: u32, support: f64) -> Self {
        let yes = crate::number::whole(f64::from(members) * support);
        Self::Members { members, yes: u32::try_from(yes).unwrap_or(members).min(members) }
    }

    /// The chance that the next one says yes, after `answered` of whom `yes` did.
    fn next_is_yes(self, answered: usize, yes: usize) -> f64 {
        match self {
            Self::Endless { yes } => yes,
            Self::Members { members, yes: all } => {
                let left = place(members).saturating_sub(answered).max(1);
                let yes_left = place(all).saturating_sub(yes);
                (real(yes_left as u64) / real(left as u64)).min(1.0)
            }
        }
    }
}

impl Answering {
    /// Everybody answers.
    pub const SURE: Self = Self { in_time: 1.0, in_more_time: 1.0 };

    fn sooner_or_later(self) -> f64 {
        1.0 - (1.0 - self.in_time) * (1.0 - self.in_more_time)
    }
}

struct Case {
    answering: Answering,
    pool: Pool,
}

/// The numbers of a jury in steps.
#[derive(Clone, Copy)]
struct Steps {
    seats: u32,
    quorum: u32,
    then: u32,
    lead: u32,
    cap: u32,
}

impl Case {
    /// More time changes nothing for a side that has enough, since `agree` is more than half: so the second chance to answer is
    /// simply part of the first.
    fn fixed(&self, seats: u32, agree: u32) -> Verdicts {
        let mut ballots = Ballots::none_yet(seats);
        ballots.ask(seats, self.answering.sooner_or_later(), self.pool);
        let approved = ballots.take(|_, yes| yes >= agree);
        let declined = ballots.take(|answered, yes| answered - yes >= agree);
        Verdicts { approved, declined, undecided: ballots.sum(), seats: f64::from(seats) }
    }

    fn growing(&self, seats: u32, agree: u32, quorum: u32, then: u32) -> Verdicts {
        let has_enough = |said: u32| said >= agree;
        let mut first = Ballots::none_yet(seats);
        first.ask(seats, self.answering.in_time, self.pool);
        let mut approved = first.take(|_, yes| has_enough(yes));
        let mut declined = first.take(|answered, yes| has_enough(answered - yes));
        let mut second = Ballots::empty(seats + then);
        first.hand_over(&mut second, |answered, _| answered >= quorum);
        let mut later = self.more_time(&first, seats);
        approved += later.take(|_, yes| has_enough(yes));
        declined += later.take(|answered, yes| has_enough(answered - yes));
        later.hand_over(&mut second, |answered, _| answered >= quorum);
        let mut undecided = later.sum();
        let grown = second.sum();
        second.ask(then, self.answering.sooner_or_later(), self.pool);
        let majority = u32::midpoint(seats, then) + 1;
        approved += second.take(|_, yes| yes >= majority);
        declined += second.take(|answered, yes| answered - yes >= majority);
        undecided += second.sum();
        let seats = f64::from(seats) + grown * f64::from(then);
        Verdicts { approved, declined, undecided, seats }
    }

    fn steps(&self, rule: Steps) -> Verdicts {
        let Steps { seats, quorum, then, lead, cap } = rule;
        let leads = |side: u32, other: u32| side >= other + lead;
        let mut now = Ballots::none_yet(cap);
        now.ask(seats, self.answering.in_time, self.pool);
        let mut approved = now.take(|answered, yes| leads(yes, answered - yes));
        let mut declined = now.take(|answered, yes| leads(answered - yes, yes));
        // The first round gets more time only where too few answered; what answers then may still be too few.
        let mut few = Ballots::empty(cap);
        now.hand_over(&mut few, |answered, _| answered < quorum);
        let mut later = self.more_time(&few, seats);
        approved += later.take(|answered, yes| leads(yes, answered - yes));
        declined += later.take(|answered, yes| leads(answered - yes, yes));
        later.hand_over(&mut now, |answered, _| answered >= quorum);
        let mut undecided = later.sum();
        let (mut filled, mut on_average) = (seats, f64::from(seats));
        while filled < cap {
            let more = then.min(cap - filled).max(1);
            filled += more;
            on_average += now.sum() * f64::from(more);
            if filled < cap {
                now.ask(more, self.answering.in_time, self.pool);
                approved += now.take(|answered, yes| leads(yes, answered - yes));
                declined += now.take(|answered, yes| leads(answered - yes, yes));
            } else {
                let last = self.last_step(&now, more, lead);
                approved += last.approved;
                declined += last.declined;
                undecided += last.undecided;
            }
        }
        Verdicts { approved, declined, undecided, seats: on_average }
    }

    /// The last step: a lead decides at once, otherwise the silent seats get more time, and then the majority decides.
    fn last_step(&self, before: &Ballots, seats: u32, lead: u32) -> Verdicts {
        let leads = |side: u32, other: u32| side >= other + lead;
        let mut total = Verdicts { approved: 0.0, declined: 0.0, undecided: 0.0, seats: 0.0 };
        let mut answered_all = before.clone();
        for in_time in 0..=seats {
            let weight = binomial(seats, self.answering.in_time, in_time);
            if weight > 0.0 {
                let mut case = answered_all.weighed(weight);
                total.approved += case.take(|answered, yes| leads(yes, answered - yes));
                total.declined += case.take(|answered, yes| leads(answered - yes, yes));
                case.ask(seats - in_time, self.answering.in_more_time, self.pool);
                total.approved += case.take(|answered, yes| yes > answered - yes);
                total.declined += case.take(|answered, yes| answered - yes > yes);
                total.undecided += case.sum();
            }
            answered_all.ask(1, 1.0, self.pool);
        }
        total
    }

    /// One round with more time: each of the seats that are still silent may answer after all.
    fn more_time(&self, ballots: &Ballots, seats: u32) -> Ballots {
        let mut later = ballots.clone();
        later.take(|_, _| true);
        for answers in 0..=seats {
            let mut row = vec![0.0];
            for answered in 0..=answers {
                let more =
                    binomial(seats - answered, self.answering.in_more_time, answers - answered);
                for (cell, chance) in row.iter_mut().zip(ballots.row(answered)) {
                    *cell += chance * more;
                }
                if answered < answers {
                    row = one_more(&row, answered, self.pool);
                }
            }
            later.put_row(answers, &row);
        }
        later
    }
}

/// About how many additions [`verdicts`] makes.
fn cost(terms: &Terms) -> u64 {
    let cube = |seats: u32| u64::from(seats).pow(3) / 3;
    match *terms {
        Terms::Everyone => 0,
        Terms::Fixed { seats, then, .. } => cube(seats + then),
        Terms::Steps { then, cap, .. } => {
            cube(cap) + u64::from(then).pow(2) * u64::from(cap).pow(2) / 4
        }
    }
}
