//! What is different for members under another charter, in words. Knows no layout.

use mic_engine::charter::difference::{self, Change, ProcessChange, StageChange};
use mic_engine::charter::facts::Fact;
use mic_engine::charter::flow::Target;
use mic_engine::charter::{Audience, Charter, Clock, Id, Process};

use super::explain::{about, target, tell, way};
use super::facts::phrases;
use crate::words::{Arg, Words};

/// One place where something is different: a stage, a process, or the whole charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The title of the process; empty for what holds everywhere.
    pub process: String,
    /// The title of the stage; empty for the process itself.
    pub stage: String,
    /// What is different, a sentence each; never empty.
    pub lines: Vec<String>,
}

/// What is different; where the size of the group is given, in its numbers. Empty when nothing is.
pub fn difference(
    before: &Charter,
    after: &Charter,
    members: Option<u32>,
    words: &Words,
) -> Vec<Part> {
    let teller = Teller { members, words };
    let mut everywhere = Vec::new();
    let mut parts = Vec::new();
    for change in difference::difference(before, after) {
        match change {
            Change::ProcessAdded { process } => {
                parts.extend(
                    after
                        .processes
                        .get(&process)
                        .map(|process| teller.whole(process, "rules-difference-process-added")),
                );
            }
            Change::ProcessRemoved { process } => {
                parts.extend(
                    before
                        .processes
                        .get(&process)
                        .map(|process| teller.whole(process, "rules-difference-process-gone")),
                );
            }
            Change::Process { process, changes } => {
                let (was, is) = (before.processes.get(&process), after.processes.get(&process));
                if let (Some(was), Some(is)) = (was, is) {
                    parts.extend(teller.process(was, is, &changes));
                }
            }
            Change::Name { .. }
            | Change::Clock { .. }
            | Change::OpenProposals { .. }
            | Change::OpenInvitations { .. }
            | Change::NewDays { .. }
            | Change::RestDays { .. }
            | Change::Unguarded { .. } => everywhere.push(teller.everywhere(&change)),
        }
    }
    if !everywhere.is_empty() {
        let part = Part { process: String::new(), stage: String::new(), lines: everywhere };
        parts.insert(0, part);
    }
    parts
}

struct Teller<'w> {
    members: Option<u32>,
    words: &'w Words,
}

