//! The rules a group has had, and each of them to be read. Knows no rule.

use axum::response::IntoResponse;
use http::header;
use mic_engine::ids::Slot;
use mic_engine::node::View;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::charter::view_of;
use super::fill::amendment::{self, InForce};
use super::fill::proposal::author_of;
use super::fill::{people, texts};
use super::member::Member;
use super::stop::{Answer, Reader, Stop};
use crate::pages::Route;
use crate::pages::charter_history::{CharterHistory, CharterLine, Decided, OldCharter};
use crate::words::{Moment, Words};

/// Rules that one page lists; each takes a proposal and a day at least.
const CHARTERS_SHOWN_MAX: usize = 200;

pub(super) async fn history(member: Member) -> Answer {
    let slot = member.slot;
    let charters = member.look(move |store, view| lines(store, view, slot)).await?;
    Ok(member.page(&CharterHistory { charters }))
}

/// Rules that are not in force any more. Those in force have a page of their own.
pub(super) async fn one(member: Member) -> Answer {
    let hash = named(&member)?;
    let group = member.group;
    if hash == member.state().charter_hash {
        return Ok(member.go(&Route::Charter { group }, None));
    }
    let found = member.look(move |store, view| {
        let all = amendment::history(store, view)?;
        let place = all.iter().rposition(|one| one.hash == hash);
        let span = place.map(|place| (all[place].since, all.get(place + 1).map(|next| next.since)));
        Ok(span.zip(amendment::charter(store, view, &hash)?))
    });
    let Some(((since, Some(until)), charter)) = found.await? else {
        return Err(member.not_found());
    };
    let words = Words::of(member.frame().language);
    Ok(member.page(&OldCharter {
        charter: view_of(&charter, hash, Some(member.state().roll.len()), words),
        since: Moment::from(since),
        until: Moment::from(until),
        file: Route::OldCharterFile { group, charter: hash.to_string() },
    }))
}

pub(super) async fn file(member: Member) -> Answer {
    let hash = named(&member)?;
    let text = member.look(move |store, view| {
        let known = amendment::history(store, view)?.iter().any(|one| one.hash == hash);
        if known { amendment::text(store, view, &hash) } else { Ok(None) }
    });
    let Some(text) = text.await? else { return Err(member.not_found()) };
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok(([kind], text).into_response())
}

fn named(member: &Member) -> Result<Hash, Stop> {
    member.visitor.place("charter").parse::<Hash>().map_err(|_| member.not_found())
}

fn lines(store: &dyn Store, view: &View, reader: Slot) -> Result<Vec<CharterLine>, Fault> {
    let all = amendment::history(store, view)?;
    let mut out = Vec::new();
    for (place, one) in all.iter().enumerate().rev().take(CHARTERS_SHOWN_MAX) {
        let until = all.get(place + 1).map(|next| next.since);
        out.push(line(store, view, one, until.map(Moment::from), reader)?);
    }
    Ok(out)
}

fn line(
    store: &dyn Store,
    view: &View,
    one: &InForce,
    until: Option<Moment>,
    reader: Slot,
) -> Result<CharterLine, Fault> {
    let (state, group) = (&view.state, view.state.founded.group);
    let charter = amendment::charter(store, view, &one.hash)?;
    let decided = match one.by.and_then(|number| Some((number, author_of(view, number)?))) {
        None => None,
        Some((number, author)) => Some(Decided {
            proposal: Route::Proposal { group, proposal: number.0 },
            title: texts::title(store, state, number)?,
            by: people::person(store, view, author, Some(reader))?,
            changes: Route::ProposedRules { group, proposal: number.0 },
        }),
    };
    let running = state.open.values().filter(|open| open.charter == one.hash).count();
    let hash = one.hash.to_string();
    Ok(CharterLine {
        name: charter.map(|charter| charter.name.clone()).unwrap_or_default(),
        since: Moment::from(one.since),
        until,
        decided,
        running: u32::try_from(running).unwrap_or(u32::MAX),
        link: match until {
            None => Route::Charter { group },
            Some(_) => Route::OldCharter { group, charter: hash.clone() },
        },
        file: Route::OldCharterFile { group, charter: hash.clone() },
        hash,
    })
}
