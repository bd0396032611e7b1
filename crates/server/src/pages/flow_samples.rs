//! Flows to look at and to test with: the default charter's two processes and the widest that a charter allows to draw well.
//! Knows no charter file; the real ones are filled from the engine.

use super::flow::{Flow, FlowExit, FlowKind, FlowStage, Outcome};
use crate::words::Phrase;

impl Flow {
    /// The default way of a message, standing before the jury.
    pub fn sample_message() -> Self {
        let stage = |id: &str, kind, title: &str, facts, exits| FlowStage {
            id: id.to_owned(),
            title: title.to_owned(),
            kind,
            facts,
            exits,
            you_are_here: id == "jury",
            done: id == "cosign",
            mark: None,
        };
        Self {
            title: "Send a message to everyone".to_owned(),
            stages: vec![
                stage(
                    "cosign",
                    FlowKind::CoSign,
                    "Two others agree that this text is ready",
                    vec![
                        said("fact-needed-up-to", &[("members", 5), ("count", 1)]),
                        said("fact-needed", &[("count", 2)]),
                        said("fact-days", &[("days", 14)]),
                    ],
                    vec![exit(Outcome::Pass, "jury"), exit(Outcome::Lapsed, "end")],
                ),
                stage(
                    "jury",
                    FlowKind::Jury,
                    "A few members drawn by lot decide whether everybody should see it now",
                    sample_jury(),
                    vec![
                        exit(Outcome::Pass, "effect:broadcast"),
                        exit(Outcome::Fail, "answer"),
                        exit(Outcome::Undecided, "answer"),
                    ],
                ),
                stage(
                    "answer",
                    FlowKind::Recourse,
                    "The author may revise the text once, or ask a larger, fresh jury once",
                    vec![said("fact-days", &[("days", 14)])],
                    vec![
                        exit(Outcome::Revise, "cosign"),
                        exit(Outcome::Appeal, "appeal"),
                        exit(Outcome::Lapsed, "end"),
                    ],
                ),
                stage(
                    "appeal",
                    FlowKind::Jury,
                    "A larger jury of other members decides",
                    vec![
                        said("fact-seats", &[("seats", 21), ("agree", 11), ("quorum", 14)]),
                        said("fact-fresh", &[]),
                        said("fact-window-hours", &[("hours", 96)]),
                    ],
                    vec![
                        exit(Outcome::Pass, "effect:broadcast"),
                        exit(Outcome::Fail, "end"),
                        exit(Outcome::Undecided, "end"),
                    ],
                ),
                stage("effect:broadcast", FlowKind::Broadcast, "", vec![], vec![]),
            ],
        }
    }

    /// The default way of an invitation.
    pub fn sample_admission() -> Self {
        Self {
            title: "Admit a new member".to_owned(),
            stages: vec![
                FlowStage {
                    id: "vouch".to_owned(),
                    title: "One other member vouches".to_owned(),
                    kind: FlowKind::CoSign,
                    facts: vec![
                        said("fact-needed", &[("count", 1)]),
                        said("fact-days", &[("days", 30)]),
                    ],
                    exits: vec![
                        FlowExit { outcome: Outcome::Pass, to: Some("effect:admit".to_owned()) },
                        FlowExit { outcome: Outcome::Lapsed, to: None },
                    ],
                    you_are_here: true,
                    done: false,
                    mark: None,
                },
                FlowStage {
                    id: "effect:admit".to_owned(),
                    title: String::new(),
                    kind: FlowKind::Admit,
                    facts: vec![],
                    exits: vec![],
                    you_are_here: false,
                    done: false,
                    mark: None,
                },
            ],
        }
    }

    /// Twelve stages, one after the other, each of which can also end, and a jury that can send back to the start.
    pub fn sample_long() -> Self {
        let mut flow = Self { title: "A long way".to_owned(), stages: Vec::new() };
        for index in 0..12_u32 {
            let next =
                if index == 11 { "effect:record".to_owned() } else { format!("s{}", index + 1) };
            flow.stages.push(FlowStage {
                id: format!("s{index}"),
                title: format!(
                    "Stage {index} with a title that takes more than one line on a small phone"
                ),
                kind: if index % 2 == 0 { FlowKind::Wait } else { FlowKind::Jury },
                facts: vec![
                    said("fact-wait-hours", &[("hours", 24)]),
                    said("fact-days", &[("days", 1)]),
                ],
                exits: vec![
                    FlowExit { outcome: Outcome::Pass, to: Some(next) },
                    FlowExit {
                        outcome: Outcome::Fail,
                        to: (index % 3 == 1).then(|| "effect:record".to_owned()),
                    },
                ],
                you_are_here: index == 4,
                done: index < 4,
                mark: None,
            });
        }
        // A waiting stage has one outcome only.
        for stage in flow.stages.iter_mut().filter(|stage| stage.kind == FlowKind::Wait) {
            stage.exits.truncate(1);
        }
        flow.stages.push(FlowStage {
            id: "effect:record".to_owned(),
            title: String::new(),
            kind: FlowKind::Record,
            facts: vec![],
            exits: vec![],
            you_are_here: false,
            done: false,
            mark: None,
        });
        flow
    }
}

/// A way out, to a stage or to the `end`.
fn exit(outcome: Outcome, to: &str) -> FlowExit {
    FlowExit { outcome, to: (to != "end").then(|| to.to_owned()) }
}

fn sample_jury() -> Vec<Phrase> {
    vec![
        said("fact-everyone-up-to", &[("members", 12)]),
        said("fact-seats-up-to", &[("members", 29), ("seats", 5), ("agree", 3), ("quorum", 3)]),
        said("fact-seats", &[("seats", 9), ("agree", 6), ("quorum", 6)]),
        said("fact-grows", &[("more", 12)]),
        said("fact-answer-hours", &[("hours", 24)]),
        said("fact-window-hours", &[("hours", 72)]),
    ]
}

fn said(key: &str, numbers: &[(&'static str, u32)]) -> Phrase {
    numbers.iter().fold(Phrase::new(key), |phrase, (name, number)| phrase.number(name, *number))
}
