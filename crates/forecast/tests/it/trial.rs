//! Hand-made histories under other rules: what would differ, with which chance worked out by hand, and what cannot be known.

use mic_engine::charter::parse::parse;
use mic_engine::charter::{Audience, Charter, EffectKind, Id, JuryTerms, Outcome};
use mic_engine::event::{Ending, RecourseChoice};
use mic_engine::ids::{LogTime, ProposalNumber, Span};
use mic_forecast::trial::{
    self, Case, Compared, End, JuryFact, RoundFact, Seen, StepFact, Trial, Unknown, Why,
};

const DEFAULT: &str = include_str!("../../../../charters/default.toml");
const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
/// Ten minutes past a full hour: an instant of the default charter's clock.
const START: u64 = 1_000_000 * HOUR + 10 * 60_000;

const DONE: End = End { ending: Ending::Done, effect: Some(EffectKind::Broadcast) };
const DECLINED: End = End { ending: Ending::Declined, effect: None };

fn id(text: &str) -> Id {
    Id::parse(text).expect("an id")
}

fn changed(changes: &[(&str, &str)]) -> Charter {
    let mut text = DEFAULT.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    parse(&text).unwrap_or_else(|complaints| panic!("{complaints:?}"))
}

const NINE: &str = "{ seats = 9, agree = 6, quorum = 6, then = 12 }";

/// Two co-signed after one and two hours, then a jury of the default charter's nine said so; drawn at the next instant of the clock, and all
/// had answered ten hours later.
fn case(yes: u32, no: u32) -> Case {
    let cosigned = START + 2 * HOUR;
    let (slot, closed) = (START + 3 * HOUR, START + 13 * HOUR);
    let outcome = if yes >= 6 { Outcome::Pass } else { Outcome::Fail };
    let mut steps = vec![
        StepFact {
            stage: id("cosign"),
            entered_at: LogTime(START),
            ended_at: LogTime(cosigned),
            outcome: Some(Outcome::Pass),
            seen: Seen::Cosign { given: vec![LogTime(START + HOUR), LogTime(cosigned)] },
        },
        StepFact {
            stage: id("jury"),
            entered_at: LogTime(cosigned),
            ended_at: LogTime(closed),
            outcome: Some(outcome),
            seen: Seen::Jury(JuryFact {
                terms: JuryTerms::Fixed { seats: 9, agree: 6, quorum: 6, then: 12 },
                window: Span::hours(72),
                eligible: 97,
                slot_at: LogTime(slot),
                drawn_at: Some(LogTime(slot)),
                replaced: 0,
                rounds: vec![RoundFact { seats: 9, yes, no, closed_at: LogTime(closed) }],
            }),
        },
    ];
    if outcome == Outcome::Fail {
        steps.push(StepFact {
            stage: id("answer"),
            entered_at: LogTime(closed),
            ended_at: LogTime(closed + HOUR),
            outcome: Some(Outcome::Lapsed),
            seen: Seen::Recourse { choice: Some(RecourseChoice::Accept) },
        });
    }
    let closed_at = steps.last().map_or(LogTime(closed), |last| last.ended_at);
    Case {
        proposal: ProposalNumber(0),
        process: id("message"),
        audience: Audience::Members,
        opened_at: LogTime(START),
        roll: 100,
        end: Some(if outcome == Outcome::Pass { DONE } else { DECLINED }),
        closed_at,
        steps,
    }
}

fn only(trial: &Trial) -> &Compared {
    assert_eq!(trial.differing.len(), 1, "{trial:?}");
    &trial.differing[0]
}

fn near(left: f64, right: f64) {
    assert!((left - right).abs() < 1e-9, "{left} {right}");
}

#[test]
fn under_the_same_rules_nothing_differs() {
    let trial = trial::run(&changed(&[]), &[case(9, 0), case(6, 3), case(2, 7)]);
    assert_eq!(trial.differing, vec![], "{trial:?}");
    assert_eq!((trial.sums.cases, trial.sums.same), (3, 3));
    assert_eq!((trial.sums.summoned_was, trial.sums.summoned_would), (27, 27));
    assert_eq!(trial.sums.length_was, trial.sums.length_would);
}

