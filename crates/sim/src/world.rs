//! The world: true time, processes, a disk, people, a beacon and the mail, from one seed in one thread. It carries out what the
//! production node asks for in the order that `mic`'s driver keeps, and lets it fail as `faults.rs` says. Knows no rules; what must hold
//! is in `safety.rs`.

mod beacon;
mod carrying;
mod commits;
mod visits;

use std::collections::BTreeMap;

use mic_engine::batch::Entropy;
use mic_engine::command::{Founding, Profile};
use mic_engine::event::BeaconKind;
use mic_engine::ids::{GroupId, Slot};
use mic_engine::node::{Input, Output};
use mic_proof::note::SigningKey;

use crate::canary::Canary;
use crate::chance::Chance;
use crate::disk::Disk;
use crate::faults::{Fault, Swarm};
use crate::happening::{Agenda, Happening};
use crate::machine::{Clock, Machine};
use crate::model::{Model, Outside};
use crate::people::Person;
use crate::post::{Claim, Item};
use crate::trace::Trace;

pub use visits::{Act, End};

pub const GROUP: GroupId = GroupId([7; 16]);
/// 2026-01-05T00:00:00Z, a Monday.
pub const START_MS: u64 = 1_767_571_200_000;
const KEY_SEED: [u8; 32] = [42; 32];
/// A process that has something to do and could not do it looks again after so long, as `mic`'s driver does.
const STUCK_MS: u64 = 250;
/// Journals up to this length are read back byte by byte at every start.
const READ_WHOLE_MAX: usize = 20_000;

/// What a world is made of.
#[derive(Clone, Debug)]
pub struct Setup {
    pub seed: u64,
    pub charter: String,
    pub members: u32,
    pub machines: usize,
    pub swarm: Swarm,
    pub canary: Option<Canary>,
    /// Whether most people only read.
    pub quiet: bool,
}

/// One world.
pub struct World {
    pub now: u64,
    pub disk: Disk,
    pub machines: Vec<Machine>,
    pub people: Vec<Person>,
    pub model: Model,
    pub outside: Outside,
    pub acts: BTreeMap<u64, Act>,
    /// How many copies of each mail arrived.
    pub arrived: BTreeMap<Item, u32>,
    pub swarm: Swarm,
    pub trace: Trace,
    /// The first thing that must not be.
    pub broken: Option<String>,
    pub counts: Counts,
    founders: u64,
    canary: Option<Canary>,
    chance: Chance,
    crowd: Chance,
    agenda: Agenda,
    next_act: u64,
    batches: BTreeMap<u64, Vec<Claim>>,
    next_batch: u64,
    carrying: bool,
    disk_full: bool,
    unreachable_until: u64,
    resting: bool,
}

/// What happened, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub happenings: u64,
    pub acts: u64,
    pub done: u64,
    pub crashes: u64,
    pub mails: u64,
    pub repeats: u64,
}

impl World {
    /// A group is founded by the first process; nothing fails before that is durable.
    pub fn new(setup: Setup) -> Self {
        let Setup { seed, charter, members, machines, swarm, canary, quiet } = setup;
        let mut crowd = Chance::new(seed, 1);
        let people = (0..members)
            .map(|slot| match quiet {
                true => Person::quiet(Slot(slot)),
                false => Person::lively(Slot(slot), &mut crowd),
            })
            .collect();
        let mut world = Self {
            now: START_MS,
            disk: Disk::new(SigningKey::from_seed(&KEY_SEED)),
            machines: (0..machines.max(1)).map(|_| Machine::new()).collect(),
            people,
            model: Model::default(),
            outside: Outside { clocks_right: true, now: START_MS, ..Outside::default() },
            acts: BTreeMap::new(),
            arrived: BTreeMap::new(),
            swarm: Swarm::none(),
            trace: Trace::default(),
            broken: None,
            counts: Counts::default(),
            founders: u64::from(members),
            canary,
            chance: Chance::new(seed, 2),
            crowd,
            agenda: Agenda::default(),
            next_act: 0,
            batches: BTreeMap::new(),
            next_batch: 0,
            carrying: false,
            disk_full: false,
            unreachable_until: 0,
            resting: false,
        };
        world.found(charter, members);
        world.swarm = swarm;
        world
    }

