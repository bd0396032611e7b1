//! What a jury's ballots lead to, and who may not sit on it (`spec/jury.md`, `spec/draw.md`).
//!
//! Pure rules over numbers, used by the engine that decides and by the verifier that checks. Knows
//! nothing of entries, ballots or time.

use std::fmt;

/// A jury has at most this many seats, both rounds together.
pub const JURY_SEATS_MAX: u32 = 500;
/// A draw is called at most this many times in a stage.
pub const ATTEMPTS_MAX: u32 = 3;

/// The numbers of a jury, as `draw.called` carries them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// seats of the first round
    pub seats: u32,
    /// how many equal answers decide in the first round, if all seats are filled
    pub agree: u32,
    /// seats that a second round adds; 0 if the jury never grows
    pub then: u32,
    /// ballots needed for the jury to grow, if all seats are filled
    pub quorum: u32,
}

/// What makes a jury one in steps: it grows until one side leads clearly, or it is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// by how many ballots one side must lead
    pub lead: u32,
    /// the largest number of seats, all rounds together
    pub cap: u32,
}

/// One round of a jury and the ballots that count in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// seats that the draw filled, or that were added; passing on does not change it
    pub seats: u32,
    /// counted ballots that say yes
    pub yes: u32,
    /// counted ballots that say no
    pub no: u32,
}

/// What else matters when a round closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// held seats of this round whose holder cast no ballot
    pub silent: u32,
    /// whether the drawn order still holds an eligible slot
    pub reserve: bool,
    /// whether this round was given more time already
    pub extended: bool,
}

/// What the close of a round leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// enough said yes
    Approved,
    /// enough said no
    Declined,
    /// more seats are added
    Grow,
    /// silent seats pass on, and the round goes on for one more window
    Extend,
    /// neither side had enough, and nothing more is tried
    Undecided,
}

impl Terms {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "it may grow, and is only looked at")]
    /// The rule at the close of a round: `rounds` are the one that closes and those before it.
    pub fn close(&self, rounds: &[Round], standing: &Standing) -> Close {
        let Some((last, earlier)) = rounds.split_last() else { return Close::Undecided };
        let sum = |part: fn(&Round) -> u32| rounds.iter().map(part).sum::<u32>();
        let (yes, no) = (sum(|round| round.yes), sum(|round| round.no));
        let first_round = earlier.is_empty();
        let enough = self.enough(rounds);
        let quorum = last.yes + last.no >= self.quorum_of(last.seats);
        if yes >= enough {
            Close::Approved
        } else if no >= enough {
            Close::Declined
        } else if first_round && self.then > 0 && quorum && standing.reserve {
            Close::Grow
        } else if !standing.extended && standing.silent > 0 {
            Close::Extend
        } else {
            Close::Undecided
        }
    }

    /// How many equal answers decide: the agreed share in the first round, then a majority of all
    /// seats.
    pub fn enough(&self, rounds: &[Round]) -> u32 {
        match rounds {
            [only] => self.agree_of(only.seats),
            all => all.iter().map(|round| round.seats).sum::<u32>() / 2 + 1,
        }
    }

    /// The answers that decide the first round when only `filled` seats could be filled, rounded up.
    pub fn agree_of(&self, filled: u32) -> u32 {
        share(self.agree, filled, self.seats)
    }

    /// The quorum likewise.
    pub fn quorum_of(&self, filled: u32) -> u32 {
        share(self.quorum, filled, self.seats)
    }

    /// Whether a draw that found `filled` seats is a jury at all: at least half of the seats.
    pub fn is_enough(&self, filled: u32) -> bool {
        u64::from(filled) * 2 >= u64::from(self.seats)
    }
}

impl Steps {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "like the rule of other juries")]
    /// The rule at the close of a round of a jury in steps, like [`Terms::close`].
    pub fn close(&self, terms: &Terms, rounds: &[Round], standing: &Standing) -> Close {
        let [first, ..] = rounds else { return Close::Undecided };
        let sum = |part: fn(&Round) -> u32| rounds.iter().map(part).sum::<u32>();
        let (yes, no) = (sum(|round| round.yes), sum(|round| round.no));
        let quorum = first.yes + first.no >= terms.quorum_of(first.seats);
        let grows = self.grows_by(terms, sum(|round| round.seats)) > 0;
        if yes >= no.saturating_add(self.lead) {
            Close::Approved
        } else if no >= yes.saturating_add(self.lead) {
            Close::Declined
        } else if grows && quorum && standing.reserve {
            Close::Grow
        } else if !standing.extended && standing.silent > 0 {
            Close::Extend
        } else if !quorum || yes == no {
            Close::Undecided
        } else if yes > no {
            Close::Approved
        } else {
            Close::Declined
        }
    }

    /// How many seats the next round adds to `total`, if there are so many in the drawn order.
    pub fn grows_by(self, terms: &Terms, total: u32) -> u32 {
        terms.then.min(self.cap.saturating_sub(total))
    }
}

