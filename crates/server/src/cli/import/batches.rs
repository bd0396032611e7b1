//! A verified bundle as the store wants it, batch after batch, so that a journal of any length needs little memory. What stays in memory
//! are the hashes of its texts. Knows no store.

use std::collections::BTreeMap;
use std::io::BufRead;

use mic_engine::append::{Append, Document, DocumentKind, EntryBytes, PersonWrite, VaultWrite};
use mic_engine::event::{Event, Founded, Subject};
use mic_engine::ids::{GroupId, LogTime, ProposalNumber, Seq};
use mic_engine::wire;
use mic_proof::bundle::{Line, Reader};
use mic_proof::hash::{Hash, leaf_hash};

use super::super::private::Private;

/// Entries and documents of one batch.
const LINES_A_BATCH_MAX: usize = 1_000;
/// After so many bytes a batch is full; one line may be beyond it.
const BATCH_BYTES_MAX: usize = 4_000_000;

/// What each document is, and the proposal it belongs to, is told by the entries that name it.
type Kinds = BTreeMap<Hash, (DocumentKind, Option<ProposalNumber>)>;

/// Entries and texts of a bundle.
pub(super) struct Batches<R> {
    reader: Reader<R>,
    kinds: Kinds,
    founded: Option<Founded>,
    next: Seq,
    last_at: LogTime,
    /// What comes with the first entry.
    people: Vec<PersonWrite>,
    vault: Vec<VaultWrite>,
}

impl<R: BufRead> Batches<R> {
    pub(super) fn new(bundle: R, private: &Private) -> Self {
        let people = private
            .people
            .iter()
            .map(|(slot, person, _)| PersonWrite::Found { slot: *slot, person: person.clone() });
        let vault = private.ballots.iter().cloned().map(|found| VaultWrite::Put {
            proposal: found.proposal,
            step: found.step,
            slot: found.slot,
            ballot: found.ballot,
        });
        Self {
            reader: Reader::new(bundle),
            kinds: Kinds::new(),
            founded: None,
            next: Seq(0),
            last_at: LogTime(0),
            people: people.collect(),
            vault: vault.collect(),
        }
    }

    /// Time of the newest entry so far.
    pub(super) fn last_at(&self) -> LogTime {
        self.last_at
    }

    /// The next batch; `None` when there is no more. What cannot be read is said in words.
    pub(super) fn next(&mut self) -> Result<Option<Append>, String> {
        let mut append = Append { expected: self.next, ..empty(GroupId([0; 16])) };
        let mut bytes = 0;
        while append.entries.len() + append.documents.len() < LINES_A_BATCH_MAX
            && bytes < BATCH_BYTES_MAX
        {
            let line = self.reader.next_line().map_err(|error| error.to_string())?;
            match line {
                None => break,
                Some(Line::Entry { text, .. }) => {
                    bytes += text.len();
                    append.entries.push(self.entry(text).ok_or("an entry is of a later version")?);
                }
                Some(Line::Document { hash, text: Some(text) }) => {
                    if let Some((kind, proposal)) = self.kinds.get(&hash).copied() {
                        bytes += text.len();
                        let bytes = text.into_bytes();
                        append.documents.push(Document { hash, bytes, kind, proposal });
                    }
                }
                Some(
                    Line::Bundle(_)
                    | Line::Document { text: None, .. }
                    | Line::Checkpoint { .. }
                    | Line::Certificate { .. }
                    | Line::End { .. },
                ) => {}
            }
        }
        if append.entries.is_empty() && append.documents.is_empty() {
            return Ok(None);
        }
        append.group = self.founded.as_ref().ok_or("it holds no founding")?.group;
        append.people = std::mem::take(&mut self.people);
        append.vault = std::mem::take(&mut self.vault);
        Ok(Some(append))
    }

    fn entry(&mut self, text: String) -> Option<EntryBytes> {
        let entry = wire::from_bytes(text.as_bytes()).ok()?;
        match &entry.event {
            Event::Founded(founded) => {
                self.kinds.insert(founded.charter, (DocumentKind::Charter, None));
                self.kinds.insert(founded.profile, (DocumentKind::Profile, None));
                self.founded = Some(founded.clone());
            }
            Event::Opened(opened) => {
                let kind = (DocumentKind::Version, Some(opened.proposal));
                self.kinds.insert(opened.version, kind);
                if let Some(Subject::Charter(charter)) = opened.subject {
                    self.kinds.insert(charter, (DocumentKind::Charter, Some(opened.proposal)));
                }
            }
            Event::VersionPosted { proposal, version, subject, .. } => {
                self.kinds.insert(*version, (DocumentKind::Version, Some(*proposal)));
                if let Some(Subject::Charter(charter)) = subject {
                    self.kinds.insert(*charter, (DocumentKind::Charter, Some(*proposal)));
                }
            }
            Event::StatementMade { proposal, document } => {
                self.kinds.insert(*document, (DocumentKind::Statement, Some(*proposal)));
            }
            Event::PositionTaken(taken) => {
                if let Some(reason) = taken.reason {
                    self.kinds.insert(reason, (DocumentKind::Reason, Some(taken.proposal)));
                }
            }
            Event::ObjectionRaised { proposal, reason, .. } => {
                self.kinds.insert(*reason, (DocumentKind::Reason, Some(*proposal)));
            }
            Event::VoteClosed(closed) => {
                self.kinds.insert(closed.ballots, (DocumentKind::Ballots, Some(closed.proposal)));
            }
            Event::PledgeWoken(woken) => {
                self.kinds.insert(woken.ballots, (DocumentKind::Ballots, Some(woken.proposal)));
            }
            Event::DrawCalled(called) => {
                let kind = (DocumentKind::Exclusions, Some(called.proposal));
                self.kinds.insert(called.exclusions, kind);
            }
            _ => {}
        }
        (self.last_at, self.next) = (entry.at, Seq(self.next.0 + 1));
        let bytes = text.into_bytes();
        Some(EntryBytes { leaf: leaf_hash(&bytes), bytes, proposal: entry.event.proposal() })
    }
}

fn empty(group: GroupId) -> Append {
    Append {
        group,
        expected: Seq(0),
        entries: Vec::new(),
        documents: Vec::new(),
        erased_documents: Vec::new(),
        vault: Vec::new(),
        people: Vec::new(),
        parcels: Vec::new(),
        keys: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
