//! `mic charter simulate`: what a charter would be like to live with, as a table, as JSON, or as a drawing. Knows no rule and no number of
//! a forecast.

use std::path::PathBuf;

use clap::Args;
use mic_engine::charter::Charter;
use mic_forecast::answer::Share;
use mic_forecast::curve::{Level, levels};
use mic_forecast::habits::Habits;
use mic_forecast::question::{
    CALLS_MAX, MEMBERS_MAX, MEMBERS_MIN, PROPOSALS_A_WEEK_MAX, PROPOSALS_MAX, YEARS_MAX,
};
use mic_forecast::run::run as forecast_of;
use mic_forecast::{Forecast, Plan, Question, Unusable};

use super::{Exit, Failure, Screen};
use crate::pages::forecast::Report;
use crate::pages::forecast::report::Table;
use crate::pages::plot;
use crate::words::{Language, Words};

/// Proposals for each level of support of the drawing.
const LEVEL_PROPOSALS: u32 = 2_000;
/// One a minute.
const READERS_A_DAY_MAX: f64 = 1_440.0;

#[derive(Debug, Args)]
pub(super) struct Simulate {
    /// A file, or the name of a charter that comes with the program
    #[arg(long, value_name = "FILE|NAME", default_value = "default")]
    pub(super) charter: String,
    /// Which process; without it the one that sends messages to everybody
    #[arg(long, value_name = "ID")]
    process: Option<String>,
    #[arg(long, default_value_t = 10_000)]
    members: u32,
    /// All members together, on average
    #[arg(long, value_name = "NUMBER", default_value_t = 20.0)]
    proposals_per_week: f64,
    /// Share of those who are called who answer, above 0 and up to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.6)]
    response_rate: f64,
    /// Share of the members who would say yes, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.4)]
    support: f64,
    #[arg(long, default_value_t = 1)]
    years: u32,
    /// The same number gives the same years
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Readers a day of a text that waits for co-signatures
    #[arg(long, value_name = "NUMBER", default_value_t = Habits::default().readers_a_day)]
    readers: f64,
    /// Share of the authors who revise after a no, where they may
    #[arg(long, value_name = "SHARE", default_value_t = Habits::default().revising)]
    revising: f64,
    /// Share of the other authors who ask a fresh jury, where they may
    #[arg(long, value_name = "SHARE", default_value_t = Habits::default().appealing)]
    appealing: f64,
    /// Write the drawings into this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(
    command: &Simulate,
    charter: &Charter,
    screen: &mut Screen<'_>,
) -> Result<Exit, Failure> {
    let question = question(command)?;
    let plan = Plan::of(charter, command.process.as_deref(), question.members)
        .map_err(|_| no_such_process(command, charter))?;
    let forecast = forecast_of(&question, &plan).map_err(told)?;
    let levels = if command.json || command.svg.is_some() {
        levels(&question, &plan, LEVEL_PROPOSALS).map_err(told)?
    } else {
        Vec::new()
    };
    let report = Report::of(&forecast, &levels, Words::of(Language::English));
    if let Some(path) = &command.svg {
        let drawings: Vec<_> = report.charts.iter().map(|chart| &chart.drawing).collect();
        std::fs::write(path, plot::standing_alone(&drawings))?;
    }
    if command.json {
        writeln!(screen.out, "{}", as_json(&forecast, &levels, &report))?;
    } else {
        show(&report, &plan, screen)?;
    }
    Ok(Exit::Ok)
}

fn question(command: &Simulate) -> Result<Question, Failure> {
    let habits = Habits {
        readers_a_day: command.readers,
        revising: command.revising,
        appealing: command.appealing,
        ..Habits::default()
    };
    let question = Question {
        members: command.members,
        proposals_a_week: command.proposals_per_week,
        response: command.response_rate,
        support: command.support,
        years: command.years,
        seed: command.seed,
        habits,
        calls_max: CALLS_MAX,
    };
    let share = |name: &str, value: f64| {
        let good = (0.0..=1.0).contains(&value);
        good.then_some(())
            .ok_or_else(|| Failure::unreadable(format!("--{name}: write a share from 0 to 1")))
    };
    share("revising", habits.revising)?;
    share("appealing", habits.appealing)?;
    if !(0.0..=READERS_A_DAY_MAX).contains(&habits.readers_a_day) {
        return Err(Failure::unreadable(format!(
            "--readers: write 0 to {READERS_A_DAY_MAX} a day"
        )));
    }
    question.check().map(|()| question).map_err(told)
}

fn told(unusable: Unusable) -> Failure {
    Failure::unreadable(match unusable {
        Unusable::Members => format!("--members: write {MEMBERS_MIN} to {MEMBERS_MAX}"),
        Unusable::ProposalsAWeek => {
            format!("--proposals-per-week: write 0.02 (one a year) to {PROPOSALS_A_WEEK_MAX}")
        }
        Unusable::Response => "--response-rate: write a share from 0.01 to 1".to_owned(),
        Unusable::Support => "--support: write a share from 0 to 1".to_owned(),
        Unusable::Years => format!("--years: write 1 to {YEARS_MAX}"),
        Unusable::TooMany => {
            format!("more than {PROPOSALS_MAX} proposals: write fewer a week, or fewer years")
        }
    })
}

