//! What happened to a proposal, read from the journal. Ballots leave no line: when somebody answered is nobody's business.
//! Knows no state and no page but the lines of a history.

mod entries;

use std::collections::BTreeMap;

use mic_engine::charter::Outcome;
use mic_engine::event::{Actor, Ending, Entry, Event, RecourseChoice, StageKind, VoteClosed};
use mic_engine::ids::{GroupId, ProposalNumber, Slot};
use mic_proof::hash::Hash;

use super::{asking, standing};
use crate::pages::Route;
use crate::pages::asking::Ended;
use crate::pages::happening::{Happening, TimelineLine};
use crate::pages::parts::{Person, Tally};
use crate::pages::proposal::{AskedHere, AskedHow};
use crate::words::Moment;

pub(crate) use entries::{Line, lines};

/// The last verdict on a proposal.
pub(crate) fn last_tally(lines: &[Line]) -> Option<Tally> {
    lines.iter().rev().find_map(|line| match &line.entry.event {
        Event::JuryClosed(closed) => Some(Tally {
            verdict: standing::verdict(closed.verdict),
            yes: closed.yes,
            no: closed.no,
            seats: closed.seats,
        }),
        _ => None,
    })
}

/// The number of the decision or action that a proposal became, or of the broadcast that it recalled.
pub(crate) fn ended(lines: &[Line]) -> Option<u32> {
    lines.iter().rev().find_map(|line| match line.entry.event {
        Event::DecisionRecorded { number, .. }
        | Event::ActionCalled { number, .. }
        | Event::BroadcastRecalled { number, .. } => Some(number.0),
        _ => None,
    })
}

/// The number of the action that a proposal became.
pub(crate) fn called(lines: &[Line]) -> Option<u32> {
    lines.iter().rev().find_map(|line| match line.entry.event {
        Event::ActionCalled { number, .. } => Some(number.0),
        _ => None,
    })
}

/// The steps whose votes are counted, in order.
pub(crate) fn votes(lines: &[Line]) -> impl Iterator<Item = u32> + '_ {
    lines.iter().filter_map(|line| match &line.entry.event {
        Event::VoteClosed(closed) => Some(closed.step.0),
        _ => None,
    })
}

/// Where it can be read what everybody said in public in a stage that is over.
pub(crate) fn asked_before(
    lines: &[Line],
    group: GroupId,
    number: ProposalNumber,
) -> Option<AskedHere> {
    let proposal = number.0;
    let (how, link) = lines.iter().rev().find_map(|line| match &line.entry.event {
        Event::StageEntered(entered) => match entered.kind {
            StageKind::Consensus => {
                Some((AskedHow::Consensus, Route::Consensus { group, proposal }))
            }
            StageKind::Objection => {
                Some((AskedHow::Objection, Route::Objection { group, proposal }))
            }
            StageKind::Pledge => Some((AskedHow::Pledge, Route::Pledge { group, proposal })),
            StageKind::Cosign
            | StageKind::Jury
            | StageKind::Recourse
            | StageKind::Wait
            | StageKind::Vote => None,
        },
        _ => None,
    })?;
    Some(AskedHere { how, link, waits: false })
}

/// Everybody who said something in public, at any time.
pub(crate) fn speakers(lines: &[Line]) -> Vec<Slot> {
    let by = |line: &Line| match (&line.entry.event, line.entry.actor) {
        (
            Event::PositionTaken(_)
            | Event::ObjectionRaised { .. }
            | Event::ObjectionWithdrawn { .. },
            Actor::Member(slot),
        ) => Some(slot),
        _ => None,
    };
    lines.iter().filter_map(by).collect()
}

/// A vote's closing entry with the step's stage: its leaf hash binds the ballots.
pub(crate) fn closed_vote(lines: &[Line], step: u32) -> Option<(&Line, &VoteClosed, Hash)> {
    let draw = lines.iter().find_map(|line| match &line.entry.event {
        Event::StageEntered(entered) if entered.step.0 == step => Some(line.leaf),
        _ => None,
    })?;
    lines.iter().find_map(|line| match &line.entry.event {
        Event::VoteClosed(closed) if closed.step.0 == step => Some((line, closed, draw)),
        _ => None,
    })
}

/// Everybody who co-signed it at any time.
pub(crate) fn cosigners(lines: &[Line]) -> Vec<Slot> {
    let by = |line: &Line| match (&line.entry.event, line.entry.actor) {
        (Event::Cosigned { .. }, Actor::Member(slot)) => Some(slot),
        _ => None,
    };
    lines.iter().filter_map(by).collect()
}

