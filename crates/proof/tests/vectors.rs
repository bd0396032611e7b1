//! Every case of `spec/vectors`, which a second implementation wrote: what it accepts must give the
//! same values here, and what it refuses must be refused for the same stated reason.

mod charter;
mod vector;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use vector::Case;

/// Cases that there must be at least, so that an empty folder is no success.
const CASES_MIN: usize = 400;

#[test]
#[expect(clippy::disallowed_methods, reason = "the vectors are files; the library takes bytes")]
fn this_implementation_agrees_with_every_vector() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/vectors");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of the vectors")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    let (mut checked, mut wrong) = (0, Vec::new());
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let file: Value = serde_json::from_str(&text).expect("a JSON file");
        let mut bodies = BTreeMap::new();
        for case in file["cases"].as_array().expect("a list of cases") {
            let case = Case::new(case, &mut bodies);
            let found = vector::run(&case);
            checked += 1;
            if !agrees(&case, &found) {
                let (file, name) = (path.file_name().expect("a file").display(), case.name());
                wrong.push(format!("{file}: {name}: expected {}, found {found}", case.expected()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked >= CASES_MIN, "only {checked} cases");
}

/// Without anybody who reads charters, a journal that holds is still one that holds.
#[test]
#[expect(clippy::disallowed_methods, reason = "the vectors are files; the library takes bytes")]
fn no_good_journal_is_refused_where_charters_are_not_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/vectors");
    let mut accepted = 0;
    for name in ["bundle_circle", "bundle_union", "bundle_forum", "bundle_house"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("a file");
        let file: Value = serde_json::from_str(&text).expect("a JSON file");
        let mut bodies = BTreeMap::new();
        for case in file["cases"].as_array().expect("a list of cases") {
            let case = Case::new(case, &mut bodies);
            let good = case.expected()["accepted"] == json!(true);
            // Only its charter allows what this group does.
            if good && !case.name().starts_with("megaphone") {
                accepted += 1;
                assert_eq!(vector::without_charters(&case), None, "{name}: {}", case.name());
            }
        }
    }
    assert!(accepted >= 4, "only {accepted} journals");
}

/// Every field that is expected was found; a refusal only for exactly the stated reason.
fn agrees(case: &Case<'_>, found: &Value) -> bool {
    let expected = case.expected();
    if expected.get("refused").is_some() || found.get("refused").is_some() {
        return expected.get("refused") == found.get("refused");
    }
    let fields = expected.as_object().expect("expected fields");
    // Charters are read by the engine, which runs these cases itself.
    case.kind() == "charter"
        || fields.iter().all(|(name, value)| found.get(name).unwrap_or(&json!(null)) == value)
}
