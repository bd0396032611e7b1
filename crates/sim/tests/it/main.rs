//! The simulator as a test: seeds that must not break, deliberate bugs that must be found, the same seed twice the same.

use mic_sim::canary::Canary;
use mic_sim::run;

/// Seeds that once broke something; each stays for ever.
///
/// 34, 90: an act pressed twice reached two processes; what stood beside it in the batch that lost was answered as done.
const KEPT: [u64; 2] = [34, 90];

#[test]
fn kept_seeds_break_nothing() {
    assert_eq!(broken(KEPT.into_iter()), Vec::<String>::new());
}

#[test]
fn a_seed_is_always_the_same_world() {
    for number in 2..=3 {
        let [first, second] = [(); 2].map(|()| run::seed(number, None, true));
        assert_eq!(first.counts, second.counts);
        assert_eq!(first.trace.lines(), second.trace.lines());
    }
}

#[test]
fn every_deliberate_bug_is_found_within_200_seeds() {
    for canary in Canary::ALL {
        let found = (1..=200).any(|number| run::seed(number, Some(canary), false).broken.is_some());
        assert!(found, "{canary:?} is not found");
    }
}

/// A few seeds for every change; `mic-sim run` runs as many as one likes.
#[test]
fn seeds_1_to_12_break_nothing() {
    assert_eq!(broken(1..13), Vec::<String>::new());
}

#[test]
fn seeds_14_to_25_break_nothing() {
    assert_eq!(broken(14..26), Vec::<String>::new());
}

fn broken(seeds: impl Iterator<Item = u64>) -> Vec<String> {
    seeds
        .filter_map(|number| {
            run::seed(number, None, false).broken.map(|why| format!("seed {number}: {why}"))
        })
        .collect()
}
