//! What a vote came to, counted again from its opened ballots; and the ballots as a text.

use axum::response::IntoResponse;
use http::header;
use mic_engine::charter::{Method, Rule, Vote as VoteRule};
use mic_engine::event::{Event, VoteClosed};
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::node::View;
use mic_proof::count::lists::{self, Opened, read_index};
use mic_proof::count::{count, pairs, rounds};
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::amendment;
use super::fill::asking::part_of;
use super::fill::history::{self, Line};
use super::fill::texts;
use super::member::Member;
use super::stop::{Answer, Reader};
use super::vote::options_of;
use super::vote_choice as choice;
use crate::pages::vote_result::{Counted, Pairs, Recount, Round, RoundLine, Total, VoteResult};
use crate::words::Moment;

/// What a whole ballot is worth in the rounds of the single transferable vote.
const WHOLE: u64 = 100_000;

pub(super) async fn show(member: Member) -> Answer {
    let number = member.proposal()?;
    let Some(step) = member.visitor.number("step") else { return Err(member.not_found()) };
    let slot = member.slot;
    let page = member.look(move |store, view| page_of(store, view, number, step, slot)).await?;
    match page {
        Some(page) => Ok(member.page(&page)),
        None => Err(member.not_found()),
    }
}

/// One ballot a line: its choice, a tab, its words. The order is that of the commitments.
pub(super) async fn ballots(member: Member) -> Answer {
    let number = member.proposal()?;
    let Some(step) = member.visitor.number("step") else { return Err(member.not_found()) };
    let text = member.look(move |store, view| {
        let lines = history::lines(store, view, number)?;
        let Some((_, closed, draw)) = history::closed_vote(&lines, step) else { return Ok(None) };
        let Some(opened) = opened(store, view, &draw, closed)? else { return Ok(None) };
        let line = |ballot: &Opened| format!("{}\t{}\n", ballot.choice, ballot.nonce.as_str());
        Ok(Some(opened.iter().map(line).collect::<String>()))
    });
    let Some(text) = text.await? else { return Err(member.not_found()) };
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned());
    let name = format!("attachment; filename=\"ballots-{}-{step}.txt\"", number.0);
    Ok(([kind, (header::CONTENT_DISPOSITION, name)], text).into_response())
}

/// The result; `None` where no vote of that step has closed.
pub(crate) fn page_of(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
    step: u32,
    slot: Slot,
) -> Result<Option<VoteResult>, Fault> {
    let lines = history::lines(store, view, number)?;
    let Some((line, closed, draw)) = history::closed_vote(&lines, step) else { return Ok(None) };
    let Some(rule) = rule(store, view, &lines, step)? else { return Ok(None) };
    let viewer = mic_engine::access::Viewer::Member(slot);
    let thing = mic_engine::access::Thing::Text(number);
    let readable = mic_engine::access::may_see(&view.state, viewer, thing);
    let (title, options) = if readable {
        let options = options_of(store, view, number)?.unwrap_or_default();
        (texts::title(store, &view.state, number)?, options)
    } else {
        (String::new(), Vec::new())
    };
    let shown = Shown { method: rule.method, options: &options, draw };
    let counted = match opened(store, view, &draw, closed)? {
        Some(opened) => shown.recount(&opened, closed),
        None => Recounted::missing(),
    };
    Ok(Some(VoteResult {
        proposal: number.0,
        step,
        title,
        method: choice::shown(&rule.method),
        ended: history::how_ended(closed.outcome),
        at: Moment::from(line.entry.at),
        eligible: closed.eligible,
        cast: closed.cast,
        quorum: part_of(rule.quorum, closed.eligible),
        valid: counted.valid,
        totals: shown.totals(closed),
        winners: closed.winners.iter().map(|number| shown.name(*number)).collect(),
        rounds: counted.rounds,
        pairs: counted.pairs,
        whole: 1,
        recounted: counted.same,
    }))
}

/// The opened ballots, checked against the closing entry's index; `None` where a list is not there or is another.
fn opened(
    store: &dyn Store,
    view: &View,
    draw: &Hash,
    closed: &VoteClosed,
) -> Result<Option<Vec<Opened>>, Fault> {
    let group = view.state.founded.group;
    let read = |hash: &Hash| -> Result<Option<String>, Fault> {
        let bytes = texts::document(store, group, hash)?;
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    };
    let index = read(&closed.ballots)?.and_then(|text| read_index(&text));
    let Some(index) = index else { return Ok(None) };
    let mut texts = Vec::with_capacity(index.len());
    for hash in &index {
        let Some(text) = read(hash)? else { return Ok(None) };
        texts.push(text);
    }
    let lists = texts.iter().map(String::as_str);
    Ok(lists::check(draw, lists, u64::from(closed.cast)).ok())
}

