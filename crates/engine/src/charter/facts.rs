//! What a stage asks, as single statements: what pages list, what `explain` says and what is compared between two charters.
//! Knows no language.

use std::mem::discriminant;

use super::{BySize, Fraction, Method, Rule, SeatRule, Seats, Voters, Who};
use crate::ids::Span;

/// One statement about a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// So many others must co-sign.
    CoSigners(Vec<BySize<u32>>),
    /// The seats of a jury and what decides.
    Seats(Vec<BySize<Seats>>),
    /// The seats of an assembly.
    Assembly(Vec<BySize<SeatRule>>),
    /// Nobody who sat on an earlier jury of the same proposal.
    Fresh,
    Who(Who),
    Counting(Method),
    /// The part of those asked that must take part.
    Quorum(Fraction),
    /// So many blocks stop it.
    Blocks(u32),
    /// The largest part that may stand aside.
    Asides(Fraction),
    /// The author may post friendly amendments.
    Amendable,
    /// So many objections stop it.
    Objections(u32),
    /// So many must be willing.
    AtLeast(u32),
    /// How long one juror may be silent.
    Answer(Span),
    /// How long a jury sits.
    Window(Span),
    /// How long there is to act.
    Lasts(Span),
    /// How long nothing happens.
    Waits(Span),
    /// After how long each reminder goes out; never empty.
    Reminders(Vec<Span>),
}

impl Fact {
    /// Whether both are about the same thing, perhaps with other numbers.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other)
    }
}

impl Rule {
    /// Everything a stage of this rule asks, in reading order. No two are about the same thing.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = match self {
            Self::Cosign(rule) => {
                vec![Fact::CoSigners(rule.needed.clone()), Fact::Lasts(rule.duration)]
            }
            Self::Jury(rule) => {
                let mut facts = vec![
                    Fact::Seats(rule.sizes.clone()),
                    Fact::Answer(rule.answer),
                    Fact::Window(rule.window),
                ];
                facts.extend(rule.fresh.then_some(Fact::Fresh));
                facts
            }
            Self::Recourse(rule) => vec![Fact::Lasts(rule.duration)],
            Self::Wait(rule) => vec![Fact::Waits(rule.duration)],
            Self::Vote(rule) => {
                let mut facts = match &rule.who {
                    Voters::All(who) => vec![Fact::Who(*who)],
                    Voters::Drawn(assembly) => {
                        let mut facts = vec![Fact::Assembly(assembly.sizes.clone())];
                        facts.extend(assembly.fresh.then_some(Fact::Fresh));
                        facts
                    }
                };
                facts.extend([
                    Fact::Counting(rule.method),
                    Fact::Quorum(rule.quorum),
                    Fact::Lasts(rule.duration),
                ]);
                facts
            }
            Self::Consensus(rule) => {
                let mut facts = vec![
                    Fact::Who(rule.who),
                    Fact::Blocks(rule.blocks),
                    Fact::Asides(rule.asides),
                    Fact::Quorum(rule.quorum),
                ];
                facts.extend(rule.amendable.then_some(Fact::Amendable));
                facts.push(Fact::Lasts(rule.duration));
                facts
            }
            Self::Objection(rule) => vec![
                Fact::Who(rule.who),
                Fact::Objections(rule.objections),
                Fact::Lasts(rule.duration),
            ],
            Self::Pledge(rule) => {
                vec![Fact::Who(rule.who), Fact::AtLeast(rule.at_least), Fact::Lasts(rule.duration)]
            }
        };
        if !self.reminders().is_empty() {
            facts.push(Fact::Reminders(self.reminders().to_vec()));
        }
        facts
    }
}
