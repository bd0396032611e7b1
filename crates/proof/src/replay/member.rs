//! What members do about themselves: leave, be erased, pause, rest. Knows nothing of how a
//! proposal proceeds.

use super::{Here, Replay};
use crate::entry::Event;
use crate::finding::{Code, Refused, need};

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
            Event::DocumentErased { document } => {
                let charter = self.group()?.founded.charter == *document;
                need(!charter, Code::RuleBroken, "a charter in force is not erased")?;
            }
            _ => return Err(Refused::new(Code::RuleBroken, "this event belongs to a proposal")),
        }
        Ok(())
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
