//! Every act and every view as JSON, under [`ROOT`]. Who asks is told by a bearer token, who may see what by the engine, and what is
//! sent and answered by `docs/openapi.json`, which tests hold against the routes below. Knows no page, no cookie and no session.
//!
//! Reading order: the routes here, `caller` (who asks), `body` (what was sent), `problem` (what is said when it does not work), then any
//! topic.

pub(crate) mod bundle;
pub(crate) mod token;

// Before a handler is reached, and when it does not work.
mod asking;
mod body;
mod caller;
mod problem;

// The topics.
mod act;
mod found;
mod group;
mod invite;
mod journal;
mod jury;
mod member;
mod proposal;
mod ready;
mod show;
mod tokens;

use axum::Router;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use http::header;

pub use body::{BODY_BYTES_MAX, PAGE_MAX};
pub use caller::IDEMPOTENCY_KEY_CHARACTERS_MAX;
pub(crate) use problem::Problem;
use problem::speak;

use crate::web::Site;

/// Where the API lives.
pub const ROOT: &str = "/api/v1";
/// The description of the API (OpenAPI 3.1).
pub const DESCRIPTION: &str = include_str!("../../../docs/openapi.json");

macro_rules! routes {
    ($($pattern:literal => $($method:ident $handler:path),+;)*) => {
        /// Every pattern below [`ROOT`] with its methods.
        pub const ROUTES: &[(&str, &[&str])] = &[$(($pattern, &[$(stringify!($method)),+])),*];

        fn table() -> Router<Site> {
            Router::new()$(.route($pattern, MethodRouter::new()$(.$method($handler))+))*
        }
    };
}

routes! {
    "/openapi.json" => get description;
    "/tokens" => get tokens::list;
    "/tokens/{token}" => delete tokens::revoke;
    "/charters" => get ready::charters;
    "/groups" => get group::list, post found::found;
    "/groups/{group}" => get group::group;
    "/groups/{group}/charter" => get group::charter;
    "/groups/{group}/people" => get group::people;
    "/groups/{group}/duties" => get group::duties;
    "/groups/{group}/proposals" => get proposal::list, post act::open;
    "/groups/{group}/proposals/{proposal}" => get proposal::one;
    "/groups/{group}/proposals/{proposal}/versions" => post act::post_version;
    "/groups/{group}/proposals/{proposal}/versions/{version}" => get proposal::version;
    "/groups/{group}/proposals/{proposal}/cosign" => post act::cosign;
    "/groups/{group}/proposals/{proposal}/takeback" => post act::take_back;
    "/groups/{group}/proposals/{proposal}/withdraw" => post act::withdraw;
    "/groups/{group}/proposals/{proposal}/answer" => get jury::reasons, post act::recourse;
    "/groups/{group}/proposals/{proposal}/jury" => get jury::show;
    "/groups/{group}/proposals/{proposal}/jury/ballot" => post jury::cast;
    "/groups/{group}/proposals/{proposal}/jury/aside" => post jury::aside;
    "/groups/{group}/proposals/{proposal}/vote" => get asking::vote, post asking::cast;
    "/groups/{group}/proposals/{proposal}/position" => post asking::position;
    "/groups/{group}/proposals/{proposal}/objection" => post asking::object;
    "/groups/{group}/proposals/{proposal}/objection/takeback" => post asking::withdraw_objection;
    "/groups/{group}/proposals/{proposal}/pledge" => get asking::pledge, post asking::make_pledge;
    "/groups/{group}/proposals/{proposal}/pledge/takeback" => post asking::withdraw_pledge;
    "/groups/{group}/proposals/{proposal}/statement" => post asking::statement;
    "/groups/{group}/actions/{action}/deed" => post asking::deed;
    "/groups/{group}/broadcasts" => get journal::broadcasts;
    "/groups/{group}/broadcasts/{broadcast}" => get journal::broadcast;
    "/groups/{group}/broadcasts/{broadcast}/certificate" => get journal::certificate_file;
    "/groups/{group}/entries" => get journal::entries;
    "/groups/{group}/documents/{hash}" => get journal::document;
    "/groups/{group}/checkpoint" => get journal::checkpoint;
    "/groups/{group}/bundle" => post journal::bundle;
    "/groups/{group}/invitations" => post invite::invite;
    "/groups/{group}/settings" => get member::settings, put member::save_settings;
    "/groups/{group}/pause" => post member::pause;
    "/groups/{group}/resume" => post member::resume;
    "/groups/{group}/rest" => post member::rest;
    "/groups/{group}/leave" => post member::leave;
    "/groups/{group}/erase" => post member::erase;
}

/// The API, to be merged with the site.
pub fn routes() -> Router<Site> {
    let inside =
        table().fallback(nothing).method_not_allowed_fallback(wrong_method).layer(from_fn(speak));
    // Whoever calls an address of another version reads JSON, too.
    let beside = Router::new().route("/api/{*rest}", any(nothing)).layer(from_fn(speak));
    Router::new().nest(ROOT, inside).merge(beside)
}

/// Whether an answer to this path is read by a program.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

async fn description() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response()
}

async fn nothing() -> Problem {
    Problem::NotFound
}

async fn wrong_method() -> Problem {
    Problem::WrongMethod
}
