//! Asking everybody, by forms alone as on a phone without scripts: every kind is put forward, answered and read; and what goes wrong.

use http::StatusCode;
use mic_engine::ids::{ProposalNumber, Slot};

use super::site::{Browser, Page, World, new_act};
use crate::small_server::{HOUR_MS, until};

const RULES: &str = include_str!("deciding.toml");
const FIRST: ProposalNumber = ProposalNumber(0);
const BROKEN: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DONE: StatusCode = StatusCode::SEE_OTHER;

/// Puts something forward by the page of its process.
async fn put_forward(world: &World, slot: u32, process: &str, fields: &[(&str, &str)]) -> Page {
    let path = world.path(&format!("/ways/{process}"));
    let mut all = fields.to_vec();
    all.extend([("title", "Where do we meet?"), ("body", "At **six**."), ("do", "open")]);
    world.member(slot).submit(&path, &path, &all).await
}

async fn opened(world: &World, process: &str, fields: &[(&str, &str)]) {
    let done = put_forward(world, 0, process, fields).await;
    assert_eq!(done.status, DONE, "{process}: {}", done.body);
    assert!(done.location().starts_with(&world.path("/p/0")), "{}", done.location());
}

/// Fills in the form of a page as it is shown.
async fn answer(world: &World, slot: u32, rest: &str, fields: &[(&str, &str)]) -> Page {
    let mut member = world.member(slot);
    let path = world.path(rest);
    let page = member.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    fill_in(&mut member, &page, &path, fields).await
}

async fn fill_in(member: &mut Browser, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let hidden: Vec<(&str, String)> = ["draw", "version"]
        .into_iter()
        .filter(|name| page.body.contains(&format!("name=\"{name}\" value=\"")))
        .map(|name| (name, page.hidden(name)))
        .collect();
    let mut all: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(fields);
    member.post(path, &page.hidden("token"), &new_act(), &all).await
}

/// Lets the stage end.
async fn closed(world: &World) {
    world.forward(25 * HOUR_MS).await;
    until(world.app(), "it is over", || {
        let view = world.app().view(world.group)?;
        view.state.proposal(FIRST).is_none().then_some(())
    })
    .await;
}

