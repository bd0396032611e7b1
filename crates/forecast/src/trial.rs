//! The trial run of a charter: a group's own past cases walked through other rules. It says which would have ended otherwise, taken
//! longer or asked more people, with which chance, and which cannot be known, because the new rule asks people who were never asked.
//!
//! Reading order: [`facts`] (what is known of a case), [`run`] (all of them), [`answer`] (what comes out), `walk` (one case through
//! one process), `steps` (one stage with what is known of it), `ballots` (a jury of which only some would have sat).
//!
//! What it assumes, and what its page says:
//!
//! * Everybody answers as they did, and as fast. Who said nothing would have said nothing, however long they had had.
//! * Nobody would have written another text, and nobody would have opened more or fewer proposals.
//! * The order of a draw is chance. A jury that is smaller than the one that sat is any part of it that is as large, each with the
//!   same chance: the chances are exact (hypergeometric), not drawn.
//! * Who may not sit (too new, resting, paused) is as it was.
//!
//! Knows no clock, no entropy, no journal and no words for people.

pub mod answer;
pub mod facts;

mod ballots;
mod steps;
mod walk;

use mic_engine::charter::Charter;

pub use answer::{Compared, Sums, Trial, Unknown, Why, Would};
pub use facts::{Case, End, JuryFact, RoundFact, Seen, StepFact, VoteFact};

/// Past cases that one trial run takes, the newest ones.
pub const CASES_MAX: usize = 10_000;
/// Steps of one case that are looked at; a case of an honest journal has fewer.
pub const STEPS_MAX: usize = 64;

/// Walks every closed case through `charter`. Cases that still run are counted and left alone. Beyond [`CASES_MAX`] cases the oldest
/// are left out and counted.
pub fn run(charter: &Charter, cases: &[Case]) -> Trial {
    let kept = &cases[cases.len().saturating_sub(CASES_MAX)..];
    let mut trial = Trial { left_out: cases.len() - kept.len(), ..Trial::default() };
    for case in kept {
        match case.end {
            None => trial.running += 1,
            Some(end) => trial.add(case, end, walk::walk(charter, case)),
        }
    }
    trial
}
