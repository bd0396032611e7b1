//! A list of people as spreadsheets really export it: byte order marks, quotes, CR LF, semicolons, commas or tabs, UTF-8,
//! UTF-16 or Windows-1252, a heading or none. Every fault names row and column as the spreadsheet counts them.
//! Pure: bytes in, people and faults out. Knows no form and no group.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ByteRecord, ReaderBuilder};
use mic_courier::address::Address;
use mic_engine::append::Person;
use mic_store::contract::email_key;

use super::limits::ROWS_MAX;
use crate::pages::start::{RowColumn, RowFault, RowProblem, RowSource};
use crate::text::name::{Name, NameFault};
use crate::words::Language;

/// Characters of a faulty cell that are shown.
const FOUND_CHARACTERS_MAX: usize = 80;
/// Faults that are kept; later ones are only counted.
const FAULTS_KEPT_MAX: usize = 1_000;

/// People read from one or more lists, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Import {
    pub(crate) people: Vec<Person>,
    pub(crate) faults: Vec<RowFault>,
    /// Faults beyond those that are kept.
    pub(crate) more: u32,
    /// There are more than [`ROWS_MAX`] rows.
    pub(crate) too_many: bool,
    /// By address: who has it already.
    addresses: BTreeSet<String>,
    /// By how a name looks: the name that looks so.
    looks: BTreeMap<String, String>,
}

/// Which column holds what.
struct Columns {
    name: usize,
    email: usize,
    language: Option<usize>,
    /// Without a heading nobody said what further columns are for.
    headed: bool,
}

/// One row with its number.
struct Row<'a> {
    source: RowSource,
    number: u32,
    cells: Vec<&'a [u8]>,
}

impl Import {
    /// Takes a person who was typed in by themself, before all lists.
    pub(crate) fn take(&mut self, person: Person) {
        self.addresses.insert(email_key(&person.email));
        if let Ok(name) = Name::parse(&person.name) {
            self.looks.insert(name.skeleton(), person.name.clone());
        }
        self.people.push(person);
    }

    /// Reads a list. `language`: of those for whom none is given.
    pub(crate) fn read(&mut self, bytes: &[u8], source: RowSource, language: Language) {
        let text = with_every_row(&decoded(bytes));
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&text))
            .from_reader(text.as_slice());
        let mut record = ByteRecord::new();
        let mut columns = None;
        let mut number = 0;
        // Reading from memory fails at the end alone.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            number += 1;
            let cells: Vec<&[u8]> = record.iter().map(trimmed).collect();
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            let row = Row { source, number, cells };
            if columns.is_none() {
                let (found, is_heading) = Columns::find(&row.cells);
                columns = Some(found);
                if is_heading {
                    continue;
                }
            }
            if self.people.len() + self.faults.len() >= ROWS_MAX {
                self.too_many = true;
                return;
            }
            if let Some(columns) = &columns {
                self.row(&row, columns, language);
            }
        }
    }

    fn row(&mut self, row: &Row<'_>, columns: &Columns, language: Language) {
        if !columns.headed && row.cells.iter().skip(3).any(|cell| !cell.is_empty()) {
            return self.fault(row, RowColumn::Row, RowProblem::TooManyColumns, &row.whole());
        }
        let (Some(name), Some(email)) = (row.text(columns.name), row.text(columns.email)) else {
            return self.fault(row, RowColumn::Row, RowProblem::BadText, &row.whole());
        };
        let before = self.faults.len() + self.more as usize;
        let name = self.name(row, &name);
        let email = self.email(row, &email);
        let language = match columns.language.map(|column| row.text(column)) {
            Some(Some(text)) if !text.is_empty() => self.language(row, &text),
            Some(None) => {
                self.fault(row, RowColumn::Row, RowProblem::BadText, &row.whole());
                None
            }
            Some(Some(_)) | None => Some(language),
        };
        let clean = before == self.faults.len() + self.more as usize;
        if let (true, Some(name), Some(email), Some(language)) = (clean, name, email, language) {
            self.people.push(Person { name, email, language: language.tag().to_owned() });
        }
    }

    fn name(&mut self, row: &Row<'_>, typed: &str) -> Option<String> {
        let name = match Name::parse(typed) {
            Ok(name) => name,
            Err(fault) => {
                let problem = match fault {
                    NameFault::Empty => RowProblem::Missing,
                    NameFault::TooLong => RowProblem::TooLong,
                    NameFault::Forbidden => RowProblem::ForbiddenCharacter,
                };
                self.fault(row, RowColumn::Name, problem, typed);
                return None;
            }
        };
        // Two people may have one name; a name that only looks like another one is a trick or a slip.
        let known = self.looks.entry(name.skeleton()).or_insert_with(|| name.as_str().to_owned());
        if known.to_lowercase() != name.as_str().to_lowercase() {
            self.fault(row, RowColumn::Name, RowProblem::LooksLikeAnother, typed);
            return None;
        }
        Some(name.as_str().to_owned())
    }

    fn email(&mut self, row: &Row<'_>, typed: &str) -> Option<String> {
        if typed.is_empty() {
            self.fault(row, RowColumn::Email, RowProblem::Missing, typed);
            return None;
        }
        let Ok(address) = Address::parse(typed) else {
            self.fault(row, RowColumn::Email, RowProblem::NotAnAddress, typed);
            return None;
        };
        if !self.addresses.insert(email_key(address.as_str())) {
            self.fault(row, RowColumn::Email, RowProblem::Twice, typed);
            return None;
        }
        Some(address.as_str().to_owned())
    }

    fn language(&mut self, row: &Row<'_>, typed: &str) -> Option<Language> {
        let named = |language: &Language| language.own_name().eq_ignore_ascii_case(typed);
        let found = Language::parse(typed).or_else(|| Language::ALL.into_iter().find(named));
        if found.is_none() {
            self.fault(row, RowColumn::Language, RowProblem::UnknownLanguage, typed);
        }
        found
    }

    fn fault(&mut self, row: &Row<'_>, column: RowColumn, problem: RowProblem, found: &str) {
        if self.faults.len() == FAULTS_KEPT_MAX {
            self.more += 1;
            return;
        }
        let found = found.chars().take(FOUND_CHARACTERS_MAX).collect();
        self.faults.push(RowFault { source: row.source, row: row.number, column, problem, found });
    }
}

