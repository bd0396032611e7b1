//! Twelve kinds of tampering with a journal that a real server wrote, each refused by both verifiers for the same, right reason.
//! Where someone without the group's key would only show a wrong root, the forgery is signed again with that key: what gives it
//! away then is the content alone.

/// a group that lived through two broadcasts
mod history;
/// a bundle taken apart and put together
mod journal;

use std::io::Result;

use mic_proof::ballot::{Ballot, Choice, Nonce};
use mic_proof::certificate::CERTIFICATE_BYTES_MAX;
use mic_proof::encode::{Value, decode_limited, encode};
use mic_proof::hash::sha256;
use mic_proof::note::SigningKey;

use crate::verifiers;
use history::History;
use journal::{Journal, integer, set};

/// One forged bundle.
struct Forgery {
    name: &'static str,
    /// The reason that both verifiers have to give first.
    reason: &'static str,
    bundle: Vec<u8>,
}

/// Makes forgeries of one true journal.
struct Forger {
    journal: Journal,
    key: SigningKey,
    made: Vec<Forgery>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tampering_of_twelve_kinds_is_refused_by_both_verifiers() -> Result<()> {
    let history = History::live().await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bundle.mic");
    std::fs::write(&file, &history.bundle)?;
    assert_eq!(verifiers::of_bundle(&file)?, [Ok(()), Ok(())], "the true journal");

    let journal = Journal::read(&history.bundle)?;
    assert_eq!(journal.write(), history.bundle, "taken apart and put together it is the same");
    let signed_again = journal.clone().sign_again(&history.key);
    std::fs::write(&file, signed_again.write())?;
    assert_eq!(verifiers::of_bundle(&file)?, [Ok(()), Ok(())], "signed again without a change");

    for Forgery { name, reason, bundle } in forgeries(journal, history.key) {
        std::fs::write(&file, bundle)?;
        let refused = Err(reason.to_owned());
        assert_eq!(verifiers::of_bundle(&file)?, [refused.clone(), refused], "{name}");
    }
    Ok(())
}

fn forgeries(journal: Journal, key: SigningKey) -> Vec<Forgery> {
    let mut forger = Forger { journal, key, made: Vec::new() };
    forger.entries();
    forger.ballots();
    forger.draws();
    forger.charters();
    forger.verdicts();
    forger.certificates();
    forger.made
}

impl Forger {
    /// By someone who has a copy and no key.
    fn plain(&mut self, name: &'static str, reason: &'static str, change: impl Fn(&mut Journal)) {
        let mut journal = self.journal.clone();
        change(&mut journal);
        self.made.push(Forgery { name, reason, bundle: journal.write() });
    }

    /// By someone who has the group's key.
    fn signed(&mut self, name: &'static str, reason: &'static str, change: impl Fn(&mut Journal)) {
        let mut journal = self.journal.clone();
        change(&mut journal);
        let bundle = journal.sign_again(&self.key).write();
        self.made.push(Forgery { name, reason, bundle });
    }

    fn entries(&mut self) {
        let cosigned = self.journal.find(0, "proposal.cosigned");
        let made = self.journal.find_of(0, "draw.made");
        let cast = self.journal.find_of(0, "ballot.cast");
        self.plain("an entry changed", "root_mismatch", |journal| {
            journal.set(cosigned, "actor", integer(9));
        });
        self.signed("an entry changed, signed", "cosign_not_allowed", |journal| {
            journal.set(cosigned, "actor", integer(0));
        });
        self.plain("an entry dropped", "seq_wrong", |journal| {
            journal.entries.remove(cosigned);
        });
        self.plain("the last entry dropped", "root_mismatch", |journal| {
            journal.entries.pop();
        });
        self.signed("an entry dropped, signed", "cosign_short", |journal| {
            journal.entries.remove(cosigned);
        });
        self.plain("two entries swapped", "seq_wrong", |journal| {
            journal.entries.swap(made, cast);
        });
        self.signed("two entries swapped, signed", "ballot_not_allowed", |journal| {
            let (earlier, later) = (journal.natural(made, "at"), journal.natural(cast, "at"));
            journal.entries.swap(made, cast);
            journal.set(made, "at", integer(earlier));
            journal.set(cast, "at", integer(later));
        });
    }

