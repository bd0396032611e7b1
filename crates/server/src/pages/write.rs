//! Writing: a draft, its preview, its saved versions and what changed between two. Knows no store.
//!
//! POST [`Route::Write`] or [`Route::WriteOf`] (a new draft) or [`Route::Draft`] (a saved one):
//!
//! | field | content |
//! |---|---|
//! | `title` | 1 to 80 characters; may be empty while it is a draft |
//! | `body` | Markdown, up to [`crate::text::markdown::MARKDOWN_BYTES_MAX`] bytes |
//! | `audience` | `members` or `public`; only where the process offers both |
//! | `warning` | content warning, up to 80 characters, or empty |
//! | `options` | of a decision: one option a line |
//! | `starts`, `ends` | of an action: local times of the reader's zone, `2026-11-24T18:00` |
//! | `place`, `wanted` | of an action: where, and how many are wanted |
//! | `member` | of a removal: the number of a member |
//! | `broadcast`, `erase` | of a recall: the number of a broadcast; `yes` to have its text erased |
//! | `do` | the button: `save`, `preview` (saves too), `open` (saves and opens), `delete` |
//!
//! For a revision of a declined proposal the same form is posted to the same draft; `open` then takes the recourse.

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::{
    Audience, Message, Person, ProposalKind, SAMPLE_HASH, SAMPLE_TEXT, SAMPLE_TITLE,
};
use super::route::Route;
use super::start::{FormFault, hours_ago};
use crate::text::{Html, difference};
use crate::words::{Moment, Phrase, Words};

#[derive(Clone, Debug, Serialize)]
pub struct Write {
    /// `None` for a text that was never saved.
    pub draft: Option<String>,
    pub kind: ProposalKind,
    /// The id of the process, where it is not the usual one by which a member speaks.
    pub process: Option<String>,
    /// What this kind says beyond a text.
    pub extra: Extra,
    pub title: String,
    pub body: String,
    pub audience: Audience,
    /// What the process allows.
    pub audiences: Vec<Audience>,
    pub warning: String,
    pub faults: Vec<FormFault>,
    pub preview: Option<Message>,
    /// Newest first.
    pub versions: Vec<VersionLine>,
    pub changes: Option<Changes>,
    /// How many co-signers opening it asks for, and how many members it can reach.
    pub needed: u32,
    pub members: u32,
    /// The proposal that this text revises.
    pub revises: Option<Route>,
}

/// What a proposal of a kind says beyond a text, as it was typed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Extra {
    None,
    /// Whether it is answered by choosing among options, which are then needed.
    Decision {
        by_options: bool,
        options: String,
    },
    Action {
        starts: String,
        ends: String,
        place: String,
        wanted: String,
        zone: String,
    },
    /// `members` is empty in a group too large for a list: its number is typed.
    Removal {
        member: String,
        members: Vec<Person>,
    },
    Recall {
        broadcast: String,
        broadcasts: Vec<Recallable>,
        erase: bool,
    },
}

/// A broadcast that may be recalled.
#[derive(Clone, Debug, Serialize)]
pub struct Recallable {
    pub number: u32,
    pub title: String,
}

/// Members in the list of whom a removal may be about.
pub const MEMBERS_LISTED_MAX: u32 = 300;
/// Broadcasts in the list of those to be recalled, the newest.
pub const BROADCASTS_LISTED_MAX: usize = 100;

/// A saved version in a list.
#[derive(Clone, Debug, Serialize)]
pub struct VersionLine {
    /// From 1, in the order they were saved.
    pub version: u32,
    pub hash: String,
    pub at: Moment,
    /// Its own page, which also shows what changed since the one before.
    pub link: Route,
    pub current: bool,
}

/// What changed between two versions.
#[derive(Clone, Debug, Serialize)]
pub struct Changes {
    pub from: u32,
    pub to: u32,
    pub text: Html,
}

impl Changes {
    /// Compares title, warning and text, each on a paragraph of its own.
    pub fn new(words: &Words, from: (u32, &str), to: (u32, &str)) -> Self {
        let removed = words.say("difference-removed", &[]);
        let added = words.say("difference-added", &[]);
        Self { from: from.0, to: to.0, text: difference::to_html(from.1, to.1, &removed, &added) }
    }

