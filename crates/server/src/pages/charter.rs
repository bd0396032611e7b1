//! The charter as flowcharts and lists: a group's, or one that a group may be founded with. Knows no TOML: flows come filled. No forms; members change it by a process that stands in it.

use serde::Serialize;

use super::flow::{Flow, FlowView};
use super::frame::{Frame, View};
use super::parts::SAMPLE_HASH;
use super::route::Route;
use crate::words::{Language, Words};

#[derive(Clone, Debug, Serialize)]
pub struct Charter {
    pub name: String,
    /// SHA-256 of its text.
    pub hash: String,
    pub flows: Vec<FlowView>,
    /// Something may reach everybody that nobody judged.
    pub unguarded: bool,
    /// It is in force and says how it is changed.
    pub may_change: bool,
    pub limits: Limits,
}

/// A charter that comes with the program, read before a group is founded with it.
#[derive(Clone, Debug, Serialize)]
pub struct ReadyCharter {
    /// As it stands in its address.
    pub id: String,
    pub title: String,
    /// One sentence: for whom it is.
    pub about: String,
    /// SHA-256 of its text.
    pub hash: String,
    pub flows: Vec<FlowView>,
    /// Something may reach everybody that nobody judged.
    pub unguarded: bool,
    pub limits: Limits,
}

/// The charter's numbers that hold for all processes.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Limits {
    pub clock_every_minutes: u32,
    pub open_proposals: u32,
    pub open_invitations: u32,
    pub new_days: u32,
    pub rest_days: u32,
}

impl View for Charter {
    const TEMPLATE: &'static str = "pages/charter.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![
            ("file", Route::CharterFile { group }),
            ("forecast", Route::GroupForecast { group }),
            ("history", Route::Charters { group }),
            ("change", Route::Amend { group }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let words = Words::of(Language::English);
        let limits = Limits {
            clock_every_minutes: 60,
            open_proposals: 3,
            open_invitations: 5,
            new_days: 14,
            rest_days: 7,
        };
        let mut message = Flow::sample_message();
        message
            .stages
            .iter_mut()
            .for_each(|stage| (stage.you_are_here, stage.done) = (false, false));
        let typical = Self {
            name: "Default charter".to_owned(),
            hash: SAMPLE_HASH.to_owned(),
            flows: vec![
                message.view("message", words),
                Flow::sample_admission().view("admission", words),
            ],
            unguarded: false,
            may_change: true,
            limits,
        };
        let longest = Self {
            unguarded: true,
            flows: vec![Flow::sample_long().view("long", words)],
            ..typical.clone()
        };
        vec![("typical", typical), ("longest", longest)]
    }
}

impl View for ReadyCharter {
    const TEMPLATE: &'static str = "pages/ready_charter.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        let charter = self.id.clone();
        vec![
            ("file", Route::ReadyCharterFile { charter }),
            ("found", Route::Found {}),
            ("forecast", Route::Forecast {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let sample = |(name, charter): (&'static str, Charter)| {
            let Charter { name: title, hash, flows, unguarded, limits, may_change: _ } = charter;
            let about = "Two others co-sign, then a few members drawn by lot decide.".to_owned();
            (name, Self { id: "default".to_owned(), title, about, hash, flows, unguarded, limits })
        };
        Charter::samples().into_iter().map(sample).collect()
    }
}
