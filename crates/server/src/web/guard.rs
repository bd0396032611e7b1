//! What no request may do, whatever it is for: name another host, or change something on the word of another site.
//! Knows no session and no page but the ones that say so.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};

use super::limits::ADDRESS_BYTES_MAX;
use super::site::Site;
use super::stop::bare_page;
use crate::api::{Problem, is_api};
use crate::pages::trouble::TroubleKind;

/// Checks host and origin; answers 421, 404 or 403 by itself.
pub(super) async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let origin = &site.app().config().origin;
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| host.eq_ignore_ascii_case(origin.authority())) {
        return turned_away(&site, &request, TroubleKind::WrongHost, &Problem::WrongHost);
    }
    let long =
        request.uri().path_and_query().is_none_or(|text| text.as_str().len() > ADDRESS_BYTES_MAX);
    if long {
        return turned_away(&site, &request, TroubleKind::NotFound, &Problem::NotFound);
    }
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let exempt = carries_its_own_proof(request.uri().path());
    if !safe && !exempt && !is_same_origin(request.headers(), origin.as_str()) {
        return bare_page(&site, request.headers(), TroubleKind::Forbidden);
    }
    next.run(request).await
}

/// A page for people, problem details for programs.
fn turned_away(site: &Site, request: &Request, kind: TroubleKind, problem: &Problem) -> Response {
    if is_api(request.uri().path()) {
        return problem.spoken(request.headers());
    }
    bare_page(site, request.headers(), kind)
}

/// The API looks at no cookie, only at the token of the call; mail programs post to the unsubscribe link, whose token is the proof
/// (RFC 8058). Nothing that a browser adds by itself counts there.
fn carries_its_own_proof(path: &str) -> bool {
    is_api(path) || path.starts_with("/u/")
}

/// `Sec-Fetch-Site` is written by the browser alone. Where it is missing, `Origin` has to name this server.
fn is_same_origin(headers: &HeaderMap, ours: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let origin = text("origin");
    match text("sec-fetch-site") {
        Some("same-origin") => origin.is_none_or(|origin| origin == ours || origin == "null"),
        Some(_) => false,
        None => origin == Some(ours),
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::is_same_origin;

    #[test]
    fn case_05_only_this_site_may_change_something() {
        let ours = "https://mic.example.org";
        let says = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_same_origin(&headers, ours)
        };
        assert!(says(&[("origin", ours)]));
        assert!(says(&[("sec-fetch-site", "same-origin")]));
        assert!(says(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!says(&[]));
        assert!(!says(&[("origin", "null")]));
        assert!(!says(&[("origin", "https://mic.example.org.evil.example")]));
        assert!(!says(&[("origin", "http://mic.example.org")]));
        assert!(!says(&[("sec-fetch-site", "same-site")]));
        assert!(!says(&[("sec-fetch-site", "none")]));
        assert!(!says(&[("sec-fetch-site", "cross-site"), ("origin", ours)]));
        assert!(!says(&[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")]));
    }
}
