//! Every charter that comes with the program can be forecast, for every process and size; what comes out makes sense.

use mic_engine::charter::Charter;
use mic_engine::charter::parse::parse;
use mic_forecast::curve::levels;
use mic_forecast::plan::LeftOut;
use mic_forecast::run::run;
use mic_forecast::{Forecast, Plan, Question};

const DEFAULT: &str = include_str!("../../../../charters/default.toml");
const SMALL: &str = include_str!("../../../../charters/small_group.toml");
const TWO: &str = include_str!("../../../../charters/two_juries.toml");

fn forecast(charter: &Charter, process: &str, question: &Question) -> Forecast {
    let plan = Plan::of(charter, Some(process), question.members).expect("a process");
    run(question, &plan).expect("within range")
}

#[test]
fn every_process_of_every_ready_charter_is_lived_through_in_groups_of_every_size() {
    for text in [DEFAULT, SMALL, TWO] {
        let charter = parse(text).expect("a charter");
        for process in charter.processes.keys() {
            for members in [3, 7, 12, 29, 100, 5_000] {
                let question = Question { members, ..Question::usual() };
                let forecast = forecast(&charter, process.as_str(), &question);
                let shares =
                    [forecast.passed, forecast.declined, forecast.undecided, forecast.lapsed];
                let sum: u64 = shares.iter().map(|share| share.hits).sum();
                assert!(forecast.proposals > 800, "{process} {members}");
                assert_eq!(sum, forecast.proposals, "{process} {members}");
                let by_calls: u64 = forecast.load.members_by_calls.iter().sum();
                assert_eq!(by_calls, u64::from(members));
                let called: u64 = forecast.stages.iter().map(|stage| stage.called).sum();
                assert_eq!(called, forecast.load.calls);
            }
        }
    }
}

#[test]
fn a_process_that_is_not_there_is_refused_and_without_a_name_messages_are_meant() {
    let charter = parse(DEFAULT).expect("a charter");
    assert!(Plan::of(&charter, Some("nothing"), 100).is_err());
    let plan = Plan::of(&charter, None, 100).expect("a process");
    assert_eq!(plan.process, "message");
    assert!(plan.reaches_everybody);
}

#[test]
fn the_usual_question_has_the_usual_answer() {
    let charter = parse(DEFAULT).expect("a charter");
    let answer = forecast(&charter, "message", &Question::usual());
    let times = answer.to_verdict.expect("verdicts");
    // Two co-signatures take about a day and a half, the jury up to three days, and those that grow longer.
    assert!((48.0..160.0).contains(&times.median), "{times:?}");
    assert!(times.p90 > times.median);
    // One in 10,000 members is called every few years: 20 a week, about 20 calls each.
    assert!((1.0..5.0).contains(&answer.load.per_member_and_year), "{:?}", answer.load);
    assert!((answer.reading.per_broadcast - 20_000.0).abs() < 1e-9);
    let weekly = answer.reading.broadcasts_a_week * answer.question.habits.reading_minutes;
    assert!((answer.reading.per_member_and_week - weekly).abs() < 1e-9);
    let (wrong, exact) = answer.wrong().expect("most are against it");
    assert!(wrong.agrees_with(exact.expect("a formula")));
}

#[test]
fn where_few_have_to_serve_often_the_rest_is_suspended() {
    let charter = parse(DEFAULT).expect("a charter");
    let few = Question { members: 30, proposals_a_week: 5.0, ..Question::usual() };
    let few = forecast(&charter, "message", &few).load;
    assert!(few.unrested * 10 > few.draws, "{few:?}");
    let many = forecast(&charter, "message", &Question::usual()).load;
    assert_eq!(many.unrested, 0);
}

#[test]
fn more_response_is_faster_and_more_support_passes_more() {
    let charter = parse(DEFAULT).expect("a charter");
    let with = |response, support| {
        forecast(&charter, "message", &Question { response, support, ..Question::usual() })
    };
    let hours = |forecast: &Forecast| forecast.to_verdict.expect("verdicts").median;
    assert!(hours(&with(0.9, 0.4)) < hours(&with(0.3, 0.4)));
    assert!(with(0.6, 0.3).passed.value() < with(0.6, 0.6).passed.value());
}

#[test]
fn the_curve_falls_towards_both_ends_and_both_of_its_lines_agree() {
    let charter = parse(DEFAULT).expect("a charter");
    let question = Question { proposals_a_week: 200.0, ..Question::usual() };
    let plan = Plan::of(&charter, None, question.members).expect("a process");
    let levels = levels(&question, &plan, 3_000).expect("within range");
    for level in &levels {
        let (counted, exact) = (level.counted.expect("counted"), level.exact.expect("a formula"));
        assert!(counted.agrees_with(exact), "{level:?}");
    }
    let exact: Vec<f64> = levels.iter().filter_map(|level| level.exact).collect();
    assert!(exact[..8].is_sorted() && exact[8..].iter().rev().is_sorted(), "{exact:?}");
    assert!(levels.iter().map(|level| level.passed.value()).is_sorted_by(|a, b| *a <= b + 0.03));
}

