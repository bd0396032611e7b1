//! The drawings of a forecast: errors by support, time to the first verdict, calls of members; each with the same as a table.
//! Knows no page.

use mic_forecast::Forecast;
use mic_forecast::answer::{CALLS_CLASSES, Share, VERDICT_HOURS};
use mic_forecast::curve::Level;

use super::figures::{count, counted, decimal, percent};
use super::report::{Chart, Table};
use crate::pages::plot::{Bar, Curve, Head, bars, curve};
use crate::words::{Arg, Words};

/// Those that have something to show.
pub(super) fn all(forecast: &Forecast, levels: &[Level], words: &Words) -> Vec<Chart> {
    let mut charts = Vec::new();
    charts.extend(errors(forecast, levels, words));
    charts.extend(delays(forecast, words));
    charts.extend(burden(forecast, words));
    charts
}

fn errors(forecast: &Forecast, levels: &[Level], words: &Words) -> Option<Chart> {
    forecast.first_jury.as_ref()?;
    let dots = levels.iter().filter_map(|level| {
        let counted = level.counted?;
        Some((f64::from(level.support), counted.value(), counted.standard_error()))
    });
    let line = levels.iter().filter_map(|level| Some((f64::from(level.support), level.exact?)));
    let write = |share: f64| percent_short(words, share);
    let (title, about) = names("errors", words);
    let axis = words.say("forecast-errors-axis", &[]);
    let (calculated, seen) =
        (words.say("forecast-calculated", &[]), words.say("forecast-counted", &[]));
    let curve_of = Curve {
        line: line.collect(),
        dots: dots.collect(),
        mark: forecast.question.support * 100.0,
        axis: &axis,
        line_name: &calculated,
        dots_name: &seen,
        percent: &write,
    };
    let drawing = curve(&Head { id: "plot-errors", title: &title, about: &about }, &curve_of);
    let lines = levels.iter().map(|level| {
        let share = f64::from(level.support) / 100.0;
        vec![
            percent_short(words, share),
            level.counted.map_or_else(|| "–".to_owned(), |share| counted(words, share)),
            level.exact.map_or_else(|| "–".to_owned(), |exact| percent(words, exact)),
            percent(words, level.passed.value()),
        ]
    });
    let level = words.say("forecast-level", &[]);
    let passed = words.say("forecast-level-passed", &[]);
    let table = Table {
        heads: vec![level, seen.clone(), calculated.clone(), passed],
        lines: lines.collect(),
    };
    Some(Chart { id: "errors", title, about, drawing, table })
}

fn delays(forecast: &Forecast, words: &Words) -> Option<Chart> {
    let all: u64 = forecast.verdict_times.iter().sum();
    (all > 0).then_some(())?;
    let label = |class: usize| match VERDICT_HOURS.get(class) {
        None => words.say("forecast-later", &[]),
        Some(hours) if *hours < 48 => short(words, "forecast-hours-short", *hours),
        Some(hours) => short(words, "forecast-days-short", hours / 24),
    };
    Some(histogram("delays", "forecast-delay", &forecast.verdict_times, &label, words))
}

fn burden(forecast: &Forecast, words: &Words) -> Option<Chart> {
    (forecast.load.draws > 0).then_some(())?;
    let label = |class: usize| {
        let number = count(words, class as u64);
        if class + 1 < CALLS_CLASSES {
            return number;
        }
        words.say("forecast-calls-or-more", &[("number", Arg::Text(number))])
    };
    Some(histogram("burden", "forecast-calls", &forecast.load.members_by_calls, &label, words))
}

/// Bars for classes, and the table with counts and shares.
fn histogram(
    id: &'static str,
    head: &str,
    classes: &[u64],
    label: &dyn Fn(usize) -> String,
    words: &Words,
) -> Chart {
    let all = classes.iter().sum::<u64>().max(1);
    let bar = |(class, hits): (usize, &u64)| {
        let share = Share { hits: *hits, of: all }.value();
        Bar { label: label(class), size: share, value: percent_short(words, share) }
    };
    let (title, about) = names(id, words);
    let list: Vec<Bar> = classes.iter().enumerate().map(bar).collect();
    let name = format!("plot-{id}");
    let drawing = bars(&Head { id: &name, title: &title, about: &about }, &list);
    let lines = classes.iter().enumerate().map(|(class, hits)| {
        let share = Share { hits: *hits, of: all }.value();
        vec![label(class), count(words, *hits), percent(words, share)]
    });
    let heads = [head, "forecast-counted", "forecast-share"].map(|key| words.say(key, &[]));
    let table = Table { heads: heads.to_vec(), lines: lines.collect() };
    Chart { id, title, about, drawing, table }
}

fn names(id: &str, words: &Words) -> (String, String) {
    let title = words.say(&format!("forecast-{id}"), &[]);
    (title, words.say(&format!("forecast-{id}-about"), &[]))
}

fn short(words: &Words, key: &str, number: u64) -> String {
    words.say(key, &[("number", Arg::Text(number.to_string()))])
}

/// As short as an axis wants it.
fn percent_short(words: &Words, share: f64) -> String {
    let value = share * 100.0;
    let digits = usize::from(value > 0.0 && value < 9.95 && (value - value.round()).abs() > 0.049);
    words.say("forecast-percent", &[("number", Arg::Text(decimal(words, value, digits)))])
}
