//! Asking for a sign-in link for somebody else, over and over: it floods nobody and locks nobody out.

use http::StatusCode;
use mic_engine::ids::{LogTime, Slot};
use mic_store::contract::{Month, People};

use super::signing_in::{KNOWN, MINUTE_MS, OTHER, is_signed_in, path_of, type_code};
use super::site::{World, new_act};

#[tokio::test(flavor = "multi_thread")]
async fn case_24_nobody_can_be_flooded_with_letters() {
    let world = World::with(22).await;
    for _ in 0..6 {
        world.browser().ask_to_sign_in(KNOWN).await;
    }
    assert_eq!(world.letter().await.address, KNOWN);
    assert!(world.no_letter(OTHER).await, "one in ten minutes");
    // Two more in the day of an address that never signed in, then no more.
    for _ in 0..2 {
        world.clock.forward(11 * MINUTE_MS);
        world.browser().ask_to_sign_in(KNOWN).await;
        assert_eq!(world.letter().await.address, KNOWN);
    }
    world.clock.forward(11 * MINUTE_MS);
    world.browser().ask_to_sign_in(KNOWN).await;
    assert!(world.no_letter("member3@people.example").await, "three in a day");
    // Somebody who has been here gets more, but not many.
    let month = Month::of(LogTime(world.app().wall().0));
    world.store.mark_active(world.group, Slot(1), month).expect("the store");
    let mut letters = 3;
    for nth in 4..22 {
        world.clock.forward(10 * MINUTE_MS);
        world.browser().ask_to_sign_in(KNOWN).await;
        let written = world.letters_when_asking(&format!("member{nth}@people.example")).await;
        letters += written.iter().filter(|address| *address == KNOWN).count();
    }
    assert!((6..=9).contains(&letters), "{letters} in four hours");
}

/// A stranger asks in a browser of their own and types wrong codes until none counts any more.
async fn harass(world: &World, address: &str) {
    let mut stranger = world.browser();
    stranger.ask_to_sign_in(address).await;
    for _ in 0..6 {
        type_code(&mut stranger, "12345").await;
    }
    assert!(!is_signed_in(&stranger));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_24_a_stranger_who_keeps_asking_locks_nobody_out() {
    let world = World::with(4).await;
    // All the letters of a day are used up, and every code is spoiled.
    let mut last = None;
    for _ in 0..3 {
        harass(&world, KNOWN).await;
        last = Some(world.letter().await);
        world.clock.forward(11 * MINUTE_MS);
    }
    let last = last.expect("three letters");
    for _ in 0..20 {
        harass(&world, KNOWN).await;
        world.clock.forward(60 * MINUTE_MS);
    }
    // Hours later the person wants to sign in: no letter comes, but the last one works.
    let mut person = world.browser();
    person.ask_to_sign_in(KNOWN).await;
    assert!(world.no_letter("member3@people.example").await);
    type_code(&mut person, last.code.as_deref().expect("digits")).await;
    assert!(!is_signed_in(&person), "its code was spoiled");
    let link = path_of(&last.link);
    // Not for somebody who never asked, nor for who asked with another address.
    for asked in [None, Some(OTHER)] {
        let mut elsewhere = world.browser();
        if let Some(address) = asked {
            elsewhere.ask_to_sign_in(address).await;
            assert_eq!(world.letter().await.address, OTHER);
        }
        let token = elsewhere.get("/").await.hidden("token");
        elsewhere.post(&link, &token, &new_act(), &[]).await;
        assert!(!is_signed_in(&elsewhere), "{asked:?}");
    }
    let token = person.get(&link).await.hidden("token");
    let done = person.post(&link, &token, &new_act(), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(is_signed_in(&person));
    // Now that somebody reads this address, another device waits an hour at most.
    harass(&world, KNOWN).await;
    assert_eq!(world.letter().await.address, KNOWN);
    world.clock.forward(60 * MINUTE_MS);
    let mut phone = world.browser();
    phone.ask_to_sign_in(KNOWN).await;
    let code = world.letter().await.code.expect("digits");
    type_code(&mut phone, &code).await;
    assert!(is_signed_in(&phone));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_24_a_letter_that_a_stranger_asked_for_serves_its_reader() {
    let world = World::with(4).await;
    world.browser().ask_to_sign_in(KNOWN).await;
    let letter = world.letter().await;
    // Within the pause no second one comes; the code of the first is typed into the browser that asked second.
    let mut person = world.browser();
    person.submit("/signin", "/signin", &[("email", KNOWN), ("next", "/new")]).await;
    let done = type_code(&mut person, letter.code.as_deref().expect("digits")).await;
    assert!(is_signed_in(&person), "{}", done.body);
    assert_eq!(done.location(), "/new?done=signed-in", "where this browser wanted to go");
    // An invitation from inside is no sign-in letter, and takes the place of none.
    let mut inviter = world.member(0);
    let invite = world.path("/invite");
    inviter.submit(&invite, &invite, &[("email", OTHER), ("language", "en")]).await;
    assert_eq!(world.letter().await.code, None);
    let mut invited = world.browser();
    invited.ask_to_sign_in(OTHER).await;
    let code = world.letter().await.code.expect("digits");
    type_code(&mut invited, &code).await;
    assert!(is_signed_in(&invited));
}
