//! One group within the node: its committed state, the questions that wait, and the append under way.
//! Knows nothing of other groups and of the order of a server's work (`node.rs`).

mod clock;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use mic_proof::beacon::Chain;
use mic_proof::hash::{Hash, sha256};
use mic_proof::note::SigningKey;

use clock::{CLOCK_AGAIN, PUBLISHED_KEPT_MIN};

use super::{Answer, Loaded, Output, PUBLISH_WITHIN, Reply, Ticket, View};
use crate::append::AppendOutcome;
use crate::batch::{Batch, Carried, Entropy, Facts, Vault};
use crate::command::Command;
use crate::ids::{CommandKey, GroupId, LogTime};
use crate::process;
use crate::refusal::Refusal;
use crate::state::State;

/// Most questions that may wait for one group.
pub const QUEUE_COMMANDS_MAX: usize = 10_000;
/// Most questions decided in one batch.
pub const BATCH_COMMANDS_MAX: usize = 1_024;
/// How many acts a group remembers, so that a repeated one is answered and not done again.
pub const KEYS_KEPT_MAX: usize = 4_096;
/// Most times that the clock's own work is looked for before the questions of a batch; the rest follows in the next one.
const TICKS_PER_BATCH_MAX: usize = 16;

pub(super) struct Group {
    state: Arc<State>,
    vault: Vault,
    carried: Carried,
    /// Checkpoints that are out, and the beacons this node can check.
    facts: Facts,
    /// From so many on the checkpoints are looked through for those that are needed no more.
    published_max: usize,
    keys: BTreeMap<CommandKey, Remembered>,
    key_order: VecDeque<CommandKey>,
    key: SigningKey,
    queue: VecDeque<Question>,
    under_way: Option<UnderWay>,
    /// The store is being read back; nothing is decided until it has been.
    reloading: bool,
    publish_at: Option<LogTime>,
    /// Not before this moment is the clock's work tried again.
    clock_again: Option<LogTime>,
    beacon_asked_at: Option<LogTime>,
    pub(super) due_before: Option<LogTime>,
}

/// A group that is being founded.
pub(super) struct Founder {
    pub(super) ticket: Ticket,
    pub(super) state: State,
    pub(super) key: SigningKey,
}

/// An act that was done, and what it said where this process saw it.
#[derive(Clone, Copy)]
struct Remembered {
    reply: Reply,
    content: Option<Hash>,
}

impl Remembered {
    /// The answer of then, if the same is asked again.
    fn answer_to(&self, command: &Command) -> Result<Reply, Refusal> {
        let same = self.content.is_none_or(|content| content == command.content());
        if same { Ok(self.reply) } else { Err(Refusal::KeyReused) }
    }
}

/// A command and who waits for its answer, if anybody does.
struct Question {
    ticket: Option<Ticket>,
    key: Option<CommandKey>,
    command: Command,
}

/// An append that was asked for, with all that follows from it once it is durable.
struct UnderWay {
    state: State,
    vault: Vault,
    carried: Carried,
    urgent: bool,
    parcels: bool,
    answers: Vec<(Question, Result<Reply, Refusal>)>,
}

impl Group {
    pub(super) fn founded(state: State, key: SigningKey) -> Self {
        Self::loaded(Loaded {
            state,
            vault: Vault::new(),
            carried: Carried::default(),
            published: Vec::new(),
            keys: Vec::new(),
            key,
        })
    }

    pub(super) fn loaded(loaded: Loaded) -> Self {
        let mut group = Self {
            state: Arc::new(loaded.state),
            vault: loaded.vault,
            carried: loaded.carried,
            published_max: PUBLISHED_KEPT_MIN,
            facts: Facts { published: loaded.published, chains: Vec::new() },
            keys: BTreeMap::new(),
            key_order: VecDeque::new(),
            key: loaded.key,
            queue: VecDeque::new(),
            under_way: None,
            reloading: false,
            publish_at: None,
            clock_again: None,
            beacon_asked_at: None,
            due_before: None,
        };
        for (key, reply) in loaded.keys {
            group.remember(key, Remembered { reply, content: None });
        }
        group
    }

    pub(super) fn view(&self) -> View {
        View { state: self.state.clone(), vault: self.vault.clone(), carried: self.carried.clone() }
    }

