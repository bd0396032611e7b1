//! One event for a calendar program (RFC 5545). Knows no page.

use std::fmt::Write as _;

use crate::words::Moment;

/// Octets of a content line before it is folded (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// An action as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Globally unique and always the same for one action.
    pub uid: String,
    /// When it was called for.
    pub stamp: Moment,
    pub starts: Moment,
    pub ends: Moment,
    pub title: String,
    pub place: String,
    /// Plain text.
    pub about: String,
    /// The page of the action.
    pub link: String,
}

impl CalendarEvent {
    /// The file: `text/calendar; charset=utf-8`, lines ending in CR LF, long ones folded.
    pub fn render(&self) -> String {
        let mut out = String::new();
        let mut line = |text: &str| fold(&mut out, text);
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Mic Check//Action//EN");
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escape(&self.uid)));
        line(&format!("DTSTAMP:{}", instant(self.stamp)));
        line(&format!("DTSTART:{}", instant(self.starts)));
        line(&format!("DTEND:{}", instant(self.ends)));
        line(&format!("SUMMARY:{}", escape(&self.title)));
        line(&format!("LOCATION:{}", escape(&self.place)));
        line(&format!("DESCRIPTION:{}", escape(&self.about)));
        line(&format!("URL:{}", self.link.replace(|c: char| c.is_control(), "")));
        line("END:VEVENT");
        line("END:VCALENDAR");
        out
    }
}

/// `20261204T060000Z` (RFC 5545, 3.3.5).
fn instant(moment: Moment) -> String {
    moment.iso().replace(['-', ':'], "")
}

/// TEXT (RFC 5545, 3.3.11). A line break becomes `\n`; other control characters may not stand in it and are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            character if character.is_control() => {}
            character => out.push(character),
        }
    }
    out
}

/// Writes a content line; a continuation begins with a space, and no character is cut in two.
fn fold(out: &mut String, line: &str) {
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        octets += character.len_utf8();
        let _ = write!(out, "{character}");
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::CalendarEvent;
    use crate::words::Moment;

    fn event(title: &str) -> String {
        CalendarEvent {
            uid: "action-3@aabb".to_owned(),
            stamp: Moment(1_795_529_400_000),
            starts: Moment(1_796_364_000_000),
            ends: Moment(1_796_369_400_000),
            title: title.to_owned(),
            place: "Main gate; Mill Street 3, left".to_owned(),
            about: "Bring tea.\nAnd \\ a cup.".to_owned(),
            link: "https://mic.example/g/x/actions/3".to_owned(),
        }
        .render()
    }

    /// Undoes folding (RFC 5545, 3.1).
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(ToOwned::to_owned).collect()
    }

    #[test]
    fn an_event_is_read_as_it_was_meant() {
        let lines = unfolded(&event("Picket"));
        for line in [
            "BEGIN:VCALENDAR",
            "DTSTAMP:20261124T141000Z",
            "DTSTART:20261204T060000Z",
            "DTEND:20261204T073000Z",
            "SUMMARY:Picket",
            "LOCATION:Main gate\\; Mill Street 3\\, left",
            "DESCRIPTION:Bring tea.\\nAnd \\\\ a cup.",
            "END:VCALENDAR",
        ] {
            assert!(lines.iter().any(|found| found == line), "{line}: {lines:?}");
        }
    }

    #[test]
    fn nothing_that_a_person_types_makes_a_line_of_its_own() {
        for title in ["a\r\nATTENDEE:mailto:x@example.org", "a\nb", "a\rb", "a\0\u{1b}b", "x:y;z"] {
            let text = event(title);
            assert_eq!(unfolded(&text).len(), 14, "{title:?}");
            assert!(!unfolded(&text).iter().any(|line| line.starts_with("ATTENDEE")), "{title:?}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']), "{title:?}");
        }
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let title = "Straßenbahn für alle · ".repeat(20);
        let text = event(&title);
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(unfolded(&text).contains(&format!("SUMMARY:{title}")));
    }
}
