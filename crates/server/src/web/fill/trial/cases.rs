//! A past case as the journal tells it, for the trial run. Knows no rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use mic_engine::charter::{Charter, EffectKind, Id, JuryTerms, Method, Rule, Voters};
use mic_engine::event::{Actor, Ending, Event, Lead, Position, StageKind, Subject};
use mic_engine::ids::{LogTime, ProposalNumber, Slot, Span, Step};
use mic_engine::node::View;
use mic_forecast::trial::{Case, End, JuryFact, RoundFact, Seen, StepFact, VoteFact};
use mic_store::Store;
use mic_store::contract::Fault;

use super::super::amendment;
use super::super::history::{Line, lines};

/// The case; `None` where the journal has no beginning of it.
pub(super) fn case(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
) -> Result<Option<Case>, Fault> {
    let lines = lines(store, view, number)?;
    let mut story = Story::default();
    for line in &lines {
        if let Event::Opened(opened) = &line.entry.event {
            story.charter = amendment::charter(store, view, &opened.charter)?;
            story.options = match opened.subject {
                Some(Subject::Number(number)) => number,
                Some(Subject::Charter(_)) | None => 0,
            };
        }
        story.take(line);
    }
    Ok(story.case)
}

/// What was read so far.
#[derive(Default)]
struct Story {
    case: Option<Case>,
    /// Who co-signed the version that stands, and when.
    cosigned: BTreeMap<Slot, LogTime>,
    step: Option<Step>,
    /// Seats of the round that sits.
    seats: u32,
    effect: Option<EffectKind>,
    /// Where members stand in the stage that runs, and who objects.
    positions: BTreeMap<Slot, Position>,
    objections: BTreeMap<Slot, LogTime>,
    /// How many options the text lists.
    options: u32,
    /// The rules it began under; `None` where their text is gone.
    charter: Option<Arc<Charter>>,
}

impl Story {
    fn take(&mut self, line: &Line) {
        let at = line.entry.at;
        match &line.entry.event {
            Event::Opened(opened) => {
                self.case = Some(Case {
                    proposal: opened.proposal,
                    process: opened.process.clone(),
                    audience: opened.audience,
                    opened_at: at,
                    roll: opened.roll,
                    end: None,
                    closed_at: at,
                    steps: Vec::new(),
                });
            }
            Event::VersionPosted { .. } => {
                self.cosigned.clear();
                self.positions.clear();
            }
            Event::Cosigned { .. } => {
                if let Actor::Member(slot) = line.entry.actor {
                    self.cosigned.insert(slot, at);
                }
            }
            Event::CosignWithdrawn { .. } => {
                if let Actor::Member(slot) = line.entry.actor {
                    self.cosigned.remove(&slot);
                }
            }
            Event::StageEntered(entered) => {
                self.step = Some(entered.step);
                self.positions.clear();
                self.objections.clear();
                let seen = self.entered(entered.kind, &entered.stage);
                if let Some(case) = &mut self.case {
                    case.steps.push(StepFact {
                        stage: entered.stage.clone(),
                        entered_at: at,
                        ended_at: at,
                        outcome: None,
                        seen,
                    });
                }
            }
            Event::RecourseTaken { choice, .. } => self.last(|step| {
                step.ended_at = at;
                step.seen = Seen::Recourse { choice: Some(*choice) };
            }),
            Event::StageEnded { outcome, .. } => {
                let given: Vec<LogTime> = self.given();
                self.last(|step| {
                    step.ended_at = at;
                    step.outcome = Some(*outcome);
                    if let Seen::Cosign { given: known } = &mut step.seen {
                        *known = given;
                    }
                });
            }
            Event::BroadcastOrdered(_) => self.effect = Some(EffectKind::Broadcast),
            Event::DecisionRecorded { .. } => self.effect = Some(EffectKind::Record),
            Event::Admitted { .. } => self.effect = Some(EffectKind::Admit),
            Event::Removed { .. } => self.effect = Some(EffectKind::Remove),
            Event::BroadcastRecalled { .. } => self.effect = Some(EffectKind::Recall),
            Event::CharterAmended { .. } => self.effect = Some(EffectKind::Amend),
            Event::ActionCalled { .. } => self.effect = Some(EffectKind::Action),
            Event::Closed { ending, .. } => self.close(at, *ending),
            other => {
                self.jury(at, other);
                self.asked(at, line.entry.actor, other);
            }
        }
    }

    /// What is known of a stage when it begins; its own rules say how it is counted.
    fn entered(&self, kind: StageKind, stage: &Id) -> Seen {
        let process = self.case.as_ref().map(|case| &case.process);
        let rules = process.and_then(|process| self.charter.as_ref()?.processes.get(process));
        let rule = rules.and_then(|rules| rules.stage(stage)).map(|stage| &stage.rule);
        match kind {
            StageKind::Cosign => Seen::Cosign { given: Vec::new() },
            StageKind::Jury => Seen::Jury(uncalled()),
            StageKind::Recourse => Seen::Recourse { choice: None },
            StageKind::Wait => Seen::Wait,
            StageKind::Vote => {
                let (drawn, method) = match rule {
                    Some(Rule::Vote(vote)) => (matches!(vote.who, Voters::Drawn(_)), vote.method),
                    _ => (false, Method::Approval),
                };
                Seen::Vote(VoteFact {
                    drawn,
                    method,
                    options: self.options,
                    eligible: 0,
                    cast: 0,
                    totals: Vec::new(),
                    winners: Vec::new(),
                })
            }
            StageKind::Consensus => Seen::Consensus { eligible: 0, agree: 0, aside: 0, block: 0 },
            StageKind::Objection => Seen::Objection { raised: Vec::new() },
            StageKind::Pledge => {
                let at_least = match rule {
                    Some(Rule::Pledge(pledge)) => pledge.at_least,
                    _ => u32::MAX,
                };
                Seen::Pledge { woken: None, at_least }
            }
        }
    }

