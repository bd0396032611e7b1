//! The text of a charter on its way, changed key by key so that comments and the order of keys stay. What is typed is written as it is,
//! even where it is nonsense: the checks say so, and nothing is lost. Knows no request and no page.

use mic_engine::charter::{Id, ProposalKind, Rule};
use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

use super::blanks;

/// A text that is TOML.
#[derive(Clone, Debug)]
pub(super) struct Document(DocumentMut);

/// The keys of a stage that lead on, in the order of the form.
pub(super) const WAYS: [&str; 6] = ["pass", "fail", "undecided", "revise", "appeal", "lapsed"];

/// A place in a charter that the form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'p> {
    /// What holds everywhere.
    Head,
    Process(&'p str),
    Stage(&'p str, &'p str),
}

impl Document {
    /// `None` for a text that is no TOML at all.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    pub(super) fn text(&self) -> String {
        self.0.to_string()
    }

    /// Ids in the order of the text.
    pub(super) fn processes(&self) -> Vec<String> {
        keys(self.0.get("process"))
    }

    pub(super) fn stages(&self, process: &str) -> Vec<String> {
        keys(self.table(Place::Process(process)).and_then(|table| table.get("stage")))
    }

    pub(super) fn has(&self, place: Place<'_>) -> bool {
        self.table(place).is_some()
    }

    /// What stands at a key, as a person types it; empty for nothing. `key` may lead into a table: `clock.every_minutes`.
    pub(super) fn value(&self, place: Place<'_>, key: &str) -> String {
        let Some(mut table) = self.table(place) else { return String::new() };
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            let Some(item) = table.get(part) else { return String::new() };
            match (parts.peek(), item.as_table_like()) {
                (None, _) => return item.as_value().map(typed).unwrap_or_default(),
                (Some(_), Some(inner)) => table = inner,
                (Some(_), None) => return String::new(),
            }
        }
        String::new()
    }

    /// The rows of a list of tables, each as it is.
    pub(super) fn rows(&self, place: Place<'_>, key: &str) -> Vec<InlineTable> {
        let list = self.table(place).and_then(|table| table.get(key)).and_then(Item::as_array);
        let rows = list.into_iter().flat_map(Array::iter);
        rows.map(|row| row.as_inline_table().cloned().unwrap_or_default()).collect()
    }

    /// Writes what was typed; nothing takes the key out.
    pub(super) fn put(&mut self, place: Place<'_>, key: &str, value: Option<Value>) {
        let Some(mut table) = self.table_mut(place) else { return };
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                put(table, part, value);
                return;
            }
            let inner = table.entry(part).or_insert_with(toml_edit::table);
            let Some(inner) = inner.as_table_like_mut() else { return };
            table = inner;
        }
    }

    /// Puts a new stage behind the `pass` of another, or, without one, at the beginning. Gives its id.
    pub(super) fn add_stage(
        &mut self,
        process: &str,
        kind: &str,
        title: &str,
        after: Option<&str>,
    ) -> Option<String> {
        let place = Place::Process(process);
        let id = free_id(kind, &self.stages(process));
        let before = after.map(|after| (Place::Stage(process, after), "pass"));
        let (from, key) = before.unwrap_or((place, "first"));
        let next = Some(self.value(from, key)).filter(|next| !next.is_empty())?;
        let stage = blanks::stage(kind, title, &next)?;
        let stages = self.table_mut(place)?.get_mut("stage")?.as_table_like_mut()?;
        stages.insert(&id, Item::Table(stage));
        self.put(from, key, Some(id.as_str().into()));
        Some(id)
    }

    /// Takes a stage out. What led to it leads to where it led when it passed.
    pub(super) fn remove_stage(&mut self, process: &str, stage: &str) {
        let here = Place::Stage(process, stage);
        let passes = ["pass", "lapsed"].map(|key| self.value(here, key));
        let next = passes.into_iter().find(|next| !next.is_empty() && next != stage);
        let next = next.unwrap_or_else(|| "end".to_owned());
        self.lead(process, stage, &next);
        let stages =
            self.table_mut(Place::Process(process)).and_then(|table| table.get_mut("stage"));
        if let Some(stages) = stages.and_then(Item::as_table_like_mut) {
            stages.remove(stage);
        }
    }

    /// The stage whose `pass` leads to this one, when this one can stand before it.
    pub(super) fn before(&self, process: &str, stage: &str) -> Option<String> {
        let passes = |id: &str| self.value(Place::Stage(process, id), "pass");
        let mut before = self.stages(process).into_iter().filter(|id| passes(id) == stage);
        let only = before.next().filter(|only| only != stage)?;
        (before.next().is_none() && !passes(stage).is_empty() && passes(stage) != only)
            .then_some(only)
    }

    /// Puts a stage before the one that leads to it.
    pub(super) fn move_up(&mut self, process: &str, stage: &str) {
        let Some(before) = self.before(process, stage) else { return };
        let next = self.value(Place::Stage(process, stage), "pass");
        self.lead(process, &before, stage);
        self.put(Place::Stage(process, stage), "pass", Some(before.as_str().into()));
        self.put(Place::Stage(process, &before), "pass", Some(next.as_str().into()));
    }

    /// Turns a stage into one of another kind, with the usual numbers; title and ways stay where both kinds have them.
    pub(super) fn change_kind(&mut self, process: &str, stage: &str, kind: &str) {
        let here = Place::Stage(process, stage);
        let next = ["pass", "lapsed"].map(|key| self.value(here, key));
        let next =
            next.into_iter().find(|next| !next.is_empty()).unwrap_or_else(|| "end".to_owned());
        let Some(blank) = blanks::stage(kind, &self.value(here, "title"), &next) else { return };
        let kept: Vec<(&str, String)> = WAYS
            .into_iter()
            .filter(|way| blank.contains_key(way))
            .map(|way| (way, self.value(here, way)))
            .filter(|(_, to)| !to.is_empty())
            .collect();
        let Some(table) = self.table_mut(here) else { return };
        let old: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
        for key in old {
            table.remove(&key);
        }
        for (key, item) in blank {
            table.insert(&key, item);
        }
        for (way, to) in kept {
            put(table, way, Some(to.into()));
        }
    }

    /// Adds a process of a kind with the usual stages. Gives its id.
    pub(super) fn add_process(&mut self, kind: ProposalKind, title: &str) -> Option<String> {
        let id = free_id(kind.word(), &self.processes());
        let process = blanks::process(kind, title)?;
        let all = self.0.entry("process").or_insert_with(toml_edit::table);
        all.as_table_like_mut()?.insert(&id, Item::Table(process));
        Some(id)
    }

    pub(super) fn remove_process(&mut self, process: &str) {
        if let Some(all) = self.0.get_mut("process").and_then(Item::as_table_like_mut) {
            all.remove(process);
        }
    }

    /// Everything that leads to one stage leads to another place. Ways of an author who was told no lead to stages only.
    fn lead(&mut self, process: &str, from: &str, to: &str) {
        let to_stage = self.has(Place::Stage(process, to));
        if self.value(Place::Process(process), "first") == from && to_stage {
            self.put(Place::Process(process), "first", Some(to.into()));
        }
        for id in self.stages(process) {
            for way in WAYS {
                if self.value(Place::Stage(process, &id), way) != from {
                    continue;
                }
                let recourse = way == "revise" || way == "appeal";
                let target = (to_stage || !recourse).then(|| Value::from(to));
                self.put(Place::Stage(process, &id), way, target);
            }
        }
    }

    fn table(&self, place: Place<'_>) -> Option<&dyn TableLike> {
        let mut table: &dyn TableLike = self.0.as_table();
        for key in place.path() {
            table = table.get(key)?.as_table_like()?;
        }
        Some(table)
    }

    fn table_mut(&mut self, place: Place<'_>) -> Option<&mut dyn TableLike> {
        let mut table: &mut dyn TableLike = self.0.as_table_mut();
        for key in place.path() {
            table = table.get_mut(key)?.as_table_like_mut()?;
        }
        Some(table)
    }
}

