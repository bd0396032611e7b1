//! A flowchart as data: the stages of a process and where their outcomes lead. The drawing and the ordered list are
//! made from the same value. Knows no charter: whoever runs the charter fills it.

use serde::Serialize;

use super::flowchart;
use crate::text::Html;
use crate::words::{Arg, Phrase, Words};

/// A process, or one proposal's way through it.
#[derive(Clone, Debug)]
pub struct Flow {
    pub title: String,
    /// In any order; the first one is where a proposal enters.
    pub stages: Vec<FlowStage>,
}

#[derive(Clone, Debug)]
pub struct FlowStage {
    /// The id in the charter, or `effect:NAME`. Only `a-z 0-9 _ :`.
    pub id: String,
    /// Empty for effects: they have words of their own.
    pub title: String,
    pub kind: FlowKind,
    /// What it asks, a sentence each.
    pub facts: Vec<Phrase>,
    pub exits: Vec<FlowExit>,
    pub you_are_here: bool,
    pub done: bool,
    /// How it differs from the rules it is compared with.
    pub mark: Option<FlowMark>,
}

/// What is different about a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowMark {
    New,
    Changed,
    Gone,
}

impl FlowMark {
    /// The key of the word that stands in the box and in the list.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::New => "flow-new",
            Self::Changed => "flow-changed",
            Self::Gone => "flow-gone",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    CoSign,
    Jury,
    Recourse,
    Wait,
    Vote,
    Consensus,
    Objection,
    Pledge,
    Broadcast,
    Admit,
    Remove,
    Recall,
    Amend,
    Action,
    Record,
}

impl FlowKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::CoSign => "cosign",
            Self::Jury => "jury",
            Self::Recourse => "recourse",
            Self::Wait => "wait",
            Self::Vote => "vote",
            Self::Consensus => "consensus",
            Self::Objection => "objection",
            Self::Pledge => "pledge",
            Self::Broadcast => "broadcast",
            Self::Admit => "admit",
            Self::Remove => "remove",
            Self::Recall => "recall",
            Self::Amend => "amend",
            Self::Action => "action",
            Self::Record => "record",
        }
    }

    pub const fn is_effect(self) -> bool {
        match self {
            Self::CoSign
            | Self::Jury
            | Self::Recourse
            | Self::Wait
            | Self::Vote
            | Self::Consensus
            | Self::Objection
            | Self::Pledge => false,
            Self::Broadcast
            | Self::Admit
            | Self::Remove
            | Self::Recall
            | Self::Amend
            | Self::Action
            | Self::Record => true,
        }
    }
}

#[derive(Clone, Debug)]
pub struct FlowExit {
    pub outcome: Outcome,
    /// The id of a stage; `None` when the proposal ends here.
    pub to: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    Fail,
    Undecided,
    Lapsed,
    Revise,
    Appeal,
}

impl Outcome {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Undecided => "undecided",
            Self::Lapsed => "lapsed",
            Self::Revise => "revise",
            Self::Appeal => "appeal",
        }
    }
}

/// A flow ready for a template: the drawing in one language, and the list.
#[derive(Clone, Debug, Serialize)]
pub struct FlowView {
    pub title: String,
    pub drawing: Html,
    pub stages: Vec<StageLine>,
}

/// One line of the ordered list.
#[derive(Clone, Debug, Serialize)]
pub struct StageLine {
    /// Where a box of the drawing leads to.
    pub anchor: String,
    pub title: String,
    pub kind: &'static str,
    pub facts: Vec<Phrase>,
    pub exits: Vec<ExitLine>,
    pub you_are_here: bool,
    pub done: bool,
    /// The word for what is different about it; empty for nothing.
    pub mark: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ExitLine {
    pub label: String,
    /// Empty where the proposal ends; the label says so.
    pub anchor: String,
    pub to: String,
}

impl Flow {
    /// `prefix` keeps the anchors of several flows on one page apart; only `a-z 0-9 _`.
    pub fn view(&self, prefix: &str, words: &Words) -> FlowView {
        let order = flowchart::order(self);
        let stages =
            order.iter().map(|&index| self.line(&self.stages[index], prefix, words)).collect();
        FlowView {
            title: self.title.clone(),
            drawing: flowchart::draw(self, prefix, words),
            stages,
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.stages.iter().position(|stage| stage.id == id)
    }

    fn line(&self, stage: &FlowStage, prefix: &str, words: &Words) -> StageLine {
        let exits = stage
            .exits
            .iter()
            .map(|exit| {
                let target = exit
                    .to
                    .as_deref()
                    .and_then(|id| self.find(id))
                    .map(|index| &self.stages[index]);
                let label = exit.label(stage.kind, words);
                match target {
                    Some(target) => ExitLine {
                        label,
                        anchor: target.anchor(prefix),
                        to: target.shown_title(words),
                    },
                    None => ExitLine {
                        label: ending(&label, words),
                        anchor: String::new(),
                        to: String::new(),
                    },
                }
            })
            .collect();
        StageLine {
            anchor: stage.anchor(prefix),
            title: stage.shown_title(words),
            kind: stage.kind.word(),
            facts: stage.facts.clone(),
            exits,
            you_are_here: stage.you_are_here,
            done: stage.done,
            mark: stage.mark.map(|mark| words.say(mark.key(), &[])).unwrap_or_default(),
        }
    }
}

impl FlowStage {
    pub(super) fn anchor(&self, prefix: &str) -> String {
        format!("{prefix}-{}", self.id.replace(':', "-"))
    }

    pub(super) fn shown_title(&self, words: &Words) -> String {
        if self.title.is_empty() {
            words.say(&format!("stage-{}", self.kind.word()), &[])
        } else {
            self.title.clone()
        }
    }
}

impl FlowExit {
    pub(super) fn label(&self, kind: FlowKind, words: &Words) -> String {
        words.say(&format!("exit-{}-{}", kind.word(), self.outcome.word()), &[])
    }
}

/// The label of outcomes that end the proposal.
pub(super) fn ending(label: &str, words: &Words) -> String {
    words.say("exit-end", &[("label", Arg::Text(label.to_owned()))])
}
