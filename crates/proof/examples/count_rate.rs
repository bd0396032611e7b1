//! How fast a vote is counted: 1,000,000 ballots that rank ten options, most of them in orders of
//! their own, parsed and counted by each method that ranks. Run with `--release`.

use mic_proof::count::{Method, count};
use mic_proof::draw::{Shuffle, seed};
use mic_proof::hash::{Hash, sha256};

const BALLOTS: u64 = 1_000_000;
const OPTIONS: u32 = 10;
/// The worst case for counting: hardly two ballots say the same, and no option has a majority early.
const ORDERS: u64 = 900_000;

fn main() {
    let choices = choices();
    let draw = sha256(b"stage");
    let methods = [
        ("schulze", Method::Schulze),
        ("runoff", Method::Runoff),
        ("stv of 5", Method::Stv { winners: 5 }),
    ];
    let figures = methods.map(|(name, method)| {
        let time = milliseconds(|| {
            let counted = count(&method, OPTIONS, &draw, choices.iter().map(String::as_str));
            let counted = counted.expect("choices of the method");
            assert_eq!((counted.cast, counted.valid), (BALLOTS, BALLOTS));
            assert!(!counted.winners.is_empty());
        });
        format!("{name} {time} ms")
    });
    println!("{BALLOTS} ballots, {OPTIONS} options: {}", figures.join(", "));
}

/// Ballots that rank five to ten of the options.
fn choices() -> Vec<String> {
    let mut choices = Vec::new();
    for nth in 0..BALLOTS {
        let inputs = sha256(&(nth % ORDERS).to_be_bytes());
        let Hash(bytes) = inputs;
        let order = Shuffle::new(&seed(&inputs, &[7; 32]), u64::from(OPTIONS));
        let length = 5 + usize::from(bytes[0]) % 6;
        let ranked: Vec<String> = order.take(length).map(|place| place.to_string()).collect();
        choices.push(ranked.join(">"));
    }
    choices
}

#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark needs a clock"
)]
fn milliseconds(run: impl FnOnce()) -> u128 {
    let start = std::time::Instant::now();
    run();
    start.elapsed().as_millis()
}
