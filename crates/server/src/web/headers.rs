//! What every answer says to the browser about itself: nothing may be loaded, framed, sniffed or kept that need not be.
//! Knows no page.

use http::{HeaderName, HeaderValue, header};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::site::Site;

/// Styles, pictures and forms of this server; nothing else, no script at all.
const CONTENT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                       frame-ancestors 'none'";
/// How long a browser that came by TLS comes by TLS alone, in seconds: a year.
const TLS_ONLY: &str = "max-age=31536000";

/// Adds them to every answer.
pub(super) async fn add(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let secure = site.is_secure();
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, CONTENT);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(header::REFERRER_POLICY, referrer_policy(&site));
    put(header::CACHE_CONTROL, "no-store");
    if secure {
        put(header::STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    response
}

/// Where the browser does not say by `Sec-Fetch-Site` from where a form comes (plain HTTP to another machine), it has to say it by
/// `Origin`, which `no-referrer` would blank. Other sites learn nothing from either.
fn referrer_policy(site: &Site) -> &'static str {
    if site.is_secure() || site.is_loopback() { "no-referrer" } else { "same-origin" }
}
