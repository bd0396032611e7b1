//! A world in memory around the production node: a store that keeps what is committed, a beacon, a clock that is told the time.
//! Knows nothing of what is being tested.

mod links;

use std::collections::BTreeMap;

use mic_engine::append::{Append, AppendOutcome, Person, VaultWrite};
use mic_engine::batch::{Carried, Entropy, Published, Vault};
use mic_engine::command::{Command, Founding, Profile};
use mic_engine::event::BeaconKind;
use mic_engine::ids::{CommandKey, GroupId, LogTime, Seq};
use mic_engine::node::{Answer, Input, Loaded, Node, Output, Reply, Ticket, View};
use mic_engine::parcel::Parcel;
use mic_engine::replay::Replay;
use mic_proof::beacon::LocalChain;
use mic_proof::hash::{Hash, sha256};
use mic_proof::note::SigningKey;

use links::Links;

pub(crate) const GROUP: GroupId = GroupId([7; 16]);
/// 2026-01-05T00:00:00Z, a Monday.
pub(crate) const START: LogTime = LogTime(1_767_571_200_000);
pub(crate) const KEY_SEED: [u8; 32] = [42; 32];
/// So often in one moment the clock may have something to do; more is a timer that leads to nothing.
const IDLE_MAX: usize = 200;

/// What survives when the process dies.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) documents: BTreeMap<String, Vec<u8>>,
    pub(crate) vault: Vault,
    pub(crate) published: Vec<Published>,
    pub(crate) keys: Vec<(CommandKey, Reply)>,
    pub(crate) parcels: Vec<Parcel>,
}

/// What the world does with one output, for tests that let it fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is done and the node is told.
    None,
    /// It is not done and the node is told so (an append), or the process dies before doing it.
    NotDone,
    /// It is done, but the process dies before the node is told.
    DoneNotTold,
    /// It is done, but all that is known is that it may have been.
    DoneUnknown,
    /// It is not done, and all that is known is that it may have been.
    NotDoneUnknown,
}

/// How somebody speaks for the beacon.
#[derive(Clone, Copy)]
pub(crate) enum Voice {
    Right,
    Wrong,
    OtherChain,
}

pub(crate) struct World {
    pub(crate) disk: Disk,
    pub(crate) now: LogTime,
    pub(crate) answers: Vec<(Ticket, Answer)>,
    /// Outputs that can fail, counted from 0; the plan says what happens to which.
    pub(crate) outputs: usize,
    pub(crate) plan: Option<(usize, Fault)>,
    pub(crate) died: bool,
    /// Whether checkpoints get out, and whether the beacon can be reached.
    pub(crate) publishing: bool,
    pub(crate) beacon: bool,
    node: Node,
    tickets: u64,
    links: &'static Links,
}

impl World {
    /// A group of `members` under a charter, founded.
    pub(crate) fn founded(charter: &str, members: u32) -> Self {
        let mut world = Self::empty();
        let founding = Founding {
            group: GROUP,
            origin: "test.example/g".to_owned(),
            key: *SigningKey::from_seed(&KEY_SEED).verifying_key().as_bytes(),
            charter_text: charter.to_owned(),
            profile: Profile {
                name: "Test".to_owned(),
                purpose: String::new(),
                language: "en".to_owned(),
            },
            members: (0..members).map(person).collect(),
            beacon: BeaconKind::Local,
            chain: world.links.anchor,
        };
        let ticket = world.ticket();
        let key = Box::new(SigningKey::from_seed(&KEY_SEED));
        world.handle(Input::Found { ticket, founding: Box::new(founding), key });
        world
    }

    fn empty() -> Self {
        Self {
            disk: Disk::default(),
            now: START,
            answers: Vec::new(),
            outputs: 0,
            plan: None,
            died: false,
            publishing: true,
            beacon: true,
            node: Node::new(Vec::new()),
            tickets: 0,
            links: Links::get(),
        }
    }

    pub(crate) fn view(&self) -> View {
        self.node.view(GROUP).expect("the group is founded")
    }

    /// A command under a key of its own; the answer, unless the process died first.
    pub(crate) fn ask(&mut self, command: Command) -> Option<Answer> {
        let mut key = [0; 16];
        key[8..].copy_from_slice(&(self.tickets + 1).to_be_bytes());
        self.ask_as(command, CommandKey(key))
    }

