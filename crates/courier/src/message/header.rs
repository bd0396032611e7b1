//! The header of a mail: which characters may stand in it, dates, Message-IDs and list fields.
//! It does not know the body.

use super::{Draft, List, MessageRefusal, Piece, Recipient};
use crate::address::Address;
use crate::encoding::header_text;
use crate::plan::UnixMs;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Longest subject, in bytes before encoding.
pub const SUBJECT_BYTES_MAX: usize = 400;
/// Longest display name, in bytes before encoding.
const NAME_BYTES_MAX: usize = 200;
/// Longest List-Id, in bytes (RFC 2919, section 2).
const LIST_ID_BYTES_MAX: usize = 254;
/// Longest link or other personal string; with its field name it fits into a line of 998 bytes.
pub const LINK_BYTES_MAX: usize = 900;
/// Longest host in a Message-ID, in bytes.
const HOST_BYTES_MAX: usize = 253;
/// Most Message-IDs in a References field.
pub const THREAD_IDS_MAX: usize = 10;

/// The identity of one mail, without angle brackets: `f00d…@host`. Says nothing about anybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

impl MessageId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What Message-IDs are made with, one for each sender of news; 32 secret bytes. Whoever gets a mail knows the news and could try all
/// members; without the key nobody can tell whose copy a mail is.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageIdKey([u8; 32]);

impl MessageIdKey {
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }
}

impl std::fmt::Debug for MessageIdKey {
    /// A key is never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MessageIdKey(hidden)")
    }
}

/// The fixed Message-ID of one delivery: the same arguments always give the same id, so that a copy
/// sent again after a crash can be recognised as the same mail.
///
/// `source` names the broadcast or notice, `member` is the roll slot, `channel` such as `email`. The
/// left side is the first 20 bytes of `SHA-256("mic-check/message-id/v2\n" ‖ key ‖ u64be(len source) ‖
/// source ‖ u64be(member) ‖ channel)` in hex. Cut off as it is, nobody can append to what was hashed.
pub fn message_id(
    key: &MessageIdKey,
    source: &str,
    member: u64,
    channel: &str,
    host: &str,
) -> Result<MessageId, MessageRefusal> {
    check_host("the host of a Message-ID", host, HOST_BYTES_MAX)?;
    let mut hash = Sha256::new();
    hash.update(b"mic-check/message-id/v2\n");
    hash.update(key.0);
    hash.update((source.len() as u64).to_be_bytes());
    hash.update(source);
    hash.update(member.to_be_bytes());
    hash.update(channel);
    let mut id = String::with_capacity(41 + host.len());
    for byte in &hash.finalize()[..20] {
        let _ = write!(id, "{byte:02x}");
    }
    id.push('@');
    id.push_str(host);
    Ok(MessageId(id))
}

/// Writes the shared fields and leaves gaps for the personal ones.
pub(super) fn push_header(
    pieces: &mut Vec<Piece>,
    draft: &Draft<'_>,
) -> Result<(), MessageRefusal> {
    let mut out = Vec::new();
    out.extend_from_slice(b"Date: ");
    out.extend_from_slice(date(draft.date).as_bytes());
    out.extend_from_slice(b"\r\nFrom: ");
    write_name(&mut out, "the sender's name", draft.from_name)?;
    write_field_end(&mut out, draft.from.as_str());
    pieces.push(Piece::Shared(std::mem::take(&mut out)));
    pieces.push(Piece::To);
    if let Some(reply_to) = draft.reply_to {
        out.extend_from_slice(b"Reply-To: <");
        out.extend_from_slice(reply_to.as_str().as_bytes());
        out.extend_from_slice(b">\r\n");
    }
    if draft.subject.is_empty() {
        return Err(MessageRefusal::Empty { field: "the subject" });
    }
    check_text("the subject", draft.subject, SUBJECT_BYTES_MAX)?;
    out.extend_from_slice(b"Subject: ");
    header_text(&mut out, draft.subject, SUBJECT_BYTES_MAX);
    out.extend_from_slice(b"\r\n");
    pieces.push(Piece::Shared(std::mem::take(&mut out)));
    pieces.push(Piece::Identity);
    if let Some(list) = draft.list {
        write_list(&mut out, list)?;
        pieces.push(Piece::Shared(std::mem::take(&mut out)));
    }
    pieces.push(Piece::Unsubscribe);
    pieces.push(Piece::Shared(b"Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n".to_vec()));
    Ok(())
}

pub(super) fn write_to(out: &mut Vec<u8>, to: &Address) {
    out.extend_from_slice(b"To: <");
    out.extend_from_slice(to.as_str().as_bytes());
    out.extend_from_slice(b">\r\n");
}

