//! The fields of one entry, taken one by one, each in the only form it may have.

use std::collections::BTreeMap;

use super::bodies::Subject;
use super::read::is_id;
use crate::ballot;
use crate::base64;
use crate::count::OPTIONS_MAX;
use crate::encode::Value;
use crate::finding::{Code, Refused};
use crate::hash::Hash;
use crate::jury::JURY_SEATS_MAX;
use crate::note::NOTE_BYTES_MAX;

/// A vote has at most so many options, *none of these* included.
const PLACES_MAX: usize = OPTIONS_MAX as usize + 1;

pub(super) fn malformed(text: &str) -> Refused {
    Refused::new(Code::EntryMalformed, text)
}

/// The fields that were not taken yet.
pub(super) struct Fields {
    pub(super) map: BTreeMap<String, Value>,
}

impl Fields {
    fn wrong(name: &str) -> Refused {
        malformed(&format!("{name} is missing or not what it should be"))
    }

    fn take(&mut self, name: &str) -> Result<Value, Refused> {
        self.map.remove(name).ok_or_else(|| Self::wrong(name))
    }

    fn read<T>(&mut self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Result<T, Refused> {
        let value = self.take(name)?;
        read(&value).ok_or_else(|| Self::wrong(name))
    }

    pub(super) fn text(&mut self, name: &str) -> Result<String, Refused> {
        match self.take(name)? {
            Value::Text(text) => Ok(text),
            Value::Bool(_) | Value::Int(_) | Value::List(_) | Value::Map(_) => {
                Err(Self::wrong(name))
            }
        }
    }

    pub(super) fn natural(&mut self, name: &str) -> Result<u64, Refused> {
        self.read(name, Value::as_natural)
    }

    /// A number of slots or a slot: 32 bits are enough for any roll.
    pub(super) fn small(&mut self, name: &str) -> Result<u32, Refused> {
        self.read(name, as_small)
    }

    pub(super) fn hash(&mut self, name: &str) -> Result<Hash, Refused> {
        self.read(name, |value| value.as_text()?.parse().ok())
    }

    pub(super) fn word<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Refused> {
        self.read(name, |value| parse(value.as_text()?))
    }

    pub(super) fn id(&mut self, name: &str) -> Result<String, Refused> {
        let text = self.text(name)?;
        if is_id(&text) { Ok(text) } else { Err(Self::wrong(name)) }
    }

    pub(super) fn bytes32(&mut self, name: &str) -> Result<[u8; 32], Refused> {
        self.read(name, |value| base64::decode_url(value.as_text()?).ok()?.try_into().ok())
    }

    /// 48 bytes of a public beacon, or a link of 32.
    pub(super) fn signature(&mut self) -> Result<Vec<u8>, Refused> {
        self.read("signature", |value| {
            let bytes = base64::decode_url(value.as_text()?).ok()?;
            matches!(bytes.len(), 32 | 48).then_some(bytes)
        })
    }

    pub(super) fn checkpoint(&mut self) -> Result<String, Refused> {
        let text = self.text("checkpoint")?;
        let fits = (1..=NOTE_BYTES_MAX).contains(&text.len());
        if fits { Ok(text) } else { Err(Self::wrong("checkpoint")) }
    }

    pub(super) fn slots(&mut self, name: &str) -> Result<Vec<u32>, Refused> {
        self.read(name, |value| {
            let slots: Option<Vec<u32>> = value.as_list()?.iter().map(as_small).collect();
            slots.filter(|slots| slots.len() <= JURY_SEATS_MAX as usize && all_different(slots))
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    pub(super) fn truth(&mut self, name: &str) -> Result<bool, Refused> {
        self.read(name, Value::as_bool)
    }

    /// A number or a hash, if it is there at all.
    pub(super) fn subject(&mut self) -> Result<Option<Subject>, Refused> {
        if !self.has("subject") {
            return Ok(None);
        }
        self.read("subject", |value| match value.as_text() {
            Some(text) => text.parse().ok().map(Subject::Document),
            None => value.as_natural().map(Subject::Number),
        })
        .map(Some)
    }

    /// The cover of a ballot, and who vouches for it.
    pub(super) fn covered(&mut self) -> Result<Hash, Refused> {
        let cover = self.hash("cover")?;
        let made = self.text("nonce_from")?;
        let attested = self.text("attested")?;
        if !matches!(made.as_str(), "browser" | "words" | "server") || attested != "server" {
            return Err(malformed("nonce_from or attested is not what it should be"));
        }
        Ok(cover)
    }

    pub(super) fn totals(&mut self) -> Result<Vec<u64>, Refused> {
        self.read("totals", |value| {
            let totals = value.as_list().filter(|totals| totals.len() <= PLACES_MAX)?;
            totals.iter().map(Value::as_natural).collect()
        })
    }

    pub(super) fn winners(&mut self) -> Result<Vec<u32>, Refused> {
        self.read("winners", |value| {
            let winners = value.as_list().filter(|winners| winners.len() <= PLACES_MAX)?;
            let winners: Option<Vec<u32>> = winners.iter().map(as_small).collect();
            winners.filter(|winners| all_different(winners))
        })
    }

    pub(super) fn rounds(&mut self) -> Result<Vec<Vec<ballot::Ballot>>, Refused> {
        self.read("rounds", |value| {
            let rounds = value.as_list()?;
            let few = |round: &Value| {
                round.as_list().is_some_and(|it| it.len() <= JURY_SEATS_MAX as usize)
            };
            let most = JURY_SEATS_MAX as usize;
            let fits = (1..=most).contains(&rounds.len()) && rounds.iter().all(few);
            if !fits {
                return None;
            }
            rounds.iter().map(ballot::from_value).collect()
        })
    }

    pub(super) fn actor(&mut self) -> Result<u32, Refused> {
        self.small("actor")
    }

    pub(super) fn node(&mut self) -> Result<(), Refused> {
        self.read("actor", |value| (value.as_text()? == "node").then_some(()))
    }
}

fn as_small(value: &Value) -> Option<u32> {
    value.as_natural().and_then(|number| u32::try_from(number).ok())
}

fn all_different(slots: &[u32]) -> bool {
    let mut sorted = slots.to_vec();
    sorted.sort_unstable();
    sorted.is_sorted_by(|before, after| before < after)
}
