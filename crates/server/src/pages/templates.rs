//! The template engine with the words in it. Templates are part of the binary and escape by default.
//! Knows no view.
//!
//! What templates may call, besides what minijinja has:
//! `t(key, name=value…)` a message; `plain(key, name=value…)` the same without markup, for `<title>` and attributes; `say(phrase)` a [`crate::words::Phrase`]; `when(ms)` a `<time>` with zone; `date(ms)`; `left(ms)` the time left;
//! `act(n)` the idempotency key of the n-th form; `short(hash)` the first digits of a hash.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value};

use crate::words::{Arg, Language, Moment, Words, Zone, escape_html};

macro_rules! embedded {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../templates/", $name)))),*] };
}

/// Every template of the program.
pub(super) const TEMPLATES: &[(&str, &str)] = embedded![
    "frame.html"
    "parts.html"
    "asking.html"
    "mail.html"
    "pages/landing.html"
    "pages/promises.html"
    "pages/found.html"
    "pages/founded.html"
    "pages/ready_charter.html"
    "pages/sign_in.html"
    "pages/link_sent.html"
    "pages/confirm_link.html"
    "pages/other_browser.html"
    "pages/home.html"
    "pages/write.html"
    "pages/proposal.html"
    "pages/answer.html"
    "pages/ways.html"
    "pages/vote.html"
    "pages/vote_receipt.html"
    "pages/vote_result.html"
    "pages/consensus.html"
    "pages/objection.html"
    "pages/pledge.html"
    "pages/action.html"
    "pages/register.html"
    "pages/statement.html"
    "pages/juror.html"
    "pages/receipt.html"
    "pages/broadcasts.html"
    "pages/broadcast.html"
    "pages/certificate.html"
    "pages/people.html"
    "pages/invite.html"
    "pages/invitation.html"
    "pages/charter.html"
    "pages/forecast.html"
    "pages/charter_history.html"
    "pages/old_charter.html"
    "amending.html"
    "pages/amend_begin.html"
    "pages/amend.html"
    "pages/amend_process.html"
    "pages/amend_stage.html"
    "pages/amendment.html"
    "pages/settings.html"
    "pages/tokens.html"
    "pages/operator.html"
    "pages/confirm.html"
    "pages/public.html"
    "pages/trouble.html"
    "pages/send_again.html"
    "pages/mailbox.html"
    "pages/mail_read.html"
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters"));
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_function("t", translate);
    environment.add_function("plain", plain);
    environment.add_function("say", say);
    environment.add_function("when", when);
    environment.add_function("date", date);
    environment.add_function("left", left);
    environment.add_function("act", act);
    environment.add_function("short", short);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).unwrap_or_else(|error| panic!("{name}: {error:#}"));
    }
    environment
});

/// Panics when the template is missing or does not render: both are bugs that the sample tests show.
pub(super) fn render(name: &str, context: &Value) -> String {
    ENVIRONMENT
        .get_template(name)
        .and_then(|template| template.render(context))
        .unwrap_or_else(|error| panic!("{name}: {error:#}: {:?}", error.detail()))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the template engine hands arguments over by value"
)]
fn translate(state: &State, key: &str, arguments: Kwargs) -> Result<Value, Error> {
    let mut filling = Filling::default();
    let names: Vec<String> = arguments.args().map(ToOwned::to_owned).collect();
    for name in &names {
        filling.add(state, name, &arguments.get::<Value>(name)?)?;
    }
    filling.into_sentence(words(state)?, key)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the template engine hands arguments over by value"
)]
fn plain(state: &State, key: &str, arguments: Kwargs) -> Result<String, Error> {
    let names: Vec<String> = arguments.args().map(ToOwned::to_owned).collect();
    let mut filled = Vec::with_capacity(names.len());
    for name in &names {
        let value: Value = arguments.get(name)?;
        let argument = match value.kind() {
            ValueKind::Number => {
                Arg::Number(i64::try_from(value).map_err(|_| invalid("numbers are whole"))?)
            }
            _ => Arg::Text(value.to_string()),
        };
        filled.push((name.as_str(), argument));
    }
    words(state)?.find(key, &filled).ok_or_else(|| invalid(&format!("no message {key}")))
}

fn say(state: &State, phrase: &Value) -> Result<Value, Error> {
    let key = phrase.get_attr("key")?;
    let key = key.as_str().ok_or_else(|| invalid("a phrase has a key"))?;
    let arguments = phrase.get_attr("arguments")?;
    let mut filling = Filling::default();
    for name in arguments.try_iter()? {
        let text = name.as_str().ok_or_else(|| invalid("names are texts"))?;
        filling.add(state, text, &arguments.get_item(&name)?)?;
    }
    filling.into_sentence(words(state)?, key)
}

