//! An order of the options: the weakest goes out until one has more than half.

use super::choice::{Ballot, Choices};
use super::tie::TieOrder;

/// The winner. Every ballot counts for the first of its places that still stands.
pub(super) fn winner(choices: &Choices, order: &TieOrder) -> Vec<u32> {
    run(choices, order).0
}

/// The totals of every round; a place that is out has 0.
pub(super) fn rounds(choices: &Choices, order: &TieOrder) -> Vec<Vec<u64>> {
    run(choices, order).1
}

fn run(choices: &Choices, order: &TieOrder) -> (Vec<u32>, Vec<Vec<u64>>) {
    let mut history = Vec::new();
    let mut stands = vec![true; order.places() as usize];
    let mut totals = vec![0_u64; stands.len()];
    // Only the ballots of the place that goes out have to be looked at again.
    let mut piles: Vec<Vec<(Ballot<'_>, usize)>> = vec![Vec::new(); stands.len()];
    let mut moving: Vec<(Ballot<'_>, usize)> = choices.ballots().map(|it| (it, 0)).collect();
    loop {
        for (ballot, from) in moving {
            let standing = |place: &u8| stands[usize::from(*place)];
            let rest = ballot.says.iter().enumerate().skip(from);
            let next = rest.map(|(at, place)| (at, *place)).find(|(_, place)| standing(place));
            if let Some((at, place)) = next {
                totals[usize::from(place)] += ballot.weight;
                piles[usize::from(place)].push((ballot, at));
            }
        }
        history.push(totals.clone());
        let standing: Vec<u32> = (0..order.places()).filter(|it| stands[*it as usize]).collect();
        let total = |place: u32| totals[place as usize];
        let all: u64 = standing.iter().map(|place| total(*place)).sum();
        let decided = |place: &&u32| total(**place) * 2 > all || standing.len() == 1;
        if let Some(winner) = standing.iter().find(decided) {
            return (vec![*winner], history);
        }
        let weakest = standing
            .iter()
            .min_by_key(|place| (total(**place), std::cmp::Reverse(order.rank(**place))));
        let Some(weakest) = weakest.map(|place| *place as usize) else {
            return (Vec::new(), history);
        };
        stands[weakest] = false;
        totals[weakest] = 0;
        moving = std::mem::take(&mut piles[weakest]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Method;
    use super::*;
    use crate::hash::{Hash, sha256};

    fn elect(options: u32, draw: &Hash, ballots: &[(usize, &str)]) -> Vec<u32> {
        let choices =
            ballots.iter().flat_map(|(times, choice)| std::iter::repeat_n(*choice, *times));
        let folded = Choices::fold(&Method::Runoff, options, choices).expect("choices");
        winner(&folded, &TieOrder::new(draw, options + 1))
    }

    /// The capital of Tennessee: 42 Memphis, 26 Nashville, 15 Chattanooga, 17 Knoxville. Knoxville
    /// wins, though Nashville would win against each.
    #[test]
    fn the_weakest_go_out_one_by_one() {
        let ballots = [(42, "0>1>2>3"), (26, "1>2>3>0"), (15, "2>3>1>0"), (17, "3>2>1>0")];
        assert_eq!(elect(4, &Hash::ZERO, &ballots), [3]);
    }

    #[test]
    fn a_majority_of_the_ballots_that_still_count_is_enough() {
        assert_eq!(elect(3, &Hash::ZERO, &[(5, "0"), (4, "1"), (3, "2>1")]), [1]);
        assert_eq!(elect(3, &Hash::ZERO, &[(5, "0"), (4, "1"), (3, "2")]), [0]);
        assert_eq!(elect(2, &Hash::ZERO, &[(3, "2"), (1, "1"), (1, "0")]), [2], "none of these");
    }

    #[test]
    fn among_equals_the_latest_goes_out() {
        for nth in 0..20_u8 {
            let draw = sha256(&[nth]);
            let order = TieOrder::new(&draw, 3);
            let expected = u32::from(order.rank(0) > order.rank(1));
            assert_eq!(elect(2, &draw, &[(2, "0"), (2, "1")]), [expected]);
        }
    }
}