impl Teller<'_> {
    fn everywhere(&self, change: &Change) -> String {
        let count = |key: &str, name: &'static str, before: u32, after: u32| {
            let say = |value: u32| self.words.say(key, &[(name, Arg::Number(value.into()))]);
            self.instead(&say(before), &say(after))
        };
        match change {
            Change::Name { before, after } => self.pair("rules-difference-name", before, after),
            Change::Clock { before, after } => {
                self.instead(&self.clock(*before), &self.clock(*after))
            }
            Change::OpenProposals { before, after } => {
                count("limit-proposals", "count", *before, *after)
            }
            Change::OpenInvitations { before, after } => {
                count("limit-invitations", "count", *before, *after)
            }
            Change::NewDays { before, after } => count("limit-new", "days", *before, *after),
            Change::RestDays { before, after } => count("limit-rest", "days", *before, *after),
            Change::Unguarded { after: true } => {
                self.words.say("rules-difference-unguarded-on", &[])
            }
            Change::Unguarded { after: false } => {
                self.words.say("rules-difference-unguarded-off", &[])
            }
            Change::ProcessAdded { .. }
            | Change::ProcessRemoved { .. }
            | Change::Process { .. } => String::new(),
        }
    }

    fn clock(&self, clock: Clock) -> String {
        let minutes =
            self.words.say("limit-clock", &[("minutes", Arg::Number(clock.every_minutes.into()))]);
        if clock.offset_minutes == 0 {
            minutes
        } else {
            format!("{minutes} (+{})", clock.offset_minutes)
        }
    }

    fn whole(&self, process: &Process, key: &str) -> Part {
        let lines = vec![self.words.say(key, &[]), about(process, self.words)];
        Part { process: process.title.clone(), stage: String::new(), lines }
    }

    fn process(&self, before: &Process, after: &Process, changes: &[ProcessChange]) -> Vec<Part> {
        let mut own = Vec::new();
        let mut parts = Vec::new();
        let part =
            |stage: String, lines: Vec<String>| Part { process: after.title.clone(), stage, lines };
        for change in changes {
            match change {
                ProcessChange::Title { before, after } => {
                    own.push(self.pair("rules-difference-name", before, after));
                }
                ProcessChange::Kind { .. } => {
                    let (was, is) = (about(before, self.words), about(after, self.words));
                    own.push(self.pair("rules-difference-kind", &was, &is));
                }
                ProcessChange::Audiences { before, after } => {
                    own.push(self.instead(&self.audiences(before), &self.audiences(after)));
                }
                ProcessChange::First { before: was, after: is } => {
                    let (was, is) = (title(before, was), title(after, is));
                    own.push(self.pair("rules-difference-first", &was, &is));
                }
                ProcessChange::StageAdded { stage } => {
                    let mut lines = vec![self.words.say("rules-difference-stage-added", &[])];
                    lines.extend(after.stage(stage).iter().flat_map(|stage| {
                        tell(&super::facts(&stage.rule, self.members), self.words)
                    }));
                    parts.push(part(title(after, stage), lines));
                }
                ProcessChange::StageRemoved { stage } => {
                    let lines = vec![self.words.say("rules-difference-stage-gone", &[])];
                    parts.push(part(title(before, stage), lines));
                }
                ProcessChange::Stage { stage, changes } => {
                    let lines: Vec<String> = changes
                        .iter()
                        .filter_map(|it| self.stage(before, after, stage, it))
                        .collect();
                    if !lines.is_empty() {
                        parts.push(part(title(after, stage), lines));
                    }
                }
            }
        }
        if !own.is_empty() {
            parts.insert(0, part(String::new(), own));
        }
        parts
    }

    /// `None` where nothing is different in a group of this size.
    fn stage(
        &self,
        before: &Process,
        after: &Process,
        id: &Id,
        change: &StageChange,
    ) -> Option<String> {
        let (was, is) = match change {
            StageChange::Title { before, after } => {
                return Some(self.pair("rules-difference-name", before, after));
            }
            StageChange::Kind { before, after } => {
                let name = |kind: &str| self.words.say(&format!("stage-{kind}"), &[]);
                let (was, is) = (name(before), name(after));
                return Some(self.pair("rules-difference-kind", &was, &is));
            }
            StageChange::FactAdded(fact) => (None, Some(self.fact(fact))),
            StageChange::FactRemoved(fact) => (Some(self.fact(fact)), None),
            StageChange::Fact { before, after } => {
                (Some(self.fact(before)), Some(self.fact(after)))
            }
            StageChange::Arrow { way: arrow, before: was, after: is } => {
                let told = |process: &Process, to: &Target| {
                    let kind = process.stage(id).map_or("", |stage| stage.rule.kind());
                    target(process, &way(kind, *arrow, self.words), to, self.words)
                };
                let was = was.as_ref().map(|to| told(before, to));
                (was, is.as_ref().map(|to| told(after, to)))
            }
        };
        match (was, is) {
            (Some(was), Some(is)) if was == is => None,
            (Some(was), Some(is)) => Some(self.instead(&was, &is)),
            (None, Some(is)) => Some(self.one("rules-difference-added", &is)),
            (Some(was), None) => Some(self.one("rules-difference-gone", &was)),
            (None, None) => None,
        }
    }

    fn fact(&self, fact: &Fact) -> String {
        tell(&phrases(fact, self.members), self.words).join("; ")
    }

    fn audiences(&self, audiences: &[Audience]) -> String {
        let said: Vec<String> = audiences
            .iter()
            .map(|audience| self.words.say(&format!("explain-audience-{}", audience.word()), &[]))
            .collect();
        said.join(", ")
    }

    fn instead(&self, before: &str, after: &str) -> String {
        self.pair("rules-difference-instead", before, after)
    }

    fn pair(&self, key: &str, before: &str, after: &str) -> String {
        let text = |text: &str| Arg::Text(text.to_owned());
        self.words.say(key, &[("before", text(before)), ("after", text(after))])
    }

    fn one(&self, key: &str, what: &str) -> String {
        self.words.say(key, &[("what", Arg::Text(what.to_owned()))])
    }
}

fn title(process: &Process, id: &Id) -> String {
    process.stage(id).map_or_else(|| id.to_string(), |stage| stage.title.clone())
}