    fn ballots(&mut self) {
        let closed = self.journal.find_of(0, "jury.closed");
        let ended = self.journal.find_of(0, "proposal.closed");
        let cast = self.journal.find_of(0, "ballot.cast");
        let yes = self.journal.natural(closed, "yes");
        self.signed("a ballot added", "ballot_count", |journal| {
            let mut ballots = journal.ballots(closed);
            let nonce = Nonce::parse("one more").expect("plain words");
            ballots.push(Ballot { choice: Choice::Yes, nonce });
            journal.set_ballots(closed, ballots);
            journal.set(closed, "yes", integer(yes + 1));
        });
        self.signed("a ballot cast without a seat", "ballot_not_allowed", |journal| {
            let mut ballot = journal.entries[cast].clone();
            set(&mut ballot, "actor", integer(0));
            journal.entries.insert(cast, ballot);
        });
        self.signed("a ballot changed", "tally_wrong", |journal| {
            let mut ballots = journal.ballots(closed);
            let no = ballots.iter_mut().find(|ballot| ballot.choice == Choice::No);
            no.expect("one said no").choice = Choice::Yes;
            journal.set_ballots(closed, ballots);
        });
        self.signed("a late ballot", "ballot_not_allowed", |journal| {
            let mut ballot = journal.entries[cast].clone();
            set(&mut ballot, "at", integer(journal.natural(ended, "at")));
            journal.entries.insert(ended + 1, ballot);
        });
    }

    fn draws(&mut self) {
        let called = self.journal.find_of(0, "draw.called");
        let made = self.journal.find_of(0, "draw.made");
        let seated = self.journal.slots(made, "seated");
        let round = self.journal.natural(called, "round");
        let other = (6..60).find(|slot| !seated.contains(slot)).expect("there are sixty");
        self.signed("a juror replaced", "draw_seats_wrong", |journal| {
            let seats = [&[other], &seated[1..]].concat();
            journal.set_slots(made, "seated", &seats);
        });
        self.signed("the author seated", "draw_seats_wrong", |journal| {
            let seats = [&[0], &seated[1..]].concat();
            journal.set_slots(made, "seated", &seats);
        });
        self.signed("another round of the beacon named", "draw_round_wrong", |journal| {
            journal.set(called, "round", integer(round + 1));
        });
        let elsewhere = self.journal.find_of(1, "draw.made");
        self.signed("another round of the beacon used", "beacon_invalid", |journal| {
            let link = journal.entries[elsewhere].field("signature").cloned();
            journal.set(made, "signature", link.expect("a link"));
        });
    }

    fn charters(&mut self) {
        let hash = self.journal.entries[0].field("charter").and_then(Value::as_text);
        let hash = hash.expect("a founding names its charter").to_owned();
        let swapped = move |journal: &mut Journal| {
            let named = |(name, _): &&mut (_, Option<String>)| format!("{name}") == hash;
            let charter = journal.documents.iter_mut().find(named).expect("the charter");
            let text = charter.1.take().expect("its text");
            let other = text.replace("new_days = 14", "new_days = 0");
            assert_ne!(text, other, "the charter says new_days = 14");
            charter.1 = Some(other);
        };
        self.plain("the charter's text swapped", "document_mismatch", &swapped);
        self.signed("the charter swapped everywhere", "charter_mismatch", |journal| {
            let old = journal.entries[0].field("charter").cloned().expect("a charter");
            swapped(journal);
            for document in &mut journal.documents {
                if let Some(text) = &document.1 {
                    document.0 = sha256(text.as_bytes());
                }
            }
            let other = journal
                .documents
                .iter()
                .find(|(_, text)| text.as_ref().is_some_and(|text| text.contains("new_days = 0")));
            let other = Value::text(other.expect("the other charter").0.to_string());
            for entry in &mut journal.entries {
                if entry.field("charter") == Some(&old) {
                    set(entry, "charter", other.clone());
                }
            }
            journal.documents.sort_by_key(|(hash, _)| *hash.as_bytes());
        });
    }

    fn verdicts(&mut self) {
        let closed = self.journal.find_of(0, "jury.closed");
        self.signed("the verdict flipped", "verdict_wrong", |journal| {
            journal.set(closed, "verdict", "declined".into());
        });
    }

    fn certificates(&mut self) {
        self.plain("the certificate of another message", "certificate_other_message", |journal| {
            let other = journal.certificates[1].as_bytes();
            let mut other = decode_limited(other, CERTIFICATE_BYTES_MAX).expect("a certificate");
            set(&mut other, "number", integer(1));
            let text = String::from_utf8(encode(&other)).expect("canonical JSON is UTF-8");
            journal.certificates[0] = text;
        });
    }
}
