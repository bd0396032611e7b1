//! A sentence that is not written yet: a key of the locale files and its arguments. Knows no language.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

use super::Moment;

/// What fills a place in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Something a person typed, or a name. Pages put it into `<bdi>`.
    Text(String),
    Number(i64),
    /// Written in the reader's zone.
    When(Moment),
}

/// A message with its arguments, to be said in the reader's language by whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub(super) key: String,
    pub(super) arguments: Vec<(&'static str, Arg)>,
}

impl Phrase {
    /// Panics nowhere: a key that does not exist is shown in brackets and refused by the tests.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), arguments: Vec::new() }
    }

    #[must_use]
    pub fn number(mut self, name: &'static str, value: impl Into<i64>) -> Self {
        self.arguments.push((name, Arg::Number(value.into())));
        self
    }

    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((name, Arg::Text(value.into())));
        self
    }

    #[must_use]
    pub fn when(mut self, name: &'static str, value: Moment) -> Self {
        self.arguments.push((name, Arg::When(value)));
        self
    }
}

/// For templates: `{"key": …, "arguments": {…}}`, a moment as `{"when": ms}`. It never leaves the process.
impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Arguments<'a>(&'a [(&'static str, Arg)]);
        impl Serialize for Arguments<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.0.len()))?;
                for (name, value) in self.0 {
                    match value {
                        Arg::Text(text) => map.serialize_entry(name, text)?,
                        Arg::Number(number) => map.serialize_entry(name, number)?,
                        Arg::When(moment) => {
                            map.serialize_entry(
                                name,
                                &std::collections::BTreeMap::from([("when", moment.0)]),
                            )?;
                        }
                    }
                }
                map.end()
            }
        }
        let mut out = serializer.serialize_struct("Phrase", 2)?;
        out.serialize_field("key", &self.key)?;
        out.serialize_field("arguments", &Arguments(&self.arguments))?;
        out.end()
    }
}
