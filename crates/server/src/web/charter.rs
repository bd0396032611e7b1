//! The group's rules: as flowcharts, as lists, and as the text itself.

use axum::response::IntoResponse;
use http::header;

use super::fill::flow::{Place, flow};
use super::fill::texts;
use super::member::Member;
use super::stop::{Answer, Reader};
use crate::pages::charter::{Charter, Limits};
use crate::words::Words;

pub(super) async fn charter(member: Member) -> Answer {
    let words = Words::of(member.frame().language);
    let charter = &member.state().charter;
    let flows = charter
        .processes
        .iter()
        .map(|(id, process)| flow(process, &Place::default()).view(id.as_str(), words))
        .collect();
    Ok(member.page(&Charter {
        name: charter.name.clone(),
        hash: member.state().charter_hash.to_string(),
        flows,
        limits: Limits {
            clock_every_minutes: charter.clock.every_minutes,
            open_proposals: charter.limits.open_proposals_per_member,
            open_invitations: charter.limits.open_invitations_per_member,
            new_days: charter.limits.new_days,
            rest_days: charter.rest_days,
        },
    }))
}

pub(super) async fn file(member: Member) -> Answer {
    let text = member.look(|store, view| {
        texts::document(store, view.state.founded.group, &view.state.charter_hash)
    });
    let Some(text) = text.await? else { return Err(member.not_found()) };
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([kind], text).into_response())
}
