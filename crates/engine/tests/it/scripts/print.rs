//! How scripts show what happened: one line per entry, parcel and refusal, without what differs from run to run by design.
//! Knows nothing of commands.

use std::fmt::Write as _;

use mic_engine::ids::LogTime;
use mic_engine::parcel::{Parcel, Recipients};
use mic_engine::refusal::Refusal;
use mic_proof::encode::{Value, decode};

/// Fields that say nothing to a reader of a script.
const SILENT: [&str; 10] =
    ["actor", "at", "salt", "seq", "type", "v", "signature", "checkpoint", "chain", "charter"];
/// Fields that are moments.
const MOMENTS: [&str; 2] = ["until", "slot_at"];

pub(super) fn entry(bytes: &[u8], start: LogTime) -> String {
    let Ok(Value::Map(fields)) = decode(bytes) else { panic!("an entry is a map") };
    let text = |name: &str| fields.get(name).map(|value| show(name, value, start));
    let kind = text("type").expect("a type");
    let actor = text("actor").expect("an actor");
    let mut line = format!("{} {kind} by {actor}", moment(&fields["at"], start));
    for (name, value) in &fields {
        if !SILENT.contains(&name.as_str()) {
            write!(line, " {name}={}", show(name, value, start)).expect("text");
        }
    }
    line
}

pub(super) fn parcel(parcel: &Parcel) -> String {
    let to = match &parcel.recipients {
        Recipients::Run { first, count } => format!("slots {first} and on, {count} of them"),
        Recipients::List(slots) => {
            let slots: Vec<String> = slots.iter().map(ToString::to_string).collect();
            format!("slot {}", slots.join(" "))
        }
    };
    format!("tells {} to {to}", parcel.notice.to_text())
}

pub(super) fn refusal(refusal: &Refusal, start: LogTime) -> String {
    let detail = match refusal {
        Refusal::TooNew { until } | Refusal::TurnedDown { until } => Some(relative(until.0, start)),
        Refusal::OtherVersion { current } => Some(current.to_string()[..8].to_owned()),
        // Complaints about a charter have a line each.
        other => other.detail().map(|detail| detail.replace('\n', " / ")),
    };
    match detail {
        Some(detail) => format!("refused: {} ({detail})", refusal.key()),
        None => format!("refused: {}", refusal.key()),
    }
}

fn show(name: &str, value: &Value, start: LogTime) -> String {
    match value {
        Value::Int(_) if MOMENTS.contains(&name) => moment(value, start),
        Value::Int(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        // Hashes are shortened.
        Value::Text(text) if text.len() == 64 => text[..8].to_owned(),
        Value::Text(text) => text.clone(),
        Value::List(list) => {
            let items: Vec<String> = list.iter().map(|item| show("", item, start)).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Map(_) => "{…}".to_owned(),
    }
}

fn moment(value: &Value, start: LogTime) -> String {
    match value {
        Value::Int(0) => "never".to_owned(),
        Value::Int(ms) => relative(u64::try_from(*ms).expect("not negative"), start),
        Value::Bool(_) | Value::Text(_) | Value::List(_) | Value::Map(_) => {
            panic!("a moment is a number")
        }
    }
}

fn relative(ms: u64, start: LogTime) -> String {
    let seconds = (ms - start.0) / 1_000;
    let (days, hours, minutes, seconds) =
        (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{days}d{hours:02}h{minutes:02}m");
    if seconds > 0 {
        write!(text, "{seconds:02}s").expect("text");
    }
    text
}
