//! The charters that come with the program: each can found a group, draws no warning, and has a page of reasons whose numbers are
//! those of the charter and whose printed errors are those that follow from its juries.
//! Knows no group.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use mic_engine::charter::parse::read_for_group;
use mic_engine::charter::rules::for_replay;
use mic_engine::charter::{Charter, JuryTerms, Rule};

const SECTIONS: [&str; 4] =
    ["## For whom", "## Why these numbers", "## How often it errs", "## What it gives up"];

const NAMES: [&str; 7] = [
    "consensus_assembly",
    "default",
    "demo",
    "federation",
    "small_group",
    "statistical_sample",
    "two_juries",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../charters")
}

fn file(name: &str) -> String {
    let path = folder().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn charter(name: &str) -> Charter {
    let reading = read_for_group(&file(&format!("{name}.toml")));
    assert_eq!(reading.complaints, [], "{name}");
    reading.charter.expect("without complaints it is one")
}

/// Every run of digits in a text.
fn numbers(text: &str) -> BTreeSet<u64> {
    let digits = text.split(|character: char| !character.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}

/// A page without the section of errors, whose numbers follow from the charter's and are tested below.
fn stated(page: &str) -> String {
    let (before, rest) = page.split_once(SECTIONS[2]).expect("the section is there");
    let (_, after) = rest.split_once(SECTIONS[3]).expect("the section is there");
    format!("{before}{after}")
}

#[test]
fn the_folder_holds_these_charters_each_with_its_page() {
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        files.insert(entry.expect("readable").file_name().to_string_lossy().into_owned());
    }
    let expected: BTreeSet<String> =
        NAMES.into_iter().flat_map(|name| [format!("{name}.toml"), format!("{name}.md")]).collect();
    assert_eq!(files, expected);
}

#[test]
fn every_ready_charter_can_found_a_group_and_draws_no_warning() {
    for name in NAMES {
        let text = file(&format!("{name}.toml"));
        let rules = for_replay(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            rules.processes.len(),
            charter(name).processes.len(),
            "the verifier reads it too"
        );
        let head = text.lines().take_while(|line| line.starts_with("# ")).count();
        assert!(head >= 2, "{name} begins with a comment that says for whom it is");
    }
}

#[test]
fn every_page_of_reasons_has_its_parts_and_only_numbers_of_its_charter() {
    for name in NAMES {
        let page = file(&format!("{name}.md"));
        let at: Vec<usize> =
            SECTIONS.iter().map(|section| page.find(section).expect(section)).collect();
        assert!(at.is_sorted(), "{name}");
        let known = numbers(&file(&format!("{name}.toml")));
        let strange: Vec<u64> = numbers(&stated(&page)).difference(&known).copied().collect();
        assert_eq!(
            strange,
            Vec::<u64>::new(),
            "numbers in {name}.md that {name}.toml does not have"
        );
    }
}

#[test]
fn the_statistical_sample_is_the_published_one() {
    let charter = charter("statistical_sample");
    let message = charter.processes.values().find(|process| process.title.contains("message"));
    let stage = message.and_then(|process| {
        process.stages.values().find_map(|stage| match &stage.rule {
            Rule::Jury(jury) => Some(jury),
            _ => None,
        })
    });
    let jury = stage.expect("a jury");
    for (roll, seats) in [(100, 79), (1_000, 278), (10_000, 370)] {
        let expected =
            JuryTerms::Fixed { seats, agree: seats / 2 + 1, quorum: seats.div_ceil(2), then: 0 };
        assert_eq!(jury.terms(roll), expected);
    }
}

/// What a row of a page is about.
enum Row {
    /// So many seats, of whom so many decide, or else so many more join; so many such juries in a row.
    Jury { seats: u32, agree: u32, then: u32, juries: u32 },
    /// So many drawn from so many members; more than half decide.
    Sample { members: u32, seats: u32 },
}

const fn jury(seats: u32, agree: u32, then: u32) -> Row {
    Row::Jury { seats, agree, then, juries: 1 }
}

/// The first cells of the rows of each page, with what they stand for.
const ROWS: [(&str, &str, Row); 22] = [
    ("default", "5, of whom 3 decide", jury(5, 3, 0)),
    ("default", "9, of whom 6 decide, or then 21", jury(9, 6, 12)),
    ("default", "21, the appeal", jury(21, 11, 0)),
    ("default", "15, of whom 11 decide", jury(15, 11, 0)),
    ("demo", "9, of whom 6 decide, or then 21", jury(9, 6, 12)),
    ("small_group", "5, of whom 3 decide", jury(5, 3, 0)),
    ("small_group", "7, of whom 5 decide", jury(7, 5, 0)),
    ("small_group", "9, of whom 5 decide", jury(9, 5, 0)),
    (
        "two_juries",
        "two of 9, of whom 6 decide, or then 21",
        Row::Jury { seats: 9, agree: 6, then: 12, juries: 2 },
    ),
    ("two_juries", "25, of whom 13 decide, the appeal", jury(25, 13, 0)),
    (
        "two_juries",
        "two of 21, of whom 14 decide",
        Row::Jury { seats: 21, agree: 14, then: 0, juries: 2 },
    ),
    ("consensus_assembly", "9, of whom 6 decide, or then 21", jury(9, 6, 12)),
    ("statistical_sample", "100 | 79", Row::Sample { members: 100, seats: 79 }),
    ("statistical_sample", "1,000 | 278", Row::Sample { members: 1_000, seats: 278 }),
    ("statistical_sample", "10,000 | 370", Row::Sample { members: 10_000, seats: 370 }),
    ("statistical_sample", "100, the smaller sample | 40", Row::Sample { members: 100, seats: 40 }),
    (
        "statistical_sample",
        "1,000, the smaller sample | 63",
        Row::Sample { members: 1_000, seats: 63 },
    ),
    (
        "statistical_sample",
        "10,000, the smaller sample | 67",
        Row::Sample { members: 10_000, seats: 67 },
    ),
    ("federation", "11, of whom 7 decide", jury(11, 7, 0)),
    ("federation", "15, of whom 10 decide, or then 31", jury(15, 10, 16)),
    ("federation", "15, of whom 10 decide, the appeal", jury(15, 10, 0)),
    ("federation", "25, of whom 17 decide, the appeal", jury(25, 17, 0)),
];

#[test]
fn the_printed_errors_follow_from_the_juries() {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, label, row) in &ROWS {
        let in_favour: &[u32] = match row {
            Row::Jury { .. } => &[45, 40, 30],
            Row::Sample { .. } => &[45, 40],
        };
        let cells: Vec<String> = in_favour
            .iter()
            .map(|percent| format!("{:.1} %", 100.0 * passes(row, *percent)))
            .collect();
        let line = format!("| {label} | {} |\n", cells.join(" | "));
        assert!(file(&format!("{name}.md")).contains(&line), "{name}.md should have {line}");
        assert!(charter_has(name, row), "{name}.toml has no such jury: {label}");
        *rows.entry(name).or_default() += 1;
    }
    for name in NAMES {
        let page = file(&format!("{name}.md"));
        let printed =
            page.lines().filter(|line| line.starts_with("| ") && line.contains('%')).count();
        assert_eq!(
            rows.get(name).copied().unwrap_or(0),
            printed,
            "every row of {name}.md is computed"
        );
    }
}