impl Row<'_> {
    /// A cell's text, empty where the row is shorter; `None` for bytes that are no text.
    fn text(&self, column: usize) -> Option<String> {
        let cell = self.cells.get(column).copied().unwrap_or_default();
        let text = std::str::from_utf8(cell).ok()?;
        (!text.contains(char::REPLACEMENT_CHARACTER)).then(|| text.to_owned())
    }

    fn whole(&self) -> String {
        let cells = self.cells.iter().map(|cell| String::from_utf8_lossy(cell));
        cells.collect::<Vec<_>>().join(", ")
    }
}

impl Columns {
    /// By the words of a heading, else by where the first row has an address. Says whether the row is a heading.
    fn find(first: &[&[u8]]) -> (Self, bool) {
        let cells: Vec<String> = first
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).to_lowercase().replace(['-', '_', ' '], ""))
            .collect();
        let find = |words: &[&str]| cells.iter().position(|cell| words.contains(&cell.as_str()));
        let has_address = cells.iter().any(|cell| cell.contains('@'));
        let email =
            find(&["email", "mail", "emailaddress", "mailadresse", "emailadresse", "address"]);
        if let (Some(email), false) = (email, has_address) {
            let name = find(&[
                "name",
                "fullname",
                "displayname",
                "vollername",
                "vorname",
                "member",
                "mitglied",
            ]);
            let language = find(&["language", "sprache", "lang", "locale"]);
            let name = name.unwrap_or(usize::from(email == 0));
            return (Self { name, email, language, headed: true }, true);
        }
        let swapped = cells.first().is_some_and(|cell| cell.contains('@'))
            && !cells.get(1).is_some_and(|cell| cell.contains('@'));
        let (name, email) = if swapped { (1, 0) } else { (0, 1) };
        (Self { name, email, language: Some(2), headed: false }, false)
    }
}

/// UTF-8 without its mark. UTF-16 is told by its mark; what is neither is taken for Windows-1252, in which a byte without a
/// character becomes U+FFFD, so that its row is refused.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair));
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect::<String>()
            .into_bytes()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        other if std::str::from_utf8(other).is_ok() => other.to_vec(),
        other => other.iter().map(|byte| windows_1252(*byte)).collect::<String>().into_bytes(),
    }
}

/// Windows-1252 differs from Unicode's first 256 characters in 0x80 to 0x9f only.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The parser passes over empty lines and would count rows differently from a spreadsheet: they get an empty cell.
/// Lone carriage returns, as old programs write them, end rows too.
fn with_every_row(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 64);
    let (mut quoted, mut empty) = (false, true);
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let ends = !quoted && (byte == b'\n' || byte == b'\r');
        if ends {
            if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                bytes.next();
            }
            if empty {
                out.extend_from_slice(b"\"\"");
            }
            out.push(b'\n');
            empty = true;
            continue;
        }
        if byte == b'"' {
            quoted = !quoted;
        }
        empty = false;
        out.push(byte);
    }
    out
}

/// Whichever of the three stands most often outside quotes in the first row that has any.
fn delimiter(text: &[u8]) -> u8 {
    for line in text.split(|byte| *byte == b'\n') {
        let mut quoted = false;
        let mut counts = [(b'\t', 0_u32), (b';', 0), (b',', 0)];
        for byte in line {
            if *byte == b'"' {
                quoted = !quoted;
            }
            if let (false, Some(count)) = (quoted, counts.iter_mut().find(|(mark, _)| mark == byte))
            {
                count.1 += 1;
            }
        }
        if let Some((mark, _)) =
            counts.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count)
        {
            return mark;
        }
    }
    b','
}

fn trimmed(cell: &[u8]) -> &[u8] {
    cell.trim_ascii()
}

#[cfg(test)]
mod tests;
