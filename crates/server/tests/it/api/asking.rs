//! A question to everybody by calls alone: opened, answered with a receipt that opens its cover, and everything that is refused beside it.

use mic_proof::ballot::{Nonce, commitment_of, cover};
use mic_proof::hash::{Hash, hex_decode};
use serde_json::json;

use super::world::World;

/// Member 0 asks a question, 1 and 2 co-sign it; the vote runs.
async fn voting(world: &World) {
    let author = world.token(0, "act");
    let text = json!({"title": "Do we meet?", "body": "At six.", "audience": "members", "content": {"kind": "decision", "options": []}});
    let open = json!({"process": "decision", "text": text});
    world.inside("POST", "/proposals", &[]).by(&author).key("ask").json(&open).gives(201).await;
    let list = world.inside("GET", "/proposals", &[]).by(&author).gives(200).await;
    let version = list.text("/proposals/0/version").to_owned();
    for slot in [1, 2] {
        let token = world.token(slot, "act");
        let call = world.inside("POST", "/proposals/{proposal}/cosign", &["0"]).by(&token);
        call.key("co-sign").json(&json!({"version": version})).gives(200).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_is_cast_by_a_call_and_its_receipt_opens_the_cover() {
    let world = World::new().await;
    voting(&world).await;
    let token = world.token(3, "act");
    let duties = world.inside("GET", "/duties", &[]).by(&token).gives(200).await;
    assert_eq!(duties.text("/duties/0/kind"), "vote");
    let vote = || world.inside("GET", "/proposals/{proposal}/vote", &["0"]).by(&token);
    let shown = vote().gives(200).await;
    assert_eq!(shown.text("/method"), "yes_no");
    let stage = shown.text("/stage").to_owned();
    let cast = || world.inside("POST", "/proposals/{proposal}/vote", &["0"]).by(&token);
    let other = "0".repeat(64);
    for (body, key) in [
        (json!({"stage": other, "choice": "yes"}), "other-stage"),
        (json!({"stage": stage, "choice": "maybe"}), "choice-invalid"),
        (json!({"stage": stage, "choice": "0>1"}), "choice-invalid"),
        (json!({"stage": stage, "choice": "yes", "nonce": "a\nb"}), "nonce-invalid"),
    ] {
        let refused = cast().key(key).json(&body).gives(409).await;
        assert_eq!(refused.key(), key);
    }
    let body = json!({"stage": stage, "choice": "yes", "nonce": "pears at dusk"});
    let receipt = cast().key("cast").json(&body).gives(200).await;
    let again = cast().key("cast").json(&body).gives(200).await;
    assert_eq!(receipt.bytes, again.bytes, "sent again, it is done once");
    let blind: [u8; 32] =
        hex_decode(receipt.text("/blind")).expect("digits").try_into().expect("32 bytes");
    let nonce = Nonce::parse(receipt.text("/nonce")).expect("a nonce");
    let stage: Hash = stage.parse().expect("a hash");
    let covered = cover(&commitment_of(&stage, "yes", &nonce), &blind);
    assert_eq!(receipt.text("/cover"), covered.to_string());
    let shown = vote().gives(200).await;
    assert_eq!(shown.json["answered"], true);
    assert!(!String::from_utf8_lossy(&shown.bytes).contains("pears"), "what was cast is in no GET");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_of_other_stages_and_other_peoples_are_refused_with_their_names() {
    let world = World::new().await;
    voting(&world).await;
    let token = world.token(3, "act");
    let post = |pattern: &str, key: &str| {
        world
            .inside("POST", &format!("/proposals/{{proposal}}{pattern}"), &["0"])
            .by(&token)
            .key(key)
    };
    let version = "0".repeat(64);
    let ballot = json!({"stage": version, "choice": "2"});
    for (pattern, body, key) in [
        ("/position", json!({"version": version, "position": "agree"}), "wrong-stage"),
        ("/objection", json!({"reason": "No."}), "wrong-stage"),
        ("/objection/takeback", json!({}), "wrong-stage"),
        ("/pledge", ballot, "wrong-stage"),
        ("/pledge/takeback", json!({}), "wrong-stage"),
        ("/statement", json!({"statement": "It was not me."}), "not-concerned"),
    ] {
        let refused = post(pattern, pattern).json(&body).gives(409).await;
        assert_eq!(refused.key(), key, "{pattern}");
    }
    let deed = world.inside("POST", "/actions/{action}/deed", &["1"]).by(&token).key("deed");
    assert_eq!(deed.json(&json!({"done": true})).gives(409).await.key(), "no-such-action");
    let pledge = world.inside("GET", "/proposals/{proposal}/pledge", &["0"]).by(&token);
    assert_eq!(pledge.gives(409).await.key(), "wrong-stage");
    let odd = post("/position", "odd").json(&json!({"version": version, "position": "maybe"}));
    odd.gives(422).await;
    world.stop().await;
}