    pub(super) fn ask(
        &mut self,
        outputs: &mut Vec<Output>,
        ticket: Ticket,
        key: Option<CommandKey>,
        command: Command,
    ) {
        if let Some(done) = key.and_then(|key| self.keys.get(&key)) {
            let question = Question { ticket: Some(ticket), key, command };
            reply(outputs, &question, &done.answer_to(&question.command));
        } else if self.queue.len() >= QUEUE_COMMANDS_MAX {
            let answer = Answer::Refused(Refusal::QueueFull);
            outputs.push(Output::Reply { ticket, answer });
        } else {
            self.queue.push_back(Question { ticket: Some(ticket), key, command });
        }
    }

    /// Something that nobody waits for: a tick, a round.
    pub(super) fn note(&mut self, command: Command) {
        let waits = self.queue.iter().any(|question| question.command == command);
        if !waits {
            self.queue.push_back(Question { ticket: None, key: None, command });
        }
    }

    pub(super) fn wants_append(&self) -> bool {
        !self.queue.is_empty() && self.under_way.is_none() && !self.reloading
    }

    /// Decides what waits, on a copy of the state, and asks for it to be made durable. Readers still see the committed state.
    pub(super) fn start_append(
        &mut self,
        outputs: &mut Vec<Output>,
        chains: &[Chain],
        now: LogTime,
        entropy: &Entropy,
    ) {
        if self.facts.chains.is_empty() {
            self.facts.chains = chains.to_vec();
        }
        let entropy = self.own_entropy(entropy);
        let mut batch =
            Batch::new(&self.state, &self.vault, &self.carried, &self.facts, now, entropy);
        // What is due comes first: at a deadline it is over, also for an act that arrives in the same moment.
        for _ in 0..TICKS_PER_BATCH_MAX {
            if batch.state.next_due().is_none_or(|due| due > batch.now()) {
                break;
            }
            let before = batch.append.entries.len();
            let decided = process::decide(&mut batch, &Command::Tick);
            if decided.is_err() || batch.append.entries.len() == before {
                break;
            }
        }
        let mut answers: Vec<(Question, Result<Reply, Refusal>)> = Vec::new();
        let mut keys: BTreeMap<CommandKey, usize> = BTreeMap::new();
        let count = self.queue.len().min(BATCH_COMMANDS_MAX);
        for question in self.queue.drain(..count) {
            // Sent twice at once: the second one gets the answer of the first.
            let twin = question.key.and_then(|key| keys.get(&key)).and_then(|at| answers.get(*at));
            // Sent again while the first one was on its way to the disk: it is known by now.
            let known = question.key.and_then(|key| self.keys.get(&key));
            let answer = match (known, twin) {
                (Some(done), _) => done.answer_to(&question.command),
                (None, Some((first, _)))
                    if first.command.content() != question.command.content() =>
                {
                    Err(Refusal::KeyReused)
                }
                (None, Some((_, answer))) => answer.clone(),
                (None, None) => decide(&mut batch, &question),
            };
            if let Some(key) = question.key {
                keys.entry(key).or_insert(answers.len());
            }
            answers.push((question, answer));
        }
        if batch.is_empty() {
            // Nothing to make durable: all were refused. Should the clock have found nothing to do, it does not ask at once again.
            if self.state.next_due().is_some_and(|due| due <= now) {
                self.clock_again = Some(now.after(CLOCK_AGAIN));
            }
            for (question, answer) in answers {
                reply(outputs, &question, &answer);
            }
            return;
        }
        self.under_way = Some(UnderWay {
            urgent: batch.urgent(),
            parcels: !batch.append.parcels.is_empty(),
            state: batch.state,
            vault: batch.vault,
            carried: batch.carried,
            answers,
        });
        outputs.push(Output::Append(Box::new(batch.append)));
    }

