//! An invented journal as large as one likes: a group that admits members and sends messages, with
//! every rule kept. Half of its entries are admissions, half messages judged by juries of nine.

use std::collections::{BTreeMap, BTreeSet};

use mic_proof::ballot::{Ballot, Choice, Nonce, cover, in_order, to_value};
use mic_proof::base64::encode_url;
use mic_proof::beacon::{BEACON_DELAY_MS, LOCAL_LINKS_MAX};
use mic_proof::bundle::{Head, Line, Writer};
use mic_proof::draw::{Permutation, seed};
use mic_proof::encode::{Value, encode};
use mic_proof::hash::{Hash, Hasher, leaf_hash, sha256};
use mic_proof::jury::exclusions_text;
use mic_proof::note::{Checkpoint, SigningKey, sign_checkpoint};
use mic_proof::replay::{Circumstances, Roll, next_slot_at};
use mic_proof::tree::Tree;

use crate::rules::{
    ANSWER_MS, CHARTER, COSIGN_DAYS, DAY_MS, NEW_DAYS, REST_DAYS, TERMS, WINDOW_MS,
};

const ORIGIN: &str = "bench.example/journal";
const GROUP: &str = "00112233445566778899aabbccddeeff";
const FOUNDERS: u32 = 10_000;
/// Admissions between two messages, so that both kinds make up half of the entries.
const ADMISSIONS: u32 = 4;

/// A bundle of at least so many entries, and how many they are.
pub(crate) fn bundle(entries: u64) -> (u64, Vec<u8>) {
    let mut journal = Journal::found();
    while (journal.texts.len() as u64) < entries {
        for _ in 0..ADMISSIONS {
            journal.admission();
        }
        journal.message();
    }
    journal.write()
}

struct Journal {
    key: SigningKey,
    /// the whole local chain, anchor first
    links: Vec<Hash>,
    tree: Tree,
    texts: Vec<String>,
    documents: BTreeMap<Hash, Option<String>>,
    roll: Roll,
    now: u64,
    proposals: u32,
    broadcasts: u32,
    last_broadcast: Hash,
}

