//! Checks a whole bundle, in the order that `spec/bundle.md` fixes.
//!
//! Reads the file twice, so that a journal of a million entries needs the memory of its tree and
//! not of its texts: first lines, entries, root, documents and checkpoints, then the replay and the
//! certificates. Knows nothing of how findings are shown.

use std::collections::BTreeSet;
use std::io::{self, BufRead};

use crate::bundle::{Head, Line, Reader, Unreadable};
use crate::certificate;
use crate::entry::{Entry, Event, Subject, read_entry};
use crate::finding::{Code, Finding, Refused, Report, Weight, need};
use crate::hash::{Hash, leaf_hash, sha256};
use crate::note::{VerifyingKey, open_checkpoint, read_checkpoint};
use crate::replay::{Document, Documents, Options, Replay, read_version};
use crate::tree::Tree;

/// So many entries that cannot be read are told one by one; more say nothing new.
const BAD_ENTRIES_TOLD_MAX: usize = 1_000;

/// Checks a bundle that `open` opens (twice) and tells every finding as it comes. Gives the first
/// reason to refuse it, or none if it is accepted.
pub fn verify_bundle<R: BufRead>(
    mut open: impl FnMut() -> io::Result<R>,
    options: &Options<'_>,
    tell: &mut dyn FnMut(Finding),
) -> Result<Option<Code>, Unreadable> {
    let mut report = Report::new(tell);
    let mut first = FirstPass::default();
    let mut reader = Reader::new(open().map_err(Unreadable::Read)?);
    while let Some(line) = reader.next_line()? {
        first.take(line, options)?;
    }
    let Some(head) = first.head.take() else {
        return Err(Refused::new(Code::BundleMalformed, "not a bundle").into());
    };
    // Nothing is told before it is certain that the file is a whole bundle.
    for finding in std::mem::take(&mut first.findings) {
        report.say(finding);
    }
    report.ok(Code::Checkpoint, None, format!("{} older checkpoints read", first.older));
    if first.unreadable > 0 {
        report.note(Code::Replay, None, "not replayed, because not every entry can be read");
        return Ok(report.first_bad());
    }
    let mut replay = Replay::new(&first.tree, &first.documents, *options);
    let mut reader = Reader::new(open().map_err(Unreadable::Read)?);
    second_pass(&mut reader, &head, &first.tree, &mut replay, options, &mut report)?;
    let (slots, proposals, broadcasts) = replay.counts();
    let text = format!(
        "{} entries, {slots} slots, {proposals} proposals, {broadcasts} broadcasts",
        first.tree.size()
    );
    report.ok(Code::Journal, None, text);
    Ok(report.first_bad())
}

/// Checks a bundle that is in memory.
pub fn verify_bundle_bytes(
    bytes: &[u8],
    options: &Options<'_>,
    tell: &mut dyn FnMut(Finding),
) -> Result<Option<Code>, Unreadable> {
    verify_bundle(|| Ok(bytes), options, tell)
}

fn second_pass<R: BufRead>(
    reader: &mut Reader<R>,
    head: &Head,
    tree: &Tree,
    replay: &mut Replay<'_>,
    options: &Options<'_>,
    report: &mut Report<'_>,
) -> Result<(), Unreadable> {
    let mut finished = false;
    let mut position = 0;
    while let Some(line) = reader.next_line()? {
        if !finished && !matches!(line, Line::Bundle(_) | Line::Entry { .. }) {
            replay.finish(report);
            finished = true;
        }
        match line {
            Line::Entry { text, .. } => {
                let leaf = leaf_hash(text.as_bytes());
                let changed = || io::Error::other("the file changed while it was read");
                if tree.leaf(position) != Some(leaf) {
                    return Err(Unreadable::Read(changed()));
                }
                replay.take(&read_entry(text.as_bytes())?, leaf, report);
                position += 1;
            }
            Line::Certificate { text } => {
                match own_certificate(text.as_bytes(), head, tree, replay, options) {
                    Ok(certificate) => {
                        let text = format!("broadcast {}", certificate.number);
                        report.ok(Code::Certificate, Some(certificate.ordered_at), text);
                    }
                    Err(refused) => report.bad(None, refused),
                }
            }
            Line::Bundle(_)
            | Line::Document { .. }
            | Line::Checkpoint { .. }
            | Line::End { .. } => {}
        }
    }
    Ok(())
}

