//! A forecast in words: the rows of its tables, its drawings, and what it takes for granted, for the page and for the command line alike.
//! Knows no HTML but that of its drawings.

use mic_forecast::answer::{STANDARD_ERRORS_MAX, Share, StageCount};
use mic_forecast::curve::Level;
use mic_forecast::plan::{LeftOut, Planned};
use mic_forecast::{Forecast, Plan, Question};
use serde::Serialize;

use super::charts;
use super::figures::{count, counted, decimal, hours, percent, times};
use crate::text::Html;
use crate::words::{Arg, Words};

#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The question in one sentence.
    pub asked: String,
    /// What a reader must know before reading on.
    pub warnings: Vec<String>,
    pub rows: Vec<Row>,
    /// Whether counted and calculated belong together; none where nothing was calculated.
    pub agreement: Option<String>,
    pub stages: Table,
    pub charts: Vec<Chart>,
    /// What is taken for granted, and what is left out.
    pub assumed: Vec<String>,
}

/// One line: what, as it was counted, as it was calculated (often empty).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub what: String,
    pub counted: String,
    pub calculated: String,
}

/// A table: its heads, then its lines, each of as many cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    pub heads: Vec<String>,
    pub lines: Vec<Vec<String>>,
}

/// A drawing and the same as a table.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    pub id: &'static str,
    pub title: String,
    pub about: String,
    pub drawing: Html,
    pub table: Table,
}

impl Report {
    pub fn of(forecast: &Forecast, levels: &[Level], words: &Words) -> Self {
        let mut lines = Lines { words, rows: Vec::new(), farthest: None };
        lines.fill(forecast);
        let Lines { rows, farthest, .. } = lines;
        let agreement = farthest.map(|errors| {
            let key =
                if errors <= STANDARD_ERRORS_MAX { "forecast-close" } else { "forecast-apart" };
            words.say(key, &[("errors", Arg::Text(decimal(words, errors, 1)))])
        });
        Self {
            asked: asked(forecast, words),
            warnings: warnings(forecast, words),
            rows,
            agreement,
            stages: stages(forecast, words),
            charts: charts::all(forecast, levels, words),
            assumed: assumed(forecast, words),
        }
    }

    /// The usual question about the default charter, for a group of so many.
    pub(super) fn sample(words: &Words, members: u32) -> Self {
        let question = Question { members, ..Question::usual() };
        let text = include_str!("../../../../../charters/default.toml");
        let charter = mic_engine::charter::parse::parse(text).expect("the default charter");
        let plan = Plan::of(&charter, None, members).expect("it has processes");
        let forecast = mic_forecast::run::run(&question, &plan).expect("within range");
        let levels = mic_forecast::curve::levels(&question, &plan, 60).expect("within range");
        Self::of(&forecast, &levels, words)
    }
}

/// The rows as they are filled.
struct Lines<'w> {
    words: &'w Words,
    rows: Vec<Row>,
    /// The largest distance between counted and calculated, in standard errors.
    farthest: Option<f64>,
}

impl Lines<'_> {
    fn fill(&mut self, forecast: &Forecast) {
        let words = self.words;
        self.plain("forecast-row-verdict", times(words, forecast.to_verdict));
        let until = if forecast.plan.reaches_everybody { "reach" } else { "pass" };
        self.plain(&format!("forecast-row-{until}"), times(words, forecast.to_pass));
        self.share("forecast-row-passed", forecast.passed, None);
        self.share("forecast-row-declined", forecast.declined, None);
        self.share("forecast-row-undecided", forecast.undecided, None);
        self.share("forecast-row-lapsed", forecast.lapsed, None);
        if let Some((stage, exact)) = forecast.cosign_lapses {
            let stage = forecast.stages.get(stage).copied().unwrap_or_default();
            let share = Share { hits: stage.lapsed, of: stage.entered };
            self.share("forecast-row-cosign", share, Some(exact));
        }
        if let Some(jury) = &forecast.first_jury {
            let exact = jury.exact;
            self.share("forecast-row-jury-yes", jury.approved, exact.map(|e| e.approved));
            self.share("forecast-row-jury-no", jury.declined, exact.map(|e| e.declined));
            self.share("forecast-row-jury-undecided", jury.undecided, exact.map(|e| e.undecided));
        }
        let side = if forecast.question.support < 0.5 { "yes" } else { "no" };
        if let Some((share, exact)) = forecast.wrong() {
            self.share(&format!("forecast-row-wrong-{side}"), share, exact);
        }
        if let Some(share) = forecast.wrong_in_the_end() {
            self.share(&format!("forecast-row-against-{side}"), share, None);
        }
        self.load(forecast);
        self.reading(forecast);
    }

    fn load(&mut self, forecast: &Forecast) {
        let (words, load) = (self.words, &forecast.load);
        if load.draws > 0 {
            self.plain("forecast-row-called", decimal(words, load.per_proposal, 1));
            self.plain("forecast-row-load", decimal(words, load.per_member_and_year, 2));
            self.plain("forecast-row-most", decimal(words, load.most_a_year, 1));
            let never = share(load.members_by_calls[0], u64::from(forecast.plan.roll));
            self.plain("forecast-row-never", percent(words, never.value()));
            self.plain("forecast-row-rest", percent(words, load.resting));
            let unrested = share(load.unrested, load.draws);
            self.plain("forecast-row-unrested", percent(words, unrested.value()));
        }
        if load.votes_per_member_and_year > 0.0 {
            self.plain("forecast-row-votes", decimal(words, load.votes_per_member_and_year, 1));
        }
    }

    fn reading(&mut self, forecast: &Forecast) {
        let (words, reading) = (self.words, &forecast.reading);
        if forecast.plan.reaches_everybody {
            self.plain("forecast-row-reading", decimal(words, reading.per_broadcast, 0));
            self.plain("forecast-row-messages", decimal(words, reading.broadcasts_a_week, 2));
            self.plain("forecast-row-week", decimal(words, reading.per_member_and_week, 1));
        }
        if forecast.load.draws > 0 {
            self.plain("forecast-row-judging", decimal(words, reading.of_jurors_per_proposal, 0));
        }
    }

    fn plain(&mut self, key: &str, counted: String) {
        let what = self.words.say(key, &[]);
        self.rows.push(Row { what, counted, calculated: String::new() });
    }

    fn share(&mut self, key: &str, share: Share, exact: Option<f64>) {
        self.plain(key, counted(self.words, share));
        if let (Some(exact), Some(row)) = (exact, self.rows.last_mut()) {
            row.calculated = percent(self.words, exact);
            let distance = share.distance(exact);
            self.farthest = Some(self.farthest.map_or(distance, |before| before.max(distance)));
        }
    }
}

