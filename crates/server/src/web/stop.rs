//! Answers that end a request early, each a page that says what to do next and keeps what was typed. Knows no topic.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use mic_store::contract::Fault;

use super::cookie::Cookie;
use super::form::Fields;
use super::kept::Packed;
use super::refusal::refusal_phrase;
use super::site::Site;
use super::visitor::Visitor;
use crate::app::ActError;
use crate::pages::trouble::{Refused, Trouble, TroubleKind};
use crate::pages::{Frame, Notice, Route, View, render};
use crate::words::Language;

/// The answer instead of the one the handler was about to give.
pub(crate) struct Stop(Box<Response>);

impl From<Response> for Stop {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// What a handler returns.
pub(crate) type Answer = Result<Response, Stop>;

/// Whoever can be shown a page: a visitor, or a member inside a group.
pub(crate) trait Reader {
    fn visitor(&self) -> &Visitor;

    fn frame(&self) -> Frame;

    fn page<V: View>(&self, view: &V) -> Response {
        self.page_as(StatusCode::OK, view)
    }

    fn page_as<V: View>(&self, status: StatusCode, view: &V) -> Response {
        let html = render(&self.frame(), view);
        let mut response = (status, html_headers(), html).into_response();
        self.visitor().add_cookie(&mut response);
        response
    }

    /// See Other (RFC 9110, 15.4.4), with the line on top of the next page.
    fn go(&self, route: &Route, notice: Option<Notice>) -> Response {
        let path = route.path();
        let path = notice.map_or(path.clone(), |notice| format!("{path}?done={}", notice.slug()));
        go_to(&path)
    }

    fn trouble(&self, kind: TroubleKind) -> Stop {
        let view = Trouble { kind, reference: String::new(), kept: Vec::new(), again: None };
        self.page_as(status_of(kind), &view).into()
    }

    /// The same for a form: what was typed stays, and a button sends it again.
    fn trouble_keeping(&self, kind: TroubleKind, packed: &Packed) -> Stop {
        let (kept, again) = (packed.fields.typed(), Some(packed.again()));
        let view = Trouble { kind, reference: String::new(), kept, again };
        self.page_as(status_of(kind), &view).into()
    }

    fn not_found(&self) -> Stop {
        self.trouble(TroubleKind::NotFound)
    }

    /// What the store gave, or the page that says why it gave nothing.
    fn tried<T>(&self, result: Result<T, Fault>) -> Result<T, Stop> {
        result.map_err(|fault| self.fault(&fault, &Packed::new("", &Fields::default())))
    }

    fn tried_keeping<T>(&self, result: Result<T, Fault>, packed: &Packed) -> Result<T, Stop> {
        result.map_err(|fault| self.fault(&fault, packed))
    }

    fn fault(&self, fault: &Fault, packed: &Packed) -> Stop {
        let kind = trouble_of(fault);
        let reference: [u8; 4] = self.visitor().site.app().random();
        let reference = mic_proof::hash::hex(&reference);
        tracing::error!(event = "web.fault", reference, %fault);
        let again = (!packed.to.is_empty()).then(|| packed.again());
        let view = Trouble { kind, reference, kept: packed.fields.typed(), again };
        self.page_as(status_of(kind), &view).into()
    }

    /// The engine did not do it.
    fn refused(&self, error: &ActError, back: &Route, packed: &Packed) -> Stop {
        match error {
            ActError::Refused(refusal) => {
                let view = Refused {
                    message: refusal_phrase(refusal),
                    kept: packed.fields.typed(),
                    back: back.clone(),
                };
                self.page_as(StatusCode::CONFLICT, &view).into()
            }
            ActError::NotSaved => self.trouble_keeping(TroubleKind::Full, packed),
            ActError::Busy => self.trouble_keeping(TroubleKind::TooMany, packed),
        }
    }
}

/// A page for a request of which nothing is believed: no cookie is read or set, no form on it acts.
pub(super) fn bare_page(site: &Site, headers: &HeaderMap, kind: TroubleKind) -> Response {
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = Language::for_reader(None, accepts);
    let here = Route::Landing {}.path();
    let frame = Frame::for_visitor(language, site.wall(), String::new(), site.app().random(), here);
    let view = Trouble { kind, reference: String::new(), kept: Vec::new(), again: None };
    (status_of(kind), html_headers(), render(&frame, &view)).into_response()
}

pub(crate) fn go_to(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

pub(crate) const fn html_headers() -> [(http::HeaderName, &'static str); 1] {
    [(header::CONTENT_TYPE, "text/html; charset=utf-8")]
}

pub(crate) fn trouble_of(fault: &Fault) -> TroubleKind {
    match fault {
        Fault::Full => TroubleKind::Full,
        Fault::Unknown(_) | Fault::Busy => TroubleKind::Unknown,
        Fault::TooLarge { .. } => TroubleKind::TooLarge,
        Fault::Io(_)
        | Fault::Corrupt(_)
        | Fault::InUse(_)
        | Fault::NewerSchema { .. }
        | Fault::NotOurs(_)
        | Fault::WrongKey
        | Fault::KeyFile { .. }
        | Fault::Database(_) => TroubleKind::Broken,
    }
}

pub(crate) fn status_of(kind: TroubleKind) -> StatusCode {
    StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Adds one cookie to an answer.
pub(crate) fn with_cookie(mut response: Response, value: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, value);
    response
}

/// Ends the cookies of a sign-in that is over.
pub(crate) fn without_sign_in(response: Response, secure: bool) -> Response {
    with_cookie(response, Cookie::SignIn.clear(secure))
}
