//! Stages: entered where the outcome before leads, ended as their entries say. Knows nothing of how
//! a jury or a vote came to its end.

use super::proposal::{Proposal, Stage};
use super::{Follow, Here, Replay};
use crate::entry::{Ending, Event, Outcome, Recourse, StageKind};
use crate::finding::{Code, Refused, need};
use crate::rules::{Effect, Next, StageParameters, Voters};

impl Proposal {
    /// The ways a recourse stage still offers; none if the charter is not known.
    fn ways(&self) -> Option<Vec<Recourse>> {
        match &self.rules()?.kind {
            StageParameters::Recourse { ways, .. } => {
                Some(ways.keys().copied().filter(|way| !self.used.contains(way)).collect())
            }
            StageParameters::Cosign { .. }
            | StageParameters::Jury { .. }
            | StageParameters::Wait { .. }
            | StageParameters::Vote { .. }
            | StageParameters::Consensus { .. }
            | StageParameters::Objection { .. }
            | StageParameters::Pledge { .. } => None,
        }
    }

    /// How the running stage ends at this moment; none if it is not over.
    fn expected(&self, at: u64) -> Option<Outcome> {
        let stage = self.stage.as_ref()?;
        let over = at >= stage.until;
        match stage.kind {
            StageKind::Cosign if self.is_ready() => Some(Outcome::Pass),
            StageKind::Cosign => over.then_some(Outcome::Lapsed),
            StageKind::Jury => stage.verdict.map(crate::entry::Verdict::outcome),
            StageKind::Recourse => {
                let no_way = self.ways().is_some_and(|ways| ways.is_empty());
                (over || stage.accepted || no_way).then_some(Outcome::Lapsed)
            }
            StageKind::Wait => over.then_some(Outcome::Pass),
            StageKind::Vote | StageKind::Consensus | StageKind::Objection | StageKind::Pledge => {
                self.asked_ends(stage, at)
            }
        }
    }

    /// Whether this outcome is one that only the charter could tell to be wrong, and nobody read it.
    fn is_beyond_knowledge(&self, outcome: Outcome, at: u64) -> bool {
        let Some(stage) = self.stage.as_ref().filter(|_| self.process.is_none()) else {
            return false;
        };
        let over = at >= stage.until;
        match stage.kind {
            StageKind::Cosign => outcome == Outcome::Pass,
            StageKind::Consensus => over && stage.kind.ends_in(outcome),
            StageKind::Objection => over || outcome == Outcome::Fail,
            StageKind::Jury
            | StageKind::Recourse
            | StageKind::Wait
            | StageKind::Vote
            | StageKind::Pledge => false,
        }
    }
}

