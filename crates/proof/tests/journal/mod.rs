//! A journal of a group of five that a test writes entry by entry, with the documents beside it. Knows no rules: what is wrong in it
//! is for the verifier to find.

use mic_proof::base64::encode_url;
use mic_proof::bundle::{Head, Line, Writer};
use mic_proof::encode::{Value, encode};
use mic_proof::finding::Code;
use mic_proof::hash::{Hash, leaf_hash, sha256};
use mic_proof::note::{Checkpoint, SigningKey, sign_checkpoint};
use mic_proof::replay::Options;
use mic_proof::tree::root;
use mic_proof::verify::verify_bundle_bytes;

const ORIGIN: &str = "example.org/group";
const GROUP: &str = "00112233445566778899aabbccddeeff";
const KEY_SEED: [u8; 32] = [3; 32];
pub(crate) const DAY_MS: i64 = 86_400_000;

/// What was written so far.
#[derive(Default)]
pub(crate) struct Journal {
    pub(crate) entries: Vec<String>,
    documents: Vec<String>,
}

impl Journal {
    /// Five members found a group; gives the hash of its charter.
    pub(crate) fn found(&mut self) -> Value {
        let charter = self.document("a charter");
        let profile = self.document("a profile");
        let key = SigningKey::from_seed(&KEY_SEED);
        let own = vec![
            ("beacon", "local".into()),
            ("chain", hash(sha256(b"anchor"))),
            ("charter", charter.clone()),
            ("group", GROUP.into()),
            ("key", Value::text(encode_url(key.verifying_key().as_bytes()))),
            ("members", Value::Int(5)),
            ("origin", ORIGIN.into()),
            ("profile", profile),
        ];
        self.push("group.founded", 0, node(), own);
        charter
    }

    /// An entry of a proposal.
    pub(crate) fn about(
        &mut self,
        proposal: i64,
        kind: &str,
        at: i64,
        actor: Value,
        mut own: Vec<(&str, Value)>,
    ) {
        own.push(("proposal", Value::Int(proposal)));
        self.push(kind, at, actor, own);
    }

    pub(crate) fn document(&mut self, document: &str) -> Value {
        if !self.documents.iter().any(|known| known == document) {
            self.documents.push(document.to_owned());
        }
        hash(sha256(document.as_bytes()))
    }

    /// What a verifier finds first.
    pub(crate) fn verify(&self, options: &Options<'_>) -> Option<Code> {
        let key = SigningKey::from_seed(&KEY_SEED);
        let leaves: Vec<Hash> = self.entries.iter().map(|it| leaf_hash(it.as_bytes())).collect();
        let size = leaves.len() as u64;
        let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root: root(&leaves) };
        let head = Head {
            group: GROUP.to_owned(),
            origin: ORIGIN.to_owned(),
            key: *key.verifying_key().as_bytes(),
            size,
            checkpoint: sign_checkpoint(&checkpoint, &key),
        };
        let mut bundle = Writer::new(Vec::new(), head).expect("memory");
        for (seq, text) in (0..).zip(self.entries.clone()) {
            bundle.write(&Line::Entry { seq, text }).expect("memory");
        }
        for text in self.documents.clone() {
            let hash = sha256(text.as_bytes());
            bundle.write(&Line::Document { hash, text: Some(text) }).expect("memory");
        }
        let bytes = bundle.finish().expect("memory");
        verify_bundle_bytes(&bytes, options, &mut |_| {}).expect("a bundle")
    }

    fn push(&mut self, kind: &str, at: i64, actor: Value, own: Vec<(&str, Value)>) {
        let seq = Value::Int(i64::try_from(self.entries.len()).expect("few"));
        let common = [
            ("actor", actor),
            ("at", Value::Int(at)),
            ("salt", Value::text(encode_url(&[7; 32]))),
            ("seq", seq),
            ("type", Value::text(kind)),
            ("v", Value::Int(1)),
        ];
        let fields = common.into_iter().chain(own);
        self.entries.push(text(&Value::Map(
            fields.map(|(name, value)| (name.to_owned(), value)).collect(),
        )));
    }
}

pub(crate) fn text(value: &Value) -> String {
    String::from_utf8(encode(value)).expect("UTF-8")
}

pub(crate) fn hash(hash: Hash) -> Value {
    Value::text(hash.to_string())
}

pub(crate) fn node() -> Value {
    Value::text("node")
}
