//! Broadcasts inside their group: the list of all, one of them, and its certificate.

use axum::extract::RawQuery;
use axum::response::IntoResponse;
use http::header;
use mic_engine::access::Thing;
use mic_engine::charter::ProposalKind;
use mic_engine::event::BeaconKind;
use mic_engine::ids::Number;
use mic_engine::node::View;
use mic_engine::parcel::Notice;
use mic_engine::state::{BroadcastLine, State};
use mic_store::Store;
use mic_store::contract::Fault;

use super::fill::{self, people, texts};
use super::form::Fields;
use super::member::Member;
use super::stop::{Answer, Reader, Stop};
use crate::certificates::Certificate as Kept;
use crate::pages::Route;
use crate::pages::broadcast::{
    BROADCASTS_A_PAGE_MAX, Broadcast, Broadcasts, CertifiedLine, Neighbour, Recalled,
};
use crate::pages::ways::Way;

/// The newest first, page by page.
pub(super) async fn list(member: Member, query: RawQuery) -> Answer {
    let query = Fields::parse(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
    let before: Option<u32> = query.get("before").parse().ok();
    let state = member.state();
    let visible = state.broadcasts.iter().rev();
    let visible = visible.filter(|line| member.may_see(Thing::Broadcast(line.proposal)));
    let count = visible.clone().count();
    let (lines, older) = page_before(visible, before);
    let group = member.group;
    let lines = member.look(move |store, view| {
        let line = |line: &BroadcastLine| {
            let broadcast = line.number.0;
            Ok(CertifiedLine {
                line: fill::home::broadcast(store, &view.state, line)?,
                certificate: Route::Certificate { group, broadcast },
            })
        };
        lines.iter().map(line).collect::<Result<Vec<_>, Fault>>()
    });
    Ok(member.page(&Broadcasts {
        lines: lines.await?,
        count: u32::try_from(count).unwrap_or(u32::MAX),
        older,
        from_older: before.is_some(),
    }))
}

/// One page of a list whose newest line comes first, and before which number the next page begins.
fn page_before<'a>(
    newest_first: impl Iterator<Item = &'a BroadcastLine>,
    before: Option<u32>,
) -> (Vec<BroadcastLine>, Option<u32>) {
    let asked = newest_first.filter(|line| before.is_none_or(|before| line.number.0 < before));
    let mut lines: Vec<BroadcastLine> = asked.take(BROADCASTS_A_PAGE_MAX + 1).copied().collect();
    let more = lines.len() > BROADCASTS_A_PAGE_MAX;
    lines.truncate(BROADCASTS_A_PAGE_MAX);
    let older = lines.last().filter(|_| more).map(|line| line.number.0);
    (lines, older)
}

pub(super) async fn show(member: Member) -> Answer {
    let line = visible(&member)?;
    let slot = member.slot;
    let page = member.look(move |store, view| {
        let author = people::person(store, view, line.author, Some(slot))?;
        let group = view.state.founded.group;
        let progress = store.progress(group, Notice::Broadcast { number: line.number })?;
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let page = page(store, view, &line, true)?;
        Ok(Broadcast {
            author: Some(author),
            delivered: Some((small(progress.done), small(progress.total))),
            ..page
        })
    });
    Ok(member.page(&page.await?))
}

pub(super) async fn certificate(member: Member) -> Answer {
    let line = visible(&member)?;
    let (group, broadcast) = (member.group, line.number.0);
    let page = member.look(move |store, view| {
        let (text, file) =
            (Route::Broadcast { group, broadcast }, Route::CertificateFile { group, broadcast });
        fill::certificate::certificate(store, view, &line, text, file)
    });
    Ok(member.page(&page.await?))
}

