//! Canonical JSON: the one way a value is written as bytes, and the strict reader of such bytes.
//!
//! RFC 8785 restricted (`spec/entry.md`): ASCII keys in byte order, integers within ±(2⁵³−1),
//! no floats, no null, no white space, nesting of at most 16. The reader accepts exactly what the
//! writer writes, so that a hash of the bytes is a hash of the value. Knows nothing of what the
//! fields mean.

/// the strict reader
mod reader;

use std::collections::BTreeMap;
use std::fmt;

/// An entry is at most this long. C2SP tlog-tiles bundles carry 65,535 bytes an entry; the rest
/// is room for a later envelope.
pub const ENTRY_BYTES_MAX: usize = 60_000;

/// A document beside the journal is at most this long, so that its line in a bundle keeps its limit.
pub const DOCUMENT_BYTES_MAX: usize = 262_144;

/// Lists and objects stand inside each other at most this deep; the outermost counts as one.
pub const DEPTH_MAX: usize = 16;

/// The largest integer, 2⁵³−1; the smallest is its negative. Every JSON reader keeps these exactly.
pub const INTEGER_MAX: i64 = (1 << 53) - 1;

/// What an entry, a certificate or a line of a bundle is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`
    Bool(bool),
    /// within ±[`INTEGER_MAX`]
    Int(i64),
    /// any text, UTF-8
    Text(String),
    /// in order
    List(Vec<Value>),
    /// keys are ASCII
    Map(BTreeMap<String, Value>),
}

/// Why bytes are not the canonical form of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodingError {
    /// longer than the limit, in bytes
    TooLarge(usize),
    /// nested deeper than [`DEPTH_MAX`]
    TooDeep,
    /// not UTF-8
    NotUtf8,
    /// an integer beyond ±[`INTEGER_MAX`]
    IntegerTooLarge,
    /// these bytes do not re-encode to themselves; the offset where that shows
    NotCanonical(usize),
}

impl fmt::Display for EncodingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(limit) => write!(out, "longer than {limit} bytes"),
            Self::TooDeep => write!(out, "nested deeper than {DEPTH_MAX}"),
            Self::NotUtf8 => write!(out, "not UTF-8"),
            Self::IntegerTooLarge => write!(out, "an integer beyond 2^53-1"),
            Self::NotCanonical(at) => write!(out, "not canonical JSON at byte {at}"),
        }
    }
}

impl std::error::Error for EncodingError {}

/// Writes the canonical form.
///
/// # Panics
/// On an integer beyond ±[`INTEGER_MAX`] or a key that is not ASCII: such a value can never be
/// read back, so building one is a bug of the caller.
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_value(value, &mut out);
    out
}

/// Reads an entry: canonical bytes of at most [`ENTRY_BYTES_MAX`].
pub fn decode(bytes: &[u8]) -> Result<Value, EncodingError> {
    decode_limited(bytes, ENTRY_BYTES_MAX)
}

/// Reads a document beside the journal (a version, a profile): canonical bytes of at most
/// [`DOCUMENT_BYTES_MAX`].
pub fn decode_document(bytes: &[u8]) -> Result<Value, EncodingError> {
    decode_limited(bytes, DOCUMENT_BYTES_MAX)
}

/// Reads canonical bytes of at most `bytes_max`, for files that are longer than an entry.
pub fn decode_limited(bytes: &[u8], bytes_max: usize) -> Result<Value, EncodingError> {
    if bytes.len() > bytes_max {
        return Err(EncodingError::TooLarge(bytes_max));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| EncodingError::NotUtf8)?;
    reader::read(text)
}

