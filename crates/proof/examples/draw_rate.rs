//! How fast a draw is: 150 of 10,000,000 slots, and the full check of one draw with a real drand
//! signature. Prints one figure a line: name, value, unit. Run with `--release`.

use mic_proof::beacon::Chain;
use mic_proof::draw::{Permutation, seed};
use mic_proof::hash::{hex_decode, leaf_hash, sha256};
use mic_proof::jury::{Reason, exclusions_text, parse_exclusions};
use mic_proof::note::{Checkpoint, SigningKey, open_checkpoint, sign_checkpoint};

const ROLL: u32 = 10_000_000;
const SEATS: usize = 150;
const DRAWS: u32 = 1_000;
const CHECKS: u32 = 50;
/// Round 1000 of quicknet.
const SIGNATURE: &str = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";

fn main() {
    let draws = (0..DRAWS).map(|nth| {
        let inputs = sha256(&nth.to_be_bytes());
        microseconds(|| {
            let seed = seed(&inputs, &[7; 32]);
            let last = Permutation::new(&seed, ROLL).take(SEATS).last();
            assert!(last.is_some_and(|slot| slot < ROLL));
        })
    });
    println!("draw_150_of_10000000_median {} us", median(draws.collect()));
    let checks = Checks::new();
    let times = (0..CHECKS).map(|_| microseconds(|| checks.run()));
    println!("draw_check_with_drand_median {} us", median(times.collect()));
}

/// Everything a verifier does for one draw of a roll of ten million.
struct Checks {
    key: SigningKey,
    note: String,
    call: Vec<u8>,
    exclusions: String,
    signature: Vec<u8>,
    seated: Vec<u32>,
}

impl Checks {
    fn new() -> Checks {
        let key = SigningKey::from_seed(&[1; 32]);
        let origin = "example.org/group".to_owned();
        let checkpoint = Checkpoint { origin, size: 12, root: sha256(b"root") };
        let excluded: Vec<(u32, Reason)> =
            (0..1_000).map(|nth| (nth * 7_919, Reason::Served)).collect();
        let mut checks = Checks {
            note: sign_checkpoint(&checkpoint, &key),
            key,
            call: vec![b'x'; 700],
            exclusions: exclusions_text(&excluded),
            signature: hex_decode(SIGNATURE).expect("hexadecimal"),
            seated: Vec::new(),
        };
        checks.seated = checks.draw();
        checks
    }

    fn draw(&self) -> Vec<u32> {
        let randomness = Chain::Quicknet.verify(1_000, &self.signature).expect("a real round");
        let list = parse_exclusions(&self.exclusions).expect("a list");
        let out = |slot: &u32| list.binary_search_by_key(slot, |(slot, _)| *slot).is_ok();
        let seed = seed(&leaf_hash(&self.call), &randomness.0);
        Permutation::new(&seed, ROLL).filter(|slot| !out(slot)).take(SEATS).collect()
    }

    fn run(&self) {
        let opened = open_checkpoint(&self.note, "example.org/group", &self.key.verifying_key());
        assert!(opened.is_ok());
        assert_eq!(sha256(self.exclusions.as_bytes()), sha256(self.exclusions.as_bytes()));
        assert_eq!(self.draw(), self.seated);
    }
}

#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark needs a clock"
)]
fn microseconds(run: impl FnOnce()) -> u128 {
    let start = std::time::Instant::now();
    run();
    start.elapsed().as_micros()
}

fn median(mut times: Vec<u128>) -> u128 {
    times.sort_unstable();
    times[times.len() / 2]
}
