//! What is different between two charters, and what is not.
//! Knows nothing of words.

use expect_test::expect_file;
use mic_engine::charter::Charter;
use mic_engine::charter::difference::{Change, difference};
use mic_engine::charter::parse::parse;

const WHOLE: &str = include_str!("charters_checks/whole.toml");

fn charter(changes: &[(&str, &str)]) -> Charter {
    let text = changes.iter().fold(WHOLE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the charter has {from:?}");
        text.replacen(from, to, 1)
    });
    parse(&text).expect("a charter")
}

fn changes(edits: &[(&str, &str)]) -> Vec<Change> {
    difference(&charter(&[]), &charter(edits))
}

#[test]
fn comments_and_order_make_no_difference() {
    let edits = [
        ("# A charter with", "# The charter with"),
        ("audiences = [\"members\", \"public\"]", "audiences = [\"public\", \"members\"]"),
        ("days = 14\nremind_days = [7]\n", "remind_days = [7]\ndays = 14\n"),
    ];
    assert_eq!(changes(&edits), []);
}

#[test]
fn what_holds_everywhere_comes_first() {
    let edits = [
        ("name = \"Everything\"", "name = \"All\""),
        ("every_minutes = 60", "every_minutes = 30"),
        ("new_days = 14", "new_days = 30"),
        ("rest_days = 7", "rest_days = 0"),
        ("open_proposals_per_member = 3", "open_proposals_per_member = 2"),
        ("open_invitations_per_member = 5", "open_invitations_per_member = 6"),
    ];
    expect_file!["charters_checks/everywhere.txt"].assert_debug_eq(&changes(&edits));
}

#[test]
fn stages_differ_by_statement_and_arrow() {
    let edits = [
        (
            "members_up_to = 5, count = 1 }, { count = 2",
            "members_up_to = 5, count = 1 }, { count = 3",
        ),
        ("fail = \"answer\"\nundecided", "fail = \"end\"\nundecided"),
        ("answer_hours = 24", "fresh = true\nanswer_hours = 24"),
        ("amendable = true\n", ""),
        (
            "first = \"jury\"\n[process.action.stage.jury]",
            "first = \"quiet\"\n[process.action.stage.jury]",
        ),
        ("title = \"Does anybody object?\"", "title = \"Well?\""),
        ("pass = \"pledge\"\nfail = \"end\"", "pass = \"jury\"\nfail = \"end\""),
        ("pass = \"quiet\"", "pass = \"pledge\""),
    ];
    expect_file!["charters_checks/stages.txt"].assert_debug_eq(&changes(&edits));
}

#[test]
fn processes_stages_and_kinds_come_and_go() {
    let (before, rest) = WHOLE.split_once("[process.recall]").expect("there");
    let (_, after) = rest.split_once("[process.admission]").expect("there");
    let fewer = parse(&format!("{before}[process.admission]{after}")).expect("a charter");
    let recall = mic_engine::charter::Id::parse("recall").expect("a name");
    let removed = Change::ProcessRemoved { process: recall.clone() };
    assert_eq!(difference(&charter(&[]), &fewer), [removed]);
    assert_eq!(difference(&fewer, &charter(&[])), [Change::ProcessAdded { process: recall }]);
    let more = format!(
        "{}\n[process.admission.stage.rest]\nkind = \"wait\"\ntitle = \"A night\"\nhours = 12\npass = \"effect:admit\"\n",
        WHOLE.replacen("pass = \"effect:admit\"", "pass = \"rest\"", 1)
    );
    expect_file!["charters_checks/added_stage.txt"]
        .assert_debug_eq(&difference(&charter(&[]), &parse(&more).expect("a charter")));
    let other_kind = [(
        "kind = \"objection\"\ntitle = \"Does anybody object?\"\nwho = \"settled\"\nobjections = 3\nhours = 48\nremind_hours = []\npass = \"pledge\"\nfail = \"end\"",
        "kind = \"wait\"\ntitle = \"Does anybody object?\"\nhours = 48\npass = \"pledge\"",
    )];
    expect_file!["charters_checks/other_kind.txt"].assert_debug_eq(&changes(&other_kind));
}
