//! A charter as a flowchart in plain text, and the same as an ordered list. Knows no group.

use mic_engine::charter::flow::{Target, Way};
use mic_engine::charter::{Charter, Id, Process, Stage};
use mic_proof::hash::Hash;

use crate::charter_words;
use crate::cli::{Exit, Failure, Screen};
use crate::words::{Language, Words, Zone};

pub(super) fn as_text(
    charter: &Charter,
    hash: &Hash,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
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
        "A member may have {} proposals and {} invitations open.",
        limits.open_proposals_per_member, limits.open_invitations_per_member
    )?;
    writeln!(
        out,
        "New members co-sign and serve after {} days. Nobody is drawn again within {} days.",
        limits.new_days, charter.rest_days
    )?;
    if charter.unguarded {
        writeln!(out, "{}", Words::of(Language::English).say("explain-unguarded", &[]))?;
    }
    for (id, process) in &charter.processes {
        let audiences: Vec<&str> = process.audiences.iter().map(|a| a.word()).collect();
        let kind = process.kind.word();
        writeln!(out, "\n{} ({id}: {kind}, for {})\n", process.title, audiences.join(", "))?;
        for line in flowchart(process) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
        for line in list(process) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(Exit::Ok)
}

pub(super) fn as_json(
    charter: &Charter,
    hash: &Hash,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let process = |(id, process): (&Id, &Process)| {
        let order = process.reading_order();
        let stages = order.iter().filter_map(|id| Some((id, process.stage(id)?)));
        let stages: Vec<serde_json::Value> = stages
            .map(|(id, stage)| {
                let arrows = process.arrows_from(id);
                let arrows = arrows.iter().map(
                    |arrow| serde_json::json!({ "way": arrow.way.word(), "to": target(&arrow.to) }),
                );
                serde_json::json!({
                    "id": id.as_str(),
                    "kind": stage.rule.kind(),
                    "title": stage.title,
                    "facts": facts(stage),
                    "arrows": arrows.collect::<Vec<_>>(),
                })
            })
            .collect();
        let kind = process.kind.word();
        serde_json::json!({ "id": id.as_str(), "kind": kind, "title": process.title, "stages": stages })
    };
    let object = serde_json::json!({
        "name": charter.name,
        "hash": hash.to_string(),
        "every_minutes": charter.clock.every_minutes,
        "offset_minutes": charter.clock.offset_minutes,
        "new_days": charter.limits.new_days,
        "rest_days": charter.rest_days,
        "unguarded": charter.unguarded,
        "processes": charter.processes.iter().map(process).collect::<Vec<_>>(),
    });
    writeln!(screen.out, "{object}")?;
    Ok(Exit::Ok)
}

/// Boxes from top to bottom; each arrow says why it is followed and where it leads.
fn flowchart(process: &Process) -> Vec<String> {
    let mut lines = Vec::new();
    let order = process.reading_order();
    for (row, id) in order.iter().enumerate() {
        let Some(stage) = process.stage(id) else { continue };
        let text = format!("[{id}] {}", stage.title);
        let bar = "─".repeat(text.chars().count() + 2);
        lines.extend([format!("  ┌{bar}┐"), format!("  │ {text} │"), format!("  └{bar}┘")]);
        for arrow in process.arrows_from(id) {
            let below =
                order.get(row + 1).is_some_and(|next| arrow.to == Target::Stage(next.clone()));
            let mark = if below { "▼" } else { "→" };
            lines.push(format!("     {} {mark} {}", arrow.way.word(), target(&arrow.to)));
        }
    }
    lines
}

/// The same for those who do not see the drawing.
fn list(process: &Process) -> Vec<String> {
    let order = process.reading_order();
    let number = |id: &Id| order.iter().position(|it| it == id).map_or(0, |index| index + 1);
    let mut lines = Vec::new();
    for id in &order {
        let Some(stage) = process.stage(id) else { continue };
        lines.push(format!("  {}. {} ({})", number(id), stage.title, stage.rule.kind()));
        lines.extend(facts(stage).into_iter().map(|fact| format!("     {fact}")));
        for arrow in process.arrows_from(id) {
            let to = match &arrow.to {
                Target::Stage(id) => format!("on to {}", number(id)),
                Target::Effect(effect) => effect.word().to_owned(),
                Target::End => "end".to_owned(),
            };
            lines.push(format!("     {}: {to}", label(stage, arrow.way)));
        }
    }
    lines
}

fn facts(stage: &Stage) -> Vec<String> {
    let words = Words::of(Language::English);
    let facts = charter_words::facts(&stage.rule, None);
    facts.iter().map(|phrase| words.tell(phrase, &Zone::default())).collect()
}

fn label(stage: &Stage, way: Way) -> String {
    charter_words::way(stage.rule.kind(), way, Words::of(Language::English))
}

fn target(target: &Target) -> String {
    match target {
        Target::Stage(id) => format!("[{id}]"),
        Target::Effect(effect) => format!("({})", effect.word()),
        Target::End => "end".to_owned(),
    }
}
