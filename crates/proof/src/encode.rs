//! Canonical JSON: the one way a value is written as bytes, and the strict reader of such bytes.
//!
//! RFC 8785 restricted (`spec/entry.md`): ASCII keys in byte order, integers within ±(2⁵³−1),
//! no floats, no null, no white space, nesting of at most 16. The reader accepts exactly what the
//! writer writes, so that a hash of the bytes is a hash of the value. Knows nothing of what the
//! fields mean.

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
    let mut reader = Reader { text, bytes, at: 0 };
    let value = reader.value(1)?;
    if reader.at == bytes.len() { Ok(value) } else { Err(reader.wrong()) }
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

/// A reader that knows only the canonical spelling. `at` always stands on a character boundary.
struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn wrong(&self) -> EncodingError {
        EncodingError::NotCanonical(self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, word: &[u8]) -> Result<(), EncodingError> {
        if self.bytes[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.wrong())
        }
    }

    /// True and one step further if `byte` stands here.
    fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn value(&mut self, depth: usize) -> Result<Value, EncodingError> {
        match self.peek() {
            Some(b'{') => self.map(depth).map(Value::Map),
            Some(b'[') => self.list(depth).map(Value::List),
            Some(b'"') => self.text().map(Value::Text),
            Some(b't') => self.expect(b"true").map(|()| Value::Bool(true)),
            Some(b'f') => self.expect(b"false").map(|()| Value::Bool(false)),
            Some(b'-' | b'0'..=b'9') => self.integer().map(Value::Int),
            Some(_) | None => Err(self.wrong()),
        }
    }

    fn map(&mut self, depth: usize) -> Result<BTreeMap<String, Value>, EncodingError> {
        if depth > DEPTH_MAX {
            return Err(EncodingError::TooDeep);
        }
        self.expect(b"{")?;
        // Pairs are gathered in a row and turned into a map at once: the order is already checked,
        // and a bulk build is several times cheaper than insertion one by one.
        let mut fields: Vec<(String, Value)> = Vec::with_capacity(12);
        if self.take(b'}') {
            return Ok(BTreeMap::new());
        }
        loop {
            let key = self.text()?;
            let ascending = fields.last().is_none_or(|(before, _)| *before < key);
            if !key.is_ascii() || !ascending {
                return Err(self.wrong());
            }
            self.expect(b":")?;
            fields.push((key, self.value(depth + 1)?));
            if self.take(b'}') {
                return Ok(fields.into_iter().collect());
            }
            self.expect(b",")?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Value>, EncodingError> {
        if depth > DEPTH_MAX {
            return Err(EncodingError::TooDeep);
        }
        self.expect(b"[")?;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(b']') {
                return Ok(items);
            }
            self.expect(b",")?;
        }
    }

    fn integer(&mut self) -> Result<i64, EncodingError> {
        let start = self.at;
        let negative = self.take(b'-');
        let digits = self.at;
        let mut number: i64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number * 10 + i64::from(digit - b'0');
            if number > INTEGER_MAX {
                return Err(EncodingError::IntegerTooLarge);
            }
            self.at += 1;
        }
        let length = self.at - digits;
        let leading_zero = length > 1 && self.bytes[digits] == b'0';
        let minus_zero = negative && number == 0;
        if length == 0 || leading_zero || minus_zero {
            return Err(EncodingError::NotCanonical(start));
        }
        Ok(if negative { -number } else { number })
    }

    fn text(&mut self) -> Result<String, EncodingError> {
        self.expect(b"\"")?;
        let mut out = String::new();
        let mut start = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    out.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    out.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    out.push(self.escaped()?);
                    start = self.at;
                }
                Some(0..0x20) | None => return Err(self.wrong()),
                Some(_) => self.at += 1,
            }
        }
    }

    /// The character behind a backslash, if this is the spelling RFC 8785 prescribes for it.
    fn escaped(&mut self) -> Result<char, EncodingError> {
        let kind = self.peek().ok_or_else(|| self.wrong())?;
        let short = match kind {
            b'"' => Some('"'),
            b'\\' => Some('\\'),
            b'b' => Some('\u{8}'),
            b't' => Some('\t'),
            b'n' => Some('\n'),
            b'f' => Some('\u{c}'),
            b'r' => Some('\r'),
            _ => None,
        };
        if let Some(character) = short {
            self.at += 1;
            return Ok(character);
        }
        self.expect(b"u00")?;
        let (Some(high @ b'0'..=b'1'), Some(low)) =
            (self.peek(), self.bytes.get(self.at + 1).copied())
        else {
            return Err(self.wrong());
        };
        let low = match low {
            b'0'..=b'9' => low - b'0',
            b'a'..=b'f' => low - b'a' + 10,
            _ => return Err(self.wrong()),
        };
        let code = (high - b'0') * 16 + low;
        if matches!(code, 0x08 | 0x09 | 0x0a | 0x0c | 0x0d) {
            return Err(self.wrong());
        }
        self.at += 2;
        Ok(char::from(code))
    }
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
