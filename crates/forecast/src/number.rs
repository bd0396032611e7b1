//! Whole numbers to floating point and back, in the one place where something may be lost. Knows nothing of what is counted.

/// Exact up to 2⁵³, which no count here reaches.
#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// Rounded; below 0 is 0, not a number is 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and that is what is wanted"
)]
pub(crate) fn whole(number: f64) -> u64 {
    number.round() as u64
}

/// A length or a place as a count.
pub(crate) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// A count as a place in a list.
pub(crate) fn place(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
