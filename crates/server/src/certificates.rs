//! Certificates: when a checkpoint that covers a broadcast is out, the small signed file that travels with the broadcast is built
//! from the stored journal and kept, or it is kept that there can be none. Knows nothing of mail; broadcasts wait for either.

use std::collections::BTreeMap;

use mic_engine::ids::{GroupId, Number, ProposalNumber, Seq};
use mic_engine::state::BroadcastLine;
use mic_proof::certificate::{self, Proven};
use mic_proof::entry::{Event, read_entry};
use mic_proof::finding::{Code, Refused};
use mic_proof::hash::Hash;
use mic_proof::replay::Options;
use mic_proof::tree::Tree;
use mic_store::Store;
use mic_store::contract::{DocumentText, ENTRIES_PER_READ_MAX, Fault, StoredEntry};
use tokio::sync::{mpsc, watch};

use crate::app::{App, asked_to_stop};

/// What is kept where a broadcast can have no certificate (spec/certificate.md): no certificate is an empty text.
const NONE_CAN_BE: &str = "";

/// What there is of a broadcast's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// No checkpoint covers the broadcast yet, or it was not built yet: asked again later, there is an answer.
    NotYet,
    /// There is none and never will be: nobody judged the broadcast, or the file would be larger than
    /// [`certificate::CERTIFICATE_BYTES_MAX`]. Only the journal shows how it came about.
    NoneCanBe,
    /// The file, byte for byte as it travels with the broadcast.
    File(String),
}

impl Certificate {
    /// Reads what is kept of the certificate of a broadcast. Everything that wants one asks here.
    pub fn of(store: &dyn Store, group: GroupId, number: Number) -> Result<Self, Fault> {
        Ok(match store.certificate(group, number)? {
            None => Self::NotYet,
            Some(text) if text == NONE_CAN_BE => Self::NoneCanBe,
            Some(text) => Self::File(text),
        })
    }

    /// The file, if there is one.
    pub fn file(self) -> Option<String> {
        match self {
            Self::File(text) => Some(text),
            Self::NotYet | Self::NoneCanBe => None,
        }
    }
}

/// Why it is not known whether there can be a certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("the entries give no certificate: {0}")]
    Refused(Refused),
    /// The journal that was read is not the one that was published.
    #[error("the stored journal does not lead to the published checkpoint")]
    OtherJournal,
    #[error("an exclusion list is missing")]
    ListMissing,
}

/// Builds what is missing: for every group at start, then for each group with a new checkpoint, until the server stops.
pub(crate) async fn run(
    app: App,
    mut new_checkpoints: mpsc::UnboundedReceiver<GroupId>,
    mut stop: watch::Receiver<bool>,
) {
    for group in app.groups() {
        complete(&app, group).await;
    }
    loop {
        tokio::select! {
            group = new_checkpoints.recv() => match group {
                Some(group) => {
                    complete(&app, group).await;
                }
                None => return,
            },
            () = asked_to_stop(&mut stop) => return,
        }
    }
}

/// Builds and keeps the certificates of a group that its newest checkpoint allows. Says how many.
pub async fn complete(app: &App, group: GroupId) -> usize {
    let Some(view) = app.view(group) else { return 0 };
    let lines: Vec<BroadcastLine> = view.state.broadcasts.iter().copied().collect();
    let built = app.blocking(move |store| complete_lines(store, group, &lines)).await;
    match built {
        Ok(0) => 0,
        Ok(count) => {
            tracing::info!(event = "certificates.built", count);
            app.kick_outbox();
            count
        }
        Err(error) => {
            tracing::error!(event = "certificates.failed", %error);
            0
        }
    }
}

