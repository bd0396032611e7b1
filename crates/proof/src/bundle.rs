//! A whole journal in one file, line by line (`spec/bundle.md`).
//!
//! Reads and writes single lines and checks their order and number while a file streams by. Knows
//! nothing of what the entries say.

use std::fmt;
use std::io::{self, BufRead, Write};

use crate::base64;
use crate::encode::{Value, decode_limited, encode};
use crate::entry::read_group;
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;
use crate::note::{NOTE_BYTES_MAX, valid_origin};

/// A line is at most this long, in bytes, without its newline.
pub const LINE_BYTES_MAX: usize = 300_000;

/// One line of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// the first
    Bundle(Head),
    /// the exact text of an entry
    Entry {
        /// its position
        seq: u64,
        /// its bytes
        text: String,
    },
    /// a text beside the journal
    Document {
        /// SHA-256 of the text
        hash: Hash,
        /// none if it was erased
        text: Option<String>,
    },
    /// an older checkpoint
    Checkpoint {
        /// the signed note
        text: String,
    },
    /// a certificate of one of its broadcasts
    Certificate {
        /// the certificate
        text: String,
    },
    /// the last
    End {
        /// how many lines there are, this one included
        lines: u64,
    },
}

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// 32 hexadecimal digits
    pub group: String,
    /// the first line of its checkpoints
    pub origin: String,
    /// the group's public key
    pub key: [u8; 32],
    /// how many entries follow
    pub size: u64,
    /// the checkpoint of exactly these entries
    pub checkpoint: String,
}

/// Why a file cannot be read as a bundle.
#[derive(Debug)]
pub enum Unreadable {
    /// the file could not be read
    Read(io::Error),
    /// it is not a bundle, or not a whole one
    Refused(Refused),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(out, "the file could not be read: {error}"),
            Self::Refused(refused) => refused.fmt(out),
        }
    }
}

impl std::error::Error for Unreadable {}

impl From<Refused> for Unreadable {
    fn from(refused: Refused) -> Unreadable {
        Unreadable::Refused(refused)
    }
}

impl Line {
    /// Reads one line, without its newline.
    pub fn read(bytes: &[u8]) -> Result<Line, Refused> {
        let wrong = |text: String| Refused::new(Code::BundleMalformed, text);
        let value = decode_limited(bytes, LINE_BYTES_MAX).map_err(|it| wrong(it.to_string()))?;
        from_value(value).ok_or_else(|| wrong("fields missing, unknown or wrong".to_owned()))
    }

    /// The bytes of the line, with its newline.
    pub fn write(&self) -> Vec<u8> {
        let natural = |number: &u64| Value::Int(i64::try_from(*number).unwrap_or(i64::MAX));
        let value = match self {
            Self::Bundle(head) => Value::map([
                ("checkpoint", Value::text(&head.checkpoint)),
                ("group", Value::text(&head.group)),
                ("key", Value::text(base64::encode_url(&head.key))),
                ("kind", "bundle".into()),
                ("origin", Value::text(&head.origin)),
                ("size", natural(&head.size)),
                ("v", Value::Int(1)),
            ]),
            Self::Entry { seq, text } => Value::map([
                ("kind", "entry".into()),
                ("seq", natural(seq)),
                ("text", Value::text(text)),
            ]),
            Self::Document { hash, text: Some(text) } => Value::map([
                ("hash", Value::text(hash.to_string())),
                ("kind", "document".into()),
                ("text", Value::text(text)),
            ]),
            Self::Document { hash, text: None } => Value::map([
                ("erased", Value::Bool(true)),
                ("hash", Value::text(hash.to_string())),
                ("kind", "document".into()),
            ]),
            Self::Checkpoint { text } => {
                Value::map([("kind", "checkpoint".into()), ("text", Value::text(text))])
            }
            Self::Certificate { text } => {
                Value::map([("kind", "certificate".into()), ("text", Value::text(text))])
            }
            Self::End { lines } => Value::map([("kind", "end".into()), ("lines", natural(lines))]),
        };
        let mut bytes = encode(&value);
        bytes.push(b'\n');
        bytes
    }

    /// The place of its kind in the order of a bundle.
    fn section(&self) -> u8 {
        match self {
            Self::Bundle(_) => 0,
            Self::Entry { .. } => 1,
            Self::Document { .. } => 2,
            Self::Checkpoint { .. } => 3,
            Self::Certificate { .. } => 4,
            Self::End { .. } => 5,
        }
    }
}

