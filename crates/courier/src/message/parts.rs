//! The body of a mail: text and HTML as alternatives, attachments around them, and the gaps for personal
//! strings inside. It does not know the header's rules.

use super::{Draft, MessageRefusal, Piece};
use crate::encoding::{base64_lines, quoted_printable};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Longest text or HTML part, in bytes before encoding.
pub const PASSAGE_BYTES_MAX: usize = 1 << 20;
/// All attachments of one mail together, in bytes before encoding.
pub const ATTACHMENTS_BYTES_MAX: usize = 1 << 20;
/// Longest name of an attached file, in bytes.
const FILE_NAME_BYTES_MAX: usize = 64;
/// Most personal strings of one mail.
const PERSONAL_MAX: usize = 10;

/// Frames a marker. A control character, so no cleaned text that a person typed can contain one.
const MARKER_FRAME: char = '\u{1}';

/// One attached file. The name is ASCII letters, digits, dots, hyphens and underscores.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub file_name: String,
    /// Such as `application/json`.
    pub media_type: String,
    pub data: Vec<u8>,
}

/// What stands in a draft's text or HTML for the nth personal string of each recipient (0 to 9).
pub fn personal_marker(index: u8) -> String {
    format!("{MARKER_FRAME}{index}{MARKER_FRAME}")
}

pub(super) fn push_parts(pieces: &mut Vec<Piece>, draft: &Draft<'_>) -> Result<(), MessageRefusal> {
    check_attachments(draft.attachments)?;
    let boundary = boundary(draft);
    let has_attachments = !draft.attachments.is_empty();
    let mut opening = String::new();
    if has_attachments {
        let _ = write!(
            opening,
            "Content-Type: multipart/mixed;\r\n boundary=\"{boundary}-m\"\r\n\r\n--{boundary}-m\r\n"
        );
    }
    let _ = write!(
        opening,
        "Content-Type: multipart/alternative;\r\n boundary=\"{boundary}-a\"\r\n\r\n"
    );
    push_passage_opening(&mut opening, &boundary, "plain");
    pieces.push(Piece::Shared(opening.into_bytes()));
    push_passage(pieces, "the text", draft.text, Piece::PersonalText)?;
    let mut between = String::from("\r\n");
    push_passage_opening(&mut between, &boundary, "html");
    pieces.push(Piece::Shared(between.into_bytes()));
    push_passage(pieces, "the HTML", draft.html, Piece::PersonalHtml)?;
    let mut closing = format!("\r\n--{boundary}-a--\r\n").into_bytes();
    for attachment in draft.attachments {
        let Attachment { file_name, media_type, data } = attachment;
        let opening = format!(
            "\r\n--{boundary}-m\r\nContent-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"{file_name}\"\r\n\r\n"
        );
        closing.extend_from_slice(opening.as_bytes());
        base64_lines(&mut closing, data);
    }
    if has_attachments {
        closing.extend_from_slice(format!("\r\n--{boundary}-m--\r\n").as_bytes());
    }
    pieces.push(Piece::Shared(closing));
    Ok(())
}

pub(super) fn write_personal_text(out: &mut Vec<u8>, personal: &str) {
    quoted_printable(out, personal);
}

pub(super) fn write_personal_html(out: &mut Vec<u8>, personal: &str) {
    let mut escaped = String::with_capacity(personal.len() + 16);
    for character in personal.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            plain => escaped.push(plain),
        }
    }
    quoted_printable(out, &escaped);
}

fn push_passage_opening(out: &mut String, boundary: &str, subtype: &str) {
    let _ = write!(
        out,
        "--{boundary}-a\r\nContent-Type: text/{subtype}; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    );
}

/// Encodes one part, cut at its markers. Every cut falls at a soft line break, so the shared pieces never
/// need to be encoded again whatever length the personal ones have.
fn push_passage(
    pieces: &mut Vec<Piece>,
    field: &'static str,
    source: &str,
    personal: fn(usize) -> Piece,
) -> Result<(), MessageRefusal> {
    if source.len() > PASSAGE_BYTES_MAX {
        return Err(MessageRefusal::TooLong { field, max: PASSAGE_BYTES_MAX });
    }
    // Split at the frames, every second run is the inside of a marker.
    let mut is_marker = false;
    let mut runs = source.split(MARKER_FRAME).peekable();
    while let Some(run) = runs.next() {
        let is_last = runs.peek().is_none();
        if is_marker {
            let index = run.parse::<usize>().ok().filter(|index| *index < PERSONAL_MAX);
            let index = index.filter(|_| !is_last);
            pieces.push(personal(index.ok_or(MessageRefusal::ControlCharacter { field })?));
        } else {
            let mut encoded = Vec::with_capacity(run.len() + run.len() / 8);
            quoted_printable(&mut encoded, &checked_run(field, run)?);
            if is_last && !run.ends_with('\n') {
                // A part must not end inside a soft line break.
                encoded.extend_from_slice(b"\r\n");
            }
            pieces.push(Piece::Shared(encoded));
        }
        is_marker = !is_marker;
    }
    Ok(())
}

/// Line breaks and tabs are the only control characters of a body.
fn checked_run(field: &'static str, run: &str) -> Result<String, MessageRefusal> {
    let run = run.replace("\r\n", "\n");
    let is_clean =
        run.chars().all(|character| matches!(character, '\n' | '\t') || !character.is_control());
    if is_clean { Ok(run) } else { Err(MessageRefusal::ControlCharacter { field }) }
}

fn check_attachments(attachments: &[Attachment]) -> Result<(), MessageRefusal> {
    let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_token = |token: &str| {
        !token.is_empty()
            && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte))
    };
    for Attachment { file_name, media_type, .. } in attachments {
        let field = "the name of an attachment";
        if file_name.len() > FILE_NAME_BYTES_MAX {
            return Err(MessageRefusal::TooLong { field, max: FILE_NAME_BYTES_MAX });
        }
        if file_name.is_empty() || !file_name.bytes().all(is_name_byte) {
            return Err(MessageRefusal::Form { field });
        }
        let has_type = media_type
            .split_once('/')
            .is_some_and(|(main, sub)| is_token(main) && is_token(sub) && media_type.len() <= 100);
        if !has_type {
            return Err(MessageRefusal::Form { field: "the media type of an attachment" });
        }
    }
    let total: usize = attachments.iter().map(|attachment| attachment.data.len()).sum();
    if total > ATTACHMENTS_BYTES_MAX {
        let max = ATTACHMENTS_BYTES_MAX;
        return Err(MessageRefusal::TooLong { field: "the attachments", max });
    }
    Ok(())
}

/// `=_` can stand neither in quoted-printable nor in base64, so no content can imitate the boundary.
fn boundary(draft: &Draft<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(draft.text);
    hash.update(b"\n");
    hash.update(draft.html);
    let mut boundary = String::from("=_");
    for byte in &hash.finalize()[..12] {
        let _ = write!(boundary, "{byte:02x}");
    }
    boundary
}
