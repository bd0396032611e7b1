//! The fields of an entry that is being read: each is taken out once, in whatever shape it must have.
//! Knows nothing of which entry has which.

use std::collections::BTreeMap;

use mic_proof::base64;
use mic_proof::encode::Value;
use mic_proof::hash::Hash;

use super::Read;
use crate::charter::Id;
use crate::event::{NonceFrom, OpenBallot, Subject};
use crate::ids::{GroupId, LOG_TIME_MAX, LogTime, ProposalNumber, Slot, Step};
use crate::wire::WireError;

/// The fields not read yet.
pub(super) struct Fields {
    /// A dozen at most: looking through them costs less than a tree that shrinks.
    left: Vec<(String, Value)>,
}

impl Fields {
    pub(super) fn new(map: BTreeMap<String, Value>) -> Self {
        Self { left: map.into_iter().collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn take(&mut self, name: &'static str) -> Read<Value> {
        let place = self.left.iter().position(|(known, _)| known == name);
        let place = place.ok_or(WireError::Field(name))?;
        Ok(self.left.swap_remove(place).1)
    }

    pub(super) fn u64(&mut self, name: &'static str) -> Read<u64> {
        match self.take(name)? {
            Value::Int(number) => u64::try_from(number).map_err(|_| WireError::Field(name)),
            Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
                Err(WireError::Field(name))
            }
        }
    }

    pub(super) fn u32(&mut self, name: &'static str) -> Read<u32> {
        u32::try_from(self.u64(name)?).map_err(|_| WireError::Field(name))
    }

    pub(super) fn optional_u32(&mut self, name: &'static str) -> Read<Option<u32>> {
        if self.has(name) { self.u32(name).map(Some) } else { Ok(None) }
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Read<bool> {
        match self.take(name)? {
            Value::Bool(flag) => Ok(flag),
            Value::Int(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
                Err(WireError::Field(name))
            }
        }
    }

    pub(super) fn time(&mut self, name: &'static str) -> Read<LogTime> {
        let time = LogTime(self.u64(name)?);
        if time > LOG_TIME_MAX { Err(WireError::Field(name)) } else { Ok(time) }
    }

    pub(super) fn proposal(&mut self) -> Read<ProposalNumber> {
        self.u32("proposal").map(ProposalNumber)
    }

    pub(super) fn step(&mut self) -> Read<Step> {
        self.u32("step").map(Step)
    }

    pub(super) fn text(&mut self, name: &'static str) -> Read<String> {
        text(self.take(name)?, name)
    }

    pub(super) fn word<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Read<T> {
        parse(&self.text(name)?).ok_or(WireError::Field(name))
    }

    pub(super) fn id(&mut self, name: &'static str) -> Read<Id> {
        self.word(name, Id::parse)
    }

    pub(super) fn hash(&mut self, name: &'static str) -> Read<Hash> {
        self.word(name, |text| text.parse().ok())
    }

    pub(super) fn optional_hash(&mut self, name: &'static str) -> Read<Option<Hash>> {
        if self.has(name) { self.hash(name).map(Some) } else { Ok(None) }
    }

    /// What a proposal is about: a number or a hash; the kind of its process says which and what it means.
    pub(super) fn subject(&mut self) -> Read<Option<Subject>> {
        if !self.has("subject") {
            return Ok(None);
        }
        let read = match self.take("subject")? {
            Value::Int(number) => u32::try_from(number).ok().map(Subject::Number),
            Value::Text(text) => text.parse().ok().map(Subject::Charter),
            Value::Bool(_) | Value::List(_) | Value::Map(_) => None,
        };
        read.map(Some).ok_or(WireError::Field("subject"))
    }

    /// What stands in the journal of a ballot or a pledge before it is opened.
    pub(super) fn covered(&mut self) -> Read<(Hash, NonceFrom)> {
        if self.text("attested")? != "server" {
            return Err(WireError::Field("attested"));
        }
        Ok((self.hash("cover")?, self.word("nonce_from", NonceFrom::parse)?))
    }

    pub(super) fn group(&mut self, name: &'static str) -> Read<GroupId> {
        self.word(name, GroupId::parse)
    }

    pub(super) fn bytes(&mut self, name: &'static str) -> Read<Vec<u8>> {
        self.word(name, |text| base64::decode_url(text).ok())
    }

    pub(super) fn bytes32(&mut self, name: &'static str) -> Read<[u8; 32]> {
        self.bytes(name)?.try_into().map_err(|_| WireError::Field(name))
    }

    pub(super) fn list(&mut self, name: &'static str) -> Read<Vec<Value>> {
        list(self.take(name)?, name)
    }

    pub(super) fn slots(&mut self, name: &'static str) -> Read<Vec<Slot>> {
        Ok(self.numbers(name)?.into_iter().map(Slot).collect())
    }

    pub(super) fn numbers(&mut self, name: &'static str) -> Read<Vec<u32>> {
        let small = |number| u32::try_from(number).map_err(|_| WireError::Field(name));
        self.large_numbers(name)?.into_iter().map(small).collect()
    }

    pub(super) fn large_numbers(&mut self, name: &'static str) -> Read<Vec<u64>> {
        let number = |value| match value {
            Value::Int(number) => u64::try_from(number).map_err(|_| WireError::Field(name)),
            Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
                Err(WireError::Field(name))
            }
        };
        self.list(name)?.into_iter().map(number).collect()
    }

    pub(super) fn rounds(&mut self, name: &'static str) -> Read<Vec<Vec<OpenBallot>>> {
        let round = |value| list(value, name)?.into_iter().map(|pair| ballot(pair, name)).collect();
        self.list(name)?.into_iter().map(round).collect()
    }

    fn has(&self, name: &str) -> bool {
        self.left.iter().any(|(known, _)| known == name)
    }
}

fn ballot(value: Value, name: &'static str) -> Read<OpenBallot> {
    let [choice, nonce]: [Value; 2] =
        list(value, name)?.try_into().map_err(|_| WireError::Field(name))?;
    let yes = match text(choice, name)?.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(WireError::Field(name)),
    };
    Ok(OpenBallot { yes, nonce: text(nonce, name)? })
}

fn list(value: Value, name: &'static str) -> Read<Vec<Value>> {
    match value {
        Value::List(list) => Ok(list),
        Value::Bool(_) | Value::Int(_) | Value::Text(_) | Value::Map(_) => {
            Err(WireError::Field(name))
        }
    }
}

fn text(value: Value, name: &'static str) -> Read<String> {
    match value {
        Value::Text(text) => Ok(text),
        Value::Bool(_) | Value::Int(_) | Value::List(_) | Value::Map(_) => {
            Err(WireError::Field(name))
        }
    }
}
