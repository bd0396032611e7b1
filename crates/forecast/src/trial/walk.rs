//! One past case through the process of another charter: along every way it could go, with its chance. Knows nothing of how a stage
//! decides.

use mic_engine::charter::{Charter, Id, Next, Outcome, Process, Rule};
use mic_engine::event::Ending;
use mic_engine::ids::LogTime;

use super::STEPS_MAX;
use super::answer::{Unknown, Why, Would};
use super::facts::{Case, End, Seen, StepFact};
use super::steps::{self, Entry, Go};
use crate::number::real;

/// Where the case would stand on its way.
#[derive(Clone)]
struct At {
    stage: Id,
    at: LogTime,
    chance: f64,
    summoned: f64,
    /// Which steps of the case were matched with a stage already.
    used: [bool; STEPS_MAX],
    /// The last outcome of a stage that judges: it names the ending.
    judged: Option<Outcome>,
}

struct Walk<'w> {
    charter: &'w Charter,
    process: &'w Process,
    case: &'w Case,
    ends: Vec<(End, f64)>,
    unknown: Vec<(Unknown, f64)>,
    summoned: f64,
    length: f64,
    why: Vec<Why>,
}

pub(super) fn walk(charter: &Charter, case: &Case) -> Would {
    let none =
        |why| Would { ends: Vec::new(), unknown: None, summoned: 0.0, length: 0.0, why: vec![why] };
    let Some(process) = charter.processes.get(&case.process) else { return none(Why::NoProcess) };
    if !process.audiences.contains(&case.audience) {
        return none(Why::NoAudience);
    }
    let mut walk = Walk {
        charter,
        process,
        case,
        ends: Vec::new(),
        unknown: Vec::new(),
        summoned: 0.0,
        length: 0.0,
        why: Vec::new(),
    };
    walk.enter(At {
        stage: process.first.clone(),
        at: case.opened_at,
        chance: 1.0,
        summoned: 0.0,
        used: [false; STEPS_MAX],
        judged: None,
    });
    walk.finish()
}

