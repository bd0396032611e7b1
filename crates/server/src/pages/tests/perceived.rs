//! What a reader perceives of each page, in order: headings, labels, links, buttons, notices. Markup may change freely under it.
//! `UPDATE_EXPECT=1 cargo test` rewrites the files; a reviewer reads the difference.

use std::fmt::Write as _;

use expect_test::expect_file;

use super::reading::{Token, tokens};
use crate::pages::{asset, gallery};
use crate::words::Language;

#[test]
fn english_pages_read_like_this() {
    expect_file!["perceived.en.txt"].assert_eq(&everything(Language::English));
}

#[test]
fn german_pages_read_like_this() {
    expect_file!["perceived.de.txt"].assert_eq(&everything(Language::German));
}

#[test]
fn mails_read_like_this() {
    let mut out = String::new();
    for language in Language::ALL {
        for (name, mail) in gallery::mails(language) {
            let _ =
                write!(out, "== {} {name}\n{}\n\n{}\n", language.tag(), mail.subject, mail.text);
        }
    }
    expect_file!["mails.txt"].assert_eq(&out);
}

fn everything(language: Language) -> String {
    gallery::pages(language, &asset::style_path()).iter().fold(String::new(), |mut out, page| {
        // Only what differs from page to page: the frame is the same everywhere.
        let inner = page
            .html
            .split("<main")
            .nth(1)
            .and_then(|rest| rest.split("</main>").next())
            .unwrap_or_default();
        let _ = write!(out, "== {}\n{}\n", page.name, perceive(&format!("<main{inner}")));
        out
    })
}

/// One line for each thing that a screen reader would announce. Lists of the longest samples are cut after forty lines.
fn perceive(html: &str) -> String {
    let mut lines = Vec::new();
    let mut open: Option<(String, String, String)> = None;
    for token in tokens(html) {
        match token {
            Token::Open(tag)
                if ["h1", "h2", "h3", "label", "a", "button", "legend", "summary"]
                    .contains(&tag.name.as_str()) =>
            {
                let mark = match tag.name.as_str() {
                    "h1" => "# ".to_owned(),
                    "h2" => "## ".to_owned(),
                    "h3" => "### ".to_owned(),
                    "label" => format!("[{}] ", tag.get("for")),
                    "a" => format!("-> {} ", tag.get("href")),
                    "button" => format!("({}={}) ", tag.get("name"), tag.get("value")),
                    _ => "* ".to_owned(),
                };
                // Boxes of the drawing say their whole text by their label; the list repeats it.
                if tag.has("aria-label") {
                    continue;
                }
                open = Some((tag.name, mark, String::new()));
            }
            Token::Open(tag) if tag.name == "title" => {
                open = Some((tag.name, "drawing: ".to_owned(), String::new()));
            }
            Token::Open(_) => {}
            Token::Text(text) => {
                if let Some((_, _, said)) = &mut open {
                    let _ = write!(said, "{}{text}", if said.is_empty() { "" } else { " " });
                }
            }
            Token::Close(name) => {
                if let Some((element, mark, said)) = open.take() {
                    if element == name {
                        lines.push(format!("{mark}{said}"));
                    } else {
                        open = Some((element, mark, said));
                    }
                }
            }
        }
    }
    lines.truncate(40);
    lines.join("\n") + "\n"
}
