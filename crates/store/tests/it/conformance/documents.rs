//! Promises about documents.

use mic_engine::append::{Append, Document, DocumentKind};
use mic_engine::ids::{GroupId, ProposalNumber};
use mic_proof::hash::sha256;
use mic_store::Store;
use mic_store::contract::{DocumentText, Documents};

use super::World;
use super::fixtures::{commit, line, prepare};

fn document(text: &str, proposal: Option<u32>) -> Document {
    Document {
        hash: sha256(text.as_bytes()),
        bytes: text.as_bytes().to_vec(),
        kind: DocumentKind::Version,
        proposal: proposal.map(ProposalNumber),
    }
}

fn put(store: &impl Store, group: GroupId, seq: u64, documents: Vec<Document>) {
    commit(store, Append { documents, ..line(group, seq, "put") });
}

fn erase(store: &impl Store, group: GroupId, seq: u64, text: &str) {
    let erased_documents = vec![sha256(text.as_bytes())];
    commit(store, Append { erased_documents, ..line(group, seq, "erase") });
}

pub(crate) fn texts_come_back(world: &impl World) {
    let store = world.open();
    let (one, two) = (prepare(&store, 1), prepare(&store, 2));
    put(&store, one, 0, vec![document("hello", Some(3)), document("", None)]);
    let hash = sha256(b"hello");
    let read = store.document(one, &hash).expect("read");
    assert_eq!(read, Some(DocumentText::Bytes(b"hello".to_vec())));
    let empty = store.document(one, &sha256(b"")).expect("read");
    assert_eq!(empty, Some(DocumentText::Bytes(Vec::new())));
    assert_eq!(store.document(two, &hash).expect("read"), None);
    let row = store.document_row(one, &hash).expect("read").expect("there");
    assert_eq!((row.kind, row.erased), (DocumentKind::Version, false));
    assert_eq!(row.proposals, [ProposalNumber(3)]);
    assert_eq!(store.documents(one).expect("list").len(), 2);
}

pub(crate) fn erased_texts_are_gone_for_good(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    put(&store, group, 0, vec![document("regretted", None), document("kept", None)]);
    erase(&store, group, 1, "regretted");
    let hash = sha256(b"regretted");
    assert_eq!(store.document(group, &hash).expect("read"), Some(DocumentText::Erased));
    assert!(store.document_row(group, &hash).expect("read").expect("there").erased);
    let kept = store.document(group, &sha256(b"kept")).expect("read");
    assert_eq!(kept, Some(DocumentText::Bytes(b"kept".to_vec())));
}

pub(crate) fn the_same_text_in_two_proposals(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    put(&store, group, 0, vec![document("same", Some(4))]);
    put(&store, group, 1, vec![document("same", Some(1)), document("same", Some(4))]);
    let row = store.document_row(group, &sha256(b"same")).expect("read").expect("there");
    assert_eq!(row.proposals, [ProposalNumber(1), ProposalNumber(4)]);
}

pub(crate) fn an_erased_text_can_be_put_again(world: &impl World) {
    let store = world.open();
    let group = prepare(&store, 1);
    put(&store, group, 0, vec![document("again", None)]);
    erase(&store, group, 1, "again");
    put(&store, group, 2, vec![document("again", None)]);
    let read = store.document(group, &sha256(b"again")).expect("read");
    assert_eq!(read, Some(DocumentText::Bytes(b"again".to_vec())));
}
