//! The part of a version document that is particular to a kind of proposal: its checks, its fields, and what of it the entry names.
//! Knows nothing of members and broadcasts: whether they exist is asked elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use mic_proof::count::{OPTIONS_MAX, OPTIONS_MIN};
use mic_proof::encode::Value;
use mic_proof::hash::{Hash, sha256};

use super::has_hostile_controls;
use crate::charter::{Process, ProposalKind, Rule};
use crate::command::Content;
use crate::event::Subject;
use crate::ids::{CandidateId, LOG_TIME_MAX, LogTime, Number, Slot};
use crate::refusal::Refusal;

/// Longest option of a decision, and longest place of an action, in characters.
pub const OPTION_CHARS_MAX: u32 = 200;
pub const PLACE_CHARS_MAX: u32 = 200;
/// Most that an action may want.
const WANTED_MAX: u32 = 10_000_000;

type Fields = BTreeMap<String, Value>;

pub(super) fn check(process: &Process, content: &Content) -> Result<(), Refusal> {
    match content {
        Content::Message
        | Content::Admission { .. }
        | Content::Removal { .. }
        | Content::Recall { .. }
        | Content::Amendment { .. } => Ok(()),
        Content::Decision { options } => check_options(process, options),
        Content::Action { starts, ends, place, wanted } => {
            let right = starts < ends
                && *ends <= LOG_TIME_MAX
                && place.chars().count() <= PLACE_CHARS_MAX as usize
                && !has_hostile_controls(place, false)
                && (1..=WANTED_MAX).contains(wanted);
            if right { Ok(()) } else { Err(Refusal::ActionInvalid) }
        }
    }
}

/// A process with a yes-or-no vote wants none, one with another vote 2 or more; without a vote there is nothing to choose from.
fn check_options(process: &Process, options: &[String]) -> Result<(), Refusal> {
    let wanted = process
        .stages
        .values()
        .any(|stage| matches!(&stage.rule, Rule::Vote(vote) if vote.method.has_options()));
    if !wanted {
        return if options.is_empty() { Ok(()) } else { Err(Refusal::OptionsNotWanted) };
    }
    let count = u32::try_from(options.len()).unwrap_or(u32::MAX);
    let right = (OPTIONS_MIN..=OPTIONS_MAX).contains(&count)
        && options.iter().all(|option| {
            let chars = option.chars().count();
            (1..=OPTION_CHARS_MAX as usize).contains(&chars)
                && option.trim() == option
                && !has_hostile_controls(option, false)
        })
        && options.iter().collect::<BTreeSet<_>>().len() == options.len();
    if right { Ok(()) } else { Err(Refusal::OptionsInvalid { max: OPTIONS_MAX }) }
}

/// What the entry names of it: what its effect needs.
pub(crate) fn subject(content: &Content) -> Option<Subject> {
    match content {
        Content::Message | Content::Admission { .. } | Content::Action { .. } => None,
        Content::Removal { member } => Some(Subject::Number(member.0)),
        Content::Recall { number, .. } => Some(Subject::Number(number.0)),
        Content::Amendment { charter } => Some(Subject::Charter(sha256(charter.as_bytes()))),
        Content::Decision { options } => {
            Some(Subject::Number(u32::try_from(options.len()).unwrap_or(u32::MAX)))
        }
    }
}

pub(super) fn write(fields: &mut Fields, content: &Content) {
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    match content {
        Content::Message => {}
        Content::Admission { candidate } => put("candidate", Value::Text(candidate.to_string())),
        Content::Removal { member } => put("member", Value::Int(member.0.into())),
        Content::Recall { number, erase } => {
            put("broadcast", Value::Int(number.0.into()));
            put("erase", Value::Bool(*erase));
        }
        Content::Amendment { charter } => {
            put("charter", Value::Text(sha256(charter.as_bytes()).to_string()));
        }
        Content::Decision { options } => {
            let options = options.iter().map(|option| Value::Text(option.clone())).collect();
            put("options", Value::List(options));
        }
        Content::Action { starts, ends, place, wanted } => {
            let moment = |at: &LogTime| Value::Int(i64::try_from(at.0).unwrap_or(i64::MAX));
            put("starts", moment(starts));
            put("ends", moment(ends));
            put("place", Value::Text(place.clone()));
            put("wanted", Value::Int((*wanted).into()));
        }
    }
}

pub(super) fn read(fields: &mut Fields, kind: ProposalKind) -> Option<Content<Hash>> {
    Some(match kind {
        ProposalKind::Message => Content::Message,
        ProposalKind::Admission => {
            Content::Admission { candidate: CandidateId::parse(&text(fields, "candidate")?)? }
        }
        ProposalKind::Removal => Content::Removal { member: Slot(small(fields, "member")?) },
        ProposalKind::Recall => Content::Recall {
            number: Number(small(fields, "broadcast")?),
            erase: flag(fields, "erase")?,
        },
        ProposalKind::Amendment => {
            Content::Amendment { charter: text(fields, "charter")?.parse().ok()? }
        }
        ProposalKind::Decision => Content::Decision { options: texts(fields, "options")? },
        ProposalKind::Action => Content::Action {
            starts: LogTime(number(fields, "starts")?),
            ends: LogTime(number(fields, "ends")?),
            place: text(fields, "place")?,
            wanted: small(fields, "wanted")?,
        },
    })
}

pub(super) fn text(fields: &mut Fields, name: &str) -> Option<String> {
    fields.remove(name)?.as_text().map(str::to_owned)
}

fn texts(fields: &mut Fields, name: &str) -> Option<Vec<String>> {
    let value = fields.remove(name)?;
    value.as_list()?.iter().map(|text| text.as_text().map(str::to_owned)).collect()
}

fn flag(fields: &mut Fields, name: &str) -> Option<bool> {
    match fields.remove(name)? {
        Value::Bool(flag) => Some(flag),
        Value::Int(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => None,
    }
}

fn number(fields: &mut Fields, name: &str) -> Option<u64> {
    match fields.remove(name)? {
        Value::Int(number) => u64::try_from(number).ok(),
        Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => None,
    }
}

fn small(fields: &mut Fields, name: &str) -> Option<u32> {
    u32::try_from(number(fields, name)?).ok()
}
