//! Everything a member can set going in this group, one link for each process of its charter. Knows no charter. No forms.

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::ProposalKind;
use super::route::Route;

#[derive(Clone, Debug, Serialize)]
pub struct Ways {
    /// In the order to be shown; kinds that the charter lacks are left out.
    pub kinds: Vec<WaysOfKind>,
}

/// The processes of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct WaysOfKind {
    pub kind: ProposalKind,
    pub ways: Vec<Way>,
}

/// One process.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    pub title: String,
    pub link: Route,
}

impl View for Ways {
    const TEMPLATE: &'static str = "pages/ways.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("charter", Route::Charter { group }), ("home", Route::Home { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let of = |kind, title: &str, process: &str| WaysOfKind {
            kind,
            ways: vec![Way {
                title: title.to_owned(),
                link: Route::WriteOf { group, process: process.to_owned() },
            }],
        };
        let typical = Self {
            kinds: vec![
                of(ProposalKind::Message, "Message to everyone", "message"),
                of(ProposalKind::Decision, "Decide together", "decision"),
                of(ProposalKind::Action, "Do something together", "action"),
                of(ProposalKind::Recall, "Recall a message", "recall"),
                of(ProposalKind::Removal, "Remove a member", "removal"),
                WaysOfKind {
                    kind: ProposalKind::Admission,
                    ways: vec![Way {
                        title: "Invitation".to_owned(),
                        link: Route::Invite { group },
                    }],
                },
                WaysOfKind {
                    kind: ProposalKind::Amendment,
                    ways: vec![Way {
                        title: "Change the rules".to_owned(),
                        link: Route::Amend { group },
                    }],
                },
            ],
        };
        vec![("empty", Self { kinds: vec![] }), ("typical", typical)]
    }
}
