//! The bytes of small records before they are encrypted: fields in a fixed order, each with its length. Knows nothing of encryption.

use mic_engine::append::Person;

use crate::contract::Fault;

/// Writes fields one after the other.
#[derive(Default)]
pub(crate) struct RecordWriter(Vec<u8>);

/// Reads them back in the same order.
pub(crate) struct RecordReader<'a>(&'a [u8]);

impl RecordWriter {
    pub(crate) fn bytes(mut self, field: &[u8]) -> Self {
        self.0.extend_from_slice(&(field.len() as u64).to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }

    pub(crate) fn text(self, field: &str) -> Self {
        self.bytes(field.as_bytes())
    }

    pub(crate) fn number(mut self, field: impl Into<u64>) -> Self {
        self.0.extend_from_slice(&field.into().to_be_bytes());
        self
    }

    pub(crate) fn person(self, person: &Person) -> Self {
        self.text(&person.name).text(&person.email).text(&person.language)
    }

    /// Zeros up to the next multiple of `step`, so that the length of the ciphertext tells nothing.
    pub(crate) fn padded_to(mut self, step: usize) -> Vec<u8> {
        self.0.resize(self.0.len().next_multiple_of(step), 0);
        self.0
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

impl<'a> RecordReader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], Fault> {
        let length = usize::try_from(self.number()?).map_err(|_| damaged())?;
        let (field, rest) = self.0.split_at_checked(length).ok_or_else(damaged)?;
        self.0 = rest;
        Ok(field)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.bytes()?.try_into().map_err(|_| damaged())
    }

    pub(crate) fn text(&mut self) -> Result<String, Fault> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|_| damaged())
    }

    pub(crate) fn number(&mut self) -> Result<u64, Fault> {
        let (number, rest) = self.0.split_first_chunk::<8>().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(u64::from_be_bytes(*number))
    }

    pub(crate) fn small(&mut self) -> Result<u32, Fault> {
        u32::try_from(self.number()?).map_err(|_| damaged())
    }

    pub(crate) fn person(&mut self) -> Result<Person, Fault> {
        Ok(Person { name: self.text()?, email: self.text()?, language: self.text()? })
    }
}

pub(crate) fn damaged() -> Fault {
    Fault::Corrupt("a record does not have the fields it should have".into())
}