impl Journal {
    fn found() -> Journal {
        let mut links = vec![sha256(b"the last link")];
        for nth in 0..usize::try_from(LOCAL_LINKS_MAX).expect("small") {
            links.push(sha256(links[nth].as_bytes()));
        }
        links.reverse();
        let mut journal = Journal {
            key: SigningKey::from_seed(&[5; 32]),
            links,
            tree: Tree::new(),
            texts: Vec::new(),
            documents: BTreeMap::new(),
            roll: Roll::new(FOUNDERS),
            now: 1_767_225_600_000,
            proposals: 0,
            broadcasts: 0,
            last_broadcast: Hash::ZERO,
        };
        let charter = journal.document(CHARTER);
        let profile = journal.document(r#"{"language":"en","name":"Bench","purpose":""}"#);
        let key = encode_url(journal.key.verifying_key().as_bytes());
        journal.node(
            "group.founded",
            vec![
                ("group", GROUP.into()),
                ("origin", ORIGIN.into()),
                ("key", Value::Text(key)),
                ("charter", hash(&charter)),
                ("profile", hash(&profile)),
                ("members", FOUNDERS.into()),
                ("beacon", "local".into()),
                ("chain", hash(&journal.links[0].clone())),
            ],
        );
        journal
    }

    fn admission(&mut self) {
        let number = self.open("admission", 10);
        let by = member(number);
        self.cosign(number, by);
        let slot = self.roll.size();
        self.end(number, 0);
        self.node("member.admitted", vec![("slot", slot.into()), ("proposal", number.into())]);
        self.roll.admit(self.now);
        self.close(number);
    }

    fn message(&mut self) {
        let number = self.open("message", 60);
        let (first, second) = (member(number), member(number) + 1);
        self.cosign(number, first);
        self.cosign(number, second);
        self.end(number, 0);
        self.node("stage.entered", stage(number, 1, "jury", "jury", 0));
        let (draw, at, seated) = self.draw(number, &BTreeSet::from([first, second]));
        let mut ballots = Vec::new();
        for (nth, slot) in (0_u32..).zip(&seated) {
            self.now = at + u64::from(nth + 1) * 60_000;
            let choice = if nth < 6 { Choice::Yes } else { Choice::No };
            let nonce = Nonce::parse(&encode_url(&self.random()[..16])).expect("a nonce");
            let ballot = Ballot { choice, nonce };
            let covered = cover(&ballot.commitment(&draw), &self.random());
            self.act(
                *slot,
                "ballot.cast",
                vec![
                    ("proposal", number.into()),
                    ("step", 1.into()),
                    ("cover", hash(&covered)),
                    ("nonce_from", "browser".into()),
                    ("attested", "server".into()),
                ],
            );
            ballots.push(ballot);
        }
        self.node(
            "jury.closed",
            vec![
                ("proposal", number.into()),
                ("step", 1.into()),
                ("rounds", Value::List(vec![to_value(&in_order(&draw, ballots))])),
                ("verdict", "approved".into()),
                ("yes", 6.into()),
                ("no", 3.into()),
                ("seats", 9.into()),
            ],
        );
        self.end(number, 1);
        self.broadcasts += 1;
        let version = self.version(number, "message");
        let ordered = self.node(
            "broadcast.ordered",
            vec![
                ("proposal", number.into()),
                ("number", self.broadcasts.into()),
                ("previous", hash(&self.last_broadcast.clone())),
                ("version", hash(&version)),
                ("audience", "members".into()),
            ],
        );
        self.last_broadcast = ordered;
        self.close(number);
    }

    /// The call and the draw of a proposal: the leaf of the call, when it was drawn, who sits.
    fn draw(&mut self, number: u32, cosigners: &BTreeSet<u32>) -> (Hash, u64, Vec<u32>) {
        let (rest_ms, new_ms) = (REST_DAYS * DAY_MS, NEW_DAYS * DAY_MS);
        let excluded = self.roll.exclusions(&Circumstances {
            subject: None,
            roll: self.roll.size(),
            at: self.now,
            new_ms,
            rest_ms,
            author: author(number),
            cosigners,
            earlier: None,
        });
        let list = sha256(exclusions_text(&excluded).as_bytes());
        self.documents.insert(list, None);
        let slot_at = next_slot_at(self.now, 60, 10);
        let version = self.version(number, "message");
        let round = self.broadcasts + 1;
        let chain = self.links[0];
        let call = self.node(
            "draw.called",
            vec![
                ("proposal", number.into()),
                ("step", 1.into()),
                ("attempt", 0.into()),
                ("version", hash(&version)),
                ("roll", self.roll.size().into()),
                ("seats", TERMS.seats.into()),
                ("agree", TERMS.agree.into()),
                ("then", TERMS.then.into()),
                ("quorum", TERMS.quorum.into()),
                ("excluded", natural(excluded.len() as u64)),
                ("exclusions", hash(&list)),
                ("slot_at", natural(slot_at)),
                ("chain", hash(&chain)),
                ("round", round.into()),
                ("answer_ms", natural(ANSWER_MS)),
                ("window_ms", natural(WINDOW_MS)),
                ("new_ms", natural(new_ms)),
                ("rest_ms", natural(rest_ms)),
            ],
        );
        let note = self.checkpoint();
        let link = self.links[round as usize];
        let randomness = Hasher::new("mic-check/local/v1\n").chain(link.as_bytes()).finish();
        let out = |slot: &u32| excluded.binary_search_by_key(slot, |(slot, _)| *slot).is_ok();
        let order = Permutation::new(&seed(&call, randomness.as_bytes()), self.roll.size());
        let seated: Vec<u32> = order.filter(|slot| !out(slot)).take(TERMS.seats as usize).collect();
        self.now = slot_at + BEACON_DELAY_MS;
        self.node(
            "draw.made",
            vec![
                ("proposal", number.into()),
                ("step", 1.into()),
                ("attempt", 0.into()),
                ("signature", Value::Text(encode_url(link.as_bytes()))),
                ("checkpoint", Value::Text(note)),
                ("seated", Value::List(seated.iter().map(|slot| (*slot).into()).collect())),
                ("until", natural(self.now + WINDOW_MS)),
            ],
        );
        for slot in &seated {
            self.roll.serve(*slot, self.now);
        }
        (call, self.now, seated)
    }

    fn open(&mut self, process: &str, minutes: u64) -> u32 {
        self.now += minutes * 60_000;
        let number = self.proposals;
        self.proposals += 1;
        let version = self.version(number, process);
        let charter = sha256(CHARTER.as_bytes());
        self.act(
            author(number),
            "proposal.opened",
            vec![
                ("proposal", number.into()),
                ("process", process.into()),
                ("version", hash(&version)),
                ("audience", "members".into()),
                ("charter", hash(&charter)),
                ("roll", self.roll.size().into()),
            ],
        );
        let until = self.now + COSIGN_DAYS * DAY_MS;
        self.node("stage.entered", stage(number, 0, "cosign", "cosign", until));
        number
    }

    fn version(&mut self, number: u32, process: &str) -> Hash {
        let mut fields = vec![
            ("audience", "members".into()),
            (
                "body",
                Value::Text(format!("Text {number}. {}", "What everybody should know. ".repeat(9))),
            ),
            ("kind", process.into()),
            ("process", process.into()),
            ("title", Value::Text(format!("Message {number}"))),
            ("warning", "".into()),
        ];
        if process == "admission" {
            fields.push(("candidate", GROUP.into()));
        }
        let text = String::from_utf8(encode(&object(fields))).expect("UTF-8");
        self.document(&text)
    }

    fn cosign(&mut self, number: u32, by: u32) {
        let process = if is_message(number) { "message" } else { "admission" };
        let version = self.version(number, process);
        self.act(
            by,
            "proposal.cosigned",
            vec![("proposal", number.into()), ("step", 0.into()), ("version", hash(&version))],
        );
    }

    fn end(&mut self, number: u32, step: u32) {
        self.node(
            "stage.ended",
            vec![("proposal", number.into()), ("step", step.into()), ("outcome", "pass".into())],
        );
    }

    fn close(&mut self, number: u32) {
        self.node("proposal.closed", vec![("proposal", number.into()), ("ending", "done".into())]);
    }

    fn act(&mut self, slot: u32, event: &str, fields: Vec<(&str, Value)>) -> Hash {
        self.entry(slot.into(), event, fields)
    }

    fn node(&mut self, event: &str, fields: Vec<(&str, Value)>) -> Hash {
        self.entry("node".into(), event, fields)
    }

    fn entry(&mut self, actor: Value, event: &str, mut fields: Vec<(&str, Value)>) -> Hash {
        fields.push(("actor", actor));
        fields.push(("at", natural(self.now)));
        fields.push(("salt", Value::Text(encode_url(&self.random()))));
        fields.push(("seq", natural(self.tree.size())));
        fields.push(("type", event.into()));
        fields.push(("v", 1.into()));
        let bytes = encode(&object(fields));
        let leaf = leaf_hash(&bytes);
        self.tree.push(leaf);
        self.texts.push(String::from_utf8(bytes).expect("UTF-8"));
        leaf
    }

    fn document(&mut self, text: &str) -> Hash {
        let name = sha256(text.as_bytes());
        self.documents.insert(name, Some(text.to_owned()));
        name
    }

    fn checkpoint(&self) -> String {
        let size = self.tree.size();
        let root = self.tree.root(size).expect("the whole tree");
        sign_checkpoint(&Checkpoint { origin: ORIGIN.to_owned(), size, root }, &self.key)
    }

    fn random(&self) -> [u8; 32] {
        let (entries, now) = (self.tree.size(), self.now);
        Hasher::new("bench\n").chain(entries.to_be_bytes()).chain(now.to_be_bytes()).finish().0
    }

    fn write(self) -> (u64, Vec<u8>) {
        let head = Head {
            group: GROUP.to_owned(),
            origin: ORIGIN.to_owned(),
            key: *self.key.verifying_key().as_bytes(),
            size: self.tree.size(),
            checkpoint: self.checkpoint(),
        };
        let mut writer = Writer::new(Vec::new(), head).expect("memory");
        let size = self.tree.size();
        for (seq, text) in (0..).zip(self.texts) {
            writer.write(&Line::Entry { seq, text }).expect("memory");
        }
        for (hash, text) in self.documents {
            writer.write(&Line::Document { hash, text }).expect("memory");
        }
        (size, writer.finish().expect("memory"))
    }
}

/// Every fifth proposal is a message.
fn is_message(number: u32) -> bool {
    number % (ADMISSIONS + 1) == ADMISSIONS
}

/// A founding member other than the author; the next one is neither.
fn member(number: u32) -> u32 {
    (author(number) + 17) % (FOUNDERS - 1)
}

/// Founders write in turn.
fn author(number: u32) -> u32 {
    number * 31 % FOUNDERS
}

fn stage(proposal: u32, step: u32, id: &str, kind: &str, until: u64) -> Vec<(&'static str, Value)> {
    vec![
        ("proposal", proposal.into()),
        ("step", step.into()),
        ("stage", id.into()),
        ("kind", kind.into()),
        ("until", natural(until)),
    ]
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    Value::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn hash(value: &Hash) -> Value {
    Value::Text(value.to_string())
}

fn natural(number: u64) -> Value {
    Value::Int(i64::try_from(number).expect("small"))
}
