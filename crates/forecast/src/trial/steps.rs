//! One stage under new rules, with what is known of it from the old ones: which ways it can go, with which chance, how long it takes, and
//! how many people it calls. Knows nothing of the way as a whole.

use mic_engine::charter::{
    Clock, Consensus, Cosign, Id, Jury, JuryTerms, Objection, Outcome, Pledge, Recourse, Rule,
    SEATS_MAX, Vote, Voters, size,
};
use mic_engine::event::RecourseChoice;
use mic_engine::ids::{LogTime, Span};
use mic_proof::count::{self, Counted, Method, Positions};

use super::answer::{Unknown, Why};
use super::ballots::{self, Part};
use super::facts::{JuryFact, Seen, StepFact, VoteFact};
use crate::number::real;

/// A way a stage can go.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Branch {
    pub(super) chance: f64,
    pub(super) go: Go,
    pub(super) takes: Span,
    pub(super) summoned: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Go {
    Outcome(Outcome),
    Revise(Id),
    Appeal(Id),
    Unknown(Unknown),
}

/// A stage about to be entered.
pub(super) struct Entry<'w> {
    pub(super) id: &'w Id,
    pub(super) rule: &'w Rule,
    pub(super) roll: u32,
    pub(super) clock: Clock,
    pub(super) at: LogTime,
}

/// The ways of a stage; `why` learns where it parts from what was.
pub(super) fn branches(entry: &Entry, fact: Option<&StepFact>, why: &mut Vec<Why>) -> Vec<Branch> {
    let stage = || entry.id.clone();
    let Some(fact) = fact else {
        why.push(Why::Added { stage: stage() });
        return vec![unasked(entry)];
    };
    let branches = match (entry.rule, &fact.seen) {
        (Rule::Cosign(rule), Seen::Cosign { given }) => vec![cosign(entry, rule, fact, given, why)],
        (Rule::Jury(rule), Seen::Jury(jury)) => self::jury(entry, rule, fact, jury, why),
        (Rule::Recourse(rule), Seen::Recourse { choice }) => {
            vec![recourse(entry, rule, fact, *choice)]
        }
        (Rule::Wait(rule), Seen::Wait) => vec![sure(Outcome::Pass, rule.duration)],
        (Rule::Vote(rule), Seen::Vote(vote)) => self::vote(entry, rule, vote),
        (Rule::Consensus(rule), Seen::Consensus { eligible, agree, aside, block }) => {
            let positions = Positions { agree: *agree, aside: *aside, block: *block };
            vec![consensus(rule, positions, *eligible)]
        }
        (Rule::Objection(rule), Seen::Objection { raised }) => {
            vec![objection(entry, rule, fact, raised)]
        }
        (Rule::Pledge(rule), Seen::Pledge { woken, at_least }) => {
            vec![pledge(entry, rule, fact, *woken, *at_least)]
        }
        // Facts are matched by kind before; another pair cannot be, and would say nothing.
        _ => vec![unasked(entry)],
    };
    for branch in &branches {
        match branch.go {
            Go::Outcome(would) if Some(would) != fact.outcome => {
                if !matches!(entry.rule, Rule::Cosign(_) | Rule::Jury(_)) {
                    why.push(Why::Rule { stage: stage() });
                }
                why.push(Why::Outcome { stage: stage(), would });
            }
            Go::Outcome(_) | Go::Revise(_) | Go::Appeal(_) | Go::Unknown(_) => {}
        }
    }
    branches
}

