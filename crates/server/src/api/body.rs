//! What a call brings: its body as JSON, read strictly and within limits, and the page it asks for. Knows no field of any route.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::problem::Problem;
use crate::web::Site;
use crate::web::limits::BODY_WAIT_MAX;

/// The body of one call: a text of 65,536 bytes as most programs write JSON, four times over.
pub const BODY_BYTES_MAX: usize = 262_144;
/// Things on one page of a list, and how many are sent when nobody says.
pub const PAGE_MAX: u32 = 100;

/// A body of JSON with exactly the fields of `T`, at most `BYTES_MAX` long. A body of no bytes is an object without fields.
pub(super) struct Sent<T, const BYTES_MAX: usize = BODY_BYTES_MAX>(pub(super) T);

/// A page of a list that runs upwards from a position.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Upwards {
    pub(super) from: u64,
    limit: Option<u32>,
}

/// A page of a list that runs downwards, the newest first.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Downwards {
    before: Option<u32>,
    limit: Option<u32>,
}

/// The fields of the address after `?`: exactly those of `T`.
pub(super) struct Asked<T>(pub(super) T);

impl Upwards {
    pub(super) fn limit(self) -> Result<u32, Problem> {
        limit(self.limit)
    }
}

impl Downwards {
    pub(super) const fn new(before: Option<u32>, limit: Option<u32>) -> Self {
        Self { before, limit }
    }

    /// Everything below this is on the page.
    pub(super) fn before(self) -> u32 {
        self.before.unwrap_or(u32::MAX)
    }

    pub(super) fn limit(self) -> Result<usize, Problem> {
        limit(self.limit).map(|limit| limit as usize)
    }
}

fn limit(asked: Option<u32>) -> Result<u32, Problem> {
    let limit = asked.unwrap_or(PAGE_MAX);
    if (1..=PAGE_MAX).contains(&limit) {
        return Ok(limit);
    }
    Err(Problem::BadQuery { detail: format!("limit: 1 to {PAGE_MAX}") })
}

impl<T: DeserializeOwned, const BYTES_MAX: usize> FromRequest<Site> for Sent<T, BYTES_MAX> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Site) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let too_large = Problem::TooLarge { bytes_max: BYTES_MAX };
        if announced(&parts.headers).is_some_and(|length| length > BYTES_MAX as u64) {
            return Err(too_large);
        }
        let read = tokio::time::timeout(BODY_WAIT_MAX, to_bytes(body, BYTES_MAX)).await;
        let Ok(Ok(bytes)) = read else { return Err(too_large) };
        if bytes.is_empty() {
            return parse("{}").map(Self);
        }
        if !is_json(&parts.headers) {
            return Err(Problem::NotJson);
        }
        parse(std::str::from_utf8(&bytes).map_err(|_| Problem::BadText)?).map(Self)
    }
}

impl<T: DeserializeOwned> FromRequestParts<Site> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(error) => Err(Problem::BadQuery { detail: error.body_text() }),
        }
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    // A list of values in the order of the fields would do for the parser. Here it would be a guess.
    if !text.trim_start().starts_with('{') {
        serde_json::from_str::<IgnoredAny>(text).map_err(|error| problem(&error))?;
        return Err(Problem::shape(&"not an object"));
    }
    serde_json::from_str(text).map_err(|error| problem(&error))
}

fn problem(error: &serde_json::Error) -> Problem {
    match error.classify() {
        Category::Data => Problem::shape(error),
        Category::Io | Category::Syntax | Category::Eof => {
            Problem::BadJson { detail: error.to_string() }
        }
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// `application/json`, with any parameters (RFC 8259 has none, many programs send `charset=utf-8`).
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}
