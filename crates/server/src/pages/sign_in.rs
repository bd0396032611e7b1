//! Signing in by a mail with a link and a code. Knows no session. A GET never signs anybody in.
//!
//! | form | field | content |
//! |---|---|---|
//! | POST [`Route::SignIn`] | `email` | the address; the answer is the same whether it belongs to somebody or not |
//! | | `next` | a path of this site to go to afterwards, or empty |
//! | | `kept` | a form packed by the handlers ([`KeptForm::packed`]); absent when there is none |
//! | POST [`Route::SignInCode`] | `kept` | the same |
//! | | `code` | six digits; spaces are allowed |
//! | POST [`Route::SignInLink`] | – | the button of the page that the link opens |

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::trouble::{KeptForm, kept_sample};
use crate::words::Moment;

/// Asks for the address.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SignIn {
    pub email: String,
    pub next: String,
    /// The text is no address.
    pub fault: bool,
    /// A form that was sent while nobody was signed in any more.
    pub kept: Option<KeptForm>,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "pages/sign_in.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("sign_in", Route::SignIn {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let kept = KeptForm { packed: "/g/07/write\nbody=x".to_owned(), shown: kept_sample() };
        vec![
            ("empty", Self::default()),
            ("kept", Self { kept: Some(kept), ..Self::default() }),
            (
                "faulty",
                Self { email: "ada@".to_owned(), next: "/new".to_owned(), fault: true, kept: None },
            ),
        ]
    }
}

/// Link and code are on their way; the code may be typed here.
#[derive(Clone, Debug, Serialize)]
pub struct LinkSent {
    pub email: String,
    pub until: Moment,
    /// The code that was typed does not work, for whatever reason.
    pub fault: bool,
    /// Where no mail is configured, the link for the person who runs the server. Never set otherwise.
    pub shown_link: Option<String>,
    pub kept: Option<KeptForm>,
}

impl View for LinkSent {
    const TEMPLATE: &'static str = "pages/link_sent.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("code", Route::SignInCode {}), ("again", Route::SignIn {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let typical = Self {
            email: "ada@example.org".to_owned(),
            until: Moment(super::start::SAMPLE_NOW.0 + 600_000),
            fault: false,
            shown_link: None,
            kept: None,
        };
        vec![
            ("typical", typical.clone()),
            ("wrong", Self { fault: true, ..typical.clone() }),
            (
                "no_mail",
                Self {
                    shown_link: Some(format!("http://127.0.0.1:8080/signin/{}", "ab".repeat(16))),
                    ..typical
                },
            ),
        ]
    }
}

/// The page that the link opens in the browser that asked for it: one button.
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmLink {
    pub token: String,
}

impl View for ConfirmLink {
    const TEMPLATE: &'static str = "pages/confirm_link.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("confirm", Route::SignInLink { token: self.token.clone() })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("typical", Self { token: "ab".repeat(16) })]
    }
}

/// The link was opened in another browser than the one that asked: the code has to be typed there.
#[derive(Clone, Debug, Serialize)]
pub struct OtherBrowser {
    /// The six digits; `None` when the link is used up or too old.
    pub code: Option<String>,
}

impl View for OtherBrowser {
    const TEMPLATE: &'static str = "pages/other_browser.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("again", Route::SignIn {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("typical", Self { code: Some("482913".to_owned()) }), ("spent", Self { code: None })]
    }
}
