//! Real elections, counted again through the public interface: whoever was elected is elected here.
//! Their ballots and sources stand in `tests/elections`.

use mic_proof::count::{Fraction, Method, Outcome, count, outcome};
use mic_proof::finding::Code;
use mic_proof::hash::sha256;
use serde_json::Value;

const WARDS: [&str; 3] = [
    include_str!("elections/almond.json"),
    include_str!("elections/eilean_siar.json"),
    include_str!("elections/aberdeenshire.json"),
];
const BURLINGTON: &str = include_str!("elections/burlington.json");

fn read(file: &str) -> Value {
    serde_json::from_str(file).expect("JSON")
}

fn small(value: &Value) -> u32 {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a small number")
}

/// Every ballot on its own.
fn ballots(election: &Value) -> Vec<&str> {
    let rows = election["ballots"].as_array().expect("a list").iter();
    rows.flat_map(|row| {
        let choice = row[1].as_str().expect("a choice");
        std::iter::repeat_n(choice, small(&row[0]) as usize)
    })
    .collect()
}

#[test]
fn scottish_wards_elect_their_councillors() {
    for file in WARDS {
        let ward = read(file);
        let method = Method::Stv { winners: small(&ward["seats"]) };
        let choices = ballots(&ward);
        let (options, cast) = (small(&ward["options"]), choices.len() as u64);
        let counted = count(&method, options, &sha256(b"draw"), choices).expect("choices");
        let expected: Vec<u32> =
            ward["winners"].as_array().expect("a list").iter().map(small).collect();
        assert_eq!(counted.winners, expected, "{}", ward["about"]);
        assert_eq!((counted.cast, counted.valid, counted.totals.len()), (cast, cast, 0));
        assert_eq!(outcome(&method, options, &counted, cast, Fraction::ONE), Outcome::Pass);
    }
}

/// The runoff and the method of Schulze disagree about this election, which is why it is famous.
#[test]
fn burlington_elects_by_runoff_whom_it_did() {
    let election = read(BURLINGTON);
    let options = small(&election["options"]);
    let draw = sha256(b"draw");
    let tied = ballots(&election);
    let counted = count(&Method::Schulze, options, &draw, tied.iter().copied()).expect("choices");
    assert_eq!(counted.winners, [small(&election["schulze_winner"])]);
    assert_eq!(counted.valid, 8_980);
    let refused = count(&Method::Runoff, options, &draw, tied.iter().copied()).expect_err("equals");
    assert_eq!(refused.code, Code::TallyWrong);
    // A ballot ends where it names two at once, as the rules of Burlington have it.
    let whole = |choice: &&str| choice.split('>').take_while(|it| !it.contains('=')).count();
    let cut: Vec<String> = tied
        .iter()
        .map(|choice| choice.split('>').take(whole(choice)).collect::<Vec<_>>().join(">"))
        .filter(|choice| !choice.is_empty())
        .collect();
    let cut = cut.iter().map(String::as_str);
    let counted = count(&Method::Runoff, options, &draw, cut).expect("choices");
    assert_eq!(counted.winners, [small(&election["runoff_winner"])]);
    assert_eq!(counted.valid, 8_976);
}
