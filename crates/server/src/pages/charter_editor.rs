//! Changing rules by forms: what holds everywhere, one page for each process, one for each stage; and the text itself beside them. Knows no
//! charter: fields come filled, each with what the checks say about it.
//!
//! | form | field | content |
//! |---|---|---|
//! | POST [`Route::Amend`] | `from` | `now` for the rules in force, or the name of a ready charter |
//! | POST [`Route::AmendDraft`] | `title`, `body` | what members read above the rules |
//! | | `toml`, `base` | the text, and the hash of the one that was shown |
//! | | the fields' names | what holds everywhere |
//! | | `kind_new`, `title_new`, `gone` | a process to add; the id of one to take out |
//! | | `do` | `check`, `text` (take the text as it stands), `add`, `remove`, `open`, `delete` |
//! | POST [`Route::AmendProcess`] | the fields' names | title, kind, audiences, first |
//! | | `kind_new`, `title_new`, `after` | a stage to add |
//! | | `do` | `check`, `add` |
//! | POST [`Route::AmendStage`] | the fields' names | see `web/charter_editor/fields.rs` |
//! | | `do` | `check`, `kind`, `row`, `up`, `remove` |

use mic_engine::ids::GroupId;
use serde::Serialize;

use super::flow::{Flow, FlowView};
use super::frame::{Frame, View};
use super::route::Route;
use super::start::FormFault;
use crate::words::{Language, Phrase, Words};

/// One thing to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub name: String,
    /// The key of its label, `edit-…`.
    pub label: Phrase,
    pub control: Control,
    pub value: String,
    /// What the checks say about it, in the words of the checks.
    pub complaints: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Control {
    Text,
    Number,
    Tick,
    Choice { options: Vec<Choice> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub value: String,
    /// A name that a member gave, if it has one.
    pub name: String,
    /// What the program calls it, where it has no name.
    pub said: Option<Phrase>,
}

/// Fields that belong together, such as the rule for one size of group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fieldset {
    /// `None` for those of the whole.
    pub legend: Option<Phrase>,
    pub fields: Vec<Field>,
}

/// What the checks say, and the page where it can be changed.
#[derive(Clone, Debug, Serialize)]
pub struct ComplaintLine {
    pub error: bool,
    /// In the words of the checks.
    pub text: String,
    pub link: Option<Route>,
}

/// Beginning.
#[derive(Clone, Debug, Serialize)]
pub struct Begin {
    /// Whether the rules in force say how they are changed.
    pub possible: bool,
    pub ready: Vec<Choice>,
    pub drafts: Vec<(String, Route)>,
}

/// The whole draft.
#[derive(Clone, Debug, Serialize)]
pub struct Editor {
    pub draft: String,
    pub title: String,
    pub body: String,
    pub faults: Vec<FormFault>,
    /// Whether the text is TOML, so that there is a form for it.
    pub readable: bool,
    pub head: Vec<Fieldset>,
    pub processes: Vec<ProcessLine>,
    pub kinds: Vec<Choice>,
    pub toml: String,
    pub base: String,
    pub complaints: Vec<ComplaintLine>,
    /// Whether the checks let it pass.
    pub usable: bool,
    /// What would be different from the rules in force.
    pub differences: Vec<Difference>,
    pub members: u32,
    /// How many processes for changing the rules there are, to choose from.
    pub ways: Vec<Choice>,
    pub way: String,
}

/// What differs in one place.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The title of the process; empty for what holds everywhere.
    pub process: String,
    /// The title of the stage; empty for the process itself.
    pub stage: String,
    /// A sentence each.
    pub lines: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ProcessLine {
    pub id: String,
    pub title: String,
    pub stages: u32,
    pub complaints: u32,
    pub link: Route,
}

