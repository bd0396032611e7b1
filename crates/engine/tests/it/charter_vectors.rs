//! Every charter of `spec/vectors/charter.json` is accepted or refused as the specification says.
//! Knows nothing of what the complaints say.

use mic_engine::charter::parse::parse;
use mic_proof::hash::sha256;
use serde_json::Value;

const VECTORS: &str = include_str!("../../../../spec/vectors/charter.json");

#[test]
fn charters_are_accepted_and_refused_as_specified() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("JSON");
    let cases = vectors["cases"].as_array().expect("a list of cases");
    assert!(cases.len() >= 30, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let text = case["text"].as_str().expect("a text");
        let parsed = parse(text);
        let expected = case["expect"]["hash"].as_str();
        let agrees = match expected {
            Some(hash) => parsed.is_ok() && sha256(text.as_bytes()).to_string() == hash,
            None => parsed.is_err(),
        };
        if !agrees {
            wrong.push(format!("{}: {parsed:?}", case["name"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
