//! Proposals as members read them: the open ones, those that are over, and one with everything about it. Knows no act.

use axum::Json;
use mic_engine::access::Thing;
use mic_engine::charter::Id;
use mic_engine::event::Event;
use mic_engine::ids::ProposalNumber;
use mic_engine::node::View;
use mic_engine::stages;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;
use serde::{Deserialize, Serialize};

use super::body::{Asked, Downwards};
use super::caller::Insider;
use super::problem::{Answer, Problem};
use super::show::{Happened, PersonLine, Standing, Text, happened, person};
use crate::pages::proposal::YourPart;
use crate::web::fill::proposal::{For, author_of, page};
use crate::web::fill::{history, people, standing, texts};
use crate::words::{Words, Zone};

/// Which proposals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Which {
    #[default]
    Open,
    Closed,
}

/// Query of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct List {
    state: Which,
    before: Option<u32>,
    limit: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct Proposals {
    proposals: Vec<Line>,
    next: Option<u32>,
}

#[derive(Serialize)]
struct Line {
    proposal: u32,
    process: String,
    kind: &'static str,
    title: String,
    author: PersonLine,
    audience: &'static str,
    version: String,
    opened_at: u64,
    standing: Standing,
    /// When the stage closes.
    until: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    line: Line,
    /// The id of the stage it stands in; none when it is over.
    stage: Option<String>,
    /// None when it was erased.
    text: Option<Text>,
    /// The newest first.
    versions: Vec<VersionLine>,
    cosigners: CoSigners,
    you: You,
    /// The broadcast it became.
    broadcast: Option<u32>,
    /// The oldest first.
    timeline: Vec<Happened>,
}

#[derive(Serialize)]
struct VersionLine {
    version: String,
    at: u64,
    current: bool,
}

#[derive(Serialize)]
struct CoSigners {
    have: u32,
    needed: u32,
    /// Those who chose to be shown.
    names: Vec<String>,
}

#[derive(Serialize)]
struct You {
    part: &'static str,
    may_withdraw: bool,
    may_change: bool,
    may_answer: bool,
}

pub(super) async fn list(insider: Insider, Asked(asked): Asked<List>) -> Answer<Proposals> {
    let page = Downwards::new(asked.before, asked.limit);
    let (limit, before) = (page.limit()?, ProposalNumber(page.before()));
    let state = insider.state();
    let seen = |number: &ProposalNumber| insider.may_see(Thing::Text(*number));
    // One more than is sent says whether there is another page.
    let mut numbers: Vec<ProposalNumber> = match asked.state {
        Which::Open => {
            state.open.range(..before).rev().map(|(number, _)| *number).take(limit + 1).collect()
        }
        Which::Closed => {
            let closed = state.closed.range(..before).rev().map(|(number, _)| *number);
            closed.filter(seen).take(limit + 1).collect()
        }
    };
    let more = numbers.len() > limit;
    numbers.truncate(limit);
    let next = numbers.last().filter(|_| more).map(|number| number.0);
    let (slot, now) = (insider.slot, insider.app().now());
    let words = Words::of(insider.caller.language);
    let reader = For { slot, now, words };
    let lines = insider.look(move |store, view| {
        numbers
            .into_iter()
            .filter_map(|number| line(store, view, number, reader).transpose())
            .collect()
    });
    Ok(Json(Proposals { proposals: lines.await?, next }))
}

pub(super) async fn one(insider: Insider) -> Answer<Whole> {
    let number = insider.proposal()?;
    let words = Words::of(insider.caller.language);
    let reader = For { slot: insider.slot, now: insider.app().now(), words };
    let whole = insider.look(move |store, view| whole(store, view, number, reader)).await?;
    whole.map(Json).ok_or(Problem::NotFound)
}

