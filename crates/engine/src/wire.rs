//! The only place where events become bytes and bytes become events (spec/events.md, spec/entry.md).
//! Knows nothing of rules: a well-formed entry may still be one that no rule allows.

mod read;
mod write;

use mic_proof::encode::{self, EncodingError};

use crate::event::Entry;

pub(crate) use write::ballots;

/// Why bytes are no entry of this vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// Not canonical JSON within the limits.
    Encoding(EncodingError),
    /// Canonical, but a field is missing, unknown or of the wrong shape; the field is named.
    Field(&'static str),
    /// A type this version does not know.
    UnknownType,
    /// Larger than an entry may be.
    TooLarge,
}

impl std::fmt::Display for WireError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoding(error) => write!(out, "not canonical: {error:?}"),
            Self::Field(field) => write!(out, "field {field} is missing, unknown or malformed"),
            Self::UnknownType => out.write_str("unknown entry type"),
            Self::TooLarge => write!(out, "larger than {} bytes", encode::ENTRY_BYTES_MAX),
        }
    }
}

/// The bytes that are hashed, stored and served.
pub fn to_bytes(entry: &Entry) -> Result<Vec<u8>, WireError> {
    let bytes = encode::encode(&write::entry(entry));
    if bytes.len() > encode::ENTRY_BYTES_MAX { Err(WireError::TooLarge) } else { Ok(bytes) }
}

/// Reads an entry back; refuses whatever [`to_bytes`] would not have written.
pub fn from_bytes(bytes: &[u8]) -> Result<Entry, WireError> {
    if bytes.len() > encode::ENTRY_BYTES_MAX {
        return Err(WireError::TooLarge);
    }
    read::entry(encode::decode(bytes).map_err(WireError::Encoding)?)
}
