//! Trying rules: reads the question from the address, has it answered off the threads that serve others, and shows what came out.
//! Changes nothing and keeps nothing. Knows no rule and no number of a forecast.

use axum::extract::RawQuery;
use http::StatusCode;
use mic_engine::charter::{Charter, parse};
use mic_forecast::habits::Habits;
use mic_forecast::question::MEMBERS_MIN;
use mic_forecast::{Plan, Question, curve, run};
use tokio::sync::Semaphore;

use super::form::Fields;
use super::gate::GateKind;
use super::member::Member;
use super::ready::{CHARTER_DEFAULT, READY, Ready};
use super::stop::{Answer, Reader};
use super::visitor::Visitor;
use crate::pages::Route;
use crate::pages::forecast::{Choice, ForecastPage, Form, Limits, Report};
use crate::pages::start::FormFault;
use crate::words::{Language, Phrase, Words};

/// Members in a question of the page. Each costs twelve bytes while it is answered.
const FORECAST_MEMBERS_MAX: u32 = 1_000_000;
const FORECAST_YEARS_MAX: u32 = 10;
const FORECAST_WEEK_MAX: u32 = 1_000;
const FORECAST_WEEK_MIN: f64 = 0.1;
const FORECAST_SEED_MAX: u32 = 1_000_000_000;
/// Proposals of one question: about half a second of one core.
const FORECAST_PROPOSALS_MAX: u32 = 20_000;
/// Calls of jurors of one question, whatever the rules ask for.
const FORECAST_CALLS_MAX: u64 = 1_000_000;
/// The same for each of the levels of support in the drawing.
const FORECAST_LEVEL_PROPOSALS_MAX: u32 = 200;
const FORECAST_LEVEL_CALLS_MAX: u64 = 50_000;
/// Questions that are answered at the same time; whoever asks beside them is asked to come back.
const FORECASTS_AT_ONCE_MAX: usize = 2;
/// Id of the group's own charter in the form.
const OWN: &str = "own";

static AT_ONCE: Semaphore = Semaphore::const_new(FORECASTS_AT_ONCE_MAX);

/// Anybody tries the charters that come with the program.
pub(super) async fn anybody(visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let desk = Desk { to: Route::Forecast {}, own: None, language: visitor.language() };
    desk.answer(&visitor, query.as_deref()).await
}

/// A member tries the group's own charter, or another one on a group of this size.
pub(super) async fn member(member: Member, RawQuery(query): RawQuery) -> Answer {
    let state = member.state();
    let own = Own { charter: state.charter.as_ref().clone(), members: state.roll.len() };
    let to = Route::GroupForecast { group: member.group };
    let desk = Desk { to, own: Some(own), language: member.frame().language };
    desk.answer(&member, query.as_deref()).await
}

/// The group that asks.
struct Own {
    charter: Charter,
    members: u32,
}

/// Where questions come in.
struct Desk {
    to: Route,
    own: Option<Own>,
    language: Language,
}

/// A question that can be answered.
struct Asked {
    question: Question,
    plan: Plan,
}

