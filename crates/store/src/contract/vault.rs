//! The sealed ballots and the reasons for authors. Knows nothing of tallies.

use mic_engine::append::SealedBallot;
use mic_engine::ids::{GroupId, ProposalNumber, Slot, Step};

use super::Fault;

/// A ballot with its place, as it lies sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultBallot {
    pub proposal: ProposalNumber,
    pub step: Step,
    pub slot: Slot,
    pub ballot: SealedBallot,
}

/// Reads of the vault; it is written by [`super::Journal::append`] alone. No time and no order of arrival is kept.
pub trait Vault {
    /// The ballots of one jury, by slot.
    fn ballots(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<VaultBallot>, Fault>;

    /// Every ballot of a group that is still sealed, by proposal, step and slot: what a node loads at its start.
    fn all_ballots(&self, group: GroupId) -> Result<Vec<VaultBallot>, Fault>;

    /// The reasons jurors gave the author, in the order in which they were written down, which tells nothing.
    fn reasons(
        &self,
        group: GroupId,
        proposal: ProposalNumber,
        step: Step,
    ) -> Result<Vec<String>, Fault>;
}
