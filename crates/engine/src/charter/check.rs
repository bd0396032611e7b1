//! Whether the arrows of a charter make sense: every one leads somewhere, every path ends, nothing reaches everybody unjudged.
//! Knows nothing of TOML and of running proposals.

mod guard;

use std::collections::BTreeSet;

use super::complaint::Complaint;
use super::flow::{Arrow, Target, Way};
use super::{
    Charter, EffectKind, Id, Method, Next, Outcome, Process, ProposalKind, Rule, method_word,
};

/// Everything there is to say about the flow of a charter; without an error among it, it may be used.
pub fn check(charter: &Charter) -> Vec<Complaint> {
    let mut complaints: Vec<Complaint> = charter
        .processes
        .iter()
        .flat_map(|(id, process)| ProcessCheck { id, process }.complaints(charter.unguarded))
        .collect();
    if charter.unguarded && complaints.is_empty() {
        let what = "is not needed: nothing here reaches everybody unjudged; take it out";
        complaints.push(Complaint::warning("unguarded", what));
    }
    complaints
}

/// The protected core: what a charter that a group is founded with or amends itself to must have. Leaving, exporting and verifying are
/// not in any charter's reach; changing the rules must stay in the members'.
pub fn check_core(charter: &Charter) -> Vec<Complaint> {
    let amends = |process: &Process| {
        let mut arrows = process.stages.keys().flat_map(|id| process.arrows_from(id));
        process.kind == ProposalKind::Amendment
            && arrows.any(|arrow| arrow.to == Target::Effect(EffectKind::Amend))
    };
    if charter.processes.values().any(amends) {
        return Vec::new();
    }
    let what = "nothing in this charter can change it, and rules that cannot be changed belong to nobody; write a process of kind \
                \"amendment\" that leads to \"effect:amend\"";
    vec![Complaint::error("", what)]
}

struct ProcessCheck<'c> {
    id: &'c Id,
    process: &'c Process,
}

impl ProcessCheck<'_> {
    fn complaints(&self, unguarded: bool) -> Vec<Complaint> {
        let mut complaints = self.dangling();
        if !complaints.is_empty() {
            return complaints;
        }
        complaints.extend(self.unreachable());
        complaints.extend(self.cycle());
        complaints.extend(self.without_effect());
        complaints.extend(self.foreign_effects());
        complaints.extend(self.methods());
        if complaints.is_empty() {
            complaints.extend(self.unjudged(unguarded));
            complaints.extend(self.hasty());
        }
        complaints
    }

    /// Arrows to stages that do not exist.
    fn dangling(&self) -> Vec<Complaint> {
        let known = |id: &Id| self.process.stages.contains_key(id);
        let advice = "leads to a stage that does not exist; write the name of a stage of this process, \"end\", or an effect";
        let mut complaints = Vec::new();
        if !known(&self.process.first) {
            complaints.push(self.error("first", advice));
        }
        for arrow in self.arrows() {
            if let Target::Stage(target) = &arrow.to
                && !known(target)
            {
                complaints.push(self.error(&key(&arrow), advice));
            }
        }
        complaints
    }

    fn unreachable(&self) -> Vec<Complaint> {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.process.first.clone()];
        while let Some(id) = open.pop() {
            if seen.insert(id.clone()) {
                open.extend(self.process.arrows_from(&id).into_iter().filter_map(stage_of));
            }
        }
        let lost = self.process.stages.keys().filter(|id| !seen.contains(*id));
        lost.map(|id| {
            self.error(
                &format!("stage.{id}"),
                "no path leads here; let an outcome lead to it or take it out",
            )
        })
        .collect()
    }

    /// Without the arrows of recourse, which are followed once at most, the flow must not turn back on itself. Since every kind of
    /// stage has an outcome, a flow without circles also has an end behind every stage.
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
        Some(self.error(
            &format!("stage.{first}"),
            "this path turns in a circle and may never end; only revise and appeal may lead back",
        ))
    }

    fn without_effect(&self) -> Option<Complaint> {
        let has = self.arrows().iter().any(|arrow| matches!(arrow.to, Target::Effect(_)));
        let kind = self.process.kind;
        let fitting = EffectKind::ALL.into_iter().find(|effect| effect.belongs_to(kind))?;
        (!has).then(|| {
            let what = format!(
                "nothing can ever come of this; let an outcome lead to \"effect:{}\"",
                fitting.word()
            );
            Complaint::error(&format!("process.{}", self.id), &what)
        })
    }

    fn foreign_effects(&self) -> Vec<Complaint> {
        let kind = self.process.kind;
        let foreign = |arrow: Arrow| match arrow.to {
            Target::Effect(effect) if !effect.belongs_to(kind) => Some((arrow, effect)),
            Target::Effect(_) | Target::Stage(_) | Target::End => None,
        };
        let foreign = self.arrows().into_iter().filter_map(foreign);
        foreign
            .map(|(arrow, effect)| {
                let own = EffectKind::ALL.into_iter().filter(|effect| effect.belongs_to(kind));
                let own: Vec<String> =
                    own.map(|effect| format!("\"effect:{}\"", effect.word())).collect();
                let what = format!(
                    "effect:{} does not belong to a process of kind \"{}\"; write {} or \"end\"",
                    effect.word(),
                    kind.word(),
                    own.join(", ")
                );
                self.error(&key(&arrow), &what)
            })
            .collect()
    }

    /// A text lists options or asks for yes or no, never both; and only decisions list options.
    fn methods(&self) -> Vec<Complaint> {
        let votes = self.process.stages.iter().filter_map(|(id, stage)| match &stage.rule {
            Rule::Vote(vote) => Some((id, vote.method)),
            Rule::Cosign(_)
            | Rule::Jury(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_) => None,
        });
        let votes: Vec<(&Id, Method)> = votes.collect();
        let yes_no = votes.iter().any(|(_, method)| !method.has_options());
        let choosing = votes.iter().filter(|(_, method)| method.has_options());
        choosing
            .filter_map(|(id, method)| {
                let word = method_word(*method);
                let what = if self.process.kind != ProposalKind::Decision {
                    format!("{word} chooses between options, and only a process of kind \"decision\" has any; write method = \"yes_no\"")
                } else if yes_no {
                    format!("{word} needs options, yes_no none, and one text cannot serve both; write one of the two in every vote of this process")
                } else {
                    return None;
                };
                Some(self.error(&format!("stage.{id}.method"), &what))
            })
            .collect()
    }

    fn arrows(&self) -> Vec<Arrow> {
        self.process.stages.keys().flat_map(|id| self.process.arrows_from(id)).collect()
    }

    fn error(&self, at: &str, what: &str) -> Complaint {
        Complaint::error(&format!("process.{}.{at}", self.id), what)
    }
}

/// The key that an arrow is written under.
fn key(arrow: &Arrow) -> String {
    format!("stage.{}.{}", arrow.from, arrow.way.word())
}

fn stage_of(arrow: Arrow) -> Option<Id> {
    match arrow.to {
        Target::Stage(id) => Some(id),
        Target::Effect(_) | Target::End => None,
    }
}

/// Where the outcomes of a stage lead, without the author's ways of recourse.
fn outcomes(rule: &Rule) -> impl Iterator<Item = &Next> {
    Outcome::ALL.into_iter().filter_map(|outcome| rule.next(outcome))
}

/// Whether this is the arrow of a stage's `pass`.
fn is_pass(way: Way) -> bool {
    way == Way::Outcome(Outcome::Pass)
}
