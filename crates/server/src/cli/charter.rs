//! `mic charter`: checks a charter and shows it as a list and as a flowchart in plain text. Knows no group.

use std::path::Path;

use clap::{Args, Subcommand};
use mic_engine::charter::flow::{Target, Way};
use mic_engine::charter::{
    BySize, CHARTER_BYTES_MAX, Charter, Id, JuryTerms, Process, Rule, Seats, Stage, parse,
};
use mic_engine::ids::Span;

use super::{Exit, Failure, Screen};

/// The charters that come with the program, by name.
const READY: [(&str, &str); 1] = [("default", include_str!("../../../../charters/default.toml"))];

#[derive(Debug, Args)]
pub(super) struct CharterCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Say whether a charter can be used, and if not, what to write
    Check(Which),
    /// Show a charter as a list and as a flowchart
    Show(Which),
}

#[derive(Debug, Args)]
struct Which {
    /// A file, or the name of a charter that comes with the program: default
    #[arg(value_name = "FILE|NAME")]
    charter: String,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &CharterCommand, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let (Act::Check(which) | Act::Show(which)) = &command.act;
    let text = read(&which.charter)?;
    let charter = match parse::parse(&text) {
        Ok(charter) => charter,
        Err(complaints) => {
            let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
            if which.json {
                let object = serde_json::json!({ "accepted": false, "complaints": complaints });
                writeln!(screen.out, "{object}")?;
            } else {
                for complaint in complaints {
                    writeln!(screen.out, "bad {complaint}")?;
                }
            }
            return Ok(Exit::FoundBad);
        }
    };
    let hash = mic_proof::hash::sha256(text.as_bytes());
    match (&command.act, which.json) {
        (Act::Check(_), true) => {
            let object = serde_json::json!({ "accepted": true, "hash": hash.to_string() });
            writeln!(screen.out, "{object}")?;
        }
        (Act::Check(_), false) => writeln!(screen.out, "ok {} {hash}", charter.name)?,
        (Act::Show(_), true) => writeln!(screen.out, "{}", as_json(&charter, &hash.to_string()))?,
        (Act::Show(_), false) => show(&charter, &hash.to_string(), screen)?,
    }
    Ok(Exit::Ok)
}

/// The text of a ready charter; `None` for a name that is none.
pub(crate) fn ready(name: &str) -> Option<&'static str> {
    READY.iter().find(|(ready, _)| *ready == name).map(|(_, text)| *text)
}

fn read(which: &str) -> Result<String, Failure> {
    if let Some(text) = ready(which)
        && !Path::new(which).exists()
    {
        return Ok(text.to_owned());
    }
    let size = std::fs::metadata(which)
        .map_err(|error| Failure::unreadable(format!("{which}: {error}")))?
        .len();
    if size > u64::try_from(CHARTER_BYTES_MAX).unwrap_or(u64::MAX) {
        let text = format!("{which}: a charter has at most {CHARTER_BYTES_MAX} bytes");
        return Err(Failure::unreadable(text));
    }
    std::fs::read_to_string(which).map_err(|error| Failure::unreadable(format!("{which}: {error}")))
}