impl<'p> Place<'p> {
    fn path(self) -> Vec<&'p str> {
        match self {
            Self::Head => Vec::new(),
            Self::Process(process) => vec!["process", process],
            Self::Stage(process, stage) => vec!["process", process, "stage", stage],
        }
    }

    /// The beginning of the keys that complaints name.
    pub(super) fn prefix(self) -> String {
        self.path().join(".")
    }
}

/// What was typed, as a value: a whole number where it is one, else a text. `None` for nothing.
pub(super) fn number_or_text(typed: &str) -> Option<Value> {
    let typed = typed.trim();
    match typed.parse::<i64>() {
        _ if typed.is_empty() => None,
        Ok(number) => Some(number.into()),
        Err(_) => Some(typed.into()),
    }
}

/// A list of such, parted by commas or spaces.
pub(super) fn list(typed: &str) -> Value {
    let items = typed.split([',', ' ', ';']).filter_map(number_or_text);
    Value::Array(items.collect())
}

/// As a person types it.
pub(super) fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        Value::Integer(number) => number.value().to_string(),
        Value::Boolean(flag) => if *flag.value() { "yes" } else { "no" }.to_owned(),
        Value::Array(list) => list.iter().map(typed).collect::<Vec<_>>().join(", "),
        Value::Float(_) | Value::Datetime(_) | Value::InlineTable(_) => {
            value.to_string().trim().to_owned()
        }
    }
}

/// Replaces a value and keeps what stands around it, such as a comment.
pub(super) fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if typed(old) == typed(&value) && old.type_name() == value.type_name() => {}
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn keys(item: Option<&Item>) -> Vec<String> {
    let table = item.and_then(Item::as_table_like);
    table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
}

/// The word itself, or with the first number that is free.
fn free_id(word: &str, taken: &[String]) -> String {
    let numbered = (2..).map(|number| format!("{word}_{number}"));
    std::iter::once(word.to_owned())
        .chain(numbered)
        .find(|id| !taken.contains(id))
        .filter(|id| Id::parse(id).is_some())
        .unwrap_or_else(|| word.to_owned())
}

/// Whether a word names a kind of stage.
pub(super) fn is_kind(word: &str) -> bool {
    Rule::KINDS.contains(&word)
}