/// One version of a proposal, also an earlier one.
pub(super) async fn version(insider: Insider) -> Answer<Text> {
    let number = insider.proposal()?;
    let hash: Hash = insider.caller.place("version").parse().map_err(|_| Problem::NotFound)?;
    let text = insider.look(move |store, view| {
        let lines = history::lines(store, view, number)?;
        let posted = |line: &history::Line| match &line.entry.event {
            Event::Opened(opened) => opened.version == hash,
            Event::VersionPosted { version, .. } => *version == hash,
            _ => false,
        };
        if !lines.iter().any(posted) {
            return Ok(None);
        }
        texts::version(store, view.state.founded.group, &hash)
    });
    text.await?.map(|text| Json(Text::new(text, &hash))).ok_or(Problem::NotFound)
}

fn line(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    reader: For,
) -> Result<Option<Line>, Fault> {
    let state = &view.state;
    let Some(author) = author_of(view, number) else { return Ok(None) };
    let head = match (state.proposal(number), state.closed.get(&number)) {
        (Some(open), _) => Head {
            process: open.process.clone(),
            audience: open.audience.word(),
            version: open.version,
            opened_at: open.opened_at.0,
            standing: standing::of_open(state, open, reader.now).into(),
            until: standing::until(open).map(|until| until.0),
        },
        (None, Some(closed)) => Head {
            process: closed.process.clone(),
            audience: closed.audience.word(),
            version: closed.version,
            opened_at: closed.opened_at.0,
            standing: {
                let lines = history::lines(store, view, number)?;
                standing::of_closed(closed, history::ended(&lines)).into()
            },
            until: None,
        },
        (None, None) => return Ok(None),
    };
    let process = state.charter.processes.get(&head.process);
    Ok(Some(Line {
        proposal: number.0,
        kind: process.map_or("message", |process| process.kind.word()),
        process: head.process.to_string(),
        title: texts::title(store, state, number)?,
        author: person(people::person(store, view, author, Some(reader.slot))?),
        audience: head.audience,
        version: head.version.to_string(),
        opened_at: head.opened_at,
        standing: head.standing,
        until: head.until,
    }))
}

/// What open and closed proposals have in common.
struct Head {
    process: Id,
    audience: &'static str,
    version: Hash,
    opened_at: u64,
    standing: Standing,
    until: Option<u64>,
}

fn whole(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    reader: For,
) -> Result<Option<Whole>, Fault> {
    let Some(line) = line(store, view, number, reader)? else { return Ok(None) };
    let Some(page) = page(store, view, number, None, reader)? else { return Ok(None) };
    let group = view.state.founded.group;
    let hash = texts::current(&view.state, number).unwrap_or(Hash::ZERO);
    let open = view.state.proposal(number);
    let closed = view.state.closed.get(&number);
    let zone = Zone::default();
    let version = |version: crate::pages::write::VersionLine| VersionLine {
        version: version.hash,
        at: version.at.0,
        current: version.current,
    };
    Ok(Some(Whole {
        line,
        stage: open
            .and_then(|open| stages::stage_of(&view.state, open).map(|_| open.stage.to_string())),
        text: texts::version(store, group, &hash)?.map(|text| Text::new(text, &hash)),
        versions: page.versions.into_iter().map(version).collect(),
        cosigners: CoSigners {
            have: page.cosigners.have,
            needed: page.cosigners.needed,
            names: page.cosigners.names,
        },
        you: You {
            part: part(page.part),
            may_withdraw: page.may_withdraw,
            may_change: page.may_change,
            may_answer: page.answer,
        },
        broadcast: closed.and_then(|closed| closed.broadcast).map(|number| number.0),
        timeline: page.timeline.iter().map(|line| happened(line, reader.words, &zone)).collect(),
    }))
}

const fn part(part: YourPart) -> &'static str {
    match part {
        YourPart::MayCoSign => "may_co_sign",
        YourPart::CoSigned => "co_signed",
        YourPart::Author => "author",
        YourPart::Juror => "juror",
        YourPart::TooNew { .. } => "too_new",
        YourPart::NotOnRoll => "not_on_roll",
        YourPart::Onlooker => "onlooker",
    }
}
