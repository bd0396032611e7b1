//! The chores of the repository: `cargo xtask ci | tidy | bench | install`. It starts other programs and judges files; it knows
//! nothing of groups, journals or mail, and depends on nothing but the standard library.

/// The measured numbers of the README.
mod bench;
/// Everything that has to hold before a change lands, in order.
mod ci;
/// Reading "so many passed, so many failed" out of a test runner's lines.
mod count;
/// What a fresh Debian machine lacks.
mod install;
/// Where the repository begins and which files belong to it.
mod repository;
/// One run of another program: its own process group, its lines, its end.
mod step;
/// Rules about files that no compiler checks.
mod tidy;

use std::process::ExitCode;

const HELP: &str = "cargo xtask <verb>

  ci        everything that has to hold before a change lands; installs what is missing first
  tidy      rules about files that no compiler checks
  bench     run the benchmarks behind the numbers of the README; `bench NAME` runs one
  install   install what ci needs on Debian 12 (as root, or with sudo)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let good = match words.as_slice() {
        ["ci"] => ci::run(),
        ["tidy"] => tidy::run(),
        ["bench"] => bench::run(None),
        ["bench", name] => bench::run(Some(name)),
        ["install"] => install::run(),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