/// ⌈part · filled / seats⌉. A jury without seats needs one voice, which nobody can give.
fn share(part: u32, filled: u32, seats: u32) -> u32 {
    if seats == 0 {
        return 1;
    }
    let scaled = (u64::from(part) * u64::from(filled)).div_ceil(u64::from(seats));
    u32::try_from(scaled).unwrap_or(u32::MAX)
}

/// Why a slot may not be seated; the first that holds, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// no longer a member
    Left,
    /// wrote the proposal
    Author,
    /// co-signed the current version
    Cosigner,
    /// would be removed by the proposal
    Subject,
    /// admitted too recently
    TooNew,
    /// asked for a pause
    Paused,
    /// was seated recently, or on an earlier jury of the same proposal
    Served,
}

impl Reason {
    /// All reasons, in order of precedence.
    pub const ALL: [Reason; 7] = [
        Self::Left,
        Self::Author,
        Self::Cosigner,
        Self::Subject,
        Self::TooNew,
        Self::Paused,
        Self::Served,
    ];

    /// The word in an exclusion list.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Author => "author",
            Self::Cosigner => "cosigner",
            Self::Subject => "subject",
            Self::TooNew => "too_new",
            Self::Paused => "paused",
            Self::Served => "served",
        }
    }

    /// The reason this word names.
    pub fn parse(word: &str) -> Option<Reason> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// Whether resting members are passed over at all: not if they are more than a fifth of the roll.
pub fn rest_counts(resting: u32, roll: u32) -> bool {
    u64::from(resting) * 5 <= u64::from(roll)
}

/// The exclusion list as a document: `SLOT REASON\n` for each slot, ascending.
///
/// ```
/// use mic_proof::jury::{Reason, exclusions_text};
/// assert_eq!(exclusions_text(&[(3, Reason::Author), (12, Reason::TooNew)]), "3 author\n12 too_new\n");
/// ```
pub fn exclusions_text(list: &[(u32, Reason)]) -> String {
    let mut text = String::with_capacity(list.len() * 14);
    for (slot, reason) in list {
        text.push_str(&slot.to_string());
        text.push(' ');
        text.push_str(reason.word());
        text.push('\n');
    }
    text
}

