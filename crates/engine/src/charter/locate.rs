//! Finds the line of a complaint in the text of a charter. Knows nothing of what is complained about.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaint::{Complaint, QUOTE_CHARS_MAX};

/// Adds line and quote to each, and puts them in the order of lines; those about the whole text come first.
pub(super) fn add_lines(text: &str, complaints: &mut [Complaint]) {
    if complaints.is_empty() {
        return;
    }
    // The text was read before, so this cannot fail; if it did, complaints would merely have no lines.
    let Ok(document) = DeTable::parse(text) else { return };
    for complaint in complaints.iter_mut() {
        if let Some(position) = position(document.get_ref(), &complaint.at) {
            set_line(text, position, complaint);
        }
    }
    complaints.sort_by_key(|complaint| complaint.line);
}

/// The complaint about a text that is no TOML.
pub(super) fn of_syntax(text: &str, error: &toml::de::Error) -> Complaint {
    let mut complaint = Complaint::error("", &format!("this is not TOML: {}", error.message()));
    if let Some(span) = error.span() {
        set_line(text, span.start, &mut complaint);
    }
    complaint
}

fn set_line(text: &str, position: usize, complaint: &mut Complaint) {
    let position = position.min(text.len());
    // The line that the position lies in is the last one of the text up to it.
    let before = text.get(..position).unwrap_or(text);
    let line = before.split('\n').count().saturating_sub(1);
    let quote = text.split('\n').nth(line).unwrap_or_default().trim();
    complaint.line = Some(line + 1);
    complaint.quote = if quote.chars().count() > QUOTE_CHARS_MAX {
        quote.chars().take(QUOTE_CHARS_MAX - 1).chain(['…']).collect()
    } else {
        quote.to_owned()
    };
}

/// Where a key stands in the text, or else the innermost table or list around it that does.
fn position(document: &DeTable<'_>, at: &str) -> Option<usize> {
    let mut found = None;
    let mut table = Some(document);
    for part in at.split('.') {
        let (key, indexes) = part.split_once('[').unwrap_or((part, ""));
        let Some((name, value)) = table.and_then(|table| table.get_key_value(key)) else { break };
        found = Some(name.span().start);
        let mut value: &Spanned<DeValue<'_>> = value;
        for index in indexes.split(['[', ']']).filter(|index| !index.is_empty()) {
            let inner = index
                .parse::<usize>()
                .ok()
                .and_then(|index| value.get_ref().as_array().and_then(|list| list.get(index)));
            let Some(inner) = inner else { return found };
            found = Some(inner.span().start);
            value = inner;
        }
        table = value.get_ref().as_table();
    }
    found
}
