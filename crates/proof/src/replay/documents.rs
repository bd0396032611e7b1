//! The texts beside a journal, kept as small as a replay allows: of a version document only what
//! its entry must agree with. Knows nothing of where the texts came from.

use std::collections::BTreeMap;

use crate::encode::{Value, decode_limited};
use crate::entry::{Audience, ProposalKind, read_group};
use crate::hash::Hash;

/// A version document is at most this long: it must fit into a line of a bundle.
const VERSION_BYTES_MAX: usize = 300_000;

/// What is known of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// its text was erased
    Erased,
    /// its text has another hash than its name
    Mismatched,
    /// a version, and what it says of itself
    Version(VersionFacts),
    /// any other text: a charter, a profile, an exclusion list, or nothing that is known
    Other,
}

/// What a version document says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionFacts {
    /// whom it would reach
    pub audience: Audience,
    /// what it carries
    pub kind: ProposalKind,
    /// the id of its process
    pub process: String,
}

/// All documents of a journal.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    facts: BTreeMap<Hash, Document>,
    charter: Option<(Hash, String)>,
}

impl Documents {
    /// Adds a document; false if its name was there already.
    pub fn add(&mut self, name: Hash, document: Document) -> bool {
        self.facts.insert(name, document).is_none()
    }

    /// Keeps the text of the charter, which is read as a whole.
    pub fn keep_charter(&mut self, name: Hash, text: String) {
        self.charter = Some((name, text));
    }

    /// What is known of a document; none if it is missing.
    pub fn get(&self, name: &Hash) -> Option<&Document> {
        self.facts.get(name)
    }

    /// The text of this charter, if it is the one that was kept.
    pub fn charter(&self, name: &Hash) -> Option<&str> {
        self.charter.as_ref().filter(|(kept, _)| kept == name).map(|(_, text)| text.as_str())
    }
}

/// Reads a version document: exactly the fields of `spec/events.md`, all of them texts.
pub fn read_version(bytes: &[u8]) -> Option<VersionFacts> {
    let Ok(Value::Map(fields)) = decode_limited(bytes, VERSION_BYTES_MAX) else { return None };
    let text = |name: &str| fields.get(name).and_then(Value::as_text);
    let kind = ProposalKind::parse(text("kind")?)?;
    text("body").and(text("title")).and(text("warning"))?;
    let count = match kind {
        ProposalKind::Message => 6,
        ProposalKind::Admission => {
            read_group(text("candidate")?)?;
            7
        }
    };
    let facts = VersionFacts {
        audience: Audience::parse(text("audience")?)?,
        kind,
        process: text("process")?.to_owned(),
    };
    (fields.len() == count).then_some(facts)
}
