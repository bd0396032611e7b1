//! Groups as their members read them: which there are, what one says of itself, its rules, its people, what waits for the member.
//! Knows no proposal beyond its number.

use axum::Json;
use mic_engine::ids::{GroupId, Slot};
use mic_engine::node::View;
use mic_store::Store;
use mic_store::contract::{AccountId, Fault};
use serde::Serialize;

use super::body::{Asked, Upwards};
use super::caller::{Caller, Insider};
use super::problem::{Answer, Problem};
use crate::contact::{Choices, shown_name};
use crate::pages::Route;
use crate::pages::home::{Duty, DutyKind};
use crate::web::fill::{home, texts};

#[derive(Serialize)]
pub(super) struct Groups {
    groups: Vec<GroupLine>,
}

#[derive(Serialize)]
struct GroupLine {
    group: String,
    name: String,
    slot: u32,
    members: u32,
    duties: usize,
}

#[derive(Serialize)]
pub(super) struct Group {
    group: String,
    name: String,
    purpose: String,
    language: String,
    founded_at: u64,
    members: u32,
    /// Places ever given.
    roll: u32,
    charter: CharterLine,
    beacon: Beacon,
    entries: u64,
    broadcasts: usize,
    open: usize,
    you: You,
}

#[derive(Serialize)]
struct CharterLine {
    hash: String,
    name: String,
    processes: Vec<ProcessLine>,
}

#[derive(Serialize)]
struct ProcessLine {
    process: String,
    title: String,
    kind: &'static str,
    audiences: Vec<&'static str>,
}

#[derive(Serialize)]
struct Beacon {
    kind: &'static str,
    chain: String,
}

#[derive(Serialize)]
struct You {
    slot: u32,
    paused_until: Option<u64>,
    rest_days: u32,
}

#[derive(Serialize)]
pub(super) struct Charter {
    hash: String,
    text: String,
}

#[derive(Serialize)]
pub(super) struct People {
    people: Vec<PersonLine>,
    members: u32,
    next: Option<u64>,
}

#[derive(Serialize)]
struct PersonLine {
    slot: u32,
    /// As the member chose to be shown; none for those who did not.
    name: Option<String>,
    you: bool,
}

#[derive(Serialize)]
pub(super) struct Duties {
    duties: Vec<DutyLine>,
}

#[derive(Serialize)]
struct DutyLine {
    kind: &'static str,
    proposal: u32,
    title: String,
    until: u64,
}

pub(super) async fn list(caller: Caller) -> Answer<Groups> {
    let (account, app) = (caller.token.account, caller.app().clone());
    let look = move |group: GroupId| app.view(group);
    let groups = caller.app().blocking(move |store| groups_of(store, account, &look)).await?;
    Ok(Json(Groups { groups }))
}

pub(super) async fn group(insider: Insider) -> Answer<Group> {
    let (state, slot) = (insider.state(), insider.slot);
    let now = insider.app().now();
    let profile = &insider.profile;
    Ok(Json(Group {
        group: insider.group.to_string(),
        name: profile.name.clone(),
        purpose: profile.purpose.clone(),
        language: profile.language.clone(),
        founded_at: state.founded_at.0,
        members: state.roll.present(),
        roll: state.roll.len(),
        charter: charter_line(&insider.view),
        beacon: Beacon {
            kind: state.founded.beacon.word(),
            chain: state.founded.chain.to_string(),
        },
        entries: state.position.0,
        broadcasts: state.broadcasts.len(),
        open: state.open.len(),
        you: You {
            slot: slot.0,
            paused_until: state.roll.paused_until(slot, now).map(|until| until.0),
            rest_days: state.roll.rest_days(slot),
        },
    }))
}

pub(super) async fn charter(insider: Insider) -> Answer<Charter> {
    let hash = insider.state().charter_hash;
    let bytes = insider
        .look(move |store, view| texts::document(store, view.state.founded.group, &hash))
        .await?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Problem::NotFound)?;
    Ok(Json(Charter { hash: hash.to_string(), text }))
}

pub(super) async fn people(insider: Insider, Asked(page): Asked<Upwards>) -> Answer<People> {
    let (limit, slot, roll) = (page.limit()?, insider.slot, insider.state().roll.len());
    let first = u32::try_from(page.from).unwrap_or(u32::MAX).min(roll);
    let people = insider.look(move |store, view| people_from(store, view, slot, first, limit));
    let next = first.checked_add(limit).filter(|next| *next < roll).map(u64::from);
    let members = insider.state().roll.present();
    Ok(Json(People { people: people.await?, members, next }))
}

pub(super) async fn duties(insider: Insider) -> Answer<Duties> {
    let slot = insider.slot;
    let duties = insider.look(move |store, view| home::duties(store, &view.state, slot)).await?;
    Ok(Json(Duties { duties: duties.into_iter().filter_map(duty).collect() }))
}

fn groups_of(
    store: &dyn Store,
    account: AccountId,
    look: &dyn Fn(GroupId) -> Option<View>,
) -> Result<Vec<GroupLine>, Fault> {
    let mut lines = Vec::new();
    for membership in store.memberships(account)? {
        let Some(view) = look(membership.group) else { continue };
        lines.push(GroupLine {
            group: membership.group.to_string(),
            name: texts::profile(store, &view)?.name,
            slot: membership.slot.0,
            members: view.state.roll.present(),
            duties: view.state.duties(membership.slot).count(),
        });
    }
    Ok(lines)
}

fn charter_line(view: &View) -> CharterLine {
    let charter = &view.state.charter;
    let line =
        |(id, process): (&mic_engine::charter::Id, &mic_engine::charter::Process)| ProcessLine {
            process: id.to_string(),
            title: process.title.clone(),
            kind: process.kind.word(),
            audiences: process.audiences.iter().map(|audience| audience.word()).collect(),
        };
    CharterLine {
        hash: view.state.charter_hash.to_string(),
        name: charter.name.clone(),
        processes: charter.processes.iter().map(line).collect(),
    }
}

fn people_from(
    store: &dyn Store,
    view: &View,
    reader: Slot,
    first: u32,
    count: u32,
) -> Result<Vec<PersonLine>, Fault> {
    let roll = &view.state.roll;
    let records = store.people(view.state.founded.group, Slot(first), count)?;
    let present = records.into_iter().filter(|(slot, _)| roll.holds(*slot));
    let line = |(slot, record): (Slot, mic_store::contract::PersonRecord)| PersonLine {
        slot: slot.0,
        name: shown_name(&record, &Choices::of(&record, roll, slot)),
        you: slot == reader,
    };
    Ok(present.map(line).collect())
}

fn duty(duty: Duty) -> Option<DutyLine> {
    let kind = match duty.kind {
        DutyKind::Jury => "jury",
        DutyKind::JuryCast => "jury_cast",
        DutyKind::Answer => "answer",
        DutyKind::CoSignAgain => "co_sign_again",
        DutyKind::Vote => "vote",
        DutyKind::Consensus => "consensus",
        DutyKind::Objection => "objection",
        DutyKind::Pledge => "pledge",
        DutyKind::Subject => "subject",
    };
    let (Route::Jury { proposal, .. }
    | Route::Answer { proposal, .. }
    | Route::Vote { proposal, .. }
    | Route::Consensus { proposal, .. }
    | Route::Objection { proposal, .. }
    | Route::Pledge { proposal, .. }
    | Route::Statement { proposal, .. }
    | Route::Proposal { proposal, .. }) = duty.link
    else {
        return None;
    };
    Some(DutyLine { kind, proposal, title: duty.title, until: duty.until.0 })
}
