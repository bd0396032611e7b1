//! One jury from its draw to its verdict: seats pass on, rounds close, it grows, it gets more time (spec/jury.md). Knows no process.

use crate::crowd::{Crowd, Order};
use crate::dice::Dice;
use crate::exact::Answering;
use crate::number::{count, real, whole};
use crate::plan::JuryPlan;
use crate::question::{MINUTE_MS, Question};
use crate::terms::{Close, Round, Standing, Terms};

/// From the instant of the clock to the first round of the beacon that may be used.
pub(crate) const DRAW_LEAD_MS: u64 = MINUTE_MS;
/// Most seats of a jury of everybody.
const SEATS_MAX: u32 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Approved,
    Declined,
    Undecided,
}

/// What those who may be drawn think: so many of them would say yes. Whoever has answered is out of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opinions {
    members: u32,
    yes: u32,
}

pub(crate) struct Ended {
    pub(crate) verdict: Verdict,
    pub(crate) at: u64,
    pub(crate) seats: u32,
    /// Everybody who was called.
    pub(crate) called: Vec<u32>,
    pub(crate) answers: u32,
}

/// One jury at work.
pub(crate) struct Sitting<'s> {
    pub(crate) rule: &'s JuryPlan,
    pub(crate) question: &'s Question,
    pub(crate) crowd: &'s mut Crowd,
    pub(crate) dice: &'s mut Dice,
    pub(crate) opinions: &'s mut Opinions,
    pub(crate) order: Order,
    called: Vec<u32>,
    answers: u32,
}

/// How a round stood when its time was over or everybody had answered.
struct Window {
    yes: u32,
    no: u32,
    silent: u32,
    end: u64,
}

impl Opinions {
    pub(crate) fn of(members: u32, support: f64) -> Self {
        let yes = u32::try_from(whole(f64::from(members) * support)).unwrap_or(members);
        Self { members, yes: yes.min(members) }
    }

    fn next(&mut self, dice: &mut Dice) -> bool {
        let yes = dice.below(self.members) < self.yes;
        self.members = self.members.saturating_sub(1);
        self.yes -= u32::from(yes);
        yes
    }
}

impl<'s> Sitting<'s> {
    pub(crate) fn new(
        rule: &'s JuryPlan,
        question: &'s Question,
        (crowd, dice): (&'s mut Crowd, &'s mut Dice),
        opinions: &'s mut Opinions,
        order: Order,
    ) -> Self {
        Self { rule, question, crowd, dice, opinions, order, called: Vec::new(), answers: 0 }
    }

    /// From the moment in which the lots are drawn.
    pub(crate) fn hold(mut self, drawn: u64) -> Ended {
        let terms = self.terms();
        let seats = terms.first_seats();
        let first = self.order.take(seats, self.crowd, self.dice);
        if count(first.len()) * 2 < u64::from(seats) || first.is_empty() {
            return self.end(Verdict::Undecided, drawn, 0);
        }
        let mut rounds = vec![Round { seats: length(&first), yes: 0, no: 0 }];
        let mut extended = false;
        let mut window = self.window(drawn, first, 0);
        loop {
            if let Some(round) = rounds.last_mut() {
                round.yes += window.yes;
                round.no += window.no;
            }
            let reserve = self.order.left() > 0;
            let standing = Standing { silent: window.silent, reserve, extended };
            let seats = rounds.iter().map(|round| round.seats).sum();
            match terms.close(&rounds, standing) {
                Close::Approved => return self.end(Verdict::Approved, window.end, seats),
                Close::Declined => return self.end(Verdict::Declined, window.end, seats),
                Close::Undecided => return self.end(Verdict::Undecided, window.end, seats),
                Close::Grow => {
                    let more = terms.grows_by(seats);
                    let more = self.order.take(more, self.crowd, self.dice);
                    rounds.push(Round { seats: length(&more), yes: 0, no: 0 });
                    extended = false;
                    window = self.window(window.end, more, 0);
                }
                Close::Extend => {
                    let next = self.order.take(window.silent, self.crowd, self.dice);
                    let stuck = window.silent - length(&next);
                    extended = true;
                    window = self.window(window.end, next, stuck);
                }
            }
        }
    }

