//! Who may see what: one function for pages, API, feeds and mail alike. Deny by default.
//! Knows nothing of sessions: who asks has been established before.

use crate::charter::Audience;
use crate::event::Ending;
use crate::ids::{ProposalNumber, Slot};
use crate::state::State;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A member of this group.
    Member(Slot),
    /// Anybody else, signed in or not.
    Stranger,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// Name and purpose; the list of public broadcasts; checkpoints and hashes.
    PublicPage,
    /// Everything about the group that all its members may see: proposals, people, charter, entries.
    Inside,
    /// The text of a proposal.
    Text(ProposalNumber),
    /// A broadcast by the number of its proposal.
    Broadcast(ProposalNumber),
    /// The reasons a jury gave the author.
    Reasons(ProposalNumber),
}

/// Whether somebody may see something. A no looks the same as "there is no such thing".
pub fn may_see(state: &State, viewer: Viewer, thing: Thing) -> bool {
    let member = match viewer {
        Viewer::Member(slot) => state.roll.holds(slot),
        Viewer::Stranger => false,
    };
    match thing {
        Thing::PublicPage => true,
        Thing::Inside => member,
        Thing::Text(number) => {
            (member && text_is_open(state, number, viewer)) || is_public(state, number)
        }
        Thing::Broadcast(number) => {
            (member && is_spoken(state, number)) || is_public(state, number)
        }
        Thing::Reasons(number) => {
            member && author(state, number).map(Viewer::Member) == Some(viewer)
        }
    }
}

/// Open proposals are for all members: they may co-sign. A text that did not pass is afterwards for those who had a part in it.
fn text_is_open(state: &State, number: ProposalNumber, viewer: Viewer) -> bool {
    if state.open.contains_key(&number) {
        return true;
    }
    state.closed.get(&number).is_some_and(|closed| {
        closed.ending == Ending::Done
            || Viewer::Member(closed.author) == viewer
            || closed
                .cosigners
                .iter()
                .chain(closed.sat.iter())
                .any(|slot| Viewer::Member(*slot) == viewer)
    })
}

fn is_spoken(state: &State, number: ProposalNumber) -> bool {
    state.closed.get(&number).is_some_and(|closed| closed.broadcast.is_some())
}

fn is_public(state: &State, number: ProposalNumber) -> bool {
    state
        .closed
        .get(&number)
        .is_some_and(|closed| closed.broadcast.is_some() && closed.audience == Audience::Public)
}

fn author(state: &State, number: ProposalNumber) -> Option<Slot> {
    let open = state.proposal(number).map(|open| open.author);
    open.or_else(|| state.closed.get(&number).map(|closed| closed.author))
}
