//! The rules a group has had: who proposed them, how they were decided, since when they have held, and what is still decided by them; and one of
//! them to be read. Knows no journal: lines come filled.

use mic_engine::ids::GroupId;
use serde::Serialize;

use super::charter::Charter;
use super::frame::{Frame, View};
use super::parts::{Person, SAMPLE_HASH};
use super::route::Route;
use super::start::hours_ago;
use crate::words::Moment;

/// All rules, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct CharterHistory {
    pub charters: Vec<CharterLine>,
}

/// Rules that are or were in force.
#[derive(Clone, Debug, Serialize)]
pub struct CharterLine {
    pub name: String,
    pub hash: String,
    pub since: Moment,
    /// `None` for those in force.
    pub until: Option<Moment>,
    /// How they came: `None` for those the group was founded with.
    pub decided: Option<Decided>,
    /// Proposals that began under them and are not over.
    pub running: u32,
    pub link: Route,
    pub file: Route,
}

/// The proposal that rules came by.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    pub proposal: Route,
    pub title: String,
    pub by: Person,
    /// What was different.
    pub changes: Route,
}

/// Rules that are not in force any more.
#[derive(Clone, Debug, Serialize)]
pub struct OldCharter {
    #[serde(flatten)]
    pub charter: Charter,
    pub since: Moment,
    pub until: Moment,
    pub file: Route,
}

impl View for CharterHistory {
    const TEMPLATE: &'static str = "pages/charter_history.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        vec![("charter", Route::Charter { group: frame.group_id() })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = GroupId([7; 16]);
        let hash = SAMPLE_HASH.to_owned();
        let first = CharterLine {
            name: "Default charter".to_owned(),
            hash: hash.clone(),
            since: hours_ago(9_000),
            until: Some(hours_ago(500)),
            decided: None,
            running: 2,
            link: Route::OldCharter { group, charter: hash.clone() },
            file: Route::OldCharterFile { group, charter: hash },
        };
        let second = CharterLine {
            name: "Two juries".to_owned(),
            since: hours_ago(500),
            until: None,
            decided: Some(Decided {
                proposal: Route::Proposal { group, proposal: 13 },
                title: "Two juries for everything".to_owned(),
                by: Person::sample("Ada Paris", 17),
                changes: Route::ProposedRules { group, proposal: 13 },
            }),
            running: 0,
            ..first.clone()
        };
        let alone =
            Self { charters: vec![CharterLine { until: None, running: 0, ..first.clone() }] };
        vec![("typical", Self { charters: vec![second, first] }), ("alone", alone)]
    }
}

impl View for OldCharter {
    const TEMPLATE: &'static str = "pages/old_charter.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        vec![("history", Route::Charters { group: frame.group_id() })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let file =
            Route::OldCharterFile { group: GroupId([7; 16]), charter: SAMPLE_HASH.to_owned() };
        let sample = |(name, charter)| {
            let (since, until) = (hours_ago(9_000), hours_ago(500));
            (name, Self { charter, since, until, file: file.clone() })
        };
        Charter::samples().into_iter().map(sample).collect()
    }
}
