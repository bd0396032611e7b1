//! One turn of the driver: inputs to the node, its outputs carried out in order, until nothing is left to do.
//! Knows nothing of threads and channels, so a test drives it by hand.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::batch::{Entropy as BatchEntropy, Published};
use mic_engine::command::Command;
use mic_engine::event::BeaconKind;
use mic_engine::ids::{GroupId, LogTime};
use mic_engine::node::{Answer, Input, Node, Output, Ticket};
use mic_proof::beacon::{Chain, LocalChain};
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::{Checkpoint, CheckpointSaved, Fault};
use tokio::sync::{Notify, mpsc, oneshot};

use super::beacon::{Ask, Board};
use super::{Signal, Views, load};
use crate::app::Entropy;
use crate::clock::{Clock, Wall};

/// After a failure of the store, what failed is tried again after so long.
const AGAIN_MS: u64 = 1_000;
/// When time has something to do that could not be done, it is tried again after so long.
const STUCK_MS: u64 = 250;

/// What the driver works with.
pub(crate) struct Ports {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) entropy: Entropy,
    pub(crate) views: Views,
    /// The public beacons this server can check.
    pub(crate) chains: Vec<Chain>,
    /// New parcels or letters.
    pub(crate) outbox: Arc<Notify>,
    /// Groups with a new checkpoint.
    pub(crate) certificates: mpsc::UnboundedSender<GroupId>,
    /// Rounds to fetch.
    pub(crate) rounds: mpsc::UnboundedSender<Ask>,
    pub(crate) board: Arc<Board>,
}

pub(crate) struct Turn {
    node: Node,
    ports: Ports,
    outputs: VecDeque<Output>,
    appends: Vec<Append>,
    waiting: BTreeMap<Ticket, oneshot::Sender<Answer>>,
    next_ticket: u64,
    /// Which groups wait for which round.
    awaited: BTreeMap<(Hash, u64), BTreeSet<GroupId>>,
    again: Again,
    /// The due moment that the last tick could not move, and when it may be tried again.
    stuck: Option<(LogTime, Wall)>,
}

/// What the store failed to do and has to be tried again.
#[derive(Default)]
struct Again {
    reloads: BTreeSet<GroupId>,
    checkpoints: BTreeMap<GroupId, Published>,
    at: Option<Wall>,
}

impl Turn {
    pub(crate) fn new(ports: Ports) -> Self {
        Self {
            node: Node::new(ports.chains.clone()),
            ports,
            outputs: VecDeque::new(),
            appends: Vec::new(),
            waiting: BTreeMap::new(),
            next_ticket: 0,
            awaited: BTreeMap::new(),
            again: Again::default(),
            stuck: None,
        }
    }

    /// Every group of the store, at start. One that cannot be read is left out, loudly, and tried again if the store was to blame.
    pub(crate) fn load_all(&mut self) {
        match self.ports.store.groups() {
            Ok(groups) => {
                let founded = groups.into_iter().filter(|group| group.length.0 > 0);
                for group in founded {
                    self.load(group.id);
                }
            }
            Err(fault) => tracing::error!(event = "drive.groups_unreadable", %fault),
        }
        self.finish();
    }

    /// How long nothing has to be done, if nothing arrives.
    pub(crate) fn pause(&self, most: Duration) -> Duration {
        let wall = self.ports.clock.wall();
        let real = |at: Wall| Duration::from_millis(at.0.saturating_sub(wall.0).max(1));
        let due = self.node.next_due().map(|due| match self.stuck {
            Some((stuck, at)) if stuck == due => real(at),
            Some(_) | None => self.ports.clock.until(due),
        });
        let again = self.again.at.map(real);
        [due, again].into_iter().flatten().fold(most, Duration::min)
    }

    /// Hands a signal to the node. What follows from it is done by [`Turn::finish`].
    pub(crate) fn take(&mut self, signal: Signal) {
        match signal {
            Signal::Act { group, slot, key, act, answer } => {
                let ticket = self.ticket(answer);
                let command = Command::Member { slot, act: *act };
                self.input(Input::Command { group, ticket, key: Some(key), command });
            }
            Signal::Found { founding, key, answer } => {
                let ticket = self.ticket(answer);
                self.input(Input::Found { ticket, founding, key });
            }
            Signal::Load { group, answer } => {
                self.load(group);
                self.finish();
                // Nobody waiting any more is no reason to do otherwise.
                let _gone = answer.send(self.node.view(group).is_some());
            }
            Signal::Round { chain, round, signature } => self.round(chain, round, &signature),
            Signal::Stop => {}
        }
    }

    /// Lets time do what is due, then carries out outputs until there are none.
    pub(crate) fn finish(&mut self) {
        self.settle();
        self.try_again();
        let (now, wall) = (self.ports.clock.now(), self.ports.clock.wall());
        let held = |due: LogTime| self.stuck.is_some_and(|(s, at)| s == due && wall < at);
        let Some(due) = self.node.next_due().filter(|due| *due <= now && !held(*due)) else {
            return;
        };
        self.input(Input::Tick);
        self.settle();
        let unmoved = self.node.next_due() == Some(due);
        self.stuck = unmoved.then_some((due, Wall(wall.0 + STUCK_MS)));
    }

    fn settle(&mut self) {
        loop {
            while let Some(output) = self.outputs.pop_front() {
                self.carry_out(output);
            }
            if self.appends.is_empty() {
                return;
            }
            self.append();
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Append(append) => self.appends.push(*append),
            Output::Reply { ticket, answer } => {
                if let Some(asker) = self.waiting.remove(&ticket) {
                    // Whoever asked may have gone away; what was done stays done.
                    let _gone = asker.send(answer);
                }
            }
            Output::Reload { group } => self.load(group),
            Output::Evolved { group } => self.show(group),
            Output::Publish { group, published } => self.publish(group, published),
            Output::Deliver { group: _ } => self.ports.outbox.notify_one(),
            Output::FetchBeacon { group, chain, round } => self.fetch(group, chain, round),
        }
    }

