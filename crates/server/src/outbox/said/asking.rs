//! What members hear when everybody is asked, when one of them would be removed, and what came of it. Knows no recipient beyond a slot.

use std::collections::BTreeSet;

use mic_engine::command::Content;
use mic_engine::ids::{Number, ProposalNumber, Slot, Step};
use mic_store::contract::Fault;

use super::{Reader, Said, Words};
use crate::pages::mail::{ActionMail, AmendedMail, AskedMail, RemovalMail};
use crate::web::fill::asking::{has_acted, how, may};
use crate::words::Moment;

impl Reader<'_> {
    /// `None` once the stage is over.
    pub(super) fn asked(
        &self,
        number: ProposalNumber,
        step: Step,
        again: bool,
    ) -> Result<Option<Said>, Fault> {
        let open = self.view.state.proposal(number).filter(|open| open.step == step);
        let Some((open, how)) = open.and_then(|open| Some((open, how(open)?))) else {
            return Ok(None);
        };
        let Some(title) = self.title(number)? else { return Ok(None) };
        let mail = AskedMail {
            group: self.group.clone(),
            proposal: number.0,
            title,
            how,
            until: Moment::from(open.until),
            again,
        };
        let waits =
            |slot: &Slot| may(&self.view.state, open, *slot).is_ok() && !has_acted(open, *slot);
        let asked: BTreeSet<Slot> = self.slots.iter().copied().filter(waits).collect();
        Ok(Some(self.said(Some(number), Words::Asked(mail, asked))))
    }

    pub(super) fn removal(&self, number: ProposalNumber) -> Option<Said> {
        self.view.state.proposal(number)?;
        let mail = RemovalMail { group: self.group.clone(), proposal: number.0 };
        Some(self.said(Some(number), Words::Removal(mail)))
    }

    pub(super) fn amended(&self, number: ProposalNumber) -> Said {
        let mail = AmendedMail { group: self.group.clone(), proposal: number.0 };
        self.said(Some(number), Words::Amended(mail))
    }

    pub(super) fn action(&self, number: Number) -> Result<Option<Said>, Fault> {
        let Some(line) = self.view.state.action(number) else { return Ok(None) };
        let Some(text) = self.text(&line.version)? else { return Ok(None) };
        let Content::Action { starts, ends, place, wanted } = text.content else {
            return Ok(None);
        };
        let mail = ActionMail {
            group: self.group.clone(),
            number: number.0,
            title: text.title,
            warning: text.warning,
            source: text.body,
            starts: Moment::from(starts),
            ends: Moment::from(ends),
            place,
            wanted,
        };
        Ok(Some(self.said(Some(line.proposal), Words::Action(mail))))
    }
}