fn from_value(value: Value) -> Option<Line> {
    let Value::Map(mut fields) = value else { return None };
    let kind = text(fields.remove("kind")?)?;
    let natural = |value: Value| value.as_natural();
    let line = match kind.as_str() {
        "bundle" => {
            let one = natural(fields.remove("v")?)? == 1;
            let head = Head {
                group: text(fields.remove("group")?)?,
                origin: text(fields.remove("origin")?)?,
                key: base64::decode_url(fields.remove("key")?.as_text()?).ok()?.try_into().ok()?,
                size: natural(fields.remove("size")?)?,
                checkpoint: text(fields.remove("checkpoint")?)?,
            };
            read_group(&head.group)?;
            let note = (1..=NOTE_BYTES_MAX).contains(&head.checkpoint.len());
            let fits = one && note && valid_origin(&head.origin);
            fits.then_some(Line::Bundle(head))?
        }
        "entry" => Line::Entry {
            seq: natural(fields.remove("seq")?)?,
            text: text(fields.remove("text")?)?,
        },
        "document" => {
            let hash = fields.remove("hash")?.as_text()?.parse().ok()?;
            let erased = fields.remove("erased");
            match erased.map(|erased| erased.as_bool()) {
                Some(Some(true)) => Line::Document { hash, text: None },
                Some(_) => return None,
                None => Line::Document { hash, text: Some(text(fields.remove("text")?)?) },
            }
        }
        "checkpoint" => Line::Checkpoint { text: text(fields.remove("text")?)? },
        "certificate" => Line::Certificate { text: text(fields.remove("text")?)? },
        "end" => Line::End { lines: natural(fields.remove("lines")?)? },
        _ => return None,
    };
    fields.is_empty().then_some(line)
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Bool(_) | Value::Int(_) | Value::List(_) | Value::Map(_) => None,
    }
}

/// Reads a bundle line by line; what comes out stands in the right order and number.
pub struct Reader<R> {
    source: R,
    buffer: Vec<u8>,
    lines: u64,
    entries: u64,
    section: u8,
    size: Option<u64>,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    /// Before the first line.
    pub fn new(source: R) -> Reader<R> {
        Reader {
            source,
            buffer: Vec::new(),
            lines: 0,
            entries: 0,
            section: 0,
            size: None,
            ended: false,
        }
    }

    /// The next line; none after the last, once it is certain that nothing is missing.
    pub fn next_line(&mut self) -> Result<Option<Line>, Unreadable> {
        if !self.fill()? {
            self.need_whole()?;
            return Ok(None);
        }
        self.lines += 1;
        let number = self.lines;
        let line = Line::read(&self.buffer)
            .map_err(|it| Refused::new(it.code, format!("line {number}: {}", it.text)))?;
        self.need_place(&line)?;
        Ok(Some(line))
    }

    /// Puts the next line into the buffer; false at the end of the file.
    fn fill(&mut self) -> Result<bool, Unreadable> {
        self.buffer.clear();
        let most = LINE_BYTES_MAX as u64 + 1;
        let mut limited = io::Read::take(&mut self.source, most);
        limited.read_until(b'\n', &mut self.buffer).map_err(Unreadable::Read)?;
        if self.buffer.is_empty() {
            return Ok(false);
        }
        if self.buffer.pop() == Some(b'\n') {
            return Ok(true);
        }
        let code = if self.buffer.len() == LINE_BYTES_MAX {
            Code::BundleMalformed
        } else {
            Code::BundleTruncated
        };
        let text = format!("line {} is too long or not whole", self.lines + 1);
        Err(Refused::new(code, text).into())
    }

    fn need_place(&mut self, line: &Line) -> Result<(), Refused> {
        let code = Code::BundleMalformed;
        let section = line.section();
        need(section >= self.section, code, format_args!("line {} is out of order", self.lines))?;
        need((self.lines == 1) == (section == 0), code, "not one bundle, or not at its beginning")?;
        need(!self.ended, code, "a line after the end")?;
        self.section = section;
        match line {
            Line::Bundle(head) => self.size = Some(head.size),
            Line::Entry { .. } => self.entries += 1,
            Line::End { lines } => {
                self.ended = true;
                need(*lines >= self.lines, code, "more lines than the end line says")?;
                let code = Code::BundleTruncated;
                need(*lines == self.lines, code, "fewer lines than the end line says")?;
            }
            Line::Document { .. } | Line::Checkpoint { .. } | Line::Certificate { .. } => {}
        }
        Ok(())
    }

    fn need_whole(&self) -> Result<(), Refused> {
        let code = Code::BundleTruncated;
        need(self.lines > 0, code, "the file is empty")?;
        need(self.ended, code, "there is no end line")?;
        let size = self.size.unwrap_or(0);
        need(self.entries >= size, code, "fewer entries than the first line says")?;
        let exact = self.entries == size && size > 0;
        need(exact, Code::BundleMalformed, "more entries than the first line says, or none")
    }
}

/// Writes a bundle line by line; the caller keeps the order.
pub struct Writer<W> {
    target: W,
    lines: u64,
}

impl<W: Write> Writer<W> {
    /// Begins with the first line.
    pub fn new(mut target: W, head: Head) -> io::Result<Writer<W>> {
        target.write_all(&Line::Bundle(head).write())?;
        Ok(Writer { target, lines: 1 })
    }

    /// Writes a line.
    pub fn write(&mut self, line: &Line) -> io::Result<()> {
        self.lines += 1;
        self.target.write_all(&line.write())
    }

    /// Writes the last line and gives the target back.
    pub fn finish(mut self) -> io::Result<W> {
        let lines = self.lines + 1;
        self.target.write_all(&Line::End { lines }.write())?;
        self.target.flush()?;
        Ok(self.target)
    }
}
