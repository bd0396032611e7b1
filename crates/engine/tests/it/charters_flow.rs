//! Whatever charter passes the checks, every proposal under it ends, whatever happens; and no text makes the reader panic.
//! Knows nothing of what the checks say.

use mic_engine::charter::flow::{Target, Way};
use mic_engine::charter::parse::{parse, read};
use mic_engine::charter::{Charter, Id, Process, STAGES_MAX};
use proptest::prelude::*;

const WHOLE: &str = include_str!("charters_checks/whole.toml");

/// Each of at most two ways of recourse is taken once at most, and between them no stage is entered twice.
const STEPS_MAX: usize = 3 * STAGES_MAX;

/// A stage as a generator draws it: its kind and where up to four arrows lead.
type Drawn = (u8, [u8; 4]);

fn target(number: u8, stages: usize) -> String {
    let number = usize::from(number);
    match number % (stages + 2) {
        stage if stage < stages => format!("\"s{stage}\""),
        stage if stage == stages => "\"end\"".to_owned(),
        _ => "\"effect:record\"".to_owned(),
    }
}

fn stage(index: usize, (kind, arrows): Drawn, stages: usize) -> String {
    let to = arrows.map(|number| target(number, stages));
    let [a, b, c, _] = &to;
    let stage_of = |number: u8| format!("\"s{}\"", usize::from(number) % stages);
    let (revise, appeal) = (stage_of(arrows[2]), stage_of(arrows[3]));
    let body = match kind % 8 {
        0 => format!(
            "kind = \"cosign\"\nneeded = [{{ count = 1 }}]\ndays = 1\nremind_days = []\npass = {a}\nlapsed = {b}"
        ),
        1 => format!(
            "kind = \"jury\"\nsizes = [{{ seats = \"everyone\" }}]\nanswer_hours = 1\nwindow_hours = 1\nremind_hours = []\npass = {a}\nfail = {b}\nundecided = {c}"
        ),
        2 => format!(
            "kind = \"recourse\"\ndays = 1\nrevise = {revise}\nappeal = {appeal}\nlapsed = {a}"
        ),
        3 => format!("kind = \"wait\"\nhours = 1\npass = {a}"),
        4 => format!(
            "kind = \"vote\"\nwho = \"everyone\"\nmethod = \"schulze\"\nquorum = \"0/1\"\nhours = 1\nremind_hours = []\npass = {a}\nfail = {b}\nundecided = {c}"
        ),
        5 => format!(
            "kind = \"consensus\"\nwho = \"settled\"\nblocks = 1\nasides = \"0/1\"\nquorum = \"0/1\"\nhours = 1\nremind_hours = []\npass = {a}\nfail = {b}\nundecided = {c}"
        ),
        6 => format!(
            "kind = \"objection\"\nwho = \"everyone\"\nobjections = 1\nhours = 1\nremind_hours = []\npass = {a}\nfail = {b}"
        ),
        _ => format!(
            "kind = \"pledge\"\nwho = \"everyone\"\nat_least = 1\nhours = 1\nremind_hours = []\npass = {a}\nlapsed = {b}"
        ),
    };
    format!("[process.p.stage.s{index}]\ntitle = \"S\"\n{body}\n")
}

fn charter(drawn: &[Drawn]) -> String {
    let stages: String =
        drawn.iter().enumerate().map(|(index, it)| stage(index, *it, drawn.len())).collect();
    format!(
        "charter = 1\nname = \"N\"\nclock = {{ every_minutes = 1, offset_minutes = 0 }}\nlimits = {{ open_proposals_per_member = 1, \
         open_invitations_per_member = 1, new_days = 0 }}\nduty = {{ rest_days = 0 }}\n[process.p]\ntitle = \"P\"\nkind = \
         \"decision\"\naudiences = [\"members\"]\nfirst = \"s0\"\n{stages}"
    )
}

/// Follows the outcomes that `choices` draw from the start; how many stages were entered, or `None` if there is no end.
fn walk(process: &Process, choices: &[u8]) -> Option<usize> {
    let (mut at, mut revised, mut appealed): (Id, bool, bool) =
        (process.first.clone(), false, false);
    for entered in 1..=STEPS_MAX {
        let choice = usize::from(choices[entered % choices.len()]);
        let arrows: Vec<_> = process
            .arrows_from(&at)
            .into_iter()
            .filter(|arrow| match arrow.way {
                Way::Revise => !revised,
                Way::Appeal => !appealed,
                Way::Outcome(_) => true,
            })
            .collect();
        let arrow = arrows.get(choice % arrows.len().max(1)).expect("every stage has an outcome");
        revised |= arrow.way == Way::Revise;
        appealed |= arrow.way == Way::Appeal;
        match &arrow.to {
            Target::Stage(id) => at = id.clone(),
            Target::Effect(_) | Target::End => return Some(entered),
        }
    }
    None
}

fn every_walk_ends(charter: &Charter, choices: &[u8]) -> Result<(), TestCaseError> {
    for process in charter.processes.values() {
        prop_assert!(walk(process, choices).is_some(), "{:?}", process.reading_order());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn every_path_of_an_accepted_charter_ends(
        drawn in prop::collection::vec((any::<u8>(), any::<[u8; 4]>()), 1..5),
        choices in prop::collection::vec(any::<u8>(), 1..60),
    ) {
        let text = charter(&drawn);
        let reading = read(&text);
        for complaint in &reading.complaints {
            // The generator makes wrong flows only, so that what is accepted says something.
            prop_assert!(complaint.at.starts_with("process.p"), "{complaint}");
        }
        if let Some(charter) = reading.charter {
            every_walk_ends(&charter, &choices)?;
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        let _read = read(&text);
    }

    #[test]
    fn no_change_of_a_charter_makes_the_reader_panic(
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        put in "[a-z0-9_\\[\\]{}=\",./ \n-]{0,20}",
        choices in prop::collection::vec(any::<u8>(), 1..60),
    ) {
        let characters: Vec<char> = WHOLE.chars().collect();
        let from = at.index(characters.len());
        let to = (from + length).min(characters.len());
        let text: String = characters[..from].iter().copied().chain(put.chars()).chain(characters[to..].iter().copied()).collect();
        let reading = read(&text);
        prop_assert_eq!(reading.charter.is_some(), parse(&text).is_ok());
        for complaint in &reading.complaints {
            let lines = text.split('\n').count();
            prop_assert!(complaint.line.is_none_or(|line| (1..=lines).contains(&line)));
        }
        if let Some(charter) = reading.charter {
            every_walk_ends(&charter, &choices)?;
        }
    }
}

/// The generator above draws charters that are accepted, and such that turn back.
#[test]
fn flows_that_turn_in_a_circle_are_refused_and_those_that_turn_back_once_are_not() {
    let circle = charter(&[(3, [1, 0, 0, 0]), (0, [0, 3, 0, 0])]);
    let complaints = parse(&circle).expect_err("a circle");
    assert!(complaints.iter().any(|complaint| complaint.what.contains("turns in a circle")));
    let back = charter(&[(1, [4, 2, 2, 0]), (3, [4, 0, 0, 0]), (2, [3, 0, 0, 1])]);
    let charter = parse(&back).expect("accepted");
    for choices in [[0_u8], [1], [2], [3], [5], [7]] {
        for process in charter.processes.values() {
            assert!(walk(process, &choices).is_some());
        }
    }
}
