//! Staying signed in: while one acts, for a year at most, and never by reading.

use http::StatusCode;
use mic_engine::ids::LogTime;
use mic_proof::hash::hex_decode;
use mic_store::contract::{Sessions, Token};

use super::site::{World, new_act};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lasts_while_it_is_used_and_a_year_at_most() {
    const DAY_MS: u64 = 86_400_000;
    let world = World::with(3).await;
    let settings = world.path("/settings");
    let fields = [("name", ""), ("language", "en"), ("zone", "UTC"), ("rest_days", "0")];
    let (mut acts, mut reads) = (world.member(0), world.member(1));
    let mut days = 0;
    while days < 340 {
        world.clock.forward(40 * DAY_MS);
        days += 40;
        let page = acts.get(&settings).await;
        assert_eq!(page.status, StatusCode::OK, "day {days}");
        let saved = acts.post(&settings, &page.hidden("token"), &new_act(), &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let read = reads.get(&settings).await.status;
        let expected = if days < 60 { StatusCode::OK } else { StatusCode::SEE_OTHER };
        assert_eq!(read, expected, "reading renews nothing, day {days}");
    }
    world.clock.forward(4 * DAY_MS);
    assert_eq!(acts.get(&settings).await.status, StatusCode::OK, "day 364");
    world.clock.forward(DAY_MS);
    assert_eq!(acts.get(&settings).await.status, StatusCode::SEE_OTHER, "day 365");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_renewed_once_a_day_and_by_nothing_that_is_turned_away() {
    const DAY_MS: u64 = 86_400_000;
    let world = World::with(3).await;
    let settings = world.path("/settings");
    let fields = [("name", ""), ("language", "en"), ("zone", "UTC"), ("rest_days", "0")];
    let mut member = world.member(0);
    let cookie = hex_decode(&member.cookies["__Host-mic-session"]).expect("a token");
    let ends = || {
        let now = LogTime(world.app().wall().0);
        let session = world.store.session(Token(&cookie), now).expect("the store");
        session.expect("alive").expires.0
    };
    let token = member.get(&settings).await.hidden("token");
    let first = ends();
    world.clock.forward(DAY_MS - 1);
    member.post(&settings, &token, &new_act(), &fields).await;
    assert_eq!(ends(), first, "within a day nothing is written");
    world.clock.forward(1);
    member.get(&settings).await;
    let refused = member.post(&settings, "no token", &new_act(), &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(ends(), first, "a forged form renews nothing");
    member.post(&settings, &token, &new_act(), &fields).await;
    assert_eq!(ends(), first + DAY_MS);
}