    pub(crate) fn ask_as(&mut self, command: Command, key: CommandKey) -> Option<Answer> {
        let ticket = self.ticket();
        self.handle(Input::Command { group: GROUP, ticket, key: Some(key), command });
        self.answers
            .iter()
            .find(|(answered, _)| *answered == ticket)
            .map(|(_, answer)| answer.clone())
    }

    /// Commands that arrive together, before the first of them is durable; the answers, in order.
    pub(crate) fn ask_together(&mut self, commands: Vec<Command>) -> Vec<Answer> {
        let keyed = (self.tickets + 1..).zip(commands).map(|(number, command)| {
            let mut key = [2; 16];
            key[8..].copy_from_slice(&number.to_be_bytes());
            (CommandKey(key), command)
        });
        self.ask_together_as(keyed.collect())
    }

    /// The same, each under a key that the caller chose.
    pub(crate) fn ask_together_as(&mut self, commands: Vec<(CommandKey, Command)>) -> Vec<Answer> {
        let first = self.tickets + 1;
        let mut outputs = Vec::new();
        for (key, command) in commands {
            let ticket = self.ticket();
            let input = Input::Command { group: GROUP, ticket, key: Some(key), command };
            outputs.extend(self.node.handle(input, self.now, Entropy([6; 32])));
        }
        for output in outputs {
            if let Some(input) = self.carry_out(output) {
                self.handle(input);
            }
        }
        let of = |ticket| self.answers.iter().find(|(answered, _)| *answered == Ticket(ticket));
        (first..=self.tickets).map(|ticket| of(ticket).expect("answered").1.clone()).collect()
    }

    /// When the node wants to look at its clock next.
    pub(crate) fn next_due(&self) -> Option<LogTime> {
        self.node.next_due()
    }

    /// One look at the clock.
    pub(crate) fn tick(&mut self) {
        self.handle(Input::Tick);
    }

    /// Another process on the same disk.
    pub(crate) fn beside(&self) -> Self {
        let mut other = Self::empty();
        other.disk = self.disk.clone();
        other.now = self.now;
        // Its tickets name other acts.
        other.tickets = self.tickets + 1_000_000;
        other.restart();
        other
    }

    /// Somebody says what a round of the beacon is, asked or not.
    pub(crate) fn hear(&mut self, round: u64, voice: Voice) -> Option<Answer> {
        let link = match voice {
            Voice::Right => self.links.link(round),
            Voice::Wrong => sha256(self.links.link(round).as_bytes()),
            Voice::OtherChain => LocalChain::new(&[44; 32]).link(round).expect("within the chain"),
        };
        self.ask(Command::Beacon { round, signature: link.as_bytes().to_vec() })
    }

    /// Lets time pass until `until`, doing on the way whatever the node asks the clock for.
    pub(crate) fn pass(&mut self, until: LogTime) {
        let mut idle = 0;
        while let Some(due) = self.node.next_due().filter(|due| *due <= until) {
            idle = if due > self.now { 0 } else { idle + 1 };
            assert!(idle < IDLE_MAX, "the node asks for {due:?} again and again");
            self.now = self.now.max(due);
            self.handle(Input::Tick);
            if self.died {
                return;
            }
        }
        self.now = self.now.max(until);
    }

    /// The process dies and starts again from its disk.
    pub(crate) fn restart(&mut self) {
        self.died = false;
        self.node = Node::new(Vec::new());
        if !self.disk.entries.is_empty() {
            let loaded = self.load();
            self.handle(Input::Loaded { group: GROUP, loaded: Box::new(loaded) });
        }
    }

    pub(crate) fn load(&self) -> Loaded {
        let document = |hash: &Hash| self.disk.documents.get(&hash.to_string()).cloned();
        let text = |hash: &Hash| String::from_utf8(document(hash)?).ok();
        let mut replay = Replay::new(text);
        for bytes in &self.disk.entries {
            replay.push(bytes).expect("the journal reads back");
        }
        let state = replay.finish().expect("the journal is not empty");
        let carried = Carried::read(&state, |hash| Ok::<_, ()>(document(hash)));
        Loaded {
            state,
            vault: self.disk.vault.clone(),
            carried: carried.expect("nothing fails"),
            published: self.disk.published.clone(),
            keys: self.disk.keys.clone(),
            key: SigningKey::from_seed(&KEY_SEED),
        }
    }

