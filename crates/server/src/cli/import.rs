//! `mic import`: verifies a bundle as a stranger would, and only then takes the group over, with the keys it was signed by.
//! Without the keys nobody could sign its next checkpoint, so the command then only checks. Knows no rules.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use mic_engine::append::{
    Append, AppendOutcome, Document, DocumentKind, EntryBytes, PersonWrite, VaultWrite,
};
use mic_engine::event::{BeaconKind, Event, Founded, Subject};
use mic_engine::ids::{GroupId, LogTime, Number, ProposalNumber, Seq};
use mic_engine::wire;
use mic_proof::beacon::LocalChain;
use mic_proof::bundle::{Line, Reader, Unreadable};
use mic_proof::count::lists::read_index;
use mic_proof::finding::{Finding, Weight};
use mic_proof::hash::{Hash, leaf_hash};
use mic_proof::note::{SigningKey, read_checkpoint};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;
use mic_store::Store;
use mic_store::contract::{Checkpoint, CheckpointSaved, GroupPrepared};

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
    let taken = Taken::read(&command.bundle)?;
    let private = command.private.as_deref().map(Private::read).transpose()?;
    if let Some(private) = &private
        && let Err(reason) = taken.fits(private)
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
    taken.apply(&store, &private)?;
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

/// A verified bundle, as the store wants it.
struct Taken {
    group: GroupId,
    founded: Founded,
    append: Append,
    checkpoints: Vec<String>,
    certificates: Vec<String>,
    last_at: LogTime,
}

impl Taken {
    fn read(path: &Path) -> Result<Self, Failure> {
        let refuse = |reason: &str| Failure::unreadable(format!("{}: {reason}", path.display()));
        let file = File::open(path).map_err(|error| refuse(&error.to_string()))?;
        let mut reader = Reader::new(BufReader::new(file));
        let (mut found, mut kinds) = (None::<Self>, BTreeMap::new());
        let (mut head, mut texts) = (String::new(), BTreeMap::new());
        while let Some(line) = reader.next_line().map_err(|error| refuse(&error.to_string()))? {
            match line {
                Line::Bundle(first) => head = first.checkpoint,
                Line::Entry { text, .. } => take_entry(&mut found, &mut kinds, &text)
                    .ok_or_else(|| refuse("an entry is of a later version"))?,
                Line::Document { hash, text: Some(text) } => {
                    texts.insert(hash, text);
                }
                Line::Document { text: None, .. } | Line::End { .. } => {}
                Line::Checkpoint { text } => {
                    if let Some(taken) = &mut found {
                        taken.checkpoints.push(text);
                    }
                }
                Line::Certificate { text } => {
                    if let Some(taken) = &mut found {
                        taken.certificates.push(text);
                    }
                }
            }
        }
        let mut taken = found.ok_or_else(|| refuse("it holds no entries"))?;
        taken.checkpoints.push(head);
        taken.append.documents = documents(texts, kinds);
        Ok(taken)
    }

    /// Whether these are the keys the journal was signed with.
    fn fits(&self, private: &Private) -> Result<(), &'static str> {
        let key = SigningKey::from_seed(&private.secrets.signing_seed);
        if private.group != self.group || *key.verifying_key().as_bytes() != self.founded.key {
            return Err("refused: the private part is of another group");
        }
        let local = self.founded.beacon == BeaconKind::Local;
        if local && LocalChain::new(&private.secrets.beacon_secret).anchor() != self.founded.chain {
            return Err("refused: the private part has another chain than the founding names");
        }
        Ok(())
    }

    fn apply(mut self, store: &dyn Store, private: &Private) -> Result<(), Failure> {
        let now = LogTime(Clock::system().wall().0).max(self.last_at);
        let slug = self.group.to_string();
        match store.prepare_group(self.group, &slug, false, &private.secrets, now) {
            Ok(GroupPrepared::Prepared) => {}
            Ok(GroupPrepared::Exists | GroupPrepared::SlugTaken) => {
                return Err(Failure::unreadable("the group is on this server already"));
            }
            Err(fault) => return Err(Failure::fault(fault)),
        }
        for (slot, person, _) in &private.people {
            self.append.people.push(PersonWrite::Found { slot: *slot, person: person.clone() });
        }
        for found in private.ballots.iter().cloned() {
            let (proposal, step, slot) = (found.proposal, found.step, found.slot);
            let ballot = found.ballot;
            self.append.vault.push(VaultWrite::Put { proposal, step, slot, ballot });
        }
        let outcomes = store.append(std::slice::from_ref(&self.append)).map_err(Failure::fault)?;
        if outcomes != [AppendOutcome::Committed] {
            return Err(Failure::fault("the journal could not be written; nothing of it was kept"));
        }
        for (slot, person, settings) in &private.people {
            let (name, language) = (&person.name, &person.language);
            store
                .update_person(self.group, *slot, name, language, settings)
                .map_err(Failure::fault)?;
        }
        self.keep_checkpoints(store, now)?;
        for text in &self.certificates {
            if let Some(number) = number_of(text) {
                store.save_certificate(self.group, number, text).map_err(Failure::fault)?;
            }
        }
        Ok(())
    }

    /// Older ones first: a store keeps a checkpoint only if it covers more than the one before.
    fn keep_checkpoints(&self, store: &dyn Store, now: LogTime) -> Result<(), Failure> {
        let size = |note: &String| Some((read_checkpoint(note).ok()?.size, note.clone()));
        let notes: BTreeMap<u64, String> = self.checkpoints.iter().filter_map(size).collect();
        for (size, note) in notes {
            // When they were published is not in a bundle; no draw that still waits can use them.
            let checkpoint = Checkpoint { size, at: now, note };
            let saved = store.save_checkpoint(self.group, &checkpoint).map_err(Failure::fault)?;
            if saved != CheckpointSaved::Saved {
                return Err(Failure::fault("a checkpoint could not be kept"));
            }
        }
        Ok(())
    }
}

