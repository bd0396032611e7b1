//! What the played members want to do next, and when: a pure function of the group's committed state and a seed. What they did is in
//! the journal, so nothing has to be remembered, and a group that was kept goes on. Knows no clock, no store and no network.

use mic_engine::event::RecourseChoice;
use mic_engine::ids::{LogTime, ProposalNumber, Slot, Span};
use mic_engine::state::State;
use mic_engine::state::proposal::{Proposal, Stand};
use mic_proof::hash::{Hash, Hasher};

use super::cast::{VISITOR, is_played};
use super::sayings::{HISTORY, SAYINGS, Saying, WHY_NO, WHY_YES};

/// Of a hundred jurors, so many say yes to what the visitor wrote.
const WELCOME_VISITOR: u64 = 88;
/// The same for a text that its author made better after a no.
const WELCOME_REVISED: u64 = 96;
/// Of a hundred who are drawn, so many step aside.
const ASIDE: u64 = 4;
/// Of a hundred who said yes or no, so many give a reason.
const SAYS_WHY_YES: u64 = 35;
const SAYS_WHY_NO: u64 = 85;

/// How long people take, in minutes of the group's clock: from, to. An hour of it is half a minute for the visitor.
const FIRST_COSIGN: (u64, u64) = (15, 40);
const NEXT_COSIGN: (u64, u64) = (45, 75);
/// One proposal in so many, the first that the visitor finds among them, is left for the visitor to complete, for so long.
const LEFT_EACH: usize = 4;
const LEFT_TO_VISITOR: (u64, u64) = (600, 660);
const BALLOT: (u64, u64) = (8, 55);
const RECOURSE: (u64, u64) = (60, 120);
const BEFORE_VISITOR: (u64, u64) = (150, 180);
/// So that the lot falls on the visitor soon, by a real draw like everybody: several proposals at first, then one after the other.
const WELCOMING: (u64, u64) = (12, 25);
const UNTIL_DRAWN: (u64, u64) = (60, 90);
const USUAL: (u64, u64) = (240, 360);
/// How many proposals come soon after the visitor.
const WELCOMING_SAYINGS: usize = 3;

/// The choices of all played members.
#[derive(Clone, Copy, Debug)]
pub(super) struct Players {
    seed: u64,
    /// The visitor's slot is played as well: nobody is there.
    alone: bool,
}

/// Something that somebody is going to do.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) at: LogTime,
    pub(super) slot: Slot,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Open(&'static Saying),
    Cosign { proposal: ProposalNumber, version: Hash },
    Cast { proposal: ProposalNumber, draw: Hash, yes: bool, reason: &'static str },
    Aside { proposal: ProposalNumber },
    Recourse { proposal: ProposalNumber, choice: RecourseChoice, saying: &'static Saying },
}

impl Players {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, alone: false }
    }

    /// With the visitor's slot among them.
    pub(super) fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    /// All that is wanted in this state. `visitor_since`: since when the visitor has been there.
    pub(super) fn plans(&self, state: &State, visitor_since: Option<LogTime>) -> Vec<Plan> {
        let mut plans = Vec::new();
        for open in state.open.values() {
            match &open.stand {
                Stand::Cosign => plans.extend(self.cosign(state, open, visitor_since)),
                Stand::Jury(_) => plans.extend(self.judge(state, open)),
                Stand::Recourse { taken: None } => plans.extend(self.recourse(state, open)),
                Stand::Recourse { taken: Some(_) }
                | Stand::Wait
                | Stand::Vote(_)
                | Stand::Consensus(_)
                | Stand::Objection(_)
                | Stand::Pledge(_)
                | Stand::Between(_) => {}
            }
        }
        plans.extend(self.open(state, visitor_since));
        plans
    }

    /// Who of those who did not yet comes first signs next.
    fn cosign(
        &self,
        state: &State,
        open: &Proposal,
        visitor_since: Option<LogTime>,
    ) -> Option<Plan> {
        let round = open.versions.len() as u64;
        let may = |slot: &Slot| *slot != open.author && !open.cosigners.contains(slot);
        let slot = (0..VISITOR.0)
            .map(Slot)
            .filter(may)
            .min_by_key(|slot| self.pick("reader", open.number, round, u64::from(slot.0)))?;
        let posted = open.versions.last().map_or(open.entered_at, |version| version.at);
        let posted = posted.max(open.entered_at);
        let nth = open.cosigners.len() as u64;
        let left = saying_of(state, open)
            .is_some_and(|(place, _)| place % LEFT_EACH == HISTORY % LEFT_EACH);
        let (since, range) = match nth {
            0 => (posted, FIRST_COSIGN),
            _ if left && !self.alone => (posted.max(visitor_since?), LEFT_TO_VISITOR),
            _ => (posted, NEXT_COSIGN),
        };
        let at = since.after(self.span(range, "cosign", open.number, (round << 8) + nth));
        let what = What::Cosign { proposal: open.number, version: open.version };
        Some(Plan { at, slot, what })
    }

    /// Everybody who has been called answers after a while.
    fn judge(&self, state: &State, open: &Proposal) -> Vec<Plan> {
        let Some(jury) = open.jury() else { return Vec::new() };
        let Some(sitting) = jury.sitting.as_ref().filter(|sitting| !sitting.closed) else {
            return Vec::new();
        };
        let welcome = match saying_of(state, open) {
            Some(_) if open.revised => WELCOME_REVISED,
            Some((_, saying)) => saying.welcome,
            None => WELCOME_VISITOR,
        };
        let (proposal, draw, step) = (open.number, jury.inputs_hash, u64::from(open.step.0));
        let plan = |slot: Slot, called_at: LogTime| {
            let key = (step << 32) + u64::from(slot.0);
            let at = called_at.after(self.span(BALLOT, "time", proposal, key));
            let of_hundred = |what| self.pick(what, proposal, key, 0) % 100;
            if of_hundred("aside") < ASIDE {
                return Plan { at, slot, what: What::Aside { proposal } };
            }
            let yes = of_hundred("opinion") < welcome;
            let (list, says_why) =
                if yes { (&WHY_YES, SAYS_WHY_YES) } else { (&WHY_NO, SAYS_WHY_NO) };
            let reason = if of_hundred("says") < says_why {
                one_of(list, self.pick("why", proposal, key, 0))
            } else {
                ""
            };
            Plan { at, slot, what: What::Cast { proposal, draw, yes, reason } }
        };
        let seats = sitting.silent().filter(|seat| self.plays(seat.slot));
        seats.map(|seat| plan(seat.slot, seat.called_at)).collect()
    }

    /// A played author makes a text better, if there is something to make better, or lets it be.
    fn recourse(&self, state: &State, open: &Proposal) -> Option<Plan> {
        let (_, saying) = saying_of(state, open)?;
        let revises = saying.revised.is_some() && !open.revised;
        let choice = if revises { RecourseChoice::Revise } else { RecourseChoice::Accept };
        let at = open.entered_at.after(self.span(RECOURSE, "recourse", open.number, 0));
        let what = What::Recourse { proposal: open.number, choice, saying };
        Some(Plan { at, slot: open.author, what })
    }

    /// Somebody has something to say. When nobody is there to see it, the group is quiet.
    fn open(&self, state: &State, visitor_since: Option<LogTime>) -> Option<Plan> {
        let said = said(state).count();
        let saying = SAYINGS.get(said)?;
        let last = said_at(state).max().unwrap_or(state.founded_at);
        let (since, range) = match visitor_since {
            _ if said <= HISTORY => (last, BEFORE_VISITOR),
            None => return None,
            Some(_) if state.roll.served_at(VISITOR).is_some() => (last, USUAL),
            Some(_) if said <= HISTORY + WELCOMING_SAYINGS => (last, WELCOMING),
            Some(_) => (last, UNTIL_DRAWN),
        };
        let since = visitor_since.map_or(since, |there| since.max(there));
        let at = since.after(self.span(range, "open", ProposalNumber(0), said as u64));
        Some(Plan { at, slot: Slot(saying.author), what: What::Open(saying) })
    }

    fn plays(&self, slot: Slot) -> bool {
        is_played(slot) || (self.alone && slot == VISITOR)
    }

    fn span(&self, range: (u64, u64), what: &str, number: ProposalNumber, key: u64) -> Span {
        let (from, to) = (Span::minutes(range.0), Span::minutes(range.1));
        Span(from.0 + self.pick(what, number, key, 1) % (to.0 - from.0))
    }

    /// A number that is always the same for the same question.
    fn pick(&self, what: &str, number: ProposalNumber, key: u64, more: u64) -> u64 {
        let hash = Hasher::new("mic-check/demo/v1\n")
            .chain(self.seed.to_be_bytes())
            .chain(number.0.to_be_bytes())
            .chain(key.to_be_bytes())
            .chain(more.to_be_bytes())
            .chain(what);
        let mut start = [0; 8];
        start.copy_from_slice(&hash.finish().as_bytes()[..8]);
        u64::from_be_bytes(start)
    }
}

