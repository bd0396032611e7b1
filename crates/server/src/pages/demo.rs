//! The demo's mailbox: every mail that the server sent to the visitor, read on a page. Knows no SMTP. No forms.

use serde::Serialize;

use super::frame::{Frame, View};
use super::route::Route;
use super::start::{SAMPLE_NOW, hours_ago};
use crate::words::Moment;

#[derive(Clone, Debug, Serialize)]
pub struct Mailbox {
    pub address: String,
    /// Newest first.
    pub mails: Vec<MailLine>,
}

#[derive(Clone, Debug, Serialize)]
pub struct MailLine {
    pub subject: String,
    pub at: Moment,
    pub link: Route,
}

impl View for Mailbox {
    const TEMPLATE: &'static str = "pages/mailbox.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let line = |mail, subject: &str| MailLine {
            subject: subject.to_owned(),
            at: hours_ago(mail),
            link: Route::Mail { mail },
        };
        vec![
            ("empty", Self { address: "robin@demo.invalid".to_owned(), mails: vec![] }),
            (
                "typical",
                Self {
                    address: "robin@demo.invalid".to_owned(),
                    mails: vec![
                        line(2, "[Tram Workers] You were drawn for a jury"),
                        line(3, "[Tram Workers] No. 42: The depot meeting"),
                    ],
                },
            ),
        ]
    }
}

/// One mail as its text half, with links that work.
#[derive(Clone, Debug, Serialize)]
pub struct MailRead {
    pub subject: String,
    pub from: String,
    pub at: Moment,
    /// The plain text, cut into what is a link of this server and what is not.
    pub pieces: Vec<MailPiece>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MailPiece {
    Text(String),
    /// Text and path.
    Link(String, String),
}

impl MailRead {
    /// Finds the links in the text half of a mail. Only those that begin with `origin` become links, and lead to the same server.
    pub fn pieces(text: &str, origin: &str) -> Vec<MailPiece> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(start) = if origin.is_empty() { None } else { rest.find(origin) } {
            let (before, from) = rest.split_at(start);
            let path = &from[origin.len()..];
            let end = path
                .find(|character: char| character.is_whitespace() || ">)\"'".contains(character))
                .unwrap_or(path.len());
            let whole = &from[..origin.len() + end];
            if path.starts_with('/') && !path.starts_with("//") {
                pieces.push(MailPiece::Text(before.to_owned()));
                pieces.push(MailPiece::Link(whole.to_owned(), path[..end].to_owned()));
            } else {
                pieces.push(MailPiece::Text(format!("{before}{whole}")));
            }
            rest = &path[end..];
        }
        pieces.push(MailPiece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != MailPiece::Text(String::new()));
        pieces
    }
}

impl View for MailRead {
    const TEMPLATE: &'static str = "pages/mail_read.html";

    fn links(&self, _: &Frame) -> Vec<(&'static str, Route)> {
        vec![("mailbox", Route::Mailbox {})]
    }

    fn samples() -> Vec<(&'static str, Self)> {
        let text = "You were drawn for a jury.\n\nOpen it: http://127.0.0.1:8080/g/07/p/1/jury\n\nSee you <there>.";
        vec![(
            "typical",
            Self {
                subject: "[Tram Workers] You were drawn for a jury".to_owned(),
                from: "Tram Workers <mic@demo.invalid>".to_owned(),
                at: SAMPLE_NOW,
                pieces: Self::pieces(text, "http://127.0.0.1:8080"),
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::{MailPiece, MailRead};

    #[test]
    fn only_links_of_this_server_become_links() {
        let pieces = MailRead::pieces(
            "a https://m.example/g/1 b https://m.example.evil/x https://m.example//evil",
            "https://m.example",
        );
        let links: Vec<_> =
            pieces.iter().filter(|piece| matches!(piece, MailPiece::Link(..))).collect();
        assert_eq!(
            links,
            [&MailPiece::Link("https://m.example/g/1".to_owned(), "/g/1".to_owned())]
        );
    }
}
