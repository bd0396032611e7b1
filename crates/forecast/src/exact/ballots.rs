//! How many have answered so far and how many of them said yes, as chances, answer by answer without replacement. Knows no rule.

use super::Pool;
use crate::number::place;

/// A chance for every pair of answers and yes answers.
#[derive(Clone)]
pub(super) struct Ballots {
    /// Answers that fit, plus one.
    side: usize,
    /// The most answers that may have been given so far.
    most: usize,
    cells: Vec<f64>,
}

impl Ballots {
    /// Nobody has answered; `answers` will, at most.
    pub(super) fn none_yet(answers: u32) -> Self {
        let mut ballots = Self::empty(answers);
        ballots.cells[0] = 1.0;
        ballots
    }

    /// No case at all.
    pub(super) fn empty(answers: u32) -> Self {
        let side = place(answers) + 1;
        Self { side, most: 0, cells: vec![0.0; side * side] }
    }

    /// So many more seats, each of which brings an answer with the chance `answering`.
    pub(super) fn ask(&mut self, seats: u32, answering: f64, pool: Pool) {
        for _ in 0..seats {
            self.most = (self.most + 1).min(self.side - 1);
            for answered in (0..=self.most).rev() {
                for yes in (0..=answered).rev() {
                    let stays = self.at(answered, yes) * (1.0 - answering);
                    let comes = self.arriving(answered, yes, pool) * answering;
                    let index = answered * self.side + yes;
                    self.cells[index] = stays + comes;
                }
            }
        }
    }

    fn arriving(&self, answered: usize, yes: usize, pool: Pool) -> f64 {
        let Some(before) = answered.checked_sub(1) else { return 0.0 };
        let mut sum = 0.0;
        if let Some(fewer) = yes.checked_sub(1) {
            let chance = self.at(before, fewer);
            if chance > 0.0 {
                sum += chance * pool.next_is_yes(before, fewer);
            }
        }
        if yes <= before {
            let chance = self.at(before, yes);
            if chance > 0.0 {
                sum += chance * (1.0 - pool.next_is_yes(before, yes));
            }
        }
        sum
    }

    /// Takes the cases out that `which` (answers, yes) names, and gives their chance.
    pub(super) fn take(&mut self, which: impl Fn(u32, u32) -> bool) -> f64 {
        let mut taken = 0.0;
        self.each(|answered, yes, chance| {
            if which(answered, yes) {
                taken += *chance;
                *chance = 0.0;
            }
        });
        taken
    }

    /// Moves the cases that `which` names to another table.
    pub(super) fn hand_over(&mut self, to: &mut Self, which: impl Fn(u32, u32) -> bool) {
        let side = to.side;
        let mut most = to.most;
        self.each(|answered, yes, chance| {
            if which(answered, yes) && *chance > 0.0 {
                to.cells[place(answered) * side + place(yes)] += *chance;
                most = most.max(place(answered));
                *chance = 0.0;
            }
        });
        to.most = most;
    }

    /// The same cases, each with its chance times `weight`.
    pub(super) fn weighed(&self, weight: f64) -> Self {
        let mut copy = self.clone();
        copy.cells.iter_mut().for_each(|chance| *chance *= weight);
        copy
    }

    /// The cases with exactly so many answers, by yes.
    pub(super) fn row(&self, answered: u32) -> &[f64] {
        let start = place(answered) * self.side;
        &self.cells[start..=start + place(answered)]
    }

    pub(super) fn put_row(&mut self, answered: u32, row: &[f64]) {
        let start = place(answered) * self.side;
        for (cell, chance) in self.cells[start..].iter_mut().zip(row) {
            *cell += chance;
        }
        self.most = self.most.max(place(answered));
    }

    pub(super) fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    fn at(&self, answered: usize, yes: usize) -> f64 {
        self.cells[answered * self.side + yes]
    }

    fn each(&mut self, mut act: impl FnMut(u32, u32, &mut f64)) {
        for (answered, row) in (0..).zip(self.cells.chunks_mut(self.side)) {
            for (yes, chance) in (0..).zip(row.iter_mut()) {
                if yes <= answered {
                    act(answered, yes, chance);
                }
            }
        }
    }
}

/// One more answer for all cases of a row: `row[yes]` for `answered` answers becomes that for one more.
pub(super) fn one_more(row: &[f64], answered: u32, pool: Pool) -> Vec<f64> {
    let mut next = vec![0.0; row.len() + 1];
    for (yes, chance) in row.iter().enumerate() {
        if *chance > 0.0 {
            let says_yes = pool.next_is_yes(place(answered), yes);
            next[yes + 1] += chance * says_yes;
            next[yes] += chance * (1.0 - says_yes);
        }
    }
    next
}
