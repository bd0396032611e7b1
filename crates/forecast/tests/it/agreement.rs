//! What is counted agrees with what is calculated, within four standard errors, for fixed seeds; and the same seed counts the same.

use mic_engine::charter::Charter;
use mic_engine::charter::parse::parse;
use mic_forecast::run::run;
use mic_forecast::{Forecast, Plan, Question};

const DEFAULT: &str = include_str!("../../../../charters/default.toml");

/// The default charter with other sizes of its first jury.
fn with_jury(sizes: &str) -> Charter {
    let usual = "{ seats = 9, agree = 6, quorum = 6, then = 12 }";
    assert!(DEFAULT.contains(usual));
    parse(&DEFAULT.replacen(usual, sizes, 1)).expect("a charter")
}

fn forecast(charter: &Charter, question: &Question) -> Forecast {
    let plan = Plan::of(charter, Some("message"), question.members).expect("a process");
    run(question, &plan).expect("within range")
}

/// Every verdict of the first jury, and its size, against the formula.
fn agrees(forecast: &Forecast) {
    let jury = forecast.first_jury.expect("a jury");
    let exact = jury.exact.expect("a formula");
    for (counted, calculated) in [
        (jury.approved, exact.approved),
        (jury.declined, exact.declined),
        (jury.undecided, exact.undecided),
    ] {
        let distance = counted.distance(calculated);
        assert!(
            counted.agrees_with(calculated),
            "counted {} of {}, calculated {calculated}, {distance} standard errors",
            counted.hits,
            counted.of
        );
    }
}

#[test]
fn growing_juries_agree_with_the_formula_at_every_response_and_support() {
    let charter = with_jury("{ seats = 9, agree = 6, quorum = 6, then = 12 }");
    for (seed, response, support) in
        [(1, 1.0, 0.3), (2, 0.6, 0.4), (3, 0.3, 0.45), (4, 0.15, 0.6), (5, 0.9, 0.5)]
    {
        let usual = Question::usual();
        agrees(&forecast(
            &charter,
            &Question { response, support, seed, proposals_a_week: 400.0, ..usual },
        ));
    }
}

#[test]
fn small_groups_agree_with_the_formula_without_replacement() {
    let charter = with_jury("{ seats = 15, agree = 8, quorum = 5 }");
    for (seed, members, support) in [(11, 200, 0.4), (12, 300, 0.7), (13, 1_000, 0.3)] {
        let usual = Question::usual();
        agrees(&forecast(
            &charter,
            &Question { members, support, seed, proposals_a_week: 60.0, years: 5, ..usual },
        ));
    }
}

#[test]
fn juries_in_steps_agree_with_the_formula() {
    let charter = with_jury("{ seats = 7, quorum = 4, then = 4, lead = 5, cap = 31 }");
    for (seed, response, support) in [(21, 1.0, 0.3), (22, 0.6, 0.4), (23, 0.2, 0.55)] {
        let usual = Question::usual();
        agrees(&forecast(
            &charter,
            &Question { response, support, seed, proposals_a_week: 300.0, ..usual },
        ));
    }
}

#[test]
fn a_last_caller_with_less_time_answers_as_often_as_the_formula_says() {
    let text = DEFAULT.replacen("window_hours = 72", "window_hours = 53", 1);
    let charter = parse(&text).expect("a charter");
    let question =
        Question { response: 0.4, seed: 31, proposals_a_week: 400.0, ..Question::usual() };
    agrees(&forecast(&charter, &question));
}

#[test]
fn co_signing_lapses_as_often_as_the_formula_says() {
    let mut question = Question { seed: 41, support: 0.4, ..Question::usual() };
    question.habits.readers_a_day = 0.4;
    question.proposals_a_week = 200.0;
    let forecast = forecast(&parse(DEFAULT).expect("a charter"), &question);
    let (stage, lapses) = forecast.cosign_lapses.expect("a formula");
    let counted = forecast.stages[stage];
    // Revised texts are co-signed anew and have as much time.
    let share = mic_forecast::answer::Share { hits: counted.lapsed, of: counted.entered };
    assert!(lapses > 0.1 && share.agrees_with(lapses), "{} and {lapses}", share.value());
}

#[test]
fn the_same_seed_counts_the_same_and_another_one_something_else() {
    let charter = parse(DEFAULT).expect("a charter");
    let with = |seed| forecast(&charter, &Question { seed, ..Question::usual() });
    assert_eq!(with(7), with(7));
    assert_ne!(with(7).verdict_times, with(8).verdict_times);
}

#[test]
fn a_forecast_stops_at_its_limit_and_says_so() {
    let charter = parse(DEFAULT).expect("a charter");
    let question = Question { calls_max: 1_000, ..Question::usual() };
    let short = forecast(&charter, &question);
    // The jury that reaches the limit is finished: at most all its seats, three times, twice.
    assert!(short.cut_short && short.load.calls < 1_000 + 21 * 6, "{}", short.load.calls);
    assert!(!forecast(&charter, &Question::usual()).cut_short);
}