/// A certificate inside a bundle must also be one of this journal.
fn own_certificate(
    bytes: &[u8],
    head: &Head,
    tree: &Tree,
    replay: &Replay<'_>,
    options: &Options<'_>,
) -> Result<certificate::Certificate, Refused> {
    let options = Options { expected_key: Some(head.key), ..*options };
    let found = certificate::check(bytes, &options, None, replay.links())?;
    let ours = tree.root(found.checkpoint.size) == Some(found.checkpoint.root);
    need(ours, Code::CertificateInvalid, "its checkpoint is not of this journal")?;
    let same = replay.broadcast(found.number) == Some(found.version);
    let code = Code::CertificateOtherMessage;
    need(same, code, format_args!("broadcast {} is another", found.number))?;
    Ok(found)
}

/// Everything that needs no replay.
#[derive(Default)]
struct FirstPass {
    head: Option<Head>,
    key: Option<VerifyingKey>,
    tree: Tree,
    first_entry: Option<Entry>,
    last_at: u64,
    unreadable: usize,
    head_checked: bool,
    documents: Documents,
    wanted: BTreeSet<Hash>,
    older: u64,
    findings: Vec<Finding>,
}

impl FirstPass {
    fn take(&mut self, line: Line, options: &Options<'_>) -> Result<(), Refused> {
        if !self.head_checked && !matches!(line, Line::Bundle(_) | Line::Entry { .. }) {
            self.head_checked = true;
            self.check_head(options);
        }
        match line {
            Line::Bundle(head) => {
                self.key = VerifyingKey::from_bytes(&head.key).ok();
                self.head = Some(head);
            }
            Line::Entry { seq, text } => self.entry(seq, &text),
            Line::Document { hash, text } => {
                let document = match text {
                    None => Document::Erased,
                    Some(text) if sha256(text.as_bytes()) != hash => {
                        let text = format!("the text named {hash} has another hash");
                        self.bad(None, Refused::new(Code::DocumentMismatch, text));
                        Document::Mismatched
                    }
                    Some(text) => self.read_document(hash, text),
                };
                let first = self.documents.add(hash, document);
                need(first, Code::BundleMalformed, "a document stands there twice")?;
            }
            Line::Checkpoint { text } => {
                self.older += 1;
                if let Err(refused) = self.check_older(&text) {
                    self.bad(None, refused);
                }
            }
            Line::Certificate { .. } | Line::End { .. } => {}
        }
        Ok(())
    }

    fn read_document(&mut self, hash: Hash, text: String) -> Document {
        if let Some(facts) = read_version(text.as_bytes()) {
            return Document::Version(facts);
        }
        // Ballot lists are the only documents that are JSON lists.
        if self.wanted.contains(&hash) || text.starts_with('[') {
            self.documents.keep(hash, text);
        }
        Document::Other
    }

    /// Charters and ballot indexes are read as a whole.
    fn want(&mut self, event: &Event) {
        let wanted = match event {
            Event::GroupFounded(founded) => Some(founded.charter),
            Event::CharterAmended { charter, .. } => Some(*charter),
            Event::ProposalOpened(opened) => match opened.subject {
                Some(Subject::Document(charter)) => Some(charter),
                Some(Subject::Number(_)) | None => None,
            },
            Event::VersionPosted { subject: Some(Subject::Document(charter)), .. } => {
                Some(*charter)
            }
            Event::VoteClosed(closed) => Some(closed.ballots),
            Event::PledgeWoken(woken) => Some(woken.ballots),
            _ => None,
        };
        self.wanted.extend(wanted);
    }