/// A stage that the case never stood in: only waiting can be foreseen.
fn unasked(entry: &Entry) -> Branch {
    let stage = entry.id.clone();
    match entry.rule {
        Rule::Wait(rule) => sure(Outcome::Pass, rule.duration),
        Rule::Cosign(rule) => {
            let count = size::for_roll(&rule.needed, entry.roll).copied().unwrap_or(1);
            unknown(Unknown::MoreCosigners { stage, count }, 0.0)
        }
        Rule::Jury(rule) => {
            let count = match rule.terms(entry.roll) {
                JuryTerms::Everyone => entry.roll.min(SEATS_MAX),
                JuryTerms::Fixed { seats, .. } | JuryTerms::Stepwise { seats, .. } => seats,
            };
            unknown(Unknown::NeverAsked { stage, count }, f64::from(count))
        }
        Rule::Vote(Vote { who: Voters::Drawn(assembly), .. }) => {
            let count = assembly.seats(entry.roll);
            unknown(Unknown::NeverAsked { stage, count }, f64::from(count))
        }
        Rule::Recourse(_) => unknown(Unknown::Author { stage }, 0.0),
        Rule::Vote(_) | Rule::Consensus(_) | Rule::Objection(_) | Rule::Pledge(_) => {
            unknown(Unknown::NobodyAsked { stage }, 0.0)
        }
    }
}

fn cosign(
    entry: &Entry,
    rule: &Cosign,
    fact: &StepFact,
    given: &[LogTime],
    why: &mut Vec<Why>,
) -> Branch {
    let stage = entry.id.clone();
    let would = size::for_roll(&rule.needed, entry.roll).copied().unwrap_or(1);
    let was = u32::try_from(given.len()).unwrap_or(u32::MAX);
    let passed = fact.outcome == Some(Outcome::Pass);
    if passed != (would <= was) || (passed && would != was) {
        why.push(Why::Cosigners { stage: stage.clone(), was, would });
    }
    let last = usize::try_from(would).ok().and_then(|would| given.get(would.checked_sub(1)?));
    match last {
        Some(last) => {
            let takes = last.since(fact.entered_at);
            if takes < rule.duration {
                sure(Outcome::Pass, takes)
            } else {
                sure(Outcome::Lapsed, rule.duration)
            }
        }
        // It stopped as soon as it had enough: nobody else was asked.
        None if passed => unknown(Unknown::MoreCosigners { stage, count: would - was }, 0.0),
        None => sure(Outcome::Lapsed, rule.duration),
    }
}

fn jury(
    entry: &Entry,
    rule: &Jury,
    fact: &StepFact,
    jury: &JuryFact,
    why: &mut Vec<Why>,
) -> Vec<Branch> {
    let terms = match rule.terms(entry.roll) {
        JuryTerms::Everyone => everybody(jury.eligible),
        terms @ (JuryTerms::Fixed { .. } | JuryTerms::Stepwise { .. }) => terms,
    };
    let takes = |rounds| sat(entry, rule, jury, rounds);
    if let (true, Some(outcome)) = (terms == jury.terms, fact.outcome) {
        let rounds = u32::try_from(jury.rounds.len()).unwrap_or(u32::MAX);
        return vec![Branch {
            chance: 1.0,
            go: Go::Outcome(outcome),
            takes: takes(rounds),
            summoned: f64::from(jury.seats() + jury.replaced),
        }];
    }
    tell_difference(entry.id, terms, jury.terms, why);
    let parts = ballots::parts(terms, &jury.rounds, jury.eligible);
    let mut branches: Vec<Branch> = Vec::new();
    for outcome in [Some(Outcome::Pass), Some(Outcome::Fail), Some(Outcome::Undecided), None] {
        let parts: Vec<&Part> = parts.iter().filter(|part| part.outcome == outcome).collect();
        let chance: f64 = parts.iter().map(|part| part.chance).sum();
        if chance <= 0.0 {
            continue;
        }
        let mean = |of: &dyn Fn(&Part) -> f64| {
            parts.iter().map(|part| part.chance * of(part)).sum::<f64>() / chance
        };
        let seats = mean(&|part| f64::from(part.seats));
        let replaced = f64::from(jury.replaced) / f64::from(jury.seats().max(1));
        let takes = mean(&|part| real(takes(part.rounds).0));
        let most = parts.iter().map(|part| part.seats).max().unwrap_or(0);
        let go = outcome.map_or_else(
            || {
                let count = most.saturating_sub(jury.seats());
                Go::Unknown(Unknown::NeverAsked { stage: entry.id.clone(), count })
            },
            Go::Outcome,
        );
        let takes = Span(crate::number::whole(takes));
        branches.push(Branch { chance, go, takes, summoned: seats * (1.0 + replaced) });
    }
    branches
}