impl Value {
    /// An object of these fields.
    pub fn map<const N: usize>(fields: [(&str, Value); N]) -> Value {
        Value::Map(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(value) = self { Some(*value) } else { None }
    }

    /// The integer, if it is one.
    pub fn as_int(&self) -> Option<i64> {
        if let Value::Int(value) = self { Some(*value) } else { None }
    }

    /// The integer, if it is one and not negative.
    pub fn as_natural(&self) -> Option<u64> {
        self.as_int().and_then(|value| u64::try_from(value).ok())
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(value) = self { Some(value) } else { None }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&[Value]> {
        if let Value::List(value) = self { Some(value) } else { None }
    }

    /// The object, if it is one.
    pub fn as_map(&self) -> Option<&BTreeMap<String, Value>> {
        if let Value::Map(value) = self { Some(value) } else { None }
    }

    /// The field of this name, if this is an object that has it.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.as_map().and_then(|fields| fields.get(name))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Value {
        Value::Int(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_owned())
    }
}

fn write_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(number) => {
            assert!(number.unsigned_abs() <= INTEGER_MAX.unsigned_abs(), "integer out of range");
            out.extend_from_slice(number.to_string().as_bytes());
        }
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push(b'[');
            for (nth, item) in items.iter().enumerate() {
                if nth > 0 {
                    out.push(b',');
                }
                write_value(item, out);
            }
            out.push(b']');
        }
        Value::Map(fields) => {
            out.push(b'{');
            for (nth, (key, field)) in fields.iter().enumerate() {
                assert!(key.is_ascii(), "keys are ASCII");
                if nth > 0 {
                    out.push(b',');
                }
                write_text(key, out);
                out.push(b':');
                write_value(field, out);
            }
            out.push(b'}');
        }
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[start..at]);
        start = at + 1;
        out.push(b'\\');
        match byte {
            b'"' | b'\\' => out.push(*byte),
            0x08 => out.push(b'b'),
            0x09 => out.push(b't'),
            0x0a => out.push(b'n'),
            0x0c => out.push(b'f'),
            0x0d => out.push(b'r'),
            control => out.extend_from_slice(format!("u{control:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(&bytes[start..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> bool {
        decode(text.as_bytes()).is_err()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = r#"{"a":[0,-1,9007199254740991,true,false],"b":{"":"\"\\\b\t\n\f\r\u001f é😀/"},"c":""}"#;
        let value = decode(text.as_bytes()).expect("canonical");
        assert_eq!(encode(&value), text.as_bytes());
        assert_eq!(value.field("c").and_then(Value::as_text), Some(""));
    }

    #[test]
    fn every_other_spelling_is_refused() {
        for text in [
            "",
            " 1",
            "1 ",
            "null",
            "01",
            "-0",
            "-",
            "+1",
            "1.0",
            "1e3",
            "9007199254740992",
            "-9007199254740992",
            "99999999999999999999999",
            "[1,]",
            "[1 ,2]",
            "{\"a\":1,}",
            "{\"b\":1,\"a\":2}",
            "{\"a\":1,\"a\":2}",
            "{\"é\":1}",
            "\"\\/\"",
            "\"\\u0041\"",
            "\"\\u001F\"",
            "\"\\u000a\"",
            "\"\\u0020\"",
            "\"\\ud800\"",
            "\"\n\"",
            "\"",
            "\"\\",
            "tru",
            "truee",
            "{\"a\"}",
            "{1:2}",
            "[",
            "{",
            "'a'",
            "\u{feff}1",
        ] {
            assert!(refused(text), "{text}");
        }
        assert_eq!(decode(b"\"\xff\""), Err(EncodingError::NotUtf8));
        assert_eq!(decode(b"\"\xed\xa0\x80\""), Err(EncodingError::NotUtf8));
    }

    #[test]
    fn depth_and_length_end_where_they_say() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(!refused(&nested(DEPTH_MAX)));
        assert_eq!(decode(nested(DEPTH_MAX + 1).as_bytes()), Err(EncodingError::TooDeep));
        let longest = format!("\"{}\"", "x".repeat(ENTRY_BYTES_MAX - 2));
        assert!(!refused(&longest));
        let longer = format!("\"{}\"", "x".repeat(ENTRY_BYTES_MAX - 1));
        assert_eq!(decode(longer.as_bytes()), Err(EncodingError::TooLarge(ENTRY_BYTES_MAX)));
    }
}
