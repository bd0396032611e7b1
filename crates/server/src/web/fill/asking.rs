//! Stages that ask everybody, as pages show them: who is asked, what the reader is to it, what others said in public.
//! Knows no request and nobody's ballot.

use std::collections::BTreeMap;

use mic_engine::charter::{Fraction, Rule, Voters, Who};
use mic_engine::event::{Actor, Event, Position as EnginePosition, StageKind};
use mic_engine::ids::{LogTime, Slot, Step};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::stages::{self, asking, vote};
use mic_engine::state::State;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_engine::version;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::history::Line;
use super::{people, texts};
use crate::pages::Route;
use crate::pages::asking::{Asked, Part, VOICES_MAX, Voice, WhoAsked};
use crate::pages::consensus::{Position, Voices};
use crate::pages::proposal::{AskedHere, AskedHow};
use crate::words::Moment;

/// Which of the four ways asks everybody where a proposal stands now.
pub(crate) fn how(open: &Proposal) -> Option<AskedHow> {
    match &open.stand {
        Stand::Vote(vote) => {
            let waits = vote.assembly.as_ref().is_some_and(|jury| jury.sitting.is_none());
            (!waits).then_some(AskedHow::Vote)
        }
        Stand::Consensus(_) => Some(AskedHow::Consensus),
        Stand::Objection(_) => Some(AskedHow::Objection),
        Stand::Pledge(_) => Some(AskedHow::Pledge),
        Stand::Cosign
        | Stand::Jury(_)
        | Stand::Recourse { .. }
        | Stand::Wait
        | Stand::Between(_) => None,
    }
}

/// Whether a member may take part where a proposal stands now.
pub(crate) fn may(state: &State, open: &Proposal, slot: Slot) -> Result<(), Refusal> {
    match stages::rule_of(state, open) {
        Some(Rule::Vote(_)) => vote::may_vote(state, open, slot),
        Some(Rule::Consensus(rule)) => asking::may_take_part(state, open, rule.who, slot),
        Some(Rule::Objection(rule)) => asking::may_take_part(state, open, rule.who, slot),
        Some(Rule::Pledge(rule)) => asking::may_take_part(state, open, rule.who, slot),
        Some(Rule::Cosign(_) | Rule::Jury(_) | Rule::Recourse(_) | Rule::Wait(_)) | None => {
            Err(Refusal::WrongStage)
        }
    }
}

/// Whether a member has said something where a proposal stands now.
pub(crate) fn has_acted(open: &Proposal, slot: Slot) -> bool {
    match &open.stand {
        Stand::Vote(vote) => vote.voted.contains(&slot),
        Stand::Consensus(consensus) => consensus.positions.contains_key(&slot),
        Stand::Objection(objection) => objection.objections.contains_key(&slot),
        Stand::Pledge(pledge) => pledge.standing.contains(&slot),
        Stand::Cosign
        | Stand::Jury(_)
        | Stand::Recourse { .. }
        | Stand::Wait
        | Stand::Between(_) => false,
    }
}

/// For the page of a proposal: where the reader answers, or reads what was said.
pub(crate) fn here(state: &State, open: &Proposal, slot: Slot) -> Option<AskedHere> {
    let how = how(open)?;
    let waits = may(state, open, slot).is_ok() && !has_acted(open, slot);
    let (group, proposal) = (state.founded.group, open.number.0);
    let link = match how {
        AskedHow::Vote => Route::Vote { group, proposal },
        AskedHow::Consensus => Route::Consensus { group, proposal },
        AskedHow::Objection => Route::Objection { group, proposal },
        AskedHow::Pledge => Route::Pledge { group, proposal },
    };
    Some(AskedHere { how, link, waits })
}

/// Who is asked by the stage in which a proposal stands, and what the reader is to it.
pub(crate) fn asked(state: &State, open: &Proposal, slot: Slot) -> Option<Asked> {
    let rule = stages::rule_of(state, open)?;
    let (who, quorum) = match rule {
        Rule::Vote(rule) => (who_votes(&rule.who), Some(rule.quorum)),
        Rule::Consensus(rule) => (who_is(rule.who), Some(rule.quorum)),
        Rule::Objection(rule) => (who_is(rule.who), None),
        Rule::Pledge(rule) => (who_is(rule.who), None),
        Rule::Cosign(_) | Rule::Jury(_) | Rule::Recourse(_) | Rule::Wait(_) => return None,
    };
    let eligible = eligible(state, open, rule);
    Some(Asked {
        who,
        eligible,
        quorum: quorum.map_or(0, |quorum| part_of(quorum, eligible)),
        until: Moment::from(open.until),
        part: match may(state, open, slot) {
            Ok(()) => Part::May,
            Err(Refusal::TooNew { .. }) => Part::TooNew,
            Err(Refusal::NotOnRoll) => Part::NotOnRoll,
            Err(Refusal::NoSeat) => Part::NotDrawn,
            Err(_) => Part::Over,
        },
    })
}

/// The smallest number that is at least this part of so many.
pub(crate) fn part_of(share: Fraction, whole: u32) -> u32 {
    let part = u64::from(share.numerator()) * u64::from(whole);
    u32::try_from(part.div_ceil(u64::from(share.denominator()).max(1))).unwrap_or(u32::MAX)
}

