//! What anybody may see of a group: its purpose and its public broadcasts, as pages and as a feed. A group that never spoke in public
//! looks to strangers like one that does not exist.

use axum::response::IntoResponse;
use http::header;
use mic_engine::access::{Thing, Viewer, may_see};
use mic_engine::charter::Audience;
use mic_engine::command::Profile;
use mic_engine::node::View;
use mic_engine::state::BroadcastLine;
use mic_store::Store;
use mic_store::contract::Fault;

use super::broadcast::{correction, page as broadcast_page};
use super::fill::{self, texts};
use super::stop::{Answer, Reader, Stop};
use super::visitor::Visitor;
use crate::pages::feed::{FEED_ENTRIES_MAX, Feed, FeedEntry};
use crate::pages::home::LINES_MAX;
use crate::pages::parts::BroadcastLine as ListLine;
use crate::pages::public::Public;
use crate::pages::{Frame, GroupHead, Route};
use crate::text::markdown;
use crate::words::{Language, Moment};

/// Somebody in front of a group that has spoken in public.
struct Outside {
    visitor: Visitor,
    view: View,
    profile: Profile,
}

impl Reader for Outside {
    fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    fn frame(&self) -> Frame {
        let head = GroupHead {
            id: self.view.state.founded.group,
            name: self.profile.name.clone(),
            member: false,
            duties: 0,
        };
        Frame { group: Some(head), ..self.visitor.frame() }
    }
}

pub(super) async fn page(visitor: Visitor) -> Answer {
    let outside = outside(visitor).await?;
    let broadcasts = outside.look(|store, view| {
        let newest = public_lines(view).take(LINES_MAX);
        newest.map(|line| list_line(store, view, line)).collect::<Result<Vec<_>, Fault>>()
    });
    let broadcasts = broadcasts.await?;
    let older = public_lines(&outside.view).count().saturating_sub(broadcasts.len());
    Ok(outside.page(&Public {
        name: outside.profile.name.clone(),
        purpose: outside.profile.purpose.clone(),
        broadcasts,
        older: u32::try_from(older).unwrap_or(u32::MAX),
    }))
}

pub(super) async fn feed(visitor: Visitor) -> Answer {
    let outside = outside(visitor).await?;
    let entries = outside.look(|store, view| {
        let newest = public_lines(view).take(FEED_ENTRIES_MAX);
        newest.map(|line| feed_entry(store, view, line)).collect::<Result<Vec<_>, Fault>>()
    });
    let entries = entries.await?;
    let state = &outside.view.state;
    let founded = Moment::from(state.founded_at);
    let feed = Feed {
        group: state.founded.group,
        name: outside.profile.name.clone(),
        purpose: outside.profile.purpose.clone(),
        language: Language::parse(&outside.profile.language).unwrap_or_default(),
        updated: entries
            .iter()
            .map(|entry| entry.recalled.unwrap_or(entry.at))
            .max()
            .unwrap_or(founded),
        entries,
    };
    let kind = (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8");
    let kept = (header::CACHE_CONTROL, "public, max-age=300");
    Ok(([kind, kept], feed.render(outside.visitor.site.origin())).into_response())
}

pub(super) async fn broadcast(visitor: Visitor) -> Answer {
    let (outside, line) = public_broadcast(visitor).await?;
    let page = outside.look(move |store, view| broadcast_page(store, view, &line, false)).await?;
    Ok(outside.page(&page))
}

pub(super) async fn certificate(visitor: Visitor) -> Answer {
    let (outside, line) = public_broadcast(visitor).await?;
    let page = outside.look(move |store, view| {
        let (group, broadcast) = (view.state.founded.group, line.number.0);
        let text = Route::PublicBroadcast { group, broadcast };
        // The file holds entries, which are for members; the page has the numbers.
        let page = fill::certificate::certificate(store, view, &line, text.clone(), text)?;
        Ok(crate::pages::certificate::Certificate { file: None, ..page })
    });
    let page = page.await?;
    Ok(outside.page(&page))
}

impl Outside {
    async fn look<T, F>(&self, call: F) -> Result<T, Stop>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store, &View) -> Result<T, Fault> + Send + 'static,
    {
        let view = self.view.clone();
        let result = self.visitor.site.app().blocking(move |store| call(store, &view)).await;
        self.tried(result)
    }
}

async fn outside(visitor: Visitor) -> Result<Outside, Stop> {
    let view = visitor.group().and_then(|group| visitor.site.app().view(group));
    let spoken = |view: &View| {
        may_see(&view.state, Viewer::Stranger, Thing::PublicPage)
            && public_lines(view).next().is_some()
    };
    let Some(view) = view.filter(spoken) else { return Err(visitor.not_found()) };
    let inside = view.clone();
    let profile = visitor.site.app().blocking(move |store| texts::profile(store, &inside)).await;
    let profile = visitor.tried(profile)?;
    Ok(Outside { visitor, view, profile })
}

async fn public_broadcast(visitor: Visitor) -> Result<(Outside, BroadcastLine), Stop> {
    let outside = outside(visitor).await?;
    let line = fill::home::find(&outside.view.state, outside.visitor.number("broadcast"));
    let seen = |line: &BroadcastLine| {
        may_see(&outside.view.state, Viewer::Stranger, Thing::Broadcast(line.proposal))
    };
    match line.filter(seen) {
        Some(line) => Ok((outside, line)),
        None => Err(outside.visitor.not_found()),
    }
}

/// Public broadcasts, the newest first.
fn public_lines(view: &View) -> impl Iterator<Item = &BroadcastLine> {
    view.state.broadcasts.iter().rev().filter(|line| line.audience == Audience::Public)
}

fn list_line(store: &dyn Store, view: &View, line: &BroadcastLine) -> Result<ListLine, Fault> {
    let group = view.state.founded.group;
    let shown = fill::home::broadcast(store, &view.state, line)?;
    Ok(ListLine { link: Route::PublicBroadcast { group, broadcast: line.number.0 }, ..shown })
}

fn feed_entry(store: &dyn Store, view: &View, line: &BroadcastLine) -> Result<FeedEntry, Fault> {
    let text = texts::version(store, view.state.founded.group, &line.version)?;
    Ok(FeedEntry {
        number: line.number.0,
        at: Moment::from(line.ordered_at),
        title: text.as_ref().map(|text| text.title.clone()).unwrap_or_default(),
        warning: text.as_ref().map(|text| text.warning.clone()).unwrap_or_default(),
        body: text.and_then(|text| markdown::to_html(&text.body).ok()),
        recalled: correction(view, line).map(|later| Moment::from(later.ordered_at)),
    })
}
