//! Both verifiers, run as a stranger runs them: `mic verify` and `spec/verify.py`. They know nothing of each other, and this file
//! nothing of what they check.

use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a verifier says of a file: that it holds, or the first reason why it does not.
pub(crate) type Verdict = std::result::Result<(), String>;

/// Both verdicts on a bundle: first that of `mic verify`, then that of `spec/verify.py`.
pub(crate) fn of_bundle(bundle: &Path) -> Result<[Verdict; 2]> {
    Ok([ours(bundle)?, second(&[bundle.as_os_str()])?])
}

/// Both verdicts on a certificate that is looked at alone.
pub(crate) fn of_certificate(certificate: &Path) -> Result<[Verdict; 2]> {
    Ok([ours(certificate)?, second(&["--certificate".as_ref(), certificate.as_os_str()])?])
}

/// Runs the program that the tests are about, away from any configuration that lies around.
pub(crate) fn mic(words: &[&std::ffi::OsStr]) -> Result<Output> {
    let elsewhere = std::env::temp_dir();
    Command::new(env!("CARGO_BIN_EXE_mic")).args(words).current_dir(elsewhere).output()
}

fn ours(file: &Path) -> Result<Verdict> {
    let output = mic(&["verify".as_ref(), "--json".as_ref(), file.as_os_str()])?;
    let said = String::from_utf8_lossy(&output.stdout);
    let last = said.lines().last().unwrap_or_default();
    let last: serde_json::Value = serde_json::from_str(last).map_err(|_| unclear(&output))?;
    let reason = last["reason"].as_str().map(str::to_owned);
    match (output.status.code(), reason) {
        (Some(0), None) => Ok(Ok(())),
        (Some(1 | 2), Some(reason)) => Ok(Err(reason)),
        _ => Err(unclear(&output)),
    }
}

fn second(words: &[&std::ffi::OsStr]) -> Result<Verdict> {
    let program = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec/verify.py");
    let output = Command::new("python3").arg(program).args(words).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut bad = said.lines().filter_map(|line| line.strip_prefix("bad "));
    let reason = bad.next().and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    match (output.status.code(), reason) {
        (Some(0), None) => Ok(Ok(())),
        (Some(1 | 2), Some(reason)) => Ok(Err(reason)),
        _ => Err(unclear(&output)),
    }
}

fn unclear(output: &Output) -> Error {
    let said = String::from_utf8_lossy(&output.stdout);
    let cause = String::from_utf8_lossy(&output.stderr);
    Error::other(format!("no verdict but {}; it said:\n{said}\n{cause}", output.status))
}
