//! Reading single values of a charter, each with a complaint that says what to write instead.
//! Knows nothing of which values make a charter (`parse.rs`).

use toml::{Table, Value};

use super::complaint::Complaint;
use super::{BySize, EffectKind, Fraction, Id, Next, REMINDERS_MAX};
use crate::ids::Span;

/// Collects complaints while it reads; every method answers `None` after complaining.
pub(super) struct Reader {
    pub(super) complaints: Vec<Complaint>,
}

/// An id that may be left out: read well either way.
pub(super) struct OptionalId(pub(super) Option<Id>);

impl Reader {
    pub(super) fn by_size<T>(
        &mut self,
        at: &str,
        table: &Table,
        key: &str,
        value: impl Fn(&mut Self, &str, &Table) -> Option<T>,
    ) -> Option<Vec<BySize<T>>> {
        let at = format!("{at}.{key}");
        let Some(Value::Array(list)) = table.get(key) else {
            return self
                .complain(&at, "write a list of rules, as in [{ members_up_to = 12, … }, { … }]");
        };
        if list.is_empty() || list.len() > 20 {
            return self.complain(&at, "write 1 to 20 rules");
        }
        let mut rules = Vec::new();
        let mut bound_before = 0;
        for (index, rule) in list.iter().enumerate() {
            let at = format!("{at}[{index}]");
            let Value::Table(rule) = rule else {
                return self.complain(&at, "write a rule in braces: { … }");
            };
            let last = index + 1 == list.len();
            let members_up_to = match (rule.get("members_up_to"), last) {
                (None, true) => None,
                (Some(_), false) => {
                    let bound =
                        self.number(&at, rule, "members_up_to", bound_before + 1, u32::MAX - 1)?;
                    bound_before = bound;
                    Some(bound)
                }
                (None, false) | (Some(_), true) => {
                    return self.complain(
                        &at,
                        "every rule but the last has members_up_to, and the last has none",
                    );
                }
            };
            rules.push(BySize { members_up_to, value: value(self, &at, rule)? });
        }
        Some(rules)
    }

    pub(super) fn reminders(
        &mut self,
        at: &str,
        table: &Table,
        key: &str,
        below: u32,
    ) -> Option<Vec<u32>> {
        let at = format!("{at}.{key}");
        let advice = format!("write at most {REMINDERS_MAX} ascending whole numbers below {below}");
        let Some(Value::Array(list)) = table.get(key) else {
            return self.complain(&at, &advice);
        };
        let mut numbers = Vec::new();
        for value in list {
            match value.as_integer().and_then(|n| u32::try_from(n).ok()) {
                Some(n) if n >= 1 && n < below && numbers.last().is_none_or(|last| *last < n) => {
                    numbers.push(n);
                }
                Some(_) | None => return self.complain(&at, &advice),
            }
        }
        if numbers.len() > REMINDERS_MAX { self.complain(&at, &advice) } else { Some(numbers) }
    }

    pub(super) fn next(&mut self, at: &str, table: &Table, key: &str) -> Option<Next> {
        let word = self.text(at, table, key, 60)?;
        if word == "end" {
            return Some(Next::End);
        }
        if let Some(effect) = word.strip_prefix("effect:") {
            return match EffectKind::parse(effect) {
                Some(effect) => Some(Next::Effect(effect)),
                None => {
                    let known = EffectKind::ALL.map(|effect| format!("effect:{}", effect.word()));
                    self.complain(&format!("{at}.{key}"), &format!("write {}", either(&known)))
                }
            };
        }
        self.id(&format!("{at}.{key}"), &word).map(Next::Stage)
    }

    pub(super) fn optional_id(&mut self, at: &str, table: &Table, key: &str) -> Option<OptionalId> {
        if !table.contains_key(key) {
            return Some(OptionalId(None));
        }
        let word = self.text(at, table, key, 32)?;
        self.id(&format!("{at}.{key}"), &word).map(|id| OptionalId(Some(id)))
    }