    fn handle(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            // Entropy by position: a batch that is tried again comes out the same, so whole journals can be compared.
            let entropy = Entropy(sha256(&self.disk.entries.len().to_be_bytes()).0);
            for output in self.node.handle(input, self.now, entropy) {
                if self.died {
                    return;
                }
                if let Some(input) = self.carry_out(output) {
                    inputs.insert(0, input);
                }
            }
        }
    }

    fn carry_out(&mut self, output: Output) -> Option<Input> {
        match output {
            Output::Append(append) => self.append(*append),
            Output::Reply { ticket, answer } => {
                if self.fault() == Fault::None {
                    self.answers.push((ticket, answer));
                } else {
                    self.died = true;
                }
                None
            }
            Output::Reload { group } => {
                Some(Input::Loaded { group, loaded: Box::new(self.load()) })
            }
            Output::Publish { .. } if !self.publishing => None,
            Output::FetchBeacon { .. } if !self.beacon => None,
            Output::Publish { group, published } => match self.fault() {
                Fault::None => {
                    self.disk.published.push(published.clone());
                    Some(Input::Published { group, published })
                }
                Fault::DoneNotTold | Fault::DoneUnknown => {
                    self.disk.published.push(published);
                    self.died = true;
                    None
                }
                Fault::NotDone | Fault::NotDoneUnknown => {
                    self.died = true;
                    None
                }
            },
            Output::FetchBeacon { group, round, .. } => match self.fault() {
                Fault::None => {
                    let link = self.links.link(round);
                    Some(Input::Beacon { group, round, signature: link.as_bytes().to_vec() })
                }
                Fault::NotDone
                | Fault::DoneNotTold
                | Fault::DoneUnknown
                | Fault::NotDoneUnknown => {
                    self.died = true;
                    None
                }
            },
            Output::Evolved { .. } | Output::Deliver { .. } => None,
        }
    }

    fn append(&mut self, append: Append) -> Option<Input> {
        let group = append.group;
        let outcome = match self.fault() {
            // Another writer was there first.
            _ if append.expected != Seq(self.disk.entries.len() as u64) => AppendOutcome::Conflict,
            Fault::None => {
                self.commit(append);
                AppendOutcome::Committed
            }
            Fault::NotDone => AppendOutcome::NotWritten,
            Fault::DoneNotTold => {
                self.commit(append);
                self.died = true;
                return None;
            }
            Fault::DoneUnknown => {
                self.commit(append);
                AppendOutcome::Unknown
            }
            Fault::NotDoneUnknown => AppendOutcome::Unknown,
        };
        Some(Input::Appended { group, outcome })
    }

    fn commit(&mut self, append: Append) {
        for (key, seq) in append.keys {
            let written = usize::try_from(seq.0 - append.expected.0).expect("small");
            let proposal = append.entries.get(written).and_then(|entry| entry.proposal);
            self.disk.keys.push((key, Reply { seq, proposal }));
        }
        self.disk.entries.extend(append.entries.into_iter().map(|entry| entry.bytes));
        for document in append.documents {
            self.disk.documents.insert(document.hash.to_string(), document.bytes);
        }
        for hash in append.erased_documents {
            self.disk.documents.remove(&hash.to_string());
        }
        for write in append.vault {
            self.write_vault(write);
        }
        self.disk.parcels.extend(append.parcels);
    }

    fn write_vault(&mut self, write: VaultWrite) {
        let vault = &mut self.disk.vault;
        match write {
            VaultWrite::Put { proposal, step, slot, ballot } => {
                vault.insert(proposal, step, slot, ballot);
            }
            VaultWrite::Clear { proposal, step } => vault.clear(proposal, step),
            VaultWrite::Drop { proposal, step, slot } => {
                vault.remove(proposal, step, slot);
            }
            VaultWrite::Reasons { .. } => {}
        }
    }

    fn fault(&mut self) -> Fault {
        let here = self.outputs;
        self.outputs += 1;
        match self.plan {
            Some((at, fault)) if at == here => fault,
            Some(_) | None => Fault::None,
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }
}

pub(crate) fn person(number: u32) -> Person {
    Person {
        name: format!("Person {number}"),
        email: format!("person{number}@example.test"),
        language: "en".to_owned(),
    }
}
