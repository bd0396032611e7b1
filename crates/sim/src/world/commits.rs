//! Appends on their way to the disk, checkpoints, and processes that read back. Knows nothing of what is in a batch.

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::batch::Published;
use mic_engine::node::{Input, Loaded};

use super::{GROUP, READ_WHOLE_MAX, World};
use crate::canary::Canary;
use crate::disk::Unreadable;
use crate::faults::Fault;
use crate::happening::Happening;

/// A checkpoint that the canary predates is out so much later.
const PREDATED_MS: u64 = 600_000;

impl World {
    pub(super) fn send_append(&mut self, machine: usize, append: Box<Append>) {
        let life = self.machines[machine].life;
        let wait = if self.chance.permille(500) { 0 } else { self.chance.below(30) };
        if self.canary == Some(Canary::AnswersEarly) {
            let outcome = AppendOutcome::Committed;
            self.agenda.plan(self.now, Happening::Told { machine, life, outcome });
        }
        self.agenda.plan(self.now + wait, Happening::Commit { machine, life, append });
    }

    /// An append has reached the disk.
    pub(super) fn arrive(&mut self, machine: usize, life: u32, append: Append) {
        let orphan = !self.lives(machine, life);
        if orphan && (self.canary == Some(Canary::AnswersEarly) || self.chance.permille(500)) {
            return;
        }
        let outcome = self.outcome(append);
        if orphan || self.canary == Some(Canary::AnswersEarly) {
            return;
        }
        let outcome = match (outcome, self.canary) {
            (AppendOutcome::Unknown, Some(Canary::UnknownIsDone)) => AppendOutcome::Committed,
            (outcome, _) => outcome,
        };
        // The process may die with the answer on its way.
        let wait = self.chance.below(3);
        self.agenda.plan(self.now + wait, Happening::Told { machine, life, outcome });
    }

    fn outcome(&mut self, mut append: Append) -> AppendOutcome {
        let fits = append.expected == self.disk.position();
        if !fits && self.canary != Some(Canary::IgnoresPosition) {
            return AppendOutcome::Conflict;
        }
        if self.swarm.strikes(Fault::DiskFull, &mut self.chance) {
            self.disk_full = true;
            let at = self.now + self.chance.between(1_000, 900_000);
            self.agenda.plan(at, Happening::DiskFree);
        }
        if self.disk_full || self.swarm.strikes(Fault::AppendFails, &mut self.chance) {
            return AppendOutcome::NotWritten;
        }
        if self.swarm.strikes(Fault::AppendUnknownNotDone, &mut self.chance) {
            return AppendOutcome::Unknown;
        }
        if self.canary == Some(Canary::ForgetsParcels) && self.chance.permille(100) {
            append.parcels.clear();
        }
        self.trace.line(|| {
            let texts = append.entries.iter().map(|entry| String::from_utf8_lossy(&entry.bytes));
            texts.collect::<Vec<_>>().join("\n    ")
        });
        if let Err(error) = self.disk.commit(append) {
            self.broken = Some(format!("the journal cannot be read back: {error}"));
        } else if let Err(why) = crate::safety::after_commit(self) {
            self.broken = Some(why);
        }
        if self.swarm.strikes(Fault::AppendUnknownDone, &mut self.chance) {
            AppendOutcome::Unknown
        } else {
            AppendOutcome::Committed
        }
    }

    pub(super) fn publish(&mut self, machine: usize, published: Published) {
        let life = self.machines[machine].life;
        let size = published.size;
        if self.disk.publish(published.clone()) {
            let predated = self.canary == Some(Canary::PredatesCheckpoints);
            let since = if predated { self.now + PREDATED_MS } else { self.now };
            self.outside.heads.push((size, since));
            let input = Box::new(Input::Published { group: GROUP, published });
            self.agenda.plan(self.now, Happening::Hear { machine, life, input });
        } else {
            // Another process was there first: what it published is read back.
            self.reload(machine, life, 1_000);
        }
    }

    pub(super) fn reload(&mut self, machine: usize, life: u32, wait: u64) {
        let stale = self.swarm.strikes(Fault::StaleRead, &mut self.chance);
        let steps = usize::try_from(self.chance.below(6)).unwrap_or(0);
        let loaded = match stale.then(|| self.disk.load_stale(steps)).flatten() {
            Some(loaded) => Some(loaded),
            None => self.disk.load_quickly(),
        };
        if let Some(loaded) = loaded {
            let input = self.loaded(loaded);
            self.agenda.plan(self.now + wait, Happening::Hear { machine, life, input });
        }
    }

    /// A process starts and reads everything back.
    pub(super) fn start(&mut self, machine: usize) {
        if self.swarm.strikes(Fault::CrashAtStart, &mut self.chance) {
            return self.crash(machine);
        }
        let head = self.disk.published.last().map_or(0, |head| head.size);
        if head > 0 && self.swarm.strikes(Fault::ByteChanged, &mut self.chance) {
            let entry = usize::try_from(self.chance.below(head)).unwrap_or(0);
            let at = usize::try_from(self.chance.below(10_000)).unwrap_or(0);
            if self.disk.load(Some((entry, at))).is_ok() {
                self.broken =
                    Some(format!("byte {at} of line {entry} was changed, and nobody saw"));
            }
            self.trace.line(|| format!("machine {machine} refuses a changed journal"));
            return self.crash(machine);
        }
        let loaded = if self.disk.entries.len() <= READ_WHOLE_MAX {
            self.disk.load(None)
        } else {
            self.disk.load_quickly().ok_or(Unreadable::OtherJournal)
        };
        match loaded {
            Ok(loaded) => {
                self.machines[machine].alive = true;
                self.trace.line(|| format!("machine {machine} starts"));
                let input = *self.loaded(loaded);
                self.hear(machine, input);
                self.plan_carrying(self.now);
            }
            Err(error) => self.broken = Some(format!("a start cannot read the journal: {error:?}")),
        }
    }

    fn loaded(&self, mut loaded: Loaded) -> Box<Input> {
        if self.canary == Some(Canary::ForgetsKeys) {
            loaded.keys.clear();
        }
        Box::new(Input::Loaded { group: GROUP, loaded: Box::new(loaded) })
    }
}