    /// Lets everything happen up to a true moment, or until something is broken.
    pub fn run_until(&mut self, until: u64) {
        while self.broken.is_none() && self.agenda.next_at().is_some_and(|at| at <= until) {
            self.step();
        }
        self.now = self.now.max(until);
    }

    /// One happening, and what must hold after it.
    pub fn step(&mut self) {
        let Some((at, happening)) = self.agenda.take() else { return };
        self.now = self.now.max(at);
        self.outside.now = self.now;
        self.counts.happenings += 1;
        self.trace.at(self.now);
        self.happen(happening);
        if self.broken.is_none() {
            self.broken = crate::safety::after_step(self).err();
        }
    }

    /// Nothing fails any more, nobody begins anything new, and everybody who waits goes on asking.
    pub fn rest(&mut self) {
        self.swarm.stop();
        self.resting = true;
        self.disk_full = false;
        self.unreachable_until = 0;
        for machine in 0..self.machines.len() {
            self.machines[machine].clock = Clock::Right;
            self.look_at_clock(machine);
        }
    }

    pub(crate) fn key() -> SigningKey {
        SigningKey::from_seed(&KEY_SEED)
    }

    fn found(&mut self, charter: String, members: u32) {
        let founding = Founding {
            group: GROUP,
            origin: "sim.example/g".to_owned(),
            key: *Self::key().verifying_key().as_bytes(),
            charter_text: charter,
            profile: Profile {
                name: "Simulated".to_owned(),
                purpose: String::new(),
                language: "en".to_owned(),
            },
            members: (0..members).map(visits::somebody).collect(),
            beacon: BeaconKind::Local,
            chain: beacon::anchor(),
        };
        let ticket = self.machines[0].ticket(0);
        let key = Box::new(Self::key());
        self.hear(0, Input::Found { ticket, founding: Box::new(founding), key });
        // The append of the founding is on its way; nothing else may happen before it.
        while self.disk.entries.is_empty() && self.agenda.next_at().is_some() {
            self.step();
        }
        for other in 1..self.machines.len() {
            self.start(other);
        }
        for person in 0..self.people.len() {
            self.plan_visit(person);
        }
        for machine in 0..self.machines.len() {
            self.plan_clock_fault(machine);
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Wake { machine, life } => {
                if self.lives(machine, life) {
                    self.wake(machine);
                }
            }
            Happening::Start { machine, life } => {
                if self.machines[machine].life == life && !self.machines[machine].alive {
                    self.start(machine);
                }
            }
            Happening::Commit { machine, life, append } => self.arrive(machine, life, *append),
            Happening::Hear { machine, life, input } => {
                if self.lives(machine, life) {
                    self.hear(machine, *input);
                }
            }
            Happening::Told { machine, life, outcome } => {
                if self.lives(machine, life) {
                    self.hear(machine, Input::Appended { group: GROUP, outcome });
                }
            }
            Happening::Person { person } => self.visit(person),
            Happening::Again { act } => self.ask_again(act),
            Happening::Carry => self.carry(),
            Happening::Delivered { batch } => self.deliver(batch),
            Happening::Clock { machine, right } => self.set_clock(machine, right),
            Happening::DiskFree => self.disk_full = false,
        }
    }

    /// A process takes in what happened and does what follows, in order; it may die at any point on the way.
    fn hear(&mut self, machine: usize, input: Input) {
        let now = self.machines[machine].time(self.now);
        let entropy = Entropy(self.chance.bytes());
        let outputs = self.machines[machine].node.handle(input, now, entropy);
        for output in outputs {
            if self.swarm.strikes(Fault::Crash, &mut self.chance) {
                return self.crash(machine);
            }
            let life = self.machines[machine].life;
            self.carry_out(machine, output);
            if !self.lives(machine, life) {
                return;
            }
        }
        self.look_at_clock(machine);
    }

