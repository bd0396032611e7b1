//! Tokens for programs that act for a member. Knows no account and no secret but the one that was just made.
//!
//! POST [`Route::Tokens`]:
//!
//! | field | content |
//! |---|---|
//! | `do` | the button: `make`, `revoke` |
//! | `name` | what the member calls it, 1 to 80 characters |
//! | `scope` | `read` or `act` |
//! | `days` | how long it works |
//! | `id` | which one to take back |

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::start::{FormFault, in_hours};
use crate::words::{Moment, Phrase};

#[derive(Clone, Debug, Serialize)]
pub struct Tokens {
    pub tokens: Vec<TokenLine>,
    /// The secret, shown once.
    pub made: Option<String>,
    pub name: String,
    pub faults: Vec<FormFault>,
    pub days_max: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct TokenLine {
    /// 32 hexadecimal digits; not the secret.
    pub id: String,
    pub name: String,
    pub may_act: bool,
    pub expires: Moment,
}

impl View for Tokens {
    const TEMPLATE: &'static str = "pages/tokens.html";

    fn links(&self, frame: &Frame) -> Vec<(&'static str, Route)> {
        let group = frame.group_id();
        vec![("tokens", Route::Tokens { group }), ("settings", Route::Settings { group })]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let empty =
            Self { tokens: vec![], made: None, name: String::new(), faults: vec![], days_max: 365 };
        let line = |name: &str, may_act| TokenLine {
            id: "0a".repeat(16),
            name: name.to_owned(),
            may_act,
            expires: in_hours(700),
        };
        let made = Self {
            tokens: vec![line("calendar", false), line("bot <b>", true)],
            made: Some(format!("mic_{}", "ab".repeat(32))),
            ..empty.clone()
        };
        let faulty = Self {
            name: "a\u{202e}".to_owned(),
            faults: vec![FormFault { field: "name", problem: Phrase::new("name-forbidden") }],
            ..empty.clone()
        };
        vec![("empty", empty), ("made", made), ("faulty", faulty)]
    }
}
