//! Deliberate bugs, to see that the checks can see: a simulator that finds nothing must first show that it would. Each is in the
//! driver or the disk of this crate, never in what we ship. Knows nothing of the checks.

/// One bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canary {
    /// Answers before the append is durable.
    AnswersEarly,
    /// The disk appends whatever comes, wherever the journal stands.
    IgnoresPosition,
    /// Parcels are not written with the entries that order them.
    ForgetsParcels,
    /// An unknown outcome is taken for done.
    UnknownIsDone,
    /// What was answered lately is forgotten at a restart, so that an act sent again is done again.
    ForgetsKeys,
    /// A mail is noted down as sent before it is.
    SettlesBeforeSending,
    /// A checkpoint is said to have been out before it was.
    PredatesCheckpoints,
}

impl Canary {
    pub const ALL: [Self; 7] = [
        Self::AnswersEarly,
        Self::IgnoresPosition,
        Self::ForgetsParcels,
        Self::UnknownIsDone,
        Self::ForgetsKeys,
        Self::SettlesBeforeSending,
        Self::PredatesCheckpoints,
    ];
}
