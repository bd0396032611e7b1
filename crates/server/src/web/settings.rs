//! What a member decides alone: name, language, mails, rest, pause, the copy of the journal, leaving, erasing.

mod tokens;

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mic_engine::command::MemberAct;
use mic_engine::ids::{GroupId, LogTime};
use mic_engine::state::roll::REST_DAYS_MAX;
use mic_proof::hash::hex;

use super::fill::people::looks_taken;
use super::form::Fields;
use super::limits::FORM_BYTES_MAX;
use super::member::{Member, MemberForm};
use super::refusal::refusal_phrase;
use super::sign_in::forget_session;
use super::stop::{Answer, Reader, Stop};
use crate::api::bundle::bundle_for_member;
use crate::app::ActError;
use crate::contact::Choices;
use crate::pages::settings::{Confirm, Settings};
use crate::pages::start::FormFault;
use crate::pages::{Notice, Route};
use crate::text::name::Name;
use crate::words::{Language, Moment, Phrase, Zone};

pub(super) use tokens::{change_tokens, tokens};

pub(super) async fn show(member: Member) -> Answer {
    Ok(member.page(&page(&member, &member.choices, Vec::new())))
}

pub(super) async fn save(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let typed = match typed(&member, &fields).await? {
        Ok(typed) => typed,
        Err(faults) => return Ok(again(&member, &fields, faults)),
    };
    if typed.rest_days != member.state().roll.rest_days(member.slot) {
        let (slot, days) = (member.slot, typed.rest_days);
        let act = MemberAct::Rest { days };
        let acted = member.act_until(&fields, act, |view| view.state.roll.rest_days(slot) == days);
        acted.await.map_err(|error| member.refused(&error, &here(&member), &packed))?;
    }
    let (group, slot, settings) = (member.group, member.slot, typed.choices.write());
    let (name, language) = (typed.name, typed.language.tag());
    let saved = member
        .visitor
        .site
        .app()
        .blocking(move |store| store.update_person(group, slot, &name, language, &settings));
    member.tried_keeping(saved.await, &packed)?;
    Ok(member.go(&here(&member), Some(Notice::SettingsSaved)))
}

/// Pausing duty until the end of a day in the member's zone, or ending a pause.
pub(super) async fn pause(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields, packed } = form;
    let slot = member.slot;
    if fields.get("do") == "resume" {
        let now = member.now();
        let acted = member.act_until(&fields, MemberAct::Resume, |view| {
            view.state.roll.paused_until(slot, now).is_none()
        });
        return match acted.await {
            Ok(_) => Ok(member.go(&here(&member), Some(Notice::Resumed))),
            Err(error) => Err(member.refused(&error, &here(&member), &packed)),
        };
    }
    let Some(until) = end_of_day(fields.get("until"), &member.choices.zone()) else {
        return Ok(pause_again(&member, Phrase::new("fault-date")));
    };
    let now = member.now();
    let acted = member.act_until(&fields, MemberAct::Pause { until }, |view| {
        view.state.roll.paused_until(slot, now) == Some(until)
    });
    match acted.await {
        Ok(_) => Ok(member.go(&here(&member), Some(Notice::Paused))),
        Err(ActError::Refused(refusal)) => Ok(pause_again(&member, refusal_phrase(&refusal))),
        Err(error) => Err(member.refused(&error, &here(&member), &packed)),
    }
}

/// The journal as one file, with the texts this member may read.
pub(super) async fn export(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields: _, packed: _ } = form;
    let name = journal_file(member.group);
    let kind = (header::CONTENT_TYPE, "application/jsonl; charset=utf-8".to_owned());
    let named = (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
    let body = bundle_for_member(member.visitor.site.app(), &member.view, member.slot);
    Ok(([kind, named], body).into_response())
}

fn journal_file(group: GroupId) -> String {
    format!("journal-{}.jsonl", &group.to_string()[..8])
}

pub(super) async fn ask_leave(member: Member) -> Answer {
    Ok(member.page(&Confirm::Leave))
}

pub(super) async fn leave(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    go_away(form, MemberAct::Leave, Notice::LeftGroup).await
}

pub(super) async fn ask_erase(member: Member) -> Answer {
    Ok(member.page(&Confirm::Erase))
}

pub(super) async fn erase(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    go_away(form, MemberAct::Erase, Notice::Erased).await
}

/// Signs out everywhere, here too.
pub(super) async fn end_sessions(form: MemberForm<FORM_BYTES_MAX>) -> Answer {
    let MemberForm { member, fields: _, packed: _ } = form;
    let account = member.record.account;
    let ended = member.visitor.site.app().blocking(move |store| store.end_sessions(account));
    member.tried(ended.await)?;
    let answer = member.go(&Route::Landing {}, Some(Notice::SignedOut));
    Ok(forget_session(&member.visitor, answer))
}

async fn go_away(form: MemberForm<FORM_BYTES_MAX>, act: MemberAct, notice: Notice) -> Answer {
    let MemberForm { member, fields, packed } = form;
    if !fields.ticked("sure") {
        let asks = match act {
            MemberAct::Erase => Confirm::Erase,
            _ => Confirm::Leave,
        };
        return Ok(member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &asks));
    }
    match member.act(&fields, act).await {
        Ok(_) => {
            // The store ended every session with the same transaction.
            let answer = member.go(&Route::Landing {}, Some(notice));
            Ok(forget_session(&member.visitor, answer))
        }
        Err(error) => Err(member.refused(&error, &here(&member), &packed)),
    }
}

