//! The command line as people use it: what they type, what they read, what a script sees.

/// everything about charters
mod charter;

use std::path::Path;

use mic::cli::{Exit, Screen, run};

/// Types a command; gives its exit and what it wrote to both streams.
fn typed(words: &[&str]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("mic").chain(words.iter().copied()).map(Into::into);
    let exit = run(words, &mut Screen { out: &mut out, err: &mut err });
    (exit, String::from_utf8(out).expect("text"), String::from_utf8(err).expect("text"))
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.to_str().expect("text").to_owned()
}

#[test]
fn help_is_an_answer_and_a_mistyped_word_is_wrong_usage() {
    let (exit, out, _) = typed(&["--help"]);
    assert_eq!(exit, Exit::Ok);
    assert!(out.contains("mic demo") && out.contains("Exit codes"), "{out}");
    let (exit, out, err) = typed(&["serv"]);
    assert_eq!((exit, out.as_str()), (Exit::Unreadable, ""));
    assert!(err.contains("serve"), "{err}");
}

#[test]
fn a_charter_is_shown_as_boxes_and_a_broken_one_is_refused_with_advice() {
    let (exit, out, _) = typed(&["charter", "show", "default"]);
    assert_eq!(exit, Exit::Ok);
    for part in ["[cosign]", "[jury]", "(broadcast)", "revise", "9 seats; 6 must agree"] {
        assert!(out.contains(part), "{part} is missing:\n{out}");
    }
    let (exit, out, _) = typed(&["charter", "check", "default", "--json"]);
    assert_eq!(exit, Exit::Ok);
    assert!(out.contains("\"accepted\":true"), "{out}");

    let folder = tempfile::tempdir().expect("a folder");
    let broken =
        include_str!("../../../../charters/default.toml").replace("rest_days", "rest_dais");
    let path = file(folder.path(), "broken.toml", &broken);
    let (exit, out, _) = typed(&["charter", "check", &path]);
    assert_eq!(exit, Exit::FoundBad);
    assert!(out.contains("rest_dais"), "{out}");
    let (exit, _, err) = typed(&["charter", "check", "no-such-file.toml"]);
    assert_eq!(exit, Exit::Unreadable);
    assert!(err.contains("no-such-file.toml"), "{err}");
}

#[test]
fn a_draw_is_recomputed_and_a_wrong_signature_is_found() {
    let inputs = "ab".repeat(32);
    let randomness = "cd".repeat(32);
    let draw = ["draw", "--inputs", &inputs, "--randomness", &randomness, "--roll", "40"];
    let (exit, all, _) = typed(&[&draw[..], &["--seats", "40", "--json"]].concat());
    assert_eq!(exit, Exit::Ok);
    let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
    let all = all["seated"].as_array().expect("a list").clone();
    assert_eq!(all.len(), 40);
    let first = all[0].to_string();
    let (_, out, _) =
        typed(&[&draw[..], &["--seats", "2", "--excluded", &first, "--json"]].concat());
    let some: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(some["seated"], serde_json::json!([all[1], all[2]]));

    let signature = "00".repeat(48);
    let wrong = ["draw", "--inputs", &inputs, "--signature", &signature, "--round", "1000"];
    let (exit, out, _) =
        typed(&[&wrong[..], &["--quicknet", "--roll", "9", "--seats", "3"]].concat());
    assert_eq!(exit, Exit::FoundBad);
    assert!(out.starts_with("bad beacon_invalid"), "{out}");
    let (exit, _, err) = typed(&[
        "draw",
        "--inputs",
        "ab",
        "--randomness",
        &randomness,
        "--roll",
        "9",
        "--seats",
        "3",
    ]);
    assert_eq!(exit, Exit::Unreadable);
    assert!(err.contains("--inputs"), "{err}");
}

#[test]
fn what_is_no_bundle_cannot_be_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = file(folder.path(), "empty.mic", "");
    let text = file(folder.path(), "text.mic", "hello\n");
    for path in [empty.as_str(), &text, "no-such-file.mic"] {
        let (exit, _, err) = typed(&["verify", path]);
        assert_eq!(exit, Exit::Unreadable, "{path}");
        assert!(err.starts_with("mic: "), "{err}");
    }
    let (exit, _, err) = typed(&["verify", "--key", "short", &text]);
    assert_eq!(exit, Exit::Unreadable);
    assert!(err.contains("--key"), "{err}");
}

#[test]
fn doctor_says_what_to_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = format!(
        "data = \"{}\"\norigin = \"http://no-such-name.invalid\"\n[mail]\nserver = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\n",
        folder.path().display()
    );
    let path = file(folder.path(), "mic.toml", &settings);
    let (exit, out, _) = typed(&["doctor", "--config", &path]);
    assert_eq!(exit, Exit::FoundBad);
    for line in ["bad  name:", "bad  mail:", "disk sync", "warn beacon:", "→"] {
        assert!(out.contains(line), "{line} is missing:\n{out}");
    }
    assert!(!folder.path().join("doctor.test").exists());
    let (exit, out, _) = typed(&["doctor", "--config", &path, "--json"]);
    assert_eq!(exit, Exit::FoundBad);
    for line in out.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    }
}

#[test]
fn a_group_moves_to_another_server_whole() {
    let (from, to) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (from_path, to_path) =
        (from.path().to_str().expect("text"), to.path().to_str().expect("text"));
    let data = from.path().join("data");
    let data = data.to_str().expect("text");
    let bundle = from.path().join("group.mic");
    let bundle = bundle.to_str().expect("text");
    let private = format!("{from_path}/group.private");
    let (exit, out, err) = typed(&["demo", "--headless-check", "--data", data]);
    assert_eq!(exit, Exit::Ok, "{out}{err}");
    let (exit, list, _) = typed(&["export", "--list", "--data", data]);
    assert_eq!(exit, Exit::Ok);
    let group = list.split(' ').next().expect("a group");
    let (exit, _, err) =
        typed(&["export", &group[..8], "--data", data, "--output", bundle, "--private", &private]);
    assert_eq!(exit, Exit::Ok, "{err}");

    let (exit, out, _) = typed(&["import", bundle, "--data", to_path]);
    assert_eq!(exit, Exit::Ok);
    assert!(out.contains("without its keys"), "{out}");
    assert!(!to.path().join("mic.sqlite").exists(), "a check changes nothing");
    let apply = ["import", bundle, "--private", &private, "--apply", "--data", to_path];
    let (exit, out, err) = typed(&apply);
    assert_eq!(exit, Exit::Ok, "{out}{err}");
    let (exit, _, err) = typed(&apply);
    assert_eq!(exit, Exit::Unreadable, "it is there already");
    assert!(err.contains("already"), "{err}");

    let again = format!("{to_path}/again.mic");
    let (exit, _, err) = typed(&["export", group, "--data", to_path, "--output", &again]);
    assert_eq!(exit, Exit::Ok, "{err}");
    let (exit, out, _) = typed(&["verify", &again]);
    assert_eq!(exit, Exit::Ok, "{out}");

    let changed =
        std::fs::read_to_string(bundle).expect("text").replacen("\\\"yes\\\":", "\\\"yes\\\": ", 1);
    let forged = file(to.path(), "forged.mic", &changed);
    let (exit, _, err) = typed(&["import", &forged, "--data", to_path]);
    assert_eq!(exit, Exit::FoundBad, "{err}");
}