fn no_such_process(command: &Simulate, charter: &Charter) -> Failure {
    let known: Vec<&str> = charter.processes.keys().map(mic_engine::charter::Id::as_str).collect();
    let wanted = command.process.as_deref().unwrap_or_default();
    Failure::unreadable(format!("--process {wanted}: this charter has {}", known.join(", ")))
}

fn show(report: &Report, plan: &Plan, screen: &mut Screen<'_>) -> Result<(), Failure> {
    let out = &mut *screen.out;
    writeln!(out, "{}\n{}\n", plan.charter, report.asked)?;
    for warning in &report.warnings {
        writeln!(out, "! {warning}\n")?;
    }
    let words = Words::of(Language::English);
    let heads =
        ["what", "counted", "calculated"].map(|head| words.say(&format!("forecast-{head}"), &[]));
    let row = |row: &crate::pages::forecast::report::Row| {
        vec![row.what.clone(), row.counted.clone(), row.calculated.clone()]
    };
    let table = Table { heads: heads.to_vec(), lines: report.rows.iter().map(row).collect() };
    write_table(out, &table)?;
    if let Some(agreement) = &report.agreement {
        writeln!(out, "\n{agreement}")?;
    }
    writeln!(out)?;
    write_table(out, &report.stages)?;
    // The table of levels is only there when a drawing was asked for.
    for chart in report.charts.iter().filter(|chart| !chart.table.lines.is_empty()) {
        writeln!(out, "\n{}\n", chart.title)?;
        write_table(out, &chart.table)?;
    }
    writeln!(out, "\n{}", words.say("forecast-assumed", &[]))?;
    for line in &report.assumed {
        writeln!(out, "- {line}")?;
    }
    Ok(())
}

/// The first column to the left, the others to the right, each as wide as its widest cell.
fn write_table(out: &mut dyn std::io::Write, table: &Table) -> std::io::Result<()> {
    let all = || std::iter::once(&table.heads).chain(&table.lines);
    let width = |column: usize| {
        let cells = all().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.heads.len()).map(width).collect();
    for line in all() {
        let cells = line.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells
            .map(|(column, (cell, width))| match column {
                0 => format!("{cell:width$}"),
                _ => format!("{cell:>width$}"),
            })
            .collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

fn as_json(forecast: &Forecast, levels: &[Level], report: &Report) -> serde_json::Value {
    let question = &forecast.question;
    let share = |share: Share| serde_json::json!({ "hits": share.hits, "of": share.of });
    let times = |times: Option<mic_forecast::answer::Times>| {
        times.map(|times| serde_json::json!({ "median": times.median, "p90": times.p90 }))
    };
    let stage =
        |(stage, seen): (&mic_forecast::plan::Planned, &mic_forecast::answer::StageCount)| {
            serde_json::json!({
                "id": stage.id, "entered": seen.entered, "pass": seen.pass, "fail": seen.fail,
                "undecided": seen.undecided, "lapsed": seen.lapsed, "hours": seen.hours,
                "called": seen.called, "answers": seen.answers, "seats": seen.seats,
            })
        };
    let jury = forecast.first_jury.map(|jury| {
        let exact = jury.exact.map(|exact| {
            serde_json::json!({
                "approved": exact.approved, "declined": exact.declined,
                "undecided": exact.undecided, "seats": exact.seats,
            })
        });
        serde_json::json!({
            "approved": share(jury.approved), "declined": share(jury.declined),
            "undecided": share(jury.undecided), "exact": exact,
        })
    });
    let level = |level: &Level| {
        serde_json::json!({
            "support_percent": level.support, "wrong": level.counted.map(share),
            "wrong_exact": level.exact, "passed": share(level.passed),
        })
    };
    let (load, reading) = (&forecast.load, &forecast.reading);
    serde_json::json!({
        "charter": forecast.plan.charter, "process": forecast.plan.process,
        "members": question.members, "proposals_per_week": question.proposals_a_week,
        "response_rate": question.response, "support": question.support,
        "years": question.years, "seed": question.seed,
        "proposals": forecast.proposals, "cut_short": forecast.cut_short,
        "passed": share(forecast.passed), "declined": share(forecast.declined),
        "undecided": share(forecast.undecided), "lapsed": share(forecast.lapsed),
        "hours_to_verdict": times(forecast.to_verdict), "hours_to_pass": times(forecast.to_pass),
        "first_jury": jury,
        "stages": forecast.plan.stages.iter().zip(&forecast.stages).map(stage).collect::<Vec<_>>(),
        "calls": load.calls, "calls_per_member_and_year": load.per_member_and_year,
        "calls_per_proposal": load.per_proposal, "most_calls_of_a_member_a_year": load.most_a_year,
        "members_by_calls": load.members_by_calls, "draws": load.draws,
        "draws_without_rest": load.unrested, "resting": load.resting,
        "votes_per_member_and_year": load.votes_per_member_and_year,
        "reader_minutes_per_broadcast": reading.per_broadcast,
        "broadcasts_per_week": reading.broadcasts_a_week,
        "reader_minutes_per_member_and_week": reading.per_member_and_week,
        "juror_minutes_per_proposal": reading.of_jurors_per_proposal,
        "levels": levels.iter().map(level).collect::<Vec<_>>(),
        "assumed": report.assumed,
    })
}