fn everybody(eligible: u32) -> JuryTerms {
    let seats = eligible.min(SEATS_MAX);
    JuryTerms::Fixed { seats, agree: seats / 2 + 1, quorum: seats / 2 + 1, then: 0 }
}

fn tell_difference(stage: &Id, would: JuryTerms, was: JuryTerms, why: &mut Vec<Why>) {
    let numbers = |terms| match terms {
        JuryTerms::Everyone => (0, 0),
        JuryTerms::Fixed { seats, agree, .. } => (seats, agree),
        JuryTerms::Stepwise { seats, .. } => (seats, 0),
    };
    let ((was_seats, was_agree), (seats, agree)) = (numbers(was), numbers(would));
    let stage = stage.clone();
    why.push(if was_seats != seats {
        Why::Seats { stage, was: was_seats, would: seats }
    } else if was_agree != agree && was_agree > 0 && agree > 0 {
        Why::Agree { stage, was: was_agree, would: agree }
    } else {
        Why::Rule { stage }
    });
}

/// From entering to the close of this round: the wait for the clock, what the draw took beyond it, and as long as people took to answer. A
/// round that used up its whole time would use up a longer or a shorter one too.
fn sat(entry: &Entry, rule: &Jury, jury: &JuryFact, rounds: u32) -> Span {
    let waits = entry.clock.slot_after(entry.at).since(entry.at);
    let Some(drawn_at) = jury.drawn_at else { return waits };
    let late = drawn_at.since(jury.slot_at);
    let rounds = usize::try_from(rounds).unwrap_or(usize::MAX).max(1);
    let last = jury.rounds.get(rounds - 1).or(jury.rounds.last());
    let sat = last.map_or(Span(0), |round| round.closed_at.since(drawn_at));
    let known = u64::try_from(rounds.min(jury.rounds.len().max(1))).unwrap_or(1);
    let (was, would) = (jury.window.0 * known, rule.window.0 * known);
    let sat = if sat.0 < was { sat.0.min(would) } else { would.max(sat.0.saturating_sub(was)) };
    Span(waits.0 + late.0 + sat)
}

fn recourse(
    entry: &Entry,
    rule: &Recourse,
    fact: &StepFact,
    choice: Option<RecourseChoice>,
) -> Branch {
    let took = fact.ended_at.since(fact.entered_at);
    let stage = || entry.id.clone();
    let way = match choice {
        Some(RecourseChoice::Revise) => rule.revise.clone().map(Go::Revise),
        Some(RecourseChoice::Appeal) => rule.appeal.clone().map(Go::Appeal),
        Some(RecourseChoice::Accept) => Some(Go::Outcome(Outcome::Lapsed)),
        None => return sure(Outcome::Lapsed, rule.duration),
    };
    match way {
        Some(go) if took < rule.duration => Branch { chance: 1.0, go, takes: took, summoned: 0.0 },
        Some(_) => sure(Outcome::Lapsed, rule.duration),
        // What they chose is not offered; what else they would have done, nobody knows.
        None => unknown(Unknown::Author { stage: stage() }, 0.0),
    }
}

