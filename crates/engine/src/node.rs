//! The spine: everything that can happen to the node is an [`Input`], everything it can do an [`Output`]. A test, a simulator and
//! the real server are three drivers of the same value. Knows nothing of threads, disks, clocks and networks.
//!
//! The order it fixes, for every command: **decide → encode → append entries and parcels in one transaction, comparing the expected
//! position → evolve → reply → publish → deliver.** Nothing is answered before it is durable; nothing is delivered that is not in
//! the journal. Commands that arrive while an append is under way wait and are committed together: one sync for many.

mod group;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mic_proof::beacon::Chain;
use mic_proof::hash::Hash;
use mic_proof::note::SigningKey;

use crate::append::{Append, AppendOutcome};
use crate::batch::{Carried, Entropy, Published, Vault};
use crate::command::{Command, Founding};
use crate::found;
use crate::ids::{CommandKey, GroupId, LogTime, ProposalNumber, Seq, Span};
use crate::refusal::Refusal;
use crate::state::State;

pub use group::{BATCH_COMMANDS_MAX, KEYS_KEPT_MAX, QUEUE_COMMANDS_MAX};
use group::{Founder, Group};

/// At most so long after an entry a checkpoint that covers it is published; draws and broadcasts publish at once.
pub const PUBLISH_WITHIN: Span = Span::minutes(1);

/// Names a question until it is answered. The driver makes it and knows who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Everything that can ever happen to the node.
#[derive(Debug)]
pub enum Input {
    /// A group as the store has it: at start, and again when an outcome was unknown.
    Loaded { group: GroupId, loaded: Box<Loaded> },
    /// A new group. Its keys are made by the driver and lie in the store already or nowhere.
    Found { ticket: Ticket, founding: Box<Founding>, key: Box<SigningKey> },
    /// Somebody wants something. `key` names the act: sent twice, it is done once and answered twice.
    Command { group: GroupId, ticket: Ticket, key: Option<CommandKey>, command: Command },
    /// What became of the append that was asked for.
    Appended { group: GroupId, outcome: AppendOutcome },
    /// A checkpoint is out: stored, and served to whoever asks.
    Published { group: GroupId, published: Published },
    /// A round of a group's beacon.
    Beacon { group: GroupId, round: u64, signature: Vec<u8> },
    /// Time has passed.
    Tick,
}

/// Everything the node can ever do.
#[derive(Debug)]
pub enum Output {
    /// Make this durable, or nothing of it, and say what became of it.
    Append(Box<Append>),
    /// Answer whoever waits.
    Reply { ticket: Ticket, answer: Answer },
    /// Read the group back from the store: only the journal knows what happened.
    Reload { group: GroupId },
    /// The group stands at a new position; readers may see it now.
    Evolved { group: GroupId },
    /// Store and serve this checkpoint.
    Publish { group: GroupId, published: Published },
    /// There are new parcels.
    Deliver { group: GroupId },
    /// Draws wait for this round.
    FetchBeacon { group: GroupId, chain: Hash, round: u64 },
}

/// What a question gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Durable.
    Done(Reply),
    /// The rules say no.
    Refused(Refusal),
    /// The world failed before anything was written; the same act may be tried again.
    NotSaved,
}

/// Where to find what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The first entry that the act wrote.
    pub seq: Seq,
    pub proposal: Option<ProposalNumber>,
}

/// A group as it comes from the store.
#[derive(Debug)]
pub struct Loaded {
    pub state: State,
    pub vault: Vault,
    pub carried: Carried,
    /// Checkpoints published so far; those before the oldest waiting draw may be left out.
    pub published: Vec<Published>,
    /// Acts done lately, oldest first.
    pub keys: Vec<(CommandKey, Reply)>,
    pub key: SigningKey,
}

/// What readers may see of a group: the committed state, never one in the making.
#[derive(Clone, Debug)]
pub struct View {
    pub state: Arc<State>,
    pub vault: Vault,
    pub carried: Carried,
}

/// All groups of a server.
pub struct Node {
    groups: BTreeMap<GroupId, Group>,
    founders: BTreeMap<GroupId, Founder>,
    /// When each group has to be looked at next.
    due: BTreeSet<(LogTime, GroupId)>,
    chains: Vec<Chain>,
}

impl Node {
    /// `chains`: the public beacons this node can check.
    pub fn new(chains: Vec<Chain>) -> Self {
        Self { groups: BTreeMap::new(), founders: BTreeMap::new(), due: BTreeSet::new(), chains }
    }

