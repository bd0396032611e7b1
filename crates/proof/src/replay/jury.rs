//! Seats that pass on, ballots, and the close of a jury, in the journal. The rules themselves stand
//! in `sitting.rs` and `jury.rs`; this file brings the entries to them.

use super::proposal::{Proposal, Stage};
use super::{Follow, Here, Replay};
use crate::entry::{JuryClosed, JuryGrown, SeatsReason, StageKind};
use crate::finding::{Code, Refused, Report, need};
use crate::sitting::Sitting;

impl Replay<'_> {
    pub(super) fn on_seats_called(
        &mut self,
        it: &mut Proposal,
        here: Here,
        (released, seated): (&[u32], &[u32]),
        reason: SeatsReason,
    ) -> Result<(), Refused> {
        let gone = |slot: u32| self.roll.is_gone(slot);
        sitting(it, Code::RuleBroken)?.pass_on(here.at, (released, seated), reason, &gone)?;
        self.serve(it, here, seated);
        Ok(())
    }

    pub(super) fn on_aside(
        &mut self,
        it: &mut Proposal,
        here: Here,
        by: u32,
    ) -> Result<(), Refused> {
        let gone = |slot: u32| self.roll.is_gone(slot);
        let sitting = sitting(it, Code::RuleBroken)?;
        let holds = sitting.holds(by) && here.at < sitting.until();
        need(holds, Code::RuleBroken, format_args!("slot {by} holds no seat now"))?;
        sitting.give_up(by, here.at);
        if sitting.peek(&gone).is_some() {
            self.must_follow(it.number, &[Follow::SeatsCalled]);
        }
        Ok(())
    }

    pub(super) fn on_ballot(&self, it: &mut Proposal, here: Here, by: u32) -> Result<(), Refused> {
        let gone = |slot: u32| self.roll.is_gone(slot);
        sitting(it, Code::BallotNotAllowed)?.cast(here.at, by, &gone)
    }

    pub(super) fn on_grown(
        &mut self,
        it: &mut Proposal,
        here: Here,
        grown: &JuryGrown,
    ) -> Result<(), Refused> {
        let gone = |slot: u32| self.roll.is_gone(slot);
        sitting(it, Code::RuleBroken)?.grow(here.at, grown, &gone)?;
        self.serve(it, here, &grown.seated);
        Ok(())
    }

    pub(super) fn on_extended(
        &mut self,
        it: &mut Proposal,
        here: Here,
        (released, seated, until): (&[u32], &[u32], u64),
    ) -> Result<(), Refused> {
        let gone = |slot: u32| self.roll.is_gone(slot);
        sitting(it, Code::RuleBroken)?.extend(here.at, (released, seated, until), &gone)?;
        self.serve(it, here, seated);
        Ok(())
    }

    pub(super) fn on_jury_closed(
        &mut self,
        it: &mut Proposal,
        here: Here,
        closed: &JuryClosed,
        report: &mut Report<'_>,
    ) -> Result<(), Refused> {
        let gone = |slot: u32| self.roll.is_gone(slot);
        sitting(it, Code::RuleBroken)?.close(here.at, closed, &gone)?;
        let stage = it.running(Code::RuleBroken)?;
        stage.verdict = Some(closed.verdict);
        self.must_follow(it.number, &[Follow::StageEnded]);
        let (verdict, yes, no) = (closed.verdict.word(), closed.yes, closed.no);
        let text = format!("proposal {}: {verdict}, {yes} yes, {no} no", it.number);
        report.ok(Code::Verdict, Some(here.seq), text);
        Ok(())
    }
}

/// The jury that sits and has not closed.
fn sitting(it: &mut Proposal, code: Code) -> Result<&mut Sitting, Refused> {
    let sits = |stage: &&mut Stage| stage.kind == StageKind::Jury && stage.verdict.is_none();
    let stage = it.stage.as_mut().filter(sits);
    let sitting = stage.and_then(|stage| stage.sitting.as_deref_mut());
    sitting.ok_or_else(|| Refused::new(code, "no jury is sitting"))
}