#[test]
fn a_smaller_jury_decides_otherwise_with_the_share_of_those_that_would_have() {
    let three = changed(&[(NINE, "{ seats = 3, agree = 2, quorum = 2 }")]);
    // 6 yes, 3 no: C(3,3) + C(3,2)·6 = 19 of 84 ways to take three hold two no or more. What the author would have done then is unknown.
    let trial = trial::run(&three, &[case(6, 3)]);
    let compared = only(&trial);
    near(compared.would.chance_of(DONE), 65.0 / 84.0);
    let (unknown, chance) = compared.would.unknown.clone().expect("not sure");
    assert_eq!(unknown, Unknown::Author { stage: id("answer") });
    near(chance, 19.0 / 84.0);
    assert!(compared.would.why.contains(&Why::Seats { stage: id("jury"), was: 9, would: 3 }));
    near(compared.would.summoned, 3.0);
    assert_eq!((compared.same_percent(), compared.unknown_percent()), (77, 23));
    // Clear votes stay what they are, and cost less.
    let trial = trial::run(&three, &[case(9, 0), case(0, 9)]);
    assert_eq!((trial.sums.effort, trial.sums.unknown, trial.sums.otherwise), (2, 0, 0));
    assert_eq!((trial.sums.summoned_was, trial.sums.summoned_would), (18, 6));
}

#[test]
fn a_no_that_a_smaller_jury_may_have_turned_is_a_chance() {
    let three = changed(&[(NINE, "{ seats = 3, agree = 2, quorum = 2 }")]);
    let trial = trial::run(&three, &[case(3, 6)]);
    let compared = only(&trial);
    near(compared.would.chance_of(DECLINED), 65.0 / 84.0);
    near(compared.would.chance_of(DONE), 19.0 / 84.0);
    assert_eq!((trial.sums.perhaps, compared.unknown_percent()), (1, 0));
}

#[test]
fn a_larger_jury_is_said_to_be_unknown_with_the_number_of_those_never_asked() {
    let larger = changed(&[(NINE, "{ seats = 21, agree = 11, quorum = 11 }")]);
    let trial = trial::run(&larger, &[case(6, 3), case(9, 0)]);
    assert_eq!(trial.sums.unknown, 2);
    for compared in &trial.differing {
        let (unknown, chance) = compared.would.unknown.clone().expect("unknown");
        assert_eq!(unknown, Unknown::NeverAsked { stage: id("jury"), count: 12 });
        near(chance, 1.0);
        near(compared.would.summoned, 21.0);
    }
    assert_eq!((trial.sums.summoned_was, trial.sums.summoned_would), (0, 0));
}

#[test]
fn fewer_co_signers_save_time_and_more_cannot_be_known() {
    let one = changed(&[("{ count = 2 }", "{ count = 1 }")]);
    let trial = trial::run(&one, &[case(9, 0)]);
    let compared = only(&trial);
    near(compared.would.chance_of(DONE), 1.0);
    // One hour earlier ready, so one instant of the clock earlier drawn.
    near(compared.would.length, 12.0 * 3_600_000.0);
    assert_eq!(compared.length_was, Span::hours(13));
    assert_eq!(trial.sums.effort, 1);

    let three = changed(&[("{ count = 2 }", "{ count = 3 }")]);
    let trial = trial::run(&three, &[case(9, 0)]);
    let (unknown, _) = only(&trial).would.unknown.clone().expect("unknown");
    assert_eq!(unknown, Unknown::MoreCosigners { stage: id("cosign"), count: 1 });
}

#[test]
fn a_new_time_to_think_makes_it_longer_and_a_new_jury_makes_it_unknown() {
    let wait = "[process.message.stage.calm]\nkind = \"wait\"\ntitle = \"Sleep on it\"\nhours = 24\npass = \"jury\"\n\n[process.message.stage.jury]";
    let calm =
        changed(&[("pass = \"jury\"", "pass = \"calm\""), ("[process.message.stage.jury]", wait)]);
    let trial = trial::run(&calm, &[case(9, 0)]);
    let compared = only(&trial);
    near(compared.would.length, 37.0 * 3_600_000.0);
    assert_eq!(compared.would.why, [Why::Added { stage: id("calm") }]);

    let second = "[process.message.stage.second]\nkind = \"jury\"\ntitle = \"Again\"\nsizes = [{ seats = 5, agree = 3, quorum = 3 }]\nanswer_hours = 24\nwindow_hours = 48\nremind_hours = []\npass = \"effect:broadcast\"\nfail = \"end\"\nundecided = \"end\"\n\n[process.message.stage.answer]";
    let twice = changed(&[
        ("pass = \"effect:broadcast\"", "pass = \"second\""),
        ("[process.message.stage.answer]", second),
    ]);
    let trial = trial::run(&twice, &[case(9, 0), case(0, 9)]);
    let compared = only(&trial);
    let (unknown, _) = compared.would.unknown.clone().expect("unknown");
    assert_eq!(unknown, Unknown::NeverAsked { stage: id("second"), count: 5 });
    assert_eq!(trial.sums.same, 1, "what was declined before never comes to the second jury");
}

