//! The page of a proposal: where it stands, its text, who co-signed, what happened, and what this reader may do.
//! Knows no request; whether the reader may see the text was decided before.

use mic_engine::charter::{Id, ProposalKind, Rule};
use mic_engine::ids::{LogTime, Number, ProposalNumber, Slot};
use mic_engine::node::View;
use mic_engine::refusal::Refusal;
use mic_engine::stages::{self, cosign};
use mic_engine::state::proposal::{ClosedProposal, Proposal, Stand};
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::flow::{Place, flow};
use super::history::{self, Line};
use super::{people, standing, texts};
use crate::pages::Route;
use crate::pages::flow::{Flow, FlowView};
use crate::pages::proposal::{Answer, CoSigners, Proposal as Page, TIMELINE_MAX, YourPart};
use crate::pages::write::{Changes, VersionLine};
use crate::words::{Moment, Words};

/// For whom, when, and in which words.
#[derive(Clone, Copy)]
pub(crate) struct For {
    pub(crate) slot: Slot,
    pub(crate) now: LogTime,
    pub(crate) words: &'static Words,
}

/// The page; `shown` is an earlier version, `None` the current one. `None` where that version never was.
pub(crate) fn page(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    shown: Option<Hash>,
    reader: For,
) -> Result<Option<Page>, Fault> {
    let state = &view.state;
    let group = state.founded.group;
    let lines = history::lines(store, view, number)?;
    let versions = versions(view, number, &lines);
    let Some(current) = texts::current(state, number) else { return Ok(None) };
    let hash = shown.unwrap_or(current);
    let Some(place) = versions.iter().position(|version| version.hash == hash) else {
        return Ok(None);
    };
    let text = texts::version(store, group, &hash)?;
    let names = people::names(
        store,
        view,
        history::cosigners(&lines).into_iter().chain(history::speakers(&lines)),
    )?;
    let mut timeline = history::timeline(&lines, &names);
    timeline.drain(..timeline.len().saturating_sub(TIMELINE_MAX));
    let facts = Facts::of(view, number, &lines, reader);
    let author = people::person(store, view, facts.author, Some(reader.slot))?;
    let mut message = texts::message(text.as_ref(), versions[place].audience, &hash);
    if text.as_ref().is_some_and(|text| text.content.candidate().is_some()) {
        message.title = texts::title(store, state, number)?;
    }
    let about = super::about::about(store, view, text.as_ref(), &lines, reader.slot)?;
    let open = state.proposal(number);
    Ok(Some(Page {
        proposal: number.0,
        kind: standing::kind(state, &facts.process),
        message,
        author,
        about,
        standing: facts.standing,
        until: facts.until,
        flow: facts.flow,
        cosigners: cosigners(&facts.cosigners, facts.needed, store, view)?,
        part: facts.part,
        may_withdraw: facts.may_withdraw,
        may_change: facts.may_change,
        answer: facts.answer,
        broadcast: facts.broadcast.map(|number| Route::Broadcast { group, broadcast: number.0 }),
        action: history::called(&lines).map(|action| Route::Action { group, action }),
        asked: open
            .and_then(|open| super::asking::here(state, open, reader.slot))
            .or_else(|| history::asked_before(&lines, group, number)),
        statement: open.is_some_and(|open| open.member_concerned() == Some(reader.slot)),
        results: history::votes(&lines)
            .map(|step| Route::VoteResult { group, proposal: number.0, step })
            .collect(),
        versions: version_lines(&versions, number, group, current),
        looking_back: hash != current,
        changes: changes(store, view, &versions, place, reader.words)?,
        timeline,
        rules: rules(view, number),
    }))
}

/// The author's page after a jury that did not say yes.
pub(crate) fn answer_page(
    store: &dyn Store,
    view: &View,
    open: &Proposal,
) -> Result<Option<Answer>, Fault> {
    let state = &view.state;
    let group = state.founded.group;
    let (Stand::Recourse { taken: None }, Some(Rule::Recourse(rule))) =
        (&open.stand, stages::rule_of(state, open))
    else {
        return Ok(None);
    };
    let lines = history::lines(store, view, open.number)?;
    let Some(tally) = history::last_tally(&lines) else { return Ok(None) };
    let appeal = stages::recourse::appeal(open, rule).ok();
    let text = texts::version(store, group, &open.version)?;
    Ok(Some(Answer {
        proposal: open.number.0,
        message: texts::message(text.as_ref(), open.audience, &open.version),
        tally,
        reasons: reasons(store, view, open, &lines)?,
        until: Moment::from(open.until),
        may_revise: stages::recourse::revision(open, rule).is_ok(),
        may_appeal: appeal.is_some(),
        appeal_seats: appeal.map_or(0, |stage| seats(view, open, &stage)),
    }))
}

