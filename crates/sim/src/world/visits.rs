//! Visits of people: they look, act, press twice, wait for an answer, and ask again when none comes.

use mic_engine::append::Person as Record;
use mic_engine::command::{Command, MemberAct};
use mic_engine::ids::{CommandKey, Seq, Slot};
use mic_engine::node::{Answer, Input};

use super::{GROUP, World};
use crate::faults::Fault;
use crate::happening::Happening;
use crate::people::Person;

/// Who was not answered asks again after so long.
const PATIENCE_MS: u64 = 90_000;
/// Somebody who was told "not saved" tries so often.
const TRIES_MAX: u32 = 40;

/// Something that somebody asked for.
#[derive(Clone, Debug)]
pub struct Act {
    pub person: usize,
    pub key: CommandKey,
    pub what: MemberAct,
    pub end: End,
    tries: u32,
}

/// How far an act is, as its person knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Waiting,
    Done(Seq),
    Refused,
    GivenUp,
}

/// The record of a founding member.
pub(super) fn somebody(slot: u32) -> Record {
    Record {
        name: format!("Person {slot}"),
        email: format!("person{slot}@sim.example"),
        language: "en".to_owned(),
    }
}

impl World {
    pub(super) fn plan_visit(&mut self, person: usize) {
        let pause = self.people[person].pause_ms;
        let at = self.now + self.crowd.pause(pause).max(1_000);
        self.agenda.plan(at, Happening::Person { person });
    }

    pub(super) fn visit(&mut self, person: usize) {
        if self.resting || self.people[person].gone {
            return;
        }
        let Some(machine) = self.some_machine() else { return self.plan_visit(person) };
        let Some(view) = self.machines[machine].node.view(GROUP) else {
            return self.plan_visit(person);
        };
        let now = self.machines[machine].time(self.now);
        let deadline = self.people[person].deadline(&view).filter(|until| *until > now);
        if let Some(until) = deadline.filter(|until| until.0 > now.0 + 5) {
            // The last moments: just before, at, and just after.
            let at = self.machines[machine].when(until, self.now) + self.crowd.below(5);
            self.agenda.plan(at.saturating_sub(2).max(self.now + 1), Happening::Person { person });
            return;
        }
        if let Some(what) = self.people[person].choose(&view, now, &mut self.crowd) {
            self.ask(person, machine, what);
        }
        self.plan_visit(person);
    }

    /// The answer to an act has reached its person.
    pub(super) fn answered(&mut self, number: u64, answer: &Answer) {
        if self.swarm.strikes(Fault::ReplyLost, &mut self.chance) {
            return;
        }
        let Some(act) = self.acts.get_mut(&number) else { return };
        match answer {
            Answer::Done(reply) => {
                let before = act.end;
                act.end = End::Done(reply.seq);
                self.counts.done += 1;
                if let Err(why) = crate::safety::on_answer(self, number, before, reply.seq) {
                    self.broken = Some(why);
                }
            }
            Answer::Refused(_) if act.end == End::Waiting => act.end = End::Refused,
            Answer::NotSaved if act.end == End::Waiting => {
                let at = self.now + PATIENCE_MS;
                self.agenda.plan(at, Happening::Again { act: number });
            }
            Answer::Refused(_) | Answer::NotSaved => {}
        }
    }

    pub(super) fn ask_again(&mut self, number: u64) {
        let Some(act) = self.acts.get_mut(&number) else { return };
        if act.end != End::Waiting {
            // What was answered long ago is of no interest any more.
            return;
        }
        act.tries += 1;
        if act.tries > TRIES_MAX && self.swarm.is_on() {
            act.end = End::GivenUp;
            return;
        }
        if let Some(machine) = self.some_machine() {
            self.send(number, machine);
        }
        self.agenda.plan(self.now + PATIENCE_MS, Happening::Again { act: number });
    }

    /// Somebody new has come in: they visit like everybody else.
    pub(crate) fn welcome(&mut self, slot: u64) {
        let slot = Slot(u32::try_from(slot).unwrap_or(u32::MAX));
        if self.people.iter().all(|person| person.slot != slot) {
            let person = Person::lively(slot, &mut self.crowd);
            self.people.push(person);
            self.plan_visit(self.people.len() - 1);
        }
    }

    fn ask(&mut self, person: usize, machine: usize, what: MemberAct) {
        self.next_act += 1;
        let number = self.next_act;
        let mut key = [0; 16];
        key[8..].copy_from_slice(&number.to_be_bytes());
        let key = CommandKey(key);
        if matches!(what, MemberAct::Leave | MemberAct::Erase) {
            self.people[person].gone = true;
        }
        let slot = self.people[person].slot;
        self.trace.line(|| format!("{slot} asks machine {machine}: {what:?}"));
        self.acts.insert(number, Act { person, key, what, end: End::Waiting, tries: 0 });
        self.counts.acts += 1;
        self.send(number, machine);
        if self.crowd.permille(self.people[person].presses_twice) {
            let other = self.some_machine().unwrap_or(machine);
            self.send(number, other);
        }
        self.agenda.plan(self.now + PATIENCE_MS, Happening::Again { act: number });
    }

    fn send(&mut self, number: u64, machine: usize) {
        let Some(act) = self.acts.get(&number) else { return };
        let (key, act, slot) = (act.key, act.what.clone(), self.people[act.person].slot);
        if !self.machines[machine].alive {
            return;
        }
        let ticket = self.machines[machine].ticket(number);
        let command = Command::Member { slot, act };
        self.hear(machine, Input::Command { group: GROUP, ticket, key: Some(key), command });
    }

    /// Any process that runs.
    fn some_machine(&mut self) -> Option<usize> {
        let alive: Vec<usize> =
            (0..self.machines.len()).filter(|at| self.machines[*at].alive).collect();
        self.crowd.pick(&alive).copied()
    }
}
