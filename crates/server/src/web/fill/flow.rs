//! Flowcharts from the very data the engine executes. Knows no drawing: `pages/flowchart.rs` makes it.

use mic_engine::charter::flow::{Arrow, Target, Way};
use mic_engine::charter::{EffectKind, Id, Process, Rule, Stage};
use mic_engine::ids::Span;

use super::standing;
use crate::charter_words;
use crate::pages::flow::{Flow, FlowExit, FlowKind, FlowStage, Outcome};
use crate::words::Phrase;

/// Where a proposal stands in its flowchart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The stage it stands in; `None` once it is closed.
    pub(crate) here: Option<Id>,
    pub(crate) passed: Vec<Id>,
    /// The effect has happened.
    pub(crate) done: bool,
}

/// A process, with a proposal's way through it; where the size of the group is given, in its numbers.
pub(crate) fn flow(process: &Process, place: &Place, members: Option<u32>) -> Flow {
    let mut stages = Vec::new();
    let mut effects: Vec<EffectKind> = Vec::new();
    for id in process.reading_order() {
        let Some(stage) = process.stage(&id) else { continue };
        let arrows = process.arrows_from(&id);
        for arrow in &arrows {
            if let Target::Effect(effect) = arrow.to
                && !effects.contains(&effect)
            {
                effects.push(effect);
            }
        }
        stages.push(box_of(&id, stage, &arrows, place, members));
    }
    stages.extend(effects.into_iter().map(|effect| FlowStage {
        id: effect_id(effect),
        title: String::new(),
        kind: effect_kind(effect),
        facts: Vec::new(),
        exits: Vec::new(),
        you_are_here: false,
        done: place.done,
        mark: None,
    }));
    Flow { title: process.title.clone(), stages }
}

fn box_of(
    id: &Id,
    stage: &Stage,
    arrows: &[Arrow],
    place: &Place,
    members: Option<u32>,
) -> FlowStage {
    let here = place.here.as_ref() == Some(id);
    FlowStage {
        id: id.as_str().to_owned(),
        title: stage.title.clone(),
        kind: match &stage.rule {
            Rule::Cosign(_) => FlowKind::CoSign,
            Rule::Jury(_) => FlowKind::Jury,
            Rule::Recourse(_) => FlowKind::Recourse,
            Rule::Wait(_) => FlowKind::Wait,
            Rule::Vote(_) => FlowKind::Vote,
            Rule::Consensus(_) => FlowKind::Consensus,
            Rule::Objection(_) => FlowKind::Objection,
            Rule::Pledge(_) => FlowKind::Pledge,
        },
        facts: facts(&stage.rule, members),
        exits: arrows.iter().map(exit).collect(),
        you_are_here: here,
        done: !here && place.passed.contains(id),
        mark: None,
    }
}

fn exit(arrow: &Arrow) -> FlowExit {
    FlowExit {
        outcome: match arrow.way {
            Way::Outcome(outcome) => standing::outcome(outcome),
            Way::Revise => Outcome::Revise,
            Way::Appeal => Outcome::Appeal,
        },
        to: match &arrow.to {
            Target::Stage(id) => Some(id.as_str().to_owned()),
            Target::Effect(effect) => Some(effect_id(*effect)),
            Target::End => None,
        },
    }
}

/// Everything a stage asks, its reminders last.
fn facts(rule: &Rule, members: Option<u32>) -> Vec<Phrase> {
    let mut said = charter_words::facts(rule, members);
    said.extend(reminders(rule.reminders()));
    said
}

fn reminders(after: &[Span]) -> Option<Phrase> {
    let (hour, day) = (Span::hours(1).0, Span::days(1).0);
    let days = after.iter().all(|span| span.0.is_multiple_of(day));
    let (key, unit) = if days { ("fact-remind-days", day) } else { ("fact-remind-hours", hour) };
    let list: Vec<String> = after.iter().map(|span| (span.0 / unit).to_string()).collect();
    (!list.is_empty()).then(|| Phrase::new(key).text("list", list.join(", ")))
}

fn effect_id(effect: EffectKind) -> String {
    format!("effect:{}", effect.word())
}

const fn effect_kind(effect: EffectKind) -> FlowKind {
    match effect {
        EffectKind::Broadcast => FlowKind::Broadcast,
        EffectKind::Admit => FlowKind::Admit,
        EffectKind::Remove => FlowKind::Remove,
        EffectKind::Recall => FlowKind::Recall,
        EffectKind::Amend => FlowKind::Amend,
        EffectKind::Action => FlowKind::Action,
        EffectKind::Record => FlowKind::Record,
    }
}