/// Reads an exclusion list; none if it is not exactly what [`exclusions_text`] writes, ascending.
pub fn parse_exclusions(text: &str) -> Option<Vec<(u32, Reason)>> {
    let mut list: Vec<(u32, Reason)> = Vec::new();
    for line in text.split_terminator('\n') {
        let (slot, reason) = line.split_once(' ')?;
        let pair = (slot.parse().ok()?, Reason::parse(reason)?);
        if list.last().is_some_and(|before| before.0 >= pair.0) {
            return None;
        }
        list.push(pair);
    }
    (exclusions_text(&list) == text).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE: Terms = Terms { seats: 9, agree: 6, then: 12, quorum: 5 };

    fn round(seats: u32, yes: u32, no: u32) -> Round {
        Round { seats, yes, no }
    }

    fn open(silent: u32) -> Standing {
        Standing { silent, reserve: true, extended: false }
    }

    #[test]
    fn six_of_nine_decide_and_five_do_not() {
        let close = |yes, no| NINE.close(&[round(9, yes, no)], &open(9 - yes - no));
        assert_eq!(close(6, 3), Close::Approved);
        assert_eq!(close(0, 6), Close::Declined);
        assert_eq!(close(5, 4), Close::Grow);
        assert_eq!(close(3, 2), Close::Grow);
        assert_eq!(close(2, 2), Close::Extend);
        let again = Standing { extended: true, ..open(5) };
        assert_eq!(NINE.close(&[round(9, 2, 2)], &again), Close::Undecided);
        let nobody_left = Standing { reserve: false, ..open(0) };
        assert_eq!(NINE.close(&[round(9, 5, 4)], &nobody_left), Close::Undecided);
        let fixed = Terms { then: 0, ..NINE };
        assert_eq!(fixed.close(&[round(9, 4, 4)], &open(1)), Close::Extend);
        assert_eq!(fixed.close(&[round(9, 4, 4)], &open(0)), Close::Undecided);
        assert_eq!(NINE.close(&[], &open(0)), Close::Undecided);
    }

    #[test]
    fn a_grown_jury_decides_by_the_majority_of_all_seats() {
        let close =
            |yes, no, silent| NINE.close(&[round(9, 5, 4), round(12, yes, no)], &open(silent));
        assert_eq!(close(6, 6, 0), Close::Approved);
        assert_eq!(close(5, 7, 0), Close::Declined);
        assert_eq!(close(5, 6, 1), Close::Extend);
        assert_eq!(close(5, 6, 0), Close::Undecided);
        assert_eq!(NINE.enough(&[round(9, 5, 4), round(12, 0, 0)]), 11);
    }

    #[test]
    fn a_jury_in_steps_grows_until_one_side_leads() {
        let terms = Terms { seats: 5, agree: 0, then: 4, quorum: 3 };
        let steps = Steps { lead: 3, cap: 11 };
        let first = |yes, no, silent| steps.close(&terms, &[round(5, yes, no)], &open(silent));
        assert_eq!(first(4, 1, 0), Close::Approved);
        assert_eq!(first(0, 3, 2), Close::Declined);
        assert_eq!(first(3, 2, 0), Close::Grow);
        assert_eq!(first(1, 1, 3), Close::Extend);
        let over = Standing { extended: true, ..open(3) };
        assert_eq!(steps.close(&terms, &[round(5, 1, 1)], &over), Close::Undecided, "no quorum");
        let two = |yes, no, standing: Standing| {
            steps.close(&terms, &[round(5, 3, 2), round(4, yes, no)], &standing)
        };
        assert_eq!(two(3, 1, open(0)), Close::Approved);
        assert_eq!(two(2, 2, open(0)), Close::Grow);
        let nobody_left = Standing { reserve: false, ..open(0) };
        assert_eq!(two(2, 2, nobody_left), Close::Approved, "the majority, when nobody is left");
        assert_eq!(two(1, 2, nobody_left), Close::Undecided, "equality");
        assert_eq!(two(0, 2, nobody_left), Close::Declined);
        let full = [round(5, 3, 2), round(4, 2, 2), round(2, 1, 1)];
        assert_eq!(steps.close(&terms, &full, &open(0)), Close::Approved);
        assert_eq!([5, 9, 11, 12].map(|total| steps.grows_by(&terms, total)), [4, 2, 0, 0]);
        assert_eq!(steps.close(&terms, &[], &open(0)), Close::Undecided);
    }

    #[test]
    fn thresholds_shrink_with_the_seats_that_could_be_filled_and_round_up() {
        assert_eq!((NINE.agree_of(9), NINE.agree_of(8), NINE.agree_of(5)), (6, 6, 4));
        assert_eq!((NINE.quorum_of(5), NINE.quorum_of(0)), (3, 0));
        assert!(NINE.is_enough(5) && !NINE.is_enough(4));
        let none = Terms { seats: 0, agree: 1, then: 0, quorum: 1 };
        assert_eq!(none.close(&[round(0, 0, 0)], &open(0)), Close::Undecided);
    }

    #[test]
    fn exclusion_lists_have_one_spelling() {
        let list = [(0, Reason::Left), (7, Reason::Served)];
        assert_eq!(parse_exclusions(&exclusions_text(&list)), Some(list.to_vec()));
        assert_eq!(parse_exclusions(""), Some(vec![]));
        let wrong = [
            "\n",
            "1 left",
            "01 left\n",
            "+1 left\n",
            "1  left\n",
            "1 absent\n",
            "2 left\n1 left\n",
            "1 left\n1 left\n",
            "1 left\r\n",
            "1 left\n\n",
            "4294967296 left\n",
        ];
        for text in wrong {
            assert_eq!(parse_exclusions(text), None, "{text:?}");
        }
        assert!(rest_counts(2, 10) && !rest_counts(3, 10));
    }
}
