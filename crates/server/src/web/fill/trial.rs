//! The trial run of other rules: past cases read from the journal, walked through by `mic-forecast`, and told in sentences. Knows no request.

mod cases;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mic_engine::charter::{Charter, Id, Outcome};
use mic_engine::event::Ending;
use mic_engine::ids::{LogTime, ProposalNumber, Span};
use mic_engine::node::View;
use mic_forecast::trial::answer::percent;
use mic_forecast::trial::{self, Compared, Unknown, Why};
use mic_store::Store;
use mic_store::contract::Fault;

use super::texts;
use crate::pages::Route;
use crate::pages::trial::{TRIAL_ROWS_MAX, Trial, TrialRow};
use crate::words::Phrase;

/// How far back the usual trial run goes.
const USUAL: Span = Span::days(90);
/// Cases that one page walks through, the newest of the range; each is read from the journal.
const TRIAL_CASES_MAX: usize = 1_000;
const HOUR_MS: u64 = 3_600_000;

/// Days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    from: Date,
    to: Date,
    odd: bool,
}

impl Range {
    /// What was typed; the last 90 days where nothing was, or nothing that is a range.
    pub(crate) fn read(from: &str, to: &str, now: LogTime) -> Self {
        let (first, last) = (date(LogTime(now.0.saturating_sub(USUAL.0))), date(now));
        let typed = (from.parse::<Date>(), to.parse::<Date>());
        match typed {
            (Ok(from), Ok(to)) if from <= to => Self { from, to, odd: false },
            _ => Self { from: first, to: last, odd: !(from.is_empty() && to.is_empty()) },
        }
    }

    fn holds(self, at: LogTime) -> bool {
        (self.from..=self.to).contains(&date(at))
    }
}

/// The past cases of a range under `charter`.
pub(crate) fn run(
    store: &dyn Store,
    view: &View,
    charter: &Charter,
    range: Range,
) -> Result<Trial, Fault> {
    let state = &view.state;
    let closed = state.closed.values().map(|closed| (closed.number, closed.opened_at));
    let open = state.open.values().map(|open| (open.number, open.opened_at));
    let inside = |(_, at): &(ProposalNumber, LogTime)| range.holds(*at);
    let mut numbers: Vec<ProposalNumber> =
        closed.chain(open).filter(inside).map(|(number, _)| number).collect();
    numbers.sort_unstable();
    let left_out = numbers.len().saturating_sub(TRIAL_CASES_MAX);
    let mut cases = Vec::new();
    for number in numbers.into_iter().skip(left_out) {
        cases.extend(cases::case(store, view, number)?);
    }
    let result = trial::run(charter, &cases);
    let listed = result.differing.iter().rev().take(TRIAL_ROWS_MAX);
    let rows: Result<Vec<TrialRow>, Fault> =
        listed.map(|compared| row(store, view, charter, compared)).collect();
    Ok(Trial {
        from: range.from.to_string(),
        to: range.to.to_string(),
        odd: range.odd,
        sums: sums(&result, left_out + result.left_out),
        rows: rows?,
        more: small(result.differing.len().saturating_sub(TRIAL_ROWS_MAX)),
    })
}

fn sums(result: &trial::Trial, left_out: usize) -> Vec<Phrase> {
    let sums = &result.sums;
    let mut out = vec![Phrase::new("trial-cases").number("count", sums.cases)];
    let counted = [
        ("trial-same", sums.same),
        ("trial-otherwise", sums.otherwise),
        ("trial-perhaps", sums.perhaps),
        ("trial-effort", sums.effort),
        ("trial-unknown", sums.unknown),
        ("trial-running", small(result.running)),
        ("trial-left-out", small(left_out)),
    ];
    let shown = counted.into_iter().filter(|(_, count)| *count > 0);
    out.extend(shown.map(|(key, count)| Phrase::new(key).number("count", count)));
    if sums.cases > sums.unknown {
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let pairs = [
            ("trial-summoned-all", sums.summoned_was, sums.summoned_would),
            ("trial-length-all", hours(sums.length_was), hours(sums.length_would)),
        ];
        out.extend(pairs.map(|(key, was, would)| {
            Phrase::new(key).number("was", number(was)).number("would", number(would))
        }));
    }
    out
}

fn row(
    store: &dyn Store,
    view: &View,
    charter: &Charter,
    compared: &Compared,
) -> Result<TrialRow, Fault> {
    let group = view.state.founded.group;
    let number = compared.proposal;
    let titles = Titles { view, charter, number };
    Ok(TrialRow {
        title: texts::title(store, &view.state, number)?,
        link: Route::Proposal { group, proposal: number.0 },
        was: Phrase::new(format!("trial-end-{}", compared.was.ending.word())),
        would: would(compared),
        why: compared.would.why.iter().map(|why| titles.why(why)).collect(),
        effort: effort(compared),
    })
}

