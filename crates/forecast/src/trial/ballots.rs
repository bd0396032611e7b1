//! What another jury would have said, as far as the ballots of the one that sat tell: the seats of each round are any of those who sat in it,
//! each with the same chance. Exact: chances of hypergeometric draws, added up. Knows no time and no stage.

use std::collections::BTreeMap;

use mic_engine::charter::{JuryTerms, Outcome};

use super::facts::RoundFact;
use crate::number::{count, place, real};

/// A way a jury can go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) chance: f64,
    /// `None`: it depends on people who were never asked.
    pub(super) outcome: Option<Outcome>,
    /// Seats it took to come to that.
    pub(super) seats: u32,
    /// Rounds it took, from 1.
    pub(super) rounds: u32,
}

/// Numbers of yes and no, and the chance that so many were among those who sat so far.
type Counts = BTreeMap<(u32, u32), f64>;

/// The ways of a jury with these terms. `known`: the rounds that sat, in order. `eligible`: how many could be drawn.
pub(super) fn parts(terms: JuryTerms, known: &[RoundFact], eligible: u32) -> Vec<Part> {
    let rule = Rule::of(terms, eligible);
    let Some(rule) = rule else {
        return vec![Part { chance: 1.0, outcome: Some(Outcome::Undecided), seats: 0, rounds: 0 }];
    };
    let known = Known::of(known);
    let mut parts = Vec::new();
    let mut counts: Counts = [((0, 0), 1.0)].into();
    let (mut seats, mut rounds) = (0, 0);
    let mut next = Some(rule.first);
    while let Some(upto) = next {
        rounds += 1;
        let part = |chance, outcome| Part { chance, outcome, seats: upto, rounds };
        if upto > known.seats {
            let missing = upto - known.seats;
            counts = known.advance(&counts, seats, known.seats);
            parts.extend(counts.iter().map(|(&(yes, no), &chance)| {
                part(chance, rule.whatever_they_say(rounds, yes, no, missing))
            }));
            break;
        }
        counts = known.advance(&counts, seats, upto);
        seats = upto;
        let mut on = Counts::new();
        for (&(yes, no), &chance) in &counts {
            match rule.close(rounds, upto, yes, no) {
                Close::Decided(outcome) => parts.push(part(chance, Some(outcome))),
                Close::Grows => *on.entry((yes, no)).or_default() += chance,
            }
        }
        counts = on;
        next = rule.after(rounds, upto).filter(|_| !counts.is_empty());
    }
    merged(parts)
}

/// What an assembly of `seats`, any of the `asked` who were asked, would have come to: each outcome with its chance. `said`: yes and no
/// of all who were asked; the others were silent.
pub(super) fn assembly(
    asked: u32,
    said: (u64, u64),
    seats: u32,
    outcome: impl Fn(u32, u32) -> Outcome,
) -> BTreeMap<Outcome, f64> {
    let fits = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).min(asked);
    let yes_said = fits(said.0);
    let no_said = fits(said.1).min(asked - yes_said);
    let mut out = BTreeMap::new();
    for (yes, of_yes) in row(asked, yes_said, seats) {
        for (no, of_no) in row(asked - yes_said, no_said, seats - yes) {
            *out.entry(outcome(yes, no)).or_default() += of_yes * of_no;
        }
    }
    out
}

enum Close {
    Decided(Outcome),
    Grows,
}

/// The terms in numbers, for as many seats as can be filled.
struct Rule {
    first: u32,
    agree: u32,
    quorum: u32,
    then: u32,
    lead: Option<u32>,
    most: u32,
}

