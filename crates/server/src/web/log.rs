//! The journal as files that existing tools read (C2SP tlog-tiles): signed heads and hashes for everybody, entries for members.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};
use mic_engine::access::{Thing, Viewer, may_see};
use mic_engine::ids::{GroupId, Seq};
use mic_proof::hash::{Hash, node_hash};
use mic_proof::tiles::{Resource, TILE_WIDTH, Tile};
use mic_store::Store;
use mic_store::contract::{ENTRIES_PER_READ_MAX, Fault};

use super::stop::{Answer, Reader};
use super::visitor::Visitor;

/// Tiles of a journal; the rest of the path is read by [`Tile::parse`].
pub(super) const TILE: &str = "/log/{group}/tile/{*path}";

/// The newest published head.
pub(super) async fn checkpoint(visitor: Visitor) -> Answer {
    let Some(group) = known(&visitor) else { return Err(visitor.not_found()) };
    let note = visitor.site.app().blocking(move |store| store.latest_checkpoint(group)).await;
    match visitor.tried(note)? {
        Some(checkpoint) => Ok(file(checkpoint.note, "text/plain; charset=utf-8", "no-cache")),
        None => Err(visitor.not_found()),
    }
}

/// A tile below the newest head, full or partial; nothing of the journal that was not published.
pub(super) async fn tile(visitor: Visitor) -> Answer {
    let tile = Tile::parse(&format!("tile/{}", visitor.place("path")));
    let (Some(group), Some(tile)) = (known(&visitor), tile) else {
        return Err(visitor.not_found());
    };
    let entries = tile.resource == Resource::Entries;
    if entries && !is_member(&visitor, group).await? {
        return Err(visitor.not_found());
    }
    let bytes = visitor.site.app().blocking(move |store| read(store, group, &tile)).await;
    let Some(bytes) = visitor.tried(bytes)? else { return Err(visitor.not_found()) };
    let forever = "public, max-age=31536000, immutable";
    let kept = match (entries, tile.width == TILE_WIDTH) {
        (false, true) => forever,
        (false, false) => "public, max-age=60",
        (true, _) => "private, no-store",
    };
    Ok(file(bytes, "application/octet-stream", kept))
}

fn known(visitor: &Visitor) -> Option<GroupId> {
    let view = visitor.site.app().view(visitor.group()?)?;
    let seen = may_see(&view.state, Viewer::Stranger, Thing::PublicPage);
    seen.then_some(view.state.founded.group)
}

async fn is_member(visitor: &Visitor, group: GroupId) -> Result<bool, super::stop::Stop> {
    let Some(session) = &visitor.session else { return Ok(false) };
    let account = session.account;
    let found = visitor.site.app().blocking(move |store| store.memberships(account)).await;
    let memberships = visitor.tried(found)?;
    let Some(view) = visitor.site.app().view(group) else { return Ok(false) };
    Ok(memberships
        .iter()
        .filter(|membership| membership.group == group)
        .any(|membership| may_see(&view.state, Viewer::Member(membership.slot), Thing::Inside)))
}

fn read(store: &dyn Store, group: GroupId, tile: &Tile) -> Result<Option<Vec<u8>>, Fault> {
    let Some(head) = store.latest_checkpoint(group)? else { return Ok(None) };
    let Some((from, to)) = tile.span() else { return Ok(None) };
    match tile.resource {
        Resource::Entries if to <= head.size => bundle(store, group, from, to).map(Some),
        Resource::Hashes { level } => {
            let height = 8 * u32::from(level);
            // A hash at this height covers 2^height entries, all of which the head has to cover.
            let covered = to.checked_shl(height).filter(|end| end >> height == to);
            if covered.is_none_or(|end| end > head.size) {
                return Ok(None);
            }
            let mut bytes = Vec::new();
            for index in from..to {
                bytes.extend_from_slice(node(store, group, height, index)?.as_bytes());
            }
            Ok(Some(bytes))
        }
        Resource::Entries => Ok(None),
    }
}

/// Entries with their length before each: two big-endian bytes.
fn bundle(store: &dyn Store, group: GroupId, from: u64, to: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let count = u32::try_from(to - from).unwrap_or(ENTRIES_PER_READ_MAX);
    for entry in store.entries(group, Seq(from), count)? {
        let length = u16::try_from(entry.bytes.len())
            .map_err(|_| Fault::Corrupt(format!("entry {} is too long", entry.seq)))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&entry.bytes);
    }
    Ok(bytes)
}

/// The hash of a complete subtree: `index`-th of those that cover 2^`height` entries.
fn node(store: &dyn Store, group: GroupId, height: u32, index: u64) -> Result<Hash, Fault> {
    let width = 1_u64 << height;
    let mut from = index * width;
    let end = from + width;
    // What is complete so far, each as (entries it covers, hash), the larger first.
    let mut stack: Vec<(u64, Hash)> = Vec::new();
    while from < end {
        let count = u32::try_from(end - from).unwrap_or(u32::MAX).min(ENTRIES_PER_READ_MAX);
        let leaves = store.leaves(group, Seq(from), count)?;
        if leaves.is_empty() {
            return Err(Fault::Corrupt(format!("entry {from} is missing")));
        }
        from += leaves.len() as u64;
        for leaf in leaves {
            let mut top = (1, leaf);
            while let Some((_, left)) = stack.pop_if(|(size, _)| *size == top.0) {
                top = (top.0 * 2, node_hash(&left, &top.1));
            }
            stack.push(top);
        }
    }
    match stack.as_slice() {
        [(_, root)] => Ok(*root),
        _ => Err(Fault::Corrupt("a subtree is not whole".to_owned())),
    }
}

/// A file that tools of other sites may read.
fn file(body: impl IntoResponse, kind: &'static str, kept: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    let open = HeaderValue::from_static("cross-origin");
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), open);
    response
}
