//! A small checker for the part of JSON Schema that the description uses. A keyword it does not know is an error, so that nothing is
//! believed to be checked that is not.

use serde_json::{Map, Value};

/// Keywords that say nothing about whether a value fits.
const SILENT: [&str; 3] = ["description", "examples", "default"];

/// Whether `value` fits `schema`; otherwise where it does not, and why.
pub(super) fn check(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    fits(root, schema, value, "")
}

/// What a `$ref` leads to.
pub(super) fn resolve<'v>(root: &'v Value, schema: &'v Value) -> &'v Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(path) => root
            .pointer(path.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("{path} leads nowhere")),
        None => schema,
    }
}

fn fits(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let schema = resolve(root, schema);
    let keywords = schema.as_object().ok_or_else(|| format!("{at}: no schema"))?;
    for (keyword, said) in keywords {
        let holds = match keyword.as_str() {
            "type" => is_of_type(said, value),
            "enum" => said.as_array().is_some_and(|list| list.contains(value)),
            "minimum" => {
                value.as_u64().is_none_or(|number| said.as_u64().is_some_and(|min| number >= min))
            }
            "maximum" => {
                value.as_u64().is_none_or(|number| said.as_u64().is_some_and(|max| number <= max))
            }
            "maxLength" => longest(said, value.as_str().map(|text| text.chars().count())),
            "minLength" => {
                value.as_str().is_none_or(|text| said.as_u64() <= Some(text.chars().count() as u64))
            }
            "maxItems" => longest(said, value.as_array().map(Vec::len)),
            "pattern" => value.as_str().is_none_or(|text| is_hex(said, text)),
            "required" => missing(said, value).is_none(),
            "properties" => {
                properties(root, said, value, at)?;
                true
            }
            "additionalProperties" => surplus(keywords, value).is_none(),
            "items" => {
                for (nth, item) in value.as_array().into_iter().flatten().enumerate() {
                    fits(root, said, item, &format!("{at}/{nth}"))?;
                }
                true
            }
            "oneOf" => {
                let options = said.as_array().into_iter().flatten();
                options.filter(|option| fits(root, option, value, at).is_ok()).count() == 1
            }
            silent if SILENT.contains(&silent) => true,
            unknown => panic!("the checker does not know {unknown}"),
        };
        if !holds {
            let what =
                missing(said, value).or_else(|| surplus(keywords, value)).unwrap_or_default();
            return Err(format!("{at}: {keyword} {what} does not hold for {value}"));
        }
    }
    Ok(())
}

fn is_of_type(said: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        other => panic!("the checker does not know the type {other:?}"),
    };
    said.as_array().map_or_else(|| is(said), |names| names.iter().any(is))
}

fn properties(root: &Value, said: &Value, value: &Value, at: &str) -> Result<(), String> {
    for (name, schema) in said.as_object().into_iter().flatten() {
        if let Some(found) = value.get(name) {
            fits(root, schema, found, &format!("{at}/{name}"))?;
        }
    }
    Ok(())
}

fn missing(said: &Value, value: &Value) -> Option<String> {
    let names = said.as_array().into_iter().flatten().filter_map(Value::as_str);
    let object = value.as_object()?;
    names.into_iter().find(|name| !object.contains_key(*name)).map(ToOwned::to_owned)
}

fn surplus(keywords: &Map<String, Value>, value: &Value) -> Option<String> {
    if keywords.get("additionalProperties") != Some(&Value::Bool(false)) {
        return None;
    }
    let known = keywords.get("properties").and_then(Value::as_object)?;
    value.as_object()?.keys().find(|name| !known.contains_key(*name)).cloned()
}

fn longest(said: &Value, length: Option<usize>) -> bool {
    length.is_none_or(|length| said.as_u64().is_some_and(|max| length as u64 <= max))
}

/// The only patterns there are: so many hexadecimal digits.
fn is_hex(said: &Value, text: &str) -> bool {
    let length = match said.as_str() {
        Some("^[0-9a-f]{64}$") => 64,
        Some("^[0-9a-f]{32}$") => 32,
        other => panic!("the checker does not know the pattern {other:?}"),
    };
    text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[test]
fn what_does_not_fit_is_found() {
    let schema = serde_json::json!({
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {"a": {"type": "integer", "minimum": 1}, "b": {"type": ["string", "null"], "enum": ["x", null]}}
    });
    let good = [r#"{"a":1}"#, r#"{"a":2,"b":"x"}"#, r#"{"a":2,"b":null}"#];
    let bad = [
        "{}",
        r#"{"a":0}"#,
        r#"{"a":"1"}"#,
        r#"{"a":1,"c":1}"#,
        r#"{"a":1,"b":"y"}"#,
        "[]",
        r#"{"a":1.5}"#,
    ];
    let fits = |text: &str| check(&schema, &schema, &serde_json::from_str(text).unwrap()).is_ok();
    assert!(good.into_iter().all(fits));
    assert!(!bad.into_iter().any(fits));
}
