//! Texts beside the journal, named by their hash. Knows nothing of what they say; who may read one is the caller's to decide.

use mic_engine::append::DocumentKind;
use mic_engine::ids::{GroupId, ProposalNumber};
use mic_proof::hash::Hash;

use super::Fault;

/// What is known of a document without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    pub hash: Hash,
    pub kind: DocumentKind,
    /// Every proposal it belongs to, ascending: the same text may have been put forward twice.
    pub proposals: Vec<ProposalNumber>,
    pub erased: bool,
}

/// A document as far as it still exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentText {
    Bytes(Vec<u8>),
    /// The bytes were destroyed; only the hash remains.
    Erased,
}

/// Documents of groups. They are written by [`super::Journal::append`]; one that is put again after it was erased exists again.
pub trait Documents {
    /// The text, if the group ever had a document of that name.
    fn document(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentText>, Fault>;

    fn document_row(&self, group: GroupId, hash: &Hash) -> Result<Option<DocumentRow>, Fault>;

    /// All documents of a group, by hash.
    fn documents(&self, group: GroupId) -> Result<Vec<DocumentRow>, Fault>;
}
