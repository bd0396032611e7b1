//! A server that starts again with a long journal; the same journal checked from end to end; a small server at rest.
//! Knows nothing of pages.

use std::process::Command;
use std::time::Instant;

use crate::Outcome;
use crate::history::{self, GROUP};
use crate::program::{Program, binary, megabytes};

const MEMBERS: u32 = 100_000;
const ENTRIES: u64 = 1_000_000;

/// 100,000 members and 1,000,000 entries: how long until the first page, and how much memory.
pub(crate) fn restart() -> Outcome {
    let folder = tempfile::tempdir()?;
    history::make(folder.path(), MEMBERS, ENTRIES)?;
    let since = Instant::now();
    let mut program = Program::serve(folder.path())?;
    let took = program.wait(since)?;
    let memory = program.resident()?;
    Ok(format!("{:.1} s, {}", took.as_secs_f64(), megabytes(memory)))
}

/// The same journal, exported and checked by `mic verify`: seconds of one core.
pub(crate) fn verify() -> Outcome {
    let folder = tempfile::tempdir()?;
    history::make(folder.path(), MEMBERS, ENTRIES)?;
    let bundle = folder.path().join("bundle.mic");
    let exported = Command::new(binary()?)
        .args(["export", &GROUP.to_string(), "--data"])
        .arg(folder.path())
        .arg("--output")
        .arg(&bundle)
        .status()?;
    if !exported.success() {
        return Err("the export failed".into());
    }
    let size = std::fs::metadata(&bundle)?.len();
    let since = Instant::now();
    let verified = Command::new(binary()?).arg("verify").arg(&bundle).output()?;
    let took = since.elapsed();
    if !verified.status.success() {
        let lines = String::from_utf8_lossy(&verified.stdout);
        let bad: Vec<&str> = lines.lines().filter(|line| line.starts_with("bad")).collect();
        return Err(format!("refused: {}", bad.join("; ")).into());
    }
    Ok(format!("{:.1} s for a bundle of {}", took.as_secs_f64(), megabytes(size)))
}

/// A server with 1,000 members that nobody asks anything.
pub(crate) fn idle() -> Outcome {
    let folder = tempfile::tempdir()?;
    history::make(folder.path(), 1_000, 10_000)?;
    let mut program = Program::serve(folder.path())?;
    program.wait(Instant::now())?;
    Ok(megabytes(program.resident()?))
}
