//! Forecasts what a charter would be like to live with: how long a decision takes, how often a jury says something else than
//! everybody would, how often members are called. It decides nothing, so it may use floating point; a seed is an argument, and the same
//! question with the same seed has the same answer.
//!
//! Reading order: [`question`] (what is asked), [`plan`] (a charter as numbers), [`run`] (many proposals through it), [`exact`] (what
//! can be calculated stands beside what was counted), [`answer`] (what comes out), [`curve`] (the same for every level of support).
//!
//! What the model assumes:
//!
//! * People answer independently of each other and of what they think. Real people do not.
//! * A called member answers before the seat passes on with the probability `response`, after a time that is spread evenly over the
//!   orders of magnitude between ten minutes and the time to answer (log-uniform); otherwise not at all.
//! * `support` is the share of those who would say yes among all members but the author and the co-signers. It is the same for every
//!   proposal, and for a revised text.
//! * Whatever the size of the group, a waiting text finds so many readers a day as [`habits::Habits`] says, at random moments; each
//!   co-signs with the probability `support`.
//! * Nobody joins, leaves, pauses or steps aside, and no draw is missed.
//!
//! Knows no clock, no entropy, no group, no words for people.

pub mod answer;
pub mod chances;
pub mod curve;
pub mod exact;
pub mod habits;
pub mod plan;
pub mod question;
pub mod run;
pub mod trial;

mod course;
mod crowd;
mod dice;
mod everybody;
mod jury;
mod number;
pub mod terms;

pub use answer::Forecast;
pub use plan::Plan;
pub use question::{Question, Unusable};
