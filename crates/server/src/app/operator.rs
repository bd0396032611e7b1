//! What is shown to the person who runs the server: the links of letters that cannot be mailed, and the token that opens
//! the operator's page. It has no voice in any group. Knows nothing of pages and terminals.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::App;
use crate::clock::Wall;

/// How many links are kept for showing; the oldest go first.
pub const LINKS_KEPT_MAX: usize = 100;

/// Shows a link at once, on the terminal for instance.
pub type Screen = Arc<dyn Fn(&LinkForOperator) + Send + Sync>;

/// Opens the operator's page; printed at start, made anew each time.
#[derive(Clone, PartialEq, Eq)]
pub struct OperatorToken(pub String);

/// A link that would have been mailed, to be handed over some other way.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkForOperator {
    pub kind: LinkKind,
    /// Whom it is for.
    pub address: String,
    /// The whole link.
    pub link: String,
    /// The six digits, where there are any.
    pub code: Option<String>,
    pub at: Wall,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    SignIn,
    Invitation,
    Notice,
}

/// Where links lie until they are looked at.
pub(super) struct Desk {
    links: Mutex<VecDeque<LinkForOperator>>,
    screen: Screen,
    token: OperatorToken,
}

impl App {
    /// No mail is configured: shows a link to whoever runs the server.
    pub fn show_link(&self, link: LinkForOperator) {
        (self.0.operator.screen)(&link);
        let mut links = self.0.operator.lock();
        if links.len() == LINKS_KEPT_MAX {
            links.pop_front();
        }
        links.push_back(link);
    }

    /// The links shown lately, the newest first.
    pub fn links(&self) -> Vec<LinkForOperator> {
        self.0.operator.lock().iter().rev().cloned().collect()
    }

    pub fn operator_token(&self) -> &OperatorToken {
        &self.0.operator.token
    }
}

impl Desk {
    pub(super) fn new(screen: Screen, token: OperatorToken) -> Self {
        Self { links: Mutex::default(), screen, token }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<LinkForOperator>> {
        self.links.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl std::fmt::Debug for LinkForOperator {
    /// Links and addresses are never printed by accident.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "LinkForOperator({:?}, hidden)", self.kind)
    }
}

impl std::fmt::Debug for OperatorToken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("OperatorToken(hidden)")
    }
}