fn complete_lines(
    store: &dyn Store,
    group: GroupId,
    lines: &[BroadcastLine],
) -> Result<usize, CertificateError> {
    let Some(checkpoint) = store.latest_checkpoint(group)? else { return Ok(0) };
    let mut missing = Vec::new();
    // Certificates are built in order, so the first answer that is there ends the search from the newest.
    for line in lines.iter().rev() {
        if Certificate::of(store, group, line.number)? != Certificate::NotYet {
            break;
        }
        if line.seq.0 < checkpoint.size {
            missing.push(line);
        }
    }
    if missing.is_empty() {
        return Ok(0);
    }
    let tree = tree(store, group, checkpoint.size)?;
    let builder = Builder { store, group, tree, size: checkpoint.size, note: &checkpoint.note };
    for line in missing.iter().rev() {
        builder.build(line)?;
    }
    Ok(missing.len())
}

struct Builder<'a> {
    store: &'a dyn Store,
    group: GroupId,
    tree: Tree,
    size: u64,
    note: &'a str,
}

impl Builder<'_> {
    fn build(&self, line: &BroadcastLine) -> Result<(), CertificateError> {
        let entries = self.entries(line)?;
        let lists = self.lists(&entries)?;
        let Number(number) = line.number;
        let text = match file(self.note, &entries, &lists) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| CertificateError::OtherJournal)?,
            Err(reason) => {
                tracing::warn!(event = "certificates.none_can_be", number, %reason);
                NONE_CAN_BE.to_owned()
            }
        };
        if !self.store.save_certificate(self.group, line.number, &text)? {
            tracing::warn!(event = "certificates.kept_the_first", number);
        }
        Ok(())
    }

    fn entries(&self, line: &BroadcastLine) -> Result<Vec<Proven>, CertificateError> {
        let mut carried: Vec<StoredEntry> = self.store.entries(self.group, Seq(0), 1)?;
        let mut first_call = None;
        for stored in of_proposal(self.store, self.group, line.proposal)? {
            if stored.seq > line.seq {
                break;
            }
            let entry = read_entry(&stored.bytes).map_err(CertificateError::Refused)?;
            if first_call.is_none() && matches!(entry.event, Event::DrawCalled(_)) {
                first_call = Some(stored.seq);
            }
            if let Event::ProposalOpened(opened) = &entry.event {
                let amended = self.amendment(stored.seq, &opened.charter, &carried)?;
                carried.extend(amended);
            }
            if certificate::is_carried(&entry.event, u64::from(line.proposal.0)) {
                carried.push(stored);
            }
        }
        if let Some(from) = first_call {
            self.leavings(from, line.seq, &mut carried)?;
        }
        carried.sort_by_key(|stored| stored.seq);
        carried.dedup_by_key(|stored| stored.seq);
        carried.into_iter().map(|stored| self.proven(stored)).collect()
    }

    /// Where a proposal was not opened under the founding's charter, the amendment that put its charter in force.
    fn amendment(
        &self,
        opened: Seq,
        charter: &Hash,
        carried: &[StoredEntry],
    ) -> Result<Option<StoredEntry>, CertificateError> {
        if let Some(first) = carried.first() {
            let entry = read_entry(&first.bytes).map_err(CertificateError::Refused)?;
            if matches!(&entry.event, Event::GroupFounded(founded) if founded.charter == *charter) {
                return Ok(None);
            }
        }
        let mut before = opened.0;
        while before > 0 {
            let from = before.saturating_sub(u64::from(ENTRIES_PER_READ_MAX));
            let entries = self.store.entries(self.group, Seq(from), ENTRIES_PER_READ_MAX)?;
            for stored in entries.into_iter().rev().filter(|stored| stored.seq.0 < before) {
                let entry = read_entry(&stored.bytes).map_err(CertificateError::Refused)?;
                if matches!(entry.event, Event::CharterAmended { .. }) {
                    return Ok(Some(stored));
                }
            }
            before = from;
        }
        Ok(None)
    }

    /// Who left after the first call may be passed over by the draw; the certificate shows it.
    fn leavings(
        &self,
        from: Seq,
        to: Seq,
        carried: &mut Vec<StoredEntry>,
    ) -> Result<(), CertificateError> {
        let mut next = from;
        while next < to {
            let entries = self.store.entries(self.group, next, ENTRIES_PER_READ_MAX)?;
            let Some(last) = entries.last() else { break };
            next = Seq(last.seq.0 + 1);
            for stored in entries.into_iter().filter(|stored| stored.seq < to) {
                let entry = read_entry(&stored.bytes).map_err(CertificateError::Refused)?;
                if certificate::leaving(&entry.event).is_some() {
                    carried.push(stored);
                }
            }
        }
        Ok(())
    }

    fn proven(&self, stored: StoredEntry) -> Result<Proven, CertificateError> {
        let index = stored.seq.0;
        let proof = self.tree.inclusion_proof(index, self.size);
        let entry = String::from_utf8(stored.bytes);
        match (proof, entry) {
            (Some(proof), Ok(entry)) => Ok(Proven { index, entry, proof }),
            (None, _) | (_, Err(_)) => Err(CertificateError::OtherJournal),
        }
    }

    /// The exclusion list of each step that was drawn: that of its last call.
    fn lists(&self, entries: &[Proven]) -> Result<BTreeMap<u64, String>, CertificateError> {
        let mut called: BTreeMap<u64, Hash> = BTreeMap::new();
        let mut lists = BTreeMap::new();
        for proven in entries {
            let entry = read_entry(proven.entry.as_bytes()).map_err(CertificateError::Refused)?;
            match entry.event {
                Event::DrawCalled(call) => {
                    called.insert(call.step, call.exclusions);
                }
                Event::DrawMade(made) => {
                    let hash = called.get(&made.step).ok_or(CertificateError::ListMissing)?;
                    lists.insert(made.step, self.list(hash)?);
                }
                _ => {}
            }
        }
        Ok(lists)
    }

    fn list(&self, hash: &Hash) -> Result<String, CertificateError> {
        match self.store.document(self.group, hash)? {
            Some(DocumentText::Bytes(bytes)) => {
                String::from_utf8(bytes).map_err(|_| CertificateError::ListMissing)
            }
            Some(DocumentText::Erased) | None => Err(CertificateError::ListMissing),
        }
    }
}

