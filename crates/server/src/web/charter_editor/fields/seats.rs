//! The seats of a rule as a person types them: by which rule, and its numbers in one text. Knows no form.

use toml_edit::{InlineTable, Value};

use super::super::document::{self, number_or_text, typed};

/// What stands in a cell: for seats, by which rule and what of it is typed.
pub(super) fn cell(row: &InlineTable, column: &str) -> (String, String) {
    if column != "seats" && column != "seats_by" {
        return (String::new(), row.get(column).map(typed).unwrap_or_default());
    }
    let by = |by: &str, text: String| (by.to_owned(), text);
    match row.get("seats") {
        Some(Value::String(text)) if text.value() == "everyone" => by("everyone", String::new()),
        Some(Value::InlineTable(table)) => match table.iter().next() {
            Some(("share", share)) => by("share", typed(share)),
            Some(("sample", Value::InlineTable(sample))) => by("sample", sample_text(sample)),
            Some(("largest", Value::Array(rules))) => {
                let text = |rule: &Value| match rule {
                    Value::InlineTable(table) => match (table.get("share"), table.get("sample")) {
                        (Some(share), _) => typed(share),
                        (_, Some(Value::InlineTable(sample))) => sample_text(sample),
                        _ => typed(rule),
                    },
                    rule => typed(rule),
                };
                by("largest", rules.iter().map(text).collect::<Vec<_>>().join("; "))
            }
            _ => by("number", table.to_string().trim().to_owned()),
        },
        Some(value) => by("number", typed(value)),
        None => by("number", String::new()),
    }
}

/// Confidence and margin, as in `95 5`.
fn sample_text(sample: &InlineTable) -> String {
    ["confidence", "margin"].map(|key| sample.get(key).map(typed).unwrap_or_default()).join(" ")
}

pub(super) fn seats(by: &str, text: &str) -> Option<Value> {
    let table = |key: &str, value: Value| Value::InlineTable([(key, value)].into_iter().collect());
    match by {
        "everyone" => Some("everyone".into()),
        "share" => Some(table("share", text.into())),
        "sample" => Some(table("sample", sample(text))),
        "largest" => {
            let rules = text.split(';').map(str::trim).filter(|rule| !rule.is_empty());
            let rule = |rule: &str| match (rule.contains('/'), rule.contains(' ')) {
                (true, _) => Some(table("share", rule.into())),
                (false, true) => Some(table("sample", sample(rule))),
                (false, false) => number_or_text(rule),
            };
            Some(table("largest", Value::Array(rules.filter_map(rule).collect())))
        }
        _ => number_or_text(text),
    }
}

fn sample(text: &str) -> Value {
    let mut words = text.split([' ', ',', '%', '±']).filter(|word| !word.is_empty());
    let mut table = InlineTable::new();
    for key in ["confidence", "margin"] {
        document::put(&mut table, key, words.next().and_then(number_or_text));
    }
    Value::InlineTable(table)
}
