//! How many seats a draw has: a number, a share of the roll, a sample that estimates it, or the
//! largest of several (`spec/charter.md`, Seats by rule). Whole numbers only. Knows nothing of draws.

use super::Seats;
use crate::count::Fraction;
use crate::jury::{JURY_SEATS_MAX, Steps, Terms};

/// A jury of so many, with what it needs to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// how many seats
    pub seats: SeatRule,
    /// how it decides
    pub deciding: Deciding,
    /// ballots needed for it to grow
    pub quorum: Portion,
    /// how many join when the first ones do not decide; 0 for never
    pub then: u32,
}

/// How a jury decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// so many must agree
    Agree(Portion),
    /// in steps: as soon as one side leads by `lead`; otherwise it grows, up to `cap` seats
    Lead {
        /// by how many ballots
        lead: u32,
        /// the largest number of seats
        cap: u32,
    },
}

/// So many of the seats, or such a part of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portion {
    /// so many
    Number(u32),
    /// this part, rounded up
    Part(Fraction),
}

/// How many seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatRule {
    /// so many, whatever the size of the roll
    Number(u32),
    /// this part of the roll, rounded up
    Share(Fraction),
    /// as many as estimate a share of the roll
    Sample(Sample),
    /// the largest of these
    Largest(Vec<SeatRule>),
}

/// A sample that estimates a share of the roll within `margin` percent (Cochran, *Sampling
/// Techniques*, 1977, section 4.4, with finite population).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// 90, 95 or 99 percent
    pub confidence: u32,
    /// 1 to 20 percent
    pub margin: u32,
}

/// What a call for a jury says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JuryTerms {
    /// seats, agreement, growth, quorum
    pub terms: Terms,
    /// present for a jury in steps, whose `agree` is 0
    pub steps: Option<Steps>,
}

impl Seats {
    /// The terms of a jury out of `roll` slots of which `eligible` are not excluded.
    pub fn terms(&self, roll: u32, eligible: u32) -> JuryTerms {
        match self {
            Self::Everyone => {
                let seats = eligible.min(JURY_SEATS_MAX);
                let most = seats / 2 + 1;
                JuryTerms {
                    terms: Terms { seats, agree: most, then: 0, quorum: most },
                    steps: None,
                }
            }
            Self::Counted(counted) => counted.terms(roll),
        }
    }
}

impl Counted {
    fn terms(&self, roll: u32) -> JuryTerms {
        let seats = self.seats.count(roll);
        let (agree, steps) = match self.deciding {
            Deciding::Agree(Portion::Number(agree)) => (agree, None),
            Deciding::Agree(part @ Portion::Part(_)) => (part.of(seats).max(seats / 2 + 1), None),
            Deciding::Lead { lead, cap } => (0, Some(Steps { lead, cap })),
        };
        let quorum = self.quorum.of(seats);
        JuryTerms { terms: Terms { seats, agree, then: self.then, quorum }, steps }
    }
}

impl Portion {
    fn of(self, seats: u32) -> u32 {
        match self {
            Self::Number(number) => number,
            Self::Part(part) => u32::try_from(part.of(seats.into())).unwrap_or(seats),
        }
    }
}

impl SeatRule {
    /// How many seats a draw out of `roll` slots has. By rule, at least 1 and at most 500, and never
    /// more than the roll.
    pub fn count(&self, roll: u32) -> u32 {
        match self {
            Self::Number(seats) => *seats,
            Self::Share(_) | Self::Sample(_) | Self::Largest(_) => {
                self.bare(roll).min(JURY_SEATS_MAX).min(roll).max(1)
            }
        }
    }

    fn bare(&self, roll: u32) -> u32 {
        match self {
            Self::Number(seats) => *seats,
            Self::Share(share) => u32::try_from(share.of(roll.into())).unwrap_or(roll),
            Self::Sample(sample) => sample.size(roll),
            Self::Largest(rules) => rules.iter().map(|rule| rule.bare(roll)).max().unwrap_or(0),
        }
    }
}

impl Sample {
    /// n = n₀ / (1 + n₀/N) rounded half up, n₀ = z² × 0.25 / (margin/100)²: with
    /// A = z² × 2,500 × 10¹² and D = N × margin² × 10¹² + A, n = ⌊(2 × A × N + D) / (2 × D)⌋.
    fn size(self, roll: u32) -> u32 {
        const MILLION: u128 = 1_000_000;
        // z in millionths; a charter has no other confidence.
        let z: u128 = match self.confidence {
            ..=90 => 1_644_854,
            91..=95 => 1_959_964,
            96.. => 2_575_829,
        };
        let (people, margin) = (u128::from(roll), u128::from(self.margin));
        let a = z * z * 2_500;
        let d = people * margin * margin * MILLION * MILLION + a;
        let n = if d == 0 { 0 } else { (2 * a * people + d) / (2 * d) };
        u32::try_from(n).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_of_the_specification() {
        let rule = SeatRule::Sample(Sample { confidence: 95, margin: 5 });
        assert_eq!([100, 1_000, 10_000].map(|roll| rule.count(roll)), [79, 278, 370]);
        assert_eq!((rule.count(0), rule.count(1)), (1, 1));
        let fine = SeatRule::Sample(Sample { confidence: 99, margin: 1 });
        assert_eq!(fine.count(1_000_000), JURY_SEATS_MAX);
    }

    #[test]
    fn parts_are_rounded_up_and_agreement_is_more_than_half() {
        let fraction = |text: &str| text.parse::<Fraction>().expect("a fraction");
        let tenth = SeatRule::Share(fraction("1/10"));
        assert_eq!([1, 10, 11, 99_999].map(|roll| tenth.count(roll)), [1, 1, 2, 500]);
        let counted = Counted {
            seats: SeatRule::Largest(vec![tenth, SeatRule::Number(7)]),
            deciding: Deciding::Agree(Portion::Part(Fraction::HALF)),
            quorum: Portion::Part(fraction("1/3")),
            then: 0,
        };
        let terms = |roll: u32| Seats::Counted(counted.clone()).terms(roll, roll).terms;
        assert_eq!(terms(100), Terms { seats: 10, agree: 6, then: 0, quorum: 4 });
        assert_eq!(terms(30), Terms { seats: 7, agree: 4, then: 0, quorum: 3 });
        assert_eq!(terms(5), Terms { seats: 5, agree: 3, then: 0, quorum: 2 });
    }
}
