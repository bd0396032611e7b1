//! `mic charter` as people use it: every ready charter in every form and language, broken ones with the line and what to write, two compared.

use mic::cli::Exit;

use super::{file, typed};

const NAMES: [&str; 7] = [
    "default",
    "small_group",
    "two_juries",
    "consensus_assembly",
    "statistical_sample",
    "federation",
    "demo",
];

const DEFAULT: &str = include_str!("../../../../../charters/default.toml");

/// A key that no locale file has is shown in brackets.
fn has_words(text: &str) {
    for prefix in ["fact-", "stage-", "exit-", "explain-", "rules-", "limit-", "charter-"] {
        assert!(!text.contains(&format!("[{prefix}")), "{text}");
    }
}

#[test]
fn every_ready_charter_is_listed_checked_shown_and_explained() {
    let (exit, list, _) = typed(&["charter", "list"]);
    assert_eq!(exit, Exit::Ok);
    has_words(&list);
    for name in NAMES {
        assert!(list.lines().any(|line| line.starts_with(name)), "{name} in\n{list}");
        let (exit, out, err) = typed(&["charter", "check", name]);
        assert_eq!((exit, err.as_str()), (Exit::Ok, ""), "{out}");
        assert!(out.starts_with("ok ") && out.lines().count() == 1, "no warning: {out}");
        let (exit, out, _) = typed(&["charter", "show", name]);
        assert_eq!(exit, Exit::Ok);
        has_words(&out);
        let (_, json, _) = typed(&["charter", "show", name, "--json"]);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        for process in json["processes"].as_array().expect("a list") {
            for stage in process["stages"].as_array().expect("a list") {
                let (id, title) = (&stage["id"], &stage["title"]);
                let (id, title) = (id.as_str().expect("text"), title.as_str().expect("text"));
                assert!(out.contains(&format!("│ [{id}] {title} │")), "a box for {id}\n{out}");
                assert!(out.contains(&format!(". {title} (")), "a line for {id}\n{out}");
            }
        }
        for language in ["en", "de"] {
            let explain = ["charter", "explain", name, "--language", language];
            let (exit, general, _) = typed(&explain);
            assert_eq!(exit, Exit::Ok);
            has_words(&general);
            let (exit, numbers, _) = typed(&[&explain[..], &["--members", "1000"]].concat());
            assert_eq!(exit, Exit::Ok);
            has_words(&numbers);
            assert!(numbers.contains("1000"), "{numbers}");
            assert!(!numbers.contains("Up to ") && !numbers.contains("Bis "), "{numbers}");
        }
    }
}

#[test]
fn sentences_have_the_numbers_of_the_group() {
    let told =
        |name: &str, members: &str| typed(&["charter", "explain", name, "--members", members]).1;
    let small = told("default", "10");
    assert!(small.contains("Everyone is asked; more than half decide."), "{small}");
    assert!(small.contains("At least 2 of 10 must take part."), "{small}");
    let large = told("default", "1000");
    for part in
        ["9 seats; 6 must agree", "12 more are drawn", "At least 200 of 1000", "on to Who joins in"]
    {
        assert!(large.contains(part), "{part} is missing:\n{large}");
    }
    let sample = told("statistical_sample", "10000");
    assert!(sample.contains("370 seats; 186 must agree, at least 185 must answer"), "{sample}");
    let sample = typed(&["charter", "explain", "statistical_sample"]).1;
    assert!(sample.contains("a survey needs for 95 percent certainty and 5 percent"), "{sample}");
    let german = typed(&["charter", "explain", "consensus_assembly", "--language", "de"]).1;
    assert!(german.contains("2 Vetos halten es auf; jedes Veto sagt, warum."), "{german}");
    let (_, json, _) = typed(&["charter", "explain", "default", "--members", "10", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["members"], 10);
    assert!(json["processes"][0]["steps"][0]["asks"][0].is_string(), "{json}");
}

#[test]
fn reasons_come_with_ready_charters_alone() {
    let (exit, out, _) = typed(&["charter", "explain", "federation", "--reasons"]);
    assert_eq!(exit, Exit::Ok);
    assert!(out.contains("## How often it errs"), "{out}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "ours.toml", DEFAULT);
    let (exit, _, err) = typed(&["charter", "explain", &path, "--reasons"]);
    assert_eq!(exit, Exit::Unreadable);
    assert!(err.contains("page of reasons"), "{err}");
}

#[test]
fn complaints_have_line_quote_and_advice_and_warnings_do_not_refuse() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = DEFAULT.replacen("agree = 6", "agree = 4", 1);
    let line = 1 + broken.lines().position(|line| line.contains("agree = 4")).expect("there");
    let path = file(folder.path(), "broken.toml", &broken);
    let (exit, out, _) = typed(&["charter", "check", &path]);
    assert_eq!(exit, Exit::FoundBad);
    let expected = format!(
        "bad line {line}: {{ seats = 9, agree = 4, quorum = 6, then = 12 }},\n    process.message.stage.jury.sizes[2].agree: write a whole number \
         from 5 to 9\n"
    );
    assert_eq!(out, expected);
    let (exit, out, _) = typed(&["charter", "check", &path, "--json"]);
    assert_eq!(exit, Exit::FoundBad);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["accepted"], false);
    assert_eq!(json["complaints"][0]["line"], line);
    for command in ["show", "explain"] {
        let (exit, out, _) = typed(&["charter", command, &path]);
        assert_eq!(exit, Exit::FoundBad);
        assert!(out.contains("is refused:") && out.contains("agree = 4"), "{out}");
    }
    let open = DEFAULT.replacen("charter = 1\n", "charter = 1\nunguarded = true\n", 1).replacen(
        "lapsed = \"end\"\n\n[process.message.stage.appeal]",
        "lapsed = \"effect:broadcast\"\n\n[process.message.stage.appeal]",
        1,
    );
    let path = file(folder.path(), "open.toml", &open);
    let (exit, out, _) = typed(&["charter", "check", &path]);
    assert_eq!(exit, Exit::Ok, "{out}");
    assert!(out.starts_with("note line ") && out.contains("\nok Default charter "), "{out}");
    let (_, out, _) = typed(&["charter", "explain", &path]);
    assert!(out.contains("Careful:"), "{out}");
}

