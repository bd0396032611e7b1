//! Where a proposal stands, in the words of pages. Knows no text and no person.

use mic_engine::charter::{Outcome as EngineOutcome, ProposalKind as EngineKind};
use mic_engine::event::{Ending, Verdict as EngineVerdict};
use mic_engine::ids::LogTime;
use mic_engine::stages;
use mic_engine::state::State;
use mic_engine::state::proposal::{ClosedProposal, Proposal, Stand};

use crate::pages::parts::{ProposalKind, Standing, Verdict};
use crate::words::Moment;

pub(crate) fn of_open(state: &State, open: &Proposal, now: LogTime) -> Standing {
    match &open.stand {
        Stand::Cosign => Standing::CoSigning {
            have: u32::try_from(open.cosigners.len()).unwrap_or(u32::MAX),
            needed: stages::cosign::needed(state, open).unwrap_or(0),
        },
        Stand::Jury(jury) => match &jury.sitting {
            Some(sitting) => Standing::WithJury { seats: sitting.total() },
            None if jury.call.slot_at > now => {
                Standing::AwaitingDraw { at: Moment::from(jury.call.slot_at) }
            }
            None => Standing::AwaitingBeacon,
        },
        Stand::Recourse { .. } => Standing::WithAuthor,
        // The pages have no words yet for stages that ask everybody.
        Stand::Wait
        | Stand::Vote(_)
        | Stand::Consensus(_)
        | Stand::Objection(_)
        | Stand::Pledge(_)
        | Stand::Between(_) => Standing::Waiting,
    }
}

/// `recorded`: the number of the decision, where the journal says one.
pub(crate) fn of_closed(state: &State, closed: &ClosedProposal, recorded: Option<u32>) -> Standing {
    match (closed.ending, closed.broadcast) {
        (Ending::Done, Some(number)) => Standing::Broadcast { number: number.0 },
        (Ending::Done, None) => match (recorded, kind(state, &closed.process)) {
            (None, ProposalKind::Admission) => Standing::Admitted,
            (number, ProposalKind::Admission | ProposalKind::Message) => {
                Standing::Recorded { number: number.unwrap_or(0) }
            }
        },
        (Ending::Declined, _) => Standing::Declined,
        (Ending::Undecided, _) => Standing::Undecided,
        (Ending::Lapsed, _) => Standing::Lapsed,
        (Ending::Withdrawn, _) => Standing::Withdrawn,
    }
}

/// When the stage closes; a jury's end counts from its draw.
pub(crate) fn until(open: &Proposal) -> Option<Moment> {
    let sitting = open.jury().and_then(|jury| jury.sitting.as_ref());
    let until = sitting.map_or(open.until, |sitting| sitting.until);
    (until > LogTime(0)).then(|| Moment::from(until))
}

pub(crate) fn kind(state: &State, process: &mic_engine::charter::Id) -> ProposalKind {
    match state.charter.processes.get(process).map(|process| process.kind) {
        Some(EngineKind::Admission) => ProposalKind::Admission,
        // The pages have one word for all the rest so far.
        Some(
            EngineKind::Message
            | EngineKind::Removal
            | EngineKind::Recall
            | EngineKind::Amendment
            | EngineKind::Decision
            | EngineKind::Action,
        )
        | None => ProposalKind::Message,
    }
}

pub(crate) const fn verdict(verdict: EngineVerdict) -> Verdict {
    match verdict {
        EngineVerdict::Approved => Verdict::Approved,
        EngineVerdict::Declined => Verdict::Declined,
        EngineVerdict::Undecided => Verdict::Undecided,
    }
}

pub(crate) const fn outcome(outcome: EngineOutcome) -> crate::pages::flow::Outcome {
    use crate::pages::flow::Outcome;
    match outcome {
        EngineOutcome::Pass => Outcome::Pass,
        EngineOutcome::Fail => Outcome::Fail,
        EngineOutcome::Undecided => Outcome::Undecided,
        EngineOutcome::Lapsed => Outcome::Lapsed,
    }
}
