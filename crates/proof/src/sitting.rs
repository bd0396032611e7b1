//! A jury that sits: who holds a seat, who comes next, what a close must show (`spec/jury.md`).
//!
//! The same for a journal, where every ballot is seen being cast, and for a certificate, where none
//! is. Knows nothing of proposals.

/// the close of a jury
mod close;

use crate::draw::{Permutation, Randomness, seed};
use crate::entry::{DrawCalled, JuryGrown, SeatsReason};
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::jury::{Steps, Terms};

/// What the checker of a jury can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// the whole journal: who cast a ballot and when
    Journal,
    /// a certificate: opened ballots only
    Certificate,
}

/// Whether a slot has left by now.
pub(crate) type Gone<'a> = &'a dyn Fn(u32) -> bool;

/// One draw that was made, its seats and its rounds.
#[derive(Clone, Debug)]
pub(crate) struct Sitting {
    draw: Hash,
    terms: Terms,
    steps: Option<Steps>,
    answer_ms: u64,
    window_ms: u64,
    /// ascending
    excluded: Vec<u32>,
    order: Permutation,
    /// the next in drawn order, looked at but not seated yet
    ahead: Option<u32>,
    /// the seats of the open round, in the order in which they were seated
    seats: Vec<Seat>,
    /// slots that gave up a seat which nobody has taken over yet
    vacant: Vec<u32>,
    filled: u32,
    /// the growths so far; the open round is the last of them, or the first of all
    grown: Vec<Growth>,
    extended: bool,
    until: u64,
    sight: Sight,
}

#[derive(Clone, Debug)]
struct Seat {
    slot: u32,
    since: u64,
    voted: bool,
}

/// What growing fixed: the seats that were added, and the ballots of the round before.
#[derive(Clone, Debug)]
struct Growth {
    added: u32,
    turnout_before: u64,
    sealed: Hash,
}

impl Sitting {
    /// The jury of a call, before anybody is seated. `draw` is the leaf hash of the call.
    pub(crate) fn new(
        called: &DrawCalled,
        draw: Hash,
        excluded: Vec<u32>,
        randomness: &Randomness,
        sight: Sight,
    ) -> Sitting {
        Sitting {
            draw,
            terms: called.terms,
            steps: called.steps,
            answer_ms: called.answer_ms,
            window_ms: called.window_ms,
            excluded,
            order: Permutation::new(&seed(&draw, &randomness.0), called.roll),
            ahead: None,
            seats: Vec::new(),
            vacant: Vec::new(),
            filled: 0,
            grown: Vec::new(),
            extended: false,
            until: 0,
            sight,
        }
    }

    /// Whether the slot holds a seat of the open round.
    pub(crate) fn holds(&self, slot: u32) -> bool {
        self.seats.iter().any(|seat| seat.slot == slot)
    }

    /// When the open round is over at the latest.
    pub(crate) fn until(&self) -> u64 {
        self.until
    }

    /// The next eligible slot; those that are passed over never come back.
    pub(crate) fn peek(&mut self, gone: Gone<'_>) -> Option<u32> {
        loop {
            let slot = match self.ahead {
                Some(slot) => slot,
                None => self.order.next()?,
            };
            self.ahead = Some(slot);
            if self.excluded.binary_search(&slot).is_err() && !gone(slot) {
                return Some(slot);
            }
            self.ahead = None;
        }
    }

    /// The next eligible slots, at most `count`.
    pub(crate) fn take(&mut self, count: usize, gone: Gone<'_>) -> Vec<u32> {
        let mut taken = Vec::new();
        while taken.len() < count
            && let Some(slot) = self.peek(gone)
        {
            taken.push(slot);
            self.ahead = None;
        }
        taken
    }

    /// Who must be seated first: nobody if fewer than half of the seats can be filled.
    pub(crate) fn first(&mut self, gone: Gone<'_>) -> Vec<u32> {
        let found = self.take(self.terms.seats as usize, gone);
        if self.terms.is_enough(length(&found)) { found } else { Vec::new() }
    }

