//! Walks 10,000 past cases, a third of them with juries that grew and appeals, through another charter, and prints how long that took.

use std::process::ExitCode;
use std::time::Instant;

use mic_engine::charter::parse::parse;
use mic_engine::charter::{Audience, EffectKind, Id, JuryTerms, Outcome};
use mic_engine::event::{Ending, RecourseChoice};
use mic_engine::ids::{LogTime, ProposalNumber, Span};
use mic_forecast::trial::{self, CASES_MAX, Case, End, JuryFact, RoundFact, Seen, StepFact};

const DEFAULT: &str = include_str!("../../../charters/default.toml");
const HOUR: u64 = 3_600_000;

fn main() -> ExitCode {
    // A jury in steps of one, up to 33 seats: the most ways there are.
    let steps = "{ seats = 3, quorum = 2, then = 1, lead = 3, cap = 33 }";
    let text = DEFAULT.replacen("{ seats = 9, agree = 6, quorum = 6, then = 12 }", steps, 1);
    let Ok(charter) = parse(&text) else { return ExitCode::FAILURE };
    let cases: Option<Vec<Case>> = (0..u32::try_from(CASES_MAX).unwrap_or(0)).map(case).collect();
    let Some(cases) = cases else { return ExitCode::FAILURE };
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures")]
    let start = Instant::now();
    let trial = trial::run(&charter, &cases);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{seconds:.2} s: {} past cases, {} of them otherwise or unknown, one core",
        trial.sums.cases,
        trial.differing.len()
    );
    ExitCode::SUCCESS
}

fn case(number: u32) -> Option<Case> {
    let start = u64::from(number) * HOUR;
    let yes = number % 10;
    let grown = number.is_multiple_of(3) && (4..6).contains(&yes);
    let mut steps = vec![StepFact {
        stage: Id::parse("cosign")?,
        entered_at: LogTime(start),
        ended_at: LogTime(start + HOUR),
        outcome: Some(Outcome::Pass),
        seen: Seen::Cosign { given: vec![LogTime(start + 60_000), LogTime(start + HOUR)] },
    }];
    let rounds = if grown { vec![(9, yes.min(5)), (12, 7)] } else { vec![(9, yes)] };
    steps.push(jury("jury", start + HOUR, &rounds)?);
    let passed = grown || yes >= 6;
    if !passed {
        let at = start + 60 * HOUR;
        steps.push(StepFact {
            stage: Id::parse("answer")?,
            entered_at: LogTime(at),
            ended_at: LogTime(at + HOUR),
            outcome: None,
            seen: Seen::Recourse { choice: Some(RecourseChoice::Appeal) },
        });
        steps.push(jury("appeal", at + HOUR, &[(21, 8)])?);
    }
    let end = if passed {
        End { ending: Ending::Done, effect: Some(EffectKind::Broadcast) }
    } else {
        End { ending: Ending::Declined, effect: None }
    };
    Some(Case {
        proposal: ProposalNumber(number),
        process: Id::parse("message")?,
        audience: Audience::Members,
        opened_at: LogTime(start),
        roll: 10_000,
        end: Some(end),
        closed_at: steps.last()?.ended_at,
        steps,
    })
}

fn jury(stage: &str, entered: u64, rounds: &[(u32, u32)]) -> Option<StepFact> {
    let mut at = entered + HOUR;
    let round = |&(seats, yes): &(u32, u32)| {
        at += 20 * HOUR;
        RoundFact { seats, yes, no: seats - yes, closed_at: LogTime(at) }
    };
    let rounds: Vec<RoundFact> = rounds.iter().map(round).collect();
    let (yes, no) = rounds.iter().fold((0, 0), |sum, round| (sum.0 + round.yes, sum.1 + round.no));
    Some(StepFact {
        stage: Id::parse(stage)?,
        entered_at: LogTime(entered),
        ended_at: rounds.last()?.closed_at,
        outcome: Some(if yes > no { Outcome::Pass } else { Outcome::Fail }),
        seen: Seen::Jury(JuryFact {
            terms: JuryTerms::Fixed { seats: 9, agree: 6, quorum: 6, then: 12 },
            window: Span::hours(72),
            eligible: 9_900,
            slot_at: LogTime(entered + HOUR),
            drawn_at: Some(LogTime(entered + HOUR)),
            replaced: 1,
            rounds,
        }),
    })
}
