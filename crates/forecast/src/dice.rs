//! Chance from a seed: the same seed gives the same years. PCG of the crate `rand_pcg` underneath. Knows nothing of members.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};

use crate::number::{real, whole};

/// Up to so many single throws are made one by one; beyond, the normal distribution stands in, which differs by less than
/// what anybody could see in a share (Berry and Esseen: at most 0.02 for chances between 1 and 99 in 100).
const SINGLE_THROWS_MAX: u32 = 2_000;

pub(crate) struct Dice(Pcg64Mcg);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// 0 ≤ x < 1, in steps of 2⁻⁵³.
    pub(crate) fn unit(&mut self) -> f64 {
        real(self.0.next_u64() >> 11) / real(1 << 53)
    }

    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// 0 to `bound` − 1; 0 if there is nothing to choose from. Lemire's multiplication; what is left of a bias is below 2⁻³².
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let product = (u128::from(self.0.next_u64()) * u128::from(bound)) >> 64;
        u32::try_from(product).unwrap_or(0)
    }

    /// An exponential waiting time in milliseconds. A mean that is not finite never ends.
    pub(crate) fn wait(&mut self, mean_ms: f64) -> u64 {
        whole(-mean_ms * (1.0 - self.unit()).ln())
    }

    /// Evenly spread over the orders of magnitude from `low` to `high`.
    pub(crate) fn log_uniform(&mut self, low: f64, high: f64) -> f64 {
        low * (high / low).powf(self.unit())
    }

    /// How many of `throws` come true, each with the same probability.
    pub(crate) fn hits(&mut self, throws: u32, probability: f64) -> u32 {
        if throws <= SINGLE_THROWS_MAX {
            let mut hits = 0;
            for _ in 0..throws {
                hits += u32::from(self.chance(probability));
            }
            return hits;
        }
        let mean = f64::from(throws) * probability;
        let variance = mean * (1.0 - probability);
        self.near(mean, variance, throws)
    }

    /// How many of `asked`, who were chosen from `members`, are among the `yes` of them.
    pub(crate) fn sample(&mut self, asked: u32, members: u32, yes: u32) -> u32 {
        if asked <= SINGLE_THROWS_MAX {
            let (mut left, mut yes_left, mut hits) = (members, yes.min(members), 0);
            for _ in 0..asked.min(members) {
                if self.below(left) < yes_left {
                    yes_left -= 1;
                    hits += 1;
                }
                left -= 1;
            }
            return hits;
        }
        let (asked, members, yes) = (f64::from(asked), f64::from(members), f64::from(yes));
        let share = yes / members;
        let finite = (members - asked) / (members - 1.0);
        let most = u32::try_from(whole(asked.min(yes))).unwrap_or(u32::MAX);
        self.near(asked * share, asked * share * (1.0 - share) * finite, most)
    }

    /// A normal variate (Box and Muller 1958), rounded, from 0 to `most`.
    fn near(&mut self, mean: f64, variance: f64, most: u32) -> u32 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        let turn = (std::f64::consts::TAU * self.unit()).cos();
        let value = whole(mean + variance.max(0.0).sqrt() * radius * turn);
        u32::try_from(value).unwrap_or(u32::MAX).min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_throws() {
        let throws = |seed| {
            let mut dice = Dice::new(seed);
            [0; 5].map(|_| dice.below(1_000_000))
        };
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut dice = Dice::new(1);
        for _ in 0..10_000 {
            assert!(dice.below(3) < 3);
            let time = dice.log_uniform(10.0, 1_440.0);
            assert!((10.0..1_441.0).contains(&time));
            assert!(dice.hits(5, 0.5) <= 5);
            assert!(dice.sample(4, 6, 3) <= 3);
            assert!(dice.sample(3_000, 5_000, 100) <= 100);
        }
        assert_eq!((dice.below(0), dice.hits(9, 1.0), dice.hits(9, 0.0)), (0, 9, 0));
        assert_eq!(dice.sample(6, 6, 3), 3);
    }

    #[test]
    fn large_counts_have_the_mean_and_the_width_of_small_ones() {
        let mut dice = Dice::new(2);
        let counts: Vec<f64> = (0..4_000).map(|_| f64::from(dice.hits(10_000, 0.3))).collect();
        let mean = counts.iter().sum::<f64>() / 4_000.0;
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 4_000.0;
        assert!((mean - 3_000.0).abs() < 4.0 * (2_100.0_f64 / 4_000.0).sqrt(), "{mean}");
        assert!((variance / 2_100.0 - 1.0).abs() < 4.0 * (2.0_f64 / 4_000.0).sqrt(), "{variance}");
    }
}