/// Arguments of a message on their way into HTML. Markup (safe values, names in `<bdi>`) is kept aside behind a
/// character that no text may hold, so that the whole sentence can be escaped and the markup put back afterwards.
#[derive(Default)]
struct Filling {
    arguments: Vec<(String, Arg)>,
    markup: BTreeMap<char, String>,
}

/// First of the 32 non-characters of Unicode's Arabic Presentation Forms block, which are not for interchange.
const PLACEHOLDER_FIRST: u32 = 0xfdd0;
const PLACEHOLDERS_MAX: usize = 32;

impl Filling {
    fn add(&mut self, state: &State, name: &str, value: &Value) -> Result<(), Error> {
        let argument = if value.is_safe() {
            self.keep(value.to_string())?
        } else if value.kind() == ValueKind::Number {
            Arg::Number(i64::try_from(value.clone()).map_err(|_| invalid("numbers are whole"))?)
        } else if value.kind() == ValueKind::Map {
            self.keep(when(state, &value.get_attr("when")?)?.to_string())?
        } else if let Some(text) = value.as_str() {
            self.keep(format!("<bdi>{}</bdi>", escape_html(text)))?
        } else {
            return Err(invalid(&format!(
                "argument {name} is neither text, number nor moment: {value:?}"
            )));
        };
        self.arguments.push((name.to_owned(), argument));
        Ok(())
    }

    fn keep(&mut self, markup: String) -> Result<Arg, Error> {
        let index = u32::try_from(self.markup.len()).map_err(|_| invalid("too many arguments"))?;
        let placeholder = char::from_u32(PLACEHOLDER_FIRST + index)
            .filter(|_| self.markup.len() < PLACEHOLDERS_MAX)
            .ok_or_else(|| invalid("too many arguments"))?;
        self.markup.insert(placeholder, markup);
        Ok(Arg::Text(placeholder.to_string()))
    }

    fn into_sentence(self, words: &Words, key: &str) -> Result<Value, Error> {
        let arguments: Vec<(&str, Arg)> =
            self.arguments.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let sentence =
            words.find(key, &arguments).ok_or_else(|| invalid(&format!("no message {key}")))?;
        let escaped = escape_html(&sentence);
        let mut out = String::with_capacity(escaped.len());
        for character in escaped.chars() {
            match self.markup.get(&character) {
                Some(markup) => out.push_str(markup),
                None => out.push(character),
            }
        }
        Ok(Value::from_safe_string(out))
    }
}

fn when(state: &State, moment: &Value) -> Result<Value, Error> {
    let moment = as_moment(moment)?;
    let zone = zone(state)?;
    let shown = words(state)?.when(moment, &zone);
    Ok(time_element(moment, &shown, zone.name()))
}

fn date(state: &State, moment: &Value) -> Result<Value, Error> {
    let moment = as_moment(moment)?;
    let zone = zone(state)?;
    let shown = words(state)?.date(moment, &zone);
    Ok(time_element(moment, &shown, zone.name()))
}

fn time_element(moment: Moment, shown: &str, zone: &str) -> Value {
    Value::from_safe_string(format!(
        "<time datetime=\"{}\" title=\"{}\">{}</time>",
        moment.iso(),
        escape_html(zone),
        escape_html(shown)
    ))
}

fn left(state: &State, until: &Value) -> Result<String, Error> {
    let now = as_moment(&required(state, "now")?)?;
    Ok(words(state)?.left(as_moment(until)?, now))
}

fn act(state: &State, form: u8) -> Result<String, Error> {
    Ok(format!("{}{form:02x}", required(state, "act_seed")?))
}

/// Twelve digits tell apart everything in one group; the whole hash stands in the details.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

fn words(state: &State) -> Result<&'static Words, Error> {
    let tag = required(state, "language")?;
    let language =
        tag.as_str().and_then(Language::parse).ok_or_else(|| invalid("unknown language"))?;
    Ok(Words::of(language))
}

fn zone(state: &State) -> Result<Zone, Error> {
    let name = required(state, "zone")?;
    Ok(name.as_str().and_then(Zone::parse).unwrap_or_default())
}

fn required(state: &State, name: &str) -> Result<Value, Error> {
    state.lookup(name).ok_or_else(|| invalid(&format!("the frame has no {name}")))
}

fn as_moment(value: &Value) -> Result<Moment, Error> {
    u64::try_from(value.clone()).map(Moment).map_err(|_| invalid("a moment is a whole number"))
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.to_owned())
}