impl Rule {
    /// `None` when fewer than half of the seats can be filled: then there is no jury (spec/draw.md).
    fn of(terms: JuryTerms, eligible: u32) -> Option<Self> {
        let of_filled = |part: u32, filled: u32, seats: u32| {
            let scaled = (u64::from(part) * u64::from(filled)).div_ceil(u64::from(seats.max(1)));
            u32::try_from(scaled).unwrap_or(u32::MAX)
        };
        let (wanted, agree, quorum, then, lead, cap) = match terms {
            JuryTerms::Everyone => {
                let seats = eligible.min(mic_engine::charter::SEATS_MAX);
                (seats, seats / 2 + 1, seats / 2 + 1, 0, None, seats)
            }
            JuryTerms::Fixed { seats, agree, quorum, then } => {
                (seats, agree, quorum, then, None, seats + then)
            }
            JuryTerms::Stepwise { seats, quorum, then, lead, cap } => {
                (seats, 0, quorum, then, Some(lead), cap)
            }
        };
        let filled = wanted.min(eligible);
        if filled == 0 || filled * 2 < wanted {
            return None;
        }
        Some(Self {
            first: filled,
            agree: of_filled(agree, filled, wanted),
            quorum: of_filled(quorum, filled, wanted),
            then,
            lead,
            most: cap.min(eligible),
        })
    }

    fn close(&self, rounds: u32, seats: u32, yes: u32, no: u32) -> Close {
        use Outcome::{Fail, Pass, Undecided};
        if let Some(outcome) = self.decided(rounds, seats, yes, no) {
            return Close::Decided(outcome);
        }
        // Later rounds are only reached with the quorum of the first.
        let quorum = rounds > 1 || yes + no >= self.quorum;
        if quorum && self.after(rounds, seats).is_some() {
            return Close::Grows;
        }
        Close::Decided(match self.lead {
            Some(_) if quorum && yes > no => Pass,
            Some(_) if quorum && no > yes => Fail,
            Some(_) | None => Undecided,
        })
    }

    /// One side has enough.
    fn decided(&self, rounds: u32, seats: u32, yes: u32, no: u32) -> Option<Outcome> {
        let enough = match self.lead {
            Some(lead) => [yes >= no + lead, no >= yes + lead],
            None => {
                let enough = if rounds == 1 { self.agree } else { seats / 2 + 1 };
                [yes >= enough, no >= enough]
            }
        };
        match enough {
            [true, _] => Some(Outcome::Pass),
            [false, true] => Some(Outcome::Fail),
            [false, false] => None,
        }
    }

    /// How many seats the next round has in all.
    fn after(&self, rounds: u32, seats: u32) -> Option<u32> {
        let once = self.lead.is_some() || rounds == 1;
        (once && self.then > 0 && seats < self.most).then(|| (seats + self.then).min(self.most))
    }

    /// The outcome, if it is the same whatever `missing` others would say. Only where nothing follows a no: there are too many ways then.
    fn whatever_they_say(&self, rounds: u32, yes: u32, no: u32, missing: u32) -> Option<Outcome> {
        if self.lead.is_some() {
            return None;
        }
        let seats = if rounds == 1 { self.first } else { self.most };
        let sure = self.decided(rounds, seats, yes, no);
        let nobody = self.decided(rounds, seats, yes + missing, no).is_none()
            && self.decided(rounds, seats, yes, no + missing).is_none()
            && self.after(rounds, seats).is_none();
        sure.or(nobody.then_some(Outcome::Undecided))
    }
}

/// The seats that sat, in the order of their rounds.
struct Known<'k> {
    rounds: &'k [RoundFact],
    seats: u32,
}

impl<'k> Known<'k> {
    fn of(rounds: &'k [RoundFact]) -> Self {
        Self { rounds, seats: rounds.iter().map(|round| round.seats).sum() }
    }

    /// Seats from `from` to `upto`, counted from the first of all, sit down.
    fn advance(&self, counts: &Counts, from: u32, upto: u32) -> Counts {
        let mut counts = counts.clone();
        // What the rounds before hold; all of them have sat.
        let (mut start, mut yes, mut no) = (0, 0, 0);
        for round in self.rounds {
            let end = start + round.seats;
            let (first, last) = (from.max(start), upto.min(end));
            if first < last {
                let inside = Inside { round, taken: first - start, drawn: last - first, yes, no };
                counts = inside.draw(&counts);
            }
            (start, yes, no) = (end, yes + round.yes, no + round.no);
        }
        counts
    }
}

