//! Each option against each other one (Schulze, "A new monotonic, clone-independent, reversal
//! symmetric, and Condorcet-consistent single-winner election method", 2011, by winning votes).

use super::choice::Choices;
use super::tie::TieOrder;

/// The earliest of the possible winners.
pub(super) fn winner(choices: &Choices, order: &TieOrder) -> Vec<u32> {
    let places = order.places() as usize;
    let beats = strongest_paths(&preferences(choices, places));
    let possible = |one: &u32| {
        let one = *one as usize;
        (0..places).all(|other| beats[one][other] >= beats[other][one])
    };
    let winner = (0..order.places()).filter(possible).min_by_key(|place| order.rank(*place));
    winner.into_iter().collect()
}

/// d\[i\]\[j\]: how many ballots put i before j.
pub(super) fn preferences(choices: &Choices, places: usize) -> Vec<Vec<u64>> {
    let mut before = vec![vec![0; places]; places];
    for ballot in choices.ballots() {
        for (row, rank) in before.iter_mut().zip(ballot.says) {
            for (cell, other) in row.iter_mut().zip(ballot.says) {
                *cell += if rank < other { ballot.weight } else { 0 };
            }
        }
    }
    before
}

/// p\[i\]\[j\]: the strength of the strongest path from i to j, over every k in turn.
fn strongest_paths(before: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let places = before.len();
    let wins = |i: usize, j: usize| if before[i][j] > before[j][i] { before[i][j] } else { 0 };
    let mut paths: Vec<Vec<u64>> =
        (0..places).map(|i| (0..places).map(|j| wins(i, j)).collect()).collect();
    for k in 0..places {
        for i in (0..places).filter(|i| *i != k) {
            for j in (0..places).filter(|j| *j != k && *j != i) {
                paths[i][j] = paths[i][j].max(paths[i][k].min(paths[k][j]));
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::super::Method;
    use super::*;
    use crate::hash::Hash;

    fn elect(options: u32, ballots: &[(usize, &str)]) -> Vec<u32> {
        let choices =
            ballots.iter().flat_map(|(times, choice)| std::iter::repeat_n(*choice, *times));
        let folded = Choices::fold(&Method::Schulze, options, choices).expect("choices");
        winner(&folded, &TieOrder::new(&Hash::ZERO, options + 1))
    }

    /// Section 3.1 and the well-known example of 45 voters: 5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED,
    /// 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC. E wins.
    #[test]
    fn e_wins_among_45_voters() {
        let ballots = [
            (5, "0>2>1>4>3"),
            (5, "0>3>4>2>1"),
            (8, "1>4>3>0>2"),
            (3, "2>0>1>4>3"),
            (7, "2>0>4>1>3"),
            (2, "2>1>0>3>4"),
            (7, "3>2>4>1>0"),
            (8, "4>1>0>3>2"),
        ];
        assert_eq!(elect(5, &ballots), [4]);
        let all: Vec<&str> =
            ballots.iter().flat_map(|(times, it)| std::iter::repeat_n(*it, *times)).collect();
        let folded = Choices::fold(&Method::Schulze, 5, all).expect("choices");
        let paths = strongest_paths(&preferences(&folded, 6));
        let expected: [[u64; 5]; 5] = [
            [0, 28, 28, 30, 24],
            [25, 0, 28, 33, 24],
            [25, 29, 0, 29, 24],
            [25, 28, 28, 0, 24],
            [25, 28, 28, 31, 0],
        ];
        for (found, expected) in paths.iter().zip(expected) {
            assert_eq!(found[..5], expected);
        }
    }

    /// The example of section 3.1 of the paper: 21 voters and four options; D wins.
    #[test]
    fn d_wins_among_21_voters() {
        let ballots =
            [(8, "0>2>3>1"), (2, "1>0>3>2"), (4, "2>3>1>0"), (4, "3>1>0>2"), (3, "3>2>1>0")];
        assert_eq!(elect(4, &ballots), [3]);
    }

    #[test]
    fn who_wins_against_everybody_wins() {
        let ballots = [(3, "0>2>1"), (2, "1>2>0"), (2, "2>1>0")];
        assert_eq!(elect(3, &ballots), [2]);
        assert_eq!(elect(2, &[(3, "2>0"), (2, "0>2")]), [2], "none of these can win");
    }

    #[test]
    fn options_left_out_are_behind_and_equals_count_for_neither() {
        assert_eq!(elect(3, &[(1, "1")]), [1]);
        let order = TieOrder::new(&Hash::ZERO, 4);
        let earliest = (0..4).min_by_key(|place| order.rank(*place)).expect("places");
        assert_eq!(elect(3, &[(5, "0=1=2=3")]), [earliest]);
        assert_eq!(elect(3, &[(4, "0=1>2=3"), (1, "1")]), [1]);
    }
}
