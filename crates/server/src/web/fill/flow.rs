//! Flowcharts from the very data the engine executes. Knows no drawing: `pages/flowchart.rs` makes it.

use mic_engine::charter::flow::{Arrow, Target, Way};
use mic_engine::charter::{EffectKind, Id, Process, Rule, Stage};

use super::standing;
use crate::charter_words;
use crate::pages::flow::{Fact, Flow, FlowExit, FlowKind, FlowStage, Outcome};

/// Where a proposal stands in its flowchart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The stage it stands in; `None` once it is closed.
    pub(crate) here: Option<Id>,
    pub(crate) passed: Vec<Id>,
    /// The effect has happened.
    pub(crate) done: bool,
}

/// A process, with a proposal's way through it.
pub(crate) fn flow(process: &Process, place: &Place) -> Flow {
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
        stages.push(box_of(&id, stage, &arrows, place));
    }
    stages.extend(effects.into_iter().map(|effect| FlowStage {
        id: effect_id(effect),
        title: String::new(),
        kind: effect_kind(effect),
        facts: Vec::new(),
        exits: Vec::new(),
        you_are_here: false,
        done: place.done,
    }));
    Flow { title: process.title.clone(), stages }
}

fn box_of(id: &Id, stage: &Stage, arrows: &[Arrow], place: &Place) -> FlowStage {
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
        facts: charter_words::facts(&stage.rule, None).into_iter().map(Fact::Said).collect(),
        exits: arrows.iter().map(exit).collect(),
        you_are_here: here,
        done: !here && place.passed.contains(id),
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