/// A draw from one round.
struct Inside<'k> {
    round: &'k RoundFact,
    /// Seats of this round that have sat already.
    taken: u32,
    drawn: u32,
    /// Yes and no of the rounds before.
    yes: u32,
    no: u32,
}

impl Inside<'_> {
    fn draw(&self, counts: &Counts) -> Counts {
        let mut out = Counts::new();
        let left = self.round.seats - self.taken;
        for (&(yes, no), &chance) in counts {
            let yes_left = (self.round.yes + self.yes).saturating_sub(yes);
            let no_left = (self.round.no + self.no).saturating_sub(no);
            for (more_yes, of_yes) in row(left, yes_left, self.drawn) {
                for (more_no, of_no) in row(left - yes_left, no_left, self.drawn - more_yes) {
                    *out.entry((yes + more_yes, no + more_no)).or_default() +=
                        chance * of_yes * of_no;
                }
            }
        }
        out
    }
}

/// Chances of so many hits when `drawn` of `all` are drawn and `marked` of them are hits. Built from the likeliest number outwards by the
/// ratio of neighbours, so that nothing overflows, and divided by their sum.
fn row(all: u32, marked: u32, drawn: u32) -> impl Iterator<Item = (u32, f64)> {
    let least = drawn.saturating_sub(all - marked);
    let most = drawn.min(marked);
    let likeliest = u64::from(drawn + 1) * u64::from(marked + 1) / (u64::from(all) + 2);
    let likeliest = u32::try_from(likeliest).unwrap_or(most).clamp(least, most);
    // Weight of hits + 1 over weight of hits.
    let up = |hits: u32| {
        let above = real(u64::from(marked - hits)) * real(u64::from(drawn - hits));
        let below = u64::from(all - marked) + u64::from(hits) + 1 - u64::from(drawn);
        above / (real(u64::from(hits) + 1) * real(below))
    };
    let mut weights = vec![0.0; place(most - least) + 1];
    let at = |hits: u32| place(hits - least);
    weights[at(likeliest)] = 1.0;
    for hits in likeliest..most {
        weights[at(hits + 1)] = weights[at(hits)] * up(hits);
    }
    for hits in (least..likeliest).rev() {
        weights[at(hits)] = weights[at(hits + 1)] / up(hits);
    }
    let sum: f64 = weights.iter().sum();
    (least..=most).zip(weights).map(move |(hits, weight)| (hits, weight / sum))
}

/// Ways that come to the same are one way.
fn merged(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(parts.len().min(8));
    for part in parts {
        let same = |other: &&mut Part| {
            (other.outcome, other.seats, other.rounds) == (part.outcome, part.seats, part.rounds)
        };
        match out.iter_mut().find(same) {
            Some(other) => other.chance += part.chance,
            None => out.push(part),
        }
    }
    debug_assert!(count(out.len()) < 2_000, "as many as rounds times outcomes");
    out
}

#[cfg(test)]
mod tests {
    use mic_engine::ids::LogTime;

    use super::*;
    use crate::chances::hypergeometric;

    fn round(seats: u32, yes: u32, no: u32) -> RoundFact {
        RoundFact { seats, yes, no, closed_at: LogTime(0) }
    }

    fn fixed(seats: u32, agree: u32, quorum: u32, then: u32) -> JuryTerms {
        JuryTerms::Fixed { seats, agree, quorum, then }
    }

    fn chance(parts: &[Part], outcome: Option<Outcome>) -> f64 {
        let sum: f64 = parts.iter().map(|part| part.chance).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{parts:?}");
        parts.iter().filter(|part| part.outcome == outcome).map(|part| part.chance).sum()
    }

    #[test]
    fn three_of_nine_by_hand() {
        // 5 yes and 4 no: of the 84 ways to take three, C(5,3) + C(5,2)·4 = 50 hold two yes or more.
        let parts = parts(fixed(3, 2, 2, 0), &[round(9, 5, 4)], 100);
        assert!((chance(&parts, Some(Outcome::Pass)) - 50.0 / 84.0).abs() < 1e-12);
        assert!((chance(&parts, Some(Outcome::Fail)) - 34.0 / 84.0).abs() < 1e-12);
    }

