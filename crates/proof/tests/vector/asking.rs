//! Cases about votes, pledges, their opened ballots, and seats by rule.

use mic_proof::ballot::Nonce;
use mic_proof::count::lists::{LIST_BALLOTS_MAX, Opened, check, list_text, write};
use mic_proof::count::{self as counting, Fraction, Method, largest_set, parse_pledge};
use mic_proof::finding::Code;
use mic_proof::hash::{Hash, sha256};
use mic_proof::jury::Terms;
use mic_proof::rules::JuryTerms;
use serde_json::{Value, json};

use super::case::{Case, list, refused, size, text};
use crate::charter;

fn fraction(value: &Value) -> Fraction {
    text(value).parse().expect("a fraction")
}

/// `[text, times]` pairs, each text as often as it says.
fn repeated(value: &Value) -> Vec<&str> {
    list(value)
        .iter()
        .flat_map(|pair| std::iter::repeat_n(text(&pair[0]), size(&pair[1])))
        .collect()
}

pub(super) fn count(case: &Case<'_>) -> Value {
    let method = match case.text("method") {
        "yes_no" => Method::YesNo { agree: fraction(&case.fields["agree"]) },
        "approval" => Method::Approval,
        "score" => Method::Score { max_score: case.small("max_score") },
        "schulze" => Method::Schulze,
        "runoff" => Method::Runoff,
        "stv" => Method::Stv { winners: case.small("elect") },
        unknown => panic!("an unknown method: {unknown}"),
    };
    let (options, draw) = (case.small("options"), case.hash("draw"));
    let choices = repeated(&case.fields["choices"]);
    let counted = match counting::count(&method, options, &draw, choices) {
        Ok(counted) => counted,
        Err(error) => return refused(error.code),
    };
    let quorum = fraction(&case.fields["quorum"]);
    let outcome = counting::outcome(&method, options, &counted, case.number("eligible"), quorum);
    let (totals, winners) = (json!(counted.totals), json!(counted.winners));
    if let Some(claimed) = case.fields.get("claimed") {
        if (&claimed["totals"], &claimed["winners"]) != (&totals, &winners) {
            return refused(Code::TallyWrong);
        }
        if claimed["outcome"] != json!(outcome.word()) {
            return refused(Code::VerdictWrong);
        }
    }
    json!({
        "totals": totals,
        "winners": winners,
        "outcome": outcome.word(),
        "cast": counted.cast,
        "valid": counted.valid,
        "order": counting::tie_order(&method, options, &draw),
    })
}

pub(super) fn lists(case: &Case<'_>) -> Value {
    let (draw, number) = (case.hash("draw"), size(&case.fields["count"]));
    let ballot = |nth: usize| Opened {
        choice: "yes".to_owned(),
        nonce: Nonce::parse(&nth.to_string()).expect("a nonce"),
    };
    let ballots: Vec<Opened> = (0..number).map(ballot).collect();
    let written = write(&draw, ballots.clone());
    let place = |name: &str| case.fields.get(name).map(size);
    let mut sorted = ballots;
    sorted.sort_by_cached_key(|ballot| ballot.commitment(&draw));
    if let Some(at) = place("drop") {
        sorted.remove(at);
    }
    if let Some(at) = place("swap") {
        sorted.swap(at, at + 1);
    }
    if let Some(at) = place("repeat") {
        sorted[at + 1] = sorted[at].clone();
    }
    let lengths: Vec<usize> = match case.fields.get("split") {
        Some(lengths) => list(lengths).iter().map(size).collect(),
        None => sorted.chunks(LIST_BALLOTS_MAX).map(<[Opened]>::len).collect(),
    };
    let mut rest = sorted.as_slice();
    let mut texts = Vec::new();
    for length in lengths {
        let (these, others) = rest.split_at(length);
        texts.push(list_text(these));
        rest = others;
    }
    let cast = case.fields.get("cast").map_or(number, size) as u64;
    if let Err(error) = check(&draw, texts.iter().map(String::as_str), cast) {
        return refused(error.code);
    }
    let first = written.lists.first();
    json!({
        "index": sha256(written.index.as_bytes()).to_string(),
        "lists": written.lists.len(),
        "first": first.map_or(String::new(), |it| hash_text(sha256(it.as_bytes()))),
        "longest": number.min(LIST_BALLOTS_MAX),
    })
}

fn hash_text(hash: Hash) -> String {
    hash.to_string()
}

pub(super) fn pledge(case: &Case<'_>) -> Value {
    let numbers = repeated(&case.fields["numbers"]);
    let numbers: Option<Vec<u64>> = numbers.into_iter().map(parse_pledge).collect();
    let Some(numbers) = numbers else { return refused(Code::TallyWrong) };
    let count = largest_set(&numbers);
    case.claims(&json!(count), Code::TallyWrong)
        .unwrap_or_else(|| json!({ "count": count, "wakes": count >= case.number("at_least") }))
}

pub(super) fn seats(case: &Case<'_>) -> Value {
    let rule: toml::Table = serde_json::from_value(case.fields["rule"].clone()).expect("a rule");
    let (roll, eligible) = (case.small("roll"), case.small("eligible"));
    let found = match rule.len() {
        // Nothing but seats is said of an assembly that votes.
        1 if rule["seats"].is_table() => {
            let seats = charter::seat_rule(&rule["seats"]).expect("a rule of seats").count(roll);
            JuryTerms { terms: Terms { seats, agree: 0, then: 0, quorum: 0 }, steps: None }
        }
        _ => charter::seats(&rule).expect("a rule of seats").terms(roll, eligible),
    };
    let terms = found.terms;
    let mut value = json!({
        "seats": terms.seats,
        "agree": terms.agree,
        "quorum": terms.quorum,
        "then": terms.then,
    });
    if let Some(steps) = found.steps {
        value["lead"] = json!(steps.lead);
        value["cap"] = json!(steps.cap);
    }
    case.claims(&value, Code::CharterMismatch).unwrap_or(value)
}
