//! What differs between two charters, in words and as flowcharts with the boxes marked. The engine finds it (`charter::difference`),
//! `charter_words` says it. Knows no page but their parts.

use mic_engine::charter::difference::{Change, ProcessChange, difference};
use mic_engine::charter::{Charter, Process};

use super::flow::{Place, flow};
use crate::charter_words;
use crate::pages::amend::FlowPair;
use crate::pages::charter_editor::Difference;
use crate::pages::flow::{Flow, FlowMark};
use crate::words::Words;

/// Everything that is otherwise, what holds everywhere first. `roll`: the size of the group that reads it.
pub(crate) fn words(
    before: &Charter,
    after: &Charter,
    roll: u32,
    words: &Words,
) -> Vec<Difference> {
    let parts = charter_words::difference(before, after, Some(roll), words);
    let shown = |part: charter_words::Part| Difference {
        process: part.process,
        stage: part.stage,
        lines: part.lines,
    };
    parts.into_iter().map(shown).collect()
}

/// The processes that differ, before and after.
pub(crate) fn flows(before: &Charter, after: &Charter, roll: u32, words: &Words) -> Vec<FlowPair> {
    let mut pairs = Vec::new();
    for change in difference(before, after) {
        let (id, changes) = match change {
            Change::Process { process, changes } => (process, changes),
            Change::ProcessAdded { process } | Change::ProcessRemoved { process } => {
                (process, Vec::new())
            }
            Change::Name { .. }
            | Change::Clock { .. }
            | Change::OpenProposals { .. }
            | Change::OpenInvitations { .. }
            | Change::NewDays { .. }
            | Change::RestDays { .. }
            | Change::Unguarded { .. } => continue,
        };
        let (was, is) = (before.processes.get(&id), after.processes.get(&id));
        let drawn = |process: &Process| {
            let mut drawn = flow(process, &Place::default(), Some(roll));
            mark(&mut drawn, process, &changes);
            drawn
        };
        let title = is.or(was).map(|process| process.title.clone()).unwrap_or_default();
        pairs.push(FlowPair {
            title,
            before: was.map(|process| drawn(process).view(&format!("was_{id}"), words)),
            after: is.map(|process| drawn(process).view(&format!("is_{id}"), words)),
        });
    }
    pairs
}

fn mark(flow: &mut Flow, process: &Process, changes: &[ProcessChange]) {
    for change in changes {
        let (stage, mark) = match change {
            ProcessChange::StageAdded { stage } => (stage, FlowMark::New),
            ProcessChange::StageRemoved { stage } => (stage, FlowMark::Gone),
            ProcessChange::Stage { stage, .. } => (stage, FlowMark::Changed),
            ProcessChange::First { .. } => (&process.first, FlowMark::Changed),
            ProcessChange::Title { .. }
            | ProcessChange::Kind { .. }
            | ProcessChange::Audiences { .. } => continue,
        };
        let found = flow.stages.iter_mut().find(|drawn| drawn.id == stage.as_str());
        if let Some(drawn) = found.filter(|drawn| drawn.mark.is_none()) {
            drawn.mark = Some(mark);
        }
    }
}
