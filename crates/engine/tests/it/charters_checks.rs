//! Everything that a charter can be refused for, each with the exact words: which line, which key, what to write.
//! Knows nothing of proposals.

use expect_test::{Expect, ExpectFile, expect, expect_file};
use mic_engine::charter::parse::{Complaint, Severity, read, read_for_group};

const WHOLE: &str = include_str!("charters_checks/whole.toml");

/// The whole charter with pieces replaced, each of which must be there.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(WHOLE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the charter has {from:?}");
        text.replacen(from, to, 1)
    })
}

fn told(complaints: &[Complaint]) -> String {
    let line = |complaint: &Complaint| match complaint.severity {
        Severity::Error => format!("error {complaint}\n"),
        Severity::Warning => format!("warning {complaint}\n"),
    };
    complaints.iter().map(line).collect()
}

fn refused(changes: &[(&str, &str)], expected: &Expect) {
    let reading = read(&changed(changes));
    assert!(reading.charter.is_none(), "{changes:?} is accepted");
    expected.assert_eq(&told(&reading.complaints));
}

/// The same for many changes; one line each.
fn all_refused(changes: &[(&str, &str)], expected: &ExpectFile) {
    let mut all = String::new();
    for change in changes {
        let reading = read(&changed(&[*change]));
        assert!(reading.charter.is_none(), "{change:?} is accepted");
        all.push_str(&told(&reading.complaints));
    }
    expected.assert_eq(&all);
}

fn accepted(changes: &[(&str, &str)]) {
    let reading = read(&changed(changes));
    assert!(reading.charter.is_some(), "{changes:?}: {}", told(&reading.complaints));
    assert_eq!(reading.complaints, []);
}

#[test]
fn a_charter_with_everything_in_it_is_accepted_without_a_word() {
    let reading = read_for_group(WHOLE);
    assert_eq!(told(&reading.complaints), "");
    assert!(reading.charter.is_some());
}

#[test]
fn values_of_the_new_kinds_say_what_to_write() {
    all_refused(
        &[
            ("method = \"score\"", "method = \"points\""),
            ("max_score = 5", "max_score = 11"),
            ("winners = 3", "winners = 0"),
            ("agree = \"2/3\"\nquorum = \"1/5\"", "agree = \"1/3\"\nquorum = \"1/5\""),
            ("quorum = \"1/5\"", "quorum = 0.2"),
            ("quorum = \"1/10\"", "quorum = \"1/0\""),
            ("who = \"settled\"\nmethod", "who = \"all\"\nmethod"),
            ("who = \"everyone\"\nblocks", "who = \"drawn\"\nblocks"),
            ("blocks = 2", "blocks = 101"),
            ("asides = \"1/3\"", "asides = \"4/3\""),
            ("amendable = true", "amendable = 1"),
            ("objections = 3", "objections = 0"),
            ("at_least = 3", "at_least = 10000001"),
            ("days = 7\nremind_hours = [72]", "days = 7\nhours = 168\nremind_hours = [72]"),
            ("days = 7\nremind_hours = [72]", "remind_hours = [72]"),
            ("remind_hours = [72]", "remind_hours = [168]"),
            ("kind = \"recall\"", "kind = \"undo\""),
            ("kind = \"pledge\"", "kind = \"promise\""),
            ("effect:recall", "effect:undo"),
            ("duty = { rest_days = 7 }", "duty = { rest_days = 7 }\nunguarded = \"yes\""),
        ],
        &expect_file!["charters_checks/values.txt"],
    );
}

#[test]
fn a_key_that_belongs_to_another_choice_is_said_to() {
    all_refused(
        &[
            ("max_score = 5", "max_score = 5\nagree = \"1/2\""),
            ("winners = 3", "winners = 3\nmax_score = 5"),
            ("agree = \"2/3\"\nquorum = \"1/5\"", "agree = \"2/3\"\nwinners = 2\nquorum = \"1/5\""),
            ("who = \"settled\"\nmethod", "who = \"settled\"\nfresh = true\nmethod"),
            ("who = \"settled\"\nobjections", "who = \"settled\"\nquorum = \"1/2\"\nobjections"),
        ],
        &expect_file!["charters_checks/belongs.txt"],
    );
}

