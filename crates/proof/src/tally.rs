//! Opened ballots, checked and counted (`spec/jury.md`, Opening and count). Knows nothing of who cast
//! them.

use crate::ballot::{Ballot, Choice, is_in_order, sealed};
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::jury::Round;

/// One round as it was opened, and what it must agree with.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// the list in the entry
    pub ballots: &'a [Ballot],
    /// how many ballots were cast
    pub turnout: u64,
    /// seats of the round
    pub seats: u32,
}

/// Counts the rounds of a draw: as many ballots as were cast and no more than there are seats, each
/// once, in order of commitment, every list but the last as it was sealed when the jury grew.
pub fn count(
    draw: &Hash,
    rounds: &[Opened<'_>],
    sealed_before: &[Hash],
) -> Result<Vec<Round>, Refused> {
    let code = Code::BallotCount;
    for round in rounds {
        let opened = round.ballots.len() as u64;
        let text = format_args!("opened {opened} ballots, cast {}", round.turnout);
        need(opened == round.turnout, code, text)?;
        need(opened <= u64::from(round.seats), code, "more ballots than seats")?;
    }
    let ordered = rounds.iter().all(|round| is_in_order(draw, round.ballots));
    need(ordered, Code::BallotOrder, "not in the order of their commitments, or one twice")?;
    let ballots = rounds.iter().flat_map(|round| round.ballots);
    let mut all: Vec<Hash> = ballots.map(|ballot| ballot.commitment(draw)).collect();
    all.sort_unstable();
    let once = all.is_sorted_by(|before, after| before < after);
    need(once, Code::BallotOrder, "the same ballot stands there twice")?;
    for (round, sealed_before) in rounds.iter().zip(sealed_before) {
        let same = sealed(round.ballots) == *sealed_before;
        need(same, Code::TallyWrong, "a round before the last is not the one that was sealed")?;
    }
    Ok(rounds.iter().map(sum).collect())
}

fn sum(round: &Opened<'_>) -> Round {
    let yes = round.ballots.iter().filter(|ballot| ballot.choice == Choice::Yes).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Round { seats: round.seats, yes: number(yes), no: number(round.ballots.len() - yes) }
}
