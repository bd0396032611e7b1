//! What was typed: bodies of forms, read strictly and within limits. Knows no field by name but `token` and `act`.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use http::{HeaderMap, header};

use super::limits::{BODY_WAIT_MAX, FIELDS_MAX};
use crate::pages::trouble::{Kept, TroubleKind};

/// Fields that are not shown back to a person: they were not typed.
const NOT_TYPED: [&str; 8] = ["token", "act", "next", "kept", "version", "draw", "do", "sure"];

/// Fields in the order of the form. Line breaks are single line feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

/// A file that came with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Upload(pub(crate) Vec<u8>);

/// Why a body is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyFault {
    /// More bytes or fields than the route takes, or bytes that never came.
    TooLarge,
    /// Not UTF-8, or not a form at all.
    BadText,
}

impl BodyFault {
    pub(crate) const fn trouble(self) -> TroubleKind {
        match self {
            Self::TooLarge => TroubleKind::TooLarge,
            Self::BadText => TroubleKind::BadText,
        }
    }
}

impl Fields {
    /// The field's text, empty if it was not sent. Sent twice, the first counts.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(named, _)| named == name).map_or("", |(_, value)| value)
    }

    /// A box to tick.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    pub(crate) fn put(&mut self, name: &str, value: &str) {
        self.0.retain(|(named, _)| named != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn without_token(&self) -> Self {
        Self(self.0.iter().filter(|(name, _)| name != "token").cloned().collect())
    }

    /// What was typed, to be shown and copied.
    pub(crate) fn typed(&self) -> Vec<Kept> {
        self.0
            .iter()
            .filter(|(name, value)| !NOT_TYPED.contains(&name.as_str()) && !value.is_empty())
            .map(|(field, text)| Kept { field: field.clone(), text: text.clone() })
            .collect()
    }

    pub(crate) fn all(&self) -> Vec<Kept> {
        let kept =
            |(field, text): &(String, String)| Kept { field: field.clone(), text: text.clone() };
        self.0.iter().map(kept).collect()
    }

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, 5.1), but refuses what is not UTF-8 instead of replacing it.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, BodyFault> {
        let mut fields = Vec::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == FIELDS_MAX {
                return Err(BodyFault::TooLarge);
            }
            let split = pair.iter().position(|byte| *byte == b'=');
            let (name, value) = match split {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &b""[..]),
            };
            fields.push((decode(name)?, one_kind_of_line_break(&decode(value)?)));
        }
        Ok(Self(fields))
    }

    /// Writes what [`Fields::parse`] reads.
    pub(crate) fn encode(&self) -> String {
        let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
        self.0.iter().map(pair).collect::<Vec<_>>().join("&")
    }
}

/// The whole body, at most `max` bytes, within [`BODY_WAIT_MAX`].
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: Body,
    max: usize,
) -> Result<Vec<u8>, BodyFault> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.is_some_and(|length| length.parse().is_ok_and(|length: u64| length > max as u64)) {
        return Err(BodyFault::TooLarge);
    }
    match tokio::time::timeout(BODY_WAIT_MAX, to_bytes(body, max)).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) | Err(_) => Err(BodyFault::TooLarge),
    }
}

/// Reads a form with or without a file. The file may have any name; only the field `file` is taken as one.
pub(crate) async fn read_with_file(
    headers: &HeaderMap,
    body: Vec<u8>,
    file: &str,
) -> Result<(Fields, Upload), BodyFault> {
    let kind =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Ok((Fields::parse(&body)?, Upload::default()));
    }
    let request = Request::builder().header(header::CONTENT_TYPE, kind).body(Body::from(body));
    let request = request.map_err(|_| BodyFault::BadText)?;
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| BodyFault::BadText)?;
    let (mut fields, mut upload) = (Vec::new(), Upload::default());
    while let Some(part) = parts.next_field().await.map_err(|_| BodyFault::BadText)? {
        if fields.len() == FIELDS_MAX {
            return Err(BodyFault::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| BodyFault::BadText)?;
        if name == file {
            upload = Upload(bytes.to_vec());
        } else {
            let text = std::str::from_utf8(&bytes).map_err(|_| BodyFault::BadText)?;
            fields.push((name, one_kind_of_line_break(text)));
        }
    }
    Ok((Fields(fields), upload))
}

/// Browsers send the lines of a text with CR LF.
fn one_kind_of_line_break(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn decode(bytes: &[u8]) -> Result<String, BodyFault> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'+' => out.push(b' '),
            b'%' => match after
                .split_first_chunk::<2>()
                .and_then(|(pair, after)| Some((hex(*pair)?, after)))
            {
                Some((byte, after)) => {
                    out.push(byte);
                    rest = after;
                }
                None => out.push(b'%'),
            },
            byte => out.push(*byte),
        }
    }
    String::from_utf8(out).map_err(|_| BodyFault::BadText)
}

fn hex([high, low]: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{BodyFault, Fields};

    #[test]
    fn what_is_written_is_read() {
        let fields =
            Fields::parse(b"a=b+c%26%3D&%C3%BC=%0D%0A&empty=&bare&a=second&p=100%").unwrap();
        assert_eq!(fields.get("a"), "b c&=");
        assert_eq!(fields.get("\u{fc}"), "\n");
        assert_eq!((fields.get("empty"), fields.get("bare"), fields.get("absent")), ("", "", ""));
        assert_eq!(fields.get("p"), "100%");
        assert_eq!(Fields::parse(fields.encode().as_bytes()), Ok(fields));
    }

    #[test]
    fn broken_text_is_refused_and_not_replaced() {
        for body in [&b"a=%ff"[..], b"a=%C3", b"%80=x", b"a=\xff", b"a=%ED%A0%80"] {
            assert_eq!(Fields::parse(body), Err(BodyFault::BadText));
        }
        let many = "a=b&".repeat(100);
        assert_eq!(Fields::parse(many.as_bytes()), Err(BodyFault::TooLarge));
    }
}
