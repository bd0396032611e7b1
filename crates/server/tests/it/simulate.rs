//! `mic charter simulate` as people type it and as scripts read it.

use mic::cli::{Exit, Screen, run};

/// Types a command; gives its exit and what it wrote to both streams.
fn typed(words: &[&str]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = ["mic", "charter", "simulate"].iter().chain(words).map(Into::into);
    let exit = run(words, &mut Screen { out: &mut out, err: &mut err });
    (exit, String::from_utf8(out).expect("text"), String::from_utf8(err).expect("text"))
}

#[test]
fn the_question_of_the_help_is_answered_as_a_table() {
    let (exit, out, err) = typed(&[
        "--members",
        "10000",
        "--proposals-per-week",
        "20",
        "--response-rate",
        "0.6",
        "--support",
        "0.4",
    ]);
    assert_eq!((exit, err.as_str()), (Exit::Ok, ""));
    for part in ["10,000 members", "Wrong verdicts", "Calculated", "real people", "Real people"] {
        let found = out.to_lowercase().contains(&part.to_lowercase());
        assert!(found, "{part} is missing:\n{out}");
    }
    // Columns are aligned: the head of the second one ends where its cells do.
    let lines: Vec<&str> = out.lines().collect();
    let head = lines.iter().position(|line| line.starts_with("What ")).expect("a table");
    let end = lines[head].find("Counted").expect("a column") + "Counted".len();
    let row = lines[head + 1].trim_end().chars().count();
    assert_eq!(row, end, "{}\n{}", lines[head], lines[head + 1]);
}

#[test]
fn scripts_read_numbers_and_drawings_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let svg = folder.path().join("forecast.svg");
    let path = svg.to_str().expect("text");
    let (exit, out, _) =
        typed(&["--charter", "small_group", "--members", "200", "--json", "--svg", path]);
    assert_eq!(exit, Exit::Ok);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["members"], 200);
    let proposals = answer["proposals"].as_u64().expect("a count");
    let ends = ["passed", "declined", "undecided", "lapsed"];
    let sum: u64 = ends.iter().filter_map(|end| answer[*end]["hits"].as_u64()).sum();
    assert_eq!(sum, proposals);
    assert_eq!(answer["levels"].as_array().map(Vec::len), Some(16));
    let drawing = std::fs::read_to_string(&svg).expect("written");
    assert!(drawing.starts_with("<svg xmlns=") && drawing.contains("prefers-color-scheme:dark"));
    assert!(!drawing.contains("NaN"));
}

#[test]
fn numbers_out_of_range_and_unknown_processes_are_told_what_to_write() {
    for (words, told) in [
        (["--members", "2"], "--members: write 3 to 10000000"),
        (["--response-rate", "0"], "--response-rate: write a share from 0.01 to 1"),
        (["--support", "40"], "--support: write a share from 0 to 1"),
        (["--years", "0"], "--years: write 1 to 50"),
        (["--proposals-per-week", "0"], "--proposals-per-week: write"),
        (["--revising", "2"], "--revising: write a share"),
        (["--process", "nothing"], "this charter has action, admission, amendment"),
        (["--charter", "no-such-file.toml"], "no-such-file.toml"),
    ] {
        let (exit, _, err) = typed(&words);
        assert_eq!(exit, Exit::Unreadable, "{words:?}");
        assert!(err.contains(told), "{words:?}: {err}");
    }
}

#[test]
fn the_help_says_what_the_model_takes_for_granted() {
    let (exit, out, _) = typed(&["--help"]);
    assert_eq!(exit, Exit::Ok);
    assert!(out.contains("real people do not") && out.contains("Exit codes"), "{out}");
}
