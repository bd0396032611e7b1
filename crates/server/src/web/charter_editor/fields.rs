//! Which fields a charter, a process and a stage have in the form, how each is read from the text and written back. A field's name is its
//! key with `_` for `.`; rows of lists are numbered: `sizes_0_seats`. Knows no page beyond its fields.

mod seats;

use mic_engine::charter::parse::Complaint;
use mic_engine::charter::{EffectKind, METHODS, ProposalKind, Rule};
use toml_edit::{Array, InlineTable, Value};

use super::document::{self, Document, Place, WAYS, list, number_or_text, typed};
use crate::pages::charter_editor::{Choice, Control, Field, Fieldset};
use crate::web::form::Fields;
use crate::words::Phrase;
use seats::{cell, seats};

/// Rows of a list that the form shows; further ones stay as they are and can be changed in the text.
/// Six rows of eight fields and the others of a jury fit into one form (`limits::FIELDS_MAX`).
pub(super) const ROWS_SHOWN_MAX: usize = 6;

/// How a field is typed and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    /// A fraction, or a whole number.
    Part,
    Numbers,
    Tick,
    Way,
    OneOf(&'static [&'static str]),
    Stage,
    /// Ticks for the two audiences.
    Audiences,
}

const HEAD: [(&str, Kind); 8] = [
    ("name", Kind::Text),
    ("clock.every_minutes", Kind::Number),
    ("clock.offset_minutes", Kind::Number),
    ("limits.open_proposals_per_member", Kind::Number),
    ("limits.open_invitations_per_member", Kind::Number),
    ("limits.new_days", Kind::Number),
    ("duty.rest_days", Kind::Number),
    ("unguarded", Kind::Tick),
];

const KINDS: [&str; 7] =
    ["message", "admission", "removal", "recall", "amendment", "decision", "action"];
const EVERYBODY: [&str; 2] = ["everyone", "settled"];
const VOTERS: [&str; 3] = ["everyone", "settled", "drawn"];
const SEATS: [&str; 5] = ["number", "everyone", "share", "sample", "largest"];

fn of_process() -> Vec<(&'static str, Kind)> {
    vec![
        ("title", Kind::Text),
        ("kind", Kind::OneOf(&KINDS)),
        ("audiences", Kind::Audiences),
        ("first", Kind::Stage),
    ]
}

/// The fields of a stage beside its rows; which of them depends on its kind and, for a vote, on method and voters.
fn of_stage(document: &Document, place: Place<'_>) -> Vec<(&'static str, Kind)> {
    let mut fields = vec![("title", Kind::Text)];
    let length = [("days", Kind::Number), ("hours", Kind::Number), ("remind_hours", Kind::Numbers)];
    match document.value(place, "kind").as_str() {
        "cosign" => fields.extend([("days", Kind::Number), ("remind_days", Kind::Numbers)]),
        "jury" => fields.extend([
            ("answer_hours", Kind::Number),
            ("window_hours", Kind::Number),
            ("remind_hours", Kind::Numbers),
            ("fresh", Kind::Tick),
        ]),
        "recourse" => fields.push(("days", Kind::Number)),
        "wait" => fields.push(("hours", Kind::Number)),
        "vote" => {
            fields.extend([("who", Kind::OneOf(&VOTERS)), ("method", Kind::OneOf(&METHODS))]);
            fields.extend(match document.value(place, "method").as_str() {
                "yes_no" => Some(("agree", Kind::Part)),
                "score" => Some(("max_score", Kind::Number)),
                "stv" => Some(("winners", Kind::Number)),
                _ => None,
            });
            fields.push(("quorum", Kind::Part));
            if document.value(place, "who") == "drawn" {
                fields.push(("fresh", Kind::Tick));
            }
            fields.extend(length);
        }
        "consensus" => {
            fields.extend([
                ("who", Kind::OneOf(&EVERYBODY)),
                ("blocks", Kind::Number),
                ("asides", Kind::Part),
                ("quorum", Kind::Part),
                ("amendable", Kind::Tick),
            ]);
            fields.extend(length);
        }
        "objection" => {
            fields.extend([("who", Kind::OneOf(&EVERYBODY)), ("objections", Kind::Number)]);
            fields.extend(length);
        }
        "pledge" => {
            fields.extend([("who", Kind::OneOf(&EVERYBODY)), ("at_least", Kind::Number)]);
            fields.extend(length);
        }
        _ => {}
    }
    fields.extend(ways(&document.value(place, "kind")).iter().map(|way| (*way, Kind::Way)));
    fields
}

/// The ways out of a kind of stage.
fn ways(kind: &str) -> &'static [&'static str] {
    match kind {
        "cosign" | "pledge" => &["pass", "lapsed"],
        "jury" | "vote" | "consensus" => &["pass", "fail", "undecided"],
        "objection" => &["pass", "fail"],
        "recourse" => &["revise", "appeal", "lapsed"],
        "wait" => &["pass"],
        _ => &WAYS,
    }
}