/// One process of a draft.
#[derive(Clone, Debug, Serialize)]
pub struct EditProcess {
    pub draft: String,
    pub process: String,
    pub title: String,
    pub fields: Vec<Fieldset>,
    pub stages: Vec<ProcessLine>,
    pub kinds: Vec<Choice>,
    pub after: Vec<Choice>,
    pub complaints: Vec<ComplaintLine>,
    /// There once the checks let it be drawn.
    pub flow: Option<FlowView>,
}

/// One stage of a draft.
#[derive(Clone, Debug, Serialize)]
pub struct EditStage {
    pub draft: String,
    pub process: String,
    pub stage: String,
    pub process_title: String,
    pub title: String,
    pub fields: Vec<Fieldset>,
    /// What the checks say that belongs to no field.
    pub complaints: Vec<ComplaintLine>,
    pub kind: String,
    pub kinds: Vec<Choice>,
    /// Rows of a list can be added.
    pub may_add_row: bool,
    /// The stage that it can be put before.
    pub up: String,
    pub flow: Option<FlowView>,
}

impl View for Begin {
    const TEMPLATE: &'static str = "pages/amend_begin.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("form", Route::Amend { group }), ("charter", Route::Charter { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let group = GroupId([7; 16]);
        let draft = Route::AmendDraft { group, draft: "0a".repeat(16) };
        let typical = Self {
            possible: true,
            ready: vec![Choice::named("small_group", "Small group")],
            drafts: vec![("Two juries for everything".to_owned(), draft)],
        };
        let empty = Self { possible: false, ready: vec![], drafts: vec![] };
        vec![("typical", typical), ("empty", empty)]
    }
}

impl View for Editor {
    const TEMPLATE: &'static str = "pages/amend.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, draft) = (frame.group_id(), self.draft.clone());
        vec![
            ("form", Route::AmendDraft { group, draft: draft.clone() }),
            ("trial", Route::AmendTrial { group, draft }),
            ("charter", Route::Charter { group }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = sample_editor();
        let empty = Self {
            title: String::new(),
            body: String::new(),
            readable: false,
            head: vec![],
            processes: vec![],
            toml: "charter = \n".to_owned(),
            complaints: vec![ComplaintLine {
                error: true,
                text: "line 1, `charter =`: this is not TOML: string values must be quoted"
                    .to_owned(),
                link: None,
            }],
            usable: false,
            differences: vec![],
            ..typical.clone()
        };
        let longest = Self {
            faults: vec![FormFault { field: "title", problem: Phrase::new("name-too-long") }],
            toml: "# a comment\n".repeat(2_000),
            ways: vec![
                Choice::named("amendment", "Change the rules"),
                Choice::named("quick", "Quickly"),
            ],
            ..typical.clone()
        };
        vec![("typical", typical), ("empty", empty), ("longest", longest)]
    }
}

impl View for EditProcess {
    const TEMPLATE: &'static str = "pages/amend_process.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, draft) = (frame.group_id(), self.draft.clone());
        let process = self.process.clone();
        vec![
            ("form", Route::AmendProcess { group, draft: draft.clone(), process }),
            ("draft", Route::AmendDraft { group, draft }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let flow = Flow::sample_message().view("flow", Words::of(Language::English));
        let typical = Self {
            draft: "0a".repeat(16),
            process: "message".to_owned(),
            title: "Send a message to everyone".to_owned(),
            fields: vec![Fieldset { legend: None, fields: sample_fields() }],
            stages: vec![sample_line("jury")],
            kinds: vec![Choice::said("jury", "stage-jury")],
            after: vec![Choice::said("", "edit-at-start"), Choice::named("jury", "A jury")],
            complaints: vec![],
            flow: Some(flow),
        };
        let faulty = Self { flow: None, complaints: vec![sample_complaint()], ..typical.clone() };
        vec![("typical", typical), ("faulty", faulty)]
    }
}

impl View for EditStage {
    const TEMPLATE: &'static str = "pages/amend_stage.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let (group, draft) = (frame.group_id(), self.draft.clone());
        let (process, stage) = (self.process.clone(), self.stage.clone());
        vec![
            (
                "form",
                Route::AmendStage { group, draft: draft.clone(), process: process.clone(), stage },
            ),
            ("process", Route::AmendProcess { group, draft: draft.clone(), process }),
            ("draft", Route::AmendDraft { group, draft }),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            draft: "0a".repeat(16),
            process: "message".to_owned(),
            stage: "jury".to_owned(),
            process_title: "Send a message to everyone".to_owned(),
            title: "A few members drawn by lot decide".to_owned(),
            fields: vec![
                Fieldset { legend: None, fields: sample_fields() },
                Fieldset {
                    legend: Some(Phrase::new("edit-row").number("number", 1_u32)),
                    fields: vec![],
                },
            ],
            complaints: vec![],
            kind: "jury".to_owned(),
            kinds: vec![Choice::said("jury", "stage-jury")],
            may_add_row: true,
            up: "Two others agree".to_owned(),
            flow: None,
        };
        let mut faulty =
            Self { complaints: vec![sample_complaint()], up: String::new(), ..typical.clone() };
        faulty.may_add_row = false;
        vec![("typical", typical), ("faulty", faulty)]
    }
}

impl Choice {
    pub fn named(value: &str, name: &str) -> Self {
        Self { value: value.to_owned(), name: name.to_owned(), said: None }
    }