#[test]
fn seats_by_rule_and_in_steps_say_what_to_write() {
    all_refused(
        &[
            ("[{ seats = 5, agree = 3", "[{ seats = 501, agree = 3"),
            ("[{ seats = 5, agree = 3, quorum = 3", "[{ seats = \"all\", agree = 3, quorum = 3"),
            ("{ share = \"1/100\" }", "{ share = 1 }"),
            ("{ share = \"1/100\" }", "{ part = \"1/100\" }"),
            ("{ share = \"1/100\" }", "{ largest = [1, 2] }"),
            ("confidence = 90", "confidence = 80"),
            ("margin = 10", "margin = 21"),
            ("[15, { share = \"1/100\" }, { sample = { confidence = 90, margin = 10 } }]", "[15]"),
            ("agree = \"1/2\", quorum = \"1/2\"", "agree = 8, quorum = \"1/2\""),
            ("agree = \"1/2\", quorum = \"1/2\"", "agree = \"1/2\", quorum = \"1/4\""),
            ("agree = \"1/2\", quorum = \"1/2\"", "agree = \"4/5\", quorum = \"1/3\""),
            ("agree = \"1/2\", quorum = \"1/2\"", "agree = \"1/2\", quorum = \"1/2\", then = 2"),
            ("agree = \"2/3\", quorum = 6", "agree = \"2/3\", quorum = 2"),
            ("agree = \"2/3\", quorum = 6", "agree = \"2/3\", quorum = \"1/10\""),
            ("lead = 8, cap = 151", "lead = 1, cap = 151"),
            ("lead = 8, cap = 151", "lead = 8, cap = 15"),
            ("lead = 8, cap = 151", "lead = 8"),
            ("then = 8, lead = 8, cap = 151", "lead = 8, cap = 151"),
            ("then = 8, lead = 8, cap = 151", "then = 137, lead = 8, cap = 151"),
            ("quorum = 8, then = 8", "quorum = 8, agree = 8, then = 8"),
            ("seats = \"everyone\" }", "seats = \"everyone\", lead = 3 }"),
            (
                "{ seats = { largest = [15, { share = \"1/100\" }, { sample = { confidence = 90, margin = 10 } }] }, agree = \"1/2\", quorum",
                "{ seats = { share = \"1/9\" }, lead = 3, cap = 90, then = 2, quorum",
            ),
        ],
        &expect_file!["charters_checks/seats.txt"],
    );
}

#[test]
fn an_effect_belongs_to_its_kind_of_process() {
    all_refused(
        &[
            ("effect:broadcast", "effect:action"),
            ("effect:record", "effect:broadcast"),
            ("effect:remove", "effect:record"),
            ("effect:action", "effect:admit"),
        ],
        &expect_file!["charters_checks/effects.txt"],
    );
}

