//! What is wrong with a charter: where, in which line, and what to write instead. Knows nothing of what makes it wrong.

use std::fmt;

/// Whether a charter can be used in spite of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, and members should know.
    Warning,
}

/// Something about a charter, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub severity: Severity,
    /// The key, as in `process.message.stage.jury.sizes[2].agree`; empty for the whole text.
    pub at: String,
    /// What is wrong and what to write.
    pub what: String,
    /// The line of the key, from 1, or of the nearest table around a key that is missing; `None` for the whole text.
    pub line: Option<usize>,
    /// That line, without space around it and at most [`QUOTE_CHARS_MAX`] characters; empty without a line.
    pub quote: String,
}

/// The longest quoted line, in characters.
pub(super) const QUOTE_CHARS_MAX: usize = 120;

impl Complaint {
    pub(super) fn error(at: &str, what: &str) -> Self {
        Self {
            severity: Severity::Error,
            at: at.to_owned(),
            what: what.to_owned(),
            line: None,
            quote: String::new(),
        }
    }

    pub(super) fn warning(at: &str, what: &str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(at, what) }
    }
}

/// On one line: the line's number, the quote, the key, what to write.
impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(out, "line {line}, `{}`: ", self.quote)?;
        }
        if self.at.is_empty() {
            out.write_str(&self.what)
        } else {
            write!(out, "{}: {}", self.at, self.what)
        }
    }
}
