//! Whether the arrows of a charter make sense: every one leads somewhere, every path ends, nothing reaches everybody unjudged.
//! Knows nothing of TOML and of running proposals.

use std::collections::BTreeSet;

use super::{
    Charter, EffectKind, Id, Next, Outcome, Process, ProposalKind, Rule, parse::Complaint,
};

/// All complaints about the flow of a charter; none means it may be used.
pub fn check(charter: &Charter) -> Vec<Complaint> {
    charter
        .processes
        .iter()
        .flat_map(|(id, process)| ProcessCheck { id, process }.complaints())
        .collect()
}

struct ProcessCheck<'c> {
    id: &'c Id,
    process: &'c Process,
}

impl ProcessCheck<'_> {
    fn complaints(&self) -> Vec<Complaint> {
        let mut complaints = self.dangling();
        if !complaints.is_empty() {
            return complaints;
        }
        complaints.extend(self.unreachable());
        complaints.extend(self.cycle());
        complaints.extend(self.effects());
        complaints
    }

    /// Arrows to stages that do not exist.
    fn dangling(&self) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        let known = |id: &Id| self.process.stages.contains_key(id);
        let advice = "leads to a stage that does not exist; write the name of a stage of this process, \"end\", or an effect";
        if !known(&self.process.first) {
            complaints.push(self.complaint("first", advice));
        }
        for (id, stage) in &self.process.stages {
            for (key, target) in arrows(&stage.rule) {
                if !known(&target) {
                    complaints.push(self.complaint(&format!("stage.{id}.{key}"), advice));
                }
            }
        }
        complaints
    }

    fn unreachable(&self) -> Vec<Complaint> {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.process.first.clone()];
        while let Some(id) = open.pop() {
            if let Some(stage) = self.process.stages.get(&id)
                && seen.insert(id)
            {
                open.extend(arrows(&stage.rule).into_iter().map(|(_, target)| target));
            }
        }
        self.process
            .stages
            .keys()
            .filter(|id| !seen.contains(*id))
            .map(|id| {
                self.complaint(
                    &format!("stage.{id}"),
                    "no path leads here; let an outcome lead to it or take it out",
                )
            })
            .collect()
    }

    /// Without the arrows of recourse, which are followed once at most, the flow must not turn back on itself.
    fn cycle(&self) -> Option<Complaint> {
        let mut left: BTreeSet<&Id> = self.process.stages.keys().collect();
        loop {
            let ends: Vec<&Id> = left
                .iter()
                .copied()
                .filter(|id| {
                    self.process.stages.get(*id).is_some_and(|stage| {
                        outcomes(&stage.rule).all(|next| match next {
                            Next::Stage(target) => !left.contains(target),
                            Next::Effect(_) | Next::End => true,
                        })
                    })
                })
                .collect();
            if ends.is_empty() {
                break;
            }
            for id in ends {
                left.remove(id);
            }
        }
        let first = left.first()?;
        Some(self.complaint(
            &format!("stage.{first}"),
            "this path turns in a circle and may never end; only revise and appeal may lead back",
        ))
    }

    fn effects(&self) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        for (id, stage) in &self.process.stages {
            for outcome in Outcome::ALL {
                let Some(Next::Effect(effect)) = stage.rule.next(outcome) else { continue };
                let at = format!("stage.{id}.{}", outcome.word());
                match effect {
                    EffectKind::Broadcast => {
                        let judged =
                            matches!(stage.rule, Rule::Jury(_)) && outcome == Outcome::Pass;
                        if !judged && !self.always_judged(id) {
                            complaints.push(self.complaint(
                                &at,
                                "would reach everybody without a jury; let a jury's pass lead here",
                            ));
                        }
                    }
                    EffectKind::Admit if self.process.kind != ProposalKind::Admission => {
                        complaints.push(self.complaint(
                            &at,
                            "only a process of kind \"admission\" can admit somebody",
                        ));
                    }
                    EffectKind::Admit | EffectKind::Record => {}
                }
            }
        }
        complaints
    }

    /// Whether every path to `goal` follows the `pass` of a jury: from the first stage, and from wherever the text may change,
    /// which is every co-sign stage and wherever a revision leads.
    fn always_judged(&self, goal: &Id) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.process.first.clone()];
        for (id, stage) in &self.process.stages {
            match &stage.rule {
                Rule::Cosign(_) => open.push(id.clone()),
                Rule::Recourse(recourse) => open.extend(recourse.revise.clone()),
                Rule::Jury(_) | Rule::Wait(_) => {}
            }
        }
        while let Some(id) = open.pop() {
            if id == *goal {
                return false;
            }
            let Some(stage) = self.process.stages.get(&id) else { continue };
            if !seen.insert(id) {
                continue;
            }
            let judged_pass = match &stage.rule {
                Rule::Jury(jury) => Some(&jury.pass),
                Rule::Cosign(_) | Rule::Recourse(_) | Rule::Wait(_) => None,
            };
            for (_, target) in arrows(&stage.rule) {
                let only_by_pass = judged_pass == Some(&Next::Stage(target.clone()))
                    && [Outcome::Fail, Outcome::Undecided]
                        .iter()
                        .all(|o| stage.rule.next(*o) != Some(&Next::Stage(target.clone())));
                if !only_by_pass {
                    open.push(target);
                }
            }
        }
        true
    }

    fn complaint(&self, at: &str, what: &str) -> Complaint {
        Complaint { at: format!("process.{}.{at}", self.id), what: what.to_owned() }
    }
}

/// Where the outcomes of a stage lead, without the author's ways of recourse.
fn outcomes(rule: &Rule) -> impl Iterator<Item = &Next> {
    Outcome::ALL.into_iter().filter_map(|outcome| rule.next(outcome))
}

/// All arrows to other stages, each with the key it is written under.
fn arrows(rule: &Rule) -> Vec<(&'static str, Id)> {
    let mut arrows = Vec::new();
    for outcome in Outcome::ALL {
        if let Some(Next::Stage(id)) = rule.next(outcome) {
            arrows.push((outcome.word(), id.clone()));
        }
    }
    if let Rule::Recourse(recourse) = rule {
        arrows.extend(recourse.revise.iter().map(|id| ("revise", id.clone())));
        arrows.extend(recourse.appeal.iter().map(|id| ("appeal", id.clone())));
    }
    arrows
}