    /// What everybody was asked.
    fn asked(&mut self, at: LogTime, actor: Actor, event: &Event) {
        let Actor::Member(slot) = actor else {
            match event {
                Event::VoteClosed(closed) => self.last(|step| {
                    if let Seen::Vote(vote) = &mut step.seen {
                        vote.eligible = u64::from(closed.eligible);
                        vote.cast = u64::from(closed.cast);
                        vote.totals.clone_from(&closed.totals);
                        vote.winners.clone_from(&closed.winners);
                    }
                }),
                Event::PledgeWoken(woken) => self.last(|step| {
                    if let Seen::Pledge { woken: known, .. } = &mut step.seen {
                        *known = Some(woken.count);
                    }
                }),
                _ => {}
            }
            return;
        };
        match event {
            Event::PositionTaken(taken) => {
                self.positions.insert(slot, taken.position);
            }
            Event::ObjectionRaised { .. } => {
                self.objections.insert(slot, at);
            }
            Event::ObjectionWithdrawn { .. } => {
                self.objections.remove(&slot);
            }
            _ => {}
        }
        let count = |wanted: Position| {
            let same = self.positions.values().filter(|position| **position == wanted);
            u64::from(small(same.count()))
        };
        let (agree, aside, block) =
            (count(Position::Agree), count(Position::Aside), count(Position::Block));
        // Who has left since is still counted as asked; the journal of one proposal does not say it.
        let roll = self.case.as_ref().map_or(0, |case| u64::from(case.roll));
        let mut raised: Vec<LogTime> = self.objections.values().copied().collect();
        raised.sort_unstable();
        self.last(|step| match &mut step.seen {
            Seen::Consensus { eligible, agree: agreed, aside: stood, block: blocked } => {
                (*eligible, *agreed, *stood, *blocked) = (roll, agree, aside, block);
            }
            Seen::Objection { raised: known } => *known = raised,
            Seen::Cosign { .. }
            | Seen::Jury(_)
            | Seen::Recourse { .. }
            | Seen::Wait
            | Seen::Vote(_)
            | Seen::Pledge { .. } => {}
        });
    }

    fn jury(&mut self, at: LogTime, event: &Event) {
        let mut seats = self.seats;
        self.last(|step| {
            let Seen::Jury(jury) = &mut step.seen else { return };
            match event {
                Event::DrawCalled(call) => {
                    let (seats, quorum, then) = (call.seats, call.quorum, call.then);
                    jury.terms = match call.lead {
                        Some(Lead { lead, cap }) => {
                            JuryTerms::Stepwise { seats, quorum, then, lead, cap }
                        }
                        None => JuryTerms::Fixed { seats, agree: call.agree, quorum, then },
                    };
                    jury.window = call.window;
                    jury.eligible = call.roll.saturating_sub(call.excluded);
                    jury.slot_at = call.slot_at;
                }
                Event::DrawMade(made) => {
                    jury.drawn_at = Some(at);
                    seats = small(made.seated.len());
                }
                Event::SeatsCalled(called) => jury.replaced += small(called.seated.len()),
                Event::JuryExtended(extended) => jury.replaced += small(extended.seated.len()),
                Event::JuryGrown(grown) => {
                    // Yes and no of the sealed round are known at the close.
                    jury.rounds.push(RoundFact { seats, yes: 0, no: 0, closed_at: at });
                    seats = small(grown.seated.len());
                }
                Event::JuryClosed(closed) => {
                    jury.rounds.push(RoundFact { seats, yes: 0, no: 0, closed_at: at });
                    for (round, ballots) in jury.rounds.iter_mut().zip(&closed.rounds) {
                        let yes = ballots.iter().filter(|ballot| ballot.yes).count();
                        round.yes = small(yes);
                        round.no = small(ballots.len() - yes);
                    }
                }
                _ => {}
            }
        });
        self.seats = seats;
    }

    fn close(&mut self, at: LogTime, ending: Ending) {
        let (effect, given) = (self.effect, self.given());
        if let Some(case) = &mut self.case {
            case.closed_at = at;
            case.end = Some(End { ending, effect });
            if let Some(step) = case.steps.last_mut()
                && step.outcome.is_none()
                && ending == Ending::Withdrawn
            {
                step.ended_at = at;
                if let Seen::Cosign { given: known } = &mut step.seen {
                    *known = given;
                }
            }
        }
    }

    fn given(&self) -> Vec<LogTime> {
        let mut given: Vec<LogTime> = self.cosigned.values().copied().collect();
        given.sort_unstable();
        given
    }

    fn last(&mut self, change: impl FnOnce(&mut StepFact)) {
        if let Some(step) = self.case.as_mut().and_then(|case| case.steps.last_mut()) {
            change(step);
        }
    }
}

/// A jury before its call.
fn uncalled() -> JuryFact {
    JuryFact {
        terms: JuryTerms::Everyone,
        window: Span(0),
        eligible: 0,
        slot_at: LogTime(0),
        drawn_at: None,
        replaced: 0,
        rounds: Vec::new(),
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
