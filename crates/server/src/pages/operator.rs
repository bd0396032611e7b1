//! For the person who runs the server: links that could not be mailed, and what waits. Knows nothing of any group. No forms.

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::start::hours_ago;
use crate::words::Moment;

#[derive(Clone, Debug, Serialize)]
pub struct Operator {
    /// Newest first.
    pub links: Vec<ShownLink>,
    /// Letters that wait.
    pub letters: u64,
    /// Deliveries that were given up.
    pub parked: u64,
    pub groups: u32,
    /// Rounds of the beacon that draws wait for.
    pub rounds: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownLink {
    pub kind: ShownLinkKind,
    pub address: String,
    pub link: String,
    /// Six digits; empty where there are none.
    pub code: String,
    pub at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownLinkKind {
    SignIn,
    Invitation,
    Notice,
}

impl View for Operator {
    const TEMPLATE: &'static str = "pages/operator.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let empty = Self { links: vec![], letters: 0, parked: 0, groups: 0, rounds: 0 };
        let link = |kind, code: &str| ShownLink {
            kind,
            address: "ada@example.org".to_owned(),
            link: format!("http://localhost:8080/signin/{}", "ab".repeat(16)),
            code: code.to_owned(),
            at: hours_ago(1),
        };
        let typical = Self {
            links: vec![
                link(ShownLinkKind::SignIn, "482913"),
                link(ShownLinkKind::Invitation, ""),
                link(ShownLinkKind::Notice, ""),
            ],
            letters: 2,
            parked: 1,
            groups: 3,
            rounds: 1,
        };
        vec![("empty", empty), ("typical", typical)]
    }
}