fn asked(forecast: &Forecast, words: &Words) -> String {
    let question = &forecast.question;
    words.say(
        "forecast-asked",
        &[
            ("process", Arg::Text(forecast.plan.title.clone())),
            ("members", Arg::Number(question.members.into())),
            ("proposals", Arg::Text(count(words, forecast.proposals))),
            ("years", Arg::Number(question.years.into())),
            ("response", Arg::Text(percent(words, question.response))),
            ("support", Arg::Text(percent(words, question.support))),
        ],
    )
}

fn warnings(forecast: &Forecast, words: &Words) -> Vec<String> {
    let mut warnings = Vec::new();
    if forecast.cut_short {
        let calls = Arg::Text(count(words, forecast.load.calls));
        warnings.push(words.say("forecast-cut", &[("calls", calls)]));
    }
    if forecast.first_jury.is_some_and(|jury| jury.exact.is_none()) {
        warnings.push(words.say("forecast-no-formula", &[]));
    }
    warnings
}

fn stages(forecast: &Forecast, words: &Words) -> Table {
    let head = |what: &str| words.say(&format!("forecast-stage{what}"), &[]);
    let heads = ["", "-entered", "-pass", "-fail", "-undecided", "-lapsed", "-hours", "-called"];
    let proposals = forecast.proposals;
    let lines = forecast.plan.stages.iter().zip(&forecast.stages);
    Table {
        heads: heads.map(head).to_vec(),
        lines: lines.map(|(stage, seen)| stage_line(stage, *seen, proposals, words)).collect(),
    }
}

fn stage_line(stage: &Planned, seen: StageCount, proposals: u64, words: &Words) -> Vec<String> {
    let part = |hits: u64| match hits {
        0 => "–".to_owned(),
        hits => percent(words, share(hits, seen.entered).value()),
    };
    let each = |sum: f64| sum / Share { hits: seen.entered.max(1), of: 1 }.value();
    let called = Share { hits: seen.called, of: seen.entered.max(1) }.value();
    vec![
        stage.title.clone(),
        percent(words, share(seen.entered, proposals).value()),
        part(seen.pass),
        part(seen.fail),
        part(seen.undecided),
        part(seen.lapsed),
        hours(words, each(seen.hours)),
        if seen.called == 0 { "–".to_owned() } else { decimal(words, called, 1) },
    ]
}

fn assumed(forecast: &Forecast, words: &Words) -> Vec<String> {
    let habits = &forecast.question.habits;
    let number = |value: f64| Arg::Text(decimal(words, value, 0));
    let part = |value: f64| Arg::Text(percent(words, value));
    let say =
        |what: &str, arguments: &[(&str, Arg)]| words.say(&format!("forecast-{what}"), arguments);
    let mut list = vec![
        say("assume-alone", &[]),
        say("assume-response", &[("minutes", number(habits.fastest_answer_minutes))]),
        say("assume-support", &[]),
        say("assume-cosign", &[("readers", number(habits.readers_a_day))]),
        say(
            "assume-author",
            &[
                ("revising", part(habits.revising)),
                ("appealing", part(habits.appealing)),
                ("hours", number(habits.author_hours)),
            ],
        ),
        say("assume-steady", &[]),
        say(
            "assume-minutes",
            &[
                ("reading", number(habits.reading_minutes)),
                ("judging", number(habits.juror_minutes)),
            ],
        ),
    ];
    if forecast.load.votes_per_member_and_year > 0.0 {
        list.push(say("assume-block", &[("blocking", part(habits.blocking))]));
    }
    list.extend(forecast.plan.left_out.iter().map(|left_out| match left_out {
        LeftOut::Options => say("left-options", &[]),
        LeftOut::Amendments => say("left-amendments", &[]),
        LeftOut::Thresholds => say("left-thresholds", &[]),
    }));
    list
}

fn share(hits: u64, of: u64) -> Share {
    Share { hits, of }
}
