//! Founding a group. Everything is checked first; then all of it is done, or nothing. Knows no form and no file.

use std::collections::BTreeSet;

use axum::Json;
use http::StatusCode;
use mic_courier::address::Address;
use mic_engine::append::Person;
use mic_engine::command::Profile;
use mic_store::contract::email_key;
use serde::{Deserialize, Serialize};

use super::body::Sent;
use super::caller::Caller;
use super::problem::Problem;
use crate::app::NewGroup;
use crate::text::name::Name;
use crate::web::GateKind;
use crate::web::limits::{FOUND_BYTES_MAX, PURPOSE_CHARACTERS_MAX, ROWS_MAX};
use crate::web::ready::{CHARTER_DEFAULT, Ready};
use crate::words::{Language, Phrase};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Founding {
    name: String,
    #[serde(default)]
    purpose: String,
    language: String,
    /// TOML (`spec/charter.md`).
    charter: Option<String>,
    /// The name of a charter that comes with the program, in place of `charter`.
    ready: Option<String>,
    members: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    name: String,
    email: String,
    language: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Founded {
    group: String,
}

pub(super) async fn found(
    caller: Caller,
    Sent(founding): Sent<Founding, FOUND_BYTES_MAX>,
) -> Result<(StatusCode, Json<Founded>), Problem> {
    if caller.site.demo().is_some() {
        return Err(Problem::NotFound);
    }
    let founding = check(founding)?;
    caller.pass(GateKind::Found)?;
    let group = caller.app().found(Some(caller.key()), founding).await?;
    Ok((StatusCode::CREATED, Json(Founded { group: group.to_string() })))
}

fn check(founding: Founding) -> Result<NewGroup, Problem> {
    let name = name("/name", &founding.name)?;
    let purpose = founding.purpose.trim().to_owned();
    if purpose.chars().count() > PURPOSE_CHARACTERS_MAX {
        let what = Phrase::new("fault-long").number("max", count(PURPOSE_CHARACTERS_MAX));
        return Err(Problem::field("/purpose", what));
    }
    if founding.members.len() > ROWS_MAX {
        let what = Phrase::new("refusal-too-many-members").number("max", count(ROWS_MAX));
        return Err(Problem::field("/members", what));
    }
    let language = language("/language", &founding.language)?;
    let profile = Profile { name, purpose, language: language.tag().to_owned() };
    let charter_text = charter(founding.charter, founding.ready.as_deref())?;
    Ok(NewGroup { profile, charter_text, members: people(founding.members, language)? })
}

/// The rules as they were sent, or those that come with the program under this name; without either the usual ones.
fn charter(text: Option<String>, ready: Option<&str>) -> Result<String, Problem> {
    let unknown = || Problem::field("/ready", Phrase::new("api-ready"));
    match (text, ready) {
        (Some(text), None) => Ok(text),
        (Some(_), Some(_)) => Err(unknown()),
        (None, name) => {
            let found = Ready::find(name.unwrap_or(CHARTER_DEFAULT)).ok_or_else(unknown)?;
            Ok(found.text.to_owned())
        }
    }
}

/// Everybody once, and no two whose names look alike.
fn people(members: Vec<Member>, first: Language) -> Result<Vec<Person>, Problem> {
    let (mut addresses, mut looks) = (BTreeSet::new(), BTreeSet::new());
    let mut people = Vec::with_capacity(members.len());
    for (at, member) in members.into_iter().enumerate() {
        let field = |field: &str| format!("/members/{at}/{field}");
        let name = name(&field("name"), &member.name)?;
        let alike = Name::parse(&name).is_ok_and(|name| !looks.insert(name.skeleton()));
        if alike {
            let what = Phrase::new("row-problem-looks_like_another");
            return Err(Problem::field(field("name"), what));
        }
        let address = Address::parse(member.email.trim())
            .map_err(|_| Problem::field(field("email"), Phrase::new("fault-address")))?;
        if !addresses.insert(email_key(address.as_str())) {
            return Err(Problem::field(field("email"), Phrase::new("row-problem-twice")));
        }
        let language = match &member.language {
            Some(tag) => language(&field("language"), tag)?,
            None => first,
        };
        let (email, language) = (address.as_str().to_owned(), language.tag().to_owned());
        people.push(Person { name, email, language });
    }
    Ok(people)
}

fn name(field: &str, typed: &str) -> Result<String, Problem> {
    let name = Name::parse(typed);
    let name = name.map_err(|fault| Problem::field(field, Phrase::new(fault.key())))?;
    Ok(name.as_str().to_owned())
}

fn language(field: &str, tag: &str) -> Result<Language, Problem> {
    Language::parse(tag).ok_or_else(|| Problem::field(field, Phrase::new("api-language")))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
