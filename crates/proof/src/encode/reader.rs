//! The strict reader: one pass, and every spelling but the canonical one is refused where it
//! stands. Knows no limits of length.

use std::collections::BTreeMap;

use super::{DEPTH_MAX, EncodingError, INTEGER_MAX, Value};

/// The value of a text that is canonical from its first byte to its last.
pub(super) fn read(text: &str) -> Result<Value, EncodingError> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    let value = reader.value(1)?;
    if reader.at == text.len() { Ok(value) } else { Err(reader.wrong()) }
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
