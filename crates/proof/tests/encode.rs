//! Properties of the encoding: what is written is read, and nothing else is.

use std::collections::BTreeMap;

use mic_proof::encode::{INTEGER_MAX, Value, decode, encode};
use proptest::prelude::*;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        (-INTEGER_MAX..=INTEGER_MAX).prop_map(Value::Int),
        any::<String>().prop_map(Value::Text),
        "[\\x00-\\x1f\"\\\\a-c]{0,8}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let fields = prop::collection::btree_map("[\\x00-\\x7f]{0,6}", inner.clone(), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::List),
            fields.prop_map(Value::Map),
        ]
    })
}

/// An independent statement of the same form: what serde_json writes compactly with sorted keys.
fn by_serde(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(truth) => (*truth).into(),
        Value::Int(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(by_serde).collect(),
        Value::Map(fields) => {
            let fields: BTreeMap<_, _> =
                fields.iter().map(|(key, field)| (key.clone(), by_serde(field))).collect();
            serde_json::Value::Object(fields.into_iter().collect())
        }
    }
}

proptest! {
    #[test]
    fn encode_and_decode_are_inverse(value in value()) {
        let bytes = encode(&value);
        prop_assert_eq!(decode(&bytes), Ok(value));
    }

    #[test]
    fn a_json_library_writes_the_same(value in value()) {
        let theirs = serde_json::to_vec(&by_serde(&value)).expect("plain JSON");
        prop_assert_eq!(encode(&value), theirs);
    }

    #[test]
    fn what_decodes_re_encodes_to_itself(value in value(), at in any::<usize>(), bit in 0_u32..8) {
        let mut bytes = encode(&value);
        let index = at % bytes.len();
        bytes[index] ^= 1 << bit;
        if let Ok(other) = decode(&bytes) {
            prop_assert_ne!(&other, &value);
            prop_assert_eq!(encode(&other), bytes);
        }
    }

    #[test]
    fn loose_text_never_panics_and_never_lies(text in "[{}\\[\\],:\"\\\\u0-9a-f.eE+ -]{0,40}") {
        if let Ok(value) = decode(text.as_bytes()) {
            prop_assert_eq!(encode(&value), text.into_bytes());
        }
    }
}
