//! A bundle taken apart, to be changed, put together again and, by someone who has the group's key, signed again.
//! It knows nothing of what a change means.

use std::io::{Error, Result};

use mic_proof::ballot::{self, Ballot};
use mic_proof::bundle::{Head, Line, Reader};
use mic_proof::encode::{Value, decode, encode};
use mic_proof::hash::{Hash, leaf_hash};
use mic_proof::note::{Checkpoint, SigningKey, read_checkpoint, sign_checkpoint};
use mic_proof::tree::Tree;

/// Every part of a bundle. Numbers at its ends are made to fit when it is written.
#[derive(Clone)]
pub(super) struct Journal {
    pub(super) head: Head,
    pub(super) entries: Vec<Value>,
    /// By hash, in the order of the file; an erased one has no text.
    pub(super) documents: Vec<(Hash, Option<String>)>,
    pub(super) checkpoints: Vec<String>,
    pub(super) certificates: Vec<String>,
}

impl Journal {
    pub(super) fn read(bundle: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bundle);
        let mut head = None;
        let (mut entries, mut documents) = (Vec::new(), Vec::new());
        let (mut checkpoints, mut certificates) = (Vec::new(), Vec::new());
        while let Some(line) = reader.next_line().map_err(Error::other)? {
            match line {
                Line::Bundle(found) => head = Some(found),
                Line::Entry { text, .. } => {
                    entries.push(decode(text.as_bytes()).map_err(Error::other)?);
                }
                Line::Document { hash, text } => documents.push((hash, text)),
                Line::Checkpoint { text } => checkpoints.push(text),
                Line::Certificate { text } => certificates.push(text),
                Line::End { .. } => {}
            }
        }
        let head = head.ok_or_else(|| Error::other("no first line"))?;
        Ok(Self { head, entries, documents, checkpoints, certificates })
    }

    /// Writes what there is: positions stand as the entries say, signatures as they were.
    pub(super) fn write(&self) -> Vec<u8> {
        let size = self.entries.len() as u64;
        let mut lines = vec![Line::Bundle(Head { size, ..self.head.clone() })];
        lines.extend(self.entries.iter().map(|entry| {
            let text = String::from_utf8(encode(entry)).expect("canonical JSON is UTF-8");
            Line::Entry { seq: natural(entry, "seq"), text }
        }));
        let document = |(hash, text): &(Hash, Option<String>)| Line::Document {
            hash: *hash,
            text: text.clone(),
        };
        lines.extend(self.documents.iter().map(document));
        lines.extend(self.checkpoints.iter().map(|text| Line::Checkpoint { text: text.clone() }));
        lines.extend(self.certificates.iter().map(|text| Line::Certificate { text: text.clone() }));
        lines.push(Line::End { lines: lines.len() as u64 + 1 });
        lines.iter().flat_map(Line::write).collect()
    }

    /// What someone with the key does so that nothing shows from outside: every entry at the position where it stands now, every
    /// draw under a checkpoint of this journal, the head signed, and nothing of the true past beside it.
    pub(super) fn sign_again(mut self, key: &SigningKey) -> Self {
        let mut tree = Tree::new();
        for (seq, entry) in (0_u64..).zip(&mut self.entries) {
            set(entry, "seq", integer(seq));
            if kind(entry) == "draw.made" {
                let before =
                    read_checkpoint(text(entry, "checkpoint")).map_or(seq, |note| note.size);
                let note = signed(&self.head.origin, &tree, before.min(seq), key);
                set(entry, "checkpoint", Value::text(note));
            }
            tree.push(leaf_hash(&encode(entry)));
        }
        self.head.checkpoint = signed(&self.head.origin, &tree, tree.size(), key);
        self.checkpoints.clear();
        self.certificates.clear();
        self
    }

    /// The position of the first entry of this type from there on.
    pub(super) fn find(&self, from: usize, wanted: &str) -> usize {
        let found = self.entries.iter().skip(from).position(|entry| kind(entry) == wanted);
        from + found.unwrap_or_else(|| panic!("there is a {wanted} after {from}"))
    }

    /// The same of one proposal.
    pub(super) fn find_of(&self, proposal: u64, wanted: &str) -> usize {
        let fits = |entry: &Value| kind(entry) == wanted && natural(entry, "proposal") == proposal;
        let found = self.entries.iter().position(fits);
        found.unwrap_or_else(|| panic!("proposal {proposal} has a {wanted}"))
    }

    pub(super) fn set(&mut self, position: usize, field: &str, value: Value) {
        set(&mut self.entries[position], field, value);
    }

    pub(super) fn natural(&self, position: usize, field: &str) -> u64 {
        natural(&self.entries[position], field)
    }

    /// A list of places on the roll.
    pub(super) fn slots(&self, position: usize, field: &str) -> Vec<u64> {
        let list = self.entries[position].field(field).and_then(Value::as_list).expect("a list");
        list.iter().map(|slot| slot.as_natural().expect("a slot")).collect()
    }

    pub(super) fn set_slots(&mut self, position: usize, field: &str, slots: &[u64]) {
        let slots = slots.iter().map(|slot| integer(*slot)).collect();
        self.set(position, field, Value::List(slots));
    }

    /// The opened ballots of the first round of a closed jury.
    pub(super) fn ballots(&self, closed: usize) -> Vec<Ballot> {
        let rounds = self.entries[closed].field("rounds").and_then(Value::as_list).expect("rounds");
        ballot::from_value(&rounds[0]).expect("ballots")
    }

    /// Other ballots for that round, in the order that the draw of this proposal asks for.
    pub(super) fn set_ballots(&mut self, closed: usize, ballots: Vec<Ballot>) {
        let called = self.find_of(self.natural(closed, "proposal"), "draw.called");
        let draw = leaf_hash(&encode(&self.entries[called]));
        let round = ballot::to_value(&ballot::in_order(&draw, ballots));
        self.set(closed, "rounds", Value::List(vec![round]));
    }
}

pub(super) fn integer(number: u64) -> Value {
    Value::Int(i64::try_from(number).expect("numbers of entries are small"))
}

pub(super) fn set(value: &mut Value, field: &str, to: Value) {
    let Value::Map(fields) = value else { panic!("not an object") };
    fields.insert(field.to_owned(), to);
}

fn kind(entry: &Value) -> &str {
    text(entry, "type")
}

fn text<'a>(entry: &'a Value, field: &str) -> &'a str {
    entry.field(field).and_then(Value::as_text).unwrap_or_default()
}

fn natural(entry: &Value, field: &str) -> u64 {
    entry.field(field).and_then(Value::as_natural).unwrap_or(u64::MAX)
}

fn signed(origin: &str, tree: &Tree, size: u64, key: &SigningKey) -> String {
    let root = tree.root(size).expect("the tree is as large");
    sign_checkpoint(&Checkpoint { origin: origin.to_owned(), size, root }, key)
}
