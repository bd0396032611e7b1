//! The fields of an entry that is being written. Knows nothing of which entry has which.

use std::collections::BTreeMap;

use mic_proof::base64;
use mic_proof::encode::Value;
use mic_proof::hash::Hash;

use crate::event::{NonceFrom, Subject};
use crate::ids::{Number, ProposalNumber, Slot, Step};

pub(super) struct Fields {
    pub(super) map: BTreeMap<String, Value>,
}

impl Fields {
    pub(super) fn new(kind: &str) -> Self {
        let map = BTreeMap::from([("type".to_owned(), Value::Text(kind.to_owned()))]);
        Self { map }
    }

    pub(super) fn place(&mut self, proposal: ProposalNumber, step: Step) {
        self.int("proposal", proposal.0);
        self.int("step", step.0);
    }

    pub(super) fn int(&mut self, name: &str, value: impl Into<u64>) {
        // Every number of the engine lies below 2^53: slots and counts are u32, times end at LOG_TIME_MAX.
        let value = i64::try_from(value.into()).unwrap_or(i64::MAX);
        self.map.insert(name.to_owned(), Value::Int(value));
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.map.insert(name.to_owned(), Value::Text(value.to_owned()));
    }

    pub(super) fn hash(&mut self, name: &str, value: &Hash) {
        self.text(name, &value.to_string());
    }

    pub(super) fn bytes(&mut self, name: &str, value: &[u8]) {
        self.text(name, &base64::encode_url(value));
    }

    pub(super) fn numbered(&mut self, proposal: ProposalNumber, number: Number) {
        self.int("proposal", proposal.0);
        self.int("number", number.0);
    }

    pub(super) fn subject(&mut self, subject: Option<Subject>) {
        match subject {
            Some(Subject::Number(number)) => self.int("subject", number),
            Some(Subject::Charter(hash)) => self.hash("subject", &hash),
            None => {}
        }
    }

    pub(super) fn covered(&mut self, cover: &Hash, nonce_from: NonceFrom) {
        self.hash("cover", cover);
        self.text("nonce_from", nonce_from.word());
        self.text("attested", "server");
    }

    pub(super) fn slots(&mut self, name: &str, slots: &[Slot]) {
        self.list(name, slots.iter().map(|slot| u64::from(slot.0)));
    }

    pub(super) fn numbers(&mut self, name: &str, numbers: &[u32]) {
        self.list(name, numbers.iter().map(|number| u64::from(*number)));
    }

    pub(super) fn list(&mut self, name: &str, numbers: impl Iterator<Item = u64>) {
        let number = |number| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
        self.map.insert(name.to_owned(), Value::List(numbers.map(number).collect()));
    }
}
