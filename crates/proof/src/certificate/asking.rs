//! Votes, consensus and pledges in a certificate. Who handed in what is not in it, so that only the
//! closing entries, and positions that all could see, are checked. Knows nothing of charters.

use super::replay::{Replay, Stage};
use crate::count;
use crate::entry::{Entry, Event, Outcome, Position, StageKind, Verdict, VoteClosed};
use crate::finding::{Code, Refused, need};

impl Stage {
    /// Whether its entries allow it to end so, which is one of the outcomes of its kind.
    pub(super) fn can_end(&self, outcome: Outcome) -> bool {
        let pass = outcome == Outcome::Pass;
        match self.kind {
            StageKind::Jury => self.verdict.map(Verdict::outcome) == Some(outcome),
            StageKind::Vote => {
                let closed = self.closed.map(Outcome::from);
                closed.or(self.verdict.map(Verdict::outcome)) == Some(outcome)
            }
            StageKind::Consensus => {
                !pass || self.positions.values().any(|position| *position == Position::Agree)
            }
            StageKind::Pledge => !pass || self.woken,
            StageKind::Cosign | StageKind::Recourse | StageKind::Wait | StageKind::Objection => {
                true
            }
        }
    }
}

impl Replay<'_> {
    pub(super) fn close_vote(&mut self, at: u64, closed: &VoteClosed) -> Result<(), Refused> {
        let stage = self.running()?;
        let open = stage.kind == StageKind::Vote
            && stage.closed.is_none()
            && stage.verdict.is_none()
            && stage.until > 0;
        let code = Code::RuleBroken;
        need(open && at >= stage.until, code, "no vote is over here")?;
        let fits = closed.cast <= closed.eligible
            && (!stage.drawn || stage.seated == Some(closed.eligible));
        need(fits, Code::BallotCount, "more voted than were asked, or others were asked")?;
        if closed.outcome == count::Outcome::Pass {
            let most = match closed.totals[..] {
                [yes, no] => yes > no,
                _ => false,
            };
            let won = closed.cast > 0 && (!closed.winners.is_empty() || most);
            need(won, Code::VerdictWrong, "a vote that nobody won does not pass")?;
        }
        stage.closed = Some(closed.outcome);
        Ok(())
    }

    pub(super) fn take_position(&mut self, entry: &Entry) -> Result<(), Refused> {
        let Event::PositionTaken { by, version, position, .. } = &entry.event else {
            return Ok(());
        };
        let proposal = self.proposal_mut()?;
        let current = *version == proposal.version && *by < proposal.roll;
        let stage = self.running()?;
        let open = stage.kind == StageKind::Consensus && entry.at < stage.until;
        need(open && current, Code::RuleBroken, "not a position that can be taken here")?;
        stage.positions.insert(*by, *position);
        Ok(())
    }

    pub(super) fn wake(&mut self) -> Result<(), Refused> {
        let stage = self.running()?;
        let open = stage.kind == StageKind::Pledge && !stage.woken;
        need(open, Code::RuleBroken, "nothing wakes here")?;
        stage.woken = true;
        Ok(())
    }
}
