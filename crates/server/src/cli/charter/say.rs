//! A charter in sentences, and what differs between two. The words are those of the pages.

use mic_engine::charter::Charter;

use super::Reader;
use crate::charter_words;
use crate::cli::{Exit, Failure, Screen};
use crate::words::Arg;

pub(super) fn explain(
    charter: &Charter,
    reader: &Reader,
    screen: &mut Screen<'_>,
) -> Result<(), Failure> {
    let words = reader.words();
    let processes = charter_words::explain(charter, reader.members, words);
    if reader.json {
        let step = |step: &charter_words::Step| {
            serde_json::json!({
                "id": step.id.as_str(), "title": step.title, "asks": step.asks, "then": step.then,
            })
        };
        let processes: Vec<serde_json::Value> = processes
            .iter()
            .map(|process| {
                serde_json::json!({
                    "id": process.id.as_str(),
                    "title": process.title,
                    "about": process.about,
                    "steps": process.steps.iter().map(step).collect::<Vec<_>>(),
                })
            })
            .collect();
        let object = serde_json::json!({
            "name": charter.name, "members": reader.members, "unguarded": charter.unguarded, "processes": processes,
        });
        writeln!(screen.out, "{object}")?;
        return Ok(());
    }
    let out = &mut *screen.out;
    writeln!(out, "{}", charter.name)?;
    if let Some(members) = reader.members {
        let members = [("members", Arg::Number(members.into()))];
        writeln!(out, "{}", words.say("explain-members", &members))?;
    }
    if charter.unguarded {
        writeln!(out, "{}", words.say("explain-unguarded", &[]))?;
    }
    for line in limits(charter, reader) {
        writeln!(out, "{line}")?;
    }
    for process in processes {
        writeln!(out, "\n{}\n{}.", process.title, process.about)?;
        for (number, step) in (1..).zip(&process.steps) {
            writeln!(out, "  {number}. {}.", step.title)?;
            for line in step.asks.iter().chain(&step.then) {
                writeln!(out, "     {line}.")?;
            }
        }
    }
    Ok(())
}

pub(super) fn difference(
    before: &Charter,
    after: &Charter,
    reader: &Reader,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let words = reader.words();
    let parts = charter_words::difference(before, after, reader.members, words);
    if reader.json {
        let parts: Vec<serde_json::Value> = parts
            .iter()
            .map(|part| {
                serde_json::json!({
                    "process": part.process, "stage": part.stage, "lines": part.lines,
                })
            })
            .collect();
        let object = serde_json::json!({ "members": reader.members, "differences": parts });
        writeln!(screen.out, "{object}")?;
        return Ok(Exit::Ok);
    }
    let out = &mut *screen.out;
    if parts.is_empty() {
        writeln!(out, "{}", words.say("rules-difference-none", &[]))?;
    }
    let mut process = None;
    for part in parts {
        if process.as_ref() != Some(&part.process) {
            let title = if part.process.is_empty() {
                words.say("rules-difference-everywhere", &[])
            } else {
                part.process.clone()
            };
            let space = if process.is_some() { "\n" } else { "" };
            writeln!(out, "{space}{title}")?;
            process = Some(part.process);
        }
        if !part.stage.is_empty() {
            writeln!(out, "  {}", part.stage)?;
        }
        for line in part.lines {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(Exit::Ok)
}

/// What holds everywhere, a sentence each.
fn limits(charter: &Charter, reader: &Reader) -> [String; 5] {
    let limits = charter.limits;
    let say = |key: &str, name: &'static str, value: u32| {
        reader.words().say(key, &[(name, Arg::Number(value.into()))])
    };
    [
        say("limit-clock", "minutes", charter.clock.every_minutes),
        say("limit-proposals", "count", limits.open_proposals_per_member),
        say("limit-invitations", "count", limits.open_invitations_per_member),
        say("limit-new", "days", limits.new_days),
        say("limit-rest", "days", charter.rest_days),
    ]
}
