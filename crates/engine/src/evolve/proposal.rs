//! How the events of a proposal on its way change the state: opening, versions, co-signatures, stages, the close.
//! Knows nothing of what happens within a stage that judges.

use std::sync::Arc;

use imbl::{OrdSet, Vector};
use mic_proof::hash::Hash;

use super::{asking, change, jury};
use crate::charter::{Outcome, ProposalKind};
use crate::event::{
    Actor, Ending, Entry, Event, Opened, RecourseChoice, StageEntered, StageKind, Subject,
};
use crate::ids::{LogTime, ProposalNumber, Step};
use crate::stages;
use crate::state::State;
use crate::state::proposal::{ClosedProposal, PassedStage, PostedVersion, Proposal, Stand};

pub(super) fn apply(state: &mut State, entry: &Entry, leaf: Hash) {
    match &entry.event {
        Event::Opened(event) => opened(state, entry, event),
        Event::VersionPosted { proposal, version, audience, subject } => {
            let (at, seq) = (entry.at, entry.seq);
            let posted = PostedVersion { hash: *version, at, seq, audience: *audience };
            change(state, *proposal, |open| post_version(open, posted, *subject));
        }
        Event::StatementMade { proposal, document } => {
            if let Actor::Member(slot) = entry.actor {
                state.written.add(slot, *document);
            }
            change(state, *proposal, |open| open.statement = Some(*document));
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
            asking::enter(state, event, entry.at, leaf);
        }
        Event::StageEnded { proposal, outcome, .. } => {
            jury::rise(state, *proposal);
            change(state, *proposal, |open| end_stage(open, *outcome, entry.at));
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
            open.revised |= *choice == RecourseChoice::Revise;
            open.appealed |= *choice == RecourseChoice::Appeal;
            open.stand = Stand::Recourse { taken: Some(*choice) };
        }),
        Event::Closed { proposal, ending } => close(state, *proposal, *ending, entry.at),
        _ => {}
    }
}

fn opened(state: &mut State, entry: &Entry, event: &Opened) {
    let Actor::Member(author) = entry.actor else { return };
    state.next_proposal = ProposalNumber(event.proposal.0 + 1);
    state.charters.opened(&event.charter);
    let charter = state.charters.get(&event.charter).unwrap_or(&state.charter);
    let process = charter.processes.get(&event.process);
    let kind = process.map_or(ProposalKind::Message, |process| process.kind);
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
        kind,
        charter: event.charter,
        subject: event.subject,
        opened_at: entry.at,
        roll: event.roll,
        version: event.version,
        audience: event.audience,
        versions: Vector::unit(posted),
        cosigners: Vector::new(),
        earlier_cosigners: OrdSet::new(),
        step: Step(0),
        stage: event.process.clone(),
        entered_at: entry.at,
        until: LogTime(0),
        reminders: 0,
        stand: Stand::Between(Outcome::Pass),
        revised: false,
        appealed: false,
        sat: OrdSet::new(),
        last_judged: None,
        drawn: false,
        statement: None,
        winners: Vec::new(),
        pledged: OrdSet::new(),
        spoken: false,
        path: Vector::new(),
    };
    state.authored.insert((author, event.proposal));
    state.open.insert(event.proposal, Arc::new(proposal));
}

fn post_version(open: &mut Proposal, posted: PostedVersion, subject: Option<Subject>) {
    for slot in std::mem::take(&mut open.cosigners) {
        open.earlier_cosigners.insert(slot);
    }
    open.version = posted.hash;
    open.audience = posted.audience;
    open.subject = subject;
    open.versions.push_back(posted);
    // A friendly amendment: everybody looks at the new text and says anew where they stand.
    if let Stand::Consensus(consensus) = &mut open.stand {
        for slot in consensus.positions.keys() {
            open.earlier_cosigners.insert(*slot);
        }
        consensus.positions.clear();
        consensus.counts = mic_proof::count::Positions::default();
    }
}

fn enter(open: &mut Proposal, event: &StageEntered, at: LogTime) {
    if let Stand::Recourse { taken: Some(_) } = open.stand {
        leave_stage(open, Outcome::Pass, at);
    }
    open.step = event.step;
    open.stage = event.stage.clone();
    open.entered_at = at;
    open.until = event.until;
    open.reminders = 0;
    open.stand = match event.kind {
        StageKind::Cosign => Stand::Cosign,
        StageKind::Recourse => Stand::Recourse { taken: None },
        StageKind::Wait => Stand::Wait,
        // The jury itself follows with `draw.called` in the same batch; what the others know takes the roll.
        StageKind::Jury
        | StageKind::Vote
        | StageKind::Consensus
        | StageKind::Objection
        | StageKind::Pledge => Stand::Between(Outcome::Pass),
    };
}

fn end_stage(open: &mut Proposal, outcome: Outcome, at: LogTime) {
    match open.stand {
        Stand::Jury(_) | Stand::Vote(_) | Stand::Consensus(_) | Stand::Objection(_) => {
            open.last_judged = Some(outcome);
        }
        Stand::Cosign
        | Stand::Recourse { .. }
        | Stand::Wait
        | Stand::Pledge(_)
        | Stand::Between(_) => {}
    }
    leave_stage(open, outcome, at);
}

fn leave_stage(open: &mut Proposal, outcome: Outcome, at: LogTime) {
    let (step, stage) = (open.step, open.stage.clone());
    open.path.push_back(PassedStage { step, stage, outcome, ended_at: at });
    open.stand = Stand::Between(outcome);
    open.until = LogTime(0);
}

fn close(state: &mut State, number: ProposalNumber, ending: Ending, at: LogTime) {
    jury::rise(state, number);
    let Some(open) = state.open.remove(&number) else { return };
    state.authored.remove(&(open.author, number));
    state.charters.closed(&open.charter);
    let turned_down = match ending {
        Ending::Declined => true,
        Ending::Withdrawn => open.drawn,
        Ending::Done | Ending::Undecided | Ending::Lapsed => false,
    };
    for version in open.versions.iter().filter(|_| turned_down) {
        state.turned_down.add(open.author, version.hash, at);
    }
    let broadcast =
        state.broadcasts.last().filter(|line| line.proposal == number).map(|line| line.number);
    let closed = ClosedProposal {
        number,
        author: open.author,
        process: open.process.clone(),
        kind: open.kind,
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
