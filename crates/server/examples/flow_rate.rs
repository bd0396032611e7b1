//! Draws the flowchart of a process of twelve stages, with the list beside it, again and again, and prints how long one takes.

use std::process::ExitCode;
use std::time::Instant;

use mic::pages::flow::Flow;
use mic::words::{Language, Words};

/// Enough for a median that does not depend on the first ones.
const DRAWINGS: usize = 2_000;

fn main() -> ExitCode {
    let words = Words::of(Language::German);
    let flow = Flow::sample_long();
    let mut micros: Vec<u128> = Vec::with_capacity(DRAWINGS);
    let mut bytes = 0;
    for _ in 0..DRAWINGS {
        #[expect(clippy::disallowed_methods, reason = "a benchmark measures")]
        let start = Instant::now();
        let view = flow.view("flow", words);
        micros.push(start.elapsed().as_micros());
        bytes = view.drawing.as_str().len();
    }
    micros.sort_unstable();
    let (median, most) = (micros[DRAWINGS / 2], micros[DRAWINGS * 99 / 100]);
    println!("{median} µs: a flowchart of 12 stages, {bytes} bytes; 99 of 100 under {most} µs");
    ExitCode::SUCCESS
}
