//! `mic charter`: checks a charter, shows it, says it in sentences, compares two. Knows no group.

mod say;
mod show;

use std::path::Path;

use clap::{Args, Subcommand};
use mic_engine::charter::parse::{Complaint, Reading, Severity, read, read_for_group};
use mic_engine::charter::{CHARTER_BYTES_MAX, Charter};
use mic_proof::hash::{Hash, sha256};

use super::{Exit, Failure, Screen};
use crate::charters::{DEMONSTRATION, READY, Ready};
use crate::words::{Language, Words};

#[derive(Debug, Args)]
pub(super) struct CharterCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Say whether a group can use a charter, and if not, what to write in which line
    Check(Which),
    /// Show a charter as a flowchart and as an ordered list
    Show(Which),
    /// Say in sentences who is asked, how many, how long, and what then
    Explain(Explain),
    /// Say what would be different for members under another charter
    Diff(Diff),
    /// List the charters that come with the program
    List,
    /// Say what it would be like to live with: live through many proposals with made-up people
    #[command(after_help = super::SIMULATE_HELP)]
    Simulate(super::simulate::Simulate),
}

#[derive(Debug, Args)]
struct Which {
    /// A file, or the name of a charter that comes with the program (`mic charter list`)
    #[arg(value_name = "FILE|NAME")]
    charter: String,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Explain {
    /// A file, or the name of a charter that comes with the program (`mic charter list`)
    #[arg(value_name = "FILE|NAME")]
    charter: String,
    #[command(flatten)]
    reader: Reader,
    /// The reasons, too: for whom it is, why these numbers, how often it errs (for a charter that comes with the program)
    #[arg(long)]
    reasons: bool,
}

#[derive(Debug, Args)]
struct Diff {
    /// The charter as it is: a file, or the name of one that comes with the program
    #[arg(value_name = "FILE|NAME")]
    before: String,
    /// The charter as it would be
    #[arg(value_name = "FILE|NAME")]
    after: String,
    #[command(flatten)]
    reader: Reader,
}

/// For whom sentences are written.
#[derive(Debug, Args)]
struct Reader {
    /// The numbers for a group of so many members
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    members: Option<u32>,
    /// en or de
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language)]
    language: Language,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Reader {
    fn words(&self) -> &'static Words {
        Words::of(self.language)
    }
}

/// A charter that was read, with the hash that names it.
struct Read {
    charter: Charter,
    hash: Hash,
}

pub(super) fn run(command: &CharterCommand, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    match &command.act {
        Act::Check(which) => check(which, screen),
        Act::Show(which) => match charter(&which.charter, screen)? {
            Some(read) if which.json => show::as_json(&read.charter, &read.hash, screen),
            Some(read) => show::as_text(&read.charter, &read.hash, screen),
            None => Ok(Exit::FoundBad),
        },
        Act::Explain(explain) => match charter(&explain.charter, screen)? {
            Some(read) => {
                say::explain(&read.charter, &explain.reader, screen)?;
                if explain.reasons { reasons(&explain.charter, screen) } else { Ok(Exit::Ok) }
            }
            None => Ok(Exit::FoundBad),
        },
        Act::Diff(diff) => {
            let (before, after) = (charter(&diff.before, screen)?, charter(&diff.after, screen)?);
            match (before, after) {
                (Some(before), Some(after)) => {
                    say::difference(&before.charter, &after.charter, &diff.reader, screen)
                }
                (None, _) | (_, None) => Ok(Exit::FoundBad),
            }
        }
        Act::List => list(screen),
        Act::Simulate(question) => match charter(&question.charter, screen)? {
            Some(read) => super::simulate::run(question, &read.charter, screen),
            None => Ok(Exit::FoundBad),
        },
    }
}

/// A charter that comes with the program; `None` for a name that is none.
fn ready(name: &str) -> Option<Ready> {
    if name == DEMONSTRATION.id { Some(DEMONSTRATION) } else { Ready::find(name) }
}