#[test]
fn a_stage_with_another_name_is_the_same_stage() {
    let text = DEFAULT
        .replace("stage.jury]", "stage.judges]")
        .replace("pass = \"jury\"", "pass = \"judges\"");
    let renamed = parse(&text).expect("a charter");
    let trial = trial::run(&renamed, &[case(9, 0), case(2, 7)]);
    assert_eq!(trial.sums.same, 2, "{trial:?}");
}

#[test]
fn withdrawn_open_and_foreign_cases_are_told_apart() {
    let mut withdrawn = case(9, 0);
    withdrawn.steps.truncate(1);
    withdrawn.steps[0].outcome = None;
    withdrawn.steps[0].seen = Seen::Cosign { given: vec![LogTime(START + HOUR)] };
    withdrawn.end = Some(End { ending: Ending::Withdrawn, effect: None });
    withdrawn.closed_at = LogTime(START + 2 * HOUR);
    let mut open = case(9, 0);
    open.end = None;
    let mut foreign = case(9, 0);
    foreign.process = id("nowhere");
    let trial = trial::run(&changed(&[]), &[withdrawn, open, foreign]);
    assert_eq!((trial.running, trial.sums.cases, trial.sums.same), (1, 2, 1), "{trial:?}");
    assert_eq!(only(&trial).would.why, [Why::NoProcess]);
    assert_eq!(trial.sums.otherwise, 1);
}

#[test]
fn votes_and_positions_are_counted_again_by_the_new_thresholds() {
    let text = |agree: &str| {
        format!(
            "charter = 1\nname = \"Vote\"\nclock = {{ every_minutes = 60, offset_minutes = 10 }}\nduty = {{ rest_days = 0 }}\n\
             limits = {{ open_proposals_per_member = 3, open_invitations_per_member = 5, new_days = 0 }}\n\
             [process.message]\ntitle = \"Ask all\"\nkind = \"message\"\naudiences = [\"members\"]\nfirst = \"vote\"\n\
             [process.message.stage.vote]\nkind = \"vote\"\ntitle = \"All vote\"\nmethod = \"yes_no\"\nremind_hours = []\n{agree}\ndays = 7\n\
             pass = \"effect:broadcast\"\nfail = \"end\"\nundecided = \"end\"\n"
        )
    };
    let vote = |yes: u64, no: u64| {
        let mut case = case(9, 0);
        let end = LogTime(START + 7 * DAY);
        case.steps = vec![StepFact {
            stage: id("vote"),
            entered_at: LogTime(START),
            ended_at: end,
            outcome: Some(Outcome::Pass),
            seen: Seen::Vote(trial::VoteFact {
                drawn: false,
                method: mic_engine::charter::Method::YesNo { agree: "1/2".parse().expect("read") },
                options: 0,
                eligible: 100,
                cast: yes + no,
                totals: vec![yes, no],
                winners: Vec::new(),
            }),
        }];
        case.closed_at = end;
        case
    };
    let read = |agree: &str| parse(&text(agree)).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let all = "who = \"everyone\"\nquorum = \"1/5\"\n";
    let half = read(&format!("{all}agree = \"1/2\""));
    let two_thirds = read(&format!("{all}agree = \"2/3\""));
    assert_eq!(trial::run(&half, &[vote(60, 40), vote(70, 30)]).sums.same, 2);
    let trial = trial::run(&two_thirds, &[vote(60, 40), vote(70, 30)]);
    assert_eq!((trial.sums.same, trial.sums.otherwise), (1, 1));
    near(only(&trial).would.chance_of(DECLINED), 1.0);
    // Of 100 who all voted, 2 yes and 98 no, an assembly of one says yes in two cases of a hundred.
    let one = "who = \"drawn\"\nsizes = [{ seats = 1 }]\nquorum = \"1/1\"\nagree = \"1/2\"";
    let trial = trial::run(&read(one), &[vote(98, 2)]);
    near(only(&trial).would.chance_of(DONE), 0.98);
    near(only(&trial).would.chance_of(DECLINED), 0.02);
}
