//! What a process leads to: a broadcast, a new member, a decision, and what else there is. Knows
//! nothing of how it got there beyond where the last outcome leads.

use std::collections::BTreeSet;

use super::proposal::Proposal;
use super::roll::DAY_MS;
use super::{Document, Follow, Here, Replay};
use crate::entry::{Ending, Event};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::Hash;
use crate::rules::{Effect, Next};

impl Proposal {
    /// Whether the last outcome leads to this effect, as far as the charter is known.
    pub(super) fn leads_to(&self, effect: Effect) -> bool {
        match &self.leads {
            Some(next) => *next == Next::Effect(effect),
            None => self.process.is_none(),
        }
    }
}

/// An action that was called, as far as reports of what was done need it.
pub(super) struct Action {
    called_at: u64,
    /// who may say whether they did it; none for everybody
    pledged: Option<BTreeSet<u32>>,
}

/// So long after an action was called deeds can be reported, in days.
const DEED_DAYS_MAX: u64 = 90;

impl Replay<'_> {
    pub(super) fn apply_effect(
        &mut self,
        it: &mut Proposal,
        event: &Event,
        here: Here,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        match event {
            Event::MemberAdmitted { slot, .. } => self.on_admitted(it, here, *slot),
            Event::MemberRemoved { slot, .. } => self.on_removed(it, here, *slot),
            Event::BroadcastOrdered { .. } => self.on_broadcast(it, here, event, report),
            Event::BroadcastRecalled { number, .. } => self.on_recalled(it, *number),
            Event::CharterAmended { charter, .. } => self.on_amended(it, *charter),
            Event::ActionCalled { number, version, .. } => {
                self.on_action(it, here, *number, *version)
            }
            Event::DecisionRecorded { number, version, winners, .. } => {
                self.on_decision(it, *number, *version, winners)
            }
            _ => Err(Refused::new(Code::RuleBroken, "not an effect")),
        }
    }

    /// Whether the broadcast that a proposal would recall was recalled already.
    pub(super) fn is_recalled(&self, it: &Proposal) -> bool {
        it.subject_number().is_some_and(|number| self.recalled.contains(&number))
    }

    fn on_admitted(&mut self, it: &mut Proposal, here: Here, slot: u32) -> Result<(), Refused> {
        let next = self.roll.size();
        let right = it.leads_to(Effect::Admit) && slot == next;
        need(right, Code::RuleBroken, format_args!("slot {next} is the next one"))?;
        self.roll.admit(here.at);
        self.done(it);
        Ok(())
    }

    fn on_broadcast(
        &mut self,
        it: &mut Proposal,
        here: Here,
        event: &Event,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let Event::BroadcastOrdered { number, previous, version, audience, .. } = event else {
            return Ok(());
        };
        // The correction of a recall goes the same ways as what it recalls.
        let corrects = it.leads_to(Effect::Recall) && self.is_recalled(it);
        let unguarded = it.charter.rules.as_ref().is_some_and(|rules| rules.unguarded);
        let approved = (it.leads_to(Effect::Broadcast) || corrects)
            && (it.approved == Some(it.version) || unguarded);
        let said = (*version, *audience) == (it.version, it.audience);
        let text = "nobody approved this version for this audience";
        need(approved && said, Code::BroadcastUnfounded, text)?;
        let next = self.broadcasts.len() as u64 + 1;
        let follows = (*number, *previous) == (next, self.last_broadcast);
        let text = format!("number {next} after {} comes next", self.last_broadcast);
        need(follows, Code::BroadcastNumber, &text)?;
        self.broadcasts.push(*version);
        self.last_broadcast = here.leaf;
        report.ok(Code::Broadcast, Some(here.seq), format!("number {number}, version {version}"));
        self.done(it);
        Ok(())
    }

    /// `broadcast.recalled`: the text may be erased next, then the correction follows.
    fn on_recalled(&mut self, it: &mut Proposal, number: u64) -> Result<(), Refused> {
        let right = it.leads_to(Effect::Recall) && it.subject_number() == Some(number);
        need(right, Code::RuleBroken, "no process leads to this recall")?;
        let Some(version) = self.broadcast(number).filter(|_| self.recalled.insert(number)) else {
            return Err(Refused::new(Code::RuleBroken, "there is no such broadcast any more"));
        };
        let keeps = match self.documents.get(&it.version) {
            Some(Document::Version(facts)) => !facts.erase,
            Some(Document::Erased | Document::Mismatched | Document::Other) | None => false,
        };
        self.recalling = Some(version).filter(|_| !keeps);
        self.must_follow(it.number, &[Follow::BroadcastOrdered]);
        Ok(())
    }

    fn on_action(
        &mut self,
        it: &mut Proposal,
        here: Here,
        number: u64,
        version: Hash,
    ) -> Result<(), Refused> {
        let said = (number, version) == (self.actions.len() as u64 + 1, it.version);
        let right = said && it.leads_to(Effect::Action);
        need(right, Code::RuleBroken, "no process leads to this action")?;
        let pledges = match &it.process {
            Some(process) => process.has_pledge(),
            None => !it.pledged.is_empty(),
        };
        let pledged = pledges.then(|| std::mem::take(&mut it.pledged));
        self.actions.push(Action { called_at: here.at, pledged });
        self.done(it);
        Ok(())
    }

    /// `deed.reported`, by who pledged; where nothing was pledged, by anybody.
    pub(super) fn on_deed(&self, here: Here, by: u32, action: u64) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let index = action.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        let action = index.and_then(|index| self.actions.get(index));
        let action = action.ok_or_else(|| Refused::new(code, "there is no such action"))?;
        let asked = action.pledged.as_ref().is_none_or(|pledged| pledged.contains(&by));
        need(asked, code, format_args!("slot {by} has not pledged it"))?;
        let ends = action.called_at.saturating_add(DEED_DAYS_MAX * DAY_MS);
        need(here.at <= ends, code, "the time for reports is over")
    }

    fn on_decision(
        &mut self,
        it: &mut Proposal,
        number: u64,
        version: Hash,
        winners: &[u32],
    ) -> Result<(), Refused> {
        let said = (number, version) == (self.decisions + 1, it.version) && winners == it.winners;
        let right = said && it.leads_to(Effect::Record);
        need(right, Code::RuleBroken, "no process leads to this decision")?;
        self.decisions += 1;
        self.done(it);
        Ok(())
    }

    pub(super) fn done(&mut self, it: &mut Proposal) {
        it.ending = Some(Ending::Done);
        self.must_follow(it.number, &[Follow::ProposalClosed]);
    }
}
