//! The numbers of a jury, and the rule at the close of a round: the very rule by which the engine counts and the verifier checks
//! (`mic_proof::jury`), for juries that grow once and for those in steps. Knows nothing of who sits and of time.

use mic_proof::jury;
pub(crate) use mic_proof::jury::{Close, Round, Standing};

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
        match *self {
            Self::Everyone => Close::Undecided,
            Self::Fixed { seats, agree, quorum, then } => {
                jury::Terms { seats, agree, then, quorum }.close(rounds, &standing)
            }
            Self::Steps { seats, quorum, then, lead, cap } => {
                let terms = jury::Terms { seats, agree: 0, then, quorum };
                jury::Steps { lead, cap }.close(&terms, rounds, &standing)
            }
        }
    }

    /// How many seats the next round adds when there are `total`.
    pub(crate) fn grows_by(&self, total: u32) -> u32 {
        match *self {
            Self::Everyone => 0,
            Self::Fixed { then, .. } => then,
            Self::Steps { then, cap, .. } => then.min(cap.saturating_sub(total)),
        }
    }
}
