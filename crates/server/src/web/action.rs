//! An action: its page, its file for calendars, and whether people did it.

use axum::response::IntoResponse;
use http::header;
use mic_engine::command::{Content, MemberAct};
use mic_engine::ids::{LogTime, Number, Slot, Span};
use mic_engine::node::View;
use mic_engine::state::register::ActionLine;
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::{self, people, texts};
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::stop::{Answer, Reader, Stop};
use crate::pages::action::{Action, DeedPart, Deeds};
use crate::pages::calendar::CalendarEvent;
use crate::pages::{Notice, Route};
use crate::text::markdown;
use crate::words::Moment;

/// So long after an action was called it is taken down who did it (spec/vote.md, DEED_DAYS_MAX).
const DEED_DAYS_MAX: u64 = 90;

pub(super) async fn show(member: Member) -> Answer {
    let line = action(&member)?;
    let (slot, now) = (member.slot, member.now());
    let page = member.look(move |store, view| page_of(store, view, &line, slot, now)).await?;
    Ok(member.page(&page))
}

pub(super) async fn deed(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let line = action(&member)?;
    let done = match fields.get("did") {
        "yes" => true,
        "no" => false,
        _ => return Err(member.not_found()),
    };
    let (number, slot) = (line.number, member.slot);
    let act = MemberAct::ReportDeed { action: number, done };
    let here = Route::Action { group: member.group, action: number.0 };
    let acted = member.act_until(&fields, act, |view| {
        view.state.action(number).is_none_or(|line| line.deeds.get(&slot) == Some(&done))
    });
    match acted.await {
        Ok(_) => Ok(member.go(&here, Some(Notice::DeedReported))),
        Err(error) => Err(member.refused(&error, &here, &packed)),
    }
}

pub(super) async fn calendar(member: Member) -> Answer {
    let line = action(&member)?;
    let link = member
        .visitor
        .site
        .origin()
        .link(&Route::Action { group: member.group, action: line.number.0 });
    let group = member.group;
    let (number, stamp, version) = (line.number, line.called_at, line.version);
    let text = member.look(move |store, _| texts::version(store, group, &version)).await?;
    let Some(text) = text else { return Err(member.not_found()) };
    let Content::Action { starts, ends, place, wanted: _ } = text.content else {
        return Err(member.not_found());
    };
    let event = CalendarEvent {
        uid: format!("action-{number}@{group}"),
        stamp: Moment::from(stamp),
        starts: Moment::from(starts),
        ends: Moment::from(ends),
        title: text.title,
        place,
        about: markdown::to_plain(&text.body).unwrap_or_default(),
        link,
    };
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned());
    let named =
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"action-{number}.ics\""));
    Ok(([kind, named], event.render()).into_response())
}

pub(crate) fn page_of(
    store: &dyn Store,
    view: &View,
    line: &ActionLine,
    slot: Slot,
    now: LogTime,
) -> Result<Action, Fault> {
    let group = view.state.founded.group;
    let text = texts::version(store, group, &line.version)?;
    let starts = match text.as_ref().map(|text| &text.content) {
        Some(Content::Action { starts, .. }) => *starts,
        _ => LogTime(0),
    };
    let audience = fill::proposal::audience_of(view, line.proposal);
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let pledged = line.pledged.as_ref().map(|slots| small(slots.len()));
    let answered = small(line.deeds.len());
    Ok(Action {
        number: line.number.0,
        proposal: line.proposal.0,
        message: texts::message(text.as_ref(), audience, &line.version),
        author: people::person(store, view, line.author, Some(slot))?,
        about: fill::about::about(store, view, text.as_ref(), &[], slot)?,
        called_at: Moment::from(line.called_at),
        pledged,
        deeds: Deeds {
            did: line.done,
            did_not: answered.saturating_sub(line.done),
            of: pledged.unwrap_or(line.roll),
        },
        part: part(line, slot, starts, now),
    })
}

fn part(line: &ActionLine, slot: Slot, starts: LogTime, now: LogTime) -> DeedPart {
    let asked = match &line.pledged {
        Some(slots) => slots.contains(&slot),
        None => slot.0 < line.roll,
    };
    let over = line.called_at.after(Span::days(DEED_DAYS_MAX)) < now;
    match line.deeds.get(&slot) {
        _ if starts > now => DeedPart::Later,
        _ if !asked || over => DeedPart::Onlooker,
        Some(true) => DeedPart::Did,
        Some(false) => DeedPart::DidNot,
        None => DeedPart::May,
    }
}

/// The action in the address.
fn action(member: &Member) -> Result<ActionLine, Stop> {
    let number = member.visitor.number("action").map(Number);
    let line = number.and_then(|number| member.state().action(number));
    line.cloned().ok_or_else(|| member.not_found())
}
