//! What a member decides alone: name, language, mails, pause, rest, leaving, erasing. Knows no proposal.

use axum::Json;
use mic_engine::command::MemberAct;
use mic_engine::ids::LogTime;
use serde::{Deserialize, Serialize};

use super::act::{Done, Nothing, Sure, done};
use super::body::Sent;
use super::caller::Insider;
use super::problem::{Answer, Problem};
use crate::contact::Choices;
use crate::text::name::Name;
use crate::web::fill::people::looks_taken;
use crate::words::{Language, Phrase, Zone};

/// What a member chose; sent whole, as it is read.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// 1 to 80 characters, or empty for none.
    name: String,
    show_name: bool,
    language: String,
    /// A zone of the IANA database.
    zone: String,
    mail_broadcasts: bool,
    mail_duty: bool,
    mail_activity: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pause {
    until: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rest {
    days: u32,
}

pub(super) async fn settings(insider: Insider) -> Answer<Settings> {
    let choices = Choices::of(&insider.record, &insider.state().roll, insider.slot);
    let person = &insider.record.person;
    Ok(Json(Settings {
        name: person.name.clone(),
        show_name: choices.show_name,
        language: person.language.clone(),
        zone: choices.zone,
        mail_broadcasts: choices.mail_broadcasts,
        mail_duty: choices.mail_duty,
        mail_activity: choices.mail_activity,
    }))
}

pub(super) async fn save_settings(
    insider: Insider,
    Sent(sent): Sent<Settings>,
) -> Answer<Settings> {
    let name = checked_name(&insider, &sent).await?;
    let language = Language::parse(&sent.language)
        .ok_or_else(|| Problem::field("/language", Phrase::new("api-language")))?;
    if Zone::parse(&sent.zone).is_none() {
        return Err(Problem::field("/zone", Phrase::new("fault-zone")));
    }
    let saved = Settings { name: name.clone(), language: language.tag().to_owned(), ..sent };
    let choices = Choices {
        show_name: saved.show_name,
        zone: saved.zone.clone(),
        mail_broadcasts: saved.mail_broadcasts,
        mail_duty: saved.mail_duty,
        mail_activity: saved.mail_activity,
    };
    let (group, slot, settings) = (insider.group, insider.slot, choices.write());
    let there = insider
        .app()
        .blocking(move |store| store.update_person(group, slot, &name, language.tag(), &settings));
    if there.await? { Ok(Json(saved)) } else { Err(Problem::NotFound) }
}

pub(super) async fn pause(insider: Insider, Sent(pause): Sent<Pause>) -> Answer<Done> {
    done(&insider, MemberAct::Pause { until: LogTime(pause.until) }).await
}

pub(super) async fn resume(insider: Insider, Sent(Nothing {}): Sent<Nothing>) -> Answer<Done> {
    done(&insider, MemberAct::Resume).await
}

pub(super) async fn rest(insider: Insider, Sent(rest): Sent<Rest>) -> Answer<Done> {
    done(&insider, MemberAct::Rest { days: rest.days }).await
}

pub(super) async fn leave(insider: Insider, Sent(sure): Sent<Sure>) -> Answer<Done> {
    sure.check()?;
    done(&insider, MemberAct::Leave).await
}

pub(super) async fn erase(insider: Insider, Sent(sure): Sent<Sure>) -> Answer<Done> {
    sure.check()?;
    done(&insider, MemberAct::Erase).await
}

/// The name as it is kept; nobody takes one that looks like another member's.
async fn checked_name(insider: &Insider, sent: &Settings) -> Result<String, Problem> {
    if sent.name.trim().is_empty() {
        return Ok(String::new());
    }
    let name = Name::parse(&sent.name)
        .map_err(|fault| Problem::field("/name", Phrase::new(fault.key())))?;
    let (slot, wanted) = (insider.slot, name.as_str().to_owned());
    let before = Choices::of(&insider.record, &insider.state().roll, slot);
    let shown_already = before.show_name && wanted == insider.record.person.name;
    if sent.show_name && !shown_already {
        let wanted = wanted.clone();
        let taken = insider.look(move |store, view| looks_taken(store, view, slot, &wanted));
        if taken.await? {
            return Err(Problem::field("/name", Phrase::new("fault-name-taken")));
        }
    }
    Ok(wanted)
}