    fn carry_out(&mut self, machine: usize, output: Output) {
        let life = self.machines[machine].life;
        match output {
            Output::Append(append) => self.send_append(machine, append),
            Output::Reply { ticket, answer } => {
                let asked = self.machines[machine].waiting.remove(&ticket);
                if let Some(act) = asked.filter(|act| *act > 0) {
                    self.answered(act, &answer);
                }
            }
            Output::Reload { .. } => {
                let wait = self.chance.below(40);
                self.reload(machine, life, wait);
            }
            Output::Publish { published, .. } => self.publish(machine, published),
            Output::FetchBeacon { round, .. } => self.fetch(machine, round),
            Output::Deliver { .. } => self.plan_carrying(self.now),
            Output::Evolved { .. } => {}
        }
    }

    fn wake(&mut self, machine: usize) {
        self.machines[machine].wakes_at = None;
        if self.swarm.strikes(Fault::TimerLost, &mut self.chance) {
            let life = self.machines[machine].life;
            let at = self.now + self.chance.between(1_000, 600_000);
            self.agenda.plan(at, Happening::Wake { machine, life });
            return;
        }
        let twice = self.swarm.strikes(Fault::TimerDoubled, &mut self.chance);
        for _ in 0..=u32::from(twice) {
            let life = self.machines[machine].life;
            let due = self.machines[machine].node.next_due();
            let now = self.machines[machine].time(self.now);
            if due.is_some_and(|due| due <= now) {
                self.hear(machine, Input::Tick);
            }
            if !self.lives(machine, life) {
                return;
            }
        }
        self.look_at_clock(machine);
    }

    /// Plans the next time a process has something to do.
    fn look_at_clock(&mut self, machine: usize) {
        let it = &mut self.machines[machine];
        let Some(due) = it.node.next_due().filter(|_| it.alive) else { return };
        let at = if due <= it.time(self.now) {
            self.now + STUCK_MS
        } else {
            it.when(due, self.now).max(self.now + 1)
        };
        if it.wakes_at.is_none_or(|before| at < before) {
            it.wakes_at = Some(at);
            let life = it.life;
            self.agenda.plan(at, Happening::Wake { machine, life });
        }
    }

    fn crash(&mut self, machine: usize) {
        self.counts.crashes += 1;
        self.trace.line(|| format!("machine {machine} dies"));
        self.machines[machine].die();
        let life = self.machines[machine].life;
        let at = self.now + self.chance.between(10, 120_000);
        self.agenda.plan(at, Happening::Start { machine, life });
    }

    fn set_clock(&mut self, machine: usize, right: bool) {
        if right || !self.swarm.is_on() {
            self.machines[machine].clock = Clock::Right;
            if self.swarm.is_on() {
                self.plan_clock_fault(machine);
            }
        } else {
            let by = self.chance.between(1_000, 3_600_000);
            let by = i64::try_from(by).unwrap_or(0);
            let clock = [
                (Fault::ClockBack, Clock::Off(-by)),
                (Fault::ClockForward, Clock::Off(by)),
                (Fault::ClockStill, Clock::Still(self.now)),
                (Fault::ClockFast, Clock::Fast { since: self.now }),
            ];
            let kinds: Vec<Fault> = self.swarm.enabled().map(|(fault, _)| fault).collect();
            let known: Vec<Clock> =
                clock.iter().filter(|(fault, _)| kinds.contains(fault)).map(|(_, c)| *c).collect();
            if let Some(clock) = self.chance.pick(&known) {
                self.trace.line(|| format!("machine {machine} has the clock {clock:?}"));
                self.machines[machine].clock = *clock;
                self.outside.clocks_right = false;
                // A clock ten times as fast for an hour is nine hours ahead: enough.
                let at = self.now + self.chance.between(60_000, 3_600_000);
                self.agenda.plan(at, Happening::Clock { machine, right: true });
            }
        }
        self.look_at_clock(machine);
    }

    fn plan_clock_fault(&mut self, machine: usize) {
        let at = self.now + self.chance.pause(3 * 86_400_000);
        self.agenda.plan(at, Happening::Clock { machine, right: false });
    }

    fn lives(&self, machine: usize, life: u32) -> bool {
        self.machines[machine].alive && self.machines[machine].life == life
    }
}