    /// Takes in what happened; says what to do. The outputs are to be done in order.
    #[expect(clippy::needless_pass_by_value, reason = "entropy is used up by its turn")]
    pub fn handle(&mut self, input: Input, now: LogTime, entropy: Entropy) -> Vec<Output> {
        let mut outputs = Vec::new();
        // Groups that something happened to; all others stay as they are, however many there are.
        let mut touched = BTreeSet::new();
        match input {
            // Dying here is harmless: nothing but memory changed.
            Input::Loaded { group, loaded } => {
                touched.insert(group);
                self.loaded(&mut outputs, group, *loaded, now);
            }
            Input::Found { ticket, founding, key } => {
                self.found(&mut outputs, ticket, *founding, *key, now, &entropy);
            }
            // Dying here loses an unanswered question, which its asker may repeat under the same key.
            Input::Command { group, ticket, key, command } => match self.groups.get_mut(&group) {
                Some(found) => {
                    touched.insert(group);
                    found.ask(&mut outputs, ticket, key, command);
                }
                None => refuse(&mut outputs, ticket, Refusal::NoSuchGroup),
            },
            // Dying here is harmless: the batch is durable with its parcels, or it is not there at all. Replay gives the state,
            // the key answers the repeated question, and unsent parcels are found in the store.
            Input::Appended { group, outcome } => {
                touched.insert(group);
                self.appended(&mut outputs, group, outcome, now);
            }
            // Dying before this arrives: the checkpoint is stored with its time and comes back with `Loaded`.
            Input::Published { group, published } => {
                if let Some(found) = self.groups.get_mut(&group) {
                    touched.insert(group);
                    found.published(published, now);
                }
            }
            // Dying here is harmless: the round can be fetched again for ever.
            Input::Beacon { group, round, signature } => {
                if let Some(found) = self.groups.get_mut(&group) {
                    touched.insert(group);
                    found.note(Command::Beacon { round, signature });
                }
            }
            Input::Tick => self.tick(&mut outputs, &mut touched, now),
        }
        for group in touched {
            self.start_append(&mut outputs, group, now, &entropy);
            self.look_again(group, now);
        }
        outputs
    }

    /// When time has something to do next, if ever.
    pub fn next_due(&self) -> Option<LogTime> {
        self.due.first().map(|(at, _)| *at)
    }

    /// The committed state of a group. Cheap: everything is shared.
    pub fn view(&self, group: GroupId) -> Option<View> {
        self.groups.get(&group).map(Group::view)
    }

    pub fn groups(&self) -> impl Iterator<Item = GroupId> + '_ {
        self.groups.keys().copied()
    }

    fn found(
        &mut self,
        outputs: &mut Vec<Output>,
        ticket: Ticket,
        founding: Founding,
        key: SigningKey,
        now: LogTime,
        entropy: &Entropy,
    ) {
        let id = founding.group;
        if self.groups.contains_key(&id) || self.founders.contains_key(&id) {
            return refuse(outputs, ticket, Refusal::GroupExists);
        }
        match found::found(founding, now, entropy) {
            Ok((state, append)) => {
                self.founders.insert(id, Founder { ticket, state, key });
                outputs.push(Output::Append(Box::new(append)));
            }
            Err(refusal) => refuse(outputs, ticket, refusal),
        }
    }

    fn appended(
        &mut self,
        outputs: &mut Vec<Output>,
        id: GroupId,
        outcome: AppendOutcome,
        now: LogTime,
    ) {
        if let Some(founder) = self.founders.remove(&id) {
            let answer = match outcome {
                AppendOutcome::Committed => {
                    self.groups.insert(id, Group::founded(founder.state, founder.key));
                    outputs.push(Output::Evolved { group: id });
                    Answer::Done(Reply { seq: Seq(0), proposal: None })
                }
                AppendOutcome::Conflict => Answer::Refused(Refusal::GroupExists),
                // Whether a founding happened is settled when the founder looks: its id was random and is in the store or not.
                AppendOutcome::NotWritten | AppendOutcome::Unknown => Answer::NotSaved,
            };
            outputs.push(Output::Reply { ticket: founder.ticket, answer });
        } else if let Some(group) = self.groups.get_mut(&id) {
            group.appended(outputs, outcome, now);
        }
    }

    fn loaded(&mut self, outputs: &mut Vec<Output>, id: GroupId, loaded: Loaded, now: LogTime) {
        // Whoever is answered finds what was done when they look.
        outputs.push(Output::Evolved { group: id });
        match self.groups.get_mut(&id) {
            Some(group) => {
                if !group.reloaded(outputs, loaded) {
                    return;
                }
            }
            None => {
                self.groups.insert(id, Group::loaded(loaded));
            }
        }
        if let Some(group) = self.groups.get_mut(&id) {
            group.publish_if_due(outputs, now, true);
        }
    }

    /// Every group whose moment has come gets a tick; draws whose round should exist ask for it.
    fn tick(&mut self, outputs: &mut Vec<Output>, touched: &mut BTreeSet<GroupId>, now: LogTime) {
        let due: Vec<GroupId> =
            self.due.iter().take_while(|(at, _)| *at <= now).map(|(_, id)| *id).collect();
        for id in due {
            touched.insert(id);
            if let Some(group) = self.groups.get_mut(&id) {
                group.tick(outputs, now);
            }
        }
    }

    /// A group that has questions and no append under way forms its next batch.
    fn start_append(
        &mut self,
        outputs: &mut Vec<Output>,
        id: GroupId,
        now: LogTime,
        entropy: &Entropy,
    ) {
        if let Some(group) = self.groups.get_mut(&id).filter(|group| group.wants_append()) {
            group.start_append(outputs, &self.chains, now, entropy);
        }
    }

    fn look_again(&mut self, id: GroupId, now: LogTime) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        let due = group.due(now);
        if let Some(before) = std::mem::replace(&mut group.due_before, due) {
            self.due.remove(&(before, id));
        }
        if let Some(due) = due {
            self.due.insert((due, id));
        }
    }
}

fn refuse(outputs: &mut Vec<Output>, ticket: Ticket, refusal: Refusal) {
    outputs.push(Output::Reply { ticket, answer: Answer::Refused(refusal) });
}
