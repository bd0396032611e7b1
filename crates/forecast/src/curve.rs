//! The same question for every level of support: where the first jury errs, calculated where it can be and counted.
//! Knows no drawing.

use crate::answer::Share;
use crate::plan::Plan;
use crate::question::{Question, Unusable};
use crate::run::{first_jury_exact, run};

/// Levels of support in percent: every five from 10 to 90, but not the half, where nobody is wrong.
pub const LEVELS: [u32; 16] = [10, 15, 20, 25, 30, 35, 40, 45, 55, 60, 65, 70, 75, 80, 85, 90];

/// One level of support.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// In percent.
    pub support: u32,
    /// Verdicts of the first jury against the majority, by formula and as counted.
    pub exact: Option<f64>,
    pub counted: Option<Share>,
    /// Proposals that passed in the end.
    pub passed: Share,
}

/// Answers the question for each of [`LEVELS`], with about `proposals` proposals each.
pub fn levels(question: &Question, plan: &Plan, proposals: u32) -> Result<Vec<Level>, Unusable> {
    let years = question.proposals() / f64::from(question.years);
    let shorter = Question {
        years: 1,
        proposals_a_week: question.proposals_a_week * (f64::from(proposals) / years).min(1.0),
        ..*question
    };
    LEVELS.iter().map(|percent| level(&shorter, plan, *percent)).collect()
}

fn level(question: &Question, plan: &Plan, percent: u32) -> Result<Level, Unusable> {
    let support = f64::from(percent) / 100.0;
    let question = Question { support, seed: question.seed ^ u64::from(percent), ..*question };
    let forecast = run(&question, plan)?;
    Ok(Level {
        support: percent,
        exact: first_jury_exact(&question, plan)
            .map(|exact| if percent < 50 { exact.approved } else { exact.declined }),
        counted: forecast.wrong().map(|(share, _)| share),
        passed: forecast.passed,
    })
}
