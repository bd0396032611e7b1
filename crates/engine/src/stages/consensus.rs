//! Stage `consensus`: everybody says in public where they stand; so many blocks stop it (spec/vote.md, "Consensus").
//! Knows nothing of what the reasons say.

use mic_proof::count;
use mic_proof::hash::Hash;

use super::{asking, end, open, rule_of};
use crate::batch::Batch;
use crate::charter::{Consensus, Outcome, Rule};
use crate::event::{Actor, Event, Position, PositionTaken};
use crate::ids::{ProposalNumber, Slot};
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::asking::ConsensusState;
use crate::state::proposal::{Proposal, Stand};

/// A member takes a position, another one, or takes it back.
pub(crate) fn take(
    batch: &mut Batch<'_>,
    slot: Slot,
    number: ProposalNumber,
    seen: Hash,
    position: Position,
    reason: &str,
) -> Result<(), Refusal> {
    let open = open(&batch.state, number)?;
    let (consensus, rule) = standing(&batch.state, open)?;
    asking::may_take_part(&batch.state, open, rule.who, slot)?;
    asking::still_runs(open, batch.now())?;
    let (step, version) = (open.step, open.version);
    if version != seen {
        return Err(Refusal::OtherVersion { current: version });
    }
    let silent = reason.trim().is_empty();
    match position {
        Position::Block if silent => return Err(Refusal::ReasonMissing),
        Position::Agree | Position::None if !silent => return Err(Refusal::ReasonNotWanted),
        Position::None if !consensus.positions.contains_key(&slot) => {
            return Err(Refusal::NothingToTakeBack);
        }
        Position::Agree | Position::Aside | Position::Block | Position::None => {}
    }
    let reason = if silent { None } else { Some(asking::reason(batch, number, reason)?) };
    let taken = PositionTaken { proposal: number, step, version, position, reason };
    batch.record(Actor::Member(slot), Event::PositionTaken(taken));
    Ok(())
}

/// Whether the author may post a friendly amendment.
pub fn may_amend(state: &State, open: &Proposal) -> bool {
    standing(state, open).is_ok_and(|(_, rule)| rule.amendable)
}

pub(super) fn on_time(batch: &mut Batch<'_>, number: ProposalNumber) {
    let Some(open) = batch.state.proposal(number) else { return };
    if open.until > batch.now() {
        return asking::remind_if_due(batch, number);
    }
    let Ok((consensus, rule)) = standing(&batch.state, open) else { return };
    let (asides, quorum) = (rule.asides, rule.quorum);
    let (eligible, blocks) = (consensus.eligible.into(), rule.blocks.into());
    let outcome = match count::consensus(consensus.counts, eligible, blocks, asides, quorum) {
        count::Outcome::Pass => Outcome::Pass,
        count::Outcome::Fail => Outcome::Fail,
        count::Outcome::Undecided => Outcome::Undecided,
    };
    end(batch, number, outcome);
}

fn standing<'s>(
    state: &'s State,
    open: &'s Proposal,
) -> Result<(&'s ConsensusState, &'s Consensus), Refusal> {
    match (&open.stand, rule_of(state, open)) {
        (Stand::Consensus(consensus), Some(Rule::Consensus(rule))) => Ok((consensus, rule)),
        _ => Err(Refusal::WrongStage),
    }
}
