//! Why a call was not done, and how that is said: problem details (RFC 9457) with `{"error": {"key", "message", "do"}}` in the reader's
//! language. Knows no route.

use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use mic_engine::refusal::Refusal;
use mic_store::contract::Fault;
use serde::Serialize;

use crate::app::ActError;
use crate::web::refusal_phrase;
use crate::words::{Language, Phrase, Words, Zone};

/// What a handler returns.
pub(super) type Answer<T> = Result<Json<T>, Problem>;

/// The media type of problem details (RFC 9457, section 6.1).
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which a call that came at a bad moment is worth repeating.
const RETRY_SECONDS: &str = "2";

/// Why a call was not done. Unless it is [`Problem::Unknown`], nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// 400: the body is not UTF-8.
    BadText,
    /// 400: the body is not JSON.
    BadJson { detail: String },
    /// 400: a field of the address after `?` that is none, or has no such value.
    BadQuery { detail: String },
    /// 400: the `Idempotency-Key` cannot be used.
    BadKey,
    /// 401
    NoToken,
    /// 403: the token may only read.
    ReadOnly,
    /// 404: it does not exist, or is not for this caller; the same bytes for both.
    NotFound,
    /// 405
    WrongMethod,
    /// 409: the rules say no.
    Refused(Refusal),
    /// 413
    TooLarge { bytes_max: usize },
    /// 415
    NotJson,
    /// 421: the call names another server.
    WrongHost,
    /// 422: JSON, but not what this route takes; `field` is a JSON pointer (RFC 6901), empty where the parser names it in `detail`.
    Invalid { field: String, what: Phrase, detail: String },
    /// 429
    TooMany,
    /// 500
    Broken,
    /// 503: too much waits already.
    Busy,
    /// 503: it may or may not have been saved.
    Unknown,
    /// 507: reading goes on, writing does not.
    Full,
}

impl Problem {
    /// JSON of another shape, in the parser's words.
    pub(super) fn shape(detail: &impl ToString) -> Self {
        let what = Phrase::new("api-shape");
        Self::Invalid { field: String::new(), what, detail: detail.to_string() }
    }

    /// One field that cannot be taken as it is.
    pub(super) fn field(field: impl Into<String>, what: Phrase) -> Self {
        Self::Invalid { field: field.into(), what, detail: String::new() }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::BadText | Self::BadJson { .. } | Self::BadQuery { .. } | Self::BadKey => {
                StatusCode::BAD_REQUEST
            }
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::ReadOnly => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy | Self::Unknown => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
        }
    }

    /// The name of the problem for programs. Of a refusal it is the engine's.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::BadText => "bad-text",
            Self::BadJson { .. } => "bad-json",
            Self::BadQuery { .. } => "bad-query",
            Self::BadKey => "bad-key",
            Self::NoToken => "no-token",
            Self::ReadOnly => "read-only",
            Self::NotFound => "not-found",
            Self::WrongMethod => "wrong-method",
            Self::Refused(refusal) => refusal.key(),
            Self::TooLarge { .. } => "too-large",
            Self::NotJson => "not-json",
            Self::WrongHost => "wrong-host",
            Self::Invalid { .. } => "invalid",
            Self::TooMany => "too-many",
            Self::Broken => "broken",
            Self::Busy => "busy",
            Self::Unknown => "unknown",
            Self::Full => "full",
        }
    }

    /// What is wrong, and what to do now.
    pub(crate) fn phrases(&self) -> (Phrase, Phrase) {
        let next = match self {
            Self::Refused(_) => Phrase::new("api-refused-do"),
            other => Phrase::new(format!("api-{}-do", other.key())),
        };
        let what = match self {
            Self::Refused(refusal) => refusal_phrase(refusal),
            Self::Invalid { what, .. } => what.clone(),
            Self::TooLarge { bytes_max } => {
                let bytes = i64::try_from(*bytes_max).unwrap_or(i64::MAX);
                Phrase::new("api-too-large").number("bytes", bytes)
            }
            other => Phrase::new(format!("api-{}", other.key())),
        };
        (what, next)
    }

    fn say(&self, language: Language) -> Body {
        let (words, zone) = (Words::of(language), Zone::default());
        let (what, next) = self.phrases();
        let (field, detail) = match self {
            Self::Invalid { field, detail, .. } => (field.clone(), detail.clone()),
            Self::BadJson { detail } | Self::BadQuery { detail } => (String::new(), detail.clone()),
            Self::Refused(refusal) => (String::new(), refusal.detail().unwrap_or_default()),
            _ => (String::new(), String::new()),
        };
        let some = |text: String| (!text.is_empty()).then_some(text);
        let error = Said {
            key: self.key(),
            message: words.tell(&what, &zone),
            next: words.tell(&next, &zone),
            field: some(field),
            detail: some(detail),
        };
        Body { title: error.message.clone(), status: self.status().as_u16(), error }
    }

    /// The whole answer, in the language that the reader asks for.
    pub(crate) fn spoken(&self, asked: &HeaderMap) -> Response {
        let language = language_of(asked);
        let mut spoken = (self.status(), Json(self.say(language))).into_response();
        let headers = spoken.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if *self == Self::NoToken {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if matches!(self, Self::Busy | Self::Unknown | Self::TooMany) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
        }
        if let Ok(tag) = HeaderValue::from_str(language.tag()) {
            headers.insert(header::CONTENT_LANGUAGE, tag);
        }
        spoken
    }
}