#[test]
fn stages_that_ask_everybody_are_lived_through_and_what_is_left_out_is_named() {
    let text = DECISIONS.replace("CHARTER", DEFAULT);
    let charter = parse(&text).expect("a charter");
    let question = Question { response: 0.8, support: 0.7, ..Question::usual() };
    let decided = forecast(&charter, "decide", &question);
    assert!(decided.passed.value() > 0.99, "{:?}", decided.passed);
    assert!(decided.load.votes_per_member_and_year > 500.0);
    let hours = decided.to_pass.expect("passes").median;
    assert!((7.0 * 24.0..14.0 * 24.0).contains(&hours), "{hours}");
    let drawn = forecast(&charter, "assembly", &question);
    assert_eq!(drawn.load.draws, drawn.stages[1].entered);
    assert!(drawn.stages[1].seats >= 100 * drawn.stages[1].entered);
    let plan = Plan::of(&charter, Some("choose"), 100).expect("a process");
    assert_eq!(plan.left_out, [LeftOut::Options]);
    for process in ["agree", "object", "promise"] {
        let answer = forecast(&charter, process, &question);
        assert_eq!(answer.proposals, answer.passed.of);
    }
    let against = Question { support: 0.3, ..question };
    assert_eq!(forecast(&charter, "decide", &against).passed.hits, 0);
    assert_eq!(forecast(&charter, "object", &against).passed.hits, 0);
    let silent = Question { response: 0.2, ..question };
    assert_eq!(
        forecast(&charter, "decide", &silent).undecided.hits,
        forecast(&charter, "decide", &silent).proposals
            - forecast(&charter, "decide", &silent).lapsed.hits
    );
}

/// Behind the default charter: processes whose stages ask everybody.
const DECISIONS: &str = r#"CHARTER
[process.decide]
title = "Decide"
kind = "decision"
audiences = ["members"]
first = "cosign"
[process.decide.stage.cosign]
kind = "cosign"
title = "Co-sign"
needed = [{ count = 2 }]
days = 14
remind_days = []
pass = "vote"
lapsed = "end"
[process.decide.stage.vote]
kind = "vote"
title = "Vote"
who = "everyone"
method = "yes_no"
agree = "1/2"
quorum = "1/2"
days = 7
remind_hours = []
pass = "effect:record"
fail = "end"
undecided = "end"

[process.assembly]
title = "An assembly decides"
kind = "decision"
audiences = ["members"]
first = "cosign"
[process.assembly.stage.cosign]
kind = "cosign"
title = "Co-sign"
needed = [{ count = 2 }]
days = 14
remind_days = []
pass = "vote"
lapsed = "end"
[process.assembly.stage.vote]
kind = "vote"
title = "Vote"
who = "drawn"
sizes = [{ seats = 100 }]
method = "yes_no"
agree = "1/2"
quorum = "1/2"
days = 7
remind_hours = []
pass = "effect:record"
fail = "end"
undecided = "end"

[process.choose]
title = "Choose"
kind = "decision"
audiences = ["members"]
first = "vote"
[process.choose.stage.vote]
kind = "vote"
title = "Vote"
who = "everyone"
method = "schulze"
quorum = "1/2"
days = 7
remind_hours = []
pass = "effect:record"
fail = "end"
undecided = "end"

[process.agree]
title = "Agree"
kind = "decision"
audiences = ["members"]
first = "consensus"
[process.agree.stage.consensus]
kind = "consensus"
title = "Consensus"
who = "everyone"
blocks = 3
asides = "1/4"
quorum = "1/2"
days = 7
remind_hours = []
pass = "effect:record"
fail = "end"
undecided = "end"

[process.object]
title = "Object"
kind = "decision"
audiences = ["members"]
first = "objection"
[process.object.stage.objection]
kind = "objection"
title = "Silence consents"
who = "everyone"
objections = 5
days = 7
remind_hours = []
pass = "effect:record"
fail = "end"

[process.promise]
title = "Pledge"
kind = "action"
audiences = ["members"]
first = "jury"
[process.promise.stage.jury]
kind = "jury"
title = "Jury"
sizes = [{ seats = 9, agree = 6, quorum = 6 }]
answer_hours = 24
window_hours = 72
remind_hours = []
pass = "pledge"
fail = "end"
undecided = "end"
[process.promise.stage.pledge]
kind = "pledge"
title = "Pledge"
who = "everyone"
at_least = 40
days = 7
remind_hours = []
pass = "effect:action"
lapsed = "end"
"#;
