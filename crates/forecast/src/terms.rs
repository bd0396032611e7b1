//! The numbers of a jury and the rule at the close of a round (spec/jury.md), for juries that grow once and for those in steps.
//! Knows nothing of who sits and of time.

/// How many sit and what decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// As many as may be drawn, at most 500; more than half of them decide.
    Everyone,
    Fixed {
        seats: u32,
        agree: u32,
        quorum: u32,
        then: u32,
    },
    /// In steps: a lead decides, and otherwise it grows by `then` up to `cap`.
    Steps {
        seats: u32,
        quorum: u32,
        then: u32,
        lead: u32,
        cap: u32,
    },
}

/// One round as it stands when it closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) seats: u32,
    pub(crate) yes: u32,
    pub(crate) no: u32,
}

/// What else matters at the close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) silent: u32,
    pub(crate) reserve: bool,
    pub(crate) extended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    Approved,
    Declined,
    /// By so many seats.
    Grow(u32),
    Extend,
    Undecided,
}

impl Terms {
    /// Seats of the first round; none for everybody, whose number is known at the draw.
    pub(crate) fn first_seats(&self) -> u32 {
        match *self {
            Self::Everyone => 0,
            Self::Fixed { seats, .. } | Self::Steps { seats, .. } => seats,
        }
    }

    /// Seats of all rounds together at the most; none for everybody.
    pub fn seats_at_most(&self) -> u32 {
        match *self {
            Self::Everyone => 0,
            Self::Fixed { seats, then, .. } => seats + then,
            Self::Steps { cap, .. } => cap,
        }
    }

    /// The rule at the close of the last of `rounds`. Everybody's jury is given as `Fixed` with its number of seats.
    pub(crate) fn close(&self, rounds: &[Round], standing: Standing) -> Close {
        let Some((first, later)) = rounds.split_first() else { return Close::Undecided };
        let sum = |part: fn(&Round) -> u32| rounds.iter().map(part).sum::<u32>();
        let (yes, no, seated) = (sum(|r| r.yes), sum(|r| r.no), sum(|r| r.seats));
        let extend = !standing.extended && standing.silent > 0;
        match *self {
            Self::Everyone => Close::Undecided,
            Self::Fixed { seats, agree, quorum, then } => {
                let enough = match later {
                    [] => share(agree, first.seats, seats),
                    [..] => seated / 2 + 1,
                };
                let asked_enough = first.yes + first.no >= share(quorum, first.seats, seats);
                if yes >= enough {
                    Close::Approved
                } else if no >= enough {
                    Close::Declined
                } else if later.is_empty() && then > 0 && asked_enough && standing.reserve {
                    Close::Grow(then)
                } else if extend {
                    Close::Extend
                } else {
                    Close::Undecided
                }
            }
            Self::Steps { seats, quorum, then, lead, cap } => {
                let asked_enough = first.yes + first.no >= share(quorum, first.seats, seats);
                if yes >= no + lead {
                    Close::Approved
                } else if no >= yes + lead {
                    Close::Declined
                } else if seated < cap && then > 0 && asked_enough && standing.reserve {
                    Close::Grow(then.min(cap - seated))
                } else if extend {
                    Close::Extend
                } else if !asked_enough || yes == no {
                    Close::Undecided
                } else if yes > no {
                    Close::Approved
                } else {
                    Close::Declined
                }
            }
        }
    }
}

/// ⌈part × filled / seats⌉.
fn share(part: u32, filled: u32, seats: u32) -> u32 {
    let scaled = (u64::from(part) * u64::from(filled)).div_ceil(u64::from(seats.max(1)));
    u32::try_from(scaled).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jury_in_steps_follows_the_lead_then_the_majority() {
        let terms = Terms::Steps { seats: 5, quorum: 3, then: 4, lead: 3, cap: 9 };
        let silent = Standing { silent: 0, reserve: true, extended: false };
        let round = |seats, yes, no| Round { seats, yes, no };
        assert_eq!(terms.close(&[round(5, 4, 1)], silent), Close::Approved);
        assert_eq!(terms.close(&[round(5, 2, 3)], silent), Close::Grow(4));
        assert_eq!(terms.close(&[round(5, 2, 3), round(4, 1, 3)], silent), Close::Declined);
        assert_eq!(terms.close(&[round(5, 2, 3), round(4, 2, 2)], silent), Close::Declined);
        assert_eq!(terms.close(&[round(5, 2, 3), round(4, 2, 1)], silent), Close::Undecided);
        let waiting = Standing { silent: 3, ..silent };
        assert_eq!(terms.close(&[round(5, 1, 1)], waiting), Close::Extend);
        let over = Standing { extended: true, ..waiting };
        assert_eq!(terms.close(&[round(5, 1, 1)], over), Close::Undecided);
    }
}