    /// A jury of everybody has as many seats as there are people who may sit.
    fn terms(&self) -> Terms {
        match self.rule.terms {
            Terms::Everyone => {
                let seats = self.order.left().min(SEATS_MAX);
                Terms::Fixed { seats, agree: seats / 2 + 1, quorum: seats / 2 + 1, then: 0 }
            }
            terms @ (Terms::Fixed { .. } | Terms::Steps { .. }) => terms,
        }
    }

    /// `jurors` are called at `start`; whoever is silent for the time to answer is replaced, as long as somebody is left in the order.
    /// `stuck` seats stay silent whatever happens.
    fn window(&mut self, start: u64, jurors: Vec<u32>, mut stuck: u32) -> Window {
        let until = start + self.rule.window_ms;
        let mut window = Window { yes: 0, no: 0, silent: 0, end: start };
        let (mut now, mut calling) = (start, jurors);
        loop {
            let mut silent = 0;
            for slot in calling {
                match self.call(slot, now).filter(|answered| *answered < until) {
                    Some(answered) => {
                        let yes = self.opinions.next(self.dice);
                        window.yes += u32::from(yes);
                        window.no += u32::from(!yes);
                        window.end = window.end.max(answered);
                        self.answers += 1;
                    }
                    None => silent += 1,
                }
            }
            now += self.rule.answer_ms;
            if silent == 0 && stuck == 0 {
                return window;
            }
            if silent == 0 || now >= until {
                return Window { silent: silent + stuck, end: until, ..window };
            }
            calling = self.order.take(silent, self.crowd, self.dice);
            stuck += silent - length(&calling);
        }
    }

    /// Calls somebody; when they answer, if they do.
    fn call(&mut self, slot: u32, at: u64) -> Option<u64> {
        self.crowd.call(slot, at);
        self.called.push(slot);
        let answers = self.dice.chance(self.question.response);
        let (fastest, slowest) = self.rule.answer_times(self.question);
        answers.then(|| at + whole(self.dice.log_uniform(fastest, slowest)))
    }

    fn end(self, verdict: Verdict, at: u64, seats: u32) -> Ended {
        Ended { verdict, at, seats, called: self.called, answers: self.answers }
    }
}

impl JuryPlan {
    /// The fastest and the slowest answer in milliseconds.
    fn answer_times(&self, question: &Question) -> (f64, f64) {
        let slowest = real(self.answer_ms);
        let fastest = question.habits.fastest_answer_minutes * real(MINUTE_MS);
        (fastest.min(slowest), slowest)
    }

    /// How many are called for one seat, one after the other, before the time of a round is over.
    pub(crate) fn calls_a_seat(&self) -> u64 {
        self.window_ms.div_ceil(self.answer_ms.max(1)).max(1)
    }

    /// The chance that a seat has an answer when the time of a round is over: the last one called may have less time than the others.
    pub fn answering(&self, question: &Question) -> Answering {
        let calls = self.calls_a_seat();
        let (fastest, slowest) = self.answer_times(question);
        let left = real(self.window_ms.saturating_sub((calls - 1) * self.answer_ms)).max(1.0);
        let soon_enough = if left >= slowest {
            1.0
        } else {
            ((left / fastest).ln() / (slowest / fastest).ln()).clamp(0.0, 1.0)
        };
        let silent = 1.0 - question.response;
        let nobody = silent.powf(real(calls - 1)) * (1.0 - question.response * soon_enough);
        Answering { in_time: 1.0 - nobody, in_more_time: 1.0 - nobody }
    }
}

fn length(list: &[u32]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