/// What a played author's proposal says, and its place among all sayings: they are said in order.
fn saying_of(state: &State, open: &Proposal) -> Option<(usize, &'static Saying)> {
    let place = said(state).position(|number| number == open.number)?;
    SAYINGS.get(place).map(|saying| (place, saying))
}

/// The proposals of played members, in order.
fn said(state: &State) -> impl Iterator<Item = ProposalNumber> {
    let open = state.open.values().map(|open| (open.number, open.author));
    let closed = state.closed.values().map(|closed| (closed.number, closed.author));
    let mut said: Vec<ProposalNumber> = open
        .chain(closed)
        .filter(|(_, author)| is_played(*author))
        .map(|(number, _)| number)
        .collect();
    said.sort_unstable();
    said.into_iter()
}

fn said_at(state: &State) -> impl Iterator<Item = LogTime> + '_ {
    let open = state.open.values().map(|open| (open.opened_at, open.author));
    let closed = state.closed.values().map(|closed| (closed.opened_at, closed.author));
    open.chain(closed).filter(|(_, author)| is_played(*author)).map(|(at, _)| at)
}

fn one_of<T: Copy>(list: &[T], pick: u64) -> T {
    list[usize::try_from(pick % list.len() as u64).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use mic_engine::ids::{ProposalNumber, Slot};

    use super::{BALLOT, HISTORY, Players, SAYINGS, is_played};

    #[test]
    fn the_same_seed_chooses_the_same_and_another_one_otherwise() {
        let span =
            |seed: u64, key: u64| Players::new(seed).span(BALLOT, "time", ProposalNumber(3), key);
        let all = |seed: u64| (0..40).map(|key| span(seed, key)).collect::<Vec<_>>();
        assert_eq!(all(7), all(7));
        assert_ne!(all(7), all(8));
        let minute = 60_000;
        assert!(all(7).iter().all(|span| (BALLOT.0 * minute..BALLOT.1 * minute).contains(&span.0)));
    }

    #[test]
    fn only_played_members_speak_and_none_has_three_things_open_at_once() {
        assert!(SAYINGS.len() > HISTORY);
        assert!(SAYINGS.iter().all(|saying| is_played(Slot(saying.author))));
        for saying in &SAYINGS {
            let own = SAYINGS.iter().filter(|other| other.author == saying.author).count();
            assert!(own < 3, "slot {} speaks {own} times", saying.author);
        }
    }
}
