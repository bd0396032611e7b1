//! A group's home: what waits for the reader, the newest broadcasts, what is open. Knows no request.

use mic_engine::event::BeaconKind;
use mic_engine::ids::{LogTime, Number, Slot};
use mic_engine::node::View;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_engine::state::{BroadcastLine as Line, State};
use mic_store::Store;
use mic_store::contract::Fault;

use super::{asking, standing, texts};
use crate::pages::Route;
use crate::pages::home::{Duty, DutyKind, Home, LINES_MAX};
use crate::pages::parts::{BroadcastLine, ProposalLine};
use crate::pages::proposal::AskedHow;
use crate::words::Moment;

/// Broadcasts on the page; the list of all has the others.
const BROADCASTS_MAX: usize = 20;

pub(crate) fn page(
    store: &dyn Store,
    view: &View,
    purpose: String,
    slot: Slot,
    now: LogTime,
) -> Result<Home, Fault> {
    let state = &view.state;
    let (mut yours, mut open) = (Vec::new(), Vec::new());
    // The newest first: what was opened lately is what people come for.
    for proposal in state.open.values().rev() {
        let list = if proposal.author == slot { &mut yours } else { &mut open };
        if list.len() < LINES_MAX {
            list.push(line(store, state, proposal, now)?);
        }
    }
    let shown = state.broadcasts.iter().rev().take(BROADCASTS_MAX);
    let broadcasts =
        shown.map(|line| broadcast(store, state, line)).collect::<Result<Vec<_>, Fault>>()?;
    let older = state.broadcasts.len().saturating_sub(broadcasts.len());
    Ok(Home {
        purpose,
        members: state.roll.present(),
        duties: duties(store, state, slot)?,
        broadcasts,
        older: u32::try_from(older).unwrap_or(u32::MAX),
        drafts: Vec::new(),
        yours,
        open,
        paused_until: state.roll.paused_until(slot, now).map(Moment::from),
        local_chain: state.founded.beacon == BeaconKind::Local,
    })
}

/// What waits for a member, the soonest first.
pub(crate) fn duties(store: &dyn Store, state: &State, slot: Slot) -> Result<Vec<Duty>, Fault> {
    let mut duties = Vec::new();
    for open in state.open.values() {
        let Some((kind, until)) = duty(state, open, slot) else { continue };
        let (group, proposal) = (state.founded.group, open.number.0);
        duties.push(Duty {
            kind,
            title: texts::title(store, state, open.number)?,
            until: Moment::from(until),
            link: match kind {
                DutyKind::Jury | DutyKind::JuryCast => Route::Jury { group, proposal },
                DutyKind::Answer => Route::Answer { group, proposal },
                DutyKind::CoSignAgain => Route::Proposal { group, proposal },
                DutyKind::Vote => Route::Vote { group, proposal },
                DutyKind::Consensus => Route::Consensus { group, proposal },
                DutyKind::Objection => Route::Objection { group, proposal },
                DutyKind::Pledge => Route::Pledge { group, proposal },
                DutyKind::Subject => Route::Statement { group, proposal },
            },
        });
    }
    duties.sort_by_key(|duty| duty.until);
    duties.truncate(LINES_MAX);
    Ok(duties)
}

fn duty(state: &State, open: &Proposal, slot: Slot) -> Option<(DutyKind, LogTime)> {
    if open.member_concerned() == Some(slot) && open.statement.is_none() {
        return Some((DutyKind::Subject, open.until));
    }
    match &open.stand {
        Stand::Jury(jury) => {
            let sitting = jury.sitting.as_ref().filter(|sitting| !sitting.closed)?;
            if !sitting.holds(slot) {
                return None;
            }
            let cast = sitting.answered.contains(&slot);
            Some((if cast { DutyKind::JuryCast } else { DutyKind::Jury }, sitting.until))
        }
        Stand::Recourse { taken: None } if open.author == slot => {
            Some((DutyKind::Answer, open.until))
        }
        Stand::Cosign
            if open.earlier_cosigners.contains(&slot) && !open.cosigners.contains(&slot) =>
        {
            Some((DutyKind::CoSignAgain, open.until))
        }
        Stand::Vote(_) | Stand::Consensus(_) | Stand::Objection(_) | Stand::Pledge(_) => {
            let waits = asking::here(state, open, slot)?;
            waits.waits.then_some((
                match waits.how {
                    AskedHow::Vote => DutyKind::Vote,
                    AskedHow::Consensus => DutyKind::Consensus,
                    AskedHow::Objection => DutyKind::Objection,
                    AskedHow::Pledge => DutyKind::Pledge,
                },
                open.until,
            ))
        }
        Stand::Cosign | Stand::Recourse { .. } | Stand::Wait | Stand::Between(_) => None,
    }
}

fn line(
    store: &dyn Store,
    state: &State,
    open: &Proposal,
    now: LogTime,
) -> Result<ProposalLine, Fault> {
    Ok(ProposalLine {
        title: texts::title(store, state, open.number)?,
        kind: standing::kind(state, &open.process),
        standing: standing::of_open(state, open, now),
        until: standing::until(open),
        link: Route::Proposal { group: state.founded.group, proposal: open.number.0 },
    })
}

/// A broadcast in the list of members.
pub(crate) fn broadcast(
    store: &dyn Store,
    state: &State,
    line: &Line,
) -> Result<BroadcastLine, Fault> {
    let text = texts::version(store, state.founded.group, &line.version)?;
    Ok(BroadcastLine {
        number: line.number.0,
        title: text.map(|text| text.title).unwrap_or_default(),
        at: Moment::from(line.ordered_at),
        audience: texts::audience_of(line.audience),
        link: Route::Broadcast { group: state.founded.group, broadcast: line.number.0 },
    })
}

/// A broadcast by its number in the address.
pub(crate) fn find(state: &State, number: Option<u32>) -> Option<Line> {
    state.broadcast(Number(number?)).copied()
}