    /// Lets readers see the committed state of a group.
    fn show(&self, group: GroupId) {
        if let Some(view) = self.node.view(group) {
            self.ports.views.put(group, view);
        }
    }

    /// All batches of the turn, with one sync.
    fn append(&mut self) {
        let appends = std::mem::take(&mut self.appends);
        let entries: usize = appends.iter().map(|append| append.entries.len()).sum();
        let outcomes = match self.ports.store.append(&appends) {
            Ok(outcomes) => {
                self.ports.views.count_sync();
                outcomes
            }
            Err(Fault::Unknown(reason)) => {
                tracing::error!(event = "drive.append_unknown", entries, reason);
                vec![AppendOutcome::Unknown; appends.len()]
            }
            Err(fault) => {
                tracing::error!(event = "drive.append_failed", entries, %fault);
                vec![AppendOutcome::NotWritten; appends.len()]
            }
        };
        assert_eq!(outcomes.len(), appends.len(), "the store owes one outcome for each batch");
        tracing::debug!(event = "drive.appended", batches = appends.len(), entries);
        for (append, outcome) in appends.into_iter().zip(outcomes) {
            self.input(Input::Appended { group: append.group, outcome });
        }
    }

    /// A checkpoint is saved before anybody can see it.
    fn publish(&mut self, group: GroupId, published: Published) {
        let note = published.note.clone();
        let checkpoint = Checkpoint { size: published.size, at: published.at, note };
        match self.ports.store.save_checkpoint(group, &checkpoint) {
            Ok(CheckpointSaved::Saved) => {
                self.again.checkpoints.remove(&group);
                self.input(Input::Published { group, published });
                // The task ends only with the server.
                let _stopped = self.ports.certificates.send(group);
            }
            Ok(CheckpointSaved::Behind | CheckpointSaved::Ahead) => {
                self.again.checkpoints.remove(&group);
                tracing::error!(event = "drive.checkpoint_refused", size = published.size);
            }
            Err(fault) => {
                tracing::error!(event = "drive.checkpoint_not_saved", %fault);
                self.again.checkpoints.insert(group, published);
                self.look_again_later();
            }
        }
    }

    fn load(&mut self, group: GroupId) {
        match load::group(self.ports.store.as_ref(), group) {
            Ok(loaded) => {
                self.again.reloads.remove(&group);
                self.ports.clock.go_on_from(loaded.state.last_at);
                tracing::info!(event = "drive.loaded", entries = loaded.state.position.0);
                self.input(Input::Loaded { group, loaded: Box::new(loaded) });
                // Whoever is answered from what was read back finds it when they look.
                self.show(group);
            }
            Err(load::LoadError::Fault(fault)) => {
                tracing::error!(event = "drive.load_failed", %fault);
                self.again.reloads.insert(group);
                self.look_again_later();
            }
            // What is stored is not a journal of ours. It is left as it is, for `mic doctor` and a person.
            Err(error) => tracing::error!(event = "drive.unreadable", %error),
        }
    }

    fn try_again(&mut self) {
        if self.again.at.is_none_or(|at| self.ports.clock.wall() < at) {
            return;
        }
        self.again.at = None;
        for group in std::mem::take(&mut self.again.reloads) {
            self.load(group);
        }
        for (group, published) in std::mem::take(&mut self.again.checkpoints) {
            self.publish(group, published);
        }
        self.settle();
    }

    fn look_again_later(&mut self) {
        self.again.at = Some(Wall(self.ports.clock.wall().0 + AGAIN_MS));
    }

    /// A link of the local chain is reckoned here; rounds of public beacons are fetched, each by one task at a time.
    fn fetch(&mut self, group: GroupId, chain: Hash, round: u64) {
        let Some(view) = self.node.view(group) else { return };
        match view.state.founded.beacon {
            BeaconKind::Local => match self.ports.store.group_secrets(group) {
                Ok(Some(secrets)) => match LocalChain::new(&secrets.beacon_secret).link(round) {
                    Some(link) => {
                        let signature = link.as_bytes().to_vec();
                        self.input(Input::Beacon { group, round, signature });
                    }
                    None => self.ports.board.exhausted(chain, round),
                },
                Ok(None) => tracing::error!(event = "drive.no_secrets"),
                Err(fault) => tracing::error!(event = "drive.secrets_unreadable", %fault),
            },
            BeaconKind::Drand => {
                let groups = self.awaited.entry((chain, round)).or_default();
                let first = groups.is_empty();
                groups.insert(group);
                if first {
                    let _stopped = self.ports.rounds.send(Ask { chain, round });
                }
            }
        }
    }

    fn round(&mut self, chain: Hash, round: u64, signature: &[u8]) {
        for group in self.awaited.remove(&(chain, round)).unwrap_or_default() {
            self.input(Input::Beacon { group, round, signature: signature.to_vec() });
        }
    }

    fn input(&mut self, input: Input) {
        let mut entropy = [0; 32];
        (self.ports.entropy)(&mut entropy);
        let now = self.ports.clock.now();
        self.outputs.extend(self.node.handle(input, now, BatchEntropy(entropy)));
    }

    fn ticket(&mut self, answer: oneshot::Sender<Answer>) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        self.waiting.insert(ticket, answer);
        ticket
    }
}
