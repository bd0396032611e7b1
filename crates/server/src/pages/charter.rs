//! The charter as flowcharts and lists. Knows no TOML: flows come filled. No forms; members change it by a process that stands in it.

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
        vec![("file", Route::CharterFile { group: frame.group_id() })]
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
            limits,
        };
        let longest =
            Self { flows: vec![Flow::sample_long().view("long", words)], ..typical.clone() };
        vec![("typical", typical), ("longest", longest)]
    }
}
