//! Pledges: "I will, if at least so many of us will" (`spec/vote.md`, Pledge).

use super::choice::number;

/// The largest number that a pledge can name.
pub const PLEDGE_MAX: u64 = 10_000_000;

/// The number in a pledge: decimal, 1 to [`PLEDGE_MAX`]; none if it is anything else.
pub fn parse_pledge(choice: &str) -> Option<u64> {
    let wanted = u64::from(number(choice)?);
    (1..=PLEDGE_MAX).contains(&wanted).then_some(wanted)
}

/// The largest set of pledges whose conditions all hold: the largest s such that the s lowest
/// numbers are all at most s. In any order.
pub fn largest_set(numbers: &[u64]) -> u64 {
    let mut ascending = numbers.to_vec();
    ascending.sort_unstable();
    let holds = (1..).zip(&ascending).filter(|(count, number)| *number <= count);
    holds.map(|(count, _)| count).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn examples() {
        assert_eq!(largest_set(&[]), 0);
        assert_eq!(largest_set(&[1]), 1);
        assert_eq!(largest_set(&[2]), 0);
        assert_eq!(largest_set(&[3, 2, 2]), 3);
        assert_eq!(largest_set(&[1, 3, 5, 4, 9]), 1);
        assert_eq!(largest_set(&[5, 5, 5, 5, 5, 100]), 5);
        assert_eq!((parse_pledge("1"), parse_pledge("10000000")), (Some(1), Some(PLEDGE_MAX)));
        for wrong in ["0", "01", "10000001", "", "-1", "abstain", "99999999999999999999"] {
            assert_eq!(parse_pledge(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_larger_set_holds_and_this_one_does(numbers in prop::collection::vec(1..12_u64, 0..12)) {
            // A set in which all conditions hold is, at its best, everybody with a number up to its size.
            let by_trial = (0..=numbers.len() as u64)
                .filter(|size| numbers.iter().filter(|number| *number <= size).count() as u64 >= *size)
                .max();
            prop_assert_eq!(Some(largest_set(&numbers)), by_trial);
        }
    }
}
