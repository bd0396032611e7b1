//! What a forecast says: shares with their standard errors, times, load, and beside them what can be calculated. Knows no words.

use crate::exact::Verdicts;
use crate::number::real;
use crate::plan::Plan;
use crate::question::Question;

/// So many standard errors may lie between what was counted and what was calculated.
pub const STANDARD_ERRORS_MAX: f64 = 4.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    pub question: Question,
    pub plan: Plan,
    pub proposals: u64,
    /// It was stopped after so many calls of jurors as the question allows; everything is about the proposals that were over by then.
    pub cut_short: bool,
    pub passed: Share,
    pub declined: Share,
    pub undecided: Share,
    pub lapsed: Share,
    /// From opening to the first verdict of a jury or a vote, and to the end for those that pass.
    pub to_verdict: Option<Times>,
    pub to_pass: Option<Times>,
    /// Proposals whose first verdict came within so many hours, for each of [`VERDICT_HOURS`], and the later ones.
    pub verdict_times: [u64; VERDICT_HOURS.len() + 1],
    /// In the order of the plan.
    pub stages: Vec<StageCount>,
    pub first_jury: Option<FirstJury>,
    /// The chance that a co-sign stage lapses, calculated, for the first such stage and only where it is the first stage.
    pub cosign_lapses: Option<(usize, f64)>,
    pub load: Load,
    pub reading: Reading,
}

/// Upper ends of the classes of [`Forecast::verdict_times`].
pub const VERDICT_HOURS: [u64; 9] = [6, 12, 24, 48, 72, 120, 168, 336, 720];

/// `hits` of `of`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: u64,
    pub of: u64,
}

/// In hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    pub median: f64,
    /// Nine in ten are faster.
    pub p90: f64,
}

/// What happened in one stage, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StageCount {
    pub entered: u64,
    pub pass: u64,
    pub fail: u64,
    pub undecided: u64,
    pub lapsed: u64,
    pub hours: f64,
    pub called: u64,
    pub answers: u64,
    pub seats: u64,
}

/// The first jury: how often each verdict was counted, and the chances where they can be calculated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstJury {
    /// In the plan.
    pub stage: usize,
    pub approved: Share,
    pub declined: Share,
    pub undecided: Share,
    pub exact: Option<Verdicts>,
}

/// What the draws ask of members.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    pub calls: u64,
    pub per_member_and_year: f64,
    /// The most that one member was called, per year.
    pub most_a_year: f64,
    /// One in a hundred members was called at least so often in the whole time.
    pub p99: u32,
    /// Members who were called so often in the whole time: never, once, … and [`CALLS_CLASSES`] − 1 times or more.
    pub members_by_calls: [u64; CALLS_CLASSES],
    pub per_proposal: f64,
    pub draws: u64,
    /// Draws that could pass over nobody for resting, since more than a fifth would have been.
    pub unrested: u64,
    /// The share of members who rest when lots are called for, on average.
    pub resting: f64,
    /// Votes, positions and pledges that a member is asked for.
    pub votes_per_member_and_year: f64,
}

/// Classes of [`Load::members_by_calls`].
pub const CALLS_CLASSES: usize = 8;

/// What reading and deciding cost, in minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Of everybody together, for one broadcast; 0 if the process reaches nobody.
    pub per_broadcast: f64,
    pub broadcasts_a_week: f64,
    pub per_member_and_week: f64,
    /// Of all jurors who answered, for one proposal.
    pub of_jurors_per_proposal: f64,
}

impl Forecast {
    /// Verdicts of the first jury that contradict the majority; none if exactly half are for it, or if there is no jury.
    pub fn wrong(&self) -> Option<(Share, Option<f64>)> {
        let jury = self.first_jury.as_ref()?;
        if self.question.support < 0.5 {
            Some((jury.approved, jury.exact.map(|exact| exact.approved)))
        } else if self.question.support > 0.5 {
            Some((jury.declined, jury.exact.map(|exact| exact.declined)))
        } else {
            None
        }
    }

    /// Proposals that ended against the majority: passed although most are against them, or declined although most are for them.
    pub fn wrong_in_the_end(&self) -> Option<Share> {
        if self.question.support < 0.5 {
            Some(self.passed)
        } else if self.question.support > 0.5 {
            Some(self.declined)
        } else {
            None
        }
    }
}

impl Share {
    /// 0 where there is nothing to share.
    pub fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { real(self.hits) / real(self.of) }
    }

    /// √(p(1−p)/n) with p as it was counted.
    pub fn standard_error(self) -> f64 {
        standard_error(self.value(), self.of)
    }

    /// How many standard errors lie between this and a calculated chance. The error is that of the calculated chance, since a share
    /// that was counted as 0 would have none; one case more or less is no difference.
    pub fn distance(self, exact: f64) -> f64 {
        let off = (self.value() - exact).abs() - 1.0 / real(self.of.max(1));
        let error = standard_error(exact, self.of);
        if off <= 0.0 {
            0.0
        } else if error > 0.0 {
            off / error
        } else {
            f64::INFINITY
        }
    }

    /// Whether what was counted and what was calculated belong together.
    pub fn agrees_with(self, exact: f64) -> bool {
        self.distance(exact) <= STANDARD_ERRORS_MAX
    }
}

fn standard_error(share: f64, of: u64) -> f64 {
    (share * (1.0 - share) / real(of.max(1))).max(0.0).sqrt()
}
