//! Tables of lists as they are really sent, good and bad.

use super::Import;
use crate::pages::start::{RowColumn, RowProblem, RowSource};
use crate::words::Language;

fn read(bytes: &[u8]) -> Import {
    let mut import = Import::default();
    import.read(bytes, RowSource::File, Language::English);
    import
}

fn people(bytes: &[u8]) -> Vec<(String, String, String)> {
    let import = read(bytes);
    assert!(import.faults.is_empty(), "{:?}", import.faults);
    import.people.into_iter().map(|person| (person.name, person.email, person.language)).collect()
}

fn faults(bytes: &[u8]) -> Vec<(u32, RowColumn, RowProblem)> {
    read(bytes).faults.iter().map(|fault| (fault.row, fault.column, fault.problem)).collect()
}

fn row(name: &str, email: &str, language: &str) -> (String, String, String) {
    (name.to_owned(), email.to_owned(), language.to_owned())
}

#[test]
fn the_same_list_by_every_program() {
    let wanted = vec![
        row("Zoë Łukasz", "zoe@example.org", "de"),
        row("O’Brien, Pat", "pat@example.org", "en"),
    ];
    let table = [
        "name,email,language\nZoë Łukasz,zoe@example.org,de\n\"O’Brien, Pat\",pat@example.org,en\n",
        "\u{feff}Name;E-Mail;Sprache\r\nZoë Łukasz;zoe@example.org;Deutsch\r\n\"O’Brien, Pat\";pat@example.org;\r\n",
        "Language\tE-mail address\tName\tShift\nde\tzoe@example.org\tZoë Łukasz\tnight\n\tpat@example.org\tO’Brien, Pat\tday",
        "Zoë Łukasz;zoe@example.org;de\rO’Brien, Pat;pat@example.org\r",
        "zoe@example.org\tZoë Łukasz\tde-AT\n\n\n pat@example.org \t O’Brien, Pat \t",
    ];
    for text in table {
        assert_eq!(people(text.as_bytes()), wanted, "{text:?}");
    }
}

#[test]
fn other_encodings_are_read() {
    let wanted = vec![row("Zoë “Z” Šimek", "zoe@example.org", "en")];
    let old = b"name;email\r\nZo\xeb \x93Z\x94 \x8aimek;zoe@example.org\r\n";
    assert_eq!(people(old), wanted);
    let text = "name;email\r\nZoë “Z” Šimek;zoe@example.org\r\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(people(&[&[0xff, 0xfe][..], &wide].concat()), wanted);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(people(&[&[0xfe, 0xff][..], &wide].concat()), wanted);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let text = "name,email\n\n\"Ada\nParis\",ada@example.org\n,\nBen,ben@\n";
    assert_eq!(
        faults(text.as_bytes()),
        [
            (3, RowColumn::Name, RowProblem::ForbiddenCharacter),
            (5, RowColumn::Email, RowProblem::NotAnAddress)
        ]
    );
}

#[test]
fn every_fault_names_row_and_column() {
    let table: [(&[u8], RowColumn, RowProblem); 12] = [
        (b",a@example.org", RowColumn::Name, RowProblem::Missing),
        (b"Ada,", RowColumn::Email, RowProblem::Missing),
        (b"Ada,ada@example@org", RowColumn::Email, RowProblem::NotAnAddress),
        (b"Ada,a b@example.org", RowColumn::Email, RowProblem::NotAnAddress),
        (b"Ada,ada@example.org,xx", RowColumn::Language, RowProblem::UnknownLanguage),
        (b"Ada,ada@example.org,en,5", RowColumn::Row, RowProblem::TooManyColumns),
        ("A\u{202e}da,ada@example.org".as_bytes(), RowColumn::Name, RowProblem::ForbiddenCharacter),
        (b"A\0da,ada@example.org", RowColumn::Name, RowProblem::ForbiddenCharacter),
        (b"Ada\x81,ada@example.org", RowColumn::Row, RowProblem::BadText),
        (
            "Ben K\u{430}ya,other@example.org".as_bytes(),
            RowColumn::Name,
            RowProblem::LooksLikeAnother,
        ),
        (b"Ben Two,BEN@example.org", RowColumn::Email, RowProblem::Twice),
        (
            b"\"Ada,ada@example.org\nCem,cem@example.org",
            RowColumn::Name,
            RowProblem::ForbiddenCharacter,
        ),
    ];
    for (line, column, problem) in table {
        let text = [b"Ben Kaya,ben@example.org\n", line].concat();
        let found = faults(&text);
        assert_eq!(found.first(), Some(&(2, column, problem)), "{}", String::from_utf8_lossy(line));
    }
    let long = format!("{},ada@example.org", "x".repeat(10_000));
    assert_eq!(faults(long.as_bytes()), [(1, RowColumn::Name, RowProblem::TooLong)]);
    assert!(read(long.as_bytes()).faults[0].found.len() <= 80);
}

#[test]
fn two_people_may_have_one_name() {
    assert_eq!(people(b"Ben Kaya,ben@example.org\nBen Kaya,other@example.org").len(), 2);
}

#[test]
fn ten_thousand_rows_are_read_and_not_one_more() {
    let list = |rows: u32| -> String {
        let row = |row: u32| format!("\"Membér {row}\";member{row}@example.org;de\r\n");
        (0..rows).map(row).collect::<Vec<_>>().concat()
    };
    let import = read(list(10_000).as_bytes());
    assert_eq!((import.people.len(), import.faults.len(), import.too_many), (10_000, 0, false));
    let import = read(list(10_001).as_bytes());
    assert!(import.too_many);
    let bad: Vec<String> = (0..10_000).map(|row| format!("Member {row},nothing\n")).collect();
    let bad = bad.concat();
    let import = read(bad.as_bytes());
    assert_eq!(import.faults.len() + import.more as usize, 10_000);
}

#[test]
fn nothing_is_not_a_list() {
    for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,,\n,,\n", b"name,email\n"] {
        let import = read(bytes);
        assert!(import.people.is_empty() && import.faults.is_empty());
    }
}
