//! Whether something comes about that nobody judged, or before those who disagree could leave. Knows nothing of other checks.

use std::collections::BTreeSet;

use super::super::complaint::Complaint;
use super::super::flow::{Arrow, Target, Way};
use super::super::{EffectKind, Id, Next, Outcome, Rule};
use super::{ProcessCheck, is_pass, key, stage_of};
use crate::ids::Span;

/// How long a changed charter lies open before it is in force, at the least.
const AMEND_WAIT_MIN: Span = Span::hours(24);

impl ProcessCheck<'_> {
    /// Effects that a path leads to on which nobody judged the very text that takes effect.
    pub(super) fn unjudged(&self, unguarded: bool) -> Vec<Complaint> {
        let mut complaints = Vec::new();
        for effect in EffectKind::ALL {
            let Some(advice) = advice(effect) else { continue };
            let open = self.unjudged_stages(effect);
            for arrow in self.arrows() {
                let leads_here = arrow.to == Target::Effect(effect);
                if !leads_here || !open.contains(&arrow.from) || self.is_guarded(&arrow, effect) {
                    continue;
                }
                let at = format!("process.{}.{}", self.id, key(&arrow));
                complaints.push(match advice {
                    Advice::Never(what) => Complaint::error(&at, what),
                    Advice::UnlessAllowed if unguarded => Complaint::warning(
                        &at,
                        "reaches everybody though nobody judges it, which unguarded = true allows; members read so in red",
                    ),
                    Advice::UnlessAllowed => Complaint::error(
                        &at,
                        "would reach everybody though nobody judged it; let the pass of a jury, a vote or a consensus lead here, or write \
                         unguarded = true at the top",
                    ),
                });
            }
        }
        complaints
    }

    /// Changes of the charter that do not wait long enough.
    pub(super) fn hasty(&self) -> Vec<Complaint> {
        let amends = |arrow: &Arrow| arrow.to == Target::Effect(EffectKind::Amend);
        let waits = |arrow: &Arrow| match self.process.stage(&arrow.from).map(|stage| &stage.rule) {
            Some(Rule::Wait(wait)) => wait.duration >= AMEND_WAIT_MIN,
            Some(
                Rule::Cosign(_)
                | Rule::Jury(_)
                | Rule::Recourse(_)
                | Rule::Vote(_)
                | Rule::Consensus(_)
                | Rule::Objection(_)
                | Rule::Pledge(_),
            )
            | None => false,
        };
        let hasty = self.arrows().into_iter().filter(|arrow| amends(arrow) && !waits(arrow));
        hasty
            .map(|arrow| {
                self.error(
                    &key(&arrow),
                    "whoever disagrees needs time to leave; let a stage of kind \"wait\" with hours = 24 or more lead to effect:amend",
                )
            })
            .collect()
    }

    /// The stages that can be reached without the `pass` of a guard: from the first one, from wherever the text may change, and from
    /// wherever somebody has said no.
    fn unjudged_stages(&self, effect: EffectKind) -> BTreeSet<Id> {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.process.first.clone()];
        for (id, stage) in &self.process.stages {
            match &stage.rule {
                Rule::Cosign(_) => open.push(id.clone()),
                Rule::Recourse(recourse) => open.extend(recourse.revise.clone()),
                Rule::Consensus(consensus) => {
                    if consensus.amendable {
                        open.push(id.clone());
                    }
                    open.extend(after_no(&stage.rule));
                }
                Rule::Jury(_) | Rule::Vote(_) => open.extend(after_no(&stage.rule)),
                Rule::Wait(_) | Rule::Objection(_) | Rule::Pledge(_) => {}
            }
        }
        while let Some(id) = open.pop() {
            if seen.insert(id.clone()) {
                let arrows = self.process.arrows_from(&id).into_iter();
                let unjudged = arrows.filter(|arrow| !self.is_guarded(arrow, effect));
                open.extend(unjudged.filter_map(stage_of));
            }
        }
        seen
    }

    /// Whether to follow this arrow means that somebody judged.
    fn is_guarded(&self, arrow: &Arrow, effect: EffectKind) -> bool {
        let Arrow { from, way, .. } = arrow;
        let Some(stage) = self.process.stage(from) else { return false };
        let is_guard = match &stage.rule {
            Rule::Jury(_) | Rule::Vote(_) => true,
            Rule::Consensus(consensus) => consensus.quorum.numerator() > 0,
            Rule::Cosign(_) => effect == EffectKind::Admit,
            Rule::Recourse(_) | Rule::Wait(_) | Rule::Objection(_) | Rule::Pledge(_) => false,
        };
        match way {
            Way::Outcome(_) => is_guard && is_pass(*way),
            Way::Revise | Way::Appeal => false,
        }
    }
}

/// The stages that a no, or no decision, leads to.
fn after_no(rule: &Rule) -> impl Iterator<Item = Id> + '_ {
    let no = [Outcome::Fail, Outcome::Undecided].into_iter();
    no.filter_map(|outcome| match rule.next(outcome) {
        Some(Next::Stage(id)) => Some(id.clone()),
        Some(Next::Effect(_) | Next::End) | None => None,
    })
}

/// What to say about an effect that nobody judged.
#[derive(Clone, Copy)]
enum Advice {
    /// An error whatever the charter says of itself.
    Never(&'static str),
    /// A warning where the charter says `unguarded = true`.
    UnlessAllowed,
}

/// `None` for effects that need no judgement.
fn advice(effect: EffectKind) -> Option<Advice> {
    match effect {
        EffectKind::Broadcast | EffectKind::Recall | EffectKind::Action => {
            Some(Advice::UnlessAllowed)
        }
        EffectKind::Admit => Some(Advice::Never(
            "nobody is admitted by one person; let the pass of a co-signing, a jury, a vote or a consensus lead here",
        )),
        EffectKind::Remove => Some(Advice::Never(
            "nobody is removed by one person; let the pass of a jury, a vote or a consensus come before this, after the last place where \
             the text may change",
        )),
        EffectKind::Amend => Some(Advice::Never(
            "no rule is changed by one person; let the pass of a jury, a vote or a consensus come before this, after the last place where \
             the text may change",
        )),
        EffectKind::Record => None,
    }
}
