//! A vote about removing a member, built entry by entry: what a proposal is about must not be mistaken
//! for a number of options, and only exactly this count is accepted.

use std::collections::BTreeMap;

use mic_proof::ballot::Nonce;
use mic_proof::base64::encode_url;
use mic_proof::bundle::{Head, Line, Writer};
use mic_proof::count::lists::{Opened, write};
use mic_proof::count::{Fraction, Method};
use mic_proof::encode::{Value, encode};
use mic_proof::entry::{Audience, Outcome, ProposalKind};
use mic_proof::finding::Code;
use mic_proof::hash::{Hash, leaf_hash, sha256};
use mic_proof::note::{Checkpoint, SigningKey, sign_checkpoint};
use mic_proof::replay::Options;
use mic_proof::rules::{
    CharterRules, Effect, Next, ProcessRules, StageParameters, StageRules, Voters, Who,
};
use mic_proof::tree::root;
use mic_proof::verify::verify_bundle_bytes;

const ORIGIN: &str = "example.org/removal";
const GROUP: &str = "00112233445566778899aabbccddeeff";
const DAY_MS: i64 = 86_400_000;
/// Who would be removed; no number of options, and neither 0 nor 1.
const SUBJECT: i64 = 2;

fn rules() -> CharterRules {
    let vote = StageRules {
        kind: StageParameters::Vote {
            who: Voters::All(Who::Everyone),
            method: Method::YesNo { agree: Fraction::HALF },
            quorum: Fraction::HALF,
            lasts_ms: 86_400_000,
        },
        reminders: 0,
        next: BTreeMap::from([
            (Outcome::Pass, Next::Effect(Effect::Remove)),
            (Outcome::Fail, Next::End),
            (Outcome::Undecided, Next::End),
        ]),
    };
    let process = ProcessRules {
        kind: ProposalKind::Removal,
        audiences: vec![Audience::Members],
        first: "vote".to_owned(),
        stages: BTreeMap::from([("vote".to_owned(), vote)]),
    };
    CharterRules {
        every_minutes: 60,
        offset_minutes: 0,
        unguarded: false,
        open_proposals_per_member: 1,
        open_invitations_per_member: 1,
        new_days: 0,
        rest_days: 0,
        processes: BTreeMap::from([("remove".to_owned(), process)]),
    }
}

/// A journal that is being written, with the documents beside it.
#[derive(Default)]
struct Journal {
    entries: Vec<String>,
    documents: Vec<String>,
}

impl Journal {
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

    /// The same for an entry of the one proposal.
    fn about(&mut self, kind: &str, at: i64, actor: Value, mut own: Vec<(&str, Value)>) {
        own.push(("proposal", Value::Int(0)));
        self.push(kind, at, actor, own);
    }

    fn document(&mut self, document: &str) -> Value {
        self.documents.push(document.to_owned());
        hash(sha256(document.as_bytes()))
    }

    fn last_leaf(&self) -> Hash {
        leaf_hash(self.entries.last().expect("an entry").as_bytes())
    }

    /// What a verifier finds first.
    fn verify(&self, key: &SigningKey) -> Option<Code> {
        let leaves: Vec<Hash> = self.entries.iter().map(|it| leaf_hash(it.as_bytes())).collect();
        let size = leaves.len() as u64;
        let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size, root: root(&leaves) };
        let head = Head {
            group: GROUP.to_owned(),
            origin: ORIGIN.to_owned(),
            key: *key.verifying_key().as_bytes(),
            size,
            checkpoint: sign_checkpoint(&checkpoint, key),
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
        let check = |_: &str| Ok(rules());
        let options = Options { charter_check: Some(&check), ..Options::new() };
        verify_bundle_bytes(&bytes, &options, &mut |_| {}).expect("a bundle")
    }
}

fn text(value: &Value) -> String {
    String::from_utf8(encode(value)).expect("UTF-8")
}

fn hash(hash: Hash) -> Value {
    Value::text(hash.to_string())
}

fn node() -> Value {
    Value::text("node")
}

fn found(journal: &mut Journal, key: &SigningKey) -> Value {
    let charter = journal.document("a charter");
    let profile = journal.document("a profile");
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
    journal.push("group.founded", 0, node(), own);
    charter
}

fn open(journal: &mut Journal, charter: Value) {
    let version = journal.document(&text(&Value::map([
        ("audience", "members".into()),
        ("body", "why".into()),
        ("kind", "removal".into()),
        ("member", Value::Int(SUBJECT)),
        ("process", "remove".into()),
        ("title", "".into()),
        ("warning", "".into()),
    ])));
    let own = vec![
        ("audience", "members".into()),
        ("charter", charter),
        ("process", "remove".into()),
        ("roll", Value::Int(5)),
        ("subject", Value::Int(SUBJECT)),
        ("version", version),
    ];
    journal.about("proposal.opened", 1, Value::Int(0), own);
    let own = vec![
        ("kind", "vote".into()),
        ("stage", "vote".into()),
        ("step", Value::Int(0)),
        ("until", Value::Int(1 + DAY_MS)),
    ];
    journal.about("stage.entered", 1, node(), own);
}

/// Five members are asked whether the third is removed: three say yes, one no. The closing entry
/// claims these totals.
fn voted(totals: [i64; 2]) -> Option<Code> {
    let key = SigningKey::from_seed(&[3; 32]);
    let mut journal = Journal::default();
    let charter = found(&mut journal, &key);
    open(&mut journal, charter);
    let draw = journal.last_leaf();
    let choices = ["yes", "no", "yes", "yes"];
    for slot in (0..).take(choices.len()) {
        let own = vec![
            ("attested", "server".into()),
            ("cover", hash(sha256(b"a cover"))),
            ("nonce_from", "browser".into()),
            ("step", Value::Int(0)),
        ];
        journal.about("vote.cast", 2, Value::Int(slot), own);
    }
    let nonce = |nth: usize| Nonce::parse(&format!("words {nth}")).expect("a nonce");
    let ballots = choices.iter().enumerate();
    let ballots = ballots.map(|(nth, it)| Opened { choice: (*it).to_owned(), nonce: nonce(nth) });
    let written = write(&draw, ballots.collect());
    for list in &written.lists {
        journal.document(list);
    }
    let index = journal.document(&written.index);
    let end = 1 + DAY_MS;
    let own = vec![
        ("ballots", index),
        ("cast", Value::Int(4)),
        ("eligible", Value::Int(5)),
        ("outcome", "pass".into()),
        ("step", Value::Int(0)),
        ("totals", Value::List(totals.map(Value::Int).to_vec())),
        ("winners", Value::List(Vec::new())),
    ];
    journal.about("vote.closed", end, node(), own);
    let own = vec![("outcome", "pass".into()), ("step", Value::Int(0))];
    journal.about("stage.ended", end, node(), own);
    journal.about("member.removed", end, node(), vec![("slot", Value::Int(SUBJECT))]);
    journal.about("proposal.closed", end, node(), vec![("ending", "done".into())]);
    journal.verify(&key)
}

#[test]
fn a_member_is_removed_by_vote_and_only_by_its_true_count() {
    assert_eq!(voted([3, 1]), None);
    assert_eq!(voted([4, 0]), Some(Code::TallyWrong));
}
