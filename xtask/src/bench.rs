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
const BENCHES: &[Bench] = &[];

/// Runs all, or the one that is named, and prints the table. True if all of them ran.
pub(crate) fn run(only: Option<&str>) -> bool {
    let chosen: Vec<&Bench> =
        BENCHES.iter().filter(|bench| only.is_none_or(|name| name == bench.name)).collect();
    if chosen.is_empty() {
        let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        eprintln!("no such benchmark; there are: {}", known.join(", "));
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
