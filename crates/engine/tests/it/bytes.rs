//! Entries to bytes and back: for every type, whatever its fields hold; and bytes that were tampered with.
//! Knows nothing of rules: a well-formed entry may be one that no rule allows.

mod source;

use std::collections::BTreeSet;

use mic_engine::wire::{from_bytes, to_bytes};
use mic_proof::encode::{Value, decode};
use mic_proof::hash::leaf_hash;
use proptest::prelude::*;

use crate::scripts;
use source::Source;

/// How many types of entries there are.
const TYPES: u8 = 43;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(kind in 0..TYPES, seed in any::<u64>()) {
        let entry = Source(seed).entry(kind);
        let bytes = to_bytes(&entry).expect("within the limits");
        prop_assert_eq!(from_bytes(&bytes), Ok(entry));
    }

    #[test]
    fn one_bit_more_or_less_is_refused_or_another_entry(kind in 0..TYPES, seed in any::<u64>(), at in any::<usize>(), bit in 0..8_u8) {
        let entry = Source(seed).entry(kind);
        let bytes = to_bytes(&entry).expect("within the limits");
        let mut forged = bytes.clone();
        let at = at % forged.len();
        forged[at] ^= 1 << bit;
        prop_assert_ne!(leaf_hash(&forged), leaf_hash(&bytes));
        // What is still an entry says something else, and its bytes are the only ones for it.
        if let Ok(other) = from_bytes(&forged) {
            prop_assert_ne!(&other, &entry);
            prop_assert_eq!(to_bytes(&other), Ok(forged));
        }
    }

    #[test]
    fn a_field_too_many_or_too_few_is_refused(kind in 0..TYPES, seed in any::<u64>(), which in any::<usize>()) {
        let bytes = to_bytes(&Source(seed).entry(kind)).expect("within the limits");
        let Ok(Value::Map(fields)) = decode(&bytes) else { panic!("a map") };
        let mut more = fields.clone();
        more.insert("more".to_owned(), Value::Int(0));
        prop_assert!(from_bytes(&mic_proof::encode::encode(&Value::Map(more))).is_err());
        // Those that need not be there may well be missing.
        let optional = ["subject", "reason", "lead", "cap"];
        let needed: Vec<&String> =
            fields.keys().filter(|name| !optional.contains(&name.as_str())).collect();
        let name = needed[which % needed.len()].clone();
        let mut fewer = fields;
        fewer.remove(&name);
        prop_assert!(from_bytes(&mic_proof::encode::encode(&Value::Map(fewer))).is_err(), "without {name}");
    }
}

#[test]
fn every_type_is_generated_and_most_happen_in_scripts() {
    let kind =
        |bytes: &[u8]| match decode(bytes).ok().and_then(|value| value.field("type").cloned()) {
            Some(Value::Text(kind)) => kind,
            _ => panic!("an entry has a type"),
        };
    let generated: BTreeSet<String> =
        (0..TYPES).map(|n| kind(&to_bytes(&Source(1).entry(n)).expect("fits"))).collect();
    assert_eq!(generated.len(), usize::from(TYPES));
    let mut happened = BTreeSet::new();
    for (_, script) in scripts::all() {
        for bytes in &scripts::world_after(&script).disk.entries {
            happened.insert(kind(bytes));
        }
    }
    assert_eq!(happened, generated, "every type that can be written is written by a script");
}
