//! Other rules beside those in force: what would be different in words and as flowcharts, what the checks say, what would have become of the
//! past, and when it would happen. Shown for a draft and for a proposal. Knows no charter and no trial run: both come filled.
//!
//! The range of the trial run is a form that is sent with GET: `from`, `to` (`YYYY-MM-DD`, both days included).

use mic_engine::ids::GroupId;
use serde::Serialize;

use super::charter_editor::{ComplaintLine, Difference};
use super::flow::{Flow, FlowMark, FlowView};
use super::frame::{Frame, View};
use super::route::Route;
use super::trial::Trial;
use crate::words::{Language, Phrase, Words};

/// Rules that are proposed, or about to be.
#[derive(Clone, Debug, Serialize)]
pub struct Amendment {
    /// Of the proposal or the draft.
    pub title: String,
    /// Where it comes from: the proposal, or the draft.
    pub back: Route,
    /// Where the trial run is asked for another range.
    pub here: Route,
    /// A draft that nobody else sees.
    pub draft: bool,
    /// The text of the proposed rules is gone, so that nothing can be compared.
    pub gone: bool,
    /// Compared with the rules that it began with, which are not in force any more.
    pub older: bool,
    /// The proposed rules let something reach everybody unjudged.
    pub unguarded: bool,
    pub complaints: Vec<ComplaintLine>,
    pub differences: Vec<Difference>,
    pub flows: Vec<FlowPair>,
    /// What happens when, a sentence each.
    pub when: Vec<Phrase>,
    pub members: u32,
    /// There once the proposed rules can be run.
    pub trial: Option<Trial>,
    /// The text, where there is one to be read.
    pub file: Option<Route>,
}

/// A process as it is and as it would be.
#[derive(Clone, Debug, Serialize)]
pub struct FlowPair {
    pub title: String,
    pub before: Option<FlowView>,
    pub after: Option<FlowView>,
}

impl View for Amendment {
    const TEMPLATE: &'static str = "pages/amendment.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("back", self.back.clone()), ("here", self.here.clone())]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = GroupId([7; 16]);
        let words = Words::of(Language::English);
        let mut before = Flow::sample_message();
        before
            .stages
            .iter_mut()
            .for_each(|stage| (stage.you_are_here, stage.done) = (false, false));
        let mut after = before.clone();
        before.stages[3].mark = Some(FlowMark::Gone);
        after.stages[1].mark = Some(FlowMark::Changed);
        after.stages[2].mark = Some(FlowMark::New);
        let typical = Self {
            title: "Two juries for everything".to_owned(),
            back: Route::Proposal { group, proposal: 13 },
            here: Route::ProposedRules { group, proposal: 13 },
            draft: false,
            gone: false,
            older: false,
            unguarded: false,
            complaints: vec![],
            differences: Difference::samples(),
            flows: vec![FlowPair {
                title: before.title.clone(),
                before: Some(before.view("before", words)),
                after: Some(after.view("after", words)),
            }],
            when: vec![
                Phrase::new("amend-when-wait").number("hours", 72_u32),
                Phrase::new("amend-when-running"),
            ],
            members: 412,
            trial: Some(Trial::sample()),
            file: Some(Route::ProposedRulesFile { group, proposal: 13 }),
        };
        let warned = Self {
            draft: true,
            older: true,
            unguarded: true,
            complaints: vec![ComplaintLine {
                error: false,
                text: "unguarded: is not needed; take it out".to_owned(),
                link: None,
            }],
            ..typical.clone()
        };
        let gone = Self {
            gone: true,
            differences: vec![],
            flows: vec![],
            trial: None,
            file: None,
            ..typical.clone()
        };
        vec![("typical", typical), ("warned", warned), ("gone", gone)]
    }
}