fn show(charter: &Charter, hash: &str, screen: &mut Screen<'_>) -> Result<(), Failure> {
    let out = &mut *screen.out;
    writeln!(out, "{}\n{hash}\n", charter.name)?;
    let clock = charter.clock;
    writeln!(
        out,
        "Lots are drawn every {} minutes, {} past (UTC).",
        clock.every_minutes, clock.offset_minutes
    )?;
    let limits = &charter.limits;
    writeln!(
        out,
        "A member may have {} messages and {} invitations open.",
        limits.open_proposals_per_member, limits.open_invitations_per_member
    )?;
    writeln!(
        out,
        "New members co-sign and serve after {} days. Nobody is drawn again within {} days.",
        limits.new_days, charter.rest_days
    )?;
    for (id, process) in &charter.processes {
        let audiences: Vec<&str> = process.audiences.iter().map(|a| a.word()).collect();
        writeln!(out, "\n{} ({id}; for {})\n", process.title, audiences.join(", "))?;
        for line in flowchart(process) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Boxes from top to bottom; each arrow says why it is followed and where it leads.
fn flowchart(process: &Process) -> Vec<String> {
    let mut lines = Vec::new();
    let order = process.reading_order();
    for (row, id) in order.iter().enumerate() {
        let Some(stage) = process.stage(id) else { continue };
        let facts = facts(stage);
        let head = format!("[{id}] {}", stage.title);
        let width = std::iter::once(&head).chain(&facts).map(|text| text.chars().count()).max();
        let width = width.unwrap_or(0);
        lines.push(format!("  ┌{}┐", "─".repeat(width + 2)));
        for text in std::iter::once(&head).chain(&facts) {
            let space = " ".repeat(width - text.chars().count());
            lines.push(format!("  │ {text}{space} │"));
        }
        lines.push(format!("  └{}┘", "─".repeat(width + 2)));
        for arrow in process.arrows_from(id) {
            let below =
                order.get(row + 1).is_some_and(|next| arrow.to == Target::Stage(next.clone()));
            let mark = if below { "▼" } else { "→" };
            lines.push(format!("     {} {mark} {}", way(arrow.way), target(&arrow.to)));
        }
        lines.push(String::new());
    }
    lines.pop();
    lines
}

fn facts(stage: &Stage) -> Vec<String> {
    match &stage.rule {
        Rule::Cosign(rule) => {
            let mut facts = by_size(&rule.needed, |count| format!("{count} co-sign"));
            facts.push(format!("within {}", span(rule.duration)));
            facts
        }
        Rule::Jury(rule) => {
            let mut facts = by_size(&rule.sizes, seats);
            facts.push(format!("{} to answer, {} in all", span(rule.answer), span(rule.window)));
            if rule.fresh {
                facts.push("nobody who sat on an earlier jury of the same proposal".to_owned());
            }
            facts
        }
        Rule::Recourse(rule) => vec![format!("within {}", span(rule.duration))],
        Rule::Wait(rule) => vec![format!("{} pass", span(rule.duration))],
        Rule::Vote(rule) => vec![span(rule.duration)],
        Rule::Consensus(rule) => vec![span(rule.duration)],
        Rule::Objection(rule) => vec![span(rule.duration)],
        Rule::Pledge(rule) => vec![span(rule.duration)],
    }
}

fn seats(seats: &Seats) -> String {
    match seats.for_roll(u32::MAX) {
        JuryTerms::Everyone => "everyone is asked, a majority decides".to_owned(),
        JuryTerms::Fixed { seats, agree, quorum, then: 0 } => {
            format!("{seats} seats, {agree} decide, at least {quorum} answer")
        }
        JuryTerms::Stepwise { seats, quorum, then, lead, cap } => format!(
            "{seats} seats, at least {quorum} answer; a lead of {lead} decides, else {then} more, up to {cap}"
        ),
        JuryTerms::Fixed { seats, agree, quorum, then } => format!(
            "{seats} seats, {agree} decide, at least {quorum} answer; else {then} more, then a majority"
        ),
    }
}

fn by_size<T>(rules: &[BySize<T>], words: impl Fn(&T) -> String) -> Vec<String> {
    let line = |rule: &BySize<T>| match rule.members_up_to {
        Some(bound) => format!("up to {bound} members: {}", words(&rule.value)),
        None => words(&rule.value),
    };
    rules.iter().map(line).collect()
}

fn span(span: Span) -> String {
    let hours = span.0 / 3_600_000;
    if hours > 0 && hours.is_multiple_of(24) {
        format!("{} days", hours / 24)
    } else {
        format!("{hours} hours")
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Outcome(outcome) => outcome.word(),
        Way::Revise => "revise",
        Way::Appeal => "appeal",
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::Stage(id) => format!("[{id}]"),
        Target::Effect(effect) => format!("({})", effect.word()),
        Target::End => "end".to_owned(),
    }
}

fn as_json(charter: &Charter, hash: &str) -> serde_json::Value {
    let process = |(id, process): (&Id, &Process)| {
        let stages: Vec<serde_json::Value> = process
            .reading_order()
            .iter()
            .filter_map(|id| Some((id, process.stage(id)?)))
            .map(|(id, stage)| {
                let arrows: Vec<serde_json::Value> = process
                    .arrows_from(id)
                    .iter()
                    .map(|arrow| {
                        serde_json::json!({
                            "way": way(arrow.way),
                            "to": target(&arrow.to),
                        })
                    })
                    .collect();
                serde_json::json!({
                    "id": id.as_str(),
                    "kind": stage.rule.kind(),
                    "title": stage.title,
                    "facts": facts(stage),
                    "arrows": arrows,
                })
            })
            .collect();
        serde_json::json!({ "id": id.as_str(), "title": process.title, "stages": stages })
    };
    serde_json::json!({
        "name": charter.name,
        "hash": hash,
        "every_minutes": charter.clock.every_minutes,
        "offset_minutes": charter.clock.offset_minutes,
        "new_days": charter.limits.new_days,
        "rest_days": charter.rest_days,
        "processes": charter.processes.iter().map(process).collect::<Vec<_>>(),
    })
}
