//! Runs the benchmarks behind the numbers of the README and prints them in one table. It does not know how any of them measures.

use std::process::Command;
use std::time::Duration;

use crate::{repository, step};

/// The longest that one benchmark may take.
const BENCH_MAX: Duration = Duration::from_mins(30);

/// One benchmark: what it is called, what it should reach, and the command that measures it. The last line that the command
/// prints is its result.
struct Bench {
    name: &'static str,
    goal: &'static str,
    command: &'static [&'static str],
}

/// Every number of the README has one entry here.
const BENCHES: &[Bench] = &[
    Bench {
        name: "draw",
        goal: "150 of 10,000,000 under 50 µs; checked with its signature under 10 ms",
        command: &["cargo", "run", "--release", "-q", "-p", "mic-proof", "--example", "draw_rate"],
    },
    Bench {
        name: "count",
        goal: "1,000,000 ranked ballots over 10 options: each method under 2 s",
        command: &["cargo", "run", "--release", "-q", "-p", "mic-proof", "--example", "count_rate"],
    },
    Bench {
        name: "acts",
        goal: "3,000 durable acts/s and 16 a sync with 64 clients",
        command: &["target/release/mic-bench", "acts"],
    },
    Bench {
        name: "restart",
        goal: "100,000 members, 1,000,000 entries: under 10 s and 400 MB",
        command: &["target/release/mic-bench", "restart"],
    },
    Bench {
        name: "verify",
        goal: "1,000,000 entries under 30 s on one core",
        command: &["target/release/mic-bench", "verify"],
    },
    Bench {
        name: "idle",
        goal: "1,000 members under 40 MB",
        command: &["target/release/mic-bench", "idle"],
    },
    Bench {
        name: "forecast",
        goal: "1,000,000 members, ten years: under 60 s on one core",
        command: &[
            "cargo",
            "run",
            "--release",
            "-q",
            "-p",
            "mic-forecast",
            "--example",
            "forecast_rate",
        ],
    },
    Bench {
        name: "trial",
        goal: "10,000 past cases under 5 s",
        command: &[
            "cargo",
            "run",
            "-q",
            "--release",
            "-p",
            "mic-forecast",
            "--example",
            "trial_rate",
        ],
    },
    Bench {
        name: "flow",
        goal: "flowchart of 12 stages under 1 ms",
        command: &["cargo", "run", "-q", "--release", "-p", "mic", "--example", "flow_rate"],
    },
    Bench {
        name: "home",
        goal: "200 pages/s: p99 under 25 ms, page under 60 KB",
        command: &["target/release/mic-bench", "home"],
    },
    Bench {
        name: "signin",
        goal: "2,000 pairs: no difference between known and unknown addresses (|z| under 2.58)",
        command: &["target/release/mic-bench", "signin"],
    },
    Bench {
        name: "mail",
        goal: "half the rate of smtp-source in the same run",
        command: &["bash", "bench/mail.sh"],
    },
    Bench {
        name: "build",
        goal: "release build from nothing under 10 minutes",
        command: &["bash", "bench/build.sh"],
    },
];

/// Runs all, or the one that is named, and prints the table. True if all of them ran.
pub(crate) fn run(only: Option<&str>) -> bool {
    let chosen: Vec<&Bench> =
        BENCHES.iter().filter(|bench| only.is_none_or(|name| name == bench.name)).collect();
    if chosen.is_empty() {
        let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        eprintln!("no such benchmark; there are: {}", known.join(", "));
        return false;
    }
    // Built first and together, so that no figure has a compiler beside it.
    let build = ["build", "--release", "-q", "-p", "mic", "-p", "mic-bench"];
    if !step::run("build", Command::new("cargo").args(build), BENCH_MAX).success {
        return false;
    }
    let mut good = true;
    let mut rows = vec![["benchmark".to_owned(), "goal".to_owned(), "measured".to_owned()]];
    for bench in chosen {
        let outcome = step::run(bench.name, &mut command(bench), BENCH_MAX);
        good &= outcome.success;
        let last = outcome.lines.iter().rev().find(|line| !line.trim().is_empty());
        let measured = last.filter(|_| outcome.success).map_or("did not run", |line| line.trim());
        rows.push([bench.name.to_owned(), bench.goal.to_owned(), measured.to_owned()]);
    }
    println!("\n{}", table(&rows));
    good
}

fn command(bench: &Bench) -> Command {
    let (program, words) = bench.command.split_first().unwrap_or((&"false", &[]));
    let mut command = Command::new(program);
    command.args(words).current_dir(repository::root());
    command
}

/// The rows as a Markdown table, its columns aligned; the first row is the head.
fn table(rows: &[[String; 3]]) -> String {
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let mut lines = Vec::new();
    for (index, [name, goal, measured]) in rows.iter().enumerate() {
        let [first, second, third] = widths;
        lines.push(format!("| {name:first$} | {goal:second$} | {measured:third$} |"));
        if index == 0 {
            lines.push(format!("|{}|", widths.map(|width| "-".repeat(width + 2)).join("|")));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned() {
        let row = |a: &str, b: &str, c: &str| [a.to_owned(), b.to_owned(), c.to_owned()];
        let rows = [row("benchmark", "goal", "measured"), row("draw", "under 50 µs", "25 µs")];
        let expected = "| benchmark | goal        | measured |\n\
                        |-----------|-------------|----------|\n\
                        | draw      | under 50 µs | 25 µs    |";
        assert_eq!(table(&rows), expected);
    }
}