#[test]
fn what_can_never_pass_or_end_is_refused() {
    refused(
        &[("pass = \"effect:recall\"", "pass = \"end\"")],
        &expect![[r#"
        error line 151, `[process.recall]`: process.recall: nothing can ever come of this; let an outcome lead to "effect:recall"
    "#]],
    );
    refused(
        &[("pass = \"elect\"", "pass = \"effect:record\"")],
        &expect![[r"
        error line 60, `[process.decision.stage.elect]`: process.decision.stage.elect: no path leads here; let an outcome lead to it or take it out
    "]],
    );
    refused(
        &[("pass = \"quiet\"", "pass = \"loud\"")],
        &expect![[r#"
        error line 129, `pass = "loud"`: process.action.stage.jury.pass: leads to a stage that does not exist; write the name of a stage of this process, "end", or an effect
    "#]],
    );
    refused(
        &[("pass = \"pledge\"\nfail = \"end\"", "pass = \"pledge\"\nfail = \"jury\"")],
        &expect![[r"
            error line 122, `[process.action.stage.jury]`: process.action.stage.jury: this path turns in a circle and may never end; only revise and appeal may lead back
        "]],
    );
}

#[test]
fn options_are_for_decisions_and_never_mixed_with_yes_and_no() {
    refused(
        &[("method = \"score\"\nmax_score = 5", "method = \"yes_no\"\nagree = \"1/2\"")],
        &expect![[r#"
            error line 66, `method = "stv"`: process.decision.stage.elect.method: stv needs options, yes_no none, and one text cannot serve both; write one of the two in every vote of this process
        "#]],
    );
    refused(
        &[("method = \"yes_no\"\nagree = \"2/3\"", "method = \"schulze\"")],
        &expect![[r#"
        error line 84, `method = "schulze"`: process.amendment.stage.vote.method: schulze chooses between options, and only a process of kind "decision" has any; write method = "yes_no"
    "#]],
    );
}

#[test]
fn nothing_reaches_everybody_that_nobody_judged() {
    // Directly, from a no, from a text that changed behind its judges, through silence, and by a consensus that needs nobody.
    let to_broadcast = ("pass = \"jury\"", "pass = \"effect:broadcast\"");
    let still_reached = (
        "lapsed = \"end\"\n[process.message.stage.jury]",
        "lapsed = \"jury\"\n[process.message.stage.jury]",
    );
    refused(
        &[to_broadcast, still_reached],
        &expect![[r#"
        error line 19, `pass = "effect:broadcast"`: process.message.stage.ready.pass: would reach everybody though nobody judged it; let the pass of a jury, a vote or a consensus lead here, or write unguarded = true at the top
    "#]],
    );
    refused(
        &[(
            "lapsed = \"end\"\n\n[process.decision]",
            "lapsed = \"effect:broadcast\"\n\n[process.decision]",
        )],
        &expect![[r#"
            error line 41, `lapsed = "effect:broadcast"`: process.message.stage.answer.lapsed: would reach everybody though nobody judged it; let the pass of a jury, a vote or a consensus lead here, or write unguarded = true at the top
        "#]],
    );
    refused(
        &[(
            "pass = \"quiet\"\nfail = \"end\"\nundecided = \"end\"",
            "pass = \"quiet\"\nfail = \"quiet\"\nundecided = \"end\"",
        )],
        &expect![[r#"
            error line 148, `pass = "effect:action"`: process.action.stage.pledge.pass: would reach everybody though nobody judged it; let the pass of a jury, a vote or a consensus lead here, or write unguarded = true at the top
        "#]],
    );
    refused(
        &[
            (
                "title = \"Action\"\nkind = \"action\"\naudiences = [\"members\"]\nfirst = \"jury\"",
                "title = \"Action\"\nkind = \"action\"\naudiences = [\"members\"]\nfirst = \"quiet\"",
            ),
            (
                "pass = \"effect:action\"\nlapsed = \"end\"",
                "pass = \"effect:action\"\nlapsed = \"jury\"",
            ),
            ("pass = \"quiet\"\nfail = \"end\"", "pass = \"effect:action\"\nfail = \"end\""),
        ],
        &expect![[r#"
        error line 148, `pass = "effect:action"`: process.action.stage.pledge.pass: would reach everybody though nobody judged it; let the pass of a jury, a vote or a consensus lead here, or write unguarded = true at the top
    "#]],
    );
}

#[test]
fn unguarded_turns_it_into_a_warning_but_not_for_members_and_rules() {
    let head = ("duty = { rest_days = 7 }", "duty = { rest_days = 7 }\nunguarded = true");
    let no_judge = (
        "pass = \"quiet\"\nfail = \"end\"\nundecided = \"end\"",
        "pass = \"quiet\"\nfail = \"quiet\"\nundecided = \"end\"",
    );
    let reading = read(&changed(&[head, no_judge]));
    assert!(reading.charter.is_some_and(|charter| charter.unguarded));
    expect![[r#"
        warning line 149, `pass = "effect:action"`: process.action.stage.pledge.pass: reaches everybody though nobody judges it, which unguarded = true allows; members read so in red
    "#]].assert_eq(&told(&reading.complaints));
    refused(
        &[head, ("quorum = \"1/2\"\namendable", "quorum = \"0/1\"\namendable")],
        &expect![[r#"
        error line 114, `pass = "effect:remove"`: process.removal.stage.talk.pass: nobody is removed by one person; let the pass of a jury, a vote or a consensus come before this, after the last place where the text may change
    "#]],
    );
    refused(
        &[
            head,
            ("first = \"vote\"", "first = \"cooling\""),
            ("pass = \"effect:amend\"", "pass = \"vote\""),
            ("pass = \"cooling\"", "pass = \"effect:amend\""),
        ],
        &expect![[r#"
        error line 90, `pass = "effect:amend"`: process.amendment.stage.vote.pass: whoever disagrees needs time to leave; let a stage of kind "wait" with hours = 24 or more lead to effect:amend
    "#]],
    );
    refused(
        &[head, ("pass = \"cooling\"\nfail = \"end\"", "pass = \"cooling\"\nfail = \"cooling\"")],
        &expect![[r#"
            error line 97, `pass = "effect:amend"`: process.amendment.stage.cooling.pass: no rule is changed by one person; let the pass of a jury, a vote or a consensus come before this, after the last place where the text may change
        "#]],
    );
    let needless = read(&changed(&[head]));
    assert!(needless.charter.is_some());
    expect![[r"
        warning line 7, `unguarded = true`: unguarded: is not needed: nothing here reaches everybody unjudged; take it out
    "]].assert_eq(&told(&needless.complaints));
}

#[test]
fn one_member_alone_admits_nobody_but_a_vouching_suffices() {
    refused(
        &[(
            "pass = \"effect:admit\"\nlapsed = \"end\"",
            "pass = \"end\"\nlapsed = \"effect:admit\"",
        )],
        &expect![[r#"
            error line 179, `lapsed = "effect:admit"`: process.admission.stage.vouch.lapsed: nobody is admitted by one person; let the pass of a co-signing, a jury, a vote or a consensus lead here
        "#]],
    );
    accepted(&[(
        "pass = \"effect:admit\"\nlapsed = \"end\"",
        "pass = \"rest\"\nlapsed = \"end\"\n[process.admission.stage.rest]\nkind = \"objection\"\ntitle = \"No?\"\nwho = \"everyone\"\nobjections = 1\ndays = 2\nremind_hours = []\npass = \"effect:admit\"\nfail = \"end\"",
    )]);
}

#[test]
fn an_amendment_waits_a_day_behind_its_last_judges() {
    refused(
        &[("hours = 24\npass", "hours = 23\npass")],
        &expect![[r#"
        error line 96, `pass = "effect:amend"`: process.amendment.stage.cooling.pass: whoever disagrees needs time to leave; let a stage of kind "wait" with hours = 24 or more lead to effect:amend
    "#]],
    );
    accepted(&[("hours = 24\npass", "hours = 8760\npass")]);
}

#[test]
fn a_group_keeps_the_power_to_change_its_rules() {
    let text = changed(&[("effect:amend", "end")]);
    assert!(read(&text).charter.is_none(), "a process without an effect");
    let (before, rest) = WHOLE.split_once("[process.amendment]").expect("there");
    let (_, after) = rest.split_once("[process.removal]").expect("there");
    let without = format!("{before}[process.removal]{after}");
    assert!(read(&without).charter.is_some(), "journals may begin with such a charter");
    let reading = read_for_group(&without);
    assert!(reading.charter.is_none());
    expect![[r#"
        error nothing in this charter can change it, and rules that cannot be changed belong to nobody; write a process of kind "amendment" that leads to "effect:amend"
    "#]].assert_eq(&told(&reading.complaints));
}

#[test]
fn lines_are_those_of_the_text() {
    refused(
        &[("charter = 1", "charter = 1\ncolour = \"red\"")],
        &expect![[r#"
        error line 3, `colour = "red"`: colour: is not a rule of this place; known here: charter, name, clock, limits, duty, unguarded, process
    "#]],
    );
    refused(
        &[("name = \"Everything\"\n", "")],
        &expect![[r"
        error name: write a text of 1 to 80 characters in quotes, on one line
    "]],
    );
    refused(
        &[("title = \"Now?\"\n", "")],
        &expect![[r"
        error line 21, `[process.message.stage.jury]`: process.message.stage.jury.title: write a text of 1 to 200 characters in quotes, on one line
    "]],
    );
    refused(
        &[("quorum = \"1/5\"", "quorum = ")],
        &expect![[r"
        error line 86, `quorum =`: this is not TOML: string values must be quoted, expected literal string
    "]],
    );
    refused(
        &[("name = \"Everything\"", "name = \"Everything\"\nname = \"Twice\"")],
        &expect![[r#"
        error line 4, `name = "Twice"`: this is not TOML: duplicate key
    "#]],
    );
    refused(
        &[("clock = {", "\"a.b\" = 1\nclock = {")],
        &expect![[r"
        error a.b: is not a rule of this place; known here: charter, name, clock, limits, duty, unguarded, process
    "]],
    );
    let wide = format!("name = \"{}\"", "x".repeat(500));
    refused(
        &[("name = \"Everything\"", &wide)],
        &expect![[r#"
        error line 3, `name = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`: name: write a text of 1 to 80 characters in quotes, on one line
    "#]],
    );
}
