//! The pages before a group: the first one, promises, the language of this browser, the style sheet, and nothing at all.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use mic_engine::ids::GroupId;
use mic_engine::node::View;
use mic_store::Store;
use mic_store::contract::{AccountId, Fault};

use super::cookie::Cookie;
use super::fill::texts;
use super::limits::FORM_BYTES_MAX;
use super::next;
use super::stop::{Answer, Reader, go_to, with_cookie};
use super::visitor::{Visitor, VisitorForm};
use crate::pages::Route;
use crate::pages::asset::{ICON, STYLE, icon_name, style_name};
use crate::pages::start::{GroupLine, Landing, Promises};
use crate::words::Language;

/// How long a browser remembers the language that was asked for, in seconds: a year.
const LANGUAGE_SECONDS: u64 = 31_536_000;

pub(super) async fn landing(visitor: Visitor) -> Answer {
    let app = visitor.site.app().clone();
    let groups = match &visitor.session {
        Some(session) => {
            let (account, views) = (session.account, app.clone());
            let look = move |id: GroupId| views.view(id);
            visitor.tried(app.blocking(move |store| groups_of(store, account, &look)).await)?
        }
        None => Vec::new(),
    };
    let demo_name = visitor.site.demo().map(|demo| demo.name.clone());
    let may_found = demo_name.is_none();
    let demo_name = demo_name.filter(|_| visitor.session.is_none());
    Ok(visitor.page(&Landing { groups, may_found, demo_name }))
}

pub(super) async fn promises(visitor: Visitor) -> Answer {
    Ok(visitor.page(&Promises {}))
}

pub(super) async fn language(form: VisitorForm<FORM_BYTES_MAX>) -> Answer {
    let VisitorForm { visitor, fields } = form;
    let next = next::readable(fields.get("next")).unwrap_or_else(|| Route::Landing {}.path());
    let answer = go_to(&next);
    Ok(match Language::parse(fields.get("language")) {
        Some(language) => {
            let secure = visitor.site.is_secure();
            with_cookie(answer, Cookie::Language.set_for(language.tag(), LANGUAGE_SECONDS, secure))
        }
        None => answer,
    })
}

/// The style sheet; its name changes with its content.
pub(super) async fn asset(visitor: Visitor) -> Answer {
    let (kind, bytes) = match visitor.place("name") {
        name if name == style_name() => ("text/css; charset=utf-8", STYLE),
        name if name == icon_name() => ("image/svg+xml", ICON),
        _ => return Err(visitor.not_found()),
    };
    let kind = (header::CONTENT_TYPE, kind);
    let forever = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok((StatusCode::OK, [kind, forever], bytes).into_response())
}

/// Any other address, and any other method.
pub(super) async fn nothing(visitor: Visitor) -> Response {
    visitor.not_found().into_response()
}

fn groups_of(
    store: &dyn Store,
    account: AccountId,
    look: &dyn Fn(GroupId) -> Option<View>,
) -> Result<Vec<GroupLine>, Fault> {
    let mut lines = Vec::new();
    for membership in store.memberships(account)? {
        let Some(view) = look(membership.group) else { continue };
        let duties = view.state.duties(membership.slot).count();
        lines.push(GroupLine {
            name: texts::profile(store, &view)?.name,
            duties: u32::try_from(duties).unwrap_or(u32::MAX),
            link: Route::Home { group: membership.group },
        });
    }
    Ok(lines)
}
