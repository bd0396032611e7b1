//! Closed formulas: factorials, binomial and hypergeometric chances and their tails. They check what `exact` builds step by step.
//! Knows nothing of juries.

use crate::number::real;

/// ln(n!). Below 32 added up; above, Stirling's series (Abramowitz and Stegun 6.1.41) with three terms: wrong by less than 10⁻¹².
pub fn ln_factorial(n: u32) -> f64 {
    if n < 32 {
        return (2..=n).map(|factor| f64::from(factor).ln()).sum();
    }
    let x = f64::from(n);
    let half_ln_tau = 0.5 * std::f64::consts::TAU.ln();
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1_260.0 * x.powi(5));
    (x + 0.5) * x.ln() - x + half_ln_tau + series
}

/// ln of the number of ways to choose `k` of `n`; none if k > n.
pub fn ln_choose(n: u32, k: u32) -> Option<f64> {
    let rest = n.checked_sub(k)?;
    Some(ln_factorial(n) - ln_factorial(k) - ln_factorial(rest))
}

/// The chance of exactly `hits` in `throws`, each with `probability` (0 to 1).
pub fn binomial(throws: u32, probability: f64, hits: u32) -> f64 {
    let Some(ways) = ln_choose(throws, hits) else { return 0.0 };
    let misses = throws - hits;
    if probability <= 0.0 || probability >= 1.0 {
        let sure = if probability <= 0.0 { 0 } else { throws };
        return if hits == sure { 1.0 } else { 0.0 };
    }
    (ways + f64::from(hits) * probability.ln() + f64::from(misses) * (1.0 - probability).ln()).exp()
}

/// The chance that exactly `hits` of `asked`, chosen from `members`, are among the `yes` of them.
pub fn hypergeometric(members: u32, yes: u32, asked: u32, hits: u32) -> f64 {
    let no = members.saturating_sub(yes);
    let ways = || {
        let of_yes = ln_choose(yes.min(members), hits)?;
        let of_no = ln_choose(no, asked.checked_sub(hits)?)?;
        Some(of_yes + of_no - ln_choose(members, asked)?)
    };
    ways().map_or(0.0, f64::exp)
}

/// The chance that at least `least` of `asked` are among the `yes` of `members`.
pub fn at_least(members: u32, yes: u32, asked: u32, least: u32) -> f64 {
    (least..=asked).map(|hits| hypergeometric(members, yes, asked, hits)).sum()
}

/// The same where `members` is without bound: each says yes with `probability`.
pub fn at_least_of_many(probability: f64, asked: u32, least: u32) -> f64 {
    (least..=asked).map(|hits| binomial(asked, probability, hits)).sum()
}

/// The chance that fewer than `events` have happened by a time in which `expected` happen on average (Poisson; so that the
/// waiting time for `events` of them is longer than that: Erlang).
pub fn fewer_than(events: u32, expected: f64) -> f64 {
    let mut term = (-expected).exp();
    let mut sum = 0.0;
    for event in 0..events {
        sum += term;
        term *= expected / real(u64::from(event) + 1);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_ways_to_a_factorial_meet() {
        let added: f64 = (2..=32).map(|factor| f64::from(factor).ln()).sum();
        assert!((ln_factorial(32) - added).abs() < 1e-12);
        let added: f64 = (2..=1_000).map(|factor| f64::from(factor).ln()).sum();
        assert!((ln_factorial(1_000) - added).abs() < 1e-9);
    }

    #[test]
    fn chances_add_up_to_one() {
        let binomial: f64 = (0..=40).map(|hits| binomial(40, 0.37, hits)).sum();
        let hyper: f64 = (0..=40).map(|hits| hypergeometric(90, 33, 40, hits)).sum();
        assert!((binomial - 1.0).abs() < 1e-12, "{binomial}");
        assert!((hyper - 1.0).abs() < 1e-11, "{hyper}");
    }

    #[test]
    fn edges_are_sure_things() {
        assert!((binomial(9, 0.0, 0) - 1.0).abs() < 1e-15 && binomial(9, 1.0, 8).abs() < 1e-15);
        assert!(hypergeometric(10, 3, 5, 4).abs() < 1e-15);
        assert!((hypergeometric(10, 10, 5, 5) - 1.0).abs() < 1e-12);
        assert!((fewer_than(1, 2.0) - (-2.0_f64).exp()).abs() < 1e-15);
        assert!(fewer_than(0, 2.0).abs() < 1e-15);
    }
}
