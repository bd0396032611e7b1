//! For the person who runs the server: the links that could not be mailed, and what waits. Opened on the same machine by the token that is
//! printed at start; to everybody else the address does not exist. It shows nothing of any group and changes nothing.

use axum::extract::RawQuery;
use mic_proof::hash::sha256;
use mic_store::Store;
use mic_store::contract::Fault;

use super::form::Fields;
use super::gate::GateKind;
use super::stop::{Answer, Reader};
use super::visitor::Visitor;
use crate::app::{LinkForOperator, LinkKind};
use crate::pages::operator::{Operator, ShownLink, ShownLinkKind};
use crate::words::Moment;

pub(super) async fn show(visitor: Visitor, query: RawQuery) -> Answer {
    if !visitor.is_local() {
        return Err(visitor.not_found());
    }
    visitor.pass(GateKind::Token)?;
    let query = Fields::parse(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
    let app = visitor.site.app().clone();
    // Hashed first, so that the time a comparison takes tells nothing.
    let wanted = sha256(app.operator_token().0.as_bytes());
    if sha256(query.get("token").as_bytes()) != wanted {
        return Err(visitor.not_found());
    }
    let (letters, parked) = visitor.tried(app.blocking(waiting).await)?;
    let page = Operator {
        links: app.links().iter().map(shown).collect(),
        letters,
        parked,
        groups: u32::try_from(app.groups().len()).unwrap_or(u32::MAX),
        rounds: u32::try_from(app.beacon_status().len()).unwrap_or(u32::MAX),
    };
    Ok(visitor.page(&page))
}

fn waiting(store: &dyn Store) -> Result<(u64, u64), Fault> {
    Ok((store.letters_waiting()?.count, store.parked_count()?))
}

fn shown(link: &LinkForOperator) -> ShownLink {
    ShownLink {
        kind: match link.kind {
            LinkKind::SignIn => ShownLinkKind::SignIn,
            LinkKind::Invitation => ShownLinkKind::Invitation,
            LinkKind::Notice => ShownLinkKind::Notice,
        },
        address: link.address.clone(),
        link: link.link.clone(),
        code: link.code.clone().unwrap_or_default(),
        at: Moment(link.at.0),
    }
}