/// What was typed, when all of it can be used.
struct Typed {
    name: String,
    language: Language,
    choices: Choices,
    rest_days: u32,
}

async fn typed(member: &Member, fields: &Fields) -> Result<Result<Typed, Vec<FormFault>>, Stop> {
    let mut faults = Vec::new();
    let mut fault = |field, key: &str| faults.push(FormFault { field, problem: Phrase::new(key) });
    let name = match (fields.get("name").trim(), Name::parse(fields.get("name"))) {
        ("", _) => String::new(),
        (_, Ok(name)) => name.as_str().to_owned(),
        (_, Err(problem)) => {
            fault("name", problem.key());
            String::new()
        }
    };
    let zone = fields.get("zone").trim();
    if Zone::parse(zone).is_none() {
        fault("zone", "fault-zone");
    }
    let rest = fields.get("rest_days").trim().parse().ok().filter(|days| *days <= REST_DAYS_MAX);
    if rest.is_none() {
        let problem = Phrase::new("refusal-rest-out-of-range").number("days_max", REST_DAYS_MAX);
        faults.push(FormFault { field: "rest_days", problem });
    }
    let show_name = fields.ticked("show_name");
    if show_name && !name.is_empty() && name != member.record.person.name {
        let (slot, wanted) = (member.slot, name.clone());
        let taken = member.look(move |store, view| looks_taken(store, view, slot, &wanted)).await?;
        if taken {
            faults.push(FormFault { field: "name", problem: Phrase::new("fault-name-taken") });
        }
    }
    let choices = Choices {
        show_name,
        zone: zone.to_owned(),
        mail_broadcasts: fields.ticked("mail_broadcasts"),
        mail_duty: fields.ticked("mail_duty"),
        mail_activity: fields.ticked("mail_activity"),
    };
    let language = Language::parse(fields.get("language")).unwrap_or_default();
    Ok(match rest {
        Some(rest_days) if faults.is_empty() => Ok(Typed { name, language, choices, rest_days }),
        _ => Err(faults),
    })
}

fn page(member: &Member, choices: &Choices, faults: Vec<FormFault>) -> Settings {
    let state = member.state();
    Settings {
        name: member.record.person.name.clone(),
        show_name: choices.show_name,
        language: member.record.person.language.clone(),
        zone: choices.zone.clone(),
        zones: Settings::zones(),
        mail_broadcasts: choices.mail_broadcasts,
        mail_duty: choices.mail_duty,
        mail_activity: choices.mail_activity,
        rest_days: state.roll.rest_days(member.slot).max(state.charter.rest_days),
        charter_rest_days: state.charter.rest_days,
        paused_until: state.roll.paused_until(member.slot, member.now()).map(Moment::from),
        faults,
        slot: member.slot.0,
        journal_file: journal_file(member.group),
    }
}

fn again(member: &Member, fields: &Fields, faults: Vec<FormFault>) -> Response {
    let page = page(member, &member.choices, faults);
    let page = Settings {
        name: fields.get("name").to_owned(),
        show_name: fields.ticked("show_name"),
        language: fields.get("language").to_owned(),
        zone: fields.get("zone").to_owned(),
        mail_broadcasts: fields.ticked("mail_broadcasts"),
        mail_duty: fields.ticked("mail_duty"),
        mail_activity: fields.ticked("mail_activity"),
        ..page
    };
    member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn pause_again(member: &Member, problem: Phrase) -> Response {
    let faults = vec![FormFault { field: "until", problem }];
    member.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page(member, &member.choices, faults))
}

/// The first moment after a day: `2026-12-24` in Berlin ends where the 25th begins there.
pub(crate) fn end_of_day(text: &str, zone: &Zone) -> Option<LogTime> {
    let day: Date = text.trim().parse().ok()?;
    let zone = TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC);
    let next = day.tomorrow().ok()?.to_zoned(zone).ok()?;
    u64::try_from(next.timestamp().as_millisecond()).ok().map(LogTime)
}

fn here(member: &Member) -> Route {
    Route::Settings { group: member.group }
}

/// The secret of a token for programs: what it is for is written in front of it, so that it is known where it turns up.
fn token_text(secret: [u8; 32]) -> String {
    format!("mic_{}", hex(&secret))
}

#[cfg(test)]
mod tests {
    use mic_engine::ids::LogTime;

    use super::{Zone, end_of_day};

    #[test]
    fn a_day_ends_in_the_members_zone() {
        let zone = |name: &str| Zone::parse(name).unwrap();
        assert_eq!(end_of_day("2026-12-24", &zone("UTC")), Some(LogTime(1_798_156_800_000)));
        assert_eq!(
            end_of_day("2026-12-24", &zone("Europe/Berlin")),
            Some(LogTime(1_798_153_200_000))
        );
        for text in ["", "24.12.2026", "2026-13-01", "9999-12-31", "0000-01-01", "x"] {
            assert_eq!(end_of_day(text, &zone("UTC")), None, "{text}");
        }
    }
}
