//! What members do about themselves: leave, be erased, pause, rest; and what their going takes along.
//! Knows nothing of how a proposal proceeds.

use super::follow::Due;
use super::proposal::Proposal;
use super::{Follow, Here, Replay};
use crate::entry::{Ending, ErasureReason, Event};
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::rules::Effect;

impl Replay<'_> {
    pub(super) fn apply_to_member(&mut self, event: &Event, here: Here) -> Result<(), Refused> {
        match event {
            Event::MemberLeft { by } => {
                self.roll.leave(*by);
                self.on_leaving(*by, here.at);
            }
            Event::MemberErased { by } => {
                self.roll.erase(*by);
                self.on_leaving(*by, here.at);
            }
            Event::MemberPaused { by, until } => self.roll.pause(*by, *until),
            Event::MemberResumed { by } => self.roll.pause(*by, 0),
            Event::MemberRested { by, days } => self.roll.rest(*by, *days),
            Event::DocumentErased { document, reason } => {
                let recall = *reason == ErasureReason::Recalled;
                need(!recall, Code::RuleBroken, "nothing was recalled just now")?;
                self.need_erasable(document)?;
            }
            Event::DeedReported { by, action, .. } => self.on_deed(here, *by, *action)?,
            _ => return Err(Refused::new(Code::RuleBroken, "this event belongs to a proposal")),
        }
        Ok(())
    }

    fn need_erasable(&self, document: &Hash) -> Result<(), Refused> {
        let kept = self.kept().contains(document);
        need(!kept, Code::RuleBroken, "charters in force and opened ballots are not erased")
    }

    /// The text of a broadcast, directly after its recall.
    pub(super) fn on_recalled_text(
        &mut self,
        document: &Hash,
        recalling: Option<Hash>,
    ) -> Result<(), Refused> {
        let right = recalling == Some(*document);
        need(right, Code::RuleBroken, "not a text that was recalled just now")?;
        self.need_erasable(document)
    }

    /// `member.removed`: the slot is empty, and its open proposals close right behind.
    pub(super) fn on_removed(
        &mut self,
        it: &mut Proposal,
        here: Here,
        slot: u32,
    ) -> Result<(), Refused> {
        let subject = it.subject_number() == Some(u64::from(slot));
        let there = slot < self.roll.size() && !self.roll.is_gone(slot);
        let right = it.leads_to(Effect::Remove) && subject && there;
        need(right, Code::RuleBroken, "no process leads to this removal")?;
        self.roll.leave(slot);
        it.ending = Some(Ending::Done);
        self.closing.clear();
        for (number, proposal) in &mut self.open {
            if proposal.author == slot {
                proposal.stage = None;
                proposal.ending = Some(Ending::Withdrawn);
                self.closing.push_back(*number);
            }
            if let Some(sitting) = proposal.sitting_mut() {
                sitting.give_up(slot, here.at);
            }
        }
        self.closing.push_back(it.number);
        self.must_close_next();
        Ok(())
    }

    /// Proposals that a removed member takes along close one after the other, then the removal.
    pub(super) fn must_close_next(&mut self) {
        if let Some(next) = self.closing.pop_front() {
            self.must_follow(next, &[Follow::ProposalClosed]);
        }
    }

    /// Whoever leaves takes the own open proposals along, in the same batch.
    pub(super) fn need_leaving(
        &mut self,
        due: Option<Due>,
        event: &Event,
        code: Code,
    ) -> Result<bool, Refused> {
        let Some(next) = self.leaving.front().copied().filter(|_| due.is_none()) else {
            return Ok(false);
        };
        match event {
            Event::ProposalWithdrawn { proposal, .. } if *proposal == next => {
                self.leaving.pop_front();
                Ok(true)
            }
            Event::DocumentErased { .. } | Event::SeatsCalled { .. } => Ok(false),
            _ => Err(Refused::new(code, format!("proposal {next} is to be withdrawn here"))),
        }
    }

    pub(super) fn need_member(&self, event: &Event, code: Code) -> Result<(), Refused> {
        let Some(by) = event.by() else { return Ok(()) };
        let member = by < self.roll.size() && !self.roll.is_erased(by);
        need(member, code, format_args!("slot {by} is no member"))?;
        let may = !self.roll.is_gone(by) || matches!(event, Event::MemberErased { .. });
        need(may, code, format_args!("slot {by} has left"))
    }

    /// Own proposals are to be withdrawn next; seats on the juries of others are given up.
    fn on_leaving(&mut self, slot: u32, at: u64) {
        for (number, proposal) in &mut self.open {
            if proposal.author == slot {
                self.leaving.push_back(*number);
            }
            if let Some(sitting) = proposal.sitting_mut() {
                sitting.give_up(slot, at);
            }
        }
    }
}
