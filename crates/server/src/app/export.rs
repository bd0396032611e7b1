//! A whole journal as one file (`spec/bundle.md`), written line by line from the store, so that a journal of any length needs
//! little memory. Knows nothing of who may have it: callers ask the engine's access rules.

use std::io::{self, Write};

use mic_engine::ids::{GroupId, LogTime, Number, Seq};
use mic_proof::bundle::{Head, LINE_BYTES_MAX, Line};
use mic_proof::entry::{Entry, Event, Founded, read_entry};
use mic_proof::note::{Checkpoint as Tree, SigningKey, sign_checkpoint};
use mic_proof::tree::Frontier;
use mic_store::Store;
use mic_store::contract::{
    Checkpoint, CheckpointSaved, DocumentRow, DocumentText, ENTRIES_PER_READ_MAX, Fault,
};

use crate::certificates::Certificate;

/// Why a journal was not exported, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("the file cannot be written: {0}")]
    Write(#[from] io::Error),
    #[error("there is no such group on this server")]
    NoSuchGroup,
    /// What is stored is not a journal of ours.
    #[error("the stored journal is damaged: {0}")]
    Damaged(&'static str),
}

/// What a bundle holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Exported {
    pub entries: u64,
    pub documents: u64,
    /// Texts that are longer than a line of a bundle may be.
    pub left_out: u64,
    pub checkpoints: u64,
    pub certificates: u64,
    pub lines: u64,
}

/// Checkpoints read at once.
const CHECKPOINTS_READ_MAX: u32 = 1_000;

/// Writes the bundle of a group. Its head is the newest checkpoint, or one that is made and kept now if entries came after it.
pub fn export(
    store: &dyn Store,
    group: GroupId,
    now: LogTime,
    out: &mut dyn Write,
) -> Result<Exported, ExportError> {
    export_for(store, group, now, &|_| true, out)
}

/// The same for somebody who may not read every text: those they may not stand in it by their hash alone, like erased ones.
pub fn export_for(
    store: &dyn Store,
    group: GroupId,
    now: LogTime,
    may_read: &dyn Fn(&DocumentRow) -> bool,
    out: &mut dyn Write,
) -> Result<Exported, ExportError> {
    let first = store.entries(group, Seq(0), 1)?;
    let first = first.first().ok_or(ExportError::NoSuchGroup)?;
    let Ok(entry) = read_entry(&first.bytes) else { return Err(ExportError::Damaged("entry 0")) };
    let Event::GroupFounded(founded) = entry.event else {
        return Err(ExportError::Damaged("it does not begin with a founding"));
    };
    let head = head(store, group, &founded, now)?;
    let mut bundle =
        Bundle { store, group, out, done: Exported::default(), broadcasts: Vec::new() };
    bundle.line(&Line::Bundle(Head {
        group: founded.group.clone(),
        origin: founded.origin.clone(),
        key: founded.key,
        size: head.size,
        checkpoint: head.note.clone(),
    }))?;
    bundle.entries(head.size)?;
    bundle.documents(may_read)?;
    bundle.checkpoints(head.size)?;
    bundle.certificates()?;
    let lines = bundle.done.lines + 1;
    bundle.line(&Line::End { lines })?;
    bundle.out.flush()?;
    Ok(bundle.done)
}

/// The newest checkpoint if it covers everything; otherwise one that does.
fn head(
    store: &dyn Store,
    group: GroupId,
    founded: &Founded,
    now: LogTime,
) -> Result<Checkpoint, ExportError> {
    let (length, latest) = (store.length(group)?, store.latest_checkpoint(group)?);
    let secrets = store.group_secrets(group)?;
    match (latest, secrets) {
        (Some(latest), _) if latest.size == length.0 => Ok(latest),
        (_, Some(secrets)) => {
            let key = SigningKey::from_seed(&secrets.signing_seed);
            let (size, root) = (length.0, root(store, group, length)?);
            let note = sign_checkpoint(&Tree { origin: founded.origin.clone(), size, root }, &key);
            let at = store.latest_checkpoint(group)?.map_or(now, |latest| latest.at.max(now));
            let checkpoint = Checkpoint { size, at, note };
            match store.save_checkpoint(group, &checkpoint)? {
                CheckpointSaved::Saved => Ok(checkpoint),
                // Somebody published a later one meanwhile, which covers at least as much.
                CheckpointSaved::Behind => {
                    store.latest_checkpoint(group)?.ok_or(ExportError::Damaged("no checkpoint"))
                }
                CheckpointSaved::Ahead => Err(ExportError::Damaged("entries are missing")),
            }
        }
        (Some(latest), None) => Ok(latest),
        (None, None) => Err(ExportError::Damaged("no checkpoint and no keys")),
    }
}