fn would(compared: &Compared) -> Vec<Phrase> {
    let mut chances: Vec<(Ending, f64)> = Vec::new();
    for (end, chance) in &compared.would.ends {
        match chances.iter_mut().find(|(ending, _)| *ending == end.ending) {
            Some((_, sum)) => *sum += chance,
            None => chances.push((end.ending, *chance)),
        }
    }
    let mut out: Vec<Phrase> = chances
        .into_iter()
        .map(|(ending, chance)| match percent(chance) {
            100 => Phrase::new(format!("trial-sure-{}", ending.word())),
            percent => {
                Phrase::new(format!("trial-chance-{}", ending.word())).number("percent", percent)
            }
        })
        .collect();
    if let Some((unknown, chance)) = &compared.would.unknown {
        out.push(told(unknown).number("percent", percent(*chance)));
    }
    if out.is_empty() {
        out.push(Phrase::new("trial-impossible"));
    }
    out
}

fn told(unknown: &Unknown) -> Phrase {
    match unknown {
        Unknown::NeverAsked { count, .. } => {
            Phrase::new("trial-unknown-never-asked").number("count", *count)
        }
        Unknown::NobodyAsked { .. } => Phrase::new("trial-unknown-nobody-asked"),
        Unknown::MoreCosigners { count, .. } => {
            Phrase::new("trial-unknown-cosigners").number("count", *count)
        }
        Unknown::Author { .. } => Phrase::new("trial-unknown-author"),
        Unknown::OtherMethod { .. } => Phrase::new("trial-unknown-method"),
        Unknown::OtherPeople { .. } => Phrase::new("trial-unknown-people"),
        Unknown::Sealed { .. } => Phrase::new("trial-unknown-sealed"),
    }
}

/// Length and calls to juries, where they are known and differ.
fn effort(compared: &Compared) -> Vec<Phrase> {
    if compared.unknown_percent() > 0 || compared.would.ends.is_empty() {
        return Vec::new();
    }
    let whole = |number: f64| format!("{number:.0}").parse::<i64>().unwrap_or(i64::MAX);
    let hour = f64::from(u32::try_from(HOUR_MS).unwrap_or(1));
    let pairs = [
        (
            "trial-length",
            i64::try_from(hours(compared.length_was)).unwrap_or(i64::MAX),
            whole(compared.would.length / hour),
        ),
        ("trial-summoned", i64::from(compared.summoned_was), whole(compared.would.summoned)),
    ];
    let differing = pairs.into_iter().filter(|(_, was, would)| was != would);
    differing
        .map(|(key, was, would)| Phrase::new(key).number("was", was).number("would", would))
        .collect()
}

/// The titles of stages, under the new rules, else by their id.
struct Titles<'v> {
    view: &'v View,
    charter: &'v Charter,
    number: ProposalNumber,
}

impl Titles<'_> {
    fn why(&self, why: &Why) -> Phrase {
        let about = |key: &str, stage: &Id| Phrase::new(key).text("stage", self.title(stage));
        let numbers =
            |phrase: Phrase, was: u32, would: u32| phrase.number("was", was).number("would", would);
        match why {
            Why::NoProcess => Phrase::new("trial-why-no-process"),
            Why::NoAudience => Phrase::new("trial-why-no-audience"),
            Why::Cosigners { stage, was, would } => {
                numbers(about("trial-why-cosigners", stage), *was, *would)
            }
            Why::Seats { stage, was, would } => {
                numbers(about("trial-why-seats", stage), *was, *would)
            }
            Why::Agree { stage, was, would } => {
                numbers(about("trial-why-agree", stage), *was, *would)
            }
            Why::Rule { stage } => about("trial-why-rule", stage),
            Why::Outcome { stage, would } => {
                let word = match would {
                    Outcome::Pass => "pass",
                    Outcome::Fail => "fail",
                    Outcome::Undecided => "undecided",
                    Outcome::Lapsed => "lapsed",
                };
                about(&format!("trial-why-outcome-{word}"), stage)
            }
            Why::Added { stage } => about("trial-why-added", stage),
            Why::Dropped { stage } => about("trial-why-dropped", stage),
        }
    }

    fn title(&self, stage: &Id) -> String {
        let state = &self.view.state;
        let closed = state.closed.get(&self.number).map(|closed| &closed.process);
        let process = closed.or_else(|| state.proposal(self.number).map(|open| &open.process));
        let titled = |charter: &Charter| {
            let stage = charter.processes.get(process?)?.stage(stage)?;
            Some(stage.title.clone())
        };
        let found = titled(self.charter).or_else(|| titled(&state.charter));
        found.unwrap_or_else(|| stage.as_str().to_owned())
    }
}

fn date(at: LogTime) -> Date {
    let ms = i64::try_from(at.0).unwrap_or(i64::MAX);
    let stamp = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    stamp.to_zoned(TimeZone::UTC).date()
}

fn hours(span: Span) -> u64 {
    (span.0 + HOUR_MS / 2) / HOUR_MS
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
