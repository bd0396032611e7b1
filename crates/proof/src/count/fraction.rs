//! Exact shares: `"a/b"` with whole numbers, compared by multiplying out, never rounded
//! (`spec/charter.md`, Fractions).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Numerator and denominator are at most this.
pub const FRACTION_MAX: u32 = 1_000_000;

/// A share of something, 0 to 1. Two fractions are equal when they are written alike; [`compare`]
/// says which is larger.
///
/// [`compare`]: Fraction::compare
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// Not `"a/b"` of decimal whole numbers with 0 ≤ a ≤ b ≤ 1,000,000 and 1 ≤ b.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FractionError;

impl fmt::Display for FractionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a share is written \"a/b\", with a at most b and b from 1 to {FRACTION_MAX}")
    }
}

impl std::error::Error for FractionError {}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction { numerator: 0, denominator: 1 };
    /// Half of it.
    pub const HALF: Fraction = Fraction { numerator: 1, denominator: 2 };
    /// All of it.
    pub const ONE: Fraction = Fraction { numerator: 1, denominator: 1 };

    /// a/b, if that is a share.
    pub fn new(numerator: u32, denominator: u32) -> Option<Fraction> {
        let fits = numerator <= denominator && (1..=FRACTION_MAX).contains(&denominator);
        fits.then_some(Fraction { numerator, denominator })
    }

    /// The number above the line.
    pub fn numerator(self) -> u32 {
        self.numerator
    }

    /// The number below the line.
    pub fn denominator(self) -> u32 {
        self.denominator
    }

    /// Which of the two shares is larger.
    pub fn compare(self, other: Fraction) -> Ordering {
        let left = u64::from(self.numerator) * u64::from(other.denominator);
        left.cmp(&(u64::from(other.numerator) * u64::from(self.denominator)))
    }

    /// Whether `part` is at least this share of `whole`: part × b ≥ a × whole.
    pub fn is_reached(self, part: u64, whole: u64) -> bool {
        self.against(part, whole) != Ordering::Less
    }

    /// Whether `part` is more than this share of `whole`.
    pub fn is_exceeded(self, part: u64, whole: u64) -> bool {
        self.against(part, whole) == Ordering::Greater
    }

    /// This share of `whole`, rounded up: ⌈a × whole / b⌉.
    pub fn of(self, whole: u64) -> u64 {
        let scaled = u128::from(self.numerator) * u128::from(whole);
        let share = scaled.div_ceil(u128::from(self.denominator));
        u64::try_from(share).unwrap_or(whole)
    }

    fn against(self, part: u64, whole: u64) -> Ordering {
        let part = u128::from(part) * u128::from(self.denominator);
        part.cmp(&(u128::from(self.numerator) * u128::from(whole)))
    }
}

impl FromStr for Fraction {
    type Err = FractionError;

    fn from_str(text: &str) -> Result<Fraction, FractionError> {
        let (above, below) = text.split_once('/').ok_or(FractionError)?;
        let number = |text| super::choice::number(text).ok_or(FractionError);
        Fraction::new(number(above)?, number(below)?).ok_or(FractionError)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(text: &str) -> Fraction {
        text.parse().expect("a fraction")
    }

    #[test]
    fn a_fraction_has_one_spelling() {
        for text in ["0/1", "1/2", "2/4", "1000000/1000000"] {
            assert_eq!(fraction(text).to_string(), text);
        }
        for text in ["", "1", "1/0", "0/0", "2/1", "01/2", "1/02", "+1/2", " 1/2", "1/2/3", "-1/2"]
        {
            assert_eq!(text.parse::<Fraction>(), Err(FractionError), "{text}");
        }
        assert_eq!("1/1000001".parse::<Fraction>(), Err(FractionError));
    }

    #[test]
    fn shares_are_compared_exactly() {
        let third = fraction("1/3");
        assert!(third.is_reached(1, 3) && !third.is_exceeded(1, 3));
        assert!(!third.is_reached(333_333, 1_000_000) && third.is_exceeded(333_334, 1_000_000));
        assert!(Fraction::ZERO.is_reached(0, 0) && Fraction::ONE.is_reached(0, 0));
        assert_eq!((third.of(10), third.of(9), third.of(0)), (4, 3, 0));
        assert_eq!(fraction("2/4").compare(Fraction::HALF), Ordering::Equal);
        assert_eq!(third.compare(Fraction::HALF), Ordering::Less);
        assert_eq!(Fraction::ONE.of(u64::MAX), u64::MAX);
    }
}