/// A method, what two members fill in, and what the result shows.
type Case<'c> = (&'c str, &'c [[(&'c str, &'c str); 2]], &'c [&'c str]);

const OPTIONS: (&str, &str) = ("options", "The old depot\nThe hall\n\n  By video \n");

#[tokio::test(flavor = "multi_thread")]
async fn every_method_is_voted_by_hand_and_counted_before_everybodys_eyes() {
    let cases: [Case<'_>; 5] = [
        (
            "approve",
            &[[("o1", "yes"), ("o0", "yes")], [("o1", "yes"), ("do", "vote")]],
            &["The hall", "Ticks"],
        ),
        ("score", &[[("o1", "5"), ("o0", "3")], [("o1", "4"), ("o2", "1")]], &["The hall", "Sum"]),
        (
            "schulze",
            &[[("o1", "1"), ("o0", "2")], [("o1", "1"), ("o3", "1")]],
            &["put the one on the left", "The hall"],
        ),
        (
            "runoff",
            &[[("o1", "1"), ("o0", "2")], [("o1", "1"), ("o2", "2")]],
            &["Round 1", "The hall"],
        ),
        (
            "elect",
            &[[("o1", "1"), ("o0", "2")], [("o0", "1"), ("o1", "2")]],
            &["Round 1", "in this order"],
        ),
    ];
    for (process, ballots, shown) in cases {
        let world = World::under(RULES, 5).await;
        opened(&world, process, &[OPTIONS]).await;
        for (slot, ballot) in (1..).zip(ballots) {
            let done = answer(&world, slot, "/p/0/vote", ballot).await;
            assert_eq!(done.status, DONE, "{process}: {}", done.body);
            let receipt = world.member(slot).follow(&done).await;
            assert!(receipt.shows("The hall"), "{process}: {}", receipt.body);
        }
        let done = answer(&world, 3, "/p/0/vote", &[("do", "abstain")]).await;
        assert_eq!(done.status, DONE, "{process}: {}", done.body);
        let page = world.member(4).get(&world.path("/p/0")).await;
        assert!(page.shows("3 of 5 have taken part"), "{process}: {}", page.body);
        closed(&world).await;
        let result = world.member(4).get(&world.path("/p/0/result/0")).await;
        for text in shown.iter().chain(&["Passed", "3 of 5", "1 abstained", "come to the same"]) {
            assert!(result.shows(text), "{process}: {text}: {}", result.body);
        }
        let list = world.member(4).get(&world.path("/p/0/result/0/ballots.txt")).await;
        assert_eq!(list.body.lines().count(), 3, "{process}: {}", list.body);
        assert!(list.body.lines().any(|line| line.starts_with("abstain\t")), "{}", list.body);
        let register = world.member(4).get(&world.path("/decisions?q=MEET")).await;
        assert!(register.shows("Decision 1") && register.shows("The hall"), "{}", register.body);
        let nothing = world.member(4).get(&world.path("/decisions?q=pears")).await;
        assert!(!nothing.shows("Decision 1"), "{}", nothing.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_asked_on_the_home_page_answered_and_may_be_answered_anew() {
    let world = World::under(RULES, 5).await;
    opened(&world, "question", &[]).await;
    let home = world.member(1).get(&world.path("")).await;
    assert!(home.shows("You are asked for your vote."), "{}", home.body);
    for choice in ["yes", "no", "abstain", "no"] {
        let done = answer(&world, 1, "/p/0/vote", &[("choice", choice)]).await;
        assert_eq!(done.status, DONE, "{}", done.body);
    }
    let home = world.member(1).get(&world.path("")).await;
    assert!(!home.shows("You are asked for your vote."), "{}", home.body);
    let own = world.member(1).get(&world.path("/p/0/vote")).await;
    assert!(own.shows("Your ballot is in."), "{}", own.body);
    // Nobody else's page says what was cast.
    let page = world.member(2).get(&world.path("/p/0/vote")).await;
    assert!(!page.shows("Your ballot is in."), "{}", page.body);
    closed(&world).await;
    let result = world.member(2).get(&world.path("/p/0/result/0")).await;
    assert!(result.shows("Did not pass"), "{}", result.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_ballot_keeps_what_was_typed_and_changes_nothing() {
    let world = World::under(RULES, 5).await;
    opened(&world, "runoff", &[OPTIONS]).await;
    let before = world.position();
    for (fields, said) in [
        (vec![("o0", "1"), ("o1", "1"), ("words", "pears")], "The same place stands twice"),
        (vec![("o0", "first"), ("words", "pears")], "from 1 to 4"),
        (vec![("o0", "9"), ("words", "pears")], "from 1 to 4"),
        (vec![("words", "pears")], "Choose something"),
        (vec![("o0", "1"), ("words", "a\u{0}b")], "invisible characters"),
        (vec![("o0", "1"), ("words", "a\r\nb")], "invisible characters"),
    ] {
        let page = answer(&world, 1, "/p/0/vote", &fields).await;
        assert_eq!(page.status, BROKEN, "{fields:?}: {}", page.body);
        assert!(page.shows(said), "{fields:?}: {}", page.body);
        for (_, value) in fields.iter().filter(|(_, value)| !value.contains(char::is_control)) {
            assert!(page.shows(&format!("value=\"{value}\"")), "{value}: {}", page.body);
        }
    }
    assert_eq!(world.position(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn ballots_that_may_not_be_are_refused_and_forms_sent_twice_count_once() {
    let world = World::under(RULES, 5).await;
    opened(&world, "question", &[]).await;
    let path = world.path("/p/0/vote");
    let mut member = world.member(1);
    let page = member.get(&path).await;
    let (token, draw, act) = (page.hidden("token"), page.hidden("draw"), new_act());
    let other = "0".repeat(64);
    let forged = [("draw", other.as_str()), ("choice", "yes")];
    assert_eq!(member.post(&path, &token, &new_act(), &forged).await.status, StatusCode::CONFLICT);
    let nowhere = world.path("/p/7/vote");
    let fields = [("draw", draw.as_str()), ("choice", "yes")];
    let lost = member.post(&nowhere, &token, &new_act(), &fields).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    let first = member.post(&path, &token, &act, &fields).await;
    let position = world.position();
    let again = member.post(&path, &token, &act, &fields).await;
    assert_eq!((first.status, again.status), (DONE, DONE), "{}", again.body);
    assert_eq!(world.position(), position, "a form sent twice acts once");
    // A page that was kept open until it was over.
    let mut slow = world.member(2);
    let stale = slow.get(&path).await;
    closed(&world).await;
    let late = fill_in(&mut slow, &stale, &path, &[("choice", "no")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn options_are_checked_before_they_are_put_forward_and_drafts_keep_them() {
    let world = World::under(RULES, 3).await;
    for (options, said) in [
        ("only one", "at least 2 options"),
        ("a\na", "stands twice"),
        ("a\nb\u{202e}c", "invisible character"),
        ("a\nb\u{0}", "invisible character"),
    ] {
        let page = put_forward(&world, 0, "schulze", &[("options", options)]).await;
        assert_eq!(page.status, BROKEN, "{options:?}: {}", page.body);
        assert!(page.shows(said), "{options:?}: {}", page.body);
    }
    let page = put_forward(&world, 0, "schulze", &[("options", "a\nb"), ("do", "save")]).await;
    assert_eq!(page.status, DONE, "{}", page.body);
    assert_eq!(world.app().view(world.group).expect("a group").state.open.len(), 0);
    for odd in ["nothing", "amend", "admission", "..", "%00"] {
        let page = world.member(0).get(&world.path(&format!("/ways/{odd}"))).await;
        assert!(page.status.is_client_error(), "{odd}: {}", page.status);
    }
    let ways = world.member(0).get(&world.path("/ways")).await;
    for title in ["Ask a question", "Do something together", "Remove a member", "Tell everyone"] {
        assert!(ways.shows(title), "{title}: {}", ways.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_public_and_a_friendly_amendment_starts_them_again() {
    let world = World::under(RULES, 5).await;
    opened(&world, "talk", &[]).await;
    let path = "/p/0/consensus";
    let silent = answer(&world, 1, path, &[("position", "block"), ("reason", " ")]).await;
    assert_eq!(silent.status, BROKEN, "{}", silent.body);
    assert!(silent.shows("Whoever blocks says why"), "{}", silent.body);
    let hidden =
        answer(&world, 1, path, &[("position", "block"), ("reason", "no \u{202e}way")]).await;
    assert_eq!(hidden.status, BROKEN, "{}", hidden.body);
    let blocked =
        answer(&world, 1, path, &[("position", "block"), ("reason", "No ramp <b>")]).await;
    assert_eq!(blocked.status, DONE, "{}", blocked.body);
    let agreed = answer(&world, 2, path, &[("position", "agree"), ("reason", "sesame")]).await;
    assert_eq!(agreed.status, DONE, "{}", agreed.body);
    let page = world.member(3).get(&world.path(path)).await;
    for text in ["1 blocks", "No ramp <b>", "Member 1", "1 agrees"] {
        assert!(page.shows(text), "{text}: {}", page.body);
    }
    assert!(!page.shows("sesame") && !page.body.contains("ramp <b>"), "{}", page.body);
    let back = answer(&world, 1, path, &[("position", "none")]).await;
    assert_eq!(back.status, DONE, "{}", back.body);
    // The author offers another text; who had the old one before them is told.
    let mut reader = world.member(3);
    let old = reader.get(&world.path(path)).await;
    let author = &mut world.member(0);
    let draft = author
        .submit(&world.path("/p/0"), &world.path("/p/0/answer"), &[("choice", "revise")])
        .await;
    assert_eq!(draft.status, DONE, "{}", draft.body);
    let fields =
        [("title", "Where do we meet?"), ("body", "At the hall with the ramp."), ("do", "open")];
    let posted = author.submit(&draft.location(), &draft.location(), &fields).await;
    assert_eq!(posted.status, DONE, "{}", posted.body);
    let stale = fill_in(&mut reader, &old, &world.path(path), &[("position", "agree")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
    let page = world.member(3).get(&world.path(path)).await;
    assert!(!page.shows("1 agrees") && page.shows("with the ramp"), "{}", page.body);
    for slot in [1, 2] {
        let done = answer(&world, slot, path, &[("position", "agree")]).await;
        assert_eq!(done.status, DONE, "{}", done.body);
    }
    closed(&world).await;
    let page = world.member(3).get(&world.path(path)).await;
    assert!(page.shows("Consensus was reached") && page.shows("2 agree"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn objections_are_raised_taken_back_and_stop_it_at_once() {
    let world = World::under(RULES, 5).await;
    opened(&world, "quiet", &[]).await;
    let path = "/p/0/objection";
    let empty = answer(&world, 1, path, &[("do", "object"), ("reason", "")]).await;
    assert_eq!(empty.status, BROKEN, "{}", empty.body);
    for (slot, doing) in [(1, "object"), (1, "take_back"), (1, "object"), (2, "object")] {
        let done =
            answer(&world, slot, path, &[("do", doing), ("reason", "Nobody was asked.")]).await;
        assert_eq!(done.status, DONE, "{slot} {doing}: {}", done.body);
    }
    let page = world.member(3).get(&world.path("/p/0")).await;
    assert_eq!(
        page.status,
        StatusCode::NOT_FOUND,
        "what did not pass is for those who had a part in it"
    );
    let page = world.member(0).get(&world.path(path)).await;
    assert!(
        page.shows("Objections stopped it") && page.shows("Nobody was asked."),
        "{}",
        page.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pledges_stay_hidden_until_they_wake_and_deeds_are_counted() {
    let world = World::under(RULES, 4).await;
    let action = [
        ("starts", "2027-06-04T07:00"),
        ("ends", "2027-06-04T09:00"),
        ("place", "Main gate; left"),
        ("wanted", "40"),
    ];
    let broken =
        put_forward(&world, 0, "together", &[("starts", "soon"), ("place", "Main gate")]).await;
    assert_eq!(broken.status, BROKEN, "{}", broken.body);
    assert!(broken.shows("value=\"soon\"") && broken.shows("Main gate"), "{}", broken.body);
    opened(&world, "together", &action).await;
    let path = "/p/0/pledge";
    let odd = answer(&world, 1, path, &[("do", "pledge"), ("least", "many")]).await;
    assert_eq!(odd.status, BROKEN, "{}", odd.body);
    assert!(odd.shows("value=\"many\""), "{}", odd.body);
    let done = answer(&world, 1, path, &[("do", "pledge"), ("least", "2")]).await;
    assert_eq!(done.status, DONE, "{}", done.body);
    let page = world.member(2).get(&world.path(path)).await;
    assert!(!page.shows("You pledged") && !page.shows("value=\"2\""), "{}", page.body);
    for doing in ["take_back", "pledge"] {
        let done = answer(&world, 1, path, &[("do", doing), ("least", "2")]).await;
        assert_eq!(done.status, DONE, "{doing}: {}", done.body);
    }
    let done = answer(&world, 2, path, &[("do", "pledge"), ("least", "1")]).await;
    assert_eq!(done.status, DONE, "{}", done.body);
    let page = world.member(3).get(&world.path("/actions/1")).await;
    for text in ["Main gate; left", "2 people pledged together", "after it has begun"] {
        assert!(page.shows(text), "{text}: {}", page.body);
    }
    let file = world.member(3).get(&world.path("/actions/1/calendar.ics")).await;
    assert!(file.body.contains("DTSTART:20270604T070000Z\r\n"), "{}", file.body);
    assert!(file.body.contains("LOCATION:Main gate\\; left\r\n"), "{}", file.body);
    let mut member = world.member(1);
    let token = member.get(&world.path("")).await.hidden("token");
    let deed = world.path("/actions/1/deed");
    let done = member.post(&deed, &token, &new_act(), &[("did", "yes")]).await;
    assert_eq!(done.status, DONE, "{}", done.body);
    let mut onlooker = world.member(3);
    let token = onlooker.get(&world.path("")).await.hidden("token");
    let refused = onlooker.post(&deed, &token, &new_act(), &[("did", "yes")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    for odd in ["/actions/2", "/actions/0", "/actions/x"] {
        let page = world.member(3).get(&world.path(odd)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_would_be_removed_is_heard_wherever_it_is_judged() {
    let world = World::under(RULES, 4).await;
    for nobody in ["0", "9", "x", ""] {
        let page = put_forward(&world, 0, "remove", &[("member", nobody)]).await;
        assert_eq!(page.status, BROKEN, "{nobody:?}: {}", page.body);
    }
    opened(&world, "remove", &[("member", "2")]).await;
    let home = world.member(2).get(&world.path("")).await;
    assert!(home.shows("This is about you."), "{}", home.body);
    let page = world.member(2).get(&world.path("/p/0")).await;
    assert!(page.shows("you are heard"), "{}", page.body);
    // To everybody else the page is not there.
    let foreign = world.member(1).get(&world.path("/p/0/statement")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let broken = answer(&world, 2, "/p/0/statement", &[("statement", "a\u{202e}b")]).await;
    assert_eq!(broken.status, BROKEN, "{}", broken.body);
    let said = answer(&world, 2, "/p/0/statement", &[("statement", "I was ill <script>.")]).await;
    assert_eq!(said.status, DONE, "{}", said.body);
    for rest in ["/p/0", "/p/0/vote"] {
        let page = world.member(1).get(&world.path(rest)).await;
        assert!(page.shows("I was ill"), "{rest}: {}", page.body);
        assert!(!page.body.contains("<script>"), "{rest}");
    }
    let mut gone = world.member(2);
    for slot in [0, 1, 3] {
        let done = answer(&world, slot, "/p/0/vote", &[("choice", "yes")]).await;
        assert_eq!(done.status, DONE, "{}", done.body);
    }
    closed(&world).await;
    let view = world.app().view(world.group).expect("a group");
    assert!(!view.state.roll.holds(Slot(2)));
    let page = gone.get(&world.path("")).await;
    assert!(page.status != StatusCode::OK, "{}", page.body);
}
