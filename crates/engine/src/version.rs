//! The version document: exactly what will be shown, in canonical form, so that its hash names it (spec/events.md).
//! Knows nothing of drafts and of how a text looks on a page.

mod content;

use std::collections::BTreeMap;

use mic_proof::encode::{self, Value};

use crate::charter::{Audience, Id, Process, ProposalKind};
use crate::command::{Profile, VersionDocument, VersionText};
use crate::refusal::Refusal;

pub(crate) use content::subject;
pub use content::{OPTION_CHARS_MAX, PLACE_CHARS_MAX};

/// Longest text of a proposal in bytes.
pub const BODY_BYTES_MAX: u32 = 65_536;
/// Longest version or profile document in bytes: the text and its escapes.
pub const DOCUMENT_BYTES_MAX: usize = 400_000;
/// Longest title and content warning in characters.
pub const TITLE_CHARS_MAX: u32 = 200;
/// Longest name of a group, and longest purpose, in characters.
pub const GROUP_NAME_CHARS_MAX: usize = 80;
pub const PURPOSE_CHARS_MAX: usize = 2_000;
/// Longest reason that all can read, and longest statement, in characters.
pub const WORDS_CHARS_MAX: u32 = 2_000;

/// The bytes of a version, or why the text is none.
pub fn to_bytes(
    process_id: &Id,
    process: &Process,
    text: &VersionText,
) -> Result<Vec<u8>, Refusal> {
    check(process, text)?;
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: &str| {
        fields.insert(name.to_owned(), Value::Text(value.to_owned()));
    };
    put("audience", text.audience.word());
    put("body", &text.body);
    put("kind", process.kind.word());
    put("process", process_id.as_str());
    put("title", text.title.trim());
    put("warning", text.warning.trim());
    content::write(&mut fields, &text.content);
    Ok(encode::encode(&Value::Map(fields)))
}

/// Reads a version document back; `None` if it is none.
pub fn from_bytes(bytes: &[u8]) -> Option<VersionDocument> {
    let Value::Map(mut fields) = encode::decode_limited(bytes, DOCUMENT_BYTES_MAX).ok()? else {
        return None;
    };
    let kind = ProposalKind::parse(&content::text(&mut fields, "kind")?)?;
    Some(VersionDocument {
        title: content::text(&mut fields, "title")?,
        body: content::text(&mut fields, "body")?,
        warning: content::text(&mut fields, "warning")?,
        audience: Audience::parse(&content::text(&mut fields, "audience")?)?,
        content: content::read(&mut fields, kind)?,
    })
}

/// The bytes of a reason or a statement, or why it is none.
pub fn words_to_bytes(kind: WordsKind, body: &str) -> Result<Vec<u8>, Refusal> {
    let body = body.trim();
    if body.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    if body.chars().count() > WORDS_CHARS_MAX as usize {
        return Err(Refusal::ReasonTooLong { chars_max: WORDS_CHARS_MAX });
    }
    if has_hostile_controls(body, true) {
        return Err(Refusal::TextHasControls);
    }
    let fields = [("body", body), ("kind", kind.word())];
    let fields = fields.map(|(name, value)| (name.to_owned(), Value::Text(value.to_owned())));
    Ok(encode::encode(&Value::Map(fields.into())))
}

/// Reads a reason or a statement back: its body.
pub fn words_from_bytes(bytes: &[u8]) -> Option<String> {
    let Value::Map(mut fields) = encode::decode_limited(bytes, DOCUMENT_BYTES_MAX).ok()? else {
        return None;
    };
    content::text(&mut fields, "body")
}

/// What short words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordsKind {
    /// Why somebody blocks, stands aside or objects.
    Reason,
    /// What the member of a removal says.
    Statement,
}

impl WordsKind {
    fn word(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Statement => "statement",
        }
    }
}

/// The bytes of a group's profile document, or why it is none.
pub fn profile_to_bytes(profile: &Profile) -> Result<Vec<u8>, Refusal> {
    let name_fits = (1..=GROUP_NAME_CHARS_MAX).contains(&profile.name.trim().chars().count());
    let purpose_fits = profile.purpose.chars().count() <= PURPOSE_CHARS_MAX;
    let language = profile.language.as_str();
    let language_fits = (2..=12).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let clean = !has_hostile_controls(&profile.name, false)
        && !has_hostile_controls(&profile.purpose, true);
    if !(name_fits && purpose_fits && language_fits && clean) {
        return Err(Refusal::ProfileInvalid);
    }
    let fields = [
        ("language", language),
        ("name", profile.name.trim()),
        ("purpose", profile.purpose.trim()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), Value::Text(value.to_owned())));
    Ok(encode::encode(&Value::Map(fields.into())))
}

/// Reads a profile document back.
pub fn profile_from_bytes(bytes: &[u8]) -> Option<Profile> {
    let Value::Map(mut fields) = encode::decode_limited(bytes, DOCUMENT_BYTES_MAX).ok()? else {
        return None;
    };
    let mut take = |name: &str| match fields.remove(name) {
        Some(Value::Text(text)) => Some(text),
        Some(Value::Bool(_) | Value::Int(_) | Value::List(_) | Value::Map(_)) | None => None,
    };
    Some(Profile { name: take("name")?, purpose: take("purpose")?, language: take("language")? })
}

fn check(process: &Process, text: &VersionText) -> Result<(), Refusal> {
    if text.content.kind() != process.kind {
        return Err(Refusal::WrongKind);
    }
    if !process.audiences.contains(&text.audience) {
        return Err(Refusal::AudienceNotAllowed);
    }
    if text.body.len() > BODY_BYTES_MAX as usize {
        return Err(Refusal::TextTooLong { bytes_max: BODY_BYTES_MAX });
    }
    if [&text.title, &text.warning].iter().any(|t| t.chars().count() > TITLE_CHARS_MAX as usize) {
        return Err(Refusal::TitleTooLong { chars_max: TITLE_CHARS_MAX });
    }
    if has_hostile_controls(&text.body, true)
        || has_hostile_controls(&text.title, false)
        || has_hostile_controls(&text.warning, false)
    {
        return Err(Refusal::TextHasControls);
    }
    // Who invites may leave the statement out; there is no title.
    let wordless = text.body.trim().is_empty() || text.title.trim().is_empty();
    if wordless && process.kind != ProposalKind::Admission {
        return Err(Refusal::TextEmpty);
    }
    content::check(process, &text.content)
}

/// Control characters and those that turn the direction of reading: a text must show as it is.
/// Line feeds and tabs are allowed where `lines` says so.
fn has_hostile_controls(text: &str, lines: bool) -> bool {
    text.chars().any(|c| match c {
        '\n' | '\t' => !lines,
        '\u{061c}' | '\u{200e}' | '\u{200f}' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        c => c.is_control(),
    })
}