    fn entry(&mut self, seq: u64, text: &str) {
        let position = self.tree.size();
        self.tree.push(leaf_hash(text.as_bytes()));
        match self.check_entry(seq, position, text) {
            Ok(entry) => {
                self.last_at = entry.at;
                self.want(&entry.event);
                if position == 0 {
                    self.first_entry = Some(entry);
                }
            }
            Err(refused) => {
                self.unreadable += 1;
                if self.unreadable <= BAD_ENTRIES_TOLD_MAX {
                    self.bad(Some(position), refused);
                }
            }
        }
    }

    fn check_entry(&self, seq: u64, position: u64, text: &str) -> Result<Entry, Refused> {
        let entry = read_entry(text.as_bytes())?;
        let placed = seq == position && entry.seq == position;
        let code = Code::SeqWrong;
        need(placed, code, format_args!("entry {} stands at position {position}", entry.seq))?;
        let forward = entry.at >= self.last_at;
        let text = format_args!("{} after {}", entry.at, self.last_at);
        need(forward, Code::TimeWentBack, text)?;
        Ok(entry)
    }

    fn check_head(&mut self, options: &Options<'_>) {
        let Some(head) = self.head.clone() else { return };
        let (size, root) = (self.tree.size(), self.tree.root(self.tree.size()));
        let signature = |text: String| Refused::new(Code::CheckpointSignature, text);
        let said = match read_checkpoint(&head.checkpoint) {
            Ok(said) => said,
            Err(error) => return self.bad(None, signature(error.to_string())),
        };
        let fits = said.size == size && root == Some(said.root);
        if !fits {
            let text = "the entries do not give the size and root that were signed";
            self.bad(None, Refused::new(Code::RootMismatch, text));
        }
        match self.check_key(&head, options) {
            Err(refused) => self.bad(None, refused),
            Ok(()) if fits => {
                let text = format!("size {size}, root {}", said.root);
                self.say(Weight::Ok, Code::Root, None, text);
            }
            Ok(()) => {}
        }
    }

    fn check_key(&self, head: &Head, options: &Options<'_>) -> Result<(), Refused> {
        self.open(&head.checkpoint)?;
        let code = Code::KeyMismatch;
        let expected = options.expected_key.is_none_or(|key| key == head.key);
        need(expected, code, "signed with another key than the one expected")?;
        if let Some(Event::GroupFounded(founded)) = self.first_entry.as_ref().map(|it| &it.event) {
            let same = founded.key == head.key
                && founded.origin == head.origin
                && founded.group == head.group;
            need(same, code, "key, origin or group is not that of the founding")?;
        }
        Ok(())
    }

    fn check_older(&self, note: &str) -> Result<(), Refused> {
        let checkpoint = self.open(note)?;
        let fits = self.tree.root(checkpoint.size) == Some(checkpoint.root);
        let text = format_args!("a published checkpoint of size {} does not fit", checkpoint.size);
        need(fits, Code::CheckpointRoot, text)
    }

    /// A checkpoint of this bundle, signed by its key.
    fn open(&self, note: &str) -> Result<crate::note::Checkpoint, Refused> {
        let refused = |text: String| Refused::new(Code::CheckpointSignature, text);
        match (&self.head, &self.key) {
            (Some(head), Some(key)) => {
                open_checkpoint(note, &head.origin, key).map_err(|error| refused(error.to_string()))
            }
            (Some(_) | None, _) => Err(refused("the key is not usable".to_owned())),
        }
    }

    fn bad(&mut self, seq: Option<u64>, refused: Refused) {
        self.say(Weight::Bad, refused.code, seq, refused.text);
    }

    fn say(&mut self, weight: Weight, code: Code, seq: Option<u64>, text: String) {
        self.findings.push(Finding { weight, code, seq, text });
    }
}
