//! The Atom feed of a group's public broadcasts (RFC 4287). Knows no store.

use std::fmt::Write as _;

use super::route::{Origin, Route};
use super::start::{SAMPLE_NOW, hours_ago};
use crate::text::Html;
use crate::words::{Language, Moment, Words, escape_html};
use mic_engine::ids::GroupId;

/// Entries of one feed.
pub const FEED_ENTRIES_MAX: usize = 50;

#[derive(Clone, Debug)]
pub struct Feed {
    pub group: GroupId,
    pub name: String,
    pub purpose: String,
    pub language: Language,
    /// When the newest entry was made, or the group, if there is none yet.
    pub updated: Moment,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

#[derive(Clone, Debug)]
pub struct FeedEntry {
    pub number: u32,
    pub title: String,
    pub at: Moment,
    /// Content warning; then the text is left out and only linked.
    pub warning: String,
    /// `None` when the text was erased.
    pub body: Option<Html>,
    /// When it was recalled; the text is then left out.
    pub recalled: Option<Moment>,
}

impl Feed {
    /// `application/atom+xml`. Ids are made of the group's id and the number, so they outlive a move to another server.
    pub fn render(&self, origin: &Origin) -> String {
        let link = |route: &Route| escape_html(&origin.link(route));
        let name = escape_html(&self.name);
        let recalled = Words::of(self.language).say("broadcast-recalled", &[]);
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
             <id>urn:mic-check:{}</id>\n<title>{name}</title>\n<subtitle>{}</subtitle>\n<updated>{}</updated>\n\
             <author><name>{name}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            self.language.tag(),
            self.group,
            escape_html(&self.purpose),
            self.updated.iso(),
            link(&Route::Feed { group: self.group }),
            link(&Route::Public { group: self.group }),
        );
        for entry in self.entries.iter().take(FEED_ENTRIES_MAX) {
            let address =
                link(&Route::PublicBroadcast { group: self.group, broadcast: entry.number });
            let content = match (&entry.body, entry.warning.is_empty()) {
                (Some(body), true) => {
                    format!("<content type=\"html\">{}</content>", escape_html(body.as_str()))
                }
                // A warning is kept: readers of feeds show content unfolded.
                (Some(_), false) => format!("<summary>{}</summary>", escape_html(&entry.warning)),
                (None, _) => "<summary></summary>".to_owned(),
            };
            let content = match entry.recalled {
                Some(_) => format!("<summary>{}</summary>", escape_html(&recalled)),
                None => content,
            };
            let _ = write!(
                out,
                "<entry>\n<id>urn:mic-check:{}:{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<published>{}</published>\n\
                 <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n{content}\n</entry>\n",
                self.group,
                entry.number,
                escape_html(&entry.title),
                entry.recalled.unwrap_or(entry.at).iso(),
                entry.at.iso(),
            );
        }
        out.push_str("</feed>\n");
        out
    }

    pub fn samples() -> Vec<(&'static str, Self)> {
        let entry = |number, warning: &str| FeedEntry {
            number,
            title: "Letter & <answer>".to_owned(),
            at: hours_ago(u64::from(90 - number)),
            warning: warning.to_owned(),
            body: crate::text::markdown::to_html("We **stop** on Friday.\u{1}").ok(),
            recalled: None,
        };
        let empty = Self {
            group: GroupId([7; 16]),
            name: "Tram Workers".to_owned(),
            purpose: "Rails & people".to_owned(),
            language: Language::English,
            updated: SAMPLE_NOW,
            entries: vec![],
        };
        let typical = Self {
            entries: vec![
                entry(41, ""),
                entry(12, "Mentions an arrest"),
                FeedEntry { body: None, ..entry(3, "") },
            ],
            ..empty.clone()
        };
        vec![("empty", empty), ("typical", typical)]
    }
}

#[cfg(test)]
mod tests {
    use super::{Feed, Origin};

    #[test]
    fn a_feed_has_what_rfc_4287_asks() {
        for (name, feed) in Feed::samples() {
            let xml = feed.render(&Origin::new("https://mic.example.org"));
            let entries = feed.entries.len();
            for (element, count) in [
                ("<id>", entries + 1),
                ("<title>", entries + 1),
                ("<updated>", entries + 1),
                ("<author>", 1),
                ("<entry>", entries),
            ] {
                assert_eq!(xml.matches(element).count(), count, "{name}: {element}");
            }
            assert!(
                !xml.contains('\u{1}') && !xml.contains("<strong>") && !xml.contains("<answer>")
            );
            assert_eq!(xml.matches("rel=\"self\"").count(), 1);
        }
    }
}
