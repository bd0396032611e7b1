//! One mail, built in two steps: a `Template` is made once for a broadcast or a notice and encodes all
//! that its recipients share; filling it for one of them copies those bytes and writes the few that
//! differ. It does not know why a mail is sent, nor how it travels.
//!
//! The shape: RFC 5322 header, `multipart/alternative` of text and HTML, both quoted-printable, so the
//! whole mail is ASCII with lines of at most 998 bytes; attachments in base64 around it.

/// Header fields: what may stand in one, dates, Message-IDs.
mod header;
/// The encoded parts: text, HTML, attachments.
mod parts;

use crate::address::Address;
use crate::plan::UnixMs;
use bytes::Bytes;

pub use header::{
    LINK_BYTES_MAX, MessageId, MessageIdKey, SUBJECT_BYTES_MAX, THREAD_IDS_MAX, message_id,
};
pub use parts::{ATTACHMENTS_BYTES_MAX, Attachment, PASSAGE_BYTES_MAX, personal_marker};

/// What all recipients of one mail share.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Display name of the sender, such as the group's name.
    pub from_name: &'a str,
    pub from: &'a Address,
    pub reply_to: Option<&'a Address>,
    pub subject: &'a str,
    pub date: UnixMs,
    /// Set for mail to a whole group: names the list (RFC 2919) and adds `Precedence: list`.
    pub list: Option<List<'a>>,
    /// Plain text. `personal_marker(n)` in it stands for the recipient's nth personal string.
    pub text: &'a str,
    /// HTML, already cleaned. Personal strings are escaped when they are filled in.
    pub html: &'a str,
    pub attachments: &'a [Attachment],
}

/// `List-Id: name <id>`; the id looks like a host name, `rivers.example.org`.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    pub name: &'a str,
    pub id: &'a str,
}

/// What differs from one recipient to the next.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    pub to: &'a Address,
    pub message_id: &'a MessageId,
    /// Mails this one answers, oldest first; the last becomes In-Reply-To.
    pub thread: &'a [MessageId],
    /// One-click unsubscription (RFC 8058) when it is https; a plain `List-Unsubscribe` when it is http,
    /// which only a server on the operator's own machine has.
    pub unsubscribe: Option<&'a str>,
    /// What `personal_marker(0)`, `personal_marker(1)` … stand for.
    pub personal: &'a [&'a str],
}

/// The rules of a mail say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefusal {
    #[error("{field} contains a line break, a control or a direction character")]
    ControlCharacter { field: &'static str },
    #[error("{field} is empty")]
    Empty { field: &'static str },
    #[error("{field} is longer than {max} bytes")]
    TooLong { field: &'static str, max: usize },
    #[error("{field} does not have the form it must have")]
    Form { field: &'static str },
    #[error("the mail wants a personal string number {wanted} and has {given}")]
    PersonalMissing { wanted: usize, given: usize },
}

/// A mail with its shared bytes encoded and gaps where recipients differ.
#[derive(Clone, Debug)]
pub struct Template {
    pieces: Vec<Piece>,
    shared_bytes: usize,
    personal_count: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Shared(Vec<u8>),
    To,
    Identity,
    Unsubscribe,
    PersonalText(usize),
    PersonalHtml(usize),
}

impl Template {
    /// Checks and encodes all that is shared.
    pub fn new(draft: &Draft<'_>) -> Result<Self, MessageRefusal> {
        let mut pieces = Vec::new();
        header::push_header(&mut pieces, draft)?;
        parts::push_parts(&mut pieces, draft)?;
        let mut shared_bytes = 0;
        let mut personal_count = 0;
        for piece in &pieces {
            match piece {
                Piece::Shared(bytes) => shared_bytes += bytes.len(),
                Piece::PersonalText(index) | Piece::PersonalHtml(index) => {
                    personal_count = personal_count.max(index + 1);
                }
                Piece::To | Piece::Identity | Piece::Unsubscribe => {}
            }
        }
        Ok(Self { pieces, shared_bytes, personal_count })
    }

    /// The complete mail for one recipient, lines ended by CRLF.
    pub fn fill(&self, recipient: &Recipient<'_>) -> Result<Bytes, MessageRefusal> {
        let given = recipient.personal.len();
        if given < self.personal_count {
            return Err(MessageRefusal::PersonalMissing { wanted: self.personal_count, given });
        }
        for personal in recipient.personal {
            header::check_text("a personal string", personal, LINK_BYTES_MAX)?;
        }
        let mut out = Vec::with_capacity(self.shared_bytes + 1_024);
        for piece in &self.pieces {
            match piece {
                Piece::Shared(bytes) => out.extend_from_slice(bytes),
                Piece::To => header::write_to(&mut out, recipient.to),
                Piece::Identity => header::write_identity(&mut out, recipient)?,
                Piece::Unsubscribe => header::write_unsubscribe(&mut out, recipient.unsubscribe)?,
                Piece::PersonalText(index) => {
                    parts::write_personal_text(&mut out, recipient.personal[*index]);
                }
                Piece::PersonalHtml(index) => {
                    parts::write_personal_html(&mut out, recipient.personal[*index]);
                }
            }
        }
        Ok(Bytes::from(out))
    }
}