fn vote(entry: &Entry, rule: &Vote, vote: &VoteFact) -> Vec<Branch> {
    let stage = || entry.id.clone();
    let same_method = match (rule.method, vote.method) {
        (Method::YesNo { .. }, Method::YesNo { .. }) => true,
        (would, was) => would == was,
    };
    if !same_method {
        return vec![unknown(Unknown::OtherMethod { stage: stage() }, 0.0)];
    }
    let recounted = || {
        let counted =
            Counted::claimed(&rule.method, vote.cast, vote.totals.clone(), vote.winners.clone());
        of_count(count::outcome(&rule.method, vote.options, &counted, vote.eligible, rule.quorum))
    };
    let Voters::Drawn(assembly) = &rule.who else {
        // Those who were drawn are not everybody.
        return vec![if vote.drawn {
            unknown(Unknown::NobodyAsked { stage: stage() }, 0.0)
        } else {
            sure(recounted(), rule.duration)
        }];
    };
    let seats = assembly.seats(entry.roll);
    let takes = Span(entry.clock.slot_after(entry.at).since(entry.at).0 + rule.duration.0);
    let summoned = f64::from(seats);
    let asked = u32::try_from(vote.eligible).unwrap_or(u32::MAX);
    if seats > asked {
        return vec![unknown(
            Unknown::NeverAsked { stage: stage(), count: seats - asked },
            summoned,
        )];
    }
    if seats == asked {
        return vec![Branch { summoned, ..sure(recounted(), takes) }];
    }
    match vote.totals.as_slice() {
        [yes, no] if yes + no == vote.cast && !rule.method.has_options() => {
            let parts = ballots::assembly(asked, (*yes, *no), seats, |yes, no| {
                let totals = vec![u64::from(yes), u64::from(no)];
                let cast = u64::from(yes) + u64::from(no);
                let counted = Counted::claimed(&rule.method, cast, totals, Vec::new());
                of_count(count::outcome(&rule.method, 0, &counted, u64::from(seats), rule.quorum))
            });
            let branch =
                |(outcome, chance)| Branch { chance, go: Go::Outcome(outcome), takes, summoned };
            parts.into_iter().map(branch).collect()
        }
        _ => vec![unknown(Unknown::OtherPeople { stage: stage() }, summoned)],
    }
}

fn consensus(rule: &Consensus, positions: Positions, eligible: u64) -> Branch {
    let outcome =
        count::consensus(positions, eligible, u64::from(rule.blocks), rule.asides, rule.quorum);
    sure(of_count(outcome), rule.duration)
}

fn objection(entry: &Entry, rule: &Objection, fact: &StepFact, raised: &[LogTime]) -> Branch {
    let count = u32::try_from(raised.len()).unwrap_or(u32::MAX);
    let last = usize::try_from(rule.objections).ok().and_then(|n| raised.get(n.checked_sub(1)?));
    match last.map(|at| at.since(fact.entered_at)) {
        Some(takes) if takes < rule.duration => sure(Outcome::Fail, takes),
        Some(_) => sure(Outcome::Pass, rule.duration),
        // It was stopped by fewer, and nobody could object after that.
        None if fact.outcome == Some(Outcome::Fail) => {
            let count = rule.objections - count;
            unknown(Unknown::NeverAsked { stage: entry.id.clone(), count }, 0.0)
        }
        None => sure(Outcome::Pass, rule.duration),
    }
}

fn pledge(entry: &Entry, rule: &Pledge, fact: &StepFact, woken: Option<u32>, was: u32) -> Branch {
    let stage = entry.id.clone();
    let took = fact.ended_at.since(fact.entered_at);
    match woken {
        Some(count) if rule.at_least <= count && took < rule.duration => sure(Outcome::Pass, took),
        Some(count) if rule.at_least <= count => unknown(Unknown::Sealed { stage }, 0.0),
        Some(count) => unknown(Unknown::NeverAsked { stage, count: rule.at_least - count }, 0.0),
        None if rule.at_least >= was => sure(Outcome::Lapsed, rule.duration),
        None => unknown(Unknown::Sealed { stage }, 0.0),
    }
}

fn of_count(outcome: count::Outcome) -> Outcome {
    match outcome {
        count::Outcome::Pass => Outcome::Pass,
        count::Outcome::Fail => Outcome::Fail,
        count::Outcome::Undecided => Outcome::Undecided,
    }
}

fn sure(outcome: Outcome, takes: Span) -> Branch {
    Branch { chance: 1.0, go: Go::Outcome(outcome), takes, summoned: 0.0 }
}

fn unknown(reason: Unknown, summoned: f64) -> Branch {
    Branch { chance: 1.0, go: Go::Unknown(reason), takes: Span(0), summoned }
}
