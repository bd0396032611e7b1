//! Entries as a verifier reads them: every event with its own fields, nothing missing, nothing
//! unknown (`spec/entry.md`, `spec/events.md`).
//!
//! Checks what can be checked without any other entry, and knows nothing of the rest of the
//! journal.

/// what an event belongs to, and who did it
mod about;
/// the fields of the larger events
mod bodies;
/// everything that can happen
mod event;
/// fields, taken one by one
mod fields;
/// one event from its fields
mod read;
/// one event of asking everybody from its fields
mod read_asking;
/// the closed sets of words
mod words;

use crate::encode::{self, EncodingError};
use crate::finding::{Code, Refused};

pub use bodies::{
    DrawCalled, DrawMade, Founded, JuryClosed, JuryGrown, Opened, PledgeWoken, Subject, VoteClosed,
};
pub use event::Event;
pub use read::{is_id, read_group};
pub use words::{
    Audience, BeaconKind, Ending, ErasureReason, Outcome, Position, ProposalKind, Recourse,
    SeatsReason, StageKind, Verdict,
};

/// An entry, read from its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// its position in the journal
    pub seq: u64,
    /// log time, in milliseconds since 1970
    pub at: u64,
    /// what happened, and who did it
    pub event: Event,
}

/// Reads an entry from its exact bytes, checking all that needs no other entry.
pub fn read_entry(bytes: &[u8]) -> Result<Entry, Refused> {
    let value = encode::decode(bytes).map_err(|error| {
        let code = match error {
            EncodingError::TooLarge(_) => Code::EntryTooLarge,
            EncodingError::TooDeep
            | EncodingError::NotUtf8
            | EncodingError::IntegerTooLarge
            | EncodingError::NotCanonical(_) => Code::EntryNotCanonical,
        };
        Refused::new(code, error.to_string())
    })?;
    read::entry(value)
}
