//! Counting held against slow, obvious counts that are written another way: every path for Schulze,
//! every ballot again in every round for runoffs. And against laws that each method keeps.

use mic_proof::count::{
    Fraction, Method, Outcome, Positions, consensus, count, largest_set, outcome, tie_order,
};
use mic_proof::hash::{Hash, sha256};
use proptest::prelude::*;

const OPTIONS: u32 = 4;

/// The places of a vote: four options and *none of these*.
fn places() -> Vec<u32> {
    (0..=OPTIONS).collect()
}

/// Ballots that rank some of the places strictly.
fn rankings(places: Vec<u32>) -> impl Strategy<Value = Vec<Vec<u32>>> {
    let all = places.len();
    let ballot = (Just(places).prop_shuffle(), 1..=all)
        .prop_map(|(order, length)| order.into_iter().take(length).collect::<Vec<u32>>());
    prop::collection::vec(ballot, 1..40)
}

fn choice(ranking: &[u32]) -> String {
    ranking.iter().map(u32::to_string).collect::<Vec<_>>().join(">")
}

fn winners(method: &Method, draw: &Hash, ballots: &[Vec<u32>]) -> Vec<u32> {
    let choices: Vec<String> = ballots.iter().map(|ballot| choice(ballot)).collect();
    let choices = choices.iter().map(String::as_str);
    count(method, OPTIONS, draw, choices).expect("choices of the method").winners
}

/// Where a place stands on a ballot; those left out stand behind all.
fn rank(ballot: &[u32], place: u32) -> usize {
    ballot.iter().position(|it| *it == place).unwrap_or(usize::MAX)
}

/// How many ballots put one place before another, if that wins their duel; otherwise 0.
fn duel(ballots: &[Vec<u32>], one: u32, other: u32) -> usize {
    let before = |a: u32, b: u32| ballots.iter().filter(|it| rank(it, a) < rank(it, b)).count();
    let (wins, loses) = (before(one, other), before(other, one));
    if wins > loses { wins } else { 0 }
}

/// The strongest of all paths, tried one by one: a path is as strong as its weakest duel.
fn strongest_path(ballots: &[Vec<u32>], from: u32, to: u32, through: &[u32]) -> usize {
    let direct = duel(ballots, from, to);
    let longer = through.iter().map(|next| {
        let rest: Vec<u32> = through.iter().copied().filter(|it| it != next).collect();
        duel(ballots, from, *next).min(strongest_path(ballots, *next, to, &rest))
    });
    longer.fold(direct, usize::max)
}

fn schulze_by_all_paths(draw: &Hash, ballots: &[Vec<u32>]) -> Vec<u32> {
    let path = |from: u32, to: u32| {
        let through: Vec<u32> =
            places().into_iter().filter(|it| *it != from && *it != to).collect();
        strongest_path(ballots, from, to, &through)
    };
    let order = tie_order(&Method::Schulze, OPTIONS, draw);
    let possible =
        |one: &u32| places().iter().all(|other| path(*one, *other) >= path(*other, *one));
    order.into_iter().find(possible).into_iter().collect()
}

fn runoff_by_counting_again(draw: &Hash, ballots: &[Vec<u32>]) -> Vec<u32> {
    // The earliest first, so that the last of equals is the one that goes out.
    let mut standing = tie_order(&Method::Runoff, OPTIONS, draw);
    loop {
        let first = |ballot: &&Vec<u32>| ballot.iter().copied().find(|it| standing.contains(it));
        let firsts: Vec<u32> = ballots.iter().filter_map(|ballot| first(&ballot)).collect();
        let votes = |place: &u32| firsts.iter().filter(|it| *it == place).count();
        let majority = standing.iter().find(|place| votes(place) * 2 > firsts.len());
        if let Some(winner) = majority.or(standing.first().filter(|_| standing.len() == 1)) {
            return vec![*winner];
        }
        let fewest = standing.iter().map(votes).min().unwrap_or(0);
        let out = standing.iter().rposition(|place| votes(place) == fewest).expect("one of them");
        standing.remove(out);
    }
}

