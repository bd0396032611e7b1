//! What must hold after every step, whatever fails. Each claim has a line in `faults.rs`. Knows nothing of how it came about.

use std::collections::BTreeMap;

use mic_engine::ids::{Seq, Slot};
use mic_engine::node::View;
use mic_engine::state::State;
use mic_proof::encode::{Value, decode};

use crate::model::Sight;
use crate::world::{End, GROUP, World};

/// Groups larger than this are compared whole only now and then.
const COMPARED_ALWAYS_MAX: usize = 100;
const COMPARED_EVERY: u64 = 50_000;

/// After each happening: nobody sees what is not durable, what lives is what reading back gives, and every person sees what the naive
/// model says.
pub fn after_step(world: &mut World) -> Result<(), String> {
    let Some(reference) = world.disk.reference() else { return Ok(()) };
    let small = world.people.len() <= COMPARED_ALWAYS_MAX;
    let whole = small || world.counts.happenings.is_multiple_of(COMPARED_EVERY);
    let who = world.counts.happenings % world.people.len().max(1) as u64;
    for (number, machine) in world.machines.iter().enumerate().filter(|(_, it)| it.alive) {
        let Some(view) = machine.node.view(GROUP) else { continue };
        if view.state.position > reference.position {
            return Err(format!("machine {number} shows what is not durable"));
        }
        if view.state.position != reference.position {
            continue;
        }
        if whole && *view.state != *reference {
            return Err(format!(
                "machine {number} lives in another state than its journal tells: {}",
                difference(&view.state, reference)
            ));
        }
        if small {
            let (seen, told) = (sight(&view, who), world.model.sight(who));
            if seen != told {
                return Err(format!("{who} sees {seen:?} and should see {told:?}"));
            }
        }
    }
    Ok(())
}

/// After each commit: the naive model takes the new lines, or complains.
pub fn after_commit(world: &mut World) -> Result<(), String> {
    let from = usize::try_from(world.model.length()).unwrap_or(usize::MAX);
    for bytes in world.disk.entries.get(from..).unwrap_or_default() {
        world.model.take(bytes, &world.outside)?;
    }
    let new: Vec<u64> = std::mem::take(&mut world.model.admitted).into_iter().collect();
    for slot in new {
        world.welcome(slot);
    }
    Ok(())
}

/// When somebody is told that their act is done: it is in the journal, it is theirs, and it was never done elsewhere.
pub fn on_answer(world: &World, number: u64, before: End, seq: Seq) -> Result<(), String> {
    if let End::Done(earlier) = before
        && earlier != seq
    {
        return Err(format!("act {number} was done at {earlier} and again at {seq}"));
    }
    let line = usize::try_from(seq.0).ok().and_then(|at| world.disk.entries.get(at));
    let bytes = line.ok_or_else(|| format!("act {number} is answered and not durable"))?;
    let actor = decode(bytes).ok().and_then(|line| line.field("actor")?.as_natural());
    let act = world.acts.get(&number).ok_or("an act nobody asked for")?;
    let slot = world.people[act.person].slot;
    if actor != Some(u64::from(slot.0)) {
        return Err(format!("act {number} of {slot} is answered with a line of {actor:?}"));
    }
    Ok(())
}

/// At the end: every acknowledged act is in the journal exactly once, under its key.
pub fn every_act_once(world: &World) -> Result<(), String> {
    let mut written: BTreeMap<[u8; 16], Vec<Seq>> = BTreeMap::new();
    for (key, reply) in world.disk.keys() {
        written.entry(key.0).or_default().push(reply.seq);
    }
    for (number, act) in &world.acts {
        let found = written.get(&act.key.0).map(Vec::as_slice).unwrap_or_default();
        let good = match act.end {
            End::Done(seq) => found == [seq],
            End::Refused | End::GivenUp | End::Waiting => found.len() <= 1,
        };
        if !good {
            return Err(format!("act {number} ended {:?} and stands at {found:?}", act.end));
        }
    }
    Ok(())
}

/// Nobody's line stands there who asked for nothing: as many lines of members as acts that were written.
pub fn nothing_unasked(world: &World) -> Result<(), String> {
    let asked: u64 = world.disk.keys().len() as u64;
    let mut written = 0;
    for bytes in &world.disk.entries {
        let line = decode(bytes).map_err(|error| format!("{error:?}"))?;
        let by_member = line.field("actor").and_then(Value::as_natural).is_some();
        let kind = line.field("type").and_then(Value::as_text).unwrap_or_default();
        // These two follow from another act of the same member.
        let follows = kind == "proposal.withdrawn" || kind == "version.posted";
        written += u64::from(by_member && !follows);
    }
    if written > asked {
        return Err(format!("{written} lines of members, and only {asked} acts"));
    }
    Ok(())
}

/// Where two states differ.
fn difference(live: &State, told: &State) -> String {
    let (live, told) = (format!("{live:#?}"), format!("{told:#?}"));
    let lines = live.lines().zip(told.lines()).find(|(a, b)| a != b);
    lines.map_or_else(|| "in length".to_owned(), |(a, b)| format!("{} / {}", a.trim(), b.trim()))
}

fn sight(view: &View, slot: u64) -> Sight {
    let state = &view.state;
    let slot = Slot(u32::try_from(slot).unwrap_or(u32::MAX));
    Sight {
        member: state.roll.holds(slot),
        open: state
            .open
            .values()
            .map(|open| {
                let cosigners = open.cosigners.iter().map(|slot| u64::from(slot.0)).collect();
                (u64::from(open.number.0), open.version.to_string(), cosigners)
            })
            .collect(),
        duties: state.duties(slot).map(|open| u64::from(open.number.0)).collect(),
        broadcasts: state.broadcasts.len() as u64,
    }
}