    pub(super) fn appended(
        &mut self,
        outputs: &mut Vec<Output>,
        outcome: AppendOutcome,
        now: LogTime,
    ) {
        let group = self.id();
        match outcome {
            AppendOutcome::Committed => {
                if let Some(done) = self.under_way.take() {
                    self.evolve(outputs, done, now);
                }
            }
            // Nothing was written: the state never moved, and everybody may try again.
            AppendOutcome::NotWritten => {
                if let Some(failed) = self.under_way.take() {
                    for (question, _) in failed.answers {
                        if let Some(ticket) = question.ticket {
                            outputs.push(Output::Reply { ticket, answer: Answer::NotSaved });
                        }
                    }
                }
                self.clock_again = Some(now.after(CLOCK_AGAIN));
            }
            // Only the journal knows; nothing is decided until it has been read.
            AppendOutcome::Conflict | AppendOutcome::Unknown => {
                self.reloading = true;
                outputs.push(Output::Reload { group });
            }
        }
    }

    /// The store was read back. If the append under way is in the journal it has happened; if not, its questions are asked again.
    /// Says whether it was taken in.
    pub(super) fn reloaded(&mut self, outputs: &mut Vec<Output>, loaded: Loaded) -> bool {
        if self.under_way.is_some() && !self.reloading {
            // Nobody asked: what becomes of the append under way says more, and comes.
            return false;
        }
        let under_way = self.under_way.take();
        let queue = std::mem::take(&mut self.queue);
        let due_before = self.due_before;
        // One of its acts may stand there from elsewhere, sent twice to two processes: that says nothing of the others beside it.
        let found =
            under_way.as_ref().is_some_and(|pending| loaded.state.tree == pending.state.tree);
        *self = Self::loaded(loaded);
        self.due_before = due_before;
        for (question, answer) in under_way.into_iter().flat_map(|pending| pending.answers) {
            match question.key.and_then(|key| self.keys.get(&key)) {
                Some(done) => reply(outputs, &question, &Ok(done.reply)),
                None if found => reply(outputs, &question, &answer),
                None => self.queue.push_back(question),
            }
        }
        self.queue.extend(queue);
        true
    }

    fn evolve(&mut self, outputs: &mut Vec<Output>, done: UnderWay, now: LogTime) {
        let group = self.id();
        self.state = Arc::new(done.state);
        self.vault = done.vault;
        self.carried = done.carried;
        self.clock_again = None;
        outputs.push(Output::Evolved { group });
        for (question, answer) in &done.answers {
            if let (Some(key), Ok(done)) = (question.key, answer) {
                let content = Some(question.command.content());
                self.remember(key, Remembered { reply: *done, content });
            }
            reply(outputs, question, answer);
        }
        let at = if done.urgent { now } else { now.after(PUBLISH_WITHIN) };
        self.publish_at = Some(self.publish_at.map_or(at, |before| before.min(at)));
        self.publish_if_due(outputs, now, false);
        if done.parcels {
            outputs.push(Output::Deliver { group });
        }
    }

    fn remember(&mut self, key: CommandKey, done: Remembered) {
        if self.keys.insert(key, done).is_none() {
            self.key_order.push_back(key);
        }
        if self.key_order.len() > KEYS_KEPT_MAX
            && let Some(oldest) = self.key_order.pop_front()
        {
            self.keys.remove(&oldest);
        }
    }

    fn id(&self) -> GroupId {
        self.state.founded.group
    }

    /// Every group of a turn gets entropy of its own from the turn's.
    fn own_entropy(&self, entropy: &Entropy) -> Entropy {
        let mut input = [0; 48];
        input[..32].copy_from_slice(&entropy.0);
        input[32..].copy_from_slice(&self.id().0);
        Entropy(*sha256(&input).as_bytes())
    }
}

fn decide(batch: &mut Batch<'_>, question: &Question) -> Result<Reply, Refusal> {
    let seq = batch.state.position;
    process::decide(batch, &question.command)?;
    if let Some(key) = question.key {
        batch.settle(key, seq);
    }
    let written = usize::try_from(seq.0 - batch.append.expected.0).unwrap_or(usize::MAX);
    let proposal = batch.append.entries.get(written).and_then(|entry| entry.proposal);
    Ok(Reply { seq, proposal })
}

fn reply(outputs: &mut Vec<Output>, question: &Question, answer: &Result<Reply, Refusal>) {
    if let Some(ticket) = question.ticket {
        let answer = match answer {
            Ok(done) => Answer::Done(*done),
            Err(refusal) => Answer::Refused(refusal.clone()),
        };
        outputs.push(Output::Reply { ticket, answer });
    }
}