/// The rule of a vote that is over, from the charter that its proposal was opened under: the one in force may be another by now.
fn rule(
    store: &dyn Store,
    view: &View,
    lines: &[Line],
    step: u32,
) -> Result<Option<VoteRule>, Fault> {
    let opened = lines.iter().find_map(|line| match &line.entry.event {
        Event::Opened(opened) => Some(opened),
        _ => None,
    });
    let stage = lines.iter().find_map(|line| match &line.entry.event {
        Event::StageEntered(entered) if entered.step.0 == step => Some(&entered.stage),
        _ => None,
    });
    let Some((opened, stage)) = opened.zip(stage) else { return Ok(None) };
    let Some(charter) = amendment::charter(store, view, &opened.charter)? else { return Ok(None) };
    let process = charter.processes.get(&opened.process);
    Ok(match process.and_then(|process| process.stage(stage)).map(|stage| &stage.rule) {
        Some(Rule::Vote(rule)) => Some(rule.clone()),
        Some(
            Rule::Cosign(_)
            | Rule::Jury(_)
            | Rule::Recourse(_)
            | Rule::Wait(_)
            | Rule::Consensus(_)
            | Rule::Objection(_)
            | Rule::Pledge(_),
        )
        | None => None,
    })
}

struct Shown<'a> {
    method: Method,
    options: &'a [String],
    draw: Hash,
}

struct Recounted {
    same: Recount,
    valid: Option<u32>,
    rounds: Vec<Round>,
    pairs: Option<Pairs>,
}

impl Recounted {
    fn missing() -> Self {
        Self { same: Recount::Missing, valid: None, rounds: Vec::new(), pairs: None }
    }
}

impl Shown<'_> {
    fn recount(&self, opened: &[Opened], closed: &VoteClosed) -> Recounted {
        let choices = || opened.iter().map(|ballot| ballot.choice.as_str());
        let number = u32::try_from(self.options.len()).unwrap_or(u32::MAX);
        let Ok(counted) = count(&self.method, number, &self.draw, choices()) else {
            return Recounted { same: Recount::Other, ..Recounted::missing() };
        };
        let same = counted.totals == closed.totals && counted.winners == closed.winners;
        let rounds = rounds(&self.method, number, &self.draw, choices()).unwrap_or_default();
        let pairs = match self.method {
            Method::Schulze => pairs(number, choices()).ok(),
            _ => None,
        };
        Recounted {
            same: if same { Recount::Same } else { Recount::Other },
            valid: Some(u32::try_from(counted.valid).unwrap_or(u32::MAX)),
            rounds: self.rounds(&rounds, &counted.winners),
            pairs: pairs.map(|pairs| self.pairs(pairs)),
        }
    }

    fn name(&self, number: u32) -> Option<String> {
        choice::text(self.options, number)
    }

    fn totals(&self, closed: &VoteClosed) -> Vec<Total> {
        let what = |number: u32| match (&self.method, number) {
            (Method::YesNo { .. }, 0) => Counted::Yes,
            (Method::YesNo { .. }, _) => Counted::No,
            (_, number) => match self.name(number) {
                Some(text) => Counted::Option { text },
                None => Counted::None,
            },
        };
        let lines = (0..).zip(&closed.totals);
        let line = |(number, total): (u32, &u64)| Total {
            what: what(number),
            total: *total,
            won: closed.winners.contains(&number),
        };
        lines.map(line).collect()
    }

    fn rounds(&self, rounds: &[Vec<u64>], winners: &[u32]) -> Vec<Round> {
        let last = rounds.len().saturating_sub(1);
        let round = |(nth, totals): (usize, &Vec<u64>)| Round {
            lines: (0..)
                .zip(totals)
                .map(|(number, total)| {
                    let elected = nth == last && winners.contains(&number);
                    let out = *total == 0 && !elected && nth > 0;
                    RoundLine {
                        text: self.name(number),
                        total: if out { String::new() } else { self.worth(*total) },
                        out,
                        elected,
                    }
                })
                .collect(),
        };
        rounds.iter().enumerate().map(round).collect()
    }

    /// As many places after the point as values are held with.
    fn worth(&self, total: u64) -> String {
        match self.method {
            Method::Stv { .. } => format!("{}.{:05}", total / WHOLE, total % WHOLE),
            _ => total.to_string(),
        }
    }

    fn pairs(&self, pairs: Vec<Vec<u64>>) -> Pairs {
        let numbers = 0..u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        let row = |(i, row): (usize, Vec<u64>)| {
            let cells = row.into_iter().enumerate();
            cells.map(|(j, cell)| (i != j).then_some(cell)).collect()
        };
        Pairs {
            options: numbers.map(|number| self.name(number)).collect(),
            rows: pairs.into_iter().enumerate().map(row).collect(),
        }
    }
}
