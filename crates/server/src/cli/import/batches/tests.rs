//! A large bundle, made line by line while it is read: whatever its length, one batch is in memory at a time, and none is large.

use std::io::{self, BufRead, Cursor, Read};

use mic_engine::charter::{Audience, Id};
use mic_engine::event::{Actor, BeaconKind, Entry, Event, Founded, Opened};
use mic_engine::ids::{GroupId, LogTime, ProposalNumber, Seq, Slot};
use mic_engine::wire;
use mic_proof::bundle::{Head, Line};
use mic_proof::hash::{Hash, sha256};
use mic_store::contract::GroupSecrets;

use super::{BATCH_BYTES_MAX, Batches, LINES_A_BATCH_MAX};
use crate::cli::private::Private;

/// Entries of the bundle; each from the second on opens a proposal.
const ENTRIES: u64 = 20_000;
/// Texts of the bundle.
const TEXTS: u64 = 400;
const TEXT_BYTES: usize = 60_000;
const GROUP: GroupId = GroupId([7; 16]);

/// The lines of a bundle, one after the other.
struct Generated {
    number: u64,
    line: Cursor<Vec<u8>>,
}

impl Generated {
    fn line(number: u64) -> Option<Line> {
        let texts_from = 1 + ENTRIES;
        let end = texts_from + TEXTS;
        Some(match number {
            0 => Line::Bundle(Head {
                group: GROUP.to_string(),
                origin: "mic.example/log/x".to_owned(),
                key: [3; 32],
                size: ENTRIES,
                checkpoint: "a note".to_owned(),
            }),
            number if number < texts_from => {
                let seq = number - 1;
                let text = String::from_utf8(entry(seq)).expect("entries are text");
                Line::Entry { seq, text }
            }
            number if number < end => {
                let text = text(number - texts_from);
                Line::Document { hash: sha256(text.as_bytes()), text: Some(text) }
            }
            number if number == end => Line::End { lines: end + 1 },
            _ => return None,
        })
    }
}

impl Read for Generated {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Generated {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.fill_buf()?.is_empty()
            && let Some(line) = Self::line(self.number)
        {
            self.line = Cursor::new(line.write());
            self.number += 1;
        }
        self.line.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.line.consume(count);
    }
}

fn text(number: u64) -> String {
    format!("{number} {}", "x".repeat(TEXT_BYTES))
}

fn entry(seq: u64) -> Vec<u8> {
    let event = match seq {
        0 => Event::Founded(Founded {
            group: GROUP,
            origin: "mic.example/log/x".to_owned(),
            key: [3; 32],
            charter: sha256(b"charter"),
            profile: sha256(b"profile"),
            members: 3,
            beacon: BeaconKind::Local,
            chain: Hash([4; 32]),
        }),
        seq => Event::Opened(Opened {
            proposal: ProposalNumber(u32::try_from(seq - 1).expect("few")),
            process: Id::parse("message").expect("an id"),
            version: version(seq - 1),
            audience: Audience::Members,
            charter: sha256(b"charter"),
            subject: None,
            roll: 3,
        }),
    };
    let actor = if seq == 0 { Actor::Node } else { Actor::Member(Slot(0)) };
    let entry = Entry { seq: Seq(seq), at: LogTime(seq), actor, salt: [1; 32], event };
    wire::to_bytes(&entry).expect("an entry")
}

/// The first proposals have the texts that stand in the bundle; those of the others were erased.
fn version(proposal: u64) -> Hash {
    if proposal < TEXTS { sha256(text(proposal).as_bytes()) } else { sha256(b"erased") }
}

#[test]
fn a_large_bundle_comes_in_small_batches_and_whole() {
    let secrets = GroupSecrets { signing_seed: [1; 32], beacon_secret: [2; 32] };
    let private = Private { group: GROUP, secrets, people: Vec::new(), ballots: Vec::new() };
    let generated = Generated { number: 0, line: Cursor::default() };
    let mut batches = Batches::new(generated, &private);
    let (mut entries, mut texts, mut count) = (0, 0, 0);
    while let Some(batch) = batches.next().expect("readable") {
        assert_eq!((batch.group, batch.expected), (GROUP, Seq(entries)));
        assert!(batch.entries.len() + batch.documents.len() <= LINES_A_BATCH_MAX);
        let bytes = |lines: &mut dyn Iterator<Item = usize>| lines.sum::<usize>();
        let held = bytes(&mut batch.entries.iter().map(|entry| entry.bytes.len()))
            + bytes(&mut batch.documents.iter().map(|document| document.bytes.len()));
        assert!(held <= BATCH_BYTES_MAX + TEXT_BYTES + 100, "{held} bytes");
        entries += batch.entries.len() as u64;
        texts += batch.documents.len() as u64;
        count += 1;
    }
    assert_eq!((entries, texts), (ENTRIES, TEXTS));
    assert!(count >= 20, "{count} batches");
    assert_eq!(batches.last_at(), LogTime(ENTRIES - 1));
}
