//! What a trial run comes to: case by case what would be different and why, and sums. Knows no rule.

use mic_engine::charter::{Id, Outcome};
use mic_engine::ids::{ProposalNumber, Span};

use super::facts::{Case, End};
use crate::number::{real, whole};

/// All cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trial {
    /// Those that would differ or cannot be known, in the order in which they were opened.
    pub differing: Vec<Compared>,
    pub sums: Sums,
    /// Cases that still run.
    pub running: usize,
    /// Cases beyond the limit.
    pub left_out: usize,
}

/// Sums over all closed cases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    pub cases: u32,
    /// Same end, same length, same load.
    pub same: u32,
    /// Would end otherwise for sure.
    pub otherwise: u32,
    /// Would end otherwise with a chance between never and always.
    pub perhaps: u32,
    /// Ends the same, but takes another time or asks another number of people.
    pub effort: u32,
    /// The end cannot be known.
    pub unknown: u32,
    /// Over the cases whose end can be known: calls to juries as they were and as they would be (on average), and length.
    pub summoned_was: u64,
    pub summoned_would: u64,
    pub length_was: Span,
    pub length_would: Span,
}

/// One case, as it was and as it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub proposal: ProposalNumber,
    pub was: End,
    pub would: Would,
    pub summoned_was: u32,
    pub length_was: Span,
}

/// A case under the new rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Would {
    /// Every end that it could come to, the likeliest first, with its chance; they do not add up to 1 where something is unknown.
    pub ends: Vec<(End, f64)>,
    /// The chance that it cannot be known, and why; the likeliest reason.
    pub unknown: Option<(Unknown, f64)>,
    /// On average, as far as it can be known: calls to juries, and length.
    pub summoned: f64,
    pub length: f64,
    /// Where the new rules part from the old ones on its way; each once, in order.
    pub why: Vec<Why>,
}

/// Why an end cannot be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// The new rule would have asked so many who were never asked.
    NeverAsked { stage: Id, count: u32 },
    /// Everybody would have been asked.
    NobodyAsked { stage: Id },
    /// So many more co-signatures would have been needed; it was ready with fewer, and nobody else was asked.
    MoreCosigners { stage: Id, count: u32 },
    /// The author would have had to answer, and never was asked.
    Author { stage: Id },
    /// Counted in another way, people would have voted in another way.
    OtherMethod { stage: Id },
    /// Other people would have been asked.
    OtherPeople { stage: Id },
    /// The numbers of pledges that never woke are sealed.
    Sealed { stage: Id },
}

/// Where the new rules part from the old ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There is no such process any more.
    NoProcess,
    /// The process does not speak to this audience any more.
    NoAudience,
    Cosigners {
        stage: Id,
        was: u32,
        would: u32,
    },
    Seats {
        stage: Id,
        was: u32,
        would: u32,
    },
    /// The same seats, and another number has to agree.
    Agree {
        stage: Id,
        was: u32,
        would: u32,
    },
    /// Decided by another rule than before.
    Rule {
        stage: Id,
    },
    /// Came to another outcome, so what followed is different.
    Outcome {
        stage: Id,
        would: Outcome,
    },
    /// A stage that the case did not go through.
    Added {
        stage: Id,
    },
    /// A stage that the case went through and now would not.
    Dropped {
        stage: Id,
    },
}

/// A chance in whole percent for people: 0 and 100 are said only of what never or always is.
pub fn percent(chance: f64) -> u32 {
    const SURE: f64 = 1e-9;
    if chance <= SURE {
        return 0;
    }
    if chance >= 1.0 - SURE {
        return 100;
    }
    u32::try_from(whole(chance * 100.0)).unwrap_or(100).clamp(1, 99)
}

impl Would {
    /// The chance of ending exactly so.
    pub fn chance_of(&self, end: End) -> f64 {
        self.ends.iter().filter(|(other, _)| *other == end).map(|(_, chance)| chance).sum()
    }
}

impl Compared {
    /// The chance that it ends the same, in percent.
    pub fn same_percent(&self) -> u32 {
        percent(self.would.chance_of(self.was))
    }

    /// The chance that its end cannot be known, in percent.
    pub fn unknown_percent(&self) -> u32 {
        self.would.unknown.as_ref().map_or(0, |(_, chance)| percent(*chance))
    }

    fn same_effort(&self) -> bool {
        let length = real(self.length_was.0);
        (self.would.summoned - f64::from(self.summoned_was)).abs() < 0.005
            && (self.would.length - length).abs() < 1.0
    }
}

impl Trial {
    pub(super) fn add(&mut self, case: &Case, was: End, would: Would) {
        let compared = Compared {
            proposal: case.proposal,
            was,
            would,
            summoned_was: case.summoned(),
            length_was: case.length(),
        };
        let sums = &mut self.sums;
        sums.cases += 1;
        let (same, unknown) = (compared.same_percent(), compared.unknown_percent());
        if unknown == 0 {
            sums.summoned_was += u64::from(compared.summoned_was);
            sums.summoned_would += whole(compared.would.summoned);
            sums.length_was.0 += compared.length_was.0;
            sums.length_would.0 += whole(compared.would.length);
        }
        let nothing = match (same, unknown) {
            (100, _) if compared.same_effort() => {
                sums.same += 1;
                true
            }
            (100, _) => {
                sums.effort += 1;
                false
            }
            (_, 1..) => {
                sums.unknown += 1;
                false
            }
            (0, 0) => {
                sums.otherwise += 1;
                false
            }
            (_, 0) => {
                sums.perhaps += 1;
                false
            }
        };
        if !nothing {
            self.differing.push(compared);
        }
    }
}
