//! Mails: one view each, shown as text and as HTML from the same blocks, so that the two halves say the same.
//! Knows no SMTP and no header but the subject: List-Id, Message-ID and the rest belong to whoever sends.

mod asking;
mod duty;
mod membership;
mod news;

pub use asking::{ActionMail, AmendedMail, AskedMail, RemovalMail};
pub use duty::{CoSignReminder, JuryReminder, Summons, VersionChanged};
pub use membership::{InvitationMail, SignInMail, Welcome};
pub use news::{BroadcastMail, Closed, VerdictMail};

use std::fmt::Write as _;

use mic_engine::ids::GroupId;
use minijinja::value::Serde;
use serde::Serialize;

use super::parts::Audience;
use super::route::{Origin, Route};
use super::start::SAMPLE_NOW;
use super::templates;
use crate::text::{Html, markdown};
use crate::words::{Arg, Language, Moment, Words, Zone};

/// A mail ready to be sent: subject without line breaks, both halves complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Who gets the mail, when, and under which address the site is found.
#[derive(Clone, Debug)]
pub struct MailReader {
    pub language: Language,
    pub zone: Zone,
    pub now: Moment,
    pub origin: Origin,
    /// Token of the link that ends mails of this kind; `None` for mails that were asked for (sign-in, invitation).
    pub unsubscribe: Option<String>,
}

/// The group a mail is about.
#[derive(Clone, Debug)]
pub struct MailGroup {
    pub id: GroupId,
    pub name: String,
}

/// A mail before it is shown.
#[derive(Clone, Debug)]
pub struct Letter {
    pub subject: String,
    pub blocks: Vec<Block>,
}

/// One piece of a mail.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Block {
    Paragraph {
        text: String,
    },
    /// A button, and in text a link on a line of its own.
    Action {
        label: String,
        link: String,
    },
    /// Digits to type.
    Code {
        code: String,
    },
    List {
        lines: Vec<String>,
    },
    Message {
        title: String,
        warning: String,
        html: Html,
        #[serde(skip)]
        plain: String,
    },
    Changes {
        html: Html,
        #[serde(skip)]
        plain: String,
    },
    /// Small print at the end.
    Small {
        text: String,
        link: String,
    },
}

/// A mail's view. `samples` are what tests and the gallery render.
pub trait MailView: Sized {
    fn letter(&self, reader: &MailReader) -> Letter;

    fn samples() -> Vec<(&'static str, Self)>;
}

/// Shows a mail in the reader's language.
pub fn render<V: MailView>(reader: &MailReader, view: &V) -> Mail {
    let mut letter = view.letter(reader);
    if let Some(token) = &reader.unsubscribe {
        letter.blocks.push(Block::Small {
            text: reader.say("mail-unsubscribe", &[]),
            link: reader.link(&Route::Unsubscribe { token: token.clone() }),
        });
    }
    // Names cannot hold line breaks; should one come this far, it must not become a header.
    let subject: String =
        letter.subject.chars().filter(|character| !character.is_control()).collect();
    let html = templates::render(
        "mail.html",
        &minijinja::context! {
            language => reader.language.tag(),
            zone => reader.zone.name(),
            now => Serde(reader.now),
            subject => subject.as_str(),
            blocks => Serde(&letter.blocks),
        },
    );
    Mail { text: as_text(&letter.blocks), html, subject }
}

impl MailReader {
    pub fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    fn say(&self, key: &str, arguments: &[(&str, Arg)]) -> String {
        self.words().say(key, arguments)
    }

    fn link(&self, route: &Route) -> String {
        self.origin.link(route)
    }

    fn when(&self, moment: Moment) -> Arg {
        Arg::Text(self.words().when(moment, &self.zone))
    }

    fn left(&self, until: Moment) -> Arg {
        Arg::Text(self.words().left(until, self.now))
    }

    pub(super) fn sample(language: Language) -> Self {
        Self {
            language,
            zone: Zone::parse("Europe/Berlin").unwrap_or_default(),
            now: SAMPLE_NOW,
            origin: Origin::new("https://mic.example.org"),
            unsubscribe: Some("cd".repeat(16)),
        }
    }
}

impl MailGroup {
    /// `[Group] what it is about`: the part in brackets is there to be filtered by.
    fn subject(&self, rest: &str) -> String {
        format!("[{}] {rest}", self.name)
    }

    fn sample() -> Self {
        Self { id: GroupId([7; 16]), name: "Tram Workers".to_owned() }
    }
}

impl Block {
    fn paragraph(text: String) -> Self {
        Self::Paragraph { text }
    }

    /// A message as it would stand on a page. A text over the limit was refused long before; it is then only linked.
    fn message(title: &str, warning: &str, source: &str) -> Self {
        Self::Message {
            title: title.to_owned(),
            warning: warning.to_owned(),
            html: markdown::to_html(source).unwrap_or_default(),
            plain: markdown::to_plain(source).unwrap_or_default(),
        }
    }
}

/// An argument that is text.
fn text(value: &str) -> Arg {
    Arg::Text(value.to_owned())
}

fn number(value: u32) -> Arg {
    Arg::Number(i64::from(value))
}

const fn audience_key(audience: Audience) -> &'static str {
    match audience {
        Audience::Members => "audience-members",
        Audience::Public => "audience-public",
    }
}

fn as_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    for block in blocks {
        let _ = match block {
            Block::Paragraph { text } => write!(out, "{text}\n\n"),
            Block::Action { label, link } => write!(out, "{label}:\n{link}\n\n"),
            Block::Code { code } => write!(out, "    {code}\n\n"),
            Block::List { lines } => lines
                .iter()
                .try_for_each(|line| writeln!(out, "- {}", line.replace('\n', "\n  ")))
                .and_then(|()| out.write_str("\n")),
            Block::Message { title, warning, plain, .. } => {
                let rule = "-".repeat(40);
                let warning =
                    if warning.is_empty() { String::new() } else { format!("({warning})\n\n") };
                write!(out, "{rule}\n{title}\n\n{warning}{plain}\n{rule}\n\n")
            }
            Block::Changes { plain, .. } => write!(out, "{plain}\n\n"),
            Block::Small { text, link } if link.is_empty() => write!(out, "{text}\n\n"),
            Block::Small { text, link } => write!(out, "{text} {link}\n\n"),
        };
    }
    out.trim_end().to_owned() + "\n"
}
