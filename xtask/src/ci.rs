//! Everything that has to hold before a change lands, in order of cost. A step that fails does not keep the next ones from being
//! run, so that one run shows all that is wrong. It needs no terminal, no input and no configuration in the home folder.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::count::{Count, count, nextest_summary};
use crate::{install, repository, step, tidy};

/// All steps together, a cold build and the installation included.
const RUN_MAX: Duration = Duration::from_mins(85);

/// A file in the repository that a command makes from others: the command prints what it should hold and fails if it differs.
struct Generated {
    name: &'static str,
    command: &'static [&'static str],
}

/// Nothing is generated yet. A generator enters here together with its file.
const GENERATED: &[Generated] = &[];

/// Runs all steps. True if every one of them was good.
pub(crate) fn run() -> bool {
    let mut run = Run {
        deadline: step::now() + RUN_MAX,
        count: Count::default(),
        failed: Vec::new(),
        summary: None,
    };
    run.own("install what is missing", install::needed);
    run.other("format", cargo(&["fmt", "--all", "--check"]));
    run.own("tidy", tidy::run);
    let clippy = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run.other("clippy", cargo(&clippy));
    run.other("build mic", cargo(&["build", "--locked", "--package", "mic", "--bin", "mic"]));
    run.tests("tests", cargo(&["nextest", "run", "--locked", "--workspace", "--no-fail-fast"]));
    run.tests(
        "doctests of mic-proof",
        cargo(&["test", "--locked", "--package", "mic-proof", "--doc"]),
    );
    run.vectors();
    run.generated();
    let deny = ["deny", "--locked", "--all-features", "check", "bans", "licenses", "sources"];
    run.other("licences and sources", cargo(&deny));
    run.close()
}

struct Run {
    deadline: Instant,
    count: Count,
    failed: Vec<String>,
    summary: Option<String>,
}

impl Run {
    fn own(&mut self, name: &str, act: impl FnOnce() -> bool) {
        if !step::within(name, act) {
            self.fail(name);
        }
    }

    fn other(&mut self, name: &str, mut command: Command) {
        if !step::run(name, &mut command, self.left()).success {
            self.fail(name);
        }
    }

    /// A step whose lines say how many tests there were. Failing without a failed test is a failure of its own.
    fn tests(&mut self, name: &str, mut command: Command) {
        let outcome = step::run(name, &mut command, self.left());
        let found = count(&outcome.lines);
        self.count += found;
        if let Some(line) = nextest_summary(&outcome.lines) {
            self.summary = Some(line.clone());
        }
        if !outcome.success {
            self.failed.push(name.to_owned());
            self.count.failed += u64::from(found.failed == 0);
        }
    }

    fn vectors(&mut self) {
        if !repository::root().join("spec/verify.py").exists() {
            println!(
                "\n== vectors through the second verifier\nspec/verify.py is not there yet: nothing to do"
            );
            return;
        }
        let mut python = Command::new("python3");
        python
            .args(["spec/verify.py", "--vectors", "spec/vectors"])
            .current_dir(repository::root());
        python.env("PYTHONDONTWRITEBYTECODE", "1");
        self.tests("vectors through the second verifier", python);
    }

    fn generated(&mut self) {
        if GENERATED.is_empty() {
            println!("\n== generated files\nnothing is generated yet");
        }
        for file in GENERATED {
            self.other(&format!("{} is fresh", file.name), cargo(file.command));
        }
    }

    fn fail(&mut self, name: &str) {
        self.failed.push(name.to_owned());
        self.count.failed += 1;
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(step::now())
    }

    /// The last lines: what failed, nextest's own summary once more, and the sum, alone on the last line.
    fn close(self) -> bool {
        println!();
        for name in &self.failed {
            println!("failed: {name}");
        }
        if let Some(summary) = &self.summary {
            println!("{summary}");
        }
        println!("{} passed, {} failed", self.count.passed, self.count.failed);
        self.failed.is_empty() && self.count.failed == 0
    }
}

/// The cargo that runs us, from the root of the repository.
fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(words).current_dir(repository::root());
    command.env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never");
    command
}
