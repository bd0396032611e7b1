//! Every option that one could live with; the most approved one wins.

use super::choice::Choices;
use super::tie::TieOrder;

/// How many approve of each place, and the winner.
pub(super) fn count(choices: &Choices, order: &TieOrder) -> (Vec<u64>, Vec<u32>) {
    let mut totals = vec![0; order.places() as usize];
    for ballot in choices.ballots() {
        for place in ballot.says {
            totals[usize::from(*place)] += ballot.weight;
        }
    }
    let winner = order.highest(&totals);
    (totals, winner.into_iter().collect())
}
