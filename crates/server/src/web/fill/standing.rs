//! Where a proposal stands, in the words of pages. Knows no text and no person.

use mic_engine::charter::{Outcome as EngineOutcome, ProposalKind as EngineKind, Rule};
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
        Stand::Vote(vote) => match vote.assembly.as_ref().map(|jury| (&jury.sitting, &jury.call)) {
            Some((None, call)) if call.slot_at > now => {
                Standing::AwaitingDraw { at: Moment::from(call.slot_at) }
            }
            Some((None, _)) => Standing::AwaitingBeacon,
            Some((Some(_), _)) | None => {
                Standing::Voting { cast: small(vote.voted.len() as u64), eligible: vote.eligible }
            }
        },
        Stand::Consensus(consensus) => Standing::Consensus {
            agree: small(consensus.counts.agree),
            block: small(consensus.counts.block),
        },
        Stand::Objection(objection) => Standing::Objecting {
            have: small(objection.objections.len() as u64),
            stop: match stages::rule_of(state, open) {
                Some(Rule::Objection(rule)) => rule.objections,
                _ => 0,
            },
        },
        Stand::Pledge(_) => Standing::Pledging {
            at_least: match stages::rule_of(state, open) {
                Some(Rule::Pledge(rule)) => rule.at_least,
                _ => 0,
            },
        },
        Stand::Wait | Stand::Between(_) => Standing::Waiting,
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// `became`: the number of the decision or action, or of the broadcast that it recalled, where the journal says one.
pub(crate) fn of_closed(closed: &ClosedProposal, became: Option<u32>) -> Standing {
    match (closed.ending, closed.broadcast) {
        (Ending::Done, broadcast) => match (closed.kind, broadcast, became) {
            (EngineKind::Recall, _, Some(number)) => Standing::Recalled { number },
            (_, Some(number), _) => Standing::Broadcast { number: number.0 },
            (EngineKind::Admission, None, _) => Standing::Admitted,
            (EngineKind::Removal, None, _) => Standing::Removed,
            (EngineKind::Amendment, None, _) => Standing::Amended,
            (EngineKind::Action, None, Some(number)) if !closed.spoken => {
                Standing::Called { number }
            }
            (
                EngineKind::Message
                | EngineKind::Recall
                | EngineKind::Decision
                | EngineKind::Action,
                None,
                number,
            ) => Standing::Recorded { number: number.unwrap_or(0) },
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
        Some(kind) => kind_of(kind),
        None => ProposalKind::Message,
    }
}

pub(crate) const fn kind_of(kind: EngineKind) -> ProposalKind {
    match kind {
        EngineKind::Message => ProposalKind::Message,
        EngineKind::Admission => ProposalKind::Admission,
        EngineKind::Removal => ProposalKind::Removal,
        EngineKind::Recall => ProposalKind::Recall,
        EngineKind::Amendment => ProposalKind::Amendment,
        EngineKind::Decision => ProposalKind::Decision,
        EngineKind::Action => ProposalKind::Action,
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