/// What each document is, and the proposal it belongs to, is told by the entries that name it.
type Kinds = BTreeMap<Hash, (DocumentKind, Option<ProposalNumber>)>;

/// The texts that an entry names, or a ballot index that an entry names.
fn documents(texts: BTreeMap<Hash, String>, mut kinds: Kinds) -> Vec<Document> {
    let indexes: Vec<(Hash, (DocumentKind, Option<ProposalNumber>))> = kinds
        .iter()
        .filter(|(_, (kind, _))| *kind == DocumentKind::Ballots)
        .map(|(hash, named)| (*hash, *named))
        .collect();
    for (index, named) in indexes {
        let lists = texts.get(&index).and_then(|text| read_index(text)).unwrap_or_default();
        kinds.extend(lists.into_iter().map(|list| (list, named)));
    }
    let known = |(hash, text): (Hash, String)| {
        let (kind, proposal) = *kinds.get(&hash)?;
        Some(Document { hash, bytes: text.into_bytes(), kind, proposal })
    };
    texts.into_iter().filter_map(known).collect()
}

fn take_entry(found: &mut Option<Taken>, kinds: &mut Kinds, text: &str) -> Option<()> {
    let entry = wire::from_bytes(text.as_bytes()).ok()?;
    match &entry.event {
        Event::Founded(founded) => {
            kinds.insert(founded.charter, (DocumentKind::Charter, None));
            kinds.insert(founded.profile, (DocumentKind::Profile, None));
            *found = Some(Taken::new(founded.clone()));
        }
        Event::Opened(opened) => {
            kinds.insert(opened.version, (DocumentKind::Version, Some(opened.proposal)));
            if let Some(Subject::Charter(charter)) = opened.subject {
                kinds.insert(charter, (DocumentKind::Charter, Some(opened.proposal)));
            }
        }
        Event::VersionPosted { proposal, version, subject, .. } => {
            kinds.insert(*version, (DocumentKind::Version, Some(*proposal)));
            if let Some(Subject::Charter(charter)) = subject {
                kinds.insert(*charter, (DocumentKind::Charter, Some(*proposal)));
            }
        }
        Event::StatementMade { proposal, document } => {
            kinds.insert(*document, (DocumentKind::Statement, Some(*proposal)));
        }
        Event::PositionTaken(taken) => {
            if let Some(reason) = taken.reason {
                kinds.insert(reason, (DocumentKind::Reason, Some(taken.proposal)));
            }
        }
        Event::ObjectionRaised { proposal, reason, .. } => {
            kinds.insert(*reason, (DocumentKind::Reason, Some(*proposal)));
        }
        Event::VoteClosed(closed) => {
            kinds.insert(closed.ballots, (DocumentKind::Ballots, Some(closed.proposal)));
        }
        Event::PledgeWoken(woken) => {
            kinds.insert(woken.ballots, (DocumentKind::Ballots, Some(woken.proposal)));
        }
        Event::DrawCalled(called) => {
            kinds.insert(called.exclusions, (DocumentKind::Exclusions, Some(called.proposal)));
        }
        _ => {}
    }
    let taken = found.as_mut()?;
    taken.last_at = entry.at;
    let bytes = text.as_bytes().to_vec();
    let (leaf, proposal) = (leaf_hash(&bytes), entry.event.proposal());
    taken.append.entries.push(EntryBytes { bytes, leaf, proposal });
    Some(())
}

impl Taken {
    fn new(founded: Founded) -> Self {
        let append = Append {
            group: founded.group,
            expected: Seq(0),
            entries: Vec::new(),
            documents: Vec::new(),
            erased_documents: Vec::new(),
            vault: Vec::new(),
            people: Vec::new(),
            parcels: Vec::new(),
            keys: Vec::new(),
        };
        Self {
            group: founded.group,
            founded,
            append,
            checkpoints: Vec::new(),
            certificates: Vec::new(),
            last_at: LogTime(0),
        }
    }
}

fn number_of(certificate: &str) -> Option<Number> {
    let value: serde_json::Value = serde_json::from_str(certificate).ok()?;
    value.get("number")?.as_u64()?.try_into().ok().map(Number)
}
