//! A program that runs for one test and never longer, even if the test is killed. It does not know what the program does.

use std::fs::File;
use std::io::{Error, Result};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A small shell stands between us and the program. It waits for the end of its own input, which comes when we drop the pipe or
/// die, asks the program to end, and after at most five seconds ends whatever is left of its session, and of nothing else.
const ATTENDANT: &str = r#"
trap : TERM INT HUP
"$@" </dev/null &
program=$!
read -r _
kill -TERM "$program" 2>/dev/null
(sleep 5; kill -KILL "$program" 2>/dev/null) &
wait "$program"
for stat in /proc/[0-9]*/stat; do
    read -r line <"$stat" 2>/dev/null || continue
    rest=${line##*) }
    set -- $rest
    process=${stat#/proc/}
    process=${process%/stat}
    [ "$4" = "$$" ] && [ "$process" != "$$" ] && kill -KILL "$process" 2>/dev/null
done
exit 0
"#;

/// The running program; dropping it ends the program and waits for that.
pub(crate) struct Attended {
    attendant: Child,
    log: PathBuf,
}

impl Attended {
    /// Starts the program with these words; all it prints goes to the file `log`.
    pub(crate) fn start(program: &str, words: &[&str], log: &Path) -> Result<Self> {
        let output = File::create(log)?;
        let attendant = Command::new("setsid")
            .args(["sh", "-c", ATTENDANT, "attendant", program])
            .args(words)
            .stdin(Stdio::piped())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()?;
        Ok(Self { attendant, log: log.to_path_buf() })
    }

    /// An error that says what was expected of the program and what it printed.
    pub(crate) fn complaint(&self, expected: &str) -> Error {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        Error::other(format!("{expected}; it said:\n{log}"))
    }
}

impl Drop for Attended {
    fn drop(&mut self) {
        drop(self.attendant.stdin.take());
        // Nothing is left to do where the wait fails: the attendant is then gone already.
        drop(self.attendant.wait());
    }
}

/// Runs a program to its end; an error says what it printed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).process_group(0).output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Error::other(format!("{command:?} ended with {}: {said}", output.status)))
}
