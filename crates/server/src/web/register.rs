//! The register of decisions, searched by plain text.

use axum::extract::RawQuery;
use mic_engine::access::{Thing, may_see};
use mic_engine::command::Content;
use mic_engine::event::StageKind;
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::node::View;
use mic_engine::state::register::DecisionLine as Line;
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::{asking, history, texts};
use super::form::Fields;
use super::member::Member;
use super::stop::{Answer, Reader};
use super::vote_choice;
use crate::pages::Route;
use crate::pages::register::{DECISIONS_A_PAGE_MAX, DecisionLine, Register, SEARCH_CHARACTERS_MAX};
use crate::text::markdown;
use crate::words::Moment;

/// Texts that one search looks through; the next page goes on where it stopped.
const SEARCHED_MAX: usize = 2_000;
/// Characters of a text that the list shows.
const EXCERPT_CHARACTERS_MAX: usize = 240;

pub(super) async fn show(member: Member, query: RawQuery) -> Answer {
    let query = Fields::parse(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
    let search: String =
        query.get("q").trim().chars().take(SEARCH_CHARACTERS_MAX as usize).collect();
    let before: Option<u32> = query.get("before").parse().ok();
    let (slot, wanted) = (member.slot, search.clone());
    let found = member.look(move |store, view| find(store, view, slot, &wanted, before)).await?;
    let count = u32::try_from(member.state().decisions.len()).unwrap_or(u32::MAX);
    Ok(member.page(&Register {
        older: found.older.map(|before| query_of(before, &search)),
        search,
        search_max: SEARCH_CHARACTERS_MAX,
        lines: found.lines,
        count,
        from_older: before.is_some(),
    }))
}

/// A page of decisions, the newest first, and before which number the next one begins.
pub(crate) struct Found {
    pub(crate) lines: Vec<DecisionLine>,
    pub(crate) older: Option<u32>,
}

pub(crate) fn find(
    store: &dyn Store,
    view: &View,
    slot: Slot,
    search: &str,
    before: Option<u32>,
) -> Result<Found, Fault> {
    let viewer = mic_engine::access::Viewer::Member(slot);
    let wanted = search.to_lowercase();
    let newest = view.state.decisions.iter().rev();
    let asked = newest.filter(|line| before.is_none_or(|before| line.number.0 < before));
    let (mut lines, mut searched, mut last) = (Vec::new(), 0, None);
    for line in asked {
        if lines.len() == DECISIONS_A_PAGE_MAX || searched == SEARCHED_MAX {
            return Ok(Found { lines, older: last });
        }
        last = Some(line.number.0);
        searched += 1;
        let readable = may_see(&view.state, viewer, Thing::Text(line.proposal));
        if let Some(shown) = decision(store, view, line, readable, &wanted)? {
            lines.push(shown);
        }
    }
    Ok(Found { lines, older: None })
}

/// One decision, if what is searched for stands in it. What a member may not read is not searched either.
fn decision(
    store: &dyn Store,
    view: &View,
    line: &Line,
    readable: bool,
    wanted: &str,
) -> Result<Option<DecisionLine>, Fault> {
    let group = view.state.founded.group;
    let text = if readable { texts::version(store, group, &line.version)? } else { None };
    let (title, body) = text
        .as_ref()
        .map(|text| (text.title.clone(), markdown::to_plain(&text.body).unwrap_or_default()))
        .unwrap_or_default();
    let stands = |text: &str| text.to_lowercase().contains(wanted);
    if !wanted.is_empty() && !stands(&title) && !stands(&body) {
        return Ok(None);
    }
    let options = match text.map(|text| text.content) {
        Some(Content::Decision { options }) => options,
        _ => Vec::new(),
    };
    let winners = line.winners.iter().map(|number| vote_choice::text(&options, *number)).collect();
    let proposal = line.proposal.0;
    Ok(Some(DecisionLine {
        number: line.number.0,
        title,
        at: Moment::from(line.recorded_at),
        excerpt: excerpt(&body),
        winners,
        result: last_vote(store, view, line.proposal)?.map(|step| Route::VoteResult {
            group,
            proposal,
            step,
        }),
        proposal: Route::Proposal { group, proposal },
    }))
}

fn last_vote(store: &dyn Store, view: &View, number: ProposalNumber) -> Result<Option<u32>, Fault> {
    let lines = history::lines(store, view, number)?;
    Ok(asking::last_step(&lines, StageKind::Vote).map(|(step, _)| step.0))
}

fn excerpt(body: &str) -> String {
    let words = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= EXCERPT_CHARACTERS_MAX {
        return words;
    }
    let cut: String = words.chars().take(EXCERPT_CHARACTERS_MAX).collect();
    format!("{cut}…")
}

fn query_of(before: u32, search: &str) -> String {
    let mut fields = Fields::default();
    fields.put("before", &before.to_string());
    if !search.is_empty() {
        fields.put("q", search);
    }
    fields.encode()
}
