//! One run of another program: in a process group of its own, with no input, its lines passed on as they come, ended when its
//! time is over and reaped in every case. It does not know what the program is for.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Lines of one step that are kept for counting; a longer output is still shown.
const KEPT_LINES_MAX: usize = 200_000;
/// How often a running step is looked at.
const TICK: Duration = Duration::from_millis(200);
/// How long a program's pipes may stay open after its own end, for lines under way.
const LAST_LINES_MAX: Duration = Duration::from_secs(2);

/// How a step ended.
pub(crate) struct Outcome {
    pub(crate) success: bool,
    pub(crate) lines: Vec<String>,
}

/// Prints the name, runs the command to its end or to `limit`, prints how long it took.
pub(crate) fn run(name: &str, command: &mut Command, limit: Duration) -> Outcome {
    println!("\n== {name}");
    let start = now();
    let outcome = attend(command, start, limit).unwrap_or_else(|fault| {
        eprintln!("{name}: cannot be run: {fault}");
        Outcome { success: false, lines: Vec::new() }
    });
    close(name, outcome.success, start);
    outcome
}

/// The same frame around something that this program does itself.
pub(crate) fn within(name: &str, act: impl FnOnce() -> bool) -> bool {
    println!("\n== {name}");
    let start = now();
    let success = act();
    close(name, success, start);
    success
}

/// The moment it is, for durations only.
#[expect(clippy::disallowed_methods, reason = "durations of steps are what this program prints")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

fn close(name: &str, success: bool, start: Instant) {
    let word = if success { "ok" } else { "FAILED" };
    println!("-- {name}: {word} in {:.1} s", start.elapsed().as_secs_f64());
}

fn attend(command: &mut Command, start: Instant, limit: Duration) -> std::io::Result<Outcome> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    let mut child = command.spawn()?;
    let mut guard = guard(child.id())?;
    let (sender, receiver) = channel();
    if let Some(pipe) = child.stdout.take() {
        pass_on(pipe, sender.clone());
    }
    if let Some(pipe) = child.stderr.take() {
        pass_on(pipe, sender);
    }
    let lines = watch(&mut child, &mut guard, &receiver, start + limit);
    let success = child.wait()?.success();
    end(&mut guard)?;
    Ok(Outcome { success, lines })
}

/// A shell that waits for the end of its input and then ends what is left of the group: it outlives us if we are killed, so
/// nothing that we started does.
fn guard(group: u32) -> std::io::Result<Child> {
    Command::new("sh")
        .args(["-c", "read -r _; kill -TERM -- \"-$1\" 2>/dev/null; exit 0", "guard"])
        .arg(group.to_string())
        .stdin(Stdio::piped())
        .process_group(0)
        .spawn()
}

fn end(guard: &mut Child) -> std::io::Result<()> {
    drop(guard.stdin.take());
    guard.wait().map(|_| ())
}

fn pass_on(pipe: impl Read + Send + 'static, sender: Sender<String>) {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            if sender.send(line).is_err() {
                return;
            }
        }
    });
}

fn watch(
    child: &mut Child,
    guard: &mut Child,
    lines: &Receiver<String>,
    deadline: Instant,
) -> Vec<String> {
    let mut kept = Vec::new();
    let mut ended: Option<Instant> = None;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => {
                println!("{line}");
                if kept.len() < KEPT_LINES_MAX {
                    kept.push(line);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return kept,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if ended.is_none() && matches!(child.try_wait(), Ok(Some(_))) {
            ended = Some(now());
        }
        if ended.is_some_and(|at| at.elapsed() > LAST_LINES_MAX) {
            return kept;
        }
        if ended.is_none() && now() > deadline {
            eprintln!("its time is over; it is ended");
            // The guard asks the group to end; the kill makes sure that the wait that follows comes back.
            drop(end(guard));
            drop(child.kill());
            return kept;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(20);

    #[test]
    fn lines_of_both_pipes_and_the_exit_code_are_seen() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let outcome = run("sample", &mut command, LIMIT);
        assert!(!outcome.success);
        let mut lines = outcome.lines;
        lines.sort();
        assert_eq!(lines, ["err", "out"]);
    }

    #[test]
    fn a_step_past_its_time_is_ended() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 1000"]);
        let start = now();
        let outcome = run("sample", &mut command, Duration::from_millis(1));
        assert!(!outcome.success);
        assert!(start.elapsed() < LIMIT);
    }

    #[test]
    fn a_program_that_does_not_exist_is_a_failure_and_not_a_panic() {
        let mut command = Command::new("no-such-program-anywhere");
        assert!(!run("sample", &mut command, LIMIT).success);
    }
}
