//! Stages that ask everybody: votes, consensus, objection, pledge (spec/vote.md), as simply as the question allows: everybody who takes
//! part does so independently. Knows no jury and no process.

use mic_engine::charter::Fraction;

use crate::dice::Dice;
use crate::jury::Verdict;
use crate::number::{real, whole};
use crate::question::Question;

/// What came of a stage, and when it was over, counted from its start.
pub(crate) struct Result {
    pub(crate) verdict: Verdict,
    pub(crate) after_ms: u64,
}

/// A vote of `eligible` people, of whom `yes` would say yes. Without `agree` the vote is between options: it passes as soon as enough
/// take part.
pub(crate) fn vote(
    question: &Question,
    dice: &mut Dice,
    (eligible, yes): (u32, u32),
    (agree, quorum): (Option<Fraction>, Fraction),
    lasts_ms: u64,
) -> Result {
    let cast = dice.hits(eligible, question.response);
    let yes = dice.sample(cast, eligible, yes);
    let no = cast - yes;
    let passes = agree.is_none_or(|agree| yes > no && agree.is_reached(yes.into(), cast.into()));
    let verdict = if cast == 0 || !quorum.is_reached(cast.into(), eligible.into()) {
        Verdict::Undecided
    } else if passes {
        Verdict::Approved
    } else {
        Verdict::Declined
    };
    Result { verdict, after_ms: lasts_ms }
}

/// Of those against it who take part, a few block and the others stand aside.
pub(crate) fn consensus(
    question: &Question,
    dice: &mut Dice,
    (eligible, yes): (u32, u32),
    (blocks, asides, quorum): (u32, Fraction, Fraction),
    lasts_ms: u64,
) -> Result {
    let taking = dice.hits(eligible, question.response);
    let agreeing = dice.sample(taking, eligible, yes);
    let blocking = dice.hits(taking - agreeing, question.habits.blocking);
    let standing_aside = taking - agreeing - blocking;
    let too_many_aside = asides.is_exceeded(standing_aside.into(), taking.into());
    let verdict = if blocking >= blocks {
        Verdict::Declined
    } else if agreeing == 0 || !quorum.is_reached(taking.into(), eligible.into()) || too_many_aside
    {
        Verdict::Undecided
    } else {
        Verdict::Approved
    };
    Result { verdict, after_ms: lasts_ms }
}

/// Of those against it who look, a few object, at random moments; the last one needed ends it.
pub(crate) fn objection(
    question: &Question,
    dice: &mut Dice,
    (eligible, yes): (u32, u32),
    needed: u32,
    lasts_ms: u64,
) -> Result {
    let objecting =
        dice.hits(eligible - yes.min(eligible), question.response * question.habits.blocking);
    let stopped = objecting >= needed;
    Result {
        verdict: if stopped { Verdict::Declined } else { Verdict::Approved },
        after_ms: if stopped { nth_of(needed, objecting, lasts_ms) } else { lasts_ms },
    }
}

/// Everybody who is for it and takes part pledges, and nobody waits for more than the stage itself does.
pub(crate) fn pledge(
    question: &Question,
    dice: &mut Dice,
    yes: u32,
    at_least: u32,
    lasts_ms: u64,
) -> Result {
    let pledging = dice.hits(yes, question.response);
    let woken = pledging >= at_least;
    Result {
        verdict: if woken { Verdict::Approved } else { Verdict::Undecided },
        after_ms: if woken { nth_of(at_least, pledging, lasts_ms) } else { lasts_ms },
    }
}

/// When the `nth` of `all` that come at random moments comes, on average.
fn nth_of(nth: u32, all: u32, lasts_ms: u64) -> u64 {
    whole(real(lasts_ms) * f64::from(nth) / (f64::from(all) + 1.0))
}
