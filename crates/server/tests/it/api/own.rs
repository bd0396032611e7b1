//! What a member decides alone; founding and inviting; and that every route was seen to work.

use serde_json::{Value, json};

use super::world::{DAY_MS, World};
use crate::small_server::START_MS;

#[tokio::test(flavor = "multi_thread")]
async fn choices_come_back_as_they_were_sent() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let chosen = json!({"name": "Ada Paris", "show_name": true, "language": "de", "zone": "Europe/Berlin",
        "mail_broadcasts": true, "mail_duty": false, "mail_activity": false});
    world.inside("PUT", "/settings", &[]).by(&token).json(&chosen).gives(200).await;
    let read = world.inside("GET", "/settings", &[]).by(&token).gives(200).await;
    assert_eq!(read.json, chosen);
    let second = world.token(1, "act");
    let people = world.inside("GET", "/people", &[]).by(&second).asking("limit=2").gives(200).await;
    assert_eq!((people.text("/people/0/name"), people.number("/next")), ("Ada Paris", 2));
    assert_eq!(
        people.json["people"][1],
        json!({"slot": 1, "name": null, "you": true}),
        "a founder's typed name is not shown"
    );
    let mut same = chosen.clone();
    same["name"] = json!("Ada P\u{430}ris");
    let taken = world.inside("PUT", "/settings", &[]).by(&second).json(&same).gives(422).await;
    assert_eq!(taken.text("/error/field"), "/name", "the letter is Cyrillic");
    // Hidden it may be kept, but not shown afterwards.
    same["show_name"] = json!(false);
    world.inside("PUT", "/settings", &[]).by(&second).json(&same).gives(200).await;
    same["show_name"] = json!(true);
    world.inside("PUT", "/settings", &[]).by(&second).json(&same).gives(422).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pauses_rests_and_leaving_are_done_at_once() {
    let world = World::new().await;
    let token = world.token(3, "act");
    let until = START_MS + 10 * DAY_MS;
    let post = |path: &str, body: Value| world.inside("POST", path, &[]).by(&token).json(&body);
    post("/pause", json!({"until": until})).gives(200).await;
    post("/rest", json!({"days": 14})).gives(200).await;
    let group = world.inside("GET", "", &[]).by(&token).gives(200).await;
    assert_eq!(group.json["you"], json!({"slot": 3, "paused_until": until, "rest_days": 14}));
    post("/resume", json!({})).gives(200).await;
    assert_eq!(post("/pause", json!({"until": 1})).gives(409).await.key(), "pause-out-of-range");
    assert_eq!(post("/rest", json!({"days": 91})).gives(409).await.key(), "rest-out-of-range");
    post("/leave", json!({"sure": true})).gives(200).await;
    // The account is gone with its last group, and its tokens with it.
    world.inside("GET", "", &[]).by(&token).gives(401).await;
    let fourth = world.token(4, "act");
    world.inside("POST", "/erase", &[]).by(&fourth).json(&json!({"sure": true})).gives(200).await;
    world.inside("GET", "", &[]).by(&fourth).gives(401).await;
    let rest = world.token(0, "read");
    assert_eq!(world.inside("GET", "", &[]).by(&rest).gives(200).await.number("/members"), 4);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_changes_and_a_co_signer_takes_back() {
    let world = World::new().await;
    let (author, other) = (world.token(0, "act"), world.token(1, "act"));
    let text = |body: &str| json!({"title": "T", "body": body, "audience": "members"});
    let open = json!({"process": "message", "text": text("one")});
    world.inside("POST", "/proposals", &[]).by(&author).json(&open).gives(201).await;
    let line = world.inside("GET", "/proposals/{proposal}", &["0"]).by(&other).gives(200).await;
    assert_eq!(line.text("/you/part"), "may_co_sign");
    let first = line.text("/version").to_owned();
    let sign = |version: &str| {
        let call = world.inside("POST", "/proposals/{proposal}/cosign", &["0"]).by(&other);
        call.json(&json!({"version": version}))
    };
    let posted = world.inside("POST", "/proposals/{proposal}/versions", &["0"]).by(&author);
    posted.json(&text("two")).gives(200).await;
    let stale = sign(&first).gives(409).await;
    assert_eq!(stale.key(), "other-version");
    let current = stale.text("/error/detail").to_owned();
    sign(&current).gives(200).await;
    let back = || world.inside("POST", "/proposals/{proposal}/takeback", &["0"]).by(&other);
    back().gives(200).await;
    assert_eq!(back().json(&json!({})).gives(409).await.key(), "not-cosigned");
    let changed = world.inside("GET", "/proposals/{proposal}", &["0"]).by(&author).gives(200).await;
    assert_eq!(
        (changed.text("/versions/0/version"), changed.text("/versions/1/version")),
        (&*current, &*first)
    );
    assert_eq!(changed.number("/standing/have"), 0);
    let charter = world.inside("GET", "/charter", &[]).by(&other).gives(200).await;
    assert!(charter.text("/text").contains("charter = 1"));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_founded_once_and_nothing_is_half_done() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let member = |nth: u32, email: &str| json!({"name": format!("Person {nth}"), "email": email});
    let founding =
        |members: Vec<Value>| json!({"name": "New", "language": "en", "members": members});
    let three = || {
        vec![
            member(0, "member0@people.example"),
            member(1, "b@x.example"),
            member(2, "c@x.example"),
        ]
    };
    let send =
        |key: &str, body: &Value| world.call("POST", "/groups", &[]).by(&token).key(key).json(body);
    for (at, broken, field) in [
        (1, member(1, "no address"), "/members/1/email"),
        (2, member(2, "B@X.example "), "/members/2/email"),
        (2, member(1, "d@x.example"), "/members/2/name"),
        (0, json!({"name": "", "email": "a@x.example"}), "/members/0/name"),
        (0, json!({"name": "A", "email": "a@x.example", "language": "tlh"}), "/members/0/language"),
    ] {
        let mut members = three();
        members[at] = broken;
        let answer = send("x", &founding(members)).gives(422).await;
        assert_eq!(answer.text("/error/field"), field, "{}", answer.json);
    }
    assert_eq!(
        send("few", &founding(three()[..2].to_vec())).gives(409).await.key(),
        "too-few-members"
    );
    let mut bad_rules = founding(three());
    bad_rules["charter"] = json!("charter = 1");
    assert_eq!(send("rules", &bad_rules).gives(409).await.key(), "charter-invalid");
    let groups = async || {
        world.call("GET", "/groups", &[]).by(&token).gives(200).await.json["groups"]
            .as_array()
            .map(Vec::len)
    };
    assert_eq!(groups().await, Some(1), "nothing was founded so far");
    let first = send("good", &founding(three())).gives(201).await;
    let second = send("good", &founding(three())).gives(201).await;
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(groups().await, Some(2));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ready_charter_is_named_or_a_text_is_sent_and_never_both() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let listed = world.call("GET", "/charters", &[]).by(&token).gives(200).await;
    let charters = listed.json["charters"].as_array().expect("a list").clone();
    assert!(charters.len() >= 3);
    let people: Vec<Value> = (0..4)
        .map(|nth| json!({"name": format!("Person {nth}"), "email": format!("p{nth}@x.example")}))
        .collect();
    let founding = |extra: Value| {
        let mut body = json!({"name": "New", "language": "en", "members": people});
        for (name, value) in extra.as_object().expect("fields") {
            body[name] = value.clone();
        }
        body
    };
    let send = |body: &Value| world.call("POST", "/groups", &[]).by(&token).json(body);
    for charter in &charters {
        let done = send(&founding(json!({"ready": charter["id"]}))).gives(201).await;
        let group = mic_engine::ids::GroupId::parse(done.text("/group")).expect("an id");
        let view = world.app().view(group).expect("founded");
        assert_eq!(view.state.charter_hash.to_string(), charter["hash"].as_str().expect("a hash"));
    }
    let both = founding(json!({"ready": "default", "charter": charters[0]["text"]}));
    for broken in [both, founding(json!({"ready": "none"})), founding(json!({"ready": ""}))] {
        assert_eq!(send(&broken).gives(422).await.text("/error/field"), "/ready");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_sent_twice_is_one() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let send = |key: &str, body: &Value| {
        world.inside("POST", "/invitations", &[]).by(&token).key(key).json(body)
    };
    let by_link = json!({"statement": "We drive the same line.", "language": "de"});
    let first = send("a", &by_link).gives(201).await;
    let again = send("a", &by_link).gives(201).await;
    assert_eq!(first.bytes, again.bytes);
    assert!(first.text("/link").starts_with("https://mic.example/i/"));
    let by_letter =
        send("b", &json!({"email": "cem@x.example", "language": "en"})).gives(201).await;
    assert_eq!(by_letter.json["link"], Value::Null, "only its reader sees it");
    assert_eq!(world.app().store().candidates(world.group).expect("a store").len(), 2);
    for nth in 0..3 {
        send(&format!("c{nth}"), &by_link).gives(201).await;
    }
    assert_eq!(send("d", &by_link).gives(409).await.key(), "too-many-open");
    world.stop().await;
}
