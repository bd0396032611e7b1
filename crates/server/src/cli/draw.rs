//! `mic draw`: the twenty lines that anybody can recompute, as a command. Knows no journal: all it needs stands on its line.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use mic_proof::beacon::Chain;
use mic_proof::draw::{Permutation, seed};
use mic_proof::hash::{Hash, hex, hex_decode, sha256};

use super::{Exit, Failure, Screen};

/// The most seats and reserve shown.
const SHOWN_MAX: u32 = 10_000;

#[derive(Debug, Args)]
pub(super) struct Draw {
    /// Leaf hash of the entry that called the draw (64 hexadecimal digits)
    #[arg(long, value_name = "HASH")]
    inputs: String,
    /// Randomness of the round (64 hexadecimal digits): SHA-256 of its signature
    #[arg(long, value_name = "HEX", required_unless_present = "signature")]
    randomness: Option<String>,
    /// Signature of the round, or the link of a local chain (hexadecimal)
    #[arg(long, value_name = "HEX", conflicts_with = "randomness")]
    signature: Option<String>,
    /// The round, to have the signature checked against quicknet's key
    #[arg(long, requires_all = ["quicknet", "signature"])]
    round: Option<u64>,
    /// Check the signature with the key of drand's quicknet
    #[arg(long, requires = "round")]
    quicknet: bool,
    /// Size of the roll: slots 0 … roll − 1
    #[arg(long)]
    roll: u32,
    /// How many are seated
    #[arg(long)]
    seats: u32,
    /// How many of the reserve to show after them
    #[arg(long, default_value_t = 0)]
    reserve: u32,
    /// Slots that are passed over, with commas between
    #[arg(long, value_delimiter = ',', value_name = "SLOTS", conflicts_with = "excluded_list")]
    excluded: Vec<u32>,
    /// File with the exclusion list: a line `SLOT REASON` for each
    #[arg(long, value_name = "FILE")]
    excluded_list: Option<PathBuf>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Draw, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let inputs = hash("--inputs", &command.inputs)?;
    let signature = command.signature.as_deref().map(hex_decode).transpose();
    let signature = signature.map_err(|_| Failure::unreadable("--signature: not hexadecimal"))?;
    if let (Some(round), Some(signature)) = (command.round, &signature)
        && let Err(error) = Chain::Quicknet.verify(round, signature)
    {
        writeln!(screen.out, "bad beacon_invalid - {error}")?;
        return Ok(Exit::FoundBad);
    }
    let randomness = match (&command.randomness, &signature) {
        (Some(text), _) => hash("--randomness", text)?,
        (None, Some(signature)) => sha256(signature),
        (None, None) => return Err(Failure::unreadable("--randomness or --signature is needed")),
    };
    if command.seats.saturating_add(command.reserve) > SHOWN_MAX {
        return Err(Failure::unreadable(format!("at most {SHOWN_MAX} seats and reserve together")));
    }
    let excluded = excluded(command)?;
    let seed = seed(&inputs, randomness.as_bytes());
    let eligible = Permutation::new(&seed, command.roll).filter(|slot| !excluded.contains(slot));
    let most = usize::try_from(command.seats + command.reserve).unwrap_or(usize::MAX);
    let drawn: Vec<u32> = eligible.take(most).collect();
    let seats = usize::try_from(command.seats).unwrap_or(usize::MAX).min(drawn.len());
    let (seated, reserve) = drawn.split_at(seats);
    if command.json {
        let object = serde_json::json!({
            "seed": seed.0.to_string(),
            "randomness": hex(randomness.as_bytes()),
            "seated": seated,
            "reserve": reserve,
        });
        writeln!(screen.out, "{object}")?;
        return Ok(Exit::Ok);
    }
    writeln!(screen.out, "randomness  {}", hex(randomness.as_bytes()))?;
    writeln!(screen.out, "seed        {}", seed.0)?;
    writeln!(screen.out, "seated      {}", list(seated))?;
    if !reserve.is_empty() {
        writeln!(screen.out, "reserve     {}", list(reserve))?;
    }
    if seated.len() < usize::try_from(command.seats).unwrap_or(usize::MAX) {
        writeln!(screen.out, "only {} may be seated", seated.len())?;
    }
    Ok(Exit::Ok)
}

fn excluded(command: &Draw) -> Result<BTreeSet<u32>, Failure> {
    let Some(path) = &command.excluded_list else {
        return Ok(command.excluded.iter().copied().collect());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
    let slot = |line: &str| line.split(' ').next().and_then(|slot| slot.parse().ok());
    let slots: Option<BTreeSet<u32>> = text.lines().map(slot).collect();
    slots.ok_or_else(|| Failure::unreadable("--excluded-list: a line is not `SLOT REASON`"))
}

fn hash(flag: &str, text: &str) -> Result<Hash, Failure> {
    text.parse()
        .map_err(|_| Failure::unreadable(format!("{flag}: 64 hexadecimal digits are needed")))
}

fn list(slots: &[u32]) -> String {
    slots.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}
