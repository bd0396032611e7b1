//! The close of a jury: its opened ballots, their count, and what the rules make of it.

use super::{Gone, Sight, Sitting, length};
use crate::ballot::Ballot;
use crate::entry::{JuryClosed, Verdict};
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::jury::{Close, Round, Standing};
use crate::tally::{Opened, count};

impl Sitting {
    /// `jury.closed`: opened ballots, count and verdict.
    pub(crate) fn close(
        &mut self,
        at: u64,
        closed: &JuryClosed,
        gone: Gone<'_>,
    ) -> Result<(), Refused> {
        self.need_over(at, gone)?;
        let rounds = self.opened(&closed.rounds)?;
        let sum =
            |part: fn(&Round) -> u32| rounds.iter().map(|it| u64::from(part(it))).sum::<u64>();
        let (yes, no, seats) = (sum(|it| it.yes), sum(|it| it.no), sum(|it| it.seats));
        if (closed.yes, closed.no, closed.seats) != (yes, no, seats) {
            let text = format!("{yes} yes and {no} no of {seats} seats");
            return Err(Refused::new(Code::TallyWrong, text));
        }
        for before in 1..rounds.len() {
            let must = Standing { silent: 0, reserve: true, extended: true };
            let grew = self.rule(&rounds[..before], must) == Close::Grow;
            need(grew, Code::VerdictWrong, "the jury had no reason to grow")?;
        }
        let standing = match self.sight {
            Sight::Journal => Standing {
                silent: length(&self.silent()),
                reserve: self.peek(gone).is_some(),
                extended: self.extended,
            },
            // What depends on ballots that a certificate does not show is taken as it must have been.
            // Of a jury in steps it shows whether somebody is left in the order.
            Sight::Certificate => {
                let reserve = self.steps.is_some() && self.peek(gone).is_some();
                Standing { silent: 0, reserve, extended: true }
            }
        };
        let close = self.rule(&rounds, standing);
        let verdict = match close {
            Close::Approved => Some(Verdict::Approved),
            Close::Declined => Some(Verdict::Declined),
            Close::Undecided => Some(Verdict::Undecided),
            Close::Grow | Close::Extend => None,
        };
        let text = format!("the rules say {close:?}, the entry says {}", closed.verdict.word());
        need(verdict == Some(closed.verdict), Code::VerdictWrong, &text)
    }

    /// The rounds as they were opened, counted.
    fn opened(&self, lists: &[Vec<Ballot>]) -> Result<Vec<Round>, Refused> {
        let last = match self.sight {
            Sight::Journal => self.turnout(),
            Sight::Certificate => lists.last().map_or(0, Vec::len) as u64,
        };
        let added = self.grown.iter().map(|growth| growth.added);
        let turnouts = self.grown.iter().map(|growth| growth.turnout_before).chain([last]);
        let seats: Vec<(u64, u32)> =
            turnouts.zip(std::iter::once(self.filled).chain(added)).collect();
        let all = lists.len() == seats.len();
        need(all, Code::BallotCount, "a round is missing or too many")?;
        let rounds: Vec<Opened<'_>> = lists
            .iter()
            .zip(seats)
            .map(|(ballots, (turnout, seats))| Opened { ballots, turnout, seats })
            .collect();
        let sealed: Vec<Hash> = self.grown.iter().map(|growth| growth.sealed).collect();
        count(&self.draw, &rounds, &sealed)
    }

    /// How many seats the next growth may add at the most.
    pub(super) fn grows_by(&self) -> u32 {
        let total = self.grown.iter().fold(self.filled, |sum, growth| sum + growth.added);
        match self.steps {
            Some(steps) => steps.grows_by(&self.terms, total),
            None if self.grown.is_empty() => self.terms.then,
            None => 0,
        }
    }

    /// The rule at a close, of this kind of jury.
    fn rule(&self, rounds: &[Round], standing: Standing) -> Close {
        match &self.steps {
            Some(steps) => steps.close(&self.terms, rounds, &standing),
            None => self.terms.close(rounds, &standing),
        }
    }
}