    /// `draw.made` seats these.
    pub(crate) fn open(
        &mut self,
        at: u64,
        (seated, until): (&[u32], u64),
        gone: Gone<'_>,
    ) -> Result<(), Refused> {
        let expected = self.first(gone);
        same_seats(seated, &expected)?;
        self.need_window(at, until)?;
        self.filled = length(&expected);
        self.until = until;
        self.seat(&expected, at);
        Ok(())
    }

    /// `seats.called`: released seats go to the next slots in drawn order.
    pub(crate) fn pass_on(
        &mut self,
        at: u64,
        (released, seated): (&[u32], &[u32]),
        reason: SeatsReason,
        gone: Gone<'_>,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let equal = released.len() == seated.len() && !seated.is_empty();
        need(equal, code, "as many seats are released as are taken")?;
        need(at < self.until, code, "the round is over")?;
        for slot in released {
            self.may_release(at, *slot, reason)?;
        }
        let expected = self.take(seated.len(), gone);
        same_seats(seated, &expected)?;
        self.seats.retain(|seat| !released.contains(&seat.slot));
        self.vacant.retain(|slot| !released.contains(slot));
        self.seat(seated, at);
        Ok(())
    }

    fn may_release(&self, at: u64, slot: u32, reason: SeatsReason) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let seat = self.seats.iter().find(|seat| seat.slot == slot);
        match (reason, self.sight) {
            (SeatsReason::Silence, _) => {
                let silent = seat.is_some_and(|seat| {
                    !seat.voted && at >= seat.since.saturating_add(self.answer_ms)
                });
                need(silent, code, format_args!("slot {slot} has not been silent for long enough"))
            }
            (SeatsReason::Aside | SeatsReason::Left, Sight::Journal) => {
                let vacant = self.vacant.contains(&slot);
                need(vacant, code, format_args!("slot {slot} has not given up a seat"))
            }
            (SeatsReason::Aside | SeatsReason::Left, Sight::Certificate) => {
                need(seat.is_some(), code, format_args!("slot {slot} holds no seat"))
            }
        }
    }

    /// A ballot is cast.
    pub(crate) fn cast(&mut self, at: u64, slot: u32, gone: Gone<'_>) -> Result<(), Refused> {
        let code = Code::BallotNotAllowed;
        self.need_passed_on(gone)?;
        need(self.holds(slot), code, format_args!("slot {slot} holds no seat in this round"))?;
        need(at < self.until, code, "the round is over")?;
        for seat in self.seats.iter_mut().filter(|seat| seat.slot == slot) {
            seat.voted = true;
        }
        Ok(())
    }

    /// Whoever steps aside or leaves loses the seat and the ballot in it. While the round lasts, the
    /// seat passes on.
    pub(crate) fn give_up(&mut self, slot: u32, at: u64) {
        if self.holds(slot) {
            self.seats.retain(|seat| seat.slot != slot);
            if at < self.until {
                self.vacant.push(slot);
            }
        }
    }

    /// A seat that was given up passes on before anything else happens, if anybody is left.
    fn need_passed_on(&mut self, gone: Gone<'_>) -> Result<(), Refused> {
        let waits =
            self.sight == Sight::Journal && !self.vacant.is_empty() && self.peek(gone).is_some();
        need(!waits, Code::RuleBroken, "a seat that was given up passes on first")
    }

    /// `jury.grown`
    pub(crate) fn grow(
        &mut self,
        at: u64,
        grown: &JuryGrown,
        gone: Gone<'_>,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        let most = self.grows_by();
        need(most > 0, code, "this jury does not grow, or has grown already")?;
        self.need_over(at, gone)?;
        if self.sight == Sight::Journal && grown.turnout != self.turnout() {
            let text = format!("{} ballots were cast in this round", self.turnout());
            return Err(Refused::new(Code::BallotCount, text));
        }
        let quorum = u64::from(self.terms.quorum_of(self.filled));
        let first = self.grown.first().map_or(grown.turnout, |first| first.turnout_before);
        let enough = first >= quorum && !grown.seated.is_empty();
        need(enough, code, "too few ballots for the jury to grow, or nobody left")?;
        let expected = self.take(most as usize, gone);
        same_seats(&grown.seated, &expected)?;
        self.need_window(at, grown.until)?;
        self.grown.push(Growth {
            added: length(&expected),
            turnout_before: grown.turnout,
            sealed: grown.sealed,
        });
        self.seats.clear();
        self.vacant.clear();
        self.extended = false;
        self.until = grown.until;
        self.seat(&expected, at);
        Ok(())
    }

    /// `jury.extended`
    pub(crate) fn extend(
        &mut self,
        at: u64,
        (released, seated, until): (&[u32], &[u32], u64),
        gone: Gone<'_>,
    ) -> Result<(), Refused> {
        let code = Code::RuleBroken;
        need(!self.extended, code, "a round is extended once")?;
        self.need_over(at, gone)?;
        match self.sight {
            Sight::Journal => {
                let silent = self.silent();
                let reason = !silent.is_empty() && !self.must_grow(gone);
                need(reason, code, "this round has no reason to be extended")?;
                let expected = self.take(silent.len(), gone);
                same_seats(seated, &expected)?;
                let passing = &silent[..expected.len()];
                need(
                    released == passing,
                    code,
                    format_args!("the seats that pass on are {passing:?}"),
                )?;
            }
            Sight::Certificate => {
                let equal = released.len() == seated.len();
                need(equal, code, "as many seats are released as are taken")?;
                let held = released.iter().all(|slot| self.holds(*slot));
                need(held, code, "a released slot holds no seat")?;
                let expected = self.take(seated.len(), gone);
                same_seats(seated, &expected)?;
            }
        }
        self.need_window(at, until)?;
        self.seats.retain(|seat| !released.contains(&seat.slot));
        self.seat(seated, at);
        self.until = until;
        self.extended = true;
        Ok(())
    }

    fn silent(&self) -> Vec<u32> {
        self.seats.iter().filter(|seat| !seat.voted).map(|seat| seat.slot).collect()
    }

    fn turnout(&self) -> u64 {
        self.seats.iter().filter(|seat| seat.voted).count() as u64
    }

    fn must_grow(&mut self, gone: Gone<'_>) -> bool {
        let first = self.grown.first().map_or_else(|| self.turnout(), |first| first.turnout_before);
        let enough = first >= u64::from(self.terms.quorum_of(self.filled));
        self.grows_by() > 0 && enough && self.peek(gone).is_some()
    }

    fn need_over(&mut self, at: u64, gone: Gone<'_>) -> Result<(), Refused> {
        self.need_passed_on(gone)?;
        let over = match self.sight {
            Sight::Journal => at >= self.until || self.silent().is_empty(),
            Sight::Certificate => true,
        };
        need(over, Code::RuleBroken, "the round is not over")
    }

    fn need_window(&self, at: u64, until: u64) -> Result<(), Refused> {
        let whole = at.checked_add(self.window_ms) == Some(until);
        need(whole, Code::RuleBroken, "the round does not last for its window")
    }

    fn seat(&mut self, slots: &[u32], at: u64) {
        self.seats.extend(slots.iter().map(|slot| Seat { slot: *slot, since: at, voted: false }));
    }
}

fn same_seats(seated: &[u32], expected: &[u32]) -> Result<(), Refused> {
    let text = format_args!("the drawn order seats {expected:?}, not {seated:?}");
    need(seated == expected, Code::DrawSeatsWrong, text)
}

fn length(slots: &[u32]) -> u32 {
    u32::try_from(slots.len()).unwrap_or(u32::MAX)
}
