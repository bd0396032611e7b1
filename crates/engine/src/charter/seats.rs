//! How many seats a jury or an assembly has: numbers, or rules that follow the size of the roll (spec/charter.md, "Seats by rule").
//! Knows nothing of who takes them.

use super::{Fraction, SEATS_MAX};

/// The seats of a jury as the charter writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seats {
    /// Everybody who may sit, at most [`SEATS_MAX`]; a majority decides.
    Everyone,
    Counted(Counted),
}

/// A jury of so many, with what it needs to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub seats: SeatRule,
    pub deciding: Deciding,
    pub quorum: Portion,
    /// How many join when the first ones do not decide; 0 for never.
    pub then: u32,
}

/// How a jury decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// So many must agree.
    Agree(Portion),
    /// In steps: as soon as one side leads by `lead`; otherwise it grows, up to `cap` seats.
    Lead { lead: u32, cap: u32 },
}

/// So many of the seats, or such a part of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portion {
    Number(u32),
    Part(Fraction),
}

/// How many seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatRule {
    Number(u32),
    /// This part of the roll, rounded up.
    Share(Fraction),
    Sample(Sample),
    /// The largest of 2 to 5 others, none of which is a `Largest` itself.
    Largest(Vec<SeatRule>),
}

/// As many as estimate a share of the roll within `margin` percent with `confidence` percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// 90, 95 or 99.
    pub confidence: u32,
    /// 1 to 20.
    pub margin: u32,
}

/// The seats of a jury for one size of the roll, in plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JuryTerms {
    /// As many as are eligible when lots are called for, at most [`SEATS_MAX`]; more than half of the seats decide.
    Everyone,
    Fixed {
        seats: u32,
        agree: u32,
        quorum: u32,
        then: u32,
    },
    Stepwise {
        seats: u32,
        quorum: u32,
        then: u32,
        lead: u32,
        cap: u32,
    },
}

impl Seats {
    /// The numbers for a roll of so many slots.
    pub fn for_roll(&self, roll: u32) -> JuryTerms {
        let Self::Counted(counted) = self else { return JuryTerms::Everyone };
        let seats = counted.seats.for_roll(roll);
        let quorum = counted.quorum.quorum_of(seats);
        let then = counted.then;
        match counted.deciding {
            Deciding::Agree(agree) => {
                JuryTerms::Fixed { seats, agree: agree.majority_of(seats), quorum, then }
            }
            Deciding::Lead { lead, cap } => JuryTerms::Stepwise { seats, quorum, then, lead, cap },
        }
    }
}

impl Portion {
    /// As many as must agree: a part is never less than a majority.
    fn majority_of(self, seats: u32) -> u32 {
        match self {
            Self::Number(number) => number,
            Self::Part(part) => of(part, seats).max(seats / 2 + 1),
        }
    }

    fn quorum_of(self, seats: u32) -> u32 {
        match self {
            Self::Number(number) => number,
            Self::Part(part) => of(part, seats),
        }
    }
}

impl SeatRule {
    /// The number for a roll of so many slots: 1 to [`SEATS_MAX`], and by rule never more than the roll.
    pub fn for_roll(&self, roll: u32) -> u32 {
        match self {
            Self::Number(number) => *number,
            Self::Share(_) | Self::Sample(_) | Self::Largest(_) => {
                self.wanted(roll).min(roll).clamp(1, SEATS_MAX)
            }
        }
    }

    fn wanted(&self, roll: u32) -> u32 {
        match self {
            Self::Number(number) => *number,
            Self::Share(part) => of(*part, roll),
            Self::Sample(sample) => sample.of(roll),
            Self::Largest(rules) => rules.iter().map(|rule| rule.wanted(roll)).max().unwrap_or(1),
        }
    }
}

impl Sample {
    /// The confidences that can be asked for, in percent, each with its z in millionths.
    pub const CONFIDENCES: [(u32, u64); 3] = [(90, 1_644_854), (95, 1_959_964), (99, 2_575_829)];

    /// Cochran, *Sampling Techniques*, 1977, section 4.4: n = n₀ / (1 + n₀/N) with n₀ = z² × 0.25 / e², rounded half up, in whole
    /// numbers: both sides are multiplied by 10¹² (z is in millionths) and by 10⁴ (the margin is in percent).
    pub fn of(self, roll: u32) -> u32 {
        let known = Self::CONFIDENCES.into_iter().find(|(percent, _)| *percent == self.confidence);
        let z = u128::from(known.map_or(Self::CONFIDENCES[1].1, |(_, z)| z));
        let scaled = z * z * 2_500;
        let (roll, margin) = (u128::from(roll), u128::from(self.margin));
        let below = roll * margin * margin * 1_000_000_000_000 + scaled;
        let rounded = (2 * scaled * roll + below) / (2 * below);
        u32::try_from(rounded).unwrap_or(u32::MAX)
    }
}

/// This part of `all`, rounded up.
pub(super) fn of(part: Fraction, all: u32) -> u32 {
    // Never more than `all`: a fraction is at most 1.
    u32::try_from(part.of(u64::from(all))).unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_those_of_the_published_table() {
        let sample = Sample { confidence: 95, margin: 5 };
        let sizes = [100, 300, 1_000, 2_500, 10_000, 100_000, 1_000_000, 10_000_000];
        let counts = sizes.map(|roll| sample.of(roll));
        assert_eq!(counts, [79, 168, 278, 333, 370, 383, 384, 384]);
        assert_eq!(Sample { confidence: 99, margin: 1 }.of(u32::MAX), 16_587);
        assert_eq!(sample.of(0), 0);
    }

    #[test]
    fn seats_by_rule_stay_between_one_the_roll_and_the_most() {
        let tenth = SeatRule::Share("1/10".parse().expect("a fraction"));
        assert_eq!(
            [0, 1, 9, 10, 11, 100_000].map(|roll| tenth.for_roll(roll)),
            [1, 1, 1, 1, 2, 500]
        );
        let largest = SeatRule::Largest(vec![SeatRule::Number(7), tenth]);
        assert_eq!([3, 60, 71, 1_000].map(|roll| largest.for_roll(roll)), [3, 7, 8, 100]);
    }

    #[test]
    fn parts_of_the_seats_are_rounded_up_and_never_less_than_a_majority() {
        let counted = |agree: &str, quorum: &str| {
            Seats::Counted(Counted {
                seats: SeatRule::Sample(Sample { confidence: 95, margin: 5 }),
                deciding: Deciding::Agree(Portion::Part(agree.parse().expect("read"))),
                quorum: Portion::Part(quorum.parse().expect("read")),
                then: 0,
            })
        };
        let terms = |agree, quorum, then| JuryTerms::Fixed { seats: 79, agree, quorum, then };
        assert_eq!(counted("1/2", "1/2").for_roll(100), terms(40, 40, 0));
        assert_eq!(counted("2/3", "3/4").for_roll(100), terms(53, 60, 0));
    }
}