impl Replay<'_> {
    pub(super) fn on_stage_entered(
        &mut self,
        it: &mut Proposal,
        here: Here,
        event: &Event,
    ) -> Result<(), Refused> {
        let Event::StageEntered { stage: id, kind, until, .. } = event else { return Ok(()) };
        if let Some(leads) = &it.leads {
            let right = *leads == Next::Stage(id.clone());
            need(right, Code::OutcomeWrong, format_args!("{leads:?} comes next"))?;
        }
        it.steps += 1;
        it.leads = None;
        it.stage = Some(Stage {
            id: id.clone(),
            kind: *kind,
            until: *until,
            drawn: false,
            attempt: 0,
            call: None,
            sitting: None,
            verdict: None,
            accepted: false,
            asked: None,
        });
        if let Some(rules) = it.rules() {
            let lasts_ms = rules.kind.lasts_ms();
            let ends = if lasts_ms == 0 { 0 } else { here.at.saturating_add(lasts_ms) };
            let same = (*kind, *until) == (rules.kind.kind(), ends);
            need(same, Code::CharterMismatch, "another kind or deadline than the charter's")?;
        }
        self.begin(it, here, *kind, *until);
        Ok(())
    }

    /// What a stage begins with, and what must follow at once.
    fn begin(&mut self, it: &mut Proposal, here: Here, kind: StageKind, until: u64) {
        let drawn = match it.rules().map(|rules| &rules.kind) {
            Some(StageParameters::Vote { who, .. }) => matches!(who, Voters::Drawn(_)),
            Some(_) => kind == StageKind::Jury,
            None => kind == StageKind::Jury || (kind == StageKind::Vote && until == 0),
        };
        if let Some(stage) = &mut it.stage {
            stage.drawn = drawn;
        }
        let no_way = it.ways().is_some_and(|ways| ways.is_empty());
        match kind {
            StageKind::Jury => {}
            StageKind::Vote | StageKind::Consensus | StageKind::Objection | StageKind::Pledge => {
                self.begin_asking(it, here);
            }
            StageKind::Cosign if it.is_ready() => {
                self.must_follow(it.number, &[Follow::StageEnded]);
            }
            StageKind::Recourse if no_way => self.must_follow(it.number, &[Follow::StageEnded]),
            StageKind::Cosign | StageKind::Recourse | StageKind::Wait => {}
        }
        if drawn {
            self.must_follow(it.number, &[Follow::DrawCalled]);
        }
    }

    pub(super) fn on_stage_ended(
        &mut self,
        it: &mut Proposal,
        here: Here,
        outcome: Outcome,
    ) -> Result<(), Refused> {
        let kind = it.running(Code::RuleBroken)?.kind;
        if let (StageKind::Cosign, Outcome::Pass, Some(needed)) = (kind, outcome, it.needed()) {
            let text = format!("{} of {needed} co-signatures", it.cosigners.len());
            need(it.cosigners.len() >= needed, Code::CosignShort, &text)?;
        }
        if !it.is_beyond_knowledge(outcome, here.at) {
            let expected = it.expected(here.at);
            let text = match expected {
                Some(expected) => format!("the stage ends {}", expected.word()),
                None => "the stage is not over".to_owned(),
            };
            need(expected == Some(outcome), Code::OutcomeWrong, &text)?;
        }
        let next = it.rules().and_then(|rules| rules.next.get(&outcome).cloned());
        it.stage = None;
        if kind.judges() || kind == StageKind::Objection {
            it.last_said = Some(outcome);
        }
        if kind.judges() {
            it.approved = (outcome == Outcome::Pass).then_some(it.version);
        }
        let follows = self.follows(it, next.as_ref());
        it.leads = next;
        self.must_follow(it.number, follows);
        Ok(())
    }

    /// What must stand next, where the outcome leads there.
    fn follows(&self, it: &mut Proposal, next: Option<&Next>) -> &'static [Follow] {
        match next {
            Some(Next::Stage(_)) => &[Follow::StageEntered],
            Some(Next::Effect(Effect::Broadcast)) => &[Follow::BroadcastOrdered],
            Some(Next::Effect(Effect::Admit)) => &[Follow::MemberAdmitted],
            Some(Next::Effect(Effect::Record)) => &[Follow::DecisionRecorded],
            Some(Next::Effect(Effect::Amend)) => &[Follow::CharterAmended],
            Some(Next::Effect(Effect::Action)) => &[Follow::ActionCalled],
            Some(Next::Effect(Effect::Recall)) if self.is_recalled(it) => {
                &[Follow::BroadcastOrdered]
            }
            Some(Next::Effect(Effect::Recall)) => &[Follow::BroadcastRecalled],
            Some(Next::Effect(Effect::Remove)) => {
                let gone = it.would_remove().is_some_and(|slot| self.roll.is_gone(slot));
                if !gone {
                    return &[Follow::MemberRemoved];
                }
                it.ending = Some(Ending::Done);
                &[Follow::ProposalClosed]
            }
            Some(Next::End) => {
                it.ending = Some(match it.last_said {
                    Some(Outcome::Fail) => Ending::Declined,
                    Some(Outcome::Undecided) => Ending::Undecided,
                    Some(Outcome::Pass | Outcome::Lapsed) | None => Ending::Lapsed,
                });
                &[Follow::ProposalClosed]
            }
            None => &[
                Follow::StageEntered,
                Follow::BroadcastOrdered,
                Follow::BroadcastRecalled,
                Follow::MemberAdmitted,
                Follow::MemberRemoved,
                Follow::CharterAmended,
                Follow::ActionCalled,
                Follow::DecisionRecorded,
                Follow::ProposalClosed,
            ],
        }
    }

    pub(super) fn on_reminder(it: &Proposal, nth: u64) -> Result<(), Refused> {
        // Seats of a jury that are called later are reminded later: there the list says when, not how often.
        let has = it.rules().is_none_or(|rules| match rules.kind {
            StageParameters::Jury { .. } => rules.reminders > 0,
            StageParameters::Cosign { .. }
            | StageParameters::Recourse { .. }
            | StageParameters::Wait { .. }
            | StageParameters::Vote { .. }
            | StageParameters::Consensus { .. }
            | StageParameters::Objection { .. }
            | StageParameters::Pledge { .. } => nth < rules.reminders,
        });
        need(has, Code::RuleBroken, "the charter has no such reminder")
    }

    pub(super) fn on_recourse(
        &mut self,
        it: &mut Proposal,
        here: Here,
        by: u32,
        choice: Recourse,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        need(by == it.author, code, "only the author may")?;
        let open = it.runs(StageKind::Recourse) && here.at < it.running(code)?.until;
        need(open, code, "there is no recourse now")?;
        let offered = match it.ways() {
            Some(ways) => ways.contains(&choice),
            None => !it.used.contains(&choice),
        };
        let may = choice == Recourse::Accept || offered;
        need(may, code, format_args!("{} is not open any more", choice.word()))?;
        it.used.insert(choice);
        if choice == Recourse::Accept {
            it.running(code)?.accepted = true;
            self.must_follow(it.number, &[Follow::StageEnded]);
            return Ok(());
        }
        let ways = match it.rules().map(|rules| &rules.kind) {
            Some(StageParameters::Recourse { ways, .. }) => Some(ways),
            Some(_) | None => None,
        };
        it.leads = ways.and_then(|ways| ways.get(&choice)).map(|id| Next::Stage(id.clone()));
        it.stage = None;
        it.revising = choice == Recourse::Revise;
        let follows: &'static [Follow] =
            if it.revising { &[Follow::VersionPosted] } else { &[Follow::StageEntered] };
        self.must_follow(it.number, follows);
        Ok(())
    }

    pub(super) fn on_closed(
        &mut self,
        it: &Proposal,
        here: Here,
        ending: Ending,
    ) -> Result<(), Refused> {
        let code = Code::OutcomeWrong;
        if let Some(expected) = it.ending {
            let text = format!("the proposal ends {}", expected.word());
            need(ending == expected, code, &text)?;
        } else {
            need(it.process.is_none(), code, "the proposal does not end here")?;
        }
        self.turned_down.note(it, here.at, ending);
        Ok(())
    }
}
