//! Who is told when everybody is asked: all who may take part when it begins, those who have not acted at reminders, the author at the
//! end. Knows nothing of wording.

use super::{everyone, to_author, to_slots};
use crate::charter::{Rule, Voters, Who};
use crate::ids::{ProposalNumber, Slot, Span, Step};
use crate::parcel::{Channel, Notice, PARCEL_SLOTS_MAX, Parcel, Recipients};
use crate::stages::{self, asking};
use crate::state::State;
use crate::state::proposal::Proposal;

/// A stage began.
pub(super) fn begun(state: &State, number: ProposalNumber) -> Vec<Parcel> {
    let Some(open) = state.proposal(number) else { return Vec::new() };
    let Some(who) = asked(state, open) else { return Vec::new() };
    let notice = Notice::Asked { proposal: number, step: open.step };
    if newcomers(state, open, who).is_empty() {
        return everyone(open.roll, notice);
    }
    again(state, open, notice)
}

/// Those who may take part and have not acted.
pub(super) fn again(state: &State, open: &Proposal, notice: Notice) -> Vec<Parcel> {
    let Some(who) = asked(state, open) else {
        // A drawn assembly: those who sit and have not voted.
        let sitting = open.jury().and_then(|jury| jury.sitting.as_ref());
        let silent = sitting.into_iter().flat_map(|it| it.silent().map(|seat| seat.slot));
        return to_slots(&silent.collect::<Vec<Slot>>(), notice);
    };
    let newcomers = newcomers(state, open, who);
    let waits = |slot: &Slot| {
        state.roll.holds(*slot)
            && !asking::has_acted(open, *slot)
            && newcomers.binary_search(slot).is_err()
    };
    (0..open.roll)
        .step_by(PARCEL_SLOTS_MAX as usize)
        .filter_map(|first| {
            let count = PARCEL_SLOTS_MAX.min(open.roll - first);
            let waiting: Vec<Slot> = (first..first + count).map(Slot).filter(waits).collect();
            parcel(first, count, waiting, notice)
        })
        .collect()
}

/// The stage of a proposal is over: if it asked everybody, the author hears how.
pub(super) fn ended(state: &State, number: ProposalNumber, step: Step) -> Vec<Parcel> {
    let rule = state.proposal(number).and_then(|open| stages::rule_of(state, open));
    match rule {
        Some(Rule::Vote(_) | Rule::Consensus(_) | Rule::Objection(_) | Rule::Pledge(_)) => {
            to_author(state, number, Notice::Verdict { proposal: number, step })
        }
        Some(Rule::Cosign(_) | Rule::Jury(_) | Rule::Recourse(_) | Rule::Wait(_)) | None => {
            Vec::new()
        }
    }
}

/// Whom the stage of a proposal asks; `None` if it asks nobody, or a few drawn by lot.
fn asked(state: &State, open: &Proposal) -> Option<Who> {
    match stages::rule_of(state, open)? {
        Rule::Vote(rule) => match rule.who {
            Voters::All(who) => Some(who),
            Voters::Drawn(_) => None,
        },
        Rule::Consensus(rule) => Some(rule.who),
        Rule::Objection(rule) => Some(rule.who),
        Rule::Pledge(rule) => Some(rule.who),
        Rule::Cosign(_) | Rule::Jury(_) | Rule::Recourse(_) | Rule::Wait(_) => None,
    }
}

/// Who is on the roll and too new to be asked, ascending.
fn newcomers(state: &State, open: &Proposal, who: Who) -> Vec<Slot> {
    let new = match who {
        Who::Everyone => return Vec::new(),
        Who::Settled => Span::days(u64::from(state.charter_of(open).limits.new_days)),
    };
    let newcomers = state.roll.newcomers(new, open.entered_at);
    let mut newcomers: Vec<Slot> = newcomers.filter(|slot| open.on_roll(*slot)).collect();
    newcomers.sort_unstable();
    newcomers
}

/// One parcel for a run of the roll: the whole run where nobody is left out, since that costs no list.
fn parcel(first: u32, count: u32, waiting: Vec<Slot>, notice: Notice) -> Option<Parcel> {
    let recipients = if waiting.is_empty() {
        return None;
    } else if waiting.len() == count as usize {
        Recipients::Run { first: Slot(first), count }
    } else {
        Recipients::List(waiting)
    };
    Some(Parcel { notice, channel: Channel::Email, recipients })
}
