//! How an event changes the state: total, for every event in every state, so that a journal can always be read.
//! Knows nothing of whether the event was allowed (`process.rs` decides that, `mic-proof` checks it).

mod jury;

use std::sync::Arc;

use imbl::Vector;
use mic_proof::hash::Hash;

use crate::charter::Audience;
use crate::event::{Actor, BroadcastOrdered, Entry, Event, Opened, StageEntered, StageKind};
use crate::ids::{LogTime, ProposalNumber, Seq, Step};
use crate::stages;
use crate::state::proposal::{ClosedProposal, PassedStage, PostedVersion, Proposal, Stand};
use crate::state::{BroadcastLine, State};

/// Applies an entry. `leaf` is the hash of its bytes.
pub fn evolve(state: &mut State, entry: &Entry, leaf: Hash) {
    evolve_untimed(state, entry, leaf);
    if let Some(number) = entry.event.proposal() {
        stages::set_timer(state, number);
    }
    if matches!(entry.event, Event::Left | Event::Erased) {
        // Who is gone may have been the last in a jury's order: nobody is called any more when a juror is silent.
        for number in state.sitting.clone() {
            stages::set_timer(state, number);
        }
    }
}

/// The same without timers, for a journal that is read back: they follow from the state alone and are set once at its end.
pub(crate) fn evolve_untimed(state: &mut State, entry: &Entry, leaf: Hash) {
    state.position = Seq(entry.seq.0 + 1);
    state.last_at = state.last_at.max(entry.at);
    state.tree.push(leaf);
    apply(state, entry, leaf);
}

fn apply(state: &mut State, entry: &Entry, leaf: Hash) {
    match &entry.event {
        Event::Founded(_)
        | Event::Left
        | Event::Erased
        | Event::Paused { .. }
        | Event::Resumed
        | Event::Rested { .. }
        | Event::Admitted { .. }
        | Event::DocumentErased { .. } => member(state, entry),
        Event::Opened(event) => opened(state, entry, event),
        Event::VersionPosted { proposal, version, audience } => {
            let (at, seq) = (entry.at, entry.seq);
            change(state, *proposal, |open| post_version(open, *version, *audience, at, seq));
        }
        Event::Cosigned { proposal, .. } => change(state, *proposal, |open| {
            if let Actor::Member(slot) = entry.actor {
                open.cosigners.push_back(slot);
            }
        }),
        Event::CosignWithdrawn { proposal, .. } => change(state, *proposal, |open| {
            open.cosigners.retain(|slot| Actor::Member(*slot) != entry.actor);
        }),
        Event::StageEntered(event) => {
            jury::rise(state, event.proposal);
            change(state, event.proposal, |open| enter(open, event, entry.at));
        }
        Event::StageEnded { proposal, outcome, .. } => {
            jury::rise(state, *proposal);
            change(state, *proposal, |open| {
                if matches!(open.stand, Stand::Jury(_)) {
                    open.last_jury = Some(*outcome);
                }
                leave_stage(open, *outcome, entry.at);
            });
        }
        Event::ReminderCalled { proposal, .. } => {
            let rule = state.proposal(*proposal).and_then(|open| stages::rule_of(state, open));
            let rule = rule.cloned();
            change(state, *proposal, |open| {
                open.reminders += 1;
                jury::remind(open, rule.as_ref(), entry.at);
            });
        }
        Event::RecourseTaken { proposal, choice, .. } => change(state, *proposal, |open| {
            open.revised |= *choice == crate::event::RecourseChoice::Revise;
            open.appealed |= *choice == crate::event::RecourseChoice::Appeal;
            open.stand = Stand::Recourse { taken: Some(*choice) };
        }),
        Event::Withdrawn { .. } => {}
        Event::Closed { proposal, ending } => close(state, *proposal, *ending, entry.at),
        Event::DrawCalled(_)
        | Event::DrawMissed { .. }
        | Event::DrawMade(_)
        | Event::SeatsCalled(_)
        | Event::JurorAside { .. }
        | Event::BallotCast { .. }
        | Event::JuryGrown(_)
        | Event::JuryExtended(_)
        | Event::JuryClosed(_) => jury::apply(state, entry, leaf),
        Event::BroadcastOrdered(event) => broadcast(state, entry, event, leaf),
        Event::DecisionRecorded { proposal, .. } => {
            change(state, *proposal, |open| open.spoken = true);
            state.decisions += 1;
        }
    }
}

