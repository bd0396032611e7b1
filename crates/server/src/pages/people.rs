//! The people of a group, inviting and being invited. Knows no roll: it shows only what each member chose to show.
//!
//! | form | field | content |
//! |---|---|---|
//! | POST [`Route::Invite`] | `email` | the address, or empty for a link to show in person |
//! | | `statement` | why this person, for those who vouch; up to [`STATEMENT_CHARACTERS_MAX`] characters |
//! | | `language` | `en` or `de`: the language of the invitation mail |
//! | POST [`Route::Accept`] | `name` | how the person wants to be called, 1 to 80 characters, or empty |
//! | | `show_name` | `yes` or absent |
//! | | `email` | the address for sign-in; absent when the invitation was mailed |
//! | | `language` | `en` or `de` |

use serde::Serialize;

use super::frame::{Frame, View};
use super::parts::Person;
use super::qr;
use super::route::Route;
use super::start::{FormFault, in_hours};
use crate::text::Html;
use crate::words::{Moment, Phrase};

pub const STATEMENT_CHARACTERS_MAX: u32 = 2_000;

/// Named members that one page shows.
pub const NAMES_MAX: usize = 500;

#[derive(Clone, Debug, Serialize)]
pub struct People {
    pub members: u32,
    /// Those who chose to show their name, by name.
    pub named: Vec<Person>,
    /// Named ones that the page leaves out.
    pub more: u32,
    pub unnamed: u32,
    /// Whether the reader's own name is among them.
    pub you_are_named: bool,
}

impl View for People {
    const TEMPLATE: &'static str = "pages/people.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("invite", Route::Invite { group }), ("settings", Route::Settings { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            members: 412,
            named: vec![
                Person::sample("Ada Paris", 17),
                Person { you: true, ..Person::sample("Ben Kaya", 4) },
                Person::sample("محمد", 9),
            ],
            more: 0,
            unnamed: 409,
            you_are_named: true,
        };
        let empty = Self { named: vec![], unnamed: 412, you_are_named: false, ..typical.clone() };
        let longest = Self {
            named: (0..500)
                .map(|slot| Person::sample("Maximiliane von und zu Donaudampfschifffahrt", slot))
                .collect(),
            more: 1_234_000,
            ..typical.clone()
        };
        vec![("typical", typical), ("empty", empty), ("longest", longest)]
    }
}

/// The form to invite, and after it the link to show.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Invite {
    pub email: String,
    pub statement: String,
    pub language: String,
    pub faults: Vec<FormFault>,
    pub shown: Option<ShownInvitation>,
    /// Others who have to vouch.
    pub needed: u32,
    /// Days before an admitted member co-signs or serves.
    pub new_days: u32,
}

/// A fresh invitation to show in person.
#[derive(Clone, Debug, Serialize)]
pub struct ShownInvitation {
    /// With origin.
    pub link: String,
    pub qr: Html,
    pub until: Moment,
}

impl ShownInvitation {
    pub fn new(link: &str, until: Moment) -> Self {
        Self { link: link.to_owned(), qr: qr::draw(link), until }
    }
}

impl View for Invite {
    const TEMPLATE: &'static str = "pages/invite.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        vec![("invite", Route::Invite { group: frame.group_id() })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self { language: "en".to_owned(), needed: 1, new_days: 14, ..Self::default() };
        let link = format!("https://mic.example.org/i/{}", "0a1b2c3d".repeat(4));
        let shown =
            Self { shown: Some(ShownInvitation::new(&link, in_hours(700))), ..empty.clone() };
        let faulty = Self {
            email: "mara@".to_owned(),
            statement: "We drove line 7 together for ten years.".to_owned(),
            faults: vec![FormFault { field: "email", problem: Phrase::new("fault-address") }],
            ..empty.clone()
        };
        vec![("empty", empty), ("shown", shown), ("faulty", faulty)]
    }
}

/// What an invited person sees before they accept.
#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    pub token: String,
    pub group: String,
    pub purpose: String,
    pub members: u32,
    /// The one who invites, if they show their name.
    pub inviter: Option<String>,
    pub state: InvitationState,
    pub ask_email: bool,
    pub name: String,
    pub email: String,
    pub language: String,
    pub show_name: bool,
    pub faults: Vec<FormFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// May be accepted now; others then vouch.
    Open,
    /// A letter is on its way to the address that was typed; its link leads on.
    Sent,
    /// Accepted; the group has to vouch.
    Waiting,
    Admitted,
    /// Too old, used by another, or withdrawn.
    Void,
}

impl View for Invitation {
    const TEMPLATE: &'static str = "pages/invitation.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![
            ("accept", Route::Accept { token: self.token.clone() }),
            ("sign_in", Route::SignIn {}),
            ("promises", Route::Promises {}),
        ]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let open = Self {
            token: "0a1b2c3d".repeat(4),
            group: "Tram Workers for the Climate".to_owned(),
            purpose: "A city that runs on rails.".to_owned(),
            members: 412,
            inviter: Some("Ada Paris".to_owned()),
            state: InvitationState::Open,
            ask_email: true,
            name: String::new(),
            email: String::new(),
            language: "en".to_owned(),
            show_name: false,
            faults: vec![],
        };
        let with = |state| Self { state, inviter: None, ask_email: false, ..open.clone() };
        let faulty = Self {
            name: "Ada\u{202e}".to_owned(),
            show_name: true,
            faults: vec![
                FormFault { field: "name", problem: Phrase::new("name-forbidden") },
                FormFault { field: "email", problem: Phrase::new("fault-address") },
            ],
            ..open.clone()
        };
        vec![
            ("open", open.clone()),
            ("sent", Self { email: "mara@example.org".to_owned(), ..with(InvitationState::Sent) }),
            ("waiting", with(InvitationState::Waiting)),
            ("admitted", with(InvitationState::Admitted)),
            ("void", with(InvitationState::Void)),
            ("faulty", faulty),
        ]
    }
}
