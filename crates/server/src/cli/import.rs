//! `mic import`: verifies a bundle as a stranger would, and only then takes the group over, with the keys it was signed by.
//! Without the keys nobody could sign its next checkpoint, so the command then only checks. Knows no rules.

mod batches;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use batches::Batches;
use clap::Args;
use mic_engine::append::AppendOutcome;
use mic_engine::event::{BeaconKind, Event, Founded};
use mic_engine::ids::{LogTime, Number};
use mic_engine::wire;
use mic_proof::beacon::LocalChain;
use mic_proof::bundle::{Line, Reader, Unreadable};
use mic_proof::finding::{Finding, Weight};
use mic_proof::note::{SigningKey, read_checkpoint};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;
use mic_store::Store;
use mic_store::contract::{Checkpoint, CheckpointSaved, Fault, GroupPrepared};

use super::private::Private;
use super::verify::own_chains;
use super::{ConfigFlags, Exit, Failure, Screen, charter_rules};
use crate::app::{open_store, system_entropy};
use crate::clock::Clock;
use crate::config::{Config, Settings};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// A bundle, as `mic export` writes it
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// Keys, people and sealed ballots, as `mic export --private` writes them
    #[arg(long, value_name = "FILE")]
    private: Option<PathBuf>,
    /// Take the group over; without it nothing is changed
    #[arg(long, requires = "private")]
    apply: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFlags,
}

pub(super) fn run(command: &Import, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let config = command.config.read(Settings::default())?;
    if !verified(command, &config, screen)? {
        return Ok(Exit::FoundBad);
    }
    let head = Head::read(&command.bundle)?;
    let private = command.private.as_deref().map(Private::read).transpose()?;
    if let Some(private) = &private
        && let Err(reason) = head.fits(private)
    {
        say(command, screen, false, reason)?;
        return Ok(Exit::FoundBad);
    }
    let Some(private) = private.filter(|_| command.apply) else {
        let next = if command.private.is_some() {
            "accepted; nothing was changed, --apply takes the group over"
        } else {
            "accepted; nothing was changed: without its keys a group can be checked, not continued"
        };
        say(command, screen, true, next)?;
        return Ok(Exit::Ok);
    };
    let store = open_store(&config, &system_entropy()).map_err(Failure::fault)?;
    take_over(&store, &command.bundle, &head, &private)?;
    say(command, screen, true, "taken over: start the server, everybody signs in as before")?;
    Ok(Exit::Ok)
}

fn verified(command: &Import, config: &Config, screen: &mut Screen<'_>) -> Result<bool, Failure> {
    let chains = own_chains(config);
    let options =
        Options { charter_check: Some(&charter_rules), chains: &chains, expected_key: None };
    let mut bad = Vec::new();
    let mut tell = |finding: Finding| {
        if finding.weight == Weight::Bad {
            bad.push(finding.to_string());
        }
    };
    let open = || File::open(&command.bundle).map(BufReader::new);
    let verdict = match verify_bundle(open, &options, &mut tell) {
        Ok(verdict) => verdict,
        Err(Unreadable::Read(error)) => {
            return Err(Failure::unreadable(format!("{}: {error}", command.bundle.display())));
        }
        Err(Unreadable::Refused(refused)) => return Err(Failure::unreadable(refused)),
    };
    for finding in bad {
        writeln!(screen.err, "{finding}")?;
    }
    if let Some(code) = verdict {
        say(command, screen, false, &format!("refused: {code}"))?;
    }
    Ok(verdict.is_none())
}

fn say(
    command: &Import,
    screen: &mut Screen<'_>,
    accepted: bool,
    text: &str,
) -> Result<(), Failure> {
    if command.json {
        let object = serde_json::json!({ "accepted": accepted, "text": text });
        writeln!(screen.out, "{object}")?;
    } else {
        writeln!(screen.out, "{text}")?;
    }
    Ok(())
}

/// How a bundle begins.
struct Head {
    founded: Founded,
    /// The signed head of the whole journal.
    checkpoint: String,
}

impl Head {
    fn read(path: &Path) -> Result<Self, Failure> {
        let mut reader = lines(path)?;
        let mut checkpoint = String::new();
        while let Some(line) = reader.next_line().map_err(|error| refuse(path, &error))? {
            match line {
                Line::Bundle(first) => checkpoint = first.checkpoint,
                Line::Entry { text, .. } => {
                    let entry = wire::from_bytes(text.as_bytes()).map(|entry| entry.event);
                    let Ok(Event::Founded(founded)) = entry else { break };
                    return Ok(Self { founded, checkpoint });
                }
                Line::Document { .. }
                | Line::Checkpoint { .. }
                | Line::Certificate { .. }
                | Line::End { .. } => break,
            }
        }
        Err(refuse(path, &"it does not begin with a founding of this version"))
    }

