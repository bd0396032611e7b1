//! The sealed ballots of open stages, by where they were handed in, and what has to be found in them without walking them: words that
//! somebody uses already, and how many pledges name a number. Knows nothing of stores; cheap to clone, like the state.

mod numbers;

use std::sync::Arc;

use imbl::OrdMap;
use mic_proof::count::parse_pledge;
use mic_proof::hash::{Hash, sha256};

use crate::append::SealedBallot;
use crate::ids::{ProposalNumber, Slot, Step};
use numbers::Numbers;

/// What members said under seal, by where they said it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vault {
    stages: OrdMap<(ProposalNumber, Step), Sealed>,
}

/// The ballots of one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sealed {
    ballots: OrdMap<Slot, Arc<SealedBallot>>,
    /// Who uses which words with which choice, by the hash of both.
    words: OrdMap<Hash, Slot>,
    numbers: Numbers,
}

impl Vault {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.stages.is_empty()
    }

    /// The ballot that a member handed in last.
    pub fn ballot(
        &self,
        proposal: ProposalNumber,
        step: Step,
        slot: Slot,
    ) -> Option<&SealedBallot> {
        self.stages.get(&(proposal, step))?.ballots.get(&slot).map(Arc::as_ref)
    }

    /// The ballots of a stage, by slot.
    pub fn ballots(
        &self,
        proposal: ProposalNumber,
        step: Step,
    ) -> impl Iterator<Item = (Slot, &SealedBallot)> {
        let stage = self.stages.get(&(proposal, step));
        let ballots = stage.into_iter().flat_map(|stage| stage.ballots.iter());
        ballots.map(|(slot, ballot)| (*slot, ballot.as_ref()))
    }

    /// Whether another member of the stage said the same with the same words: both ballots would look alike when they are opened.
    pub fn is_taken(
        &self,
        proposal: ProposalNumber,
        step: Step,
        slot: Slot,
        choice: &str,
        nonce: &str,
    ) -> bool {
        let stage = self.stages.get(&(proposal, step));
        let holder = stage.and_then(|stage| stage.words.get(&said(choice, nonce)));
        holder.is_some_and(|holder| *holder != slot)
    }

    /// Whether some number of pledges, `at_least` or more, all name at most that number.
    pub fn wakes(&self, proposal: ProposalNumber, step: Step, at_least: u32) -> bool {
        let stage = self.stages.get(&(proposal, step));
        stage.is_some_and(|stage| stage.numbers.hold_together(at_least))
    }

    /// Keeps a ballot, in place of an earlier one of the same member.
    pub fn insert(
        &mut self,
        proposal: ProposalNumber,
        step: Step,
        slot: Slot,
        ballot: SealedBallot,
    ) {
        let stage = self.stages.entry((proposal, step)).or_default();
        stage.remove(slot);
        stage.words.insert(said(&ballot.choice, &ballot.nonce), slot);
        if let Some(number) = parse_pledge(&ballot.choice) {
            stage.numbers.add(number);
        }
        stage.ballots.insert(slot, Arc::new(ballot));
    }

    /// Forgets one ballot; `false` if there is none.
    pub fn remove(&mut self, proposal: ProposalNumber, step: Step, slot: Slot) -> bool {
        let Some(stage) = self.stages.get_mut(&(proposal, step)) else { return false };
        let removed = stage.remove(slot);
        if stage.ballots.is_empty() {
            self.stages.remove(&(proposal, step));
        }
        removed
    }

    /// Forgets all ballots of a stage.
    pub fn clear(&mut self, proposal: ProposalNumber, step: Step) {
        self.stages.remove(&(proposal, step));
    }
}

impl FromIterator<((ProposalNumber, Step, Slot), SealedBallot)> for Vault {
    fn from_iter<I>(ballots: I) -> Self
    where
        I: IntoIterator<Item = ((ProposalNumber, Step, Slot), SealedBallot)>,
    {
        let mut vault = Self::new();
        for ((proposal, step, slot), ballot) in ballots {
            vault.insert(proposal, step, slot, ballot);
        }
        vault
    }
}

impl Sealed {
    fn remove(&mut self, slot: Slot) -> bool {
        let Some(ballot) = self.ballots.remove(&slot) else { return false };
        self.words.remove(&said(&ballot.choice, &ballot.nonce));
        if let Some(number) = parse_pledge(&ballot.choice) {
            self.numbers.take(number);
        }
        true
    }
}

/// Equal commitments of a stage come from equal choices and words only; this spares knowing what the stage is bound to.
fn said(choice: &str, nonce: &str) -> Hash {
    sha256(format!("{choice}\n{nonce}").as_bytes())
}
