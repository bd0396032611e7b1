//! A text on its way by forms alone: written, co-signed, judged, sent; and what goes wrong beside the way.

use http::StatusCode;
use mic_engine::ids::{ProposalNumber, Slot};
use mic_proof::ballot::{Choice, Nonce, commitment, cover};
use mic_proof::hash::{Hash, hex_decode};

use super::site::{Browser, Page, World, new_act};
use crate::small_server::{HOUR_MS, seated, until};

const FIRST: ProposalNumber = ProposalNumber(0);

/// Writes a text and puts it forward.
async fn put_forward(world: &World, author: &mut Browser, title: &str, audience: &str) -> Page {
    let fields =
        [("title", title), ("body", "At **six**."), ("audience", audience), ("do", "open")];
    let done = author.submit(&world.path("/write"), &world.path("/write"), &fields).await;
    author.follow(&done).await
}

async fn cosign(world: &World, slot: u32) -> Page {
    let mut member = world.member(slot);
    let page = member.get(&world.path("/p/0")).await;
    let fields = [("version", page.hidden("version"))];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    member.post(&world.path("/p/0/cosign"), &page.hidden("token"), &new_act(), &fields).await
}

/// Opened, co-signed and drawn: who sits.
async fn drawn(world: &World, audience: &str) -> Vec<Slot> {
    put_forward(world, &mut world.member(0), "We meet on Friday", audience).await;
    assert_eq!(cosign(world, 1).await.status, StatusCode::SEE_OTHER);
    world.forward(2 * HOUR_MS).await;
    until(world.app(), "the jury sits", || seated(world.app(), world.group, FIRST)).await
}

