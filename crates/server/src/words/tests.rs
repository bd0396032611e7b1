//! The locale files agree with each other, plural rules work, times are told as people tell them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arg, Language, Moment, Words, Zone};

/// Each key of a language with the variables it uses, read from the files themselves.
pub(crate) fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::<String, BTreeSet<String>>::new();
    let mut current = String::new();
    for line in language.files().iter().flat_map(|file| file.lines()) {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            current = line.split(" =").next().unwrap_or_default().to_owned();
            keys.entry(current.clone()).or_default();
        }
        for piece in line.split('$').skip(1) {
            let name: String = piece
                .chars()
                .take_while(|next| next.is_ascii_lowercase() || *next == '_')
                .collect();
            keys.entry(current.clone()).or_default().insert(name);
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let (english, german) = (keys(Language::English), keys(Language::German));
    assert!(english.len() > 400);
    let names =
        |keys: &BTreeMap<String, BTreeSet<String>>| keys.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&english), names(&german));
    for (key, variables) in english {
        // A singular may spell its number out, so a count may be missing from a form, never from the message.
        assert_eq!(Some(&variables), german.get(&key), "{key}");
    }
}

#[test]
fn plurals_follow_each_language() {
    let say = |language, count: i64| {
        Words::of(language).say("home-members", &[("count", Arg::Number(count))])
    };
    assert_eq!(say(Language::English, 1), "1 member");
    assert_eq!(say(Language::English, 0), "0 members");
    assert_eq!(say(Language::English, 9_999), "9999 members");
    assert_eq!(say(Language::English, 1_234_567), "1,234,567 members");
    assert_eq!(say(Language::German, 1), "1 Mitglied");
    assert_eq!(say(Language::German, 1_234_567), "1.234.567 Mitglieder");
}

#[test]
fn an_unknown_key_is_shown_and_not_fatal() {
    assert_eq!(Words::of(Language::German).say("no-such-key", &[]), "[no-such-key]");
    assert_eq!(Words::of(Language::German).find("no-such-key", &[]), None);
}

#[test]
fn moments_are_told_in_the_readers_zone() {
    let moment = Moment(1_795_529_400_000);
    let when = |language, zone| Words::of(language).when(moment, &Zone::parse(zone).unwrap());
    assert_eq!(when(Language::English, "UTC"), "Tuesday, 24 November 2026, 14:10 UTC");
    assert_eq!(
        when(Language::German, "Europe/Berlin"),
        "Dienstag, 24. November 2026, 15:10 Uhr MEZ"
    );
    assert_eq!(
        when(Language::English, "America/Sao_Paulo"),
        "Tuesday, 24 November 2026, 11:10 UTC-03"
    );
    assert_eq!(moment.iso(), "2026-11-24T14:10:00Z");
    assert!(Zone::parse("Europe/Berln").is_none());
    // A broken clock is shown as the last day there is, not as a fault.
    assert_eq!(Moment(u64::MAX).iso(), "9999-01-01T00:00:00Z");
}

#[test]
fn time_left_is_never_more_than_there_is() {
    let left = |language, minutes: u64| {
        Words::of(language).left(Moment(minutes * 60_000 + 59_000), Moment(0))
    };
    assert_eq!(left(Language::English, 0), "less than a minute left");
    assert_eq!(left(Language::English, 59), "59 minutes left");
    assert_eq!(left(Language::English, 60), "1 hour left");
    assert_eq!(left(Language::English, 61), "1 hour and 1 minute left");
    assert_eq!(left(Language::German, 24 * 60 + 5), "noch 1 Tag");
    assert_eq!(left(Language::German, 50 * 60 + 5), "noch 2 Tage und 2 Stunden");
    assert_eq!(Words::of(Language::German).left(Moment(0), Moment(1)), "Zeit abgelaufen");
}