#[derive(Serialize)]
struct Body {
    /// The same as the error's message: RFC 9457 calls it so.
    title: String,
    status: u16,
    error: Said,
}

#[derive(Serialize)]
struct Said {
    key: &'static str,
    message: String,
    #[serde(rename = "do")]
    next: String,
    /// Where in the body: a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The number or hash a refusal speaks of, or what the parser said, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

impl IntoResponse for Problem {
    /// Without words: only [`speak`] knows who reads.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts the words of a problem into its answer, in the language the reader asks for.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let asked = request.headers().clone();
    let response = next.run(request).await;
    match response.extensions().get::<Problem>() {
        Some(problem) => problem.spoken(&asked),
        None => response,
    }
}

pub(super) fn language_of(headers: &HeaderMap) -> Language {
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::for_reader(None, accepts)
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(
                Refusal::NoSuchGroup | Refusal::NotMember | Refusal::NoSuchProposal,
            ) => Self::NotFound,
            ActError::Refused(refusal) => Self::Refused(refusal),
            ActError::NotSaved => Self::Full,
            ActError::Busy => Self::Busy,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        tracing::error!(event = "api.fault", %fault);
        match fault {
            Fault::Full => Self::Full,
            Fault::Unknown(_) => Self::Unknown,
            Fault::Busy => Self::Busy,
            Fault::TooLarge { max, .. } => Self::TooLarge { bytes_max: max },
            Fault::Io(_)
            | Fault::Corrupt(_)
            | Fault::InUse(_)
            | Fault::NewerSchema { .. }
            | Fault::NotOurs(_)
            | Fault::WrongKey
            | Fault::KeyFile { .. }
            | Fault::Database(_) => Self::Broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mic_engine::refusal::Refusal;

    use super::Problem;
    use crate::web::refusal_phrase;
    use crate::words::tests::keys;
    use crate::words::{Language, Phrase, Words, Zone};

    fn problems() -> Vec<Problem> {
        vec![
            Problem::BadText,
            Problem::BadJson { detail: String::new() },
            Problem::BadQuery { detail: String::new() },
            Problem::BadKey,
            Problem::NoToken,
            Problem::ReadOnly,
            Problem::NotFound,
            Problem::WrongMethod,
            Problem::Refused(Refusal::NoSeat),
            Problem::TooLarge { bytes_max: 1 },
            Problem::NotJson,
            Problem::WrongHost,
            Problem::shape(&""),
            Problem::TooMany,
            Problem::Broken,
            Problem::Busy,
            Problem::Unknown,
            Problem::Full,
        ]
    }

    #[test]
    fn every_problem_says_what_is_wrong_and_what_to_do_in_every_language() {
        for language in Language::ALL {
            for problem in problems() {
                let (what, next) = problem.phrases();
                for phrase in [what, next] {
                    let said = Words::of(language).tell(&phrase, &Zone::default());
                    assert!(!said.starts_with('['), "{problem:?}: {said}");
                }
            }
        }
        let names: BTreeSet<&str> = problems().iter().map(Problem::key).collect();
        assert_eq!(names.len(), problems().len(), "no two problems share a name");
    }

    #[test]
    fn every_refusal_of_the_engine_has_words_in_every_language() {
        let source = include_str!("../../../engine/src/refusal.rs");
        let names = source.lines().filter_map(|line| line.split_once("=> \"")?.1.split('"').next());
        let names: Vec<String> = names.map(|name| format!("refusal-{name}")).collect();
        assert!(names.len() > 40, "{names:?}");
        assert!(names.contains(&format!("refusal-{}", Refusal::QueueFull.key())));
        for language in Language::ALL {
            let known = keys(language);
            for name in &names {
                assert!(known.contains_key(name), "{name} in {}", language.tag());
            }
        }
        let said =
            Words::of(Language::German).tell(&refusal_phrase(&Refusal::NoSeat), &Zone::default());
        assert_ne!(
            said,
            Words::of(Language::English).tell(&Phrase::new("refusal-no-seat"), &Zone::default())
        );
    }
}
