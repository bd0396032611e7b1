//! What a trial run says, for a page: sums, cases, and what cannot be known. Knows no trial run: it comes filled.

use serde::Serialize;

use super::route::Route;
use crate::words::Phrase;

/// Cases that one page lists; the sums count all of them.
pub const TRIAL_ROWS_MAX: usize = 100;

/// A trial run over a range of days.
#[derive(Clone, Debug, Serialize)]
pub struct Trial {
    /// The range as it is typed: `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    /// What was typed and is no day; the usual range is shown instead.
    pub odd: bool,
    /// Sentences: how many cases, and what of them.
    pub sums: Vec<Phrase>,
    pub rows: Vec<TrialRow>,
    /// Cases that differ and are not listed.
    pub more: u32,
}

/// One case.
#[derive(Clone, Debug, Serialize)]
pub struct TrialRow {
    pub title: String,
    pub link: Route,
    pub was: Phrase,
    /// What it would have come to, the likeliest first; and what cannot be known.
    pub would: Vec<Phrase>,
    pub why: Vec<Phrase>,
    /// Time and summonses, where they differ.
    pub effort: Vec<Phrase>,
}

impl Trial {
    pub(super) fn sample() -> Self {
        let group = mic_engine::ids::GroupId([7; 16]);
        let row = |proposal: u32, would, why| TrialRow {
            title: "The depot meeting moves to Thursday".to_owned(),
            link: Route::Proposal { group, proposal },
            was: Phrase::new("trial-end-done"),
            would,
            why,
            effort: vec![
                Phrase::new("trial-length").number("was", 30_u32).number("would", 42_u32),
                Phrase::new("trial-summoned").number("was", 9_u32).number("would", 5_u32),
            ],
        };
        let stage = "A few members drawn by lot decide";
        Self {
            from: "2026-08-22".to_owned(),
            to: "2026-11-20".to_owned(),
            odd: false,
            sums: vec![
                Phrase::new("trial-cases").number("count", 12_u32),
                Phrase::new("trial-same").number("count", 9_u32),
            ],
            rows: vec![
                row(
                    3,
                    vec![
                        Phrase::new("trial-chance-done").number("percent", 77_u32),
                        Phrase::new("trial-unknown-author").number("percent", 23_u32),
                    ],
                    vec![
                        Phrase::new("trial-why-seats")
                            .text("stage", stage)
                            .number("was", 9_u32)
                            .number("would", 3_u32),
                    ],
                ),
                row(
                    9,
                    vec![
                        Phrase::new("trial-unknown-never-asked")
                            .number("percent", 100_u32)
                            .number("count", 12_u32),
                    ],
                    vec![],
                ),
            ],
            more: 3,
        }
    }
}
