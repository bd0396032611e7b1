//! Every word that a person reads: languages, messages with plural rules (Fluent), and times in a reader's zone.
//! Knows no page and no mail; it turns a key and arguments into a sentence.

mod language;
mod phrase;
mod time;

#[cfg(test)]
pub(crate) mod tests;

pub use language::Language;
pub use phrase::{Arg, Phrase};
pub use time::{Moment, Zone};

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// The messages of one language, with English behind them for a key that the language lacks.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::load(Language::English));
static GERMAN: LazyLock<Words> = LazyLock::new(|| Words::load(Language::German));

impl Words {
    /// The words of a language. They are read once for the life of the program.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    pub const fn language(&self) -> Language {
        self.language
    }

    /// The sentence for `key` as plain text. A key that exists nowhere is shown itself, in brackets:
    /// a page that names it is still usable, and the tests refuse it.
    pub fn say(&self, key: &str, arguments: &[(&str, Arg)]) -> String {
        self.find(key, arguments).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The sentence for `key`, or `None` when neither this language nor English has it.
    pub fn find(&self, key: &str, arguments: &[(&str, Arg)]) -> Option<String> {
        self.own(key, arguments).or_else(|| Self::of(Language::English).own(key, arguments))
    }

    /// The sentence of a phrase, with moments written in `zone`.
    pub fn tell(&self, phrase: &Phrase, zone: &Zone) -> String {
        let arguments: Vec<(&str, Arg)> = phrase
            .arguments
            .iter()
            .map(|(name, value)| match value {
                Arg::When(moment) => (*name, Arg::Text(self.when(*moment, zone))),
                Arg::Text(_) | Arg::Number(_) => (*name, value.clone()),
            })
            .collect();
        self.say(&phrase.key, &arguments)
    }

    fn own(&self, key: &str, arguments: &[(&str, Arg)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Number(number) => FluentValue::from(*number),
                Arg::When(moment) => FluentValue::from(moment.iso()),
            };
            values.set(Cow::Borrowed(*name), value);
        }
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&values), &mut problems);
        debug_assert!(problems.is_empty(), "{key}: {problems:?}");
        Some(text.into_owned())
    }

    fn load(language: Language) -> Self {
        let tag = language.tag().parse().expect("our own language tags are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Names are isolated by <bdi> on pages; invisible isolates in mail subjects confuse filters.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| grouped(value, ','),
            Language::German => |value, _| grouped(value, '.'),
        }));
        for text in language.files() {
            let resource = FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, problems)| panic!("locale file does not parse: {problems:?}"));
            if let Err(problems) = bundle.add_resource(resource) {
                panic!("a key stands twice in the locale files: {problems:?}");
            }
        }
        Self { language, bundle }
    }
}

/// Whole numbers from 10,000 get a separator between thousands; smaller ones and texts are left to Fluent.
fn grouped(value: &FluentValue, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string().into_owned();
    if digits.len() < 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    Some(out)
}

/// Escapes text for HTML, element content and quoted attribute values alike.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in XML, and of no use to a reader.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => {}
            other => {
                let _ = out.write_char(other);
            }
        }
    }
    out
}