/// What the last jury wrote to the author.
fn reasons(
    store: &dyn Store,
    view: &View,
    open: &Proposal,
    lines: &[Line],
) -> Result<Vec<String>, Fault> {
    let step = lines.iter().rev().find_map(|line| match &line.entry.event {
        mic_engine::event::Event::JuryClosed(closed) => Some(closed.step),
        _ => None,
    });
    match step {
        Some(step) => store.reasons(view.state.founded.group, open.number, step),
        None => Ok(Vec::new()),
    }
}

fn seats(view: &View, open: &Proposal, stage: &Id) -> u32 {
    use mic_engine::charter::JuryTerms;
    let process = stages::process_of(&view.state, open);
    match process.and_then(|process| process.stage(stage)).map(|stage| &stage.rule) {
        Some(Rule::Jury(jury)) => match jury.terms(open.roll) {
            JuryTerms::Fixed { seats, .. } | JuryTerms::Stepwise { seats, .. } => seats,
            JuryTerms::Everyone => view.state.roll.present(),
        },
        Some(
            Rule::Cosign(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Vote(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_),
        )
        | None => 0,
    }
}

/// What the state says, open or closed.
struct Facts {
    author: Slot,
    process: Id,
    standing: crate::pages::parts::Standing,
    until: Option<Moment>,
    flow: FlowView,
    cosigners: Vec<Slot>,
    needed: u32,
    part: YourPart,
    may_withdraw: bool,
    may_change: bool,
    answer: bool,
    broadcast: Option<Number>,
}

impl Facts {
    fn of(view: &View, number: ProposalNumber, lines: &[Line], reader: For) -> Self {
        match (view.state.proposal(number), view.state.closed.get(&number)) {
            (Some(open), _) => Self::of_open(view, open, reader),
            (None, Some(closed)) => Self::of_closed(view, closed, lines, reader),
            (None, None) => unreachable!("a proposal that was looked up is open or closed"),
        }
    }

    fn of_open(view: &View, open: &Proposal, reader: For) -> Self {
        let state = &view.state;
        let author = open.author == reader.slot;
        let place = Place {
            here: Some(open.stage.clone()),
            passed: open.path.iter().map(|passed| passed.stage.clone()).collect(),
            done: false,
        };
        Self {
            author: open.author,
            process: open.process.clone(),
            standing: standing::of_open(state, open, reader.now),
            until: standing::until(open),
            flow: flow_view(view, &open.process, &place, reader.words),
            cosigners: listed(open.cosigners.iter()),
            needed: cosign::needed(state, open)
                .unwrap_or(u32::try_from(open.cosigners.len()).unwrap_or(u32::MAX)),
            part: part(view, open, reader),
            may_withdraw: author,
            may_change: author
                && (matches!(open.stand, Stand::Cosign)
                    || stages::consensus::may_amend(state, open)),
            answer: author && matches!(open.stand, Stand::Recourse { taken: None }),
            broadcast: None,
        }
    }

    fn of_closed(view: &View, closed: &ClosedProposal, lines: &[Line], reader: For) -> Self {
        let place = Place {
            here: None,
            passed: closed.path.iter().map(|passed| passed.stage.clone()).collect(),
            done: closed.ending == mic_engine::event::Ending::Done,
        };
        let author = closed.author == reader.slot;
        Self {
            author: closed.author,
            process: closed.process.clone(),
            standing: standing::of_closed(closed, history::ended(lines)),
            until: None,
            flow: flow_view(view, &closed.process, &place, reader.words),
            cosigners: listed(closed.cosigners.iter()),
            needed: u32::try_from(closed.cosigners.len()).unwrap_or(u32::MAX),
            part: if author { YourPart::Author } else { YourPart::Onlooker },
            may_withdraw: false,
            may_change: false,
            answer: false,
            broadcast: closed.broadcast,
        }
    }
}

fn part(view: &View, open: &Proposal, reader: For) -> YourPart {
    if open.author == reader.slot {
        return YourPart::Author;
    }
    if stages::jury::seat(open, reader.slot).is_ok() {
        return YourPart::Juror;
    }
    if !matches!(open.stand, Stand::Cosign) {
        return YourPart::Onlooker;
    }
    // Only now: later a co-signature can no longer be taken back.
    if open.cosigners.contains(&reader.slot) {
        return YourPart::CoSigned;
    }
    match cosign::may_cosign(&view.state, open, reader.slot, reader.now) {
        Ok(()) => YourPart::MayCoSign,
        Err(Refusal::TooNew { until }) => YourPart::TooNew { until: Moment::from(until) },
        Err(Refusal::NotOnRoll) => YourPart::NotOnRoll,
        Err(_) => YourPart::Onlooker,
    }
}

fn listed<'a>(slots: impl Iterator<Item = &'a Slot>) -> Vec<Slot> {
    slots.copied().collect()
}