    /// How long a stage lasts: `days` or `hours`, one of the two. Also answers the whole hours, which reminders stay below.
    pub(super) fn length(&mut self, at: &str, table: &Table) -> Option<(Span, u32)> {
        match (table.contains_key("days"), table.contains_key("hours")) {
            (true, false) => {
                let days = self.number(at, table, "days", 1, 365)?;
                Some((Span::days(u64::from(days)), days * 24))
            }
            (false, true) => {
                let hours = self.number(at, table, "hours", 1, 8_760)?;
                Some((Span::hours(u64::from(hours)), hours))
            }
            (true, true) => self.complain(&join(at, "hours"), "write days or hours, not both"),
            (false, false) => {
                self.complain(at, "write how long it lasts: days = 1 to 365, or hours = 1 to 8760")
            }
        }
    }

    pub(super) fn hours(
        &mut self,
        at: &str,
        table: &Table,
        below: Option<u32>,
    ) -> Option<Vec<Span>> {
        let hours = self.reminders(at, table, "remind_hours", below.unwrap_or(8_760))?;
        Some(hours.into_iter().map(|hour| Span::hours(u64::from(hour))).collect())
    }

    /// A fraction from `min` to 1.
    pub(super) fn fraction(
        &mut self,
        at: &str,
        table: &Table,
        key: &str,
        min: Fraction,
    ) -> Option<Fraction> {
        let read = table.get(key).and_then(Value::as_str).and_then(|text| text.parse().ok());
        read.filter(|fraction: &Fraction| fraction.compare(min).is_ge()).or_else(|| {
            let what = format!("write a part in quotes, as in \"2/3\", from \"{min}\" to \"1/1\"");
            self.complain(&join(at, key), &what)
        })
    }

    /// `true` or `false`; `false` where it is left out.
    pub(super) fn flag(&mut self, at: &str, table: &Table, key: &str) -> Option<bool> {
        match table.get(key) {
            None => Some(false),
            Some(Value::Boolean(flag)) => Some(*flag),
            Some(_) => self.complain(&join(at, key), "write true or false"),
        }
    }

    pub(super) fn id(&mut self, at: &str, word: &str) -> Option<Id> {
        Id::parse(word).or_else(|| {
            self.complain(at, &format!("{word:?} is no name; write 1 to 32 characters a-z, 0-9, _, starting with a letter"))
        })
    }

    pub(super) fn table<'t>(&mut self, at: &str, table: &'t Table, key: &str) -> Option<&'t Table> {
        match table.get(key) {
            Some(Value::Table(inner)) => Some(inner),
            Some(_) | None => self.complain(&join(at, key), &format!("write a table [{key}]")),
        }
    }

    pub(super) fn text(
        &mut self,
        at: &str,
        table: &Table,
        key: &str,
        chars_max: usize,
    ) -> Option<String> {
        match table.get(key).and_then(Value::as_str) {
            Some(text)
                if !text.trim().is_empty()
                    && text.chars().count() <= chars_max
                    && !text.chars().any(char::is_control) =>
            {
                Some(text.to_owned())
            }
            Some(_) | None => self.complain(
                &join(at, key),
                &format!("write a text of 1 to {chars_max} characters in quotes, on one line"),
            ),
        }
    }

    pub(super) fn number(
        &mut self,
        at: &str,
        table: &Table,
        key: &str,
        min: u32,
        max: u32,
    ) -> Option<u32> {
        table
            .get(key)
            .and_then(Value::as_integer)
            .and_then(|n| u32::try_from(n).ok())
            .filter(|n| (min..=max).contains(n))
            .or_else(|| {
                self.complain(&join(at, key), &format!("write a whole number from {min} to {max}"))
            })
    }

    pub(super) fn known(&mut self, at: &str, table: &Table, keys: &[&str]) {
        for key in table.keys() {
            if !keys.contains(&key.as_str()) {
                let what = format!("is not a rule of this place; known here: {}", keys.join(", "));
                self.complain::<()>(&join(at, key), &what);
            }
        }
    }

    /// Notes a complaint and answers `None`, so that it can stand where a value was expected.
    pub(super) fn complain<T>(&mut self, at: &str, what: &str) -> Option<T> {
        self.complaints.push(Complaint::error(at, what));
        None
    }
}

/// "a, b or c".
pub(super) fn either<T: AsRef<str>>(words: &[T]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

pub(super) fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}