    #[test]
    fn silent_seats_can_be_drawn_too() {
        // 2 yes, 1 no, 1 silent; two of them, both must agree: only the pair of yes, one of six. The quorum is never the point.
        let parts = parts(fixed(2, 2, 1, 0), &[round(4, 2, 1)], 100);
        assert!((chance(&parts, Some(Outcome::Pass)) - 1.0 / 6.0).abs() < 1e-12);
        assert!((chance(&parts, Some(Outcome::Undecided)) - 5.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn a_smaller_jury_may_grow_into_what_is_known() {
        // 3 of 9 first, unanimous; then 6 more, which are all the rest: 5 of 9 is the majority, so it always passes unless three no came first.
        let parts = parts(fixed(3, 3, 3, 6), &[round(9, 5, 4)], 100);
        let three_no = hypergeometric(9, 4, 3, 3);
        assert!((chance(&parts, Some(Outcome::Fail)) - three_no).abs() < 1e-12);
        assert!((chance(&parts, Some(Outcome::Pass)) - (1.0 - three_no)).abs() < 1e-12);
        assert_eq!(parts.iter().map(|part| part.seats).max(), Some(9));
    }

    #[test]
    fn a_larger_jury_is_unknown_unless_nobody_could_have_changed_it() {
        let split = parts(fixed(11, 6, 6, 0), &[round(9, 5, 4)], 100);
        assert!((chance(&split, None) - 1.0).abs() < 1e-12);
        let clear = parts(fixed(11, 6, 6, 0), &[round(9, 9, 0)], 100);
        assert!((chance(&clear, Some(Outcome::Pass)) - 1.0).abs() < 1e-12);
        let never = parts(fixed(11, 11, 6, 0), &[round(9, 5, 4)], 100);
        assert!((chance(&never, Some(Outcome::Undecided)) - 1.0).abs() < 1e-12);
        assert_eq!(never[0].seats, 11);
    }

    #[test]
    fn steps_stop_at_the_lead() {
        let steps = JuryTerms::Stepwise { seats: 2, quorum: 1, then: 1, lead: 2, cap: 5 };
        let all = parts(steps, &[round(9, 9, 0)], 100);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].seats, all[0].outcome), (2, Some(Outcome::Pass)));
        // Two of three, one after the other: a lead of two needs the first two alike, one way of three. Otherwise 2 to 1 after three.
        let steps = JuryTerms::Stepwise { seats: 2, quorum: 1, then: 1, lead: 2, cap: 3 };
        let split = parts(steps, &[round(3, 2, 1)], 100);
        assert!((chance(&split, Some(Outcome::Pass)) - 1.0).abs() < 1e-12);
        let early: f64 = split.iter().filter(|part| part.seats == 2).map(|part| part.chance).sum();
        assert!((early - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn rows_are_those_of_the_closed_formula() {
        for (all, marked, drawn) in
            [(9, 4, 3), (500, 250, 77), (10, 0, 5), (10, 10, 5), (7, 3, 7), (5, 2, 0)]
        {
            for (hits, chance) in row(all, marked, drawn) {
                assert!((chance - hypergeometric(all, marked, drawn, hits)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn with_too_few_to_draw_from_there_is_no_jury_and_thresholds_shrink() {
        let none = parts(fixed(9, 6, 6, 0), &[round(4, 4, 0)], 4);
        assert_eq!((none[0].outcome, none[0].seats), (Some(Outcome::Undecided), 0));
        let five = parts(fixed(9, 6, 6, 0), &[round(5, 4, 1)], 5);
        assert_eq!((five[0].outcome, five[0].seats), (Some(Outcome::Pass), 5));
        assert_eq!(
            parts(JuryTerms::Everyone, &[round(4, 2, 2)], 4)[0].outcome,
            Some(Outcome::Undecided)
        );
    }
}
