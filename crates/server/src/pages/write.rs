//! Writing: a draft, its preview, its saved versions and what changed between two. Knows no store.
//!
//! POST [`Route::Write`] (a new draft) or [`Route::Draft`] (a saved one):
//!
//! | field | content |
//! |---|---|
//! | `title` | 1 to 80 characters; may be empty while it is a draft |
//! | `body` | Markdown, up to [`crate::text::markdown::MARKDOWN_BYTES_MAX`] bytes |
//! | `audience` | `members` or `public`; only where the process offers both |
//! | `warning` | content warning, up to 80 characters, or empty |
//! | `do` | the button: `save`, `preview` (saves too), `open` (saves and opens), `delete` |
//!
//! For a revision of a declined proposal the same form is posted to the same draft; `open` then takes the recourse.

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::{Audience, Message, SAMPLE_HASH, SAMPLE_TEXT, SAMPLE_TITLE};
use super::route::Route;
use super::start::{FormFault, hours_ago};
use crate::text::{Html, difference};
use crate::words::{Moment, Phrase, Words};

#[derive(Clone, Debug, Serialize)]
pub struct Write {
    /// `None` for a text that was never saved.
    pub draft: Option<String>,
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
        let form = match &self.draft {
            Some(draft) => Route::Draft { group, draft: draft.clone() },
            None => Route::Write { group },
        };
        vec![("form", form), ("charter", Route::Charter { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = mic_engine::ids::GroupId([7; 16]);
        let draft = "0a".repeat(16);
        let empty = Self {
            draft: None,
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
        vec![("empty", empty), ("typical", typical), ("longest", longest)]
    }
}