/// A stage that is over, for pages that show what was said in it.
pub(crate) fn over(until: LogTime) -> Asked {
    Asked {
        who: WhoAsked::Everyone,
        eligible: 0,
        quorum: 0,
        until: Moment::from(until),
        part: Part::Over,
    }
}

/// The last step of a kind that a proposal has entered.
pub(crate) fn last_step(lines: &[Line], kind: StageKind) -> Option<(Step, LogTime)> {
    lines.iter().rev().find_map(|line| match &line.entry.event {
        Event::StageEntered(entered) if entered.kind == kind => Some((entered.step, entered.until)),
        _ => None,
    })
}

/// What a member said in public, with the moment it was written down.
#[derive(Clone, Copy)]
pub(crate) struct Saying {
    pub(crate) position: Position,
    reason: Option<Hash>,
    at: LogTime,
}

/// Positions that stand in a step, by member. A new version starts them again.
pub(crate) fn positions(lines: &[Line], step: Step) -> BTreeMap<Slot, Saying> {
    let mut standing = BTreeMap::new();
    for line in lines {
        let (Actor::Member(slot), at) = (line.entry.actor, line.entry.at) else { continue };
        match &line.entry.event {
            Event::VersionPosted { .. } => standing.clear(),
            Event::PositionTaken(taken) if taken.step == step => {
                match position_of(taken.position) {
                    Some(position) => {
                        standing.insert(slot, Saying { position, reason: taken.reason, at });
                    }
                    None => {
                        standing.remove(&slot);
                    }
                }
            }
            _ => {}
        }
    }
    standing
}

/// Objections that stand in a step, by member.
pub(crate) fn objections(lines: &[Line], step: Step) -> BTreeMap<Slot, Saying> {
    let mut standing = BTreeMap::new();
    for line in lines {
        let (Actor::Member(slot), at) = (line.entry.actor, line.entry.at) else { continue };
        match &line.entry.event {
            Event::ObjectionRaised { step: raised, reason, .. } if *raised == step => {
                let saying = Saying { position: Position::Block, reason: Some(*reason), at };
                standing.insert(slot, saying);
            }
            Event::ObjectionWithdrawn { step: withdrawn, .. } if *withdrawn == step => {
                standing.remove(&slot);
            }
            _ => {}
        }
    }
    standing
}

/// Voices as a page lists them: by name where somebody shows one, else by number.
pub(crate) fn voices(
    store: &dyn Store,
    view: &View,
    reader: Slot,
    said: &[(Slot, Saying)],
) -> Result<Voices, Fault> {
    let mut listed = Vec::new();
    for (slot, saying) in said.iter().take(VOICES_MAX) {
        listed.push(Voice {
            who: people::person(store, view, *slot, Some(reader))?,
            reason: match saying.reason {
                Some(hash) => reason(store, view, &hash)?,
                None => Some(String::new()),
            },
            at: Moment::from(saying.at),
        });
    }
    Ok(Voices { count: u32::try_from(said.len()).unwrap_or(u32::MAX), listed })
}

/// A reason by its hash; `None` where it was erased.
pub(crate) fn reason(store: &dyn Store, view: &View, hash: &Hash) -> Result<Option<String>, Fault> {
    let bytes = texts::document(store, view.state.founded.group, hash)?;
    Ok(bytes.and_then(|bytes| version::words_from_bytes(&bytes)))
}

pub(crate) const fn position_of(position: EnginePosition) -> Option<Position> {
    match position {
        EnginePosition::Agree => Some(Position::Agree),
        EnginePosition::Aside => Some(Position::Aside),
        EnginePosition::Block => Some(Position::Block),
        EnginePosition::None => None,
    }
}

fn eligible(state: &State, open: &Proposal, rule: &Rule) -> u32 {
    match (&open.stand, rule) {
        (Stand::Vote(vote), _) => vote.eligible,
        (Stand::Consensus(consensus), _) => consensus.eligible,
        (_, Rule::Objection(rule)) => counted(state, open, rule.who),
        (_, Rule::Pledge(rule)) => counted(state, open, rule.who),
        _ => 0,
    }
}

/// Members who are asked and still there; counted one by one up to [`COUNTED_MAX`], in larger groups everybody is taken to be.
fn counted(state: &State, open: &Proposal, who: Who) -> u32 {
    if open.roll > COUNTED_MAX {
        return state.roll.present().min(open.roll);
    }
    let asked = (0..open.roll).map(Slot).filter(|slot| {
        state.roll.holds(*slot) && asking::may_take_part(state, open, who, *slot).is_ok()
    });
    u32::try_from(asked.count()).unwrap_or(u32::MAX)
}

const COUNTED_MAX: u32 = 50_000;

const fn who_votes(who: &Voters) -> WhoAsked {
    match who {
        Voters::All(who) => who_is(*who),
        Voters::Drawn(_) => WhoAsked::Drawn,
    }
}

const fn who_is(who: Who) -> WhoAsked {
    match who {
        Who::Everyone => WhoAsked::Everyone,
        Who::Settled => WhoAsked::Settled,
    }
}