fn flow_view(view: &View, process: &Id, place: &Place, words: &Words) -> FlowView {
    let drawn = view
        .state
        .charter
        .processes
        .get(process)
        .map(|process| flow(process, place, Some(view.state.roll.len())));
    let empty = Flow { title: process.as_str().to_owned(), stages: Vec::new() };
    drawn.unwrap_or(empty).view("stage", words)
}

fn cosigners(
    slots: &[Slot],
    needed: u32,
    store: &dyn Store,
    view: &View,
) -> Result<CoSigners, Fault> {
    let names: Vec<String> =
        people::names(store, view, slots.iter().copied())?.into_values().collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let have = count(slots.len());
    Ok(CoSigners { have, needed, unnamed: have - count(names.len()), names })
}

/// A version with what the list of versions shows.
#[derive(Clone, Copy)]
struct Posted {
    hash: Hash,
    at: LogTime,
    audience: mic_engine::charter::Audience,
}

/// Every version ever posted, from the journal: closed proposals keep only the hashes.
fn versions(view: &View, number: ProposalNumber, lines: &[Line]) -> Vec<Posted> {
    use mic_engine::event::Event;
    if let Some(open) = view.state.proposal(number) {
        let posted = |version: &mic_engine::state::proposal::PostedVersion| Posted {
            hash: version.hash,
            at: version.at,
            audience: version.audience,
        };
        return open.versions.iter().map(posted).collect();
    }
    let posted = |line: &Line| {
        let (hash, audience) = match &line.entry.event {
            Event::Opened(opened) => (opened.version, opened.audience),
            Event::VersionPosted { version, audience, .. } => (*version, *audience),
            _ => return None,
        };
        Some(Posted { hash, at: line.entry.at, audience })
    };
    lines.iter().filter_map(posted).collect()
}

fn version_lines(
    versions: &[Posted],
    number: ProposalNumber,
    group: mic_engine::ids::GroupId,
    current: Hash,
) -> Vec<VersionLine> {
    let line = |(version, posted): (u32, &Posted)| VersionLine {
        version,
        hash: posted.hash.to_string(),
        at: Moment::from(posted.at),
        link: Route::ProposalVersion {
            group,
            proposal: number.0,
            version: posted.hash.to_string(),
        },
        current: posted.hash == current,
    };
    let mut lines: Vec<VersionLine> = (1..).zip(versions).map(line).collect();
    lines.reverse();
    lines
}

/// What changed since the version before the shown one; nothing where one of the two was erased.
fn changes(
    store: &dyn Store,
    view: &View,
    versions: &[Posted],
    place: usize,
    words: &Words,
) -> Result<Option<Changes>, Fault> {
    let Some(before) = place.checked_sub(1) else { return Ok(None) };
    let group = view.state.founded.group;
    let old = texts::version(store, group, &versions[before].hash)?;
    let new = texts::version(store, group, &versions[place].hash)?;
    let number = |place: usize| u32::try_from(place + 1).unwrap_or(u32::MAX);
    Ok(old.zip(new).map(|(old, new)| {
        let (old, new) = (texts::whole(&old), texts::whole(&new));
        Changes::new(words, (number(before), &old), (number(place), &new))
    }))
}

/// What the current version changed, if it is not the first.
pub(crate) fn last_changes(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    lines: &[Line],
    words: &Words,
) -> Result<Option<Changes>, Fault> {
    let versions = versions(view, number, lines);
    let Some(place) = versions.len().checked_sub(1) else { return Ok(None) };
    changes(store, view, &versions, place, words)
}

/// Whom a proposal is for, open or closed.
pub(crate) fn audience_of(view: &View, number: ProposalNumber) -> mic_engine::charter::Audience {
    let open = view.state.proposal(number).map(|open| open.audience);
    let closed = || view.state.closed.get(&number).map(|closed| closed.audience);
    open.or_else(closed).unwrap_or(mic_engine::charter::Audience::Members)
}

/// Where what an amendment would change can be seen.
fn rules(view: &View, number: ProposalNumber) -> Option<Route> {
    let open = view.state.proposal(number).map(|open| open.kind);
    let kind = open.or_else(|| view.state.closed.get(&number).map(|closed| closed.kind));
    let group = view.state.founded.group;
    (kind == Some(ProposalKind::Amendment))
        .then_some(Route::ProposedRules { group, proposal: number.0 })
}

/// The author as others see them, for pages that name nobody else.
pub(crate) fn author_of(view: &View, number: ProposalNumber) -> Option<Slot> {
    let open = view.state.proposal(number).map(|open| open.author);
    open.or_else(|| view.state.closed.get(&number).map(|closed| closed.author))
}