fn root(
    store: &dyn Store,
    group: GroupId,
    length: Seq,
) -> Result<mic_proof::hash::Hash, ExportError> {
    let mut tree = Frontier::new();
    while tree.size() < length.0 {
        let leaves = store.leaves(group, Seq(tree.size()), ENTRIES_PER_READ_MAX)?;
        if leaves.is_empty() {
            return Err(ExportError::Damaged("entries are missing"));
        }
        for leaf in leaves.into_iter().take(usize::try_from(length.0 - tree.size()).unwrap_or(0)) {
            tree.push(leaf);
        }
    }
    Ok(tree.root())
}

struct Bundle<'a> {
    store: &'a dyn Store,
    group: GroupId,
    out: &'a mut dyn Write,
    done: Exported,
    /// The numbers of the broadcasts among the entries, in order.
    broadcasts: Vec<u32>,
}

impl Bundle<'_> {
    fn line(&mut self, line: &Line) -> Result<(), ExportError> {
        self.out.write_all(&line.write())?;
        self.done.lines += 1;
        Ok(())
    }

    fn entries(&mut self, size: u64) -> Result<(), ExportError> {
        let mut next = Seq(0);
        while next.0 < size {
            let entries = self.store.entries(self.group, next, ENTRIES_PER_READ_MAX)?;
            if entries.is_empty() {
                return Err(ExportError::Damaged("entries are missing"));
            }
            for stored in entries.into_iter().take_while(|stored| stored.seq.0 < size) {
                next = Seq(stored.seq.0 + 1);
                let text = String::from_utf8(stored.bytes)
                    .map_err(|_| ExportError::Damaged("an entry is not text"))?;
                // Few entries have the word, and only those are read.
                if text.contains("broadcast.ordered")
                    && let Ok(Entry { event: Event::BroadcastOrdered { number, .. }, .. }) =
                        read_entry(text.as_bytes())
                {
                    self.broadcasts.extend(u32::try_from(number));
                }
                self.line(&Line::Entry { seq: stored.seq.0, text })?;
                self.done.entries += 1;
            }
        }
        Ok(())
    }

    fn documents(&mut self, may_read: &dyn Fn(&DocumentRow) -> bool) -> Result<(), ExportError> {
        for row in self.store.documents(self.group)? {
            let text = match self.store.document(self.group, &row.hash)? {
                Some(_) if !may_read(&row) => None,
                Some(DocumentText::Bytes(bytes)) => Some(
                    String::from_utf8(bytes)
                        .map_err(|_| ExportError::Damaged("a document is not text"))?,
                ),
                Some(DocumentText::Erased) | None => None,
            };
            let line = Line::Document { hash: row.hash, text };
            if line.write().len() > LINE_BYTES_MAX + 1 {
                self.done.left_out += 1;
                continue;
            }
            self.line(&line)?;
            self.done.documents += 1;
        }
        Ok(())
    }

    fn checkpoints(&mut self, size: u64) -> Result<(), ExportError> {
        let mut from = 0;
        loop {
            let found = self.store.checkpoints(self.group, from, CHECKPOINTS_READ_MAX)?;
            let Some(last) = found.last() else { return Ok(()) };
            from = last.size + 1;
            for older in found.into_iter().filter(|older| older.size < size) {
                self.line(&Line::Checkpoint { text: older.note })?;
                self.done.checkpoints += 1;
            }
        }
    }

    fn certificates(&mut self) -> Result<(), ExportError> {
        for number in std::mem::take(&mut self.broadcasts) {
            let certificate = Certificate::of(self.store, self.group, Number(number))?;
            let Some(text) = certificate.file() else { continue };
            let line = Line::Certificate { text };
            if line.write().len() > LINE_BYTES_MAX + 1 {
                self.done.left_out += 1;
                continue;
            }
            self.line(&line)?;
            self.done.certificates += 1;
        }
        Ok(())
    }
}
