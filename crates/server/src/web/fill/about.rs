//! What a proposal is about beyond its text. Knows no request.

use mic_engine::command::{Content, VersionDocument};
use mic_engine::event::Event;
use mic_engine::ids::Slot;
use mic_engine::node::View;
use mic_engine::state::proposal::Proposal;
use mic_engine::version;
use mic_store::Store;
use mic_store::contract::Fault;

use super::history::{self, Line};
use super::{people, texts};
use crate::pages::Route;
use crate::pages::about::{About, Statement};
use crate::words::Moment;

/// What an open proposal is about; its history is only read where it says more.
pub(crate) fn of_open(
    store: &dyn Store,
    view: &View,
    open: &Proposal,
    text: Option<&VersionDocument>,
    reader: Slot,
) -> Result<Option<About>, Fault> {
    let lines = match open.statement {
        Some(_) => history::lines(store, view, open.number)?,
        None => Vec::new(),
    };
    about(store, view, text, &lines, reader)
}

/// The same for any proposal with its history. `None` for kinds that are no more than a text, and where the text was erased.
pub(crate) fn about(
    store: &dyn Store,
    view: &View,
    text: Option<&VersionDocument>,
    lines: &[Line],
    reader: Slot,
) -> Result<Option<About>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let group = view.state.founded.group;
    Ok(match &text.content {
        Content::Message | Content::Admission { .. } | Content::Amendment { .. } => None,
        Content::Decision { options } => Some(About::Decision { options: options.clone() }),
        Content::Action { starts, ends, place, wanted } => Some(About::Action {
            starts: Moment::from(*starts),
            ends: Moment::from(*ends),
            place: place.clone(),
            wanted: *wanted,
        }),
        Content::Removal { member } => Some(About::Removal {
            member: people::person(store, view, *member, Some(reader))?,
            statement: statement(store, view, lines)?,
        }),
        Content::Recall { number, erase } => {
            let line = view.state.broadcast(*number);
            let title = match line {
                Some(line) => texts::version(store, group, &line.version)?,
                None => None,
            };
            Some(About::Recall {
                number: number.0,
                title: title.map(|text| text.title).unwrap_or_default(),
                link: Route::Broadcast { group, broadcast: number.0 },
                erase: *erase,
            })
        }
    })
}

/// What the member of a removal said last.
fn statement(store: &dyn Store, view: &View, lines: &[Line]) -> Result<Option<Statement>, Fault> {
    let said = lines.iter().rev().find_map(|line| match &line.entry.event {
        Event::StatementMade { document, .. } => Some((*document, line.entry.at)),
        _ => None,
    });
    let Some((hash, at)) = said else { return Ok(None) };
    let bytes = texts::document(store, view.state.founded.group, &hash)?;
    let body = bytes.and_then(|bytes| version::words_from_bytes(&bytes));
    Ok(body.and_then(|body| Statement::new(&body, Moment::from(at))))
}
