//! Closing a round: count, and then decide, grow, give one more slot of time, or leave it undecided (spec/jury.md).
//! The counting rule itself stands in `mic_proof::jury`, where strangers read it. Knows nothing of what a verdict leads to.

use mic_proof::ballot::{Choice, Nonce, commitment};
use mic_proof::encode::encode;
use mic_proof::hash::{Hash, sha256};
use mic_proof::jury::{Close, Round, Standing, Steps, Terms};

use super::seats;
use crate::append::{SealedBallot, VaultWrite};
use crate::batch::Batch;
use crate::charter::Outcome;
use crate::event::{Event, JuryClosed, JuryExtended, JuryGrown, OpenBallot, Verdict};
use crate::ids::{ProposalNumber, Slot, Step};
use crate::stages::end;
use crate::wire;

/// Closes the round early when everybody who holds a seat has answered: nothing more can come.
pub(crate) fn close_if_all_answered(batch: &mut Batch<'_>, number: ProposalNumber) {
    let complete = batch
        .state
        .proposal(number)
        .and_then(|open| super::judging(open)?.sitting.as_ref())
        .is_some_and(|sitting| !sitting.closed && sitting.silent().next().is_none());
    if complete {
        close_round(batch, number);
    }
}

pub(super) fn close_round(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(count) = Count::of(batch, number) else { return };
    let reserve = seats::next(batch, number, 1).is_some_and(|next| !next.is_empty());
    match count.close(reserve) {
        Close::Approved => decide(batch, number, &count, Verdict::Approved),
        Close::Declined => decide(batch, number, &count, Verdict::Declined),
        Close::Undecided => decide(batch, number, &count, Verdict::Undecided),
        Close::Grow => grow(batch, number, &count),
        Close::Extend => extend(batch, number, &count),
    }
}

/// Everything the count of a jury looks at.
struct Count {
    step: Step,
    terms: Terms,
    steps: Option<Steps>,
    /// The seats of each round.
    seats: Vec<u32>,
    extended: bool,
    /// The counted ballots of each round, in order of their commitments.
    ballots: Vec<Vec<(Hash, SealedBallot)>>,
    silent: Vec<Slot>,
}

impl Count {
    fn of(batch: &Batch<'_>, number: ProposalNumber) -> Option<Self> {
        let open = batch.state.proposal(number)?;
        let jury = open.jury()?;
        let sitting = jury.sitting.as_ref()?;
        let call = &jury.call;
        let mut ballots = vec![Vec::new(); sitting.grown.len() + 1];
        for (slot, ballot) in batch.vault.ballots(number, open.step) {
            let counts = ballot.round < sitting.round
                || (sitting.holds(slot) && sitting.answered.contains(&slot));
            let nonce = Nonce::parse(&ballot.nonce).ok()?;
            let commit = commitment(&jury.inputs_hash, Choice::parse(&ballot.choice)?, &nonce);
            if let (true, Some(round)) = (counts, ballots.get_mut(ballot.round as usize)) {
                round.push((commit, ballot.clone()));
            }
        }
        for round in &mut ballots {
            round.sort_by_key(|(commit, _)| *commit);
        }
        Some(Self {
            step: open.step,
            terms: Terms {
                seats: call.seats,
                agree: call.agree,
                quorum: call.quorum,
                then: call.then,
            },
            steps: call.lead.map(|steps| Steps { lead: steps.lead, cap: steps.cap }),
            seats: std::iter::once(sitting.filled).chain(sitting.grown.iter().copied()).collect(),
            extended: sitting.extended,
            ballots,
            silent: sitting.silent().map(|seat| seat.slot).collect(),
        })
    }

    fn close(&self, reserve: bool) -> Close {
        let silent = u32::try_from(self.silent.len()).unwrap_or(u32::MAX);
        let standing = Standing { silent, reserve, extended: self.extended };
        match self.steps {
            Some(steps) => steps.close(&self.terms, &self.rounds(), &standing),
            None => self.terms.close(&self.rounds(), &standing),
        }
    }

    fn rounds(&self) -> Vec<Round> {
        self.ballots
            .iter()
            .zip(&self.seats)
            .map(|(ballots, seats)| round(ballots, *seats))
            .collect()
    }

    /// How many seats the next round adds.
    fn grows_by(&self) -> u32 {
        let total = self.seats.iter().sum();
        self.steps.map_or(self.terms.then, |steps| steps.grows_by(&self.terms, total))
    }

    fn opened(&self) -> Vec<Vec<OpenBallot>> {
        let open = |(_, ballot): &(Hash, SealedBallot)| OpenBallot {
            yes: says_yes(ballot),
            nonce: ballot.nonce.clone(),
        };
        self.ballots.iter().map(|round| round.iter().map(open).collect()).collect()
    }
}

fn round(ballots: &[(Hash, SealedBallot)], seats: u32) -> Round {
    let count = |yes: bool| {
        let count = ballots.iter().filter(|(_, ballot)| says_yes(ballot) == yes).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Round { seats, yes: count(true), no: count(false) }
}

fn says_yes(ballot: &SealedBallot) -> bool {
    Choice::parse(&ballot.choice) == Some(Choice::Yes)
}

fn decide(batch: &mut Batch<'_>, number: ProposalNumber, count: &Count, verdict: Verdict) {
    let rounds = count.rounds();
    let closed = JuryClosed {
        proposal: number,
        step: count.step,
        rounds: count.opened(),
        verdict,
        yes: rounds.iter().map(|round| round.yes).sum(),
        no: rounds.iter().map(|round| round.no).sum(),
        seats: count.seats.iter().sum(),
    };
    batch.follow(Event::JuryClosed(closed));
    let mut reasons: Vec<String> = count
        .ballots
        .iter()
        .flatten()
        .filter(|(_, ballot)| !ballot.reason.is_empty())
        .map(|(_, ballot)| ballot.reason.clone())
        .collect();
    // In the order of the ballots they would tell which published answer each came with.
    reasons.sort_unstable();
    let step = count.step;
    if !reasons.is_empty() {
        batch.write_vault(VaultWrite::Reasons { proposal: number, step, reasons });
    }
    batch.clear_ballots(number, step);
    let outcome = match verdict {
        Verdict::Approved => Outcome::Pass,
        Verdict::Declined => Outcome::Fail,
        Verdict::Undecided => Outcome::Undecided,
    };
    end(batch, number, outcome);
}

fn grow(batch: &mut Batch<'_>, number: ProposalNumber, count: &Count) {
    let Some(call) = batch.state.proposal(number).and_then(|open| open.jury()).map(|j| &j.call)
    else {
        return;
    };
    let until = batch.now().after(call.window);
    let Some(seated) = seats::next(batch, number, count.grows_by() as usize) else { return };
    let opened = count.opened();
    let Some(last) = opened.last() else { return };
    batch.follow(Event::JuryGrown(JuryGrown {
        proposal: number,
        step: count.step,
        turnout: u32::try_from(last.len()).unwrap_or(u32::MAX),
        sealed: sha256(&encode(&wire::ballots(last))),
        seated,
        until,
    }));
}

fn extend(batch: &mut Batch<'_>, number: ProposalNumber, count: &Count) {
    let Some(call) = batch.state.proposal(number).and_then(|open| open.jury()).map(|j| &j.call)
    else {
        return;
    };
    let until = batch.now().after(call.window);
    let Some(seated) = seats::next(batch, number, count.silent.len()) else { return };
    let released = count.silent.iter().copied().take(seated.len()).collect();
    batch.follow(Event::JuryExtended(JuryExtended {
        proposal: number,
        step: count.step,
        released,
        seated,
        until,
    }));
}
