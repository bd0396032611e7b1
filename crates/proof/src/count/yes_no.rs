//! A question, answered with yes or no.

use super::Fraction;
use super::choice::Choices;

/// How the two answers stand in a folded choice: the places of their totals.
pub(super) const YES: u8 = 0;
pub(super) const NO: u8 = 1;

/// [yes, no].
pub(super) fn totals(choices: &Choices) -> Vec<u64> {
    let mut totals = vec![0; 2];
    for ballot in choices.ballots() {
        for answer in ballot.says {
            totals[usize::from(*answer)] += ballot.weight;
        }
    }
    totals
}

/// Whether it passes: more yes than no, and at least the agreed share of both.
pub(super) fn passes(totals: &[u64], agree: Fraction) -> bool {
    match totals {
        [yes, no] => yes > no && agree.is_reached(*yes, yes.saturating_add(*no)),
        _ => false,
    }
}