/// Whether the charter has such a jury, for some size of the group.
fn charter_has(name: &str, row: &Row) -> bool {
    let charter = charter(name);
    let stages = charter.processes.values().flat_map(|process| process.stages.values());
    let juries: Vec<_> = stages
        .filter_map(|stage| match &stage.rule {
            Rule::Jury(jury) => Some(jury.clone()),
            _ => None,
        })
        .collect();
    let is = |terms: JuryTerms| match (row, terms) {
        (
            Row::Jury { seats, agree, then, .. },
            JuryTerms::Fixed { seats: s, agree: a, then: t, .. },
        ) => (*seats, *agree, *then) == (s, a, t),
        (Row::Sample { seats, .. }, JuryTerms::Fixed { seats: s, agree: a, .. }) => {
            (*seats, *seats / 2 + 1) == (s, a)
        }
        (_, JuryTerms::Everyone | JuryTerms::Stepwise { .. }) => false,
    };
    let rolls: Vec<u32> = match row {
        Row::Jury { .. } => vec![6, 13, 25, 29, 40, 59, 70, 99, 1_000_000],
        Row::Sample { members, .. } => vec![*members],
    };
    juries.iter().any(|jury| rolls.iter().any(|roll| is(jury.terms(*roll))))
}

/// How often it says yes if `percent` of all members would.
fn passes(row: &Row, percent: u32) -> f64 {
    match *row {
        Row::Jury { seats, agree, then, juries } => {
            let share = f64::from(percent) / 100.0;
            let first = (0..=seats).map(|yes| {
                let rest = if yes >= agree {
                    1.0
                } else if seats - yes >= agree || then == 0 {
                    0.0
                } else {
                    let missing = u32::midpoint(seats, then) + 1 - yes;
                    (missing..=then).map(|more| binomial(then, more, share)).sum()
                };
                binomial(seats, yes, share) * rest
            });
            let one: f64 = first.sum();
            one.powi(i32::try_from(juries).expect("few"))
        }
        Row::Sample { members, seats } => {
            let willing = members * percent / 100;
            (seats / 2 + 1..=seats.min(willing))
                .filter(|yes| seats - yes <= members - willing)
                .map(|yes| {
                    let ways = ln_choose(willing, yes) + ln_choose(members - willing, seats - yes);
                    (ways - ln_choose(members, seats)).exp()
                })
                .sum()
        }
    }
}

fn binomial(tries: u32, hits: u32, share: f64) -> f64 {
    let chance = share.ln() * f64::from(hits) + (1.0 - share).ln() * f64::from(tries - hits);
    (ln_choose(tries, hits) + chance).exp()
}

fn ln_choose(all: u32, some: u32) -> f64 {
    let ln_factorial = |number: u32| (1..=number).map(|factor| f64::from(factor).ln()).sum::<f64>();
    ln_factorial(all) - ln_factorial(some) - ln_factorial(all - some)
}
