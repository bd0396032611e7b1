//! What is different for members under another charter: by process, by stage, by statement; never by line of text.
//! Knows no language.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Fact;
use super::flow::{Target, Way};
use super::{Audience, Charter, Clock, Id, Process, ProposalKind, Stage};

/// Something that is otherwise in the later charter than in the earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Name {
        before: String,
        after: String,
    },
    Clock {
        before: Clock,
        after: Clock,
    },
    OpenProposals {
        before: u32,
        after: u32,
    },
    OpenInvitations {
        before: u32,
        after: u32,
    },
    NewDays {
        before: u32,
        after: u32,
    },
    RestDays {
        before: u32,
        after: u32,
    },
    /// Whether things may reach everybody that nobody judged.
    Unguarded {
        after: bool,
    },
    ProcessAdded {
        process: Id,
    },
    ProcessRemoved {
        process: Id,
    },
    /// Never empty.
    Process {
        process: Id,
        changes: Vec<ProcessChange>,
    },
}

/// Something that is otherwise in a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcessChange {
    Title {
        before: String,
        after: String,
    },
    Kind {
        before: ProposalKind,
        after: ProposalKind,
    },
    Audiences {
        before: Vec<Audience>,
        after: Vec<Audience>,
    },
    /// Where a proposal begins.
    First {
        before: Id,
        after: Id,
    },
    StageAdded {
        stage: Id,
    },
    StageRemoved {
        stage: Id,
    },
    /// Never empty.
    Stage {
        stage: Id,
        changes: Vec<StageChange>,
    },
}

/// Something that is otherwise in a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageChange {
    Title {
        before: String,
        after: String,
    },
    /// The words of the charter language for both kinds.
    Kind {
        before: &'static str,
        after: &'static str,
    },
    FactAdded(Fact),
    FactRemoved(Fact),
    Fact {
        before: Fact,
        after: Fact,
    },
    /// Where an outcome leads; `None` where the stage cannot end so.
    Arrow {
        way: Way,
        before: Option<Target>,
        after: Option<Target>,
    },
}

/// All changes from one charter to another, what holds everywhere first. Charters that differ only in comments, spaces or the order of
/// keys have none.
pub fn difference(before: &Charter, after: &Charter) -> Vec<Change> {
    let mut changes = everywhere(before, after);
    let ids: BTreeSet<&Id> = before.processes.keys().chain(after.processes.keys()).collect();
    for id in ids {
        let process = id.clone();
        changes.extend(match (before.processes.get(id), after.processes.get(id)) {
            (Some(before), Some(after)) => {
                let changes = of_process(before, after);
                (!changes.is_empty()).then_some(Change::Process { process, changes })
            }
            (Some(_), None) => Some(Change::ProcessRemoved { process }),
            (None, Some(_)) => Some(Change::ProcessAdded { process }),
            (None, None) => None,
        });
    }
    changes
}

fn everywhere(before: &Charter, after: &Charter) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.name != after.name {
        changes.push(Change::Name { before: before.name.clone(), after: after.name.clone() });
    }
    if before.unguarded != after.unguarded {
        changes.push(Change::Unguarded { after: after.unguarded });
    }
    if before.clock != after.clock {
        changes.push(Change::Clock { before: before.clock, after: after.clock });
    }
    let mut number = |before: u32, after: u32, change: fn(u32, u32) -> Change| {
        if before != after {
            changes.push(change(before, after));
        }
    };
    let (was, is) = (before.limits, after.limits);
    number(was.open_proposals_per_member, is.open_proposals_per_member, |before, after| {
        Change::OpenProposals { before, after }
    });
    number(was.open_invitations_per_member, is.open_invitations_per_member, |before, after| {
        Change::OpenInvitations { before, after }
    });
    number(was.new_days, is.new_days, |before, after| Change::NewDays { before, after });
    number(before.rest_days, after.rest_days, |before, after| Change::RestDays { before, after });
    changes
}

fn of_process(before: &Process, after: &Process) -> Vec<ProcessChange> {
    let mut changes = Vec::new();
    if before.title != after.title {
        let (before, after) = (before.title.clone(), after.title.clone());
        changes.push(ProcessChange::Title { before, after });
    }
    if before.kind != after.kind {
        changes.push(ProcessChange::Kind { before: before.kind, after: after.kind });
    }
    let sorted = |process: &Process| {
        let mut audiences = process.audiences.clone();
        audiences.sort();
        audiences
    };
    if sorted(before) != sorted(after) {
        changes.push(ProcessChange::Audiences { before: sorted(before), after: sorted(after) });
    }
    if before.first != after.first {
        let (before, after) = (before.first.clone(), after.first.clone());
        changes.push(ProcessChange::First { before, after });
    }
    // In the order of the later one; what is gone stands where it stood.
    let mut order = after.reading_order();
    order.extend(before.reading_order().into_iter().filter(|id| !after.stages.contains_key(id)));
    for stage in order {
        changes.extend(match (before.stages.get(&stage), after.stages.get(&stage)) {
            (Some(was), Some(is)) => {
                let mut changes = of_stage(was, is);
                changes.extend(arrows(before, after, &stage));
                (!changes.is_empty()).then_some(ProcessChange::Stage { stage, changes })
            }
            (Some(_), None) => Some(ProcessChange::StageRemoved { stage }),
            (None, Some(_)) => Some(ProcessChange::StageAdded { stage }),
            (None, None) => None,
        });
    }
    changes
}

fn of_stage(before: &Stage, after: &Stage) -> Vec<StageChange> {
    let mut changes = Vec::new();
    if before.title != after.title {
        let (before, after) = (before.title.clone(), after.title.clone());
        changes.push(StageChange::Title { before, after });
    }
    let (was, is) = (before.rule.kind(), after.rule.kind());
    if was != is {
        changes.push(StageChange::Kind { before: was, after: is });
    }
    let (was, is) = (before.rule.facts(), after.rule.facts());
    for after in &is {
        match was.iter().find(|before| before.is_about_the_same(after)) {
            Some(before) if before == after => {}
            Some(before) => {
                changes.push(StageChange::Fact { before: before.clone(), after: after.clone() });
            }
            None => changes.push(StageChange::FactAdded(after.clone())),
        }
    }
    let gone = was.into_iter().filter(|before| !is.iter().any(|it| it.is_about_the_same(before)));
    changes.extend(gone.map(StageChange::FactRemoved));
    changes
}

fn arrows(before: &Process, after: &Process, stage: &Id) -> Vec<StageChange> {
    let targets = |process: &Process| -> BTreeMap<Way, Target> {
        process.arrows_from(stage).into_iter().map(|arrow| (arrow.way, arrow.to)).collect()
    };
    let (was, is) = (targets(before), targets(after));
    let ways: BTreeSet<Way> = was.keys().chain(is.keys()).copied().collect();
    let pairs = ways.into_iter().map(|way| (way, was.get(&way).cloned(), is.get(&way).cloned()));
    pairs
        .filter(|(_, before, after)| before != after)
        .map(|(way, before, after)| StageChange::Arrow { way, before, after })
        .collect()
}