fn check(which: &Which, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let text = text(&which.charter)?;
    let Reading { charter, complaints } = read_for_group(&text);
    let hash = sha256(text.as_bytes());
    let exit = if charter.is_some() { Exit::Ok } else { Exit::FoundBad };
    if which.json {
        let complaints: Vec<serde_json::Value> = complaints.iter().map(as_json).collect();
        let object = serde_json::json!({
            "accepted": charter.is_some(),
            "hash": hash.to_string(),
            "complaints": complaints,
        });
        writeln!(screen.out, "{object}")?;
        return Ok(exit);
    }
    complain(&complaints, screen)?;
    if let Some(charter) = charter {
        writeln!(screen.out, "ok {} {hash}", charter.name)?;
    }
    Ok(exit)
}

/// The charter, or all that is wrong with it, on the screen. A charter that has no process to change it may still be looked at.
fn charter(which: &str, screen: &mut Screen<'_>) -> Result<Option<Read>, Failure> {
    let text = text(which)?;
    let Reading { charter, complaints } = read(&text);
    if charter.is_none() {
        writeln!(screen.out, "{which} is refused:")?;
        complain(&complaints, screen)?;
    }
    Ok(charter.map(|charter| Read { charter, hash: sha256(text.as_bytes()) }))
}

fn complain(complaints: &[Complaint], screen: &mut Screen<'_>) -> Result<(), Failure> {
    for complaint in complaints {
        let weight = match complaint.severity {
            Severity::Error => "bad",
            Severity::Warning => "note",
        };
        match complaint.line {
            Some(line) => writeln!(screen.out, "{weight} line {line}: {}", complaint.quote)?,
            None => writeln!(screen.out, "{weight} the whole text")?,
        }
        if complaint.at.is_empty() {
            writeln!(screen.out, "    {}", complaint.what)?;
        } else {
            writeln!(screen.out, "    {}: {}", complaint.at, complaint.what)?;
        }
    }
    Ok(())
}

fn as_json(complaint: &Complaint) -> serde_json::Value {
    serde_json::json!({
        "severity": match complaint.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "line": complaint.line,
        "quote": complaint.quote,
        "at": complaint.at,
        "what": complaint.what,
    })
}

fn list(screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let words = Words::of(Language::English);
    for ready in READY {
        writeln!(screen.out, "{:<20} {}", ready.id, ready.about(words))?;
    }
    writeln!(screen.out, "{:<20} The group of `mic demo`.", DEMONSTRATION.id)?;
    Ok(Exit::Ok)
}

fn reasons(name: &str, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    match ready(name) {
        Some(ready) => writeln!(screen.out, "\n{}", ready.reasons.trim_end())?,
        None => {
            let text = format!(
                "{name}: only the charters that come with the program have a page of reasons"
            );
            return Err(Failure::unreadable(text));
        }
    }
    Ok(Exit::Ok)
}

fn text(which: &str) -> Result<String, Failure> {
    if let Some(ready) = ready(which)
        && !Path::new(which).exists()
    {
        return Ok(ready.text.to_owned());
    }
    let unreadable = |error: std::io::Error| {
        Failure::unreadable(format!(
            "{which}: {error}; write the name of a file, or of a charter that comes with the program (mic charter list)"
        ))
    };
    let size = std::fs::metadata(which).map_err(unreadable)?.len();
    if size > u64::try_from(CHARTER_BYTES_MAX).unwrap_or(u64::MAX) {
        let text = format!("{which}: a charter has at most {CHARTER_BYTES_MAX} bytes");
        return Err(Failure::unreadable(text));
    }
    std::fs::read_to_string(which).map_err(unreadable)
}

fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).ok_or_else(|| {
        let known: Vec<&str> = Language::ALL.into_iter().map(Language::tag).collect();
        format!("write {}", known.join(" or "))
    })
}