/// The history for a page, oldest first. `names`: of those who chose to show theirs.
pub(crate) fn timeline(lines: &[Line], names: &BTreeMap<Slot, String>) -> Vec<TimelineLine> {
    let mut version = 0;
    let mut stage = None;
    let mut out = Vec::new();
    for line in lines {
        let entry = &line.entry;
        if let Event::StageEntered(entered) = &entry.event {
            stage = Some(entered.kind);
        }
        if matches!(entry.event, Event::Opened(_) | Event::VersionPosted { .. }) {
            version += 1;
        }
        if let Some(what) = happening(entry, version, stage, names) {
            out.push(TimelineLine { at: Moment::from(entry.at), what });
        }
    }
    out
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of entry, each a line or two")]
fn happening(
    entry: &Entry,
    version: u32,
    stage: Option<StageKind>,
    names: &BTreeMap<Slot, String>,
) -> Option<Happening> {
    let count = |slots: &[Slot]| u32::try_from(slots.len()).unwrap_or(u32::MAX);
    Some(match &entry.event {
        Event::Opened(_) => Happening::Opened { version },
        Event::VersionPosted { .. } => Happening::VersionPosted { version },
        Event::Cosigned { .. } => Happening::CoSigned {
            by: match entry.actor {
                Actor::Member(slot) => names.get(&slot).cloned(),
                Actor::Node => None,
            },
        },
        Event::CosignWithdrawn { .. } => Happening::CoSignTakenBack,
        Event::StageEnded { outcome, .. } => ended_stage(*outcome, stage)?,
        Event::VoteClosed(closed) => Happening::VoteClosed {
            ended: how_ended(closed.outcome),
            cast: closed.cast,
            eligible: closed.eligible,
        },
        Event::PositionTaken(taken) => Happening::PositionTaken {
            by: speaker(entry.actor, names)?,
            position: asking::position_of(taken.position),
        },
        Event::ObjectionRaised { .. } => Happening::Objected { by: speaker(entry.actor, names)? },
        Event::ObjectionWithdrawn { .. } => {
            Happening::ObjectionTakenBack { by: speaker(entry.actor, names)? }
        }
        Event::PledgeWoken(woken) => Happening::PledgeWoken { count: woken.count },
        Event::StatementMade { .. } => Happening::StatementMade,
        Event::Removed { .. } => Happening::Removed,
        Event::BroadcastRecalled { number, .. } => Happening::Recalled { number: number.0 },
        Event::CharterAmended { .. } => Happening::Amended,
        Event::ActionCalled { number, .. } => Happening::Called { number: number.0 },
        Event::ReminderCalled { .. } => Happening::Reminded,
        Event::DrawCalled(call) => {
            Happening::DrawCalled { draw_at: Moment::from(call.slot_at), round: call.round }
        }
        Event::DrawMissed { .. } => Happening::DrawMissed,
        Event::DrawMade(made) if made.seated.is_empty() => Happening::NoOneToDraw,
        Event::DrawMade(made) => Happening::DrawMade { seats: count(&made.seated) },
        Event::SeatsCalled(called) => Happening::SeatsCalled { count: count(&called.seated) },
        Event::JuryGrown(grown) => Happening::JuryGrown { added: count(&grown.seated) },
        Event::JuryExtended(extended) => {
            Happening::JuryExtended { until: Moment::from(extended.until) }
        }
        Event::JuryClosed(closed) => Happening::JuryClosed(Tally {
            verdict: standing::verdict(closed.verdict),
            yes: closed.yes,
            no: closed.no,
            seats: closed.seats,
        }),
        Event::RecourseTaken { choice, .. } => match choice {
            RecourseChoice::Revise => Happening::Revised,
            RecourseChoice::Appeal => Happening::Appealed,
            RecourseChoice::Accept => Happening::AcceptedByAuthor,
        },
        Event::BroadcastOrdered(ordered) => Happening::Broadcast { number: ordered.number.0 },
        Event::DecisionRecorded { number, .. } => Happening::Recorded { number: number.0 },
        Event::Admitted { .. } => Happening::Admitted,
        Event::Withdrawn { .. } => Happening::Withdrawn,
        Event::Closed { ending: Ending::Lapsed, .. } => Happening::Lapsed,
        Event::Closed { .. } => Happening::Closed,
        Event::DocumentErased { .. } => Happening::TextErased,
        Event::StageEntered(_)
        | Event::BallotCast { .. }
        | Event::JurorAside { .. }
        | Event::Founded(_)
        | Event::Left
        | Event::Erased
        | Event::Paused { .. }
        | Event::Resumed
        | Event::Rested { .. }
        // When somebody votes or pledges is nobody's business, too.
        | Event::VoteCast { .. }
        | Event::PledgeMade { .. }
        | Event::PledgeWithdrawn { .. }
        | Event::DeedReported { .. } => return None,
    })
}

/// The end of a stage, where no other entry tells it.
fn ended_stage(outcome: Outcome, stage: Option<StageKind>) -> Option<Happening> {
    match stage? {
        StageKind::Cosign => (outcome == Outcome::Pass).then_some(Happening::EnoughCoSigned),
        StageKind::Consensus => Some(Happening::ConsensusEnded(how_ended(outcome))),
        StageKind::Objection => {
            Some(Happening::ObjectionsEnded { stopped: outcome == Outcome::Fail })
        }
        StageKind::Jury
        | StageKind::Recourse
        | StageKind::Wait
        | StageKind::Vote
        | StageKind::Pledge => None,
    }
}

pub(crate) const fn how_ended(outcome: Outcome) -> Ended {
    match outcome {
        Outcome::Pass => Ended::Passed,
        Outcome::Fail => Ended::Failed,
        Outcome::Undecided | Outcome::Lapsed => Ended::Undecided,
    }
}

/// Who said something in public: by name where they show one, else by number.
fn speaker(actor: Actor, names: &BTreeMap<Slot, String>) -> Option<Person> {
    match actor {
        Actor::Member(slot) => {
            Some(Person { name: names.get(&slot).cloned(), slot: slot.0, you: false })
        }
        Actor::Node => None,
    }
}
