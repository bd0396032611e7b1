//! The journal of a group as one file, line by line, with the texts that its reader may see. It is never whole in memory.
//! Knows no request and no token.

use std::io::{self, Write};
use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::channel::{Channel, Sender};
use mic_engine::access::{Thing, Viewer, may_see};
use mic_engine::ids::Slot;
use mic_engine::node::View;
use mic_engine::state::State;
use mic_store::contract::{DocumentKind, DocumentRow};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::app::{App, export_for};

/// Bytes that are gathered before they are sent.
const PIECE_BYTES: usize = 65_536;
/// Pieces that wait for a slow reader; then reading waits.
const PIECES_WAITING_MAX: usize = 4;
/// A reader who takes no piece for so long is given up.
const PIECE_WAIT_MAX: Duration = Duration::from_secs(30);

/// The bundle (`spec/bundle.md`) as this member may have it. Texts of others that did not become something of the whole group stand
/// in it like erased ones: by their hash alone. A body that breaks off says that it is not whole.
pub(crate) fn bundle_for_member(app: &App, view: &View, slot: Slot) -> Body {
    let (sender, body) = Channel::<Bytes, io::Error>::new(PIECES_WAITING_MAX);
    let (app, state, runtime) = (app.clone(), view.state.clone(), Handle::current());
    tokio::task::spawn_blocking(move || {
        let mut out = Pieces { sender, runtime, waiting: Vec::with_capacity(PIECE_BYTES) };
        let may_read = |row: &DocumentRow| may_read(&state, slot, row);
        let (group, now) = (state.founded.group, app.now());
        if let Err(error) = export_for(app.store(), group, now, &may_read, &mut out) {
            tracing::warn!(event = "api.bundle_broke_off", %error);
            out.sender.abort(io::Error::other("the bundle broke off"));
        }
    });
    Body::new(body)
}

/// Whether a member may read a document: the rules and the lists of those passed over are for all members, a version is for whoever may
/// see one of the proposals it belongs to.
pub(super) fn may_read(state: &State, slot: Slot, row: &DocumentRow) -> bool {
    let sees = |thing| may_see(state, Viewer::Member(slot), thing);
    match row.kind {
        DocumentKind::Charter
        | DocumentKind::Profile
        | DocumentKind::Exclusions
        | DocumentKind::Ballots => sees(Thing::Inside),
        DocumentKind::Version | DocumentKind::Reason | DocumentKind::Statement => {
            row.proposals.iter().any(|number| sees(Thing::Text(*number)))
        }
    }
}

/// Gathers lines and hands them to the reader, waiting where the reader is slow.
struct Pieces {
    sender: Sender<Bytes, io::Error>,
    runtime: Handle,
    waiting: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.waiting));
        let sending = async { timeout(PIECE_WAIT_MAX, self.sender.send_data(piece)).await };
        match self.runtime.block_on(sending) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}
