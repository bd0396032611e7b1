//! The driver: one thread that owns the node and is the only writer of journals. It takes what arrives, lets the node decide,
//! makes all of a turn durable with one sync, and only then answers. Knows nothing of what is decided and of who asks.
//!
//! Every step may be the last: `mic_engine::node` says, input by input, why dying there is harmless.

pub mod beacon;
pub mod load;
pub(crate) mod relays;
mod turn;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use mic_engine::command::{Founding, MemberAct};
use mic_engine::ids::{CommandKey, GroupId, Slot};
use mic_engine::node::{Answer, View};
use mic_proof::hash::Hash;
use mic_proof::note::SigningKey;
use tokio::sync::{oneshot, watch};

pub(crate) use turn::Ports;
use turn::Turn;

/// Most signals that may wait for the driver.
pub const SIGNALS_WAITING_MAX: usize = 16_384;
/// Most signals taken in one turn.
pub const TURN_SIGNALS_MAX: usize = 4_096;
/// The longest pause before the clock is looked at again: it may have been set.
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// What reaches the driver's thread.
pub(crate) enum Signal {
    Act {
        group: GroupId,
        slot: Slot,
        key: CommandKey,
        act: Box<MemberAct>,
        answer: oneshot::Sender<Answer>,
    },
    Found {
        founding: Box<Founding>,
        key: Box<SigningKey>,
        answer: oneshot::Sender<Answer>,
    },
    /// A group that was founded or imported beside the driver; answers whether it is there now.
    Load {
        group: GroupId,
        answer: oneshot::Sender<bool>,
    },
    /// The beacon has spoken; groups that wait for the round get it.
    Round {
        chain: Hash,
        round: u64,
        signature: Vec<u8>,
    },
    Stop,
}

/// Why a signal cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreachable {
    Busy,
    Stopped,
}

/// The way to the driver's thread.
#[derive(Clone)]
pub(crate) struct Driver {
    signals: SyncSender<Signal>,
}

/// The committed states of all groups, for readers.
#[derive(Clone, Default)]
pub struct Views {
    all: Arc<RwLock<BTreeMap<GroupId, View>>>,
    /// How often any of them changed.
    changes: Arc<watch::Sender<u64>>,
    syncs: Arc<AtomicU64>,
}

impl Driver {
    /// Starts the thread. The last value comes when every group has been read.
    pub(crate) fn start(
        ports: Ports,
    ) -> std::io::Result<(Self, JoinHandle<()>, oneshot::Receiver<()>)> {
        let (sender, receiver) = sync_channel(SIGNALS_WAITING_MAX);
        let (loaded, all_loaded) = oneshot::channel();
        let turn = Turn::new(ports);
        let thread = std::thread::Builder::new()
            .name("mic-driver".to_owned())
            .spawn(move || run(turn, &receiver, loaded))?;
        Ok((Self { signals: sender }, thread, all_loaded))
    }

    pub(crate) fn send(&self, signal: Signal) -> Result<(), Unreachable> {
        self.signals.try_send(signal).map_err(|error| match error {
            TrySendError::Full(_) => Unreachable::Busy,
            TrySendError::Disconnected(_) => Unreachable::Stopped,
        })
    }

    /// The same, waiting for room.
    pub(crate) async fn send_patiently(&self, signal: Signal) -> Result<(), Unreachable> {
        let signals = self.signals.clone();
        let sent = tokio::task::spawn_blocking(move || signals.send(signal)).await;
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Unreachable::Stopped),
        }
    }

    /// Asks the thread to finish what it has and end. Waits for room; a driver that is gone has stopped already.
    pub(crate) fn stop(&self) {
        let _gone = self.signals.send(Signal::Stop);
    }
}

impl Views {
    pub fn get(&self, group: GroupId) -> Option<View> {
        self.all.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&group).cloned()
    }

    pub fn groups(&self) -> Vec<GroupId> {
        let views = self.all.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        views.keys().copied().collect()
    }

    /// Tells of every change, for whoever waits for one.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// How often journals were made durable since the start, each time with all that had come in.
    pub fn syncs(&self) -> u64 {
        self.syncs.load(Ordering::Relaxed)
    }

    pub(crate) fn count_sync(&self) {
        self.syncs.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn put(&self, group: GroupId, view: View) {
        let mut views = self.all.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        views.insert(group, view);
        drop(views);
        self.changes.send_modify(|count| *count += 1);
    }
}

fn run(mut turn: Turn, signals: &Receiver<Signal>, loaded: oneshot::Sender<()>) {
    turn.load_all();
    // Whoever started the server may have given up waiting.
    let _gone = loaded.send(());
    loop {
        let mut stop = false;
        match signals.recv_timeout(turn.pause(PAUSE_MAX)) {
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => stop = true,
            Ok(signal) => turn.take(signal),
            Err(RecvTimeoutError::Timeout) => {}
        }
        // Whatever came in meanwhile shares the turn's sync.
        for signal in signals.try_iter().take(TURN_SIGNALS_MAX) {
            match signal {
                Signal::Stop => stop = true,
                signal => turn.take(signal),
            }
        }
        turn.finish();
        if stop {
            return;
        }
    }
}
