//! One case of the vectors: its fields, its body, and what it claims.

use std::collections::BTreeMap;

use mic_proof::finding::Code;
use mic_proof::hash::{Hash, hex_decode};
use serde_json::{Value, json};

/// A case with its body, which may be a forged sibling of an earlier one.
pub(crate) struct Case<'a> {
    pub(super) fields: &'a Value,
    pub(super) body: Vec<String>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(fields: &'a Value, bodies: &mut BTreeMap<String, Vec<String>>) -> Case<'a> {
        let mut body: Vec<String> = match (&fields["lines"], &fields["text"]) {
            (Value::Array(lines), _) => lines.iter().map(|line| text(line).to_owned()).collect(),
            (_, Value::String(text)) => text.chars().map(String::from).collect(),
            _ => Vec::new(),
        };
        if let Some(base) = fields["base"].as_str() {
            body.clone_from(&bodies[base]);
            let mut edits: Vec<&Value> = list(&fields["edits"]).iter().collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(size(&edit[0])));
            for edit in edits {
                let (at, removed) = (size(&edit[0]), size(&edit[1]));
                let inserted: Vec<String> = match &edit[2] {
                    Value::String(text) => text.chars().map(String::from).collect(),
                    lines => list(lines).iter().map(|line| text(line).to_owned()).collect(),
                };
                body.splice(at..at + removed, inserted);
            }
        }
        bodies.insert(text(&fields["name"]).to_owned(), body.clone());
        Case { fields, body }
    }

    pub(crate) fn name(&self) -> &str {
        text(&self.fields["name"])
    }

    pub(crate) fn kind(&self) -> &str {
        text(&self.fields["kind"])
    }

    pub(crate) fn expected(&self) -> &Value {
        &self.fields["expect"]
    }

    pub(super) fn text(&self, name: &str) -> &str {
        text(&self.fields[name])
    }

    pub(super) fn number(&self, name: &str) -> u64 {
        self.fields[name].as_u64().unwrap_or_else(|| panic!("{}: {name}", self.name()))
    }

    pub(super) fn small(&self, name: &str) -> u32 {
        u32::try_from(self.number(name)).expect("a small number")
    }

    pub(super) fn hash(&self, name: &str) -> Hash {
        hash(&self.fields[name])
    }

    pub(super) fn claims(&self, value: &Value, code: Code) -> Option<Value> {
        let claimed = self.fields.get("claimed").unwrap_or(value);
        (claimed != value).then(|| refused(code))
    }
}

/// A refusal, in the words of the vectors.
pub(super) fn refused(code: Code) -> Value {
    json!({ "refused": code.word() })
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

pub(super) fn size(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).expect("a number")
}

pub(super) fn slot(value: &Value) -> u32 {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a slot")
}

pub(super) fn hash(value: &Value) -> Hash {
    text(value).parse().expect("a hash")
}

pub(super) fn from_hex(value: &Value) -> Vec<u8> {
    hex_decode(text(value)).expect("hexadecimal")
}