async fn vote(world: &World, slot: Slot, choice: &str, words: &str) -> Page {
    let mut juror = world.member(slot.0);
    let path = world.path("/p/0/jury");
    let page = juror.get(&path).await;
    let fields =
        [("draw", page.hidden("draw")), ("choice", choice.to_owned()), ("words", words.to_owned())];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    juror.post(&path, &page.hidden("token"), &new_act(), &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_text_goes_the_whole_way_and_everybody_can_read_it() {
    let world = World::with(5).await;
    let outside = format!("/public/{}", world.group);
    assert_eq!(world.browser().get(&outside).await.status, StatusCode::NOT_FOUND, "it never spoke");
    for slot in drawn(&world, "public").await {
        let done = vote(&world, slot, "yes", "").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let page = world.member(3).get(&world.path("/b/1")).await;
    assert!(page.shows("We meet on Friday") && page.shows("<strong>six</strong>"), "{}", page.body);
    let certificate = world.member(3).get(&world.path("/b/1/certificate")).await;
    assert_eq!(certificate.status, StatusCode::OK, "{}", certificate.body);
    let mut stranger = world.browser();
    for path in [outside.clone(), format!("{outside}/b/1"), format!("{outside}/feed.atom")] {
        let page = stranger.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.shows("We meet on Friday"), "{path}");
    }
    let page = stranger.get(&format!("{outside}/b/1/certificate")).await;
    assert_eq!(page.status, StatusCode::OK);
    // The proposal itself stays inside.
    assert_eq!(stranger.get(&world.path("/p/0")).await.status, StatusCode::SEE_OTHER);
    let home = world.member(2).get(&world.path("")).await;
    assert!(home.shows("We meet on Friday"));
    // The list of all has number, title, date and certificate, for members alone.
    assert!(home.shows(&world.path("/b\"")), "home leads to the list: {}", home.body);
    let list = world.member(2).get(&world.path("/b")).await;
    for shown in ["No. 1", "We meet on Friday", &world.path("/b/1/certificate\""), "2027"] {
        assert!(list.shows(shown), "{shown}: {}", list.body);
    }
    for odd in ["?before=1", "?before=0", "?before=x", "?before=99999999999", "?before=2&before=1"]
    {
        let page = world.member(2).get(&world.path(&format!("/b{odd}"))).await;
        assert_eq!(page.status, StatusCode::OK, "{odd}");
    }
    let older = world.member(2).get(&world.path("/b?before=1")).await;
    assert!(!older.shows("We meet on Friday"), "{}", older.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_acts_once() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let (write, act) = (world.path("/write"), new_act());
    let token = author.get(&write).await.hidden("token");
    let fields = [("title", "Once"), ("body", "x"), ("audience", "members"), ("do", "open")];
    let first = author.post(&write, &token, &act, &fields).await;
    let again = author.post(&write, &token, &act, &fields).await;
    assert_eq!(first.location(), again.location());
    assert_eq!(world.app().view(world.group).expect("the group").state.open.len(), 1);
    // At the same time.
    let act = new_act();
    let fields = [("title", "Both"), ("body", "x"), ("audience", "members"), ("do", "open")];
    let (mut one, mut two) = (author.clone(), author.clone());
    let (one, two) = tokio::join!(
        one.post(&write, &token, &act, &fields),
        two.post(&write, &token, &act, &fields)
    );
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.body);
    assert_eq!(two.status, StatusCode::SEE_OTHER, "{}", two.body);
    assert_eq!(world.app().view(world.group).expect("the group").state.open.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_went_back_and_answered_anew_is_taken_at_their_last_word() {
    let world = World::with(5).await;
    let seats = drawn(&world, "members").await;
    let path = world.path("/p/0/jury");
    let mut juror = world.member(seats[0].0);
    let page = juror.get(&path).await;
    let (draw, token, act) = (page.hidden("draw"), page.hidden("token"), new_act());
    // One page, kept by the browser, sent again and again with the same name of the act.
    for choice in ["yes", "no", "yes", "no"] {
        let fields = [("draw", draw.as_str()), ("choice", choice), ("reason", "Not yet")];
        let done = juror.post(&path, &token, &act, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let view = world.app().view(world.group).expect("the group");
        let step = view.state.proposal(FIRST).expect("open").step;
        let kept = view.vault.ballot(FIRST, step, seats[0]).expect("a ballot");
        assert_eq!(kept.choice, choice);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_opens_what_stands_in_the_record() {
    let world = World::with(5).await;
    let seats = drawn(&world, "members").await;
    let done = vote(&world, seats[0], "no", "pears at dusk").await;
    let receipt = world.member(seats[0].0).follow_as(&done).await;
    assert!(receipt.shows("pears at dusk"), "{}", receipt.body);
    let view = world.app().view(world.group).expect("the group");
    let open = view.state.proposal(FIRST).expect("open");
    let ballot = view.vault.ballot(FIRST, open.step, seats[0]).expect("a ballot");
    let draw: Hash = open.jury().expect("a jury").inputs_hash;
    let commitment = commitment(&draw, Choice::No, &Nonce::parse("pears at dusk").expect("words"));
    assert!(receipt.shows(&cover(&commitment, &ballot.blind).to_string()));
    // Words of one's own are words; none are the server's.
    let done = vote(&world, seats[1], "yes", "").await;
    let receipt = world.member(seats[1].0).follow_as(&done).await;
    let view = world.app().view(world.group).expect("the group");
    let made = &view.vault.ballot(FIRST, open.step, seats[1]).expect("a ballot").nonce;
    assert!(receipt.shows(made) && hex_decode(made).is_ok());
    // Nobody else has one.
    let other = world.member(0).get(&world.path("/p/0/jury/receipt")).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    // What cannot be words comes back as it was typed.
    let long = "x".repeat(65);
    let refused = vote(&world, seats[2], "yes", &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows(&long));
    let taken = vote(&world, seats[2], "no", "pears at dusk").await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_35_of_many_ballots_at_once_one_counts() {
    let world = World::with(5).await;
    let seats = drawn(&world, "members").await;
    let path = world.path("/p/0/jury");
    let mut juror = world.member(seats[0].0);
    let page = juror.get(&path).await;
    let (draw, token) = (page.hidden("draw"), page.hidden("token"));
    let mut sending = tokio::task::JoinSet::new();
    for nth in 0..200 {
        let (mut juror, path, draw, token) =
            (juror.clone(), path.clone(), draw.clone(), token.clone());
        sending.spawn(async move {
            let choice = if nth % 2 == 0 { "yes" } else { "no" };
            juror
                .post(&path, &token, &new_act(), &[("draw", &draw), ("choice", choice)])
                .await
                .status
        });
    }
    let answers = sending.join_all().await;
    assert!(answers.iter().all(|status| *status == StatusCode::SEE_OTHER), "{answers:?}");
    for slot in &seats[1..] {
        vote(&world, *slot, "yes", "").await;
    }
    let view = world.app().view(world.group).expect("the group");
    assert!(view.state.closed.contains_key(&FIRST));
    // After the close, for another draw, without a seat.
    let late = juror.post(&path, &token, &new_act(), &[("draw", &draw), ("choice", "yes")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let position = world.position();
    for slot in [0, 1] {
        let mut member = world.member(slot);
        let token = member.get(&world.path("")).await.hidden("token");
        let answer =
            member.post(&path, &token, &new_act(), &[("draw", &draw), ("choice", "no")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
    }
    assert_eq!(world.position(), position);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_35_a_ballot_of_another_draw_is_refused() {
    let world = World::with(5).await;
    let seats = drawn(&world, "members").await;
    let mut juror = world.member(seats[0].0);
    let token = juror.get(&world.path("/p/0/jury")).await.hidden("token");
    for draw in ["00".repeat(32), "x".to_owned(), String::new()] {
        let fields = [("draw", draw.as_str()), ("choice", "yes")];
        let answer = juror.post(&world.path("/p/0/jury"), &token, &new_act(), &fields).await;
        assert!(answer.status.is_client_error(), "{draw}");
    }
    let view = world.app().view(world.group).expect("the group");
    assert!(view.vault.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cosignature_for_a_text_that_changed_meanwhile_shows_what_changed() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    put_forward(&world, &mut author, "First", "members").await;
    let mut reader = world.member(1);
    let read = reader.get(&world.path("/p/0")).await;
    let (version, token) = (read.hidden("version"), read.hidden("token"));
    // The author changes the text.
    let drafted = author
        .submit(&world.path("/p/0"), &world.path("/p/0/answer"), &[("choice", "revise")])
        .await;
    let draft = author.follow(&drafted).await;
    let fields =
        [("title", "Second"), ("body", "At **seven**."), ("audience", "members"), ("do", "open")];
    let path = drafted.location();
    let posted = author.post(&path, &draft.hidden("token"), &new_act(), &fields).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.body);
    let stale =
        reader.post(&world.path("/p/0/cosign"), &token, &new_act(), &[("version", &version)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.shows("Second") && stale.body.contains("<ins>"), "{}", stale.body);
    assert_ne!(stale.hidden("version"), version);
    let done = reader
        .post(
            &world.path("/p/0/cosign"),
            &token,
            &new_act(),
            &[("version", &stale.hidden("version"))],
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    // The author may not, and nobody twice.
    let page = author.get(&world.path("/p/0")).await;
    let own = author
        .post(
            &world.path("/p/0/cosign"),
            &page.hidden("token"),
            &new_act(),
            &[("version", &version)],
        )
        .await;
    assert_eq!(own.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_keep_every_state_and_show_what_changed() {
    let world = World::with(3).await;
    let mut author = world.member(0);
    let save = |body: &'static str| {
        [("title", "Notes"), ("body", body), ("audience", "members"), ("do", "save")]
    };
    let saved = author
        .submit(&world.path("/write"), &world.path("/write"), &save("We meet on Monday."))
        .await;
    let path = saved.location().replace("?done=draft-saved", "");
    author.submit(&path, &path, &save("We meet on Tuesday.")).await;
    let page = author.get(&path).await;
    assert!(page.shows("We meet on Tuesday.") && page.shows("Notes"));
    let second = author.get(&format!("{path}/2")).await;
    assert!(second.body.contains("<del>") && second.shows("Monday"), "{}", second.body);
    assert_eq!(author.get(&format!("{path}/3")).await.status, StatusCode::NOT_FOUND);
    // Others do not see it, not even by its address.
    assert_eq!(world.member(1).get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!world.member(1).get(&world.path("")).await.shows("Notes"));
    // What is wrong is said beside what was typed.
    let bad = [("title", ""), ("body", "Text stays"), ("audience", "members"), ("do", "open")];
    let refused = author.submit(&path, &path, &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows("Text stays"));
    let long = "ä".repeat(40_000);
    let bad = [("title", "Long"), ("body", long.as_str()), ("audience", "members"), ("do", "save")];
    let refused = author.submit(&path, &path, &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows(&long));
    let deleted = author.submit(&path, &path, &[("do", "delete")]).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER);
    assert_eq!(author.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing_that_was_typed() {
    let world = World::with(3).await;
    let mut author = world.member(0);
    let (write, act) = (world.path("/write"), new_act());
    let token = author.get(&write).await.hidden("token");
    world.store.set_pages_max(1).expect("a limit");
    let text = format!("Everything I wrote. {}", "word ".repeat(12_000));
    let fields =
        [("title", "Full"), ("body", text.as_str()), ("audience", "members"), ("do", "save")];
    let mut refused = author.post(&write, &token, &act, &fields).await;
    // The file has free pages; more texts use them up.
    for _ in 0..20 {
        if refused.status != StatusCode::SEE_OTHER {
            break;
        }
        refused = author.post(&write, &token, &new_act(), &fields).await;
    }
    assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE);
    assert!(refused.shows("Everything I wrote."));
    assert_eq!(author.get(&world.path("")).await.status, StatusCode::OK, "reading goes on");
    world.store.set_pages_max(1_000_000).expect("room again");
    // The button of that page sends it again.
    let again = [
        ("title", refused.hidden("title")),
        ("body", refused.hidden("body")),
        ("do", refused.hidden("do")),
    ];
    let again: Vec<(&str, &str)> =
        again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let saved = author.post(&write, &refused.hidden("token"), &refused.hidden("act"), &again).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_who_was_declined_reads_why_and_revises_once() {
    let world = World::with(5).await;
    let seats = drawn(&world, "members").await;
    for slot in seats {
        let mut juror = world.member(slot.0);
        let path = world.path("/p/0/jury");
        let page = juror.get(&path).await;
        let reason = format!("Reason of seat {slot}");
        let fields =
            [("draw", page.hidden("draw")), ("choice", "no".to_owned()), ("reason", reason)];
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        juror.post(&path, &page.hidden("token"), &new_act(), &fields).await;
    }
    let mut author = world.member(0);
    let answer = world.path("/p/0/answer");
    let page = author.get(&answer).await;
    assert!(page.shows("Reason of seat"), "{}", page.body);
    for slot in 1..5 {
        assert_eq!(world.member(slot).get(&answer).await.status, StatusCode::NOT_FOUND);
    }
    let drafted = author.submit(&answer, &answer, &[("choice", "revise")]).await;
    let draft = author.follow(&drafted).await;
    let fields =
        [("title", "Better"), ("body", "At **eight**."), ("audience", "members"), ("do", "open")];
    let done = author.post(&drafted.location(), &draft.hidden("token"), &new_act(), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let open = world.app().view(world.group).expect("the group");
    let open = open.state.proposal(FIRST).expect("open").clone();
    assert!(open.revised && open.versions.len() == 2);
}

impl Browser {
    async fn follow_as(mut self, page: &Page) -> Page {
        self.follow(page).await
    }
}
