//! A number for each option; the highest sum wins.

use super::choice::Choices;
use super::tie::TieOrder;

/// The sum of each place, and the winner.
pub(super) fn count(choices: &Choices, order: &TieOrder) -> (Vec<u64>, Vec<u32>) {
    let mut totals = vec![0; order.places() as usize];
    for ballot in choices.ballots() {
        for (total, points) in totals.iter_mut().zip(ballot.says) {
            *total += u64::from(*points) * ballot.weight;
        }
    }
    let winner = order.highest(&totals);
    (totals, winner.into_iter().collect())
}
