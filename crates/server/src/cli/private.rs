//! The private part of a group: its keys, its people, its sealed ballots. One JSON object a line, in a file that only its owner can
//! read. It exists to move a group to another server. Knows nothing of bundles.

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use mic_engine::append::{Person, SealedBallot};
use mic_engine::ids::{GroupId, ProposalNumber, Slot, Step};
use mic_proof::hash::{hex, hex_decode};
use mic_store::Store;
use mic_store::contract::{Fault, GroupSecrets, VaultBallot};
use serde::{Deserialize, Serialize};

use super::Failure;

/// People read at once.
const PEOPLE_READ_MAX: u32 = 1_000;
/// The longest line, in bytes.
const LINE_BYTES_MAX: usize = 100_000;

/// Everything of a group that its bundle does not hold.
pub(super) struct Private {
    pub(super) group: GroupId,
    pub(super) secrets: GroupSecrets,
    pub(super) people: Vec<(Slot, Person, String)>,
    pub(super) ballots: Vec<VaultBallot>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Group {
        v: u32,
        group: String,
        signing_seed: String,
        beacon_secret: String,
    },
    Person {
        slot: u32,
        name: String,
        email: String,
        language: String,
        settings: String,
    },
    Ballot {
        proposal: u32,
        step: u32,
        slot: u32,
        choice: String,
        nonce: String,
        blind: String,
        reason: String,
        round: u32,
    },
    End {
        lines: u64,
    },
}

impl Private {
    /// Reads it from the store.
    pub(super) fn of(store: &dyn Store, group: GroupId, slots: u32) -> Result<Self, Fault> {
        let secrets = store.group_secrets(group)?;
        let secrets = secrets.ok_or_else(|| Fault::Corrupt("a group without keys".into()))?;
        let mut people = Vec::new();
        for first in (0..slots).step_by(PEOPLE_READ_MAX as usize) {
            for (slot, record) in store.people(group, Slot(first), PEOPLE_READ_MAX)? {
                people.push((slot, record.person, record.settings));
            }
        }
        Ok(Self { group, secrets, people, ballots: store.all_ballots(group)? })
    }

    /// Writes it into a new file that nobody else can read.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let refuse = |error| Failure::unreadable(format!("{}: {error}", path.display()));
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).mode(0o600).open(path).map_err(refuse)?;
        let mut out = std::io::BufWriter::new(&file);
        let lines = self.lines();
        let count = u64::try_from(lines.len()).unwrap_or(u64::MAX) + 1;
        for line in lines.into_iter().chain([Line::End { lines: count }]) {
            let text = serde_json::to_string(&line).expect("texts and numbers are JSON");
            writeln!(out, "{text}")?;
        }
        out.flush()?;
        drop(out);
        Ok(file.sync_all()?)
    }

    /// Reads it back; anything that is not whole and ours is refused.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let refuse = |error: String| Failure::unreadable(format!("{}: {error}", path.display()));
        let file = std::fs::File::open(path).map_err(|error| refuse(error.to_string()))?;
        let mut found: Option<Self> = None;
        let mut count = 0;
        let mut ended = false;
        for text in BufReader::new(file).lines() {
            let text = text.map_err(|error| refuse(error.to_string()))?;
            count += 1;
            let line = (text.len() <= LINE_BYTES_MAX).then(|| serde_json::from_str(&text).ok());
            let line = line.flatten().ok_or_else(|| refuse(format!("line {count} is not ours")))?;
            match (line, &mut found) {
                (Line::End { lines }, Some(_)) if lines == count => ended = true,
                (line, None) => {
                    found = Some(first(line).ok_or_else(|| {
                        refuse("it is not the private part of a group".to_owned())
                    })?);
                }
                (line, Some(private)) if !ended => private
                    .take(line)
                    .ok_or_else(|| refuse(format!("line {count} is malformed")))?,
                (_, Some(_)) => return Err(refuse("lines stand after its end".to_owned())),
            }
        }
        found.filter(|_| ended).ok_or_else(|| refuse("it was cut off".to_owned()))
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Group {
            v: 1,
            group: self.group.to_string(),
            signing_seed: hex(&self.secrets.signing_seed),
            beacon_secret: hex(&self.secrets.beacon_secret),
        }];
        for (slot, person, settings) in &self.people {
            let Person { name, email, language } = person.clone();
            lines.push(Line::Person {
                slot: slot.0,
                name,
                email,
                language,
                settings: settings.clone(),
            });
        }
        for found in &self.ballots {
            let SealedBallot { choice, nonce, blind, reason, round } = found.ballot.clone();
            lines.push(Line::Ballot {
                proposal: found.proposal.0,
                step: found.step.0,
                slot: found.slot.0,
                choice,
                nonce,
                blind: hex(&blind),
                reason,
                round,
            });
        }
        lines
    }

    fn take(&mut self, line: Line) -> Option<()> {
        match line {
            Line::Person { slot, name, email, language, settings } => {
                self.people.push((Slot(slot), Person { name, email, language }, settings));
            }
            Line::Ballot { proposal, step, slot, choice, nonce, blind, reason, round } => {
                let ballot = SealedBallot { choice, nonce, blind: bytes(&blind)?, reason, round };
                self.ballots.push(VaultBallot {
                    proposal: ProposalNumber(proposal),
                    step: Step(step),
                    slot: Slot(slot),
                    ballot,
                });
            }
            Line::Group { .. } | Line::End { .. } => return None,
        }
        Some(())
    }
}

fn first(line: Line) -> Option<Private> {
    let Line::Group { v: 1, group, signing_seed, beacon_secret } = line else { return None };
    let secrets =
        GroupSecrets { signing_seed: bytes(&signing_seed)?, beacon_secret: bytes(&beacon_secret)? };
    Some(Private {
        group: GroupId::parse(&group)?,
        secrets,
        people: Vec::new(),
        ballots: Vec::new(),
    })
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    hex_decode(text).ok()?.try_into().ok()
}
