//! Rounds of public beacons: which are awaited, and the task that fetches them from relays. A round that cannot be fetched is
//! awaited, visibly, and never replaced by anything. Knows nothing of draws; that a round is genuine is checked where it is used, too.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mic_proof::hash::Hash;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::relays::Relays;
use super::{Driver, Signal};
use crate::app::asked_to_stop;
use crate::clock::{self, Clock, Wall};
use crate::config::{BeaconConfig, Config};

pub use super::relays::BeaconUnusable;

/// The pause after the first failure; it doubles up to [`PAUSE_MAX`].
const PAUSE_FIRST: Duration = Duration::from_secs(1);
/// The longest pause between two attempts to fetch a round.
const PAUSE_MAX: Duration = Duration::from_mins(1);

/// A round to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) chain: Hash,
    pub(crate) round: u64,
}

/// A round that draws wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundAwaited {
    pub chain: Hash,
    pub round: u64,
    /// Since when it is being fetched.
    pub since: Wall,
    pub attempts: u32,
    pub trouble: Trouble,
}

/// What stands between a draw and its round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing yet: it is being fetched.
    None,
    /// No relay could give it; what the last one said.
    Relays(String),
    /// This server is not configured for the group's beacon.
    NotConfigured,
    /// The group's own chain has no link left.
    Exhausted,
}

/// Which rounds are awaited, for pages and the operator.
#[derive(Debug, Default)]
pub(crate) struct Board(Mutex<BTreeMap<(Hash, u64), RoundAwaited>>);

/// Fetches what is asked for until it has it.
pub(crate) struct Fetcher {
    relays: Option<Arc<Relays>>,
}

impl Fetcher {
    pub(crate) fn new(config: &Config) -> Result<Self, BeaconUnusable> {
        Ok(match &config.beacon {
            BeaconConfig::Local => Self { relays: None },
            BeaconConfig::Drand { chain, relays } => {
                Self { relays: Some(Arc::new(Relays::new(&chain.chain(), relays)?)) }
            }
        })
    }

    pub(crate) async fn run(
        self,
        driver: Driver,
        board: Arc<Board>,
        clock: Arc<Clock>,
        mut asked: mpsc::UnboundedReceiver<Ask>,
        mut stop: watch::Receiver<bool>,
    ) {
        let mut fetching = JoinSet::new();
        loop {
            tokio::select! {
                ask = asked.recv() => {
                    let Some(ask) = ask else { return };
                    board.begun(ask, clock.wall());
                    match &self.relays {
                        Some(relays) if relays.chain_hash() == ask.chain => {
                            let fetch = Fetch {
                                relays: relays.clone(),
                                driver: driver.clone(),
                                board: board.clone(),
                                clock: clock.clone(),
                            };
                            fetching.spawn(fetch.until_it_is_there(ask));
                        }
                        Some(_) | None => board.failed(ask, Trouble::NotConfigured),
                    }
                }
                Some(_) = fetching.join_next() => {}
                () = asked_to_stop(&mut stop) => return,
            }
        }
    }
}

/// One round being fetched.
struct Fetch {
    relays: Arc<Relays>,
    driver: Driver,
    board: Arc<Board>,
    clock: Arc<Clock>,
}

impl Fetch {
    async fn until_it_is_there(self, ask: Ask) {
        let mut pause = PAUSE_FIRST;
        loop {
            match self.relays.round(ask.round, self.clock.wall()).await {
                Ok(signature) => {
                    self.board.arrived(ask);
                    let Ask { chain, round } = ask;
                    tracing::info!(event = "beacon.round", round);
                    // A driver that is busy is asked again; one that stopped needs nothing more.
                    let round = Signal::Round { chain, round, signature };
                    if self.driver.send_patiently(round).await.is_err() {
                        tracing::debug!(event = "beacon.driver_stopped");
                    }
                    return;
                }
                Err(missing) => {
                    tracing::warn!(event = "beacon.not_fetched", round = ask.round, %missing);
                    self.board.failed(ask, Trouble::Relays(missing.to_string()));
                    clock::pause(pause).await;
                    pause = (pause * 2).min(PAUSE_MAX);
                }
            }
        }
    }
}

impl Board {
    pub(crate) fn awaited(&self) -> Vec<RoundAwaited> {
        self.lock().values().cloned().collect()
    }

    pub(crate) fn exhausted(&self, chain: Hash, round: u64) {
        let trouble = Trouble::Exhausted;
        let line = RoundAwaited { chain, round, since: Wall(0), attempts: 0, trouble };
        self.lock().insert((chain, round), line);
    }

    pub(super) fn begun(&self, ask: Ask, since: Wall) {
        let Ask { chain, round } = ask;
        let line = RoundAwaited { chain, round, since, attempts: 0, trouble: Trouble::None };
        self.lock().entry((chain, round)).or_insert(line);
    }

    pub(super) fn failed(&self, ask: Ask, trouble: Trouble) {
        if let Some(line) = self.lock().get_mut(&(ask.chain, ask.round)) {
            line.attempts += 1;
            line.trouble = trouble;
        }
    }

    pub(super) fn arrived(&self, ask: Ask) {
        self.lock().remove(&(ask.chain, ask.round));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(Hash, u64), RoundAwaited>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