impl Walk<'_> {
    /// Goes on from a stage. It ends: arrows lead back only from a recourse, and each of its ways is matched with a step of the case that was
    /// used for it, of which there are at most [`STEPS_MAX`].
    fn enter(&mut self, mut here: At) {
        let Some(stage) = self.process.stage(&here.stage) else { return };
        let found = self.fact(&here.stage, &stage.rule, &here.used);
        let fact = found.map(|place| {
            here.used[place] = true;
            &self.case.steps[place]
        });
        if let Some(fact) = fact.filter(|fact| self.was_withdrawn_in(fact)) {
            here.at = here.at.after(fact.ended_at.since(fact.entered_at));
            here.summoned += f64::from(fact.seen.summoned());
            return self.end(&here, Ending::Withdrawn, None);
        }
        let entry = Entry {
            id: &here.stage,
            rule: &stage.rule,
            roll: self.case.roll,
            clock: self.charter.clock,
            at: here.at,
        };
        for branch in steps::branches(&entry, fact, &mut self.why) {
            let mut next = here.clone();
            next.chance *= branch.chance;
            next.at = here.at.after(branch.takes);
            next.summoned += branch.summoned;
            if self.was_withdrawn_by(next.at) && !matches!(branch.go, Go::Unknown(_)) {
                next.at = self.case.closed_at;
                self.end(&next, Ending::Withdrawn, None);
                continue;
            }
            match branch.go {
                Go::Unknown(reason) => self.give_up(&next, reason),
                Go::Revise(to) | Go::Appeal(to) => self.enter(At { stage: to, ..next }),
                Go::Outcome(outcome) => {
                    if judges(&stage.rule) {
                        next.judged = Some(outcome);
                    }
                    match stage.rule.next(outcome) {
                        Some(Next::Stage(to)) => self.enter(At { stage: to.clone(), ..next }),
                        Some(Next::Effect(effect)) => self.end(&next, Ending::Done, Some(*effect)),
                        Some(Next::End) | None => self.end(&next, ending(next.judged), None),
                    }
                }
            }
        }
    }

    /// The step of the case that tells about a stage: the next one of that name and kind, else the next one of that kind whose name is
    /// gone from the process, as if it had been renamed.
    fn fact(&self, stage: &Id, rule: &Rule, used: &[bool; STEPS_MAX]) -> Option<usize> {
        let steps = || {
            let free = self.case.steps.iter().take(STEPS_MAX).enumerate();
            free.filter(|(place, step)| !used[*place] && is_of(rule, &step.seen))
        };
        let named = steps().find(|(_, step)| step.stage == *stage);
        let renamed = || steps().find(|(_, step)| self.process.stage(&step.stage).is_none());
        named.or_else(renamed).map(|(place, _)| place)
    }

    fn was_withdrawn_in(&self, fact: &StepFact) -> bool {
        let withdrawn = self.case.end.is_some_and(|end| end.ending == Ending::Withdrawn);
        let last = self.case.steps.last().is_some_and(|last| std::ptr::eq(last, fact));
        withdrawn && last && fact.outcome.is_none() && !matches!(fact.seen, Seen::Cosign { .. })
    }

    /// Whether the author had withdrawn it by then.
    fn was_withdrawn_by(&self, at: LogTime) -> bool {
        let withdrawn = self.case.end.is_some_and(|end| end.ending == Ending::Withdrawn);
        withdrawn && at >= self.case.closed_at
    }

    fn end(&mut self, at: &At, ending: Ending, effect: Option<mic_engine::charter::EffectKind>) {
        let end = End { ending, effect };
        match self.ends.iter_mut().find(|(other, _)| *other == end) {
            Some((_, chance)) => *chance += at.chance,
            None => self.ends.push((end, at.chance)),
        }
        let straight = !self.why.iter().any(|why| matches!(why, Why::Outcome { .. }));
        if straight {
            for (step, used) in self.case.steps.iter().zip(at.used) {
                if !used {
                    self.why.push(Why::Dropped { stage: step.stage.clone() });
                }
            }
        }
        self.weigh(at);
    }

    fn give_up(&mut self, at: &At, reason: Unknown) {
        match self.unknown.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, chance)) => *chance += at.chance,
            None => self.unknown.push((reason, at.chance)),
        }
        self.weigh(at);
    }

    fn weigh(&mut self, at: &At) {
        self.summoned += at.chance * at.summoned;
        self.length += at.chance * real(at.at.since(self.case.opened_at).0);
    }

    fn finish(mut self) -> Would {
        self.ends.sort_by(|a, b| b.1.total_cmp(&a.1));
        self.unknown.sort_by(|a, b| b.1.total_cmp(&a.1));
        let chance = self.unknown.iter().map(|(_, chance)| chance).sum();
        let mut why: Vec<Why> = Vec::with_capacity(self.why.len());
        for reason in self.why {
            if !why.contains(&reason) {
                why.push(reason);
            }
        }
        Would {
            ends: self.ends,
            unknown: self.unknown.into_iter().next().map(|(reason, _)| (reason, chance)),
            summoned: self.summoned,
            length: self.length,
            why,
        }
    }
}

/// The ending that spec/charter.md names ("Ends").
fn ending(judged: Option<Outcome>) -> Ending {
    match judged {
        Some(Outcome::Fail) => Ending::Declined,
        Some(Outcome::Undecided) => Ending::Undecided,
        Some(Outcome::Pass | Outcome::Lapsed) | None => Ending::Lapsed,
    }
}

fn judges(rule: &Rule) -> bool {
    match rule {
        Rule::Jury(_) | Rule::Vote(_) | Rule::Consensus(_) | Rule::Objection(_) => true,
        Rule::Cosign(_) | Rule::Recourse(_) | Rule::Wait(_) | Rule::Pledge(_) => false,
    }
}

fn is_of(rule: &Rule, seen: &Seen) -> bool {
    match (rule, seen) {
        (Rule::Cosign(_), Seen::Cosign { .. })
        | (Rule::Jury(_), Seen::Jury(_))
        | (Rule::Recourse(_), Seen::Recourse { .. })
        | (Rule::Wait(_), Seen::Wait)
        | (Rule::Vote(_), Seen::Vote(_))
        | (Rule::Consensus(_), Seen::Consensus { .. })
        | (Rule::Objection(_), Seen::Objection { .. })
        | (Rule::Pledge(_), Seen::Pledge { .. }) => true,
        (
            Rule::Cosign(_)
            | Rule::Jury(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Vote(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_),
            _,
        ) => false,
    }
}
