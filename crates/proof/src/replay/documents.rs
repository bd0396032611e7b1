//! The texts beside a journal, kept as small as a replay allows: of a version document only what
//! its entry must agree with; whole only charters and ballots. Knows nothing of where the texts came
//! from.

use std::collections::{BTreeMap, BTreeSet};

use crate::count::{OPTIONS_MAX, OPTIONS_MIN};
use crate::encode::{Value, decode_limited};
use crate::entry::{Audience, ProposalKind, Subject, read_group};
use crate::hash::Hash;

/// A version document is at most this long: it must fit into a line of a bundle.
const VERSION_BYTES_MAX: usize = 300_000;
/// The fields that version documents of every kind have.
const COMMON_FIELDS: usize = 6;
/// An option of a decision is at most this long, in characters.
const OPTION_CHARACTERS_MAX: usize = 200;
/// The place of an action likewise.
const PLACE_CHARACTERS_MAX: usize = 200;
/// An action wants at most so many people.
const WANTED_MAX: u64 = 10_000_000;

/// What is known of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// its text was erased
    Erased,
    /// its text has another hash than its name
    Mismatched,
    /// a version, and what it says of itself
    Version(VersionFacts),
    /// any other text: a charter, a profile, an exclusion list, ballots, or nothing that is known
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
    /// what it is about, for the kinds that are about something
    pub subject: Option<Subject>,
    /// of a recall: whether the recalled text is to be destroyed
    pub erase: bool,
}

/// All documents of a journal.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    facts: BTreeMap<Hash, Document>,
    texts: BTreeMap<Hash, String>,
}

impl Documents {
    /// Adds a document; false if its name was there already.
    pub fn add(&mut self, name: Hash, document: Document) -> bool {
        self.facts.insert(name, document).is_none()
    }

    /// Keeps the text of a document that is read as a whole: a charter, a ballot list, an index.
    pub fn keep(&mut self, name: Hash, text: String) {
        self.texts.insert(name, text);
    }

    /// What is known of a document; none if it is missing.
    pub fn get(&self, name: &Hash) -> Option<&Document> {
        self.facts.get(name)
    }

    /// The text of a document that was kept.
    pub fn text(&self, name: &Hash) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }
}

/// Reads a version document: exactly the fields of `spec/events.md` for its kind.
pub fn read_version(bytes: &[u8]) -> Option<VersionFacts> {
    let Ok(Value::Map(fields)) = decode_limited(bytes, VERSION_BYTES_MAX) else { return None };
    let text = |name: &str| fields.get(name).and_then(Value::as_text);
    let natural = |name: &str| fields.get(name).and_then(Value::as_natural);
    let kind = ProposalKind::parse(text("kind")?)?;
    text("body").and(text("title")).and(text("warning"))?;
    let mut erase = false;
    let (more, subject) = match kind {
        ProposalKind::Message => (0, None),
        ProposalKind::Admission => {
            read_group(text("candidate")?)?;
            (1, None)
        }
        ProposalKind::Removal => (1, Some(Subject::Number(natural("member")?))),
        ProposalKind::Recall => {
            erase = fields.get("erase")?.as_bool()?;
            (2, Some(Subject::Number(natural("broadcast")?)))
        }
        ProposalKind::Amendment => (1, Some(Subject::Document(text("charter")?.parse().ok()?))),
        ProposalKind::Decision => {
            let options = options(fields.get("options")?)?;
            (1, Some(Subject::Number(options)))
        }
        ProposalKind::Action => {
            let place = text("place")?.chars().count() <= PLACE_CHARACTERS_MAX;
            let wanted = (1..=WANTED_MAX).contains(&natural("wanted")?);
            let fits = natural("starts")? < natural("ends")? && place && wanted;
            (fits.then_some(4)?, None)
        }
    };
    let facts = VersionFacts {
        audience: Audience::parse(text("audience")?)?,
        kind,
        process: text("process")?.to_owned(),
        subject,
        erase,
    };
    (fields.len() == COMMON_FIELDS + more).then_some(facts)
}

/// How many options a text lists; none if it is no list of options.
fn options(list: &Value) -> Option<u64> {
    let texts: Vec<&str> = list.as_list()?.iter().map(Value::as_text).collect::<Option<_>>()?;
    let short = |text: &&str| (1..=OPTION_CHARACTERS_MAX).contains(&text.chars().count());
    let different = texts.iter().collect::<BTreeSet<_>>().len() == texts.len();
    let many =
        texts.is_empty() || (OPTIONS_MIN as usize..=OPTIONS_MAX as usize).contains(&texts.len());
    (different && many && texts.iter().all(short)).then_some(texts.len() as u64)
}