fn broadcast(state: &mut State, entry: &Entry, event: &BroadcastOrdered, leaf: Hash) {
    change(state, event.proposal, |open| open.spoken = true);
    let author = state.proposal(event.proposal).map(|open| open.author).unwrap_or_default();
    state.broadcasts.push_back(BroadcastLine {
        number: event.number,
        proposal: event.proposal,
        version: event.version,
        audience: event.audience,
        ordered_at: entry.at,
        seq: entry.seq,
        leaf,
        author,
    });
}

fn member(state: &mut State, entry: &Entry) {
    if let Event::Admitted { slot, .. } = entry.event {
        state.roll.admit(slot, entry.at);
    }
    let Actor::Member(slot) = entry.actor else { return };
    match entry.event {
        Event::Left => {
            state.roll.leave(slot);
            jury::vacate(state, slot);
        }
        Event::Erased => {
            state.roll.erase(slot);
            jury::vacate(state, slot);
        }
        Event::Paused { until } => state.roll.pause(slot, until),
        Event::Resumed => state.roll.resume(slot),
        Event::Rested { days } => state.roll.rest(slot, days),
        _ => {}
    }
}

fn opened(state: &mut State, entry: &Entry, event: &Opened) {
    let Actor::Member(author) = entry.actor else { return };
    state.next_proposal = ProposalNumber(event.proposal.0 + 1);
    let posted = PostedVersion {
        hash: event.version,
        at: entry.at,
        seq: entry.seq,
        audience: event.audience,
    };
    let proposal = Proposal {
        number: event.proposal,
        author,
        process: event.process.clone(),
        opened_at: entry.at,
        roll: event.roll,
        version: event.version,
        audience: event.audience,
        versions: Vector::unit(posted),
        cosigners: Vector::new(),
        earlier_cosigners: imbl::OrdSet::new(),
        step: Step(0),
        stage: event.process.clone(),
        entered_at: entry.at,
        until: LogTime(0),
        reminders: 0,
        stand: Stand::Between(crate::charter::Outcome::Pass),
        revised: false,
        appealed: false,
        sat: imbl::OrdSet::new(),
        last_jury: None,
        spoken: false,
        path: Vector::new(),
    };
    state.authored.insert((author, event.proposal));
    state.open.insert(event.proposal, Arc::new(proposal));
}

fn post_version(open: &mut Proposal, version: Hash, audience: Audience, at: LogTime, seq: Seq) {
    for slot in std::mem::take(&mut open.cosigners) {
        open.earlier_cosigners.insert(slot);
    }
    open.version = version;
    open.audience = audience;
    open.versions.push_back(PostedVersion { hash: version, at, seq, audience });
}

fn enter(open: &mut Proposal, event: &StageEntered, at: LogTime) {
    if let Stand::Recourse { taken: Some(_) } = open.stand {
        leave_stage(open, crate::charter::Outcome::Pass, at);
    }
    open.step = event.step;
    open.stage = event.stage.clone();
    open.entered_at = at;
    open.until = event.until;
    open.reminders = 0;
    open.stand = match event.kind {
        StageKind::Cosign => Stand::Cosign,
        // The jury itself follows with `draw.called` in the same batch.
        StageKind::Jury => Stand::Between(crate::charter::Outcome::Pass),
        StageKind::Recourse => Stand::Recourse { taken: None },
        StageKind::Wait => Stand::Wait,
    };
}

fn leave_stage(open: &mut Proposal, outcome: crate::charter::Outcome, at: LogTime) {
    let (step, stage) = (open.step, open.stage.clone());
    open.path.push_back(PassedStage { step, stage, outcome, ended_at: at });
    open.stand = Stand::Between(outcome);
    open.until = LogTime(0);
}

fn close(state: &mut State, number: ProposalNumber, ending: crate::event::Ending, at: LogTime) {
    jury::rise(state, number);
    let Some(open) = state.open.remove(&number) else { return };
    state.authored.remove(&(open.author, number));
    let broadcast =
        state.broadcasts.last().filter(|line| line.proposal == number).map(|line| line.number);
    let closed = ClosedProposal {
        number,
        author: open.author,
        process: open.process.clone(),
        version: open.version,
        audience: open.audience,
        ending,
        closed_at: at,
        broadcast,
        spoken: open.spoken,
        versions: open.versions.iter().map(|version| version.hash).collect(),
        path: open.path.iter().cloned().collect(),
        opened_at: open.opened_at,
        cosigners: open.cosigners.iter().copied().collect(),
        sat: open.sat.iter().copied().collect(),
    };
    state.closed.insert(number, Arc::new(closed));
}

/// Changes an open proposal; an event about one that is not open changes nothing.
fn change(state: &mut State, number: ProposalNumber, change: impl FnOnce(&mut Proposal)) {
    if let Some(open) = state.open.get_mut(&number) {
        change(Arc::make_mut(open));
    }
}
