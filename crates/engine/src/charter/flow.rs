//! A process as boxes and arrows: what the page draws and the list says, made from the very data the engine executes.
//! Knows nothing of pixels and languages.

use super::{EffectKind, Id, Next, Outcome, Process, Rule};

/// Where an arrow ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Stage(Id),
    Effect(EffectKind),
    End,
}

/// Why an arrow is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Outcome(Outcome),
    /// The author revises the text.
    Revise,
    /// The author asks a fresh jury.
    Appeal,
}

/// One arrow of a flowchart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    pub from: Id,
    pub way: Way,
    pub to: Target,
}

impl Way {
    /// The key of the charter language that an arrow of this way is written under.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outcome(outcome) => outcome.word(),
            Self::Revise => "revise",
            Self::Appeal => "appeal",
        }
    }
}

impl Process {
    /// The stages in reading order: from the first along the arrows, breadth first.
    pub fn reading_order(&self) -> Vec<Id> {
        let mut order = vec![self.first.clone()];
        let mut next = 0;
        while let Some(id) = order.get(next).cloned() {
            next += 1;
            for arrow in self.arrows_from(&id) {
                if let Target::Stage(target) = arrow.to
                    && !order.contains(&target)
                {
                    order.push(target);
                }
            }
        }
        order
    }

    /// The arrows that leave a stage, in the order a reader expects: what goes on first, what ends last.
    pub fn arrows_from(&self, id: &Id) -> Vec<Arrow> {
        let Some(stage) = self.stages.get(id) else { return Vec::new() };
        let mut arrows: Vec<Arrow> = Vec::new();
        if let Rule::Recourse(recourse) = &stage.rule {
            let mut push = |way, target: &Option<Id>| {
                if let Some(target) = target {
                    let to = Target::Stage(target.clone());
                    arrows.push(Arrow { from: id.clone(), way, to });
                }
            };
            push(Way::Revise, &recourse.revise);
            push(Way::Appeal, &recourse.appeal);
        }
        for outcome in Outcome::ALL {
            if let Some(next) = stage.rule.next(outcome) {
                let to = match next {
                    Next::Stage(target) => Target::Stage(target.clone()),
                    Next::Effect(effect) => Target::Effect(*effect),
                    Next::End => Target::End,
                };
                arrows.push(Arrow { from: id.clone(), way: Way::Outcome(outcome), to });
            }
        }
        arrows
    }
}
