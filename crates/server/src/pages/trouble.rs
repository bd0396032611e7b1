//! Pages for when something does not work: the rules say no, the address leads nowhere, the world failed.
//! Each says what to do next, and keeps what was typed. Knows no cause: that is in the log, under the reference.

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use crate::words::Phrase;

/// The rules say no. `message` is the key of the refusal with its numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    pub message: Phrase,
    /// What was typed: field name and text, shown to be copied.
    pub kept: Vec<Kept>,
    pub back: Route,
}

#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    pub field: String,
    pub text: String,
}

/// A form that could not be taken, on its way through signing in: the field `kept` of the sign-in forms.
#[derive(Clone, Debug, Serialize)]
pub struct KeptForm {
    /// Address and fields in one text; only the handlers read it.
    pub packed: String,
    /// What the person typed in it, to be seen and copied.
    pub shown: Vec<Kept>,
}

/// A form that one button sends again, with a fresh token: all its fields but that are hidden in the page.
#[derive(Clone, Debug, Serialize)]
pub struct Again {
    /// A path of this site.
    pub to: String,
    /// All fields but `token`; `act` stays, so that what was done already is not done twice.
    pub fields: Vec<Kept>,
}

/// Signed in again: what was typed before can be sent now.
#[derive(Clone, Debug, Serialize)]
pub struct SendAgain {
    pub again: Again,
    pub kept: Vec<Kept>,
}

impl View for SendAgain {
    const TEMPLATE: &'static str = "pages/send_again.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("typical", Self { again: again_sample(), kept: kept_sample() })]
    }
}

/// The world failed, or the request was none.
#[derive(Clone, Debug, Serialize)]
pub struct Trouble {
    pub kind: TroubleKind,
    /// Names the log line; empty for troubles that are not logged.
    pub reference: String,
    pub kept: Vec<Kept>,
    /// Where sending the form once more can help.
    pub again: Option<Again>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// 400: the body is no form, or not UTF-8.
    BadText,
    /// 403: the form is stale or came from elsewhere.
    Forbidden,
    /// 404: no such page, or not for this reader; the same bytes for both.
    NotFound,
    /// 413
    TooLarge,
    /// 421: the name in the request is not this server's.
    WrongHost,
    /// 429
    TooMany,
    /// 500
    Broken,
    /// 503: the outcome is unknown until it is read back.
    Unknown,
    /// 507: reading goes on, writing does not.
    Full,
}

impl TroubleKind {
    pub const ALL: [Self; 9] = [
        Self::BadText,
        Self::Forbidden,
        Self::NotFound,
        Self::TooLarge,
        Self::WrongHost,
        Self::TooMany,
        Self::Broken,
        Self::Unknown,
        Self::Full,
    ];

    /// The HTTP status (RFC 9110, RFC 4918 for 507).
    pub const fn status(self) -> u16 {
        match self {
            Self::BadText => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::TooLarge => 413,
            Self::WrongHost => 421,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Unknown => 503,
            Self::Full => 507,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::BadText => "bad_text",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::TooLarge => "too_large",
            Self::WrongHost => "wrong_host",
            Self::TooMany => "too_many",
            Self::Broken => "broken",
            Self::Unknown => "unknown",
            Self::Full => "full",
        }
    }
}

macro_rules! view {
    ($kind:ty, $samples:expr, $back:expr) => {
        impl View for $kind {
            const TEMPLATE: &'static str = "pages/trouble.html";

            fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
                let back: fn(&Self) -> Route = $back;
                vec![("back", back(self))]
            }

            fn samples() -> Vec<(&'static str, Self)> {
                $samples
            }
        }
    };
}

view!(Refused, refused_samples(), |view| view.back.clone());
view!(Trouble, trouble_samples(), |_| Route::Landing {});

fn again_sample() -> Again {
    let group = mic_engine::ids::GroupId([7; 16]);
    let mut fields = kept_sample();
    fields.push(Kept { field: "act".to_owned(), text: "ac".repeat(16) });
    Again { to: Route::Write { group }.path(), fields }
}

pub(super) fn kept_sample() -> Vec<Kept> {
    vec![Kept {
        field: "body".to_owned(),
        text: "Everything I wrote\nis still here. <b>".to_owned(),
    }]
}

fn refused_samples() -> Vec<(&'static str, Refused)> {
    let back = Route::Proposal { group: mic_engine::ids::GroupId([7; 16]), proposal: 13 };
    let refused = |message, kept| Refused { message, kept, back: back.clone() };
    vec![
        ("wrong_stage", refused(Phrase::new("refusal-wrong-stage"), vec![])),
        ("other_version", refused(Phrase::new("refusal-other-version"), vec![])),
        (
            "too_many_open",
            refused(Phrase::new("refusal-too-many-open").number("max", 3), kept_sample()),
        ),
    ]
}

fn trouble_samples() -> Vec<(&'static str, Trouble)> {
    TroubleKind::ALL
        .into_iter()
        .map(|kind| {
            let reference =
                if kind == TroubleKind::Broken { "7f3a-19".to_owned() } else { String::new() };
            let typed =
                matches!(kind, TroubleKind::Full | TroubleKind::Unknown | TroubleKind::Forbidden);
            let kept = if typed { kept_sample() } else { vec![] };
            (kind.word(), Trouble { kind, reference, kept, again: typed.then(again_sample) })
        })
        .collect()
}