/// The file, or why there can be none: it would be too large, or it shows that nobody approved the text.
fn file(note: &str, entries: &[Proven], lists: &BTreeMap<u64, String>) -> Result<Vec<u8>, Refused> {
    let bytes = certificate::build(note, entries, lists)?;
    match certificate::verify_certificate(&bytes, &Options::new(), None, &mut |_| {}) {
        Err(code @ Code::BroadcastUnfounded) => Err(Refused::new(code, "nobody judged it")),
        // Whoever has it sees what else is wrong with it; the chain of its draws may be one that is unknown here.
        Ok(_) | Err(_) => Ok(bytes),
    }
}

/// The tree of the first `size` entries.
fn tree(store: &dyn Store, group: GroupId, size: u64) -> Result<Tree, CertificateError> {
    let mut tree = Tree::new();
    while tree.size() < size {
        let leaves = store.leaves(group, Seq(tree.size()), ENTRIES_PER_READ_MAX)?;
        if leaves.is_empty() {
            return Err(CertificateError::OtherJournal);
        }
        for leaf in leaves {
            tree.push(leaf);
        }
    }
    Ok(tree)
}

fn of_proposal(
    store: &dyn Store,
    group: GroupId,
    proposal: ProposalNumber,
) -> Result<Vec<StoredEntry>, Fault> {
    let mut all: Vec<StoredEntry> = Vec::new();
    loop {
        let from = all.last().map_or(Seq(0), |last| Seq(last.seq.0 + 1));
        let more = store.entries_of_proposal(group, proposal, from, ENTRIES_PER_READ_MAX)?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}
