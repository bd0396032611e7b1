//! What a process leads to: a broadcast, a new member, a decision. Knows nothing of how it got there
//! beyond where the last outcome leads.

use super::proposal::Proposal;
use super::{Follow, Here, Replay};
use crate::entry::{Ending, Event};
use crate::finding::{Code, Refused, Report, need};
use crate::hash::Hash;
use crate::rules::{Effect, Next};

impl Proposal {
    /// Whether the last outcome leads to this effect, as far as the charter is known.
    fn leads_to(&self, effect: Effect) -> bool {
        match &self.leads {
            Some(next) => *next == Next::Effect(effect),
            None => self.process.is_none(),
        }
    }
}

impl Replay<'_> {
    pub(super) fn on_admitted(
        &mut self,
        it: &mut Proposal,
        here: Here,
        slot: u32,
    ) -> Result<(), Refused> {
        let next = self.roll.size();
        let right = it.leads_to(Effect::Admit) && slot == next;
        need(right, Code::RuleBroken, format_args!("slot {next} is the next one"))?;
        self.roll.admit(here.at);
        self.done(it);
        Ok(())
    }

    pub(super) fn on_broadcast(
        &mut self,
        it: &mut Proposal,
        here: Here,
        event: &Event,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let Event::BroadcastOrdered { number, previous, version, audience, .. } = event else {
            return Ok(());
        };
        let approved = it.leads_to(Effect::Broadcast) && it.approved == Some(it.version);
        let said = (*version, *audience) == (it.version, it.audience);
        let text = "no jury approved this version for this audience";
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

    pub(super) fn on_decision(
        &mut self,
        it: &mut Proposal,
        number: u64,
        version: Hash,
    ) -> Result<(), Refused> {
        let said = (number, version) == (self.decisions + 1, it.version);
        let right = said && it.leads_to(Effect::Record);
        need(right, Code::RuleBroken, "no process leads to this decision")?;
        self.decisions += 1;
        self.done(it);
        Ok(())
    }

    fn done(&mut self, it: &mut Proposal) {
        it.ending = Some(Ending::Done);
        self.must_follow(it.number, &[Follow::ProposalClosed]);
    }
}