/// The list of a stage whose rows are rules by size, and the keys of a row.
fn rows_of(
    document: &Document,
    place: Place<'_>,
) -> Option<(&'static str, &'static [&'static str])> {
    match document.value(place, "kind").as_str() {
        "cosign" => Some(("needed", &["members_up_to", "count"])),
        "jury" => Some((
            "sizes",
            &["members_up_to", "seats_by", "seats", "agree", "quorum", "then", "lead", "cap"],
        )),
        "vote" if document.value(place, "who") == "drawn" => {
            Some(("sizes", &["members_up_to", "seats_by", "seats"]))
        }
        _ => None,
    }
}

/// The fields of a place, filled, with what the checks say about each. Takes those complaints out of the list.
pub(super) fn show(
    document: &Document,
    place: Place<'_>,
    complaints: &mut Vec<Complaint>,
    extra_row: bool,
) -> Vec<Fieldset> {
    let mut sets = vec![Fieldset { legend: None, fields: Vec::new() }];
    for (key, kind) in plain(document, place) {
        if kind == Kind::Audiences {
            let value = document.value(place, key);
            for audience in ["members", "public"] {
                let ticked = value.split(", ").any(|word| word == audience);
                let name = format!("audience_{audience}");
                sets[0].fields.push(field(&name, Control::Tick, if ticked { "yes" } else { "" }));
            }
            continue;
        }
        let name = key.replace('.', "_");
        let mut shown = field(&name, control(document, place, kind), &document.value(place, key));
        if key == "hours" && document.value(place, "kind") == "wait" {
            shown.label = Phrase::new("edit-wait-hours");
        }
        sets[0].fields.push(shown);
    }
    if let Some((key, columns)) = rows_of(document, place) {
        let mut rows = document.rows(place, key);
        rows.truncate(ROWS_SHOWN_MAX);
        if extra_row && rows.len() < ROWS_SHOWN_MAX {
            rows.push(InlineTable::new());
        }
        for (number, row) in rows.iter().enumerate() {
            let fields = columns.iter().map(|column| row_field(key, number, column, row)).collect();
            let shown = u32::try_from(number + 1).unwrap_or(u32::MAX);
            let legend = Phrase::new(format!("edit-row-{key}")).number("number", shown);
            sets.push(Fieldset { legend: Some(legend), fields });
        }
    }
    attach(place, &mut sets, complaints);
    sets
}

/// Writes what was typed where it differs from what was shown.
pub(super) fn take(document: &mut Document, place: Place<'_>, fields: &Fields) {
    let shown = document.clone();
    let sent = |name: &str| fields.all().iter().any(|kept| kept.field == name);
    // A box that is not ticked is not sent; that means something only where the rest of the form was.
    let whole = sent(if place == Place::Head { "name" } else { "title" });
    for (key, kind) in plain(&shown, place) {
        let name = key.replace('.', "_");
        if matches!(kind, Kind::Tick | Kind::Audiences) && !whole {
            continue;
        }
        if kind == Kind::Audiences {
            let ticked = |audience: &&str| fields.ticked(&format!("audience_{audience}"));
            let list: Array = ["members", "public"].into_iter().filter(ticked).collect();
            if typed(&Value::Array(list.clone())) != shown.value(place, key) {
                document.put(place, key, Some(Value::Array(list)));
            }
            continue;
        }
        // A form of an earlier state of the text may lack a field; it is not emptied by that.
        let text = fields.get(&name).trim();
        if text == shown.value(place, key) || (!sent(&name) && kind != Kind::Tick) {
            continue;
        }
        document.put(place, key, written(kind, text));
    }
    if let Some((key, columns)) = rows_of(&shown, place) {
        take_rows(document, place, key, columns, fields);
    }
}

fn written(kind: Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Text | Kind::Way | Kind::OneOf(_) | Kind::Stage => {
            (!text.is_empty()).then(|| Value::from(text))
        }
        Kind::Number | Kind::Part => number_or_text(text),
        Kind::Numbers => Some(list(text)),
        Kind::Tick => (text == "yes").then(|| Value::from(true)),
        Kind::Audiences => None,
    }
}

fn take_rows(
    document: &mut Document,
    place: Place<'_>,
    key: &str,
    columns: &[&str],
    fields: &Fields,
) {
    let old = document.rows(place, key);
    let mut rows = Vec::new();
    for number in 0..ROWS_SHOWN_MAX.max(old.len()) {
        let mut row = old.get(number).cloned().unwrap_or_default();
        let name = |column: &str| format!("{key}_{number}_{column}");
        let sent = fields.all().iter().any(|kept| kept.field == name("members_up_to"));
        if sent {
            for column in columns.iter().filter(|column| **column != "seats_by") {
                let text = fields.get(&name(column)).trim();
                let by = fields.get(&name("seats_by"));
                let (shown_by, shown) = cell(&row, column);
                if text != shown || (*column == "seats" && by != shown_by) {
                    let value =
                        if *column == "seats" { seats(by, text) } else { number_or_text(text) };
                    document::put(&mut row, column, value);
                }
            }
        }
        // A row of which nothing is left is taken out.
        if !row.is_empty() {
            rows.push(row);
        }
    }
    let same = rows.len() == old.len()
        && rows.iter().zip(&old).all(|(new, old)| new.to_string() == old.to_string());
    if !same {
        let mut list: Array = rows.into_iter().map(Value::InlineTable).collect();
        for row in list.iter_mut() {
            row.decor_mut().set_prefix("\n  ");
            row.decor_mut().set_suffix("");
        }
        list.set_trailing("\n");
        list.set_trailing_comma(true);
        document.put(place, key, Some(Value::Array(list)));
    }
}