/// The file, as it travels with the broadcast.
pub(super) async fn certificate_file(member: Member) -> Answer {
    let line = visible(&member)?;
    let group = member.group;
    let text = member.look(move |store, _| Kept::of(store, group, line.number)).await?;
    let Some(text) = text.file() else { return Err(member.not_found()) };
    let name = certificate_name(member.state().founded.group, line.number);
    let kind = (header::CONTENT_TYPE, "application/json".to_owned());
    let named = (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
    Ok(([kind, named], text).into_response())
}

/// `certificate-GROUP8-NUMBER.json` (spec/certificate.md).
pub(super) fn certificate_name(group: mic_engine::ids::GroupId, number: Number) -> String {
    format!("certificate-{}-{number}.json", &group.to_string()[..8])
}

/// The broadcast in the address, if this member may see it.
fn visible(member: &Member) -> Result<BroadcastLine, Stop> {
    let line = fill::home::find(member.state(), member.visitor.number("broadcast"));
    let line = line.filter(|line| member.may_see(Thing::Broadcast(line.proposal)));
    line.ok_or_else(|| member.not_found())
}

/// The correction of a recalled broadcast, if this reader may read it.
fn recalled(view: &View, line: &BroadcastLine, inside: bool) -> Option<Recalled> {
    let group = view.state.founded.group;
    let correction = correction(view, line)?;
    let broadcast = correction.number.0;
    let open = inside || correction.audience == mic_engine::charter::Audience::Public;
    let link = if inside {
        Route::Broadcast { group, broadcast }
    } else {
        Route::PublicBroadcast { group, broadcast }
    };
    open.then_some(Recalled { number: broadcast, link })
}

/// How members can ask to recall a broadcast: by no way, if it is recalled.
fn ways_to_recall(state: &State, line: &BroadcastLine) -> Vec<Way> {
    if !texts::may_recall(state, line.number) {
        return Vec::new();
    }
    let group = state.founded.group;
    let processes = state.charter.processes.iter();
    processes
        .filter(|(_, process)| process.kind == ProposalKind::Recall)
        .map(|(id, process)| Way {
            title: process.title.clone(),
            link: Route::WriteOf { group, process: id.as_str().to_owned() },
        })
        .collect()
}

/// The broadcast that took a recalled one's place.
pub(super) fn correction<'v>(view: &'v View, line: &BroadcastLine) -> Option<&'v BroadcastLine> {
    let by = line.recalled_by?;
    view.state.broadcasts.iter().rev().find(|later| later.proposal == by)
}

/// What members and outsiders see alike.
pub(super) fn page(
    store: &dyn Store,
    view: &View,
    line: &BroadcastLine,
    inside: bool,
) -> Result<Broadcast, Fault> {
    let state = &view.state;
    let group = state.founded.group;
    let text = texts::version(store, group, &line.version)?;
    let (before, after) = fill::certificate::neighbours(line.number);
    let neighbour = |number: Option<Number>| -> Result<Option<Neighbour>, Fault> {
        let found = number.and_then(|number| state.broadcast(number));
        let open = |line: &&BroadcastLine| {
            inside || line.audience == mic_engine::charter::Audience::Public
        };
        let Some(line) = found.filter(open) else { return Ok(None) };
        let broadcast = line.number.0;
        let text = texts::version(store, group, &line.version)?;
        Ok(Some(Neighbour {
            number: broadcast,
            title: text.map(|text| text.title).unwrap_or_default(),
            link: if inside {
                Route::Broadcast { group, broadcast }
            } else {
                Route::PublicBroadcast { group, broadcast }
            },
        }))
    };
    let broadcast = line.number.0;
    Ok(Broadcast {
        number: broadcast,
        message: texts::message(text.as_ref(), line.audience, &line.version),
        recalled: recalled(view, line, inside),
        recall: if inside { ways_to_recall(state, line) } else { Vec::new() },
        author: None,
        at: crate::words::Moment::from(line.ordered_at),
        tally: fill::certificate::tally(store, view, line)?,
        previous: neighbour(before)?,
        next: neighbour(Some(after))?,
        certificate: if inside {
            Route::Certificate { group, broadcast }
        } else {
            Route::PublicCertificate { group, broadcast }
        },
        proposal: inside.then_some(Route::Proposal { group, proposal: line.proposal.0 }),
        delivered: None,
        inside,
        local_chain: state.founded.beacon == BeaconKind::Local,
    })
}

#[cfg(test)]
mod tests {
    use mic_engine::charter::Audience;
    use mic_engine::ids::{LogTime, Number, ProposalNumber, Seq, Slot};
    use mic_engine::state::BroadcastLine;
    use mic_proof::hash::sha256;

    use super::{BROADCASTS_A_PAGE_MAX, page_before};

    fn line(number: u32) -> BroadcastLine {
        BroadcastLine {
            number: Number(number),
            proposal: ProposalNumber(number),
            version: sha256(b"text"),
            author: Slot(0),
            audience: Audience::Members,
            ordered_at: LogTime(u64::from(number)),
            seq: Seq(u64::from(number)),
            leaf: sha256(b"leaf"),
            recalled_by: None,
        }
    }

    #[test]
    fn pages_follow_each_other_and_leave_nothing_out() {
        for count in [0, 1, 49, 50, 51, 100, 101, 173] {
            let all: Vec<BroadcastLine> = (1..=count).rev().map(line).collect();
            let (mut seen, mut before, mut pages) = (Vec::new(), None, 0);
            loop {
                let (lines, older) = page_before(all.iter(), before);
                assert!(lines.len() <= BROADCASTS_A_PAGE_MAX);
                seen.extend(lines.into_iter().map(|line| line.number.0));
                pages += 1;
                before = older;
                if older.is_none() {
                    break;
                }
            }
            assert_eq!(seen, (1..=count).rev().collect::<Vec<u32>>());
            assert_eq!(pages, count.div_ceil(50).max(1), "{count}");
        }
    }
}
