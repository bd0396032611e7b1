//! What must never come out: who answered what, names that were not shown, addresses, texts that did not pass.

use std::fmt::Write as _;

use http::StatusCode;
use mic::web::PAGES;
use mic_engine::ids::{ProposalNumber, Seq, Slot};
use mic_store::contract::Journal;

use super::site::{World, new_act};
use crate::small_server::{HOUR_MS, seated, until};

const WORDS: &str = "canary-words-of-a-juror";
const REASON: &str = "canary-reason-to-the-author";

/// Every page of the group that can be read, as one reader sees it.
async fn everything(world: &World, slot: Option<u32>) -> String {
    let mut all = String::new();
    let group = world.group.to_string();
    let mut reader = slot.map_or_else(|| world.browser(), |slot| world.member(slot));
    for (pattern, methods) in PAGES {
        if !methods.contains(&"get") {
            continue;
        }
        let path = pattern
            .replace("{group}", &group)
            .replace("{proposal}", "0")
            .replace("{broadcast}", "1");
        let path = path.replace("{*path}", "entries/000.p/1");
        let page = reader.get(&path).await;
        writeln!(all, "{:?}\n{}", page.headers, page.body).expect("memory takes it");
    }
    all
}

/// A text that is written, co-signed and drawn for: who sits.
async fn drawn(world: &World) -> Vec<Slot> {
    let mut author = world.member(0);
    let write = world.path("/write");
    let fields = [("title", "Bread"), ("body", "For all"), ("audience", "members"), ("do", "open")];
    author.submit(&write, &write, &fields).await;
    let mut cosigner = world.member(1);
    let page = cosigner.get(&world.path("/p/0")).await;
    let version = page.hidden("version");
    cosigner
        .post(
            &world.path("/p/0/cosign"),
            &page.hidden("token"),
            &new_act(),
            &[("version", &version)],
        )
        .await;
    world.forward(2 * HOUR_MS).await;
    let proposal = ProposalNumber(0);
    until(world.app(), "the jury sits", || seated(world.app(), world.group, proposal)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn case_36_what_a_juror_said_is_read_by_that_juror_alone() {
    let world = World::with(5).await;
    let seats = drawn(&world).await;
    let mut juror = world.member(seats[0].0);
    let jury = world.path("/p/0/jury");
    let page = juror.get(&jury).await;
    let (draw, token) = (page.hidden("draw"), page.hidden("token"));
    let fields = [("draw", draw.as_str()), ("choice", "no"), ("words", WORDS), ("reason", REASON)];
    let cast = juror.post(&jury, &token, &new_act(), &fields).await;
    assert_eq!(cast.status, StatusCode::SEE_OTHER, "{}", cast.body);
    assert!(juror.get(&world.path("/p/0/jury/receipt")).await.shows(WORDS));
    for slot in (0..5).filter(|slot| *slot != seats[0].0).map(Some).chain([None]) {
        let seen = everything(&world, slot).await;
        assert!(!seen.contains(WORDS) && !seen.contains(REASON), "{slot:?}");
    }
    let entries = world.store.entries(world.group, Seq(0), 1_000).expect("the store");
    for entry in entries {
        let text = String::from_utf8(entry.bytes).expect("text");
        assert!(
            !text.contains(WORDS) && !text.contains(REASON) && !text.contains("Person"),
            "{text}"
        );
    }
    // At rest nothing is readable either.
    for name in std::fs::read_dir(world.folder.path()).expect("the folder") {
        let bytes = std::fs::read(name.expect("a file").path()).expect("a file");
        for canary in [WORDS, REASON, "member1@people.example", "Person 1 of people", "For all"] {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "{canary}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_36_yes_and_no_look_alike_from_outside() {
    let mut seen = Vec::new();
    for choice in ["yes", "no"] {
        let world = World::with(5).await;
        let seats = drawn(&world).await;
        let mut juror = world.member(seats[0].0);
        let jury = world.path("/p/0/jury");
        let page = juror.get(&jury).await;
        let (draw, token) = (page.hidden("draw"), page.hidden("token"));
        let fields = [("draw", draw.as_str()), ("choice", choice)];
        let cast = juror.post(&jury, &token, &new_act(), &fields).await;
        let watching = world.member(0).get(&world.path("/p/0")).await;
        seen.push((
            (cast.status, cast.body.len(), cast.headers.len(), cast.location().len()),
            (watching.status, watching.without_chance().len(), watching.headers.len()),
        ));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_09_a_text_that_did_not_pass_is_for_those_who_had_a_part_in_it() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let write = world.path("/write");
    let fields = [("title", "Canary title"), ("body", "x"), ("audience", "public"), ("do", "open")];
    author.submit(&write, &write, &fields).await;
    assert!(
        world.member(3).get(&world.path("/p/0")).await.shows("Canary title"),
        "open ones are for all"
    );
    let withdraw = world.path("/p/0/withdraw");
    author.submit(&withdraw, &withdraw, &[("sure", "yes")]).await;
    for slot in [Some(3), None] {
        assert!(!everything(&world, slot).await.contains("Canary title"), "{slot:?}");
    }
    assert!(world.member(0).get(&world.path("/p/0")).await.shows("Canary title"));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_were_not_shown_and_addresses_are_nowhere() {
    let world = World::with(5).await;
    for slot in [Some(0), Some(1), None] {
        let seen = everything(&world, slot).await;
        for other in (0..5).filter(|other| Some(*other) != slot) {
            assert!(!seen.contains(&format!("member{other}@people")), "{slot:?} sees {other}");
            assert!(!seen.contains(&format!("Person {other} of")), "{slot:?} sees {other}");
        }
    }
}