fn plain(document: &Document, place: Place<'_>) -> Vec<(&'static str, Kind)> {
    match place {
        Place::Head => HEAD.to_vec(),
        Place::Process(_) => of_process(),
        Place::Stage(..) => of_stage(document, place),
    }
}

fn field(name: &str, control: Control, value: &str) -> Field {
    Field {
        name: name.to_owned(),
        label: Phrase::new(format!("edit-{}", name.replace('_', "-"))),
        control,
        value: value.to_owned(),
        complaints: Vec::new(),
    }
}

fn row_field(key: &str, number: usize, column: &str, row: &InlineTable) -> Field {
    let control = match column {
        "seats_by" => Control::Choice { options: said("edit-seats", &SEATS) },
        "seats" | "agree" | "quorum" => Control::Text,
        _ => Control::Number,
    };
    let (by, text) = cell(row, column);
    let value = if column == "seats_by" { by } else { text };
    let label = Phrase::new(format!("edit-{}", column.replace('_', "-")));
    Field { label, ..field(&format!("{key}_{number}_{column}"), control, &value) }
}

fn control(document: &Document, place: Place<'_>, kind: Kind) -> Control {
    let options = match kind {
        Kind::Text | Kind::Part | Kind::Numbers => return Control::Text,
        Kind::Number => return Control::Number,
        Kind::Tick | Kind::Audiences => return Control::Tick,
        Kind::OneOf(words) => said("edit-choice", words),
        Kind::Stage => stages(document, place),
        Kind::Way => targets(document, place),
    };
    Control::Choice { options }
}

/// Where a way out can lead: the stages, the effects that fit, the end.
fn targets(document: &Document, place: Place<'_>) -> Vec<Choice> {
    let Place::Stage(process, stage) = place else { return Vec::new() };
    let mut options: Vec<Choice> = stages(document, place);
    options.retain(|choice| choice.value != stage);
    let kind = ProposalKind::parse(&document.value(Place::Process(process), "kind"));
    for effect in EffectKind::ALL {
        if kind.is_none_or(|kind| effect.belongs_to(kind)) {
            let word = effect.word();
            options.push(Choice::said(&format!("effect:{word}"), &format!("stage-{word}")));
        }
    }
    options.push(Choice::said("end", "edit-end"));
    options.push(Choice::said("", "edit-nowhere"));
    options
}

fn stages(document: &Document, place: Place<'_>) -> Vec<Choice> {
    let (Place::Process(process) | Place::Stage(process, _)) = place else { return Vec::new() };
    let named = |id: String| {
        let title = document.value(Place::Stage(process, &id), "title");
        Choice::named(&id, if title.is_empty() { &id } else { &title })
    };
    document.stages(process).into_iter().map(named).collect()
}

fn said(key: &str, words: &[&str]) -> Vec<Choice> {
    words.iter().map(|word| Choice::said(word, &format!("{key}-{word}"))).collect()
}

/// The kinds of stages to choose from.
pub(super) fn stage_kinds() -> Vec<Choice> {
    Rule::KINDS.iter().map(|kind| Choice::said(kind, &format!("stage-{kind}"))).collect()
}

/// The kinds of processes to choose from.
pub(super) fn process_kinds() -> Vec<Choice> {
    said("edit-choice", &KINDS)
}

/// Puts each complaint beside the field that it names, as far as there is one.
fn attach(place: Place<'_>, sets: &mut [Fieldset], complaints: &mut Vec<Complaint>) {
    let prefix = place.prefix();
    complaints.retain(|complaint| {
        let own = match complaint.at.strip_prefix(&prefix) {
            Some(rest) if prefix.is_empty() => rest,
            Some(rest) => match rest.strip_prefix('.') {
                Some(rest) => rest,
                None => return true,
            },
            None => return true,
        };
        let name = own.replace("].", "_").replace(['[', '.'], "_").replace(']', "");
        let fields = sets.iter_mut().flat_map(|set| &mut set.fields);
        let fits = |field: &&mut Field| {
            name == field.name
                || name.strip_prefix(&field.name).is_some_and(|rest| rest.starts_with('_'))
                || (name == "audiences" && field.name == "audience_members")
        };
        match fields.filter(fits).max_by_key(|field| field.name.len()) {
            Some(field) => {
                field.complaints.push(complaint.what.clone());
                false
            }
            None => true,
        }
    });
}

#[cfg(test)]
mod tests;