#[test]
fn a_charter_that_nothing_can_change_is_refused_for_groups_but_can_be_looked_at() {
    let (before, rest) = DEFAULT.split_once("[process.amendment]").expect("there");
    assert!(!rest.contains("\n[process.amendment]"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "fixed.toml", before);
    let (exit, out, _) = typed(&["charter", "check", &path]);
    assert_eq!(exit, Exit::FoundBad);
    assert!(out.starts_with("bad the whole text\n") && out.contains("effect:amend"), "{out}");
    assert_eq!(typed(&["charter", "show", &path]).0, Exit::Ok);
}

#[test]
fn two_charters_differ_by_what_members_would_notice() {
    let (exit, out, _) = typed(&["charter", "diff", "default", "default"]);
    assert_eq!((exit, out.as_str()), (Exit::Ok, "Nothing is different for members.\n"));
    let folder = tempfile::tempdir().expect("a folder");
    let comments = file(folder.path(), "comments.toml", &format!("# ours\n{DEFAULT}"));
    let (_, out, _) = typed(&["charter", "diff", "default", &comments]);
    assert_eq!(out, "Nothing is different for members.\n");

    let ours = DEFAULT
        .replacen("seats = 9, agree = 6", "seats = 9, agree = 7", 1)
        .replacen("rest_days = 7", "rest_days = 14", 1)
        .replacen("fail = \"answer\"", "fail = \"end\"", 1);
    let (ours, _) = ours.split_once("# ---------------------------------------------------------------------------------------------------\n[process.action]").expect("there");
    let ours = file(folder.path(), "ours.toml", ours);
    let (exit, out, _) = typed(&["charter", "diff", "default", &ours, "--members", "400"]);
    assert_eq!(exit, Exit::Ok);
    let expected = "\
What holds everywhere
    After serving, nobody is drawn for 14 days. (before: After serving, nobody is drawn for 7 days.)
";
    assert!(out.starts_with(expected), "{out}");
    for part in [
        "9 seats; 7 must agree, at least 6 must answer; If they do not agree, 12 more are drawn (before: 9 seats; 6 must agree",
        "not now: it ends (before: not now: on to The author may revise",
        "Do something together\n    No longer possible",
    ] {
        assert!(out.contains(part), "{part} is missing:\n{out}");
    }
    for (before, after) in
        NAMES.iter().flat_map(|one| NAMES.iter().map(move |other| (*one, *other)))
    {
        for language in ["en", "de"] {
            let (exit, out, _) = typed(&["charter", "diff", before, after, "--language", language]);
            assert_eq!(exit, Exit::Ok);
            has_words(&out);
        }
    }
    let (_, json, _) = typed(&["charter", "diff", "default", "demo", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(json["differences"].as_array().is_some_and(|parts| parts.len() > 3), "{json}");
}

#[test]
fn what_is_no_charter_or_no_number_is_wrong_usage() {
    for words in [
        &["charter", "show", "no-such-charter"][..],
        &["charter", "diff", "default", "no-such-charter"],
        &["charter", "explain", "default", "--members", "0"],
        &["charter", "explain", "default", "--members", "10000001"],
        &["charter", "explain", "default", "--language", "tlh"],
        &["charter", "diff", "default"],
    ] {
        let (exit, out, err) = typed(words);
        assert_eq!(exit, Exit::Unreadable, "{words:?}: {out}");
        assert!(!err.is_empty());
    }
    let (_, _, err) = typed(&["charter", "show", "no-such-charter"]);
    assert!(err.contains("mic charter list"), "{err}");
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "long.toml", &"#".repeat(100_001));
    let (exit, _, err) = typed(&["charter", "check", &path]);
    assert_eq!(exit, Exit::Unreadable);
    assert!(err.contains("at most 100000 bytes"), "{err}");
}
