//! Several winners in proportion: the single transferable vote by the weighted inclusive Gregory
//! method, as in the Scottish Local Government Elections Order 2007 (S.S.I. 2007/42, Schedule 1,
//! Part III, rules 45 to 52), with the ties of `spec/vote.md`.

use std::cmp::{Ordering, Reverse};

use super::choice::{Ballot, Choices};
use super::tie::TieOrder;

/// What a whole ballot is worth: values are whole hundred-thousandths, rounded down.
const WHOLE: u64 = 100_000;

/// The winners, in the order in which they were elected; at most as many as there are places.
pub(super) fn winners(choices: &Choices, order: &TieOrder, seats: u32) -> Vec<u32> {
    run(choices, order, seats).elected
}

/// The totals of every round, in hundred-thousandths.
pub(super) fn rounds(choices: &Choices, order: &TieOrder, seats: u32) -> Vec<Vec<u64>> {
    let count = run(choices, order, seats);
    let mut history = count.history;
    history.push(count.totals);
    history
}

/// The whole count, round by round.
fn run<'a>(choices: &'a Choices, order: &'a TieOrder, seats: u32) -> Count<'a> {
    let seats = seats.min(order.places());
    let quota = choices.valid() / (u64::from(seats) + 1) + 1;
    let mut count = Count::new(choices, order, quota * WHOLE);
    let seats = seats as usize;
    loop {
        count.elect_by_quota();
        if count.elected.len() >= seats {
            return count;
        }
        if count.standing() <= seats {
            count.elect_all();
            return count;
        }
        count.history.push(count.totals.clone());
        match count.largest_surplus() {
            Some(place) => count.transfer_surplus(place),
            None => count.exclude_lowest(),
        }
    }
}

/// Where a place is in its way through the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Hopeful,
    /// elected, with a surplus that was not transferred yet
    Surplus,
    Elected,
    Excluded,
}

/// Equal ballots that count for one place.
#[derive(Clone, Copy, Debug)]
struct Papers<'a> {
    ballot: Ballot<'a>,
    /// where in the ballot the place stands
    at: usize,
    /// what each of them is worth
    value: u64,
}

struct Count<'a> {
    order: &'a TieOrder,
    quota: u64,
    states: Vec<State>,
    totals: Vec<u64>,
    piles: Vec<Vec<Papers<'a>>>,
    elected: Vec<u32>,
    /// the totals of every earlier round
    history: Vec<Vec<u64>>,
}

