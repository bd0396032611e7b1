//! A charter sentence by sentence: for each process who is asked, how many, how long, and what then. Knows no layout.

use mic_engine::charter::flow::{Target, Way};
use mic_engine::charter::{Charter, Id, Process, ProposalKind};

use super::facts::facts;
use crate::words::{Arg, Phrase, Words, Zone};

/// A process in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub id: Id,
    pub title: String,
    /// What it is about.
    pub about: String,
    pub steps: Vec<Step>,
}

/// A stage in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: Id,
    pub title: String,
    /// What it asks.
    pub asks: Vec<String>,
    /// How it can end, and what follows then.
    pub then: Vec<String>,
}

/// Every process; where the size of the group is given, in its numbers.
pub fn explain(charter: &Charter, members: Option<u32>, words: &Words) -> Vec<Explained> {
    let processes = charter.processes.iter();
    processes
        .map(|(id, process)| Explained {
            id: id.clone(),
            title: process.title.clone(),
            about: about(process, words),
            steps: steps(process, members, words),
        })
        .collect()
}

/// What an outcome of a stage of this kind is called.
pub fn way(kind: &str, way: Way, words: &Words) -> String {
    words.say(&format!("exit-{kind}-{}", way.word()), &[])
}

/// Where an arrow leads: the title of a stage, what the effect does, or the end.
pub fn target(process: &Process, label: &str, target: &Target, words: &Words) -> String {
    let label = ("label", Arg::Text(label.to_owned()));
    match target {
        Target::Stage(id) => {
            let title = process.stage(id).map_or_else(|| id.to_string(), |it| it.title.clone());
            words.say("explain-next-stage", &[label, ("stage", Arg::Text(title))])
        }
        Target::Effect(effect) => {
            let effect = words.say(&format!("stage-{}", effect.word()), &[]);
            words.say("explain-next-effect", &[label, ("effect", Arg::Text(effect))])
        }
        Target::End => words.say("exit-end", &[label]),
    }
}

pub(super) fn about(process: &Process, words: &Words) -> String {
    let key = format!("explain-kind-{}", process.kind.word());
    match process.kind {
        ProposalKind::Message => {
            let audiences: Vec<String> = process
                .audiences
                .iter()
                .map(|audience| words.say(&format!("explain-audience-{}", audience.word()), &[]))
                .collect();
            words.say(&key, &[("audiences", Arg::Text(audiences.join(", ")))])
        }
        ProposalKind::Admission
        | ProposalKind::Removal
        | ProposalKind::Recall
        | ProposalKind::Amendment
        | ProposalKind::Decision
        | ProposalKind::Action => words.say(&key, &[]),
    }
}

pub(super) fn tell(phrases: &[Phrase], words: &Words) -> Vec<String> {
    phrases.iter().map(|phrase| words.tell(phrase, &Zone::default())).collect()
}

fn steps(process: &Process, members: Option<u32>, words: &Words) -> Vec<Step> {
    let order = process.reading_order();
    let stages = order.iter().filter_map(|id| Some((id, process.stage(id)?)));
    stages
        .map(|(id, stage)| {
            let arrows = process.arrows_from(id).into_iter();
            let then = arrows.map(|arrow| {
                let label = way(stage.rule.kind(), arrow.way, words);
                target(process, &label, &arrow.to, words)
            });
            Step {
                id: id.clone(),
                title: stage.title.clone(),
                asks: tell(&facts(&stage.rule, members), words),
                then: then.collect(),
            }
        })
        .collect()
}
