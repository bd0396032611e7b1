//! The world fails under a call: what is said is problem details that name nothing of the inside, and what was there before stays.

use mic::api::ROUTES;
use mic_store::contract::Fault;
use serde_json::{Value, json};

use super::world::{Answer, World};
use crate::doubtful_store::{MakeFault, Part};

/// What stands inside the faults below, and may stand in no answer.
const INSIDE: &str = "SECRET-PLACE";

/// A fault, and the status and key by which the API says it.
const FAULTS: [(MakeFault, u16, &str); 5] = [
    (|| Fault::Io(INSIDE.to_owned()), 500, "broken"),
    (|| Fault::Database(INSIDE.to_owned()), 500, "broken"),
    (|| Fault::Busy, 503, "busy"),
    (|| Fault::Unknown(INSIDE.to_owned()), 503, "unknown"),
    (|| Fault::Full, 507, "full"),
];

fn hold(answer: &Answer, status: u16, key: &str, what: &str) {
    assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.json);
    assert_eq!(answer.headers["content-type"], "application/problem+json", "{what}");
    assert_eq!(answer.key(), key, "{what}");
    let said = answer.json.to_string();
    for inside in [INSIDE, "sqlite", "SQLite", ".rs", "panicked", "/tmp", "disk failed"] {
        assert!(!said.contains(inside), "{what}: {said}");
    }
    let calms = ["Nothing was changed", "Nothing that was there before is lost"];
    assert!(calms.iter().any(|calm| said.contains(calm)), "{what}: {said}");
    assert_eq!(answer.headers.contains_key("retry-after"), status == 503, "{what}");
}

/// Some body that each route takes; nothing of it is reached.
fn body(pattern: &str) -> Value {
    match pattern {
        "/groups" => json!({"name": "New", "language": "en", "members": []}),
        _ => json!({}),
    }
}

fn places(pattern: &str, group: &str) -> Vec<String> {
    let places = pattern.split('/').filter(|part| part.starts_with('{'));
    places
        .map(|place| match place {
            "{group}" => group.to_owned(),
            "{hash}" => "ab".repeat(32),
            "{token}" => "ab".repeat(16),
            _ => "0".to_owned(),
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_at_the_door_is_said_alike_by_every_route() {
    let world = World::with_doubtful_store().await;
    let store = world.doubtful.clone().expect("a store that fails");
    let (token, group) = (world.token(0, "act"), world.group.to_string());
    for (fault, status, key) in FAULTS {
        // What a call may be told is described for calls that act; reading never meets a full disk.
        for (pattern, methods) in ROUTES.iter().filter(|(pattern, _)| *pattern != "/openapi.json") {
            for method in *methods {
                let acts = *method != "get";
                if status == 507 && !acts {
                    continue;
                }
                store.fall_ill(Part::Tokens, fault);
                let places = places(pattern, &group);
                let places: Vec<&str> = places.iter().map(String::as_str).collect();
                let call = world.call(&method.to_uppercase(), pattern, &places).by(&token);
                let call = if acts { call.json(&body(pattern)) } else { call };
                let answer = call.send().await;
                store.recover();
                hold(&answer, status, key, &format!("{method} {pattern}"));
            }
        }
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_while_reading_breaks_one_call_and_no_other() {
    let world = World::with_doubtful_store().await;
    let store = world.doubtful.clone().expect("a store that fails");
    let token = world.token(0, "act");
    for pattern in ["", "/people", "/charter", "/entries", "/settings"] {
        for (fault, status, key) in FAULTS.into_iter().filter(|(_, status, _)| *status != 507) {
            store.fall_ill(Part::Reads, fault);
            let answer = world.inside("GET", pattern, &[]).by(&token).send().await;
            store.recover();
            hold(&answer, status, key, pattern);
            world.inside("GET", pattern, &[]).by(&token).gives(200).await;
        }
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_saved_is_said_and_can_be_sent_again_under_the_same_key() {
    let world = World::with_doubtful_store().await;
    let store = world.doubtful.clone().expect("a store that fails");
    let token = world.token(0, "act");
    let text = json!({"title": "Bread", "body": "For all.", "audience": "members"});
    let founding: Vec<Value> = (0..3)
        .map(|nth| json!({"name": format!("Person {nth}"), "email": format!("p{nth}@x.example")}))
        .collect();
    let acts = [
        ("/groups/{group}/proposals", json!({"process": "message", "text": text})),
        ("/groups/{group}/rest", json!({"days": 30})),
        ("/groups/{group}/invitations", json!({"language": "en"})),
        ("/groups", json!({"name": "New", "language": "en", "members": founding})),
    ];
    let group = world.group.to_string();
    for (nth, (pattern, body)) in acts.iter().enumerate() {
        let places: &[&str] = if pattern.contains("{group}") { &[&group] } else { &[] };
        let call = || {
            let call = world.call("POST", pattern, places).by(&token).json(body);
            call.key(&format!("act-{nth}"))
        };
        let before = world.app().view(world.group).expect("the group").state.position;
        store.fall_ill(Part::Writes, || Fault::Full);
        let answer = call().send().await;
        hold(&answer, 507, "full", pattern);
        // Reading goes on.
        world.inside("GET", "", &[]).by(&token).gives(200).await;
        let after = world.app().view(world.group).expect("the group").state.position;
        assert_eq!(before, after, "{pattern}: nothing was done");
        store.recover();
        let done = call().send().await;
        assert!(done.status.is_success(), "{pattern}: {}", done.json);
        let again = call().send().await;
        assert_eq!(again.bytes, done.bytes, "{pattern}: done once");
    }
    assert_eq!(world.app().view(world.group).expect("the group").state.open.len(), 1);
    world.stop().await;
}