impl<'a> Count<'a> {
    fn new(choices: &'a Choices, order: &'a TieOrder, quota: u64) -> Count<'a> {
        let places = order.places() as usize;
        let mut count = Count {
            order,
            quota,
            states: vec![State::Hopeful; places],
            totals: vec![0; places],
            piles: vec![Vec::new(); places],
            elected: Vec::new(),
            history: Vec::new(),
        };
        for ballot in choices.ballots() {
            count.pass_on(Papers { ballot, at: 0, value: WHOLE }, 0);
        }
        count
    }

    /// Everybody with the quota is elected, the highest first.
    fn elect_by_quota(&mut self) {
        let reached =
            |place: &u32| self.state(*place) == State::Hopeful && self.total(*place) >= self.quota;
        let mut reached: Vec<u32> = (0..self.order.places()).filter(reached).collect();
        self.highest_first(&mut reached);
        for place in reached {
            let surplus = self.total(place) > self.quota;
            self.states[place as usize] = if surplus { State::Surplus } else { State::Elected };
            self.elected.push(place);
        }
    }

    /// As many stand as there are to elect: all who are left are elected.
    fn elect_all(&mut self) {
        let mut left = self.in_state(State::Hopeful);
        self.highest_first(&mut left);
        self.elected.extend(left);
    }

    fn highest_first(&self, places: &mut [u32]) {
        places.sort_by_key(|place| (Reverse(self.total(*place)), self.order.rank(*place)));
    }

    fn largest_surplus(&self) -> Option<u32> {
        let waiting = self.in_state(State::Surplus).into_iter();
        waiting.max_by(|one, other| {
            let tie = || self.order.rank(*other).cmp(&self.order.rank(*one));
            self.compare(*one, *other).then_with(tie)
        })
    }

    fn transfer_surplus(&mut self, place: u32) {
        let total = self.total(place);
        let surplus = total - self.quota;
        self.states[place as usize] = State::Elected;
        self.totals[place as usize] = self.quota;
        for papers in std::mem::take(&mut self.piles[place as usize]) {
            // At most 3,000,000 ballots of 100,000 each, times 100,000: 55 bits.
            let value = surplus * papers.value / total;
            self.pass_on(Papers { value, ..papers }, papers.at + 1);
        }
    }

    fn exclude_lowest(&mut self) {
        let hopeful = self.in_state(State::Hopeful).into_iter();
        let lowest = hopeful.min_by(|one, other| {
            let tie = || self.order.rank(*other).cmp(&self.order.rank(*one));
            self.compare(*one, *other).then_with(tie)
        });
        let Some(place) = lowest else { return };
        self.states[place as usize] = State::Excluded;
        self.totals[place as usize] = 0;
        for papers in std::mem::take(&mut self.piles[place as usize]) {
            self.pass_on(papers, papers.at + 1);
        }
    }

    /// Who has more now, or had more in the latest earlier round in which they differed.
    fn compare(&self, one: u32, other: u32) -> Ordering {
        let by = |totals: &Vec<u64>| totals[one as usize].cmp(&totals[other as usize]);
        let rounds = std::iter::once(&self.totals).chain(self.history.iter().rev());
        rounds.map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// Papers go to the next place on them that still stands and is not elected, or nowhere.
    fn pass_on(&mut self, papers: Papers<'a>, from: usize) {
        let rest = papers.ballot.says.iter().enumerate().skip(from);
        let next = rest.map(|(at, place)| (at, usize::from(*place)));
        let mut open = next.filter(|(_, place)| self.states[*place] == State::Hopeful);
        if let Some((at, place)) = open.next() {
            self.totals[place] += papers.value * papers.ballot.weight;
            self.piles[place].push(Papers { at, ..papers });
        }
    }

    /// How many stand, elected ones included.
    fn standing(&self) -> usize {
        self.states.iter().filter(|state| **state != State::Excluded).count()
    }

    fn in_state(&self, state: State) -> Vec<u32> {
        (0..self.order.places()).filter(|place| self.state(*place) == state).collect()
    }

    fn state(&self, place: u32) -> State {
        self.states[place as usize]
    }

    fn total(&self, place: u32) -> u64 {
        self.totals[place as usize]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::Method;
    use super::*;
    use crate::hash::{Hash, sha256};

    fn fold(places: u32, ballots: &[(usize, &str)]) -> Choices {
        let all = ballots.iter().flat_map(|(times, choice)| std::iter::repeat_n(*choice, *times));
        Choices::fold(&Method::Stv { winners: 1 }, places, all).expect("choices")
    }

    fn natural(value: &Value) -> u64 {
        value.as_u64().expect("a number")
    }

    /// Every stage of real counts, to the last hundred-thousandth of a vote.
    #[test]
    fn every_stage_of_published_counts_comes_out() {
        let files = [
            include_str!("../../tests/elections/almond.json"),
            include_str!("../../tests/elections/eilean_siar.json"),
            include_str!("../../tests/elections/aberdeenshire.json"),
        ];
        for file in files {
            let ward: Value = serde_json::from_str(file).expect("JSON");
            let list = |name: &str| ward[name].as_array().expect("a list").iter();
            let number = |name: &str| u32::try_from(natural(&ward[name])).expect("small");
            let ballots: Vec<(usize, &str)> = list("ballots")
                .map(|it| {
                    (
                        usize::try_from(natural(&it[0])).expect("few"),
                        it[1].as_str().expect("a choice"),
                    )
                })
                .collect();
            let choices = fold(number("options"), &ballots);
            let order = TieOrder::new(&Hash::ZERO, number("options"));
            let mut count = run(&choices, &order, number("seats"));
            count.history.push(count.totals.clone());
            let published: Vec<Vec<u64>> = list("rounds")
                .map(|round| round.as_array().expect("totals").iter().map(natural).collect())
                .collect();
            assert_eq!(count.history, published, "{}", ward["about"]);
            let elected: Vec<u64> = count.elected.iter().copied().map(u64::from).collect();
            assert_eq!(elected, list("winners").map(natural).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nobody_more_than_stands_is_elected() {
        let choices = fold(2, &[(3, "0"), (4, "1")]);
        let order = TieOrder::new(&Hash::ZERO, 2);
        assert_eq!(winners(&choices, &order, 2), [1, 0]);
        assert_eq!(winners(&choices, &order, 64), [1, 0]);
        assert_eq!(winners(&choices, &order, 1), [1]);
    }

    /// 1 and 2 are equal when one of them must go. 1 was behind before the votes of 3 came.
    #[test]
    fn who_was_behind_earlier_goes_out_first() {
        let ballots = [(6, "0"), (3, "1>2"), (4, "2>1"), (1, "3>1")];
        for nth in 0..10_u8 {
            let order = TieOrder::new(&sha256(&[nth]), 4);
            let choices = fold(4, &ballots);
            assert_eq!(winners(&choices, &order, 1), [2]);
        }
    }

    #[test]
    fn ties_that_were_always_there_follow_the_tie_order() {
        for nth in 0..10_u8 {
            let order = TieOrder::new(&sha256(&[nth]), 3);
            let choices = fold(3, &[(4, "0"), (3, "1>2"), (3, "2>1")]);
            let expected = if order.rank(1) < order.rank(2) { 1 } else { 2 };
            assert_eq!(winners(&choices, &order, 1), [expected]);
        }
    }
}
