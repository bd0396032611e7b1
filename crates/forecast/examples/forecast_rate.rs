//! Lives through ten years of a group of one million under the default charter, 200 proposals a week, and prints how long that took.

use std::process::ExitCode;
use std::time::Instant;

use mic_engine::charter::parse::parse;
use mic_forecast::run::run;
use mic_forecast::{Plan, Question};

const DEFAULT: &str = include_str!("../../../charters/default.toml");

fn main() -> ExitCode {
    let question =
        Question { members: 1_000_000, proposals_a_week: 200.0, years: 10, ..Question::usual() };
    let Ok(charter) = parse(DEFAULT) else { return ExitCode::FAILURE };
    let Ok(plan) = Plan::of(&charter, None, question.members) else { return ExitCode::FAILURE };
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures")]
    let start = Instant::now();
    let Ok(forecast) = run(&question, &plan) else { return ExitCode::FAILURE };
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{seconds:.2} s: ten years, 1,000,000 members, {} proposals, {} calls of jurors, one core",
        forecast.proposals, forecast.load.calls
    );
    ExitCode::SUCCESS
}
