//! What people are taken to do where nobody has measured it. Every number is a guess, named, with its unit; change it and ask again.
//! Knows nothing of rules.

/// Guesses about people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// Readers a day of a text that waits for co-signatures, whatever the size of the group: those who look are few where few are
    /// asked and many where many are.
    pub readers_a_day: f64,
    /// Share of the authors who revise after a no, where the charter lets them.
    pub revising: f64,
    /// Share of the other authors who ask a fresh jury, where the charter lets them.
    pub appealing: f64,
    /// How long an author thinks about it, on average.
    pub author_hours: f64,
    /// The fastest answer of a juror.
    pub fastest_answer_minutes: f64,
    /// Minutes that reading one broadcast takes one member.
    pub reading_minutes: f64,
    /// Minutes that a juror who answers spends on it.
    pub juror_minutes: f64,
    /// Share of those against it who block a consensus or object; the others stand aside.
    pub blocking: f64,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            readers_a_day: 3.0,
            revising: 0.3,
            appealing: 0.3,
            author_hours: 48.0,
            fastest_answer_minutes: 10.0,
            reading_minutes: 2.0,
            juror_minutes: 10.0,
            blocking: 0.05,
        }
    }
}
