//! A text that was turned down, built entry by entry: until when its author may not put it forward again, and what else stays free.
//! Knows no charter: these rules hold under all of them.

/// a journal that is written entry by entry
mod journal;

use mic_proof::encode::Value;
use mic_proof::finding::Code;
use mic_proof::hash::sha256;
use mic_proof::replay::Options;

use journal::{DAY_MS, Journal, hash, node, text};

const AUTHOR: i64 = 0;
const REOPEN_MS: i64 = 30 * DAY_MS;
/// When the first proposal closes.
const CLOSED_AT: i64 = 10;

/// How the first proposal ends.
#[derive(Clone, Copy)]
enum End {
    Declined,
    Undecided,
    Withdrawn,
    WithdrawnAfterDraw,
}

/// A proposal of one text that was revised once, and its end.
fn ended(end: End) -> (Journal, Value) {
    let mut journal = Journal::default();
    let charter = journal.found();
    open(&mut journal, &charter, 0, (AUTHOR, "first"), 1);
    post(&mut journal, 0, "second", 2);
    match end {
        End::Declined => pass_and_close(&mut journal, "declined"),
        End::Undecided => pass_and_close(&mut journal, "undecided"),
        End::Withdrawn => withdraw(&mut journal),
        End::WithdrawnAfterDraw => {
            pass(&mut journal);
            call_draw(&mut journal);
            withdraw(&mut journal);
        }
    }
    (journal, charter)
}

/// What is found when this member opens a proposal of this text so long after the end.
fn opened_again(end: End, by: i64, body: &str, later: i64) -> Option<Code> {
    let (mut journal, charter) = ended(end);
    open(&mut journal, &charter, 1, (by, body), CLOSED_AT + later);
    journal.verify(&Options::new())
}

/// The same when it comes as a new version of another proposal.
fn posted_again(end: End, body: &str, later: i64) -> Option<Code> {
    let (mut journal, charter) = ended(end);
    open(&mut journal, &charter, 1, (AUTHOR, "third"), CLOSED_AT);
    post(&mut journal, 1, body, CLOSED_AT + later);
    journal.verify(&Options::new())
}

fn version(journal: &mut Journal, body: &str) -> Value {
    journal.document(&text(&Value::map([
        ("audience", "members".into()),
        ("body", body.into()),
        ("kind", "message".into()),
        ("process", "message".into()),
        ("title", "".into()),
        ("warning", "".into()),
    ])))
}

fn open(journal: &mut Journal, charter: &Value, number: i64, (by, body): (i64, &str), at: i64) {
    let own = vec![
        ("audience", "members".into()),
        ("charter", charter.clone()),
        ("process", "message".into()),
        ("roll", Value::Int(5)),
        ("version", version(journal, body)),
    ];
    journal.about(number, "proposal.opened", at, Value::Int(by), own);
    enter(journal, number, 0, "cosign", at);
}

fn enter(journal: &mut Journal, number: i64, step: i64, kind: &str, at: i64) {
    let own = vec![
        ("kind", kind.into()),
        ("stage", kind.into()),
        ("step", Value::Int(step)),
        ("until", Value::Int(0)),
    ];
    journal.about(number, "stage.entered", at, node(), own);
}

fn post(journal: &mut Journal, number: i64, body: &str, at: i64) {
    let own = vec![("audience", "members".into()), ("version", version(journal, body))];
    journal.about(number, "version.posted", at, Value::Int(AUTHOR), own);
}

fn pass(journal: &mut Journal) {
    let own = vec![("outcome", "pass".into()), ("step", Value::Int(0))];
    journal.about(0, "stage.ended", 3, node(), own);
}

fn close(journal: &mut Journal, ending: &str) {
    journal.about(0, "proposal.closed", CLOSED_AT, node(), vec![("ending", ending.into())]);
}

fn pass_and_close(journal: &mut Journal, ending: &str) {
    pass(journal);
    close(journal, ending);
}

fn withdraw(journal: &mut Journal) {
    journal.about(0, "proposal.withdrawn", CLOSED_AT, Value::Int(AUTHOR), Vec::new());
    close(journal, "withdrawn");
}

/// A jury of three is to be drawn; it never is.
fn call_draw(journal: &mut Journal) {
    enter(journal, 0, 1, "jury", 3);
    let exclusions = journal.document(&format!("{AUTHOR} author\n"));
    let version = version(journal, "second");
    let numbers = [
        ("agree", 2),
        ("answer_ms", DAY_MS),
        ("attempt", 0),
        ("excluded", 1),
        ("new_ms", 0),
        ("quorum", 2),
        ("rest_ms", 0),
        ("roll", 5),
        ("round", 1),
        ("seats", 3),
        ("slot_at", 3_600_000),
        ("step", 1),
        ("then", 0),
        ("window_ms", DAY_MS),
    ];
    let mut own: Vec<(&str, Value)> =
        numbers.into_iter().map(|(name, number)| (name, Value::Int(number))).collect();
    own.push(("chain", hash(sha256(b"anchor"))));
    own.push(("exclusions", exclusions));
    own.push(("version", version));
    journal.about(0, "draw.called", 3, node(), own);
}

#[test]
fn a_declined_text_comes_back_after_thirty_days_and_not_before() {
    for body in ["first", "second"] {
        assert_eq!(opened_again(End::Declined, AUTHOR, body, 0), Some(Code::RuleBroken));
        assert_eq!(
            opened_again(End::Declined, AUTHOR, body, REOPEN_MS - 1),
            Some(Code::RuleBroken)
        );
        assert_eq!(opened_again(End::Declined, AUTHOR, body, REOPEN_MS), None);
        assert_eq!(posted_again(End::Declined, body, REOPEN_MS - 1), Some(Code::RuleBroken));
        assert_eq!(posted_again(End::Declined, body, REOPEN_MS), None);
    }
}

#[test]
fn a_text_withdrawn_once_lots_were_called_for_waits_as_well() {
    for body in ["first", "second"] {
        let end = End::WithdrawnAfterDraw;
        assert_eq!(opened_again(end, AUTHOR, body, REOPEN_MS - 1), Some(Code::RuleBroken));
        assert_eq!(opened_again(end, AUTHOR, body, REOPEN_MS), None);
        assert_eq!(posted_again(end, body, 0), Some(Code::RuleBroken));
    }
}

#[test]
fn what_nobody_turned_down_may_come_back_at_once() {
    for end in [End::Undecided, End::Withdrawn] {
        assert_eq!(opened_again(end, AUTHOR, "second", 0), None);
        assert_eq!(posted_again(end, "first", 0), None);
    }
}

#[test]
fn others_may_put_it_forward_and_the_author_may_say_something_else() {
    for end in [End::Declined, End::WithdrawnAfterDraw] {
        assert_eq!(opened_again(end, AUTHOR + 1, "second", 0), None);
        assert_eq!(opened_again(end, AUTHOR, "third", 0), None);
        assert_eq!(posted_again(end, "fourth", 0), None);
    }
}