    pub fn said(value: &str, key: &str) -> Self {
        Self { value: value.to_owned(), name: String::new(), said: Some(Phrase::new(key)) }
    }
}

impl Difference {
    pub(super) fn samples() -> Vec<Self> {
        let part = |process: &str, stage: &str, line: &str| Self {
            process: process.to_owned(),
            stage: stage.to_owned(),
            lines: vec![line.to_owned()],
        };
        vec![
            part("", "", "Nobody is drawn for 14 days (before: 7 days)"),
            part("Send <a message>", "A few members decide", "7 days (before: 3 days)"),
        ]
    }
}

fn sample_fields() -> Vec<Field> {
    let field = |name: &str, control, value: &str, complaints: &[&str]| Field {
        name: name.to_owned(),
        label: Phrase::new(format!("edit-{}", name.replace('_', "-"))),
        control,
        value: value.to_owned(),
        complaints: complaints.iter().map(|&text| text.to_owned()).collect(),
    };
    let options = vec![Choice::named("jury", "A jury"), Choice::said("end", "edit-end")];
    vec![
        field("title", Control::Text, "A few members <drawn> by lot decide", &[]),
        field("window_hours", Control::Number, "seven", &["write a whole number from 24 to 2160"]),
        field("fresh", Control::Tick, "yes", &[]),
        field("pass", Control::Choice { options }, "end", &[]),
    ]
}

fn sample_line(id: &str) -> ProcessLine {
    let (group, draft) = (GroupId([7; 16]), "0a".repeat(16));
    ProcessLine {
        id: id.to_owned(),
        title: "Send a message to everyone".to_owned(),
        stages: 4,
        complaints: 1,
        link: Route::AmendProcess { group, draft, process: id.to_owned() },
    }
}

fn sample_complaint() -> ComplaintLine {
    ComplaintLine {
        error: true,
        text: "process.message.stage.jury: no path leads here; let an outcome lead to it or take it out".to_owned(),
        link: Some(sample_line("message").link),
    }
}

fn sample_editor() -> Editor {
    Editor {
        draft: "0a".repeat(16),
        title: "Two juries for everything".to_owned(),
        body: "One jury was too few for what we sent in spring.".to_owned(),
        faults: vec![],
        readable: true,
        head: vec![Fieldset { legend: None, fields: sample_fields() }],
        processes: vec![sample_line("message")],
        kinds: vec![Choice::said("decision", "edit-choice-decision")],
        toml: "charter = 1\nname = \"Two <juries>\"\n".to_owned(),
        base: "9f".repeat(32),
        complaints: vec![sample_complaint()],
        usable: true,
        differences: Difference::samples(),
        members: 412,
        ways: vec![],
        way: "amendment".to_owned(),
    }
}
