//! What is asked: how large the group is, how much it proposes, how people answer. Every number has its range.
//! Knows no charter.

use crate::habits::Habits;

pub const MEMBERS_MIN: u32 = 3;
pub const MEMBERS_MAX: u32 = 10_000_000;
pub const PROPOSALS_A_WEEK_MAX: f64 = 100_000.0;
/// At least one a year.
pub const PROPOSALS_A_WEEK_MIN: f64 = 0.02;
pub const YEARS_MAX: u32 = 50;
/// Proposals of one forecast, whatever they cost; their times are kept, four bytes each.
pub const PROPOSALS_MAX: u64 = 20_000_000;
/// Calls of jurors in one forecast; then it stops and says so.
pub const CALLS_MAX: u64 = 2_000_000_000;

pub(crate) const MINUTE_MS: u64 = 60_000;
pub(crate) const HOUR_MS: u64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: u64 = 24 * HOUR_MS;
pub(crate) const WEEK_MS: u64 = 7 * DAY_MS;
/// 365.25 days.
pub(crate) const YEAR_MS: u64 = 1_461 * DAY_MS / 4;

/// One question about one charter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// [`MEMBERS_MIN`] to [`MEMBERS_MAX`].
    pub members: u32,
    /// On average; they are opened at random moments. [`PROPOSALS_A_WEEK_MIN`] to [`PROPOSALS_A_WEEK_MAX`].
    pub proposals_a_week: f64,
    /// Share of the called who answer before the seat passes on, above 0 and up to 1.
    pub response: f64,
    /// Share of the members who would say yes, 0 to 1.
    pub support: f64,
    /// 1 to [`YEARS_MAX`].
    pub years: u32,
    pub seed: u64,
    pub habits: Habits,
    /// Calls of jurors after which it stops, at most [`CALLS_MAX`].
    pub calls_max: u64,
}

/// Which number of a question is out of its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    Members,
    ProposalsAWeek,
    Response,
    Support,
    Years,
    /// Each number is possible, all together are more than [`PROPOSALS_MAX`] proposals.
    TooMany,
}

impl Question {
    /// The numbers of the task that everybody starts with.
    pub fn usual() -> Self {
        Self {
            members: 10_000,
            proposals_a_week: 20.0,
            response: 0.6,
            support: 0.4,
            years: 1,
            seed: 1,
            habits: Habits::default(),
            calls_max: CALLS_MAX,
        }
    }

    /// How many proposals that makes, on average.
    pub fn proposals(&self) -> f64 {
        self.proposals_a_week * f64::from(self.years) * crate::number::real(YEAR_MS)
            / crate::number::real(WEEK_MS)
    }

    pub fn check(&self) -> Result<(), Unusable> {
        let share = |value: f64| (0.0..=1.0).contains(&value);
        if !(MEMBERS_MIN..=MEMBERS_MAX).contains(&self.members) {
            Err(Unusable::Members)
        } else if !(PROPOSALS_A_WEEK_MIN..=PROPOSALS_A_WEEK_MAX).contains(&self.proposals_a_week) {
            Err(Unusable::ProposalsAWeek)
        } else if !share(self.response) || self.response < 0.01 {
            Err(Unusable::Response)
        } else if !share(self.support) {
            Err(Unusable::Support)
        } else if !(1..=YEARS_MAX).contains(&self.years) {
            Err(Unusable::Years)
        } else if self.proposals() > crate::number::real(PROPOSALS_MAX) {
            Err(Unusable::TooMany)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_range() {
        assert_eq!(Question::usual().check(), Ok(()));
        let with = |change: fn(&mut Question)| {
            let mut question = Question::usual();
            change(&mut question);
            question.check()
        };
        assert_eq!(with(|q| q.members = 2), Err(Unusable::Members));
        assert_eq!(with(|q| q.proposals_a_week = f64::NAN), Err(Unusable::ProposalsAWeek));
        assert_eq!(with(|q| q.response = 0.0), Err(Unusable::Response));
        assert_eq!(with(|q| q.support = 1.01), Err(Unusable::Support));
        assert_eq!(with(|q| q.years = 0), Err(Unusable::Years));
        let many = with(|q| (q.proposals_a_week, q.years) = (100_000.0, 50));
        assert_eq!(many, Err(Unusable::TooMany));
    }
}