    /// Whether these are the keys the journal was signed with.
    fn fits(&self, private: &Private) -> Result<(), &'static str> {
        let founded = &self.founded;
        let key = SigningKey::from_seed(&private.secrets.signing_seed);
        if private.group != founded.group || *key.verifying_key().as_bytes() != founded.key {
            return Err("refused: the private part is of another group");
        }
        let local = founded.beacon == BeaconKind::Local;
        if local && LocalChain::new(&private.secrets.beacon_secret).anchor() != founded.chain {
            return Err("refused: the private part has another chain than the founding names");
        }
        Ok(())
    }
}

/// Entries, texts, people and ballots come over together or not at all; what is published follows.
fn take_over(
    store: &dyn Store,
    path: &Path,
    head: &Head,
    private: &Private,
) -> Result<(), Failure> {
    let group = head.founded.group;
    let now = LogTime(Clock::system().wall().0);
    match store.prepare_group(group, &group.to_string(), false, &private.secrets, now) {
        Ok(GroupPrepared::Prepared) => {}
        Ok(GroupPrepared::Exists | GroupPrepared::SlugTaken) => {
            return Err(Failure::unreadable("the group is on this server already"));
        }
        Err(fault) => return Err(Failure::fault(fault)),
    }
    let last_at = match write_journal(store, path, private) {
        Ok(last_at) => last_at,
        Err(failure) => {
            // Nothing was written under the name, so it can be free again. If that fails, too, the first reason says more.
            if let Err(fault) = store.drop_unfounded(group) {
                tracing::warn!(event = "import.not_tidied", %fault);
            }
            return Err(failure);
        }
    };
    for (slot, person, settings) in &private.people {
        let (name, language) = (&person.name, &person.language);
        store.update_person(group, *slot, name, language, settings).map_err(Failure::fault)?;
    }
    publish(store, path, head, now.max(last_at))
}

/// All of the journal in one transaction; the time of its newest entry.
fn write_journal(store: &dyn Store, path: &Path, private: &Private) -> Result<LogTime, Failure> {
    let mut batches = Batches::new(open(path)?, private);
    let mut unreadable = None;
    let outcome = store.append_whole(&mut || {
        batches.next().map_err(|reason| {
            unreadable = Some(reason);
            Fault::Io("the bundle".into())
        })
    });
    match (outcome, unreadable) {
        (_, Some(reason)) => Err(refuse(path, &reason)),
        (Ok(AppendOutcome::Committed), None) => Ok(batches.last_at()),
        (Ok(_), None) => {
            Err(Failure::fault("the journal could not be written; nothing of it was kept"))
        }
        (Err(fault), None) => Err(Failure::fault(fault)),
    }
}

/// Keeps the checkpoints, the newest last, and the certificates. When they were published is not in a bundle; no draw that still
/// waits can use them.
fn publish(store: &dyn Store, path: &Path, head: &Head, at: LogTime) -> Result<(), Failure> {
    let group = head.founded.group;
    let keep = |note: String| {
        let Ok(size) = read_checkpoint(&note).map(|read| read.size) else { return Ok(()) };
        match store.save_checkpoint(group, &Checkpoint { size, at, note }) {
            // One that covers less than the one before adds nothing.
            Ok(CheckpointSaved::Saved | CheckpointSaved::Behind) => Ok(()),
            Ok(CheckpointSaved::Ahead) => Err(Failure::fault("a checkpoint could not be kept")),
            Err(fault) => Err(Failure::fault(fault)),
        }
    };
    let mut reader = lines(path)?;
    while let Some(line) = reader.next_line().map_err(|error| refuse(path, &error))? {
        match line {
            Line::Checkpoint { text } => keep(text)?,
            Line::Certificate { text } => {
                if let Some(number) = number_of(&text) {
                    store.save_certificate(group, number, &text).map_err(Failure::fault)?;
                }
            }
            Line::Bundle(_) | Line::Entry { .. } | Line::Document { .. } | Line::End { .. } => {}
        }
    }
    keep(head.checkpoint.clone())
}

fn lines(path: &Path) -> Result<Reader<BufReader<File>>, Failure> {
    Ok(Reader::new(open(path)?))
}

fn open(path: &Path) -> Result<BufReader<File>, Failure> {
    File::open(path).map(BufReader::new).map_err(|error| refuse(path, &error))
}

fn refuse(path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::unreadable(format!("{}: {reason}", path.display()))
}

fn number_of(certificate: &str) -> Option<Number> {
    let value: serde_json::Value = serde_json::from_str(certificate).ok()?;
    value.get("number")?.as_u64()?.try_into().ok().map(Number)
}