impl Desk {
    async fn answer(self, reader: &(impl Reader + Sync), query: Option<&str>) -> Answer {
        reader.visitor().pass(GateKind::Forecast)?;
        let fields = Fields::parse(query.unwrap_or_default().as_bytes());
        let fields = fields.map_err(|fault| reader.trouble(fault.trouble()))?;
        let mut page = self.page(&fields);
        let asked = match self.read(&page.form, &mut page.faults) {
            Some(asked) if page.faults.is_empty() => asked,
            _ => return Ok(reader.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)),
        };
        let Ok(turn) = AT_ONCE.try_acquire() else {
            page.busy = true;
            return Ok(reader.page_as(StatusCode::SERVICE_UNAVAILABLE, &page));
        };
        let language = self.language;
        let app = reader.visitor().site.app();
        // The turn ends with the work, also when nobody waits for it any more.
        let work = move || {
            let report = report(&asked, language);
            drop(turn);
            report
        };
        page.report = app.blocking(move |_| work()).await;
        Ok(reader.page(&page))
    }

    /// The form as it was sent; where nothing was, the usual question.
    fn page(&self, fields: &Fields) -> ForecastPage {
        let or = |name: &str, usual: &str| match fields.get(name).trim() {
            "" => usual.to_owned(),
            typed => typed.to_owned(),
        };
        let members = self.own.as_ref().map_or(10_000, |own| own.members.max(MEMBERS_MIN));
        let charter = or("charter", if self.own.is_some() { OWN } else { CHARTER_DEFAULT });
        let rules = self.charter(&charter);
        let processes = rules.iter().flat_map(|rules| &rules.processes);
        let processes: Vec<Choice> = processes
            .map(|(id, process)| Choice { id: id.to_string(), name: process.title.clone() })
            .collect();
        let wanted = fields.get("process");
        let known = processes.iter().any(|choice| choice.id == wanted).then_some(wanted);
        let usual = |rules: &Charter| Plan::of(rules, known, MEMBERS_MIN).ok();
        let process = rules.as_ref().and_then(usual).map_or_else(String::new, |plan| plan.process);
        let form = Form {
            charters: self.charters(),
            charter,
            processes,
            process,
            members: or("members", &members.to_string()),
            week: or("week", "20"),
            response: or("response", "60"),
            support: or("support", "40"),
            years: or("years", "1"),
            seed: or("seed", "1"),
        };
        let limits = Limits {
            members_min: MEMBERS_MIN,
            members_max: FORECAST_MEMBERS_MAX,
            week_max: FORECAST_WEEK_MAX,
            years_max: FORECAST_YEARS_MAX,
            seed_max: FORECAST_SEED_MAX,
        };
        let to = self.to.clone();
        ForecastPage { to, form, limits, faults: Vec::new(), busy: false, report: None }
    }

    fn charters(&self) -> Vec<Choice> {
        let words = Words::of(self.language);
        let own = self
            .own
            .iter()
            .map(|_| Choice { id: OWN.to_owned(), name: words.say("forecast-own", &[]) });
        let ready = READY
            .into_iter()
            .map(|ready| Choice { id: ready.id.to_owned(), name: ready.title(words) });
        own.chain(ready).collect()
    }

    fn charter(&self, id: &str) -> Option<Charter> {
        match &self.own {
            Some(own) if id == OWN => Some(own.charter.clone()),
            _ => parse::parse(Ready::find(id)?.text).ok(),
        }
    }

    /// Reads the form; what cannot be read is put among the faults, all at once.
    fn read(&self, form: &Form, faults: &mut Vec<FormFault>) -> Option<Asked> {
        let mut fault = |field, problem| faults.push(FormFault { field, problem });
        let phrase =
            |key: &str, max: u32| Phrase::new(format!("forecast-fault-{key}")).number("max", max);
        let charter = self.charter(&form.charter);
        if charter.is_none() {
            fault("charter", Phrase::new("forecast-fault-charter"));
        }
        let members = whole(&form.members, MEMBERS_MIN, FORECAST_MEMBERS_MAX);
        if members.is_none() {
            let problem = phrase("members", FORECAST_MEMBERS_MAX).number("min", MEMBERS_MIN);
            fault("members", problem);
        }
        let week = fraction(&form.week)
            .filter(|week| (FORECAST_WEEK_MIN..=f64::from(FORECAST_WEEK_MAX)).contains(week));
        if week.is_none() {
            fault("week", phrase("week", FORECAST_WEEK_MAX));
        }
        let response = whole(&form.response, 1, 100);
        if response.is_none() {
            fault("response", Phrase::new("forecast-fault-response"));
        }
        let support = whole(&form.support, 0, 100);
        if support.is_none() {
            fault("support", Phrase::new("forecast-fault-support"));
        }
        let years = whole(&form.years, 1, FORECAST_YEARS_MAX);
        if years.is_none() {
            fault("years", phrase("years", FORECAST_YEARS_MAX));
        }
        let seed = whole(&form.seed, 0, FORECAST_SEED_MAX);
        if seed.is_none() {
            fault("seed", phrase("seed", FORECAST_SEED_MAX));
        }
        let question = Question {
            members: members?,
            proposals_a_week: week?,
            response: f64::from(response?) / 100.0,
            support: f64::from(support?) / 100.0,
            years: years?,
            seed: seed?.into(),
            habits: Habits::default(),
            calls_max: FORECAST_CALLS_MAX,
        };
        if question.proposals() > f64::from(FORECAST_PROPOSALS_MAX) {
            fault("week", phrase("many", FORECAST_PROPOSALS_MAX));
        }
        let plan = Plan::of(&charter?, Some(&form.process), question.members).ok()?;
        Some(Asked { question, plan })
    }
}

fn report(asked: &Asked, language: Language) -> Option<Report> {
    let Asked { question, plan } = asked;
    let forecast = run::run(question, plan).ok()?;
    let shorter = Question { calls_max: FORECAST_LEVEL_CALLS_MAX, ..*question };
    let levels = curve::levels(&shorter, plan, FORECAST_LEVEL_PROPOSALS_MAX).ok()?;
    Some(Report::of(&forecast, &levels, Words::of(language)))
}

fn whole(text: &str, least: u32, most: u32) -> Option<u32> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}

/// With a point or, as many write it, a comma.
fn fraction(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}
