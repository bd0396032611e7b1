//! Wrong charters are refused with the place and what to write.
//! Knows nothing of proposals.

use mic_engine::charter::parse::parse;

const DEFAULT: &str = include_str!("../../../../charters/default.toml");

fn complaints(text: &str) -> Vec<String> {
    match parse(text) {
        Ok(_) => Vec::new(),
        Err(complaints) => complaints.iter().map(ToString::to_string).collect(),
    }
}

/// The default charter with one piece of text replaced.
fn changed(from: &str, to: &str) -> String {
    assert!(DEFAULT.contains(from), "the default charter has {from:?}");
    DEFAULT.replacen(from, to, 1)
}

fn refused(from: &str, to: &str, expected: &str) {
    let complaints = complaints(&changed(from, to));
    assert!(
        complaints.iter().any(|complaint| complaint.contains(expected)),
        "{from:?} -> {to:?}: expected {expected:?} in {complaints:#?}"
    );
}

#[test]
fn an_unknown_key_is_never_silently_ignored() {
    refused("new_days = 14", "new_day = 14", "limits.new_day: is not a rule of this place");
    refused("days = 14\n", "days = 14\ncolour = 3\n", "colour: is not a rule of this place");
}

#[test]
fn numbers_outside_their_range_say_the_range() {
    refused(
        "every_minutes = 60",
        "every_minutes = 0",
        "clock.every_minutes: write a whole number from 1 to 10080",
    );
    refused(
        "offset_minutes = 10",
        "offset_minutes = 60",
        "clock.offset_minutes: write a whole number from 0 to 59",
    );
    refused("rest_days = 7", "rest_days = -1", "duty.rest_days: write a whole number from 0 to 90");
    refused("agree = 6", "agree = 4", "agree: write a whole number from 5 to 9");
    refused("then = 12", "then = 11", "then: write a number that makes seats + then odd");
    refused(
        "window_hours = 72",
        "window_hours = 12",
        "window_hours: write a whole number from 24 to 2160",
    );
}

#[test]
fn arrows_must_lead_somewhere() {
    let advice = "process.message.stage.cosign.pass: leads to a stage that does not exist";
    refused("pass = \"jury\"", "pass = \"jurry\"", advice);
    refused("first = \"cosign\"", "first = \"start\"", "process.message.first: leads to a stage");
    refused(
        "effect:broadcast",
        "effect:shout",
        "write effect:broadcast, effect:admit, effect:remove",
    );
}

#[test]
fn every_stage_must_be_reached() {
    refused("appeal = \"appeal\"\n", "", "process.message.stage.appeal: no path leads here");
}

#[test]
fn nothing_reaches_everybody_without_a_jury() {
    refused(
        "pass = \"jury\"\nlapsed = \"end\"",
        "pass = \"effect:broadcast\"\nlapsed = \"jury\"",
        "process.message.stage.cosign.pass: would reach everybody though nobody judged it",
    );
    refused(
        "fail = \"answer\"",
        "fail = \"effect:broadcast\"",
        "process.message.stage.jury.fail: would reach everybody though nobody judged it",
    );
}

#[test]
fn only_an_admission_admits() {
    refused(
        "pass = \"effect:broadcast\"",
        "pass = \"effect:admit\"",
        "effect:admit does not belong to a process of kind \"message\"",
    );
}

#[test]
fn a_path_that_turns_in_a_circle_is_refused() {
    refused(
        "fail = \"answer\"\nundecided = \"answer\"",
        "fail = \"cosign\"\nundecided = \"answer\"",
        "turns in a circle",
    );
}

#[test]
fn a_text_that_is_no_toml_or_too_long_says_so() {
    assert!(complaints("charter = ").iter().any(|complaint| complaint.contains("line 1")));
    let long = format!("# {}\n{DEFAULT}", "x".repeat(100_000));
    assert!(complaints(&long).iter().any(|complaint| complaint.contains("at most 100000 bytes")));
    let all = complaints("");
    for key in ["charter", "name", "clock", "limits", "duty", "process"] {
        assert!(all.iter().any(|complaint| complaint.starts_with(key)), "{key} in {all:#?}");
    }
}

#[test]
fn rules_by_size_ascend_and_end_without_a_bound() {
    refused("members_up_to = 29", "members_up_to = 12", "write a whole number from 13");
    refused(
        "{ seats = 9, agree = 6,",
        "{ members_up_to = 99, seats = 9, agree = 6,",
        "and the last has none",
    );
}
