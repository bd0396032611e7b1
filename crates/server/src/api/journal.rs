//! The record as it stands: broadcasts with their certificates, entries, texts by their hash, the newest signed head, all of it as one
//! file. Knows no act.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header;
use mic_engine::access::Thing;
use mic_engine::ids::Seq;
use mic_engine::node::View;
use mic_engine::state::BroadcastLine;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::{DocumentKind, Fault, StoredEntry};
use serde::Serialize;

use super::act::Nothing;
use super::body::{Asked, Downwards, Sent, Upwards};
use super::bundle::{bundle_for_member, may_read};
use super::caller::Insider;
use super::problem::{Answer, Problem};
use super::show::{PersonLine, Tally, Text, person};
use crate::certificates::Certificate;
use crate::web::fill::{certificate, people, texts};

#[derive(Serialize)]
pub(super) struct Broadcasts {
    broadcasts: Vec<Line>,
    next: Option<u32>,
}

#[derive(Serialize)]
struct Line {
    broadcast: u32,
    proposal: u32,
    title: String,
    author: PersonLine,
    audience: &'static str,
    version: String,
    at: u64,
    /// Position of its entry.
    seq: u64,
    /// Leaf hash of its entry; the next broadcast names it.
    leaf: String,
}

#[derive(Serialize)]
pub(super) struct Broadcast {
    #[serde(flatten)]
    line: Line,
    /// None when it was erased.
    text: Option<Text>,
    tally: Tally,
    certificate: bool,
}

#[derive(Serialize)]
pub(super) struct Entries {
    entries: Vec<EntryLine>,
    /// How many there are.
    length: u64,
    next: Option<u64>,
}

#[derive(Serialize)]
struct EntryLine {
    seq: u64,
    leaf: String,
    /// The exact bytes that are hashed.
    text: String,
}

#[derive(Serialize)]
pub(super) struct Document {
    hash: String,
    kind: &'static str,
    /// None when it was erased.
    text: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Checkpoint {
    size: u64,
    at: u64,
    /// The signed note (C2SP tlog-checkpoint).
    note: String,
}

pub(super) async fn broadcasts(
    insider: Insider,
    Asked(page): Asked<Downwards>,
) -> Answer<Broadcasts> {
    let (limit, before) = (page.limit()?, page.before());
    let state = insider.state();
    let older = state.broadcasts.iter().rev().filter(|line| line.number.0 < before);
    let seen = older.filter(|line| insider.may_see(Thing::Broadcast(line.proposal)));
    let mut lines: Vec<BroadcastLine> = seen.take(limit + 1).copied().collect();
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| line.number.0);
    let lines = insider.look(move |store, view| {
        lines.iter().map(|line| shown(store, view, line)).collect::<Result<Vec<_>, Fault>>()
    });
    Ok(Json(Broadcasts { broadcasts: lines.await?, next }))
}

pub(super) async fn broadcast(insider: Insider) -> Answer<Broadcast> {
    let line = insider.broadcast()?;
    let found = insider.look(move |store, view| {
        let group = view.state.founded.group;
        let text = texts::version(store, group, &line.version)?;
        Ok(Broadcast {
            line: shown(store, view, &line)?,
            text: text.map(|text| Text::new(text, &line.version)),
            tally: certificate::tally(store, view, &line)?.into(),
            certificate: Certificate::of(store, group, line.number)?.file().is_some(),
        })
    });
    found.await.map(Json)
}

/// The file as it travels with the broadcast, byte for byte.
pub(super) async fn certificate_file(insider: Insider) -> Result<Response, Problem> {
    let (line, group) = (insider.broadcast()?, insider.group);
    let text = insider.look(move |store, _| Certificate::of(store, group, line.number)).await?;
    let text = text.file().ok_or(Problem::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

pub(super) async fn entries(insider: Insider, Asked(page): Asked<Upwards>) -> Answer<Entries> {
    let (limit, group, from) = (page.limit()?, insider.group, Seq(page.from));
    let length = insider.state().position.0;
    let stored = insider.look(move |store, _| store.entries(group, from, limit)).await?;
    let entries = stored.into_iter().map(entry).collect::<Result<Vec<_>, Problem>>()?;
    let next = entries.last().map(|last| last.seq + 1).filter(|next| *next < length);
    Ok(Json(Entries { entries, length, next }))
}

pub(super) async fn document(insider: Insider) -> Answer<Document> {
    let hash: Hash = insider.caller.place("hash").parse().map_err(|_| Problem::NotFound)?;
    let slot = insider.slot;
    let found = insider.look(move |store, view| {
        let group = view.state.founded.group;
        let Some(row) = store.document_row(group, &hash)? else { return Ok(None) };
        if !may_read(&view.state, slot, &row) {
            return Ok(None);
        }
        Ok(Some((row.kind, texts::document(store, group, &hash)?)))
    });
    let (kind, bytes) = found.await?.ok_or(Problem::NotFound)?;
    let text = bytes.map(String::from_utf8).transpose().map_err(|_| Problem::Broken)?;
    Ok(Json(Document { hash: hash.to_string(), kind: kind_word(kind), text }))
}

pub(super) async fn checkpoint(insider: Insider) -> Answer<Checkpoint> {
    let group = insider.group;
    let found = insider.look(move |store, _| store.latest_checkpoint(group)).await?;
    let found = found.ok_or(Problem::NotFound)?;
    Ok(Json(Checkpoint { size: found.size, at: found.at.0, note: found.note }))
}

/// The whole journal (`spec/bundle.md`). It signs a head when entries came after the newest one, so it is an act.
pub(super) async fn bundle(insider: Insider, Sent(Nothing {}): Sent<Nothing>) -> Response {
    let body = bundle_for_member(insider.app(), &insider.view, insider.slot);
    ([(header::CONTENT_TYPE, "application/jsonl; charset=utf-8")], body).into_response()
}

fn shown(store: &dyn Store, view: &View, line: &BroadcastLine) -> Result<Line, Fault> {
    let text = texts::version(store, view.state.founded.group, &line.version)?;
    Ok(Line {
        broadcast: line.number.0,
        proposal: line.proposal.0,
        title: text.map(|text| text.title).unwrap_or_default(),
        author: person(people::person(store, view, line.author, None)?),
        audience: line.audience.word(),
        version: line.version.to_string(),
        at: line.ordered_at.0,
        seq: line.seq.0,
        leaf: line.leaf.to_string(),
    })
}

fn entry(stored: StoredEntry) -> Result<EntryLine, Problem> {
    let text = String::from_utf8(stored.bytes)
        .map_err(|_| Fault::Corrupt(format!("entry {} is not text", stored.seq)))?;
    Ok(EntryLine { seq: stored.seq.0, leaf: stored.leaf.to_string(), text })
}

const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Charter => "charter",
        DocumentKind::Profile => "profile",
        DocumentKind::Version => "version",
        DocumentKind::Exclusions => "exclusions",
        DocumentKind::Ballots => "ballots",
        DocumentKind::Reason => "reason",
        DocumentKind::Statement => "statement",
    }
}
