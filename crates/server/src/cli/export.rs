//! `mic export`: the bundle of a group from a server that does not run, for whoever runs it. Knows no format: `app::export` writes.

use std::io::BufWriter;
use std::path::PathBuf;

use clap::Args;
use mic_engine::ids::{GroupId, LogTime};
use mic_store::Store;
use mic_store::contract::{Fault, Group};

use super::private::Private;
use super::{ConfigFlags, Exit, Failure, Screen};
use crate::app::{ExportError, export, open_store, system_entropy};
use crate::clock::Clock;
use crate::config::{Config, Settings};
use crate::drive::load;

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The group: its 32 hexadecimal digits, or enough of their beginning
    #[arg(value_name = "GROUP", required_unless_present = "list")]
    group: Option<String>,
    /// Where to write the bundle; standard output without it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write keys, people and sealed ballots into this new file, to move the group: keep it secret
    #[arg(long, value_name = "FILE")]
    private: Option<PathBuf>,
    /// List the groups of this server instead
    #[arg(long)]
    list: bool,
    /// What was written, as one JSON object on the error stream
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFlags,
}

pub(super) fn run(command: &Export, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let config = command.config.read(Settings::default())?;
    let store = open_existing(&config)?;
    let groups = store.groups().map_err(Failure::fault)?;
    if command.list {
        for group in groups.iter().filter(|group| group.length.0 > 0) {
            writeln!(screen.out, "{} {} entries", group.id, group.length)?;
        }
        return Ok(Exit::Ok);
    }
    let group = find(&groups, command.group.as_deref().unwrap_or_default())?;
    let now = LogTime(Clock::system().wall().0);
    let done = match &command.output {
        Some(path) => {
            let file = std::fs::File::create_new(path)
                .map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
            let mut out = BufWriter::new(&file);
            let done = export(store.as_ref(), group, now, &mut out).map_err(failure)?;
            drop(out);
            file.sync_all()?;
            done
        }
        None => export(store.as_ref(), group, now, screen.out).map_err(failure)?,
    };
    if let Some(path) = &command.private {
        let state = load::state(store.as_ref(), group).map_err(Failure::fault)?;
        let private =
            Private::of(store.as_ref(), group, state.roll.len()).map_err(Failure::fault)?;
        private.write(path)?;
    }
    if command.json {
        let object = serde_json::json!({
            "group": group.to_string(), "entries": done.entries, "documents": done.documents,
            "checkpoints": done.checkpoints, "certificates": done.certificates,
            "left_out": done.left_out, "lines": done.lines,
        });
        writeln!(screen.err, "{object}")?;
    } else {
        let (documents, certificates) = (done.documents, done.certificates);
        writeln!(
            screen.err,
            "{} entries, {documents} documents, {certificates} certificates, {} lines",
            done.entries, done.lines
        )?;
        if done.left_out > 0 {
            writeln!(
                screen.err,
                "{} texts are too long for a bundle and stayed out",
                done.left_out
            )?;
        }
    }
    Ok(Exit::Ok)
}

/// The store of a server that is there; nothing is made by looking.
fn open_existing(config: &Config) -> Result<Box<dyn Store>, Failure> {
    let path = config.data.join(crate::app::DATABASE_FILE);
    if !path.exists() {
        let text =
            format!("there is no database in {}; --data names the folder", config.data.display());
        return Err(Failure::unreadable(text));
    }
    match open_store(config, &system_entropy()) {
        Ok(store) => Ok(Box::new(store)),
        Err(crate::app::StartError::Store(fault @ Fault::InUse(_))) => Err(Failure::unreadable(
            format!("{fault}\nMembers can export from their settings page while it runs."),
        )),
        Err(error) => Err(Failure::fault(error)),
    }
}

fn find(groups: &[Group], name: &str) -> Result<GroupId, Failure> {
    let mut found = groups.iter().filter(|group| {
        group.length.0 > 0 && !name.is_empty() && group.id.to_string().starts_with(name)
    });
    match (found.next(), found.next()) {
        (Some(group), None) => Ok(group.id),
        (Some(_), Some(_)) => Err(Failure::unreadable("more than one group begins so")),
        (None, _) => Err(Failure::unreadable("no such group; `mic export --list` shows them")),
    }
}

fn failure(error: ExportError) -> Failure {
    match error {
        ExportError::NoSuchGroup => Failure::unreadable(error),
        ExportError::Fault(_) | ExportError::Write(_) | ExportError::Damaged(_) => {
            Failure::fault(error)
        }
    }
}
