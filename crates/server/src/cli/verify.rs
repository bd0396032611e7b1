//! `mic verify`: reads a bundle or a certificate and prints every finding as it comes. Knows no rules: `mic-proof` checks.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use mic_proof::beacon::Chain;
use mic_proof::bundle::Unreadable;
use mic_proof::certificate::{CERTIFICATE_BYTES_MAX, verify_certificate};
use mic_proof::finding::{Code, Finding, Weight};
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;

use super::{Exit, Failure, Screen, charter_rules};
use crate::config::{BeaconConfig, ChainConfig, Config};

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A bundle, as `mic export` writes it, or a certificate
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The group's public key, if you learnt it from somewhere else (base64url, 43 characters)
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Print only what is bad, and the last line
    #[arg(long)]
    quiet: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: super::ConfigFlags,
}

pub(super) fn run(command: &Verify, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let expected_key = command.key.as_deref().map(read_key).transpose()?;
    let chains = own_chains(&command.config.read(crate::config::Settings::default())?);
    let options = Options { charter_check: Some(&charter_rules), chains: &chains, expected_key };
    let mut closed = None;
    let mut tell = |finding: Finding| {
        if command.quiet && finding.weight != Weight::Bad {
            return;
        }
        let line = if command.json { as_json(&finding) } else { finding.to_string() };
        if let Err(error) = writeln!(screen.out, "{line}") {
            closed.get_or_insert(error);
        }
    };
    let verdict = if is_certificate(&command.file)? {
        let bytes = read_certificate(&command.file)?;
        verify_certificate(&bytes, &options, None, &mut tell).map_or_else(Some, |_| None)
    } else {
        let open = || File::open(&command.file).map(BufReader::new);
        match verify_bundle(open, &options, &mut tell) {
            Ok(verdict) => verdict,
            Err(Unreadable::Read(error)) => return Err(Failure::unreadable(error)),
            Err(Unreadable::Refused(refused)) => {
                let Failure { exit, text } = Failure::unreadable(&refused);
                if command.json {
                    writeln!(screen.out, "{}", verdict_json(Some(refused.code)))?;
                }
                return Err(Failure { exit, text });
            }
        }
    };
    if let Some(error) = closed {
        return Err(error.into());
    }
    conclude(command, verdict, screen)
}

fn conclude(
    command: &Verify,
    verdict: Option<Code>,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    if command.json {
        writeln!(screen.out, "{}", verdict_json(verdict))?;
    } else {
        match verdict {
            None => writeln!(screen.out, "accepted: nothing bad was found")?,
            Some(code) => writeln!(screen.out, "refused: {code}")?,
        }
    }
    Ok(if verdict.is_none() { Exit::Ok } else { Exit::FoundBad })
}

/// A private beacon chain that this machine is configured for can be checked here, too.
pub(super) fn own_chains(config: &Config) -> Vec<Chain> {
    match &config.beacon {
        BeaconConfig::Drand { chain: ChainConfig::Other(chain), .. } => {
            vec![Chain::Other(chain.clone())]
        }
        BeaconConfig::Drand { chain: ChainConfig::Quicknet, .. } | BeaconConfig::Local => {
            Vec::new()
        }
    }
}

pub(super) fn read_key(text: &str) -> Result<[u8; 32], Failure> {
    let bytes = mic_proof::base64::decode_url(text).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Failure::unreadable("--key: a key is 43 characters of base64url"))
}

/// The first line of a bundle says so; a certificate is one object.
fn is_certificate(path: &Path) -> Result<bool, Failure> {
    let mut start = [0; 10];
    let mut file = File::open(path)
        .map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
    let read = file.read(&mut start).map_err(Failure::unreadable)?;
    Ok(start[..read].starts_with(b"{\"beacon\""))
}

fn read_certificate(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = u64::try_from(CERTIFICATE_BYTES_MAX).unwrap_or(u64::MAX) + 1;
    let file = File::open(path).map_err(Failure::unreadable)?;
    file.take(most).read_to_end(&mut bytes).map_err(Failure::unreadable)?;
    Ok(bytes)
}

fn as_json(finding: &Finding) -> String {
    let weight = match finding.weight {
        Weight::Ok => "ok",
        Weight::Bad => "bad",
        Weight::Note => "note",
    };
    serde_json::json!({
        "weight": weight,
        "code": finding.code.word(),
        "seq": finding.seq,
        "text": finding.text,
    })
    .to_string()
}

fn verdict_json(verdict: Option<Code>) -> String {
    serde_json::json!({ "accepted": verdict.is_none(), "reason": verdict.map(Code::word) })
        .to_string()
}