proptest! {
    #[test]
    fn schulze_finds_the_winner_of_all_paths(ballots in rankings(places()), seed: u64) {
        let draw = sha256(&seed.to_be_bytes());
        let expected = schulze_by_all_paths(&draw, &ballots);
        prop_assert_eq!(winners(&Method::Schulze, &draw, &ballots), expected);
    }

    #[test]
    fn runoffs_end_as_if_every_round_were_counted_again(ballots in rankings(places()), seed: u64) {
        let draw = sha256(&seed.to_be_bytes());
        let expected = runoff_by_counting_again(&draw, &ballots);
        prop_assert_eq!(winners(&Method::Runoff, &draw, &ballots), expected);
    }

    /// Whom more than half put first wins, however many places there are and by either method.
    #[test]
    fn a_majority_for_one_decides(ballots in rankings(places()), favourite in 0..=OPTIONS, seed: u64) {
        let draw = sha256(&seed.to_be_bytes());
        let mut ballots = ballots;
        for _ in 0..=ballots.len() {
            ballots.push(vec![favourite]);
        }
        for method in [Method::Schulze, Method::Runoff] {
            prop_assert_eq!(winners(&method, &draw, &ballots), vec![favourite]);
        }
    }

    /// With one winner to elect, transfers of votes are a runoff, except that the count needs the
    /// quota of all ballots or the last place, not a majority of those that still count.
    #[test]
    fn stv_elects_as_many_as_asked_and_whoever_has_a_quota(
        ballots in rankings((0..OPTIONS).collect()),
        seats in 1..=5_u32,
        seed: u64,
    ) {
        let draw = sha256(&seed.to_be_bytes());
        let elected = winners(&Method::Stv { winners: seats }, &draw, &ballots);
        prop_assert_eq!(elected.len(), seats.min(OPTIONS) as usize);
        let quota = ballots.len() / (seats.min(OPTIONS) as usize + 1) + 1;
        for place in 0..OPTIONS {
            let first = ballots.iter().filter(|ballot| ballot[0] == place).count();
            prop_assert!(first < quota || elected.contains(&place), "{place} has the quota");
        }
    }

    /// The order in which ballots stand in the lists changes nothing.
    #[test]
    fn the_order_of_ballots_does_not_matter(ballots in rankings((0..OPTIONS).collect()), seed: u64) {
        let draw = sha256(&seed.to_be_bytes());
        let mut turned = ballots.clone();
        turned.reverse();
        for method in [Method::Schulze, Method::Runoff, Method::Stv { winners: 2 }] {
            prop_assert_eq!(winners(&method, &draw, &ballots), winners(&method, &draw, &turned));
        }
    }
}

#[test]
fn a_question_needs_more_yes_than_no_and_the_agreed_share() {
    let two_thirds: Fraction = "2/3".parse().expect("a fraction");
    let close = |agree: Fraction, yes: usize, no: usize, abstain: usize, eligible: u64| {
        let method = Method::YesNo { agree };
        let choices = [("yes", yes), ("no", no), ("abstain", abstain)];
        let choices = choices.into_iter().flat_map(|(it, times)| std::iter::repeat_n(it, times));
        let counted = count(&method, 0, &Hash::ZERO, choices).expect("choices");
        outcome(&method, 0, &counted, eligible, Fraction::HALF)
    };
    assert_eq!(close(Fraction::HALF, 3, 2, 0, 5), Outcome::Pass);
    assert_eq!(close(Fraction::HALF, 2, 2, 0, 4), Outcome::Fail, "equality is not more");
    assert_eq!(close(two_thirds, 4, 2, 0, 6), Outcome::Pass);
    assert_eq!(close(two_thirds, 5, 3, 0, 8), Outcome::Fail);
    assert_eq!(close(Fraction::HALF, 1, 0, 4, 10), Outcome::Pass, "abstaining counts as cast");
    assert_eq!(close(Fraction::HALF, 4, 0, 0, 9), Outcome::Undecided, "below the quorum");
    assert_eq!(close(Fraction::HALF, 0, 0, 5, 5), Outcome::Undecided, "nobody said anything");
}

#[test]
fn consensus_bears_so_many_blocks_and_asides() {
    let quarter: Fraction = "1/4".parse().expect("a fraction");
    let close = |agree, aside, block, eligible| {
        let positions = Positions { agree, aside, block };
        consensus(positions, eligible, 2, quarter, Fraction::HALF)
    };
    assert_eq!(close(3, 1, 0, 8), Outcome::Pass);
    assert_eq!(close(3, 0, 1, 8), Outcome::Pass, "one block is borne");
    assert_eq!(close(9, 0, 2, 8), Outcome::Fail);
    assert_eq!(close(2, 1, 0, 6), Outcome::Undecided, "too many stand aside");
    assert_eq!(close(3, 0, 0, 7), Outcome::Undecided, "below the quorum");
    assert_eq!(close(0, 0, 1, 1), Outcome::Undecided, "nobody agrees");
    assert_eq!(largest_set(&[2, 2, 9]), 2);
}
