//! What happened to a proposal, read from the journal. Ballots leave no line: when somebody answered is nobody's business.
//! Knows no state and no page but the lines of a history.

use std::collections::BTreeMap;

use mic_engine::charter::Outcome;
use mic_engine::event::{Actor, Ending, Entry, Event, RecourseChoice};
use mic_engine::ids::{GroupId, ProposalNumber, Seq, Slot};
use mic_engine::wire;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::standing;
use crate::pages::parts::{Happening, Tally, TimelineLine};
use crate::words::Moment;

/// Entries of one proposal that are looked through. A jury of 500 that changes its mind 18 times has fewer.
const ENTRIES_LOOKED_MAX: u32 = 10_000;

/// An entry with its leaf hash.
pub(crate) struct Line {
    pub(crate) entry: Entry,
    pub(crate) leaf: Hash,
}

/// The entries of a proposal, in order.
pub(crate) fn lines(
    store: &dyn Store,
    group: GroupId,
    number: ProposalNumber,
) -> Result<Vec<Line>, Fault> {
    let stored = store.entries_of_proposal(group, number, Seq(0), ENTRIES_LOOKED_MAX)?;
    stored
        .into_iter()
        .map(|stored| {
            let entry = wire::from_bytes(&stored.bytes)
                .map_err(|error| Fault::Corrupt(format!("entry {}: {error}", stored.seq)))?;
            Ok(Line { entry, leaf: stored.leaf })
        })
        .collect()
}

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

/// The number of the decision that a proposal became.
pub(crate) fn recorded(lines: &[Line]) -> Option<u32> {
    lines.iter().rev().find_map(|line| match line.entry.event {
        Event::DecisionRecorded { number, .. } => Some(number.0),
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
    let mut cosigning = false;
    let mut out = Vec::new();
    for line in lines {
        let entry = &line.entry;
        if let Event::StageEntered(entered) = &entry.event {
            cosigning = entered.kind == mic_engine::event::StageKind::Cosign;
        }
        if matches!(entry.event, Event::Opened(_) | Event::VersionPosted { .. }) {
            version += 1;
        }
        if let Some(what) = happening(entry, version, cosigning, names) {
            out.push(TimelineLine { at: Moment::from(entry.at), what });
        }
    }
    out
}

fn happening(
    entry: &Entry,
    version: u32,
    cosigning: bool,
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
        Event::StageEnded { outcome: Outcome::Pass, .. } if cosigning => Happening::EnoughCoSigned,
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
        Event::StageEnded { .. }
        | Event::StageEntered(_)
        | Event::BallotCast { .. }
        | Event::JurorAside { .. }
        | Event::Founded(_)
        | Event::Left
        | Event::Erased
        | Event::Paused { .. }
        | Event::Resumed
        | Event::Rested { .. }
        // The timeline has no words for these yet.
        | Event::Removed { .. }
        | Event::StatementMade { .. }
        | Event::VoteCast { .. }
        | Event::VoteClosed(_)
        | Event::PositionTaken(_)
        | Event::ObjectionRaised { .. }
        | Event::ObjectionWithdrawn { .. }
        | Event::PledgeMade { .. }
        | Event::PledgeWithdrawn { .. }
        | Event::PledgeWoken(_)
        | Event::DeedReported { .. }
        | Event::BroadcastRecalled { .. }
        | Event::CharterAmended { .. }
        | Event::ActionCalled { .. } => return None,
    })
}
