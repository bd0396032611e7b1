//! `mic-sim`: runs seeds and says which of them broke something.

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use mic_sim::canary::Canary;
use mic_sim::run;

#[derive(Parser)]
#[command(name = "mic-sim", about = "A simulated world around the production node")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Runs many seeds; the last line says how many broke
    Run {
        /// How many
        #[arg(long, default_value_t = 2_000)]
        seeds: u64,
        /// The first one
        #[arg(long, default_value_t = 1)]
        from: u64,
    },
    /// Runs one seed and prints everything that happened
    Seed {
        number: u64,
        #[arg(long)]
        trace: bool,
    },
    /// For each deliberate bug, the first seed that finds it
    Canaries {
        #[arg(long, default_value_t = 200)]
        seeds: u64,
    },
    /// A year of a large group
    Year {
        #[arg(long, default_value_t = 10_000)]
        members: u32,
        #[arg(long, default_value_t = 365)]
        days: u64,
    },
}

fn main() -> ExitCode {
    let good = match Cli::parse().verb {
        Verb::Run { seeds, from } => many(from, seeds),
        Verb::Seed { number, trace } => one(number, trace),
        Verb::Canaries { seeds } => canaries(seeds),
        Verb::Year { members, days } => year(members, days),
    };
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn many(from: u64, seeds: u64) -> bool {
    let since = now();
    let (mut broken, mut acts, mut entries, mut crashes, mut mails, mut repeats) =
        (0_u64, 0, 0, 0, 0, 0);
    for number in from..from.saturating_add(seeds) {
        let ending = run::seed(number, None, false);
        acts += ending.counts.done;
        entries += ending.entries;
        crashes += ending.counts.crashes;
        mails += ending.counts.mails;
        repeats += ending.counts.repeats;
        if let Some(why) = ending.broken {
            broken += 1;
            println!("seed {number}: {why}");
        }
    }
    println!(
        "{seeds} seeds from {from} in {:.1} s: {broken} broken; {acts} acknowledged acts, {entries} entries, {crashes} crashes, {mails} mails, {repeats} of them repeats",
        since.elapsed().as_secs_f64()
    );
    broken == 0
}

fn one(number: u64, trace: bool) -> bool {
    let ending = run::seed(number, None, trace);
    for line in ending.trace.lines() {
        println!("{line}");
    }
    println!("{:?}, {} entries", ending.counts, ending.entries);
    println!("seed {number}: {}", ending.broken.as_deref().unwrap_or("nothing broke"));
    ending.broken.is_none()
}

fn canaries(seeds: u64) -> bool {
    Canary::ALL.into_iter().fold(true, |good, canary| {
        let found = (1..=seeds).find_map(|number| {
            run::seed(number, Some(canary), false).broken.map(|why| (number, why))
        });
        match &found {
            Some((number, why)) => println!("{canary:?}: seed {number}: {why}"),
            None => println!("{canary:?}: not found in {seeds} seeds"),
        }
        good && found.is_some()
    })
}

fn year(members: u32, days: u64) -> bool {
    let since = now();
    let ending = run::year(members, days);
    println!("{}", ending.broken.as_deref().unwrap_or("nothing broke"));
    println!(
        "{days} days of {members} members: {:.1} s, {} acts, {} entries",
        since.elapsed().as_secs_f64(),
        ending.counts.acts,
        ending.entries
    );
    ending.broken.is_none()
}

#[expect(
    clippy::disallowed_methods,
    reason = "says how long a campaign took; no world looks at it"
)]
fn now() -> Instant {
    Instant::now()
}
