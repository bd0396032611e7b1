//! The draw against recorded values of the second implementation, and against chance.

use mic_proof::draw::{Permutation, Seed, seed};
use mic_proof::hash::{Hash, sha256};

fn fixed_seed() -> Seed {
    seed(&Hash([1; 32]), &[2; 32])
}

fn first(roll: u32, count: usize) -> Vec<u32> {
    Permutation::new(&fixed_seed(), roll).take(count).collect()
}

fn digest(order: &[u32]) -> String {
    let words: Vec<String> = order.iter().map(u32::to_string).collect();
    sha256(words.join(",").as_bytes()).to_string()
}

/// Values computed with `spec/verify.py`, which shares no code with this.
#[test]
fn the_order_is_that_of_the_second_implementation() {
    let seed = "8b4c9a5d12a6dd1a9e4007e58b63ac93642f115bc8e9727e86f4510889a64e3f";
    assert_eq!(fixed_seed().0.to_string(), seed);
    assert_eq!(first(0, 9), []);
    assert_eq!(first(1, 9), [0]);
    assert_eq!(first(2, 9), [1, 0]);
    assert_eq!(first(7, 9), [2, 6, 3, 5, 1, 4, 0]);
    assert_eq!(first(1_000, 5), [377, 393, 952, 284, 474]);
    assert_eq!(first(10_000_000, 5), [1_195_377, 9_211_443, 5_536_316, 8_967_296, 9_346_770]);
    assert_eq!(first(u32::MAX, 3), [1_878_007_362, 56_629_272, 3_938_708_243]);
    let jury = "d1c6127fb1b5e35b732b5fbf7edb27e99019a850ed4eda795490a1b2fd485cfc";
    assert_eq!(digest(&first(10_000_000, 150)), jury);
    let whole = "de4bf3254e9fe900b1637d55212f5ed222124500bc26b0e76f7679dbcf8ba78b";
    assert_eq!(digest(&first(3_000, 3_000)), whole);
}

#[test]
fn every_slot_is_drawn_exactly_once_and_an_order_can_be_taken_up_again() {
    for roll in [1, 2, 3, 9, 100, 4_097] {
        let order: Vec<u32> = Permutation::new(&fixed_seed(), roll).collect();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..roll).collect::<Vec<_>>());
        for position in [0, 1, roll / 2, roll, roll + 1] {
            let rest = Permutation::resumed(&fixed_seed(), roll, position);
            assert_eq!(rest.position(), position.min(roll));
            let from = usize::try_from(position.min(roll)).expect("small");
            assert_eq!(rest.collect::<Vec<_>>(), order[from..]);
        }
    }
}

const DRAWS: u32 = 100_000;
const ROLL: usize = 20;
const SEATS: usize = 5;

/// The probability that chi-square with this many degrees of freedom stays below `value`
/// (Wilson and Hilferty 1931; good to three digits for the degrees used here).
fn below(value: f64, degrees: f64) -> f64 {
    let spread = 2.0 / (9.0 * degrees);
    let z = ((value / degrees).cbrt() - (1.0 - spread)) / spread.sqrt();
    normal_below(z)
}

/// The normal distribution function (Abramowitz and Stegun, 26.2.17; error below 1e-7).
fn normal_below(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let terms = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let series = terms.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let tail = series * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// Chi-square of the counts against equal chances, and whether it is neither too large nor too
/// small to be chance.
fn is_chance(name: &str, counts: &[u32], degrees: f64, correction: f64) {
    let total: u32 = counts.iter().sum();
    let categories = u32::try_from(counts.len()).expect("few");
    let expected = f64::from(total) / f64::from(categories);
    let square: f64 = counts.iter().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
    let p = 1.0 - below(square * correction, degrees);
    assert!(0.001 < p && p < 0.999, "{name}: p = {p}");
}

#[test]
fn a_hundred_thousand_draws_favour_no_seat_and_no_pair() {
    let mut seated = [0; ROLL];
    let mut by_position = [[0; ROLL]; SEATS];
    let mut pairs = vec![0; ROLL * ROLL];
    for nth in 0..DRAWS {
        let seed = seed(&sha256(&nth.to_be_bytes()), &[7; 32]);
        let roll = u32::try_from(ROLL).expect("small");
        let jury: Vec<usize> =
            Permutation::new(&seed, roll).take(SEATS).map(|slot| slot as usize).collect();
        for (position, slot) in jury.iter().enumerate() {
            seated[*slot] += 1;
            by_position[position][*slot] += 1;
        }
        pairs[jury[0] * ROLL + jury[1]] += 1;
    }
    let roll = 20.0;
    // Seats of one draw are taken without replacement, which narrows the spread by this factor.
    is_chance("seats", &seated, roll - 1.0, (roll - 1.0) / (roll - 5.0));
    for counts in &by_position {
        is_chance("position", counts, roll - 1.0, 1.0);
    }
    for slot in 0..ROLL {
        assert_eq!(pairs[slot * ROLL + slot], 0);
    }
    let ordered: Vec<u32> =
        (0..ROLL * ROLL).filter(|at| at / ROLL != at % ROLL).map(|at| pairs[at]).collect();
    is_chance("pairs", &ordered, roll * (roll - 1.0) - 1.0, 1.0);
}

#[test]
fn the_chi_square_of_a_loaded_draw_is_noticed() {
    assert!((below(30.144, 19.0) - 0.95).abs() < 0.001);
    assert!((below(10.117, 19.0) - 0.05).abs() < 0.001);
    let mut loaded = [5_000; ROLL];
    loaded[0] = 5_700;
    assert!(std::panic::catch_unwind(|| is_chance("loaded", &loaded, 19.0, 1.0)).is_err());
}