    pub(super) fn sample() -> Self {
        let words = Words::of(crate::words::Language::English);
        Self::new(
            words,
            (1, "We meet on Wednesday at 19:00,\nsame place."),
            (2, "We meet on **Thursday** at 19:00,\nsame place."),
        )
    }
}

impl View for Write {
    const TEMPLATE: &'static str = "pages/write.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        let form = match (&self.draft, &self.process) {
            (Some(draft), _) => Route::Draft { group, draft: draft.clone() },
            (None, Some(process)) => Route::WriteOf { group, process: process.clone() },
            (None, None) => Route::Write { group },
        };
        vec![("form", form), ("charter", Route::Charter { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let draft = "0a".repeat(16);
        let empty = Self {
            draft: None,
            kind: ProposalKind::Message,
            process: None,
            extra: Extra::None,
            title: String::new(),
            body: String::new(),
            audience: Audience::Members,
            audiences: vec![Audience::Members, Audience::Public],
            warning: String::new(),
            faults: vec![],
            preview: None,
            versions: vec![],
            changes: None,
            needed: 2,
            members: 412,
            revises: None,
        };
        let version = |version, current| VersionLine {
            version,
            hash: SAMPLE_HASH.to_owned(),
            at: hours_ago(u64::from(9 - version)),
            link: Route::DraftVersion {
                group,
                draft: draft.clone(),
                version: SAMPLE_HASH.to_owned(),
            },
            current,
        };
        let typical = Self {
            draft: Some(draft.clone()),
            title: SAMPLE_TITLE.to_owned(),
            body: SAMPLE_TEXT.to_owned(),
            preview: Some(Message::sample()),
            versions: vec![version(3, true), version(2, false), version(1, false)],
            changes: Some(Changes::sample()),
            ..empty.clone()
        };
        let longest = Self {
            body: "Ärger & <Freude>\n".repeat(900),
            warning: "Mentions police violence".to_owned(),
            faults: vec![
                FormFault { field: "title", problem: Phrase::new("name-too-long") },
                FormFault {
                    field: "body",
                    problem: Phrase::new("fault-text-long").number("bytes", 65_536),
                },
            ],
            audiences: vec![Audience::Members],
            needed: 1,
            revises: Some(Route::Proposal { group, proposal: 4 }),
            ..typical.clone()
        };
        let mut all = vec![("empty", empty.clone()), ("typical", typical), ("longest", longest)];
        all.extend(other_kinds(&empty));
        all
    }
}

fn other_kinds(empty: &Write) -> Vec<(&'static str, Write)> {
    let of = |kind, process: &str, extra| Write {
        kind,
        process: Some(process.to_owned()),
        extra,
        needed: 0,
        ..empty.clone()
    };
    let decision = |by_options| {
        let options = "The old depot\nThe hall in Mill Street".to_owned();
        of(ProposalKind::Decision, "decision", Extra::Decision { by_options, options })
    };
    let action = Extra::Action {
        starts: "2026-12-04T07:00".to_owned(),
        ends: "2026-12-04T06:00".to_owned(),
        place: "Main gate".to_owned(),
        wanted: "40".to_owned(),
        zone: "Europe/Berlin".to_owned(),
    };
    let action = Write {
        faults: vec![FormFault { field: "ends", problem: Phrase::new("fault-ends") }],
        ..of(ProposalKind::Action, "action", action)
    };
    let members = vec![Person::sample("Ada Paris", 17), Person::sample("", 31)];
    let removal = Extra::Removal { member: "31".to_owned(), members };
    let large = Extra::Removal { member: String::new(), members: vec![] };
    let broadcasts = vec![Recallable { number: 41, title: "Open letter".to_owned() }];
    let recall = Extra::Recall { broadcast: "41".to_owned(), broadcasts, erase: true };
    vec![
        ("options", decision(true)),
        ("yes_or_no", decision(false)),
        ("action", action),
        ("removal", of(ProposalKind::Removal, "removal", removal)),
        ("removal_large", of(ProposalKind::Removal, "removal", large)),
        ("recall", of(ProposalKind::Recall, "recall", recall)),
    ]
}
