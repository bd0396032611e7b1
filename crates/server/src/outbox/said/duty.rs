//! What jurors and authors are asked for: summons and reminders, as long as there is something to do.
//! Knows no recipient beyond a slot.

use std::collections::BTreeMap;

use mic_engine::charter::Rule;
use mic_engine::ids::{LogTime, ProposalNumber, Slot, Step};
use mic_engine::stages::{self, cosign};
use mic_engine::state::jury::{JuryState, Sitting};
use mic_engine::state::proposal::{Proposal, Stand};
use mic_store::contract::Fault;

use super::{Reader, Said, Words, audience};
use crate::pages::mail::{CoSignReminder, JuryReminder, Summons};
use crate::words::Moment;

/// The seats that wait for an answer, and when each passes on.
pub(super) struct Seats(BTreeMap<Slot, LogTime>);

impl Seats {
    pub(super) fn answer_by(&self, slot: Slot) -> Option<LogTime> {
        self.0.get(&slot).copied()
    }

    fn of(sitting: &Sitting, rule: &Rule) -> Self {
        let Rule::Jury(jury) = rule else { return Self(BTreeMap::new()) };
        let until = |called_at: LogTime| called_at.after(jury.answer).min(sitting.until);
        Self(sitting.silent().map(|seat| (seat.slot, until(seat.called_at))).collect())
    }
}

impl Reader<'_> {
    pub(super) fn summons(
        &self,
        number: ProposalNumber,
        step: Step,
    ) -> Result<Option<Said>, Fault> {
        let Some((open, jury, sitting, seats)) = self.sitting(number, step) else {
            return Ok(None);
        };
        let Some(text) = self.text(&open.version)? else { return Ok(None) };
        let mail = Summons {
            group: self.group.clone(),
            proposal: number.0,
            title: text.title,
            warning: text.warning,
            source: text.body,
            audience: audience(open.audience),
            members: jury.call.roll,
            seats: sitting.total(),
            answer_by: Moment(0),
            until: Moment::from(sitting.until),
        };
        Ok(Some(self.said(Some(number), Words::Summons(mail, seats))))
    }

    pub(super) fn jury_reminder(&self, number: ProposalNumber, step: Step) -> Option<Said> {
        let (_, _, _, seats) = self.sitting(number, step)?;
        let group = self.group.clone();
        let mail = JuryReminder { group, proposal: number.0, answer_by: Moment(0) };
        Some(self.said(Some(number), Words::JuryReminder(mail, seats)))
    }

    pub(super) fn cosign_reminder(
        &self,
        number: ProposalNumber,
        step: Step,
    ) -> Result<Option<Said>, Fault> {
        let state = &self.view.state;
        let open = state.proposal(number);
        let open = open.filter(|open| open.step == step && matches!(open.stand, Stand::Cosign));
        let Some(open) = open else { return Ok(None) };
        let (Some(title), Some(needed)) = (self.title(number)?, cosign::needed(state, open)) else {
            return Ok(None);
        };
        let mail = CoSignReminder {
            group: self.group.clone(),
            proposal: number.0,
            title,
            have: u32::try_from(open.cosigners.len()).unwrap_or(u32::MAX),
            needed,
            until: Moment::from(open.until),
        };
        Ok(Some(self.said(Some(number), Words::CoSignReminder(mail))))
    }

    /// A jury that sits and has not closed.
    fn sitting(
        &self,
        number: ProposalNumber,
        step: Step,
    ) -> Option<(&Proposal, &JuryState, &Sitting, Seats)> {
        let open = self.view.state.proposal(number).filter(|open| open.step == step)?;
        let jury = open.jury()?;
        let sitting = jury.sitting.as_ref().filter(|sitting| !sitting.closed)?;
        let seats = Seats::of(sitting, stages::rule_of(&self.view.state, open)?);
        Some((open, jury, sitting, seats))
    }
}