/// Message-ID, and In-Reply-To with References where the mail continues a thread.
pub(super) fn write_identity(
    out: &mut Vec<u8>,
    recipient: &Recipient<'_>,
) -> Result<(), MessageRefusal> {
    out.extend_from_slice(b"Message-ID: <");
    out.extend_from_slice(recipient.message_id.0.as_bytes());
    out.extend_from_slice(b">\r\n");
    if recipient.thread.len() > THREAD_IDS_MAX {
        return Err(MessageRefusal::TooLong { field: "the thread", max: THREAD_IDS_MAX });
    }
    let Some(parent) = recipient.thread.last() else { return Ok(()) };
    out.extend_from_slice(b"In-Reply-To: <");
    out.extend_from_slice(parent.0.as_bytes());
    out.extend_from_slice(b">\r\nReferences:");
    for id in recipient.thread {
        out.extend_from_slice(b"\r\n <");
        out.extend_from_slice(id.0.as_bytes());
        out.push(b'>');
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// List-Unsubscribe (RFC 2369), with the one-click form (RFC 8058) where the link is https.
pub(super) fn write_unsubscribe(
    out: &mut Vec<u8>,
    link: Option<&str>,
) -> Result<(), MessageRefusal> {
    let Some(link) = link else { return Ok(()) };
    let field = "the link to unsubscribe";
    check_text(field, link, LINK_BYTES_MAX)?;
    let is_https = link.starts_with("https://");
    let is_clean = link.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\",\\".contains(&byte));
    if !is_clean || !(is_https || link.starts_with("http://")) {
        return Err(MessageRefusal::Form { field });
    }
    out.extend_from_slice(b"List-Unsubscribe: <");
    out.extend_from_slice(link.as_bytes());
    out.extend_from_slice(b">\r\n");
    if is_https {
        out.extend_from_slice(b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
    Ok(())
}

/// Refuses text that is too long or that could end a line, start a field or turn the reading direction.
pub(super) fn check_text(
    field: &'static str,
    text: &str,
    max: usize,
) -> Result<(), MessageRefusal> {
    if text.len() > max {
        return Err(MessageRefusal::TooLong { field, max });
    }
    if text.chars().any(is_forbidden) {
        return Err(MessageRefusal::ControlCharacter { field });
    }
    Ok(())
}

/// Control characters (Unicode Cc: CR, LF, NUL and the others), direction marks, overrides and isolates,
/// line and paragraph separators, the byte order mark, annotation marks and tag characters.
/// Joiners stay: Persian and many emoji need them.
fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn write_list(out: &mut Vec<u8>, list: List<'_>) -> Result<(), MessageRefusal> {
    check_host("the list id", list.id, LIST_ID_BYTES_MAX)?;
    out.extend_from_slice(b"List-Id: ");
    write_name(out, "the list's name", list.name)?;
    write_field_end(out, list.id);
    out.extend_from_slice(b"Precedence: list\r\n");
    Ok(())
}

/// A display name as a bare phrase of RFC 5322 where its letters allow it, else as encoded words.
fn write_name(out: &mut Vec<u8>, field: &'static str, name: &str) -> Result<(), MessageRefusal> {
    check_text(field, name, NAME_BYTES_MAX)?;
    let is_phrase = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
    header_text(out, name, if is_phrase { NAME_BYTES_MAX } else { 0 });
    Ok(())
}

fn write_field_end(out: &mut Vec<u8>, inside: &str) {
    // On a line of its own: encoded words before it may fill theirs.
    out.extend_from_slice(b"\r\n <");
    out.extend_from_slice(inside.as_bytes());
    out.extend_from_slice(b">\r\n");
}

fn check_host(field: &'static str, host: &str, max: usize) -> Result<(), MessageRefusal> {
    if host.len() > max {
        return Err(MessageRefusal::TooLong { field, max });
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if host.split('.').all(is_label) { Ok(()) } else { Err(MessageRefusal::Form { field }) }
}

/// `Sat, 21 Nov 2026 05:00:00 +0000` (RFC 5322, section 3.3), always in UTC.
fn date(at: UnixMs) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = at.0 / 1_000;
    let days = seconds / 86_400;
    // Years are counted from March, so the leap day comes last; 719,468 days lie between
    // 0000-03-01 and 1970-01-01, 146,097 make 400 years.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month_index = (march_month + 2) % 12;
    let year = era * 400 + year_of_era + u64::from(march_month >= 10);
    let weekday = usize::try_from(days % 7).unwrap_or_default();
    let month = usize::try_from(month_index).unwrap_or_default();
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!(
        "{}, {day:02} {} {year:04} {hour:02}:{minute:02}:{second:02} +0000",
        DAYS[weekday], MONTHS[month]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (ms, expected) in [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
            (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_709_164_799_999, "Wed, 28 Feb 2024 23:59:59 +0000"),
            (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 +0000"),
            (1_795_237_532_000, "Sat, 21 Nov 2026 05:05:32 +0000"),
            (4_102_444_799_000, "Thu, 31 Dec 2099 23:59:59 +0000"),
        ] {
            assert_eq!(date(UnixMs(ms)), expected);
        }
    }
}
