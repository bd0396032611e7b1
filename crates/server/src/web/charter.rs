//! Rules to be read: a group's, and those that come with the program, as flowcharts, as lists, and as the text itself.

use axum::response::IntoResponse;
use http::header;
use mic_engine::charter::{Charter as Rules, parse};
use mic_proof::hash::Hash;

use super::fill::flow::{Place, flow};
use super::fill::texts;
use super::member::Member;
use super::ready::Ready;
use super::stop::{Answer, Reader};
use super::visitor::Visitor;
use crate::pages::charter::{Charter, Limits, ReadyCharter};
use crate::pages::flow::FlowView;
use crate::words::Words;

pub(super) async fn charter(member: Member) -> Answer {
    let words = Words::of(member.frame().language);
    let state = member.state();
    let charter = view_of(&state.charter, state.charter_hash, Some(state.roll.len()), words);
    Ok(member
        .page(&Charter { may_change: !super::amend::ways(&state.charter).is_empty(), ..charter }))
}

/// A charter to be read. Where the size of the group is given, in its numbers.
pub(super) fn view_of(charter: &Rules, hash: Hash, members: Option<u32>, words: &Words) -> Charter {
    Charter {
        name: charter.name.clone(),
        hash: hash.to_string(),
        flows: flows(charter, members, words),
        unguarded: charter.unguarded,
        may_change: false,
        limits: limits(charter),
    }
}

pub(super) async fn file(member: Member) -> Answer {
    let text = member.look(|store, view| {
        texts::document(store, view.state.founded.group, &view.state.charter_hash)
    });
    let Some(text) = text.await? else { return Err(member.not_found()) };
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([kind], text).into_response())
}

/// A charter that comes with the program, before anybody lives by it.
pub(super) async fn ready(visitor: Visitor) -> Answer {
    let Some(ready) = Ready::find(visitor.place("charter")) else {
        return Err(visitor.not_found());
    };
    let words = Words::of(visitor.language());
    let charter = parse::parse(ready.text).expect("charters that come with the program are valid");
    let page = ReadyCharter {
        id: ready.id.to_owned(),
        title: ready.title(words),
        about: ready.about(words),
        hash: mic_proof::hash::sha256(ready.text.as_bytes()).to_string(),
        flows: flows(&charter, None, words),
        unguarded: charter.unguarded,
        limits: limits(&charter),
    };
    Ok(visitor.page(&page))
}

pub(super) async fn ready_file(visitor: Visitor) -> Answer {
    let Some(ready) = Ready::find(visitor.place("charter")) else {
        return Err(visitor.not_found());
    };
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([kind], ready.text).into_response())
}

/// The flowcharts; where the size of the group is given, in its numbers.
fn flows(charter: &Rules, members: Option<u32>, words: &Words) -> Vec<FlowView> {
    let processes = charter.processes.iter();
    let view = |(id, process): (&mic_engine::charter::Id, _)| {
        flow(process, &Place::default(), members).view(id.as_str(), words)
    };
    processes.map(view).collect()
}

fn limits(charter: &Rules) -> Limits {
    Limits {
        clock_every_minutes: charter.clock.every_minutes,
        open_proposals: charter.limits.open_proposals_per_member,
        open_invitations: charter.limits.open_invitations_per_member,
        new_days: charter.limits.new_days,
        rest_days: charter.rest_days,
    }
}
