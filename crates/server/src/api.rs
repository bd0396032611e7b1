//! Every act and every view as JSON, under `/api/v1` (the JSON API). Who asks is told by a bearer token; who may see what is told
//! by the engine. Knows no page, no cookie and no session.

use axum::Router;

use crate::web::Site;

/// Where the API lives.
pub const ROOT: &str = "/api/v1";

/// Every route of the API.
pub fn routes() -> Router<Site> {
    Router::new()
}
