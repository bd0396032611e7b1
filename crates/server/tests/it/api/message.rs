//! A message from its opening to its certificate; and what a juror answered, in no answer of any route.

use std::collections::BTreeSet;

use mic_engine::ids::ProposalNumber;
use mic_proof::ballot::{Choice, Nonce, commitment, cover};
use mic_proof::hash::Hash;
use serde_json::{Value, json};

use super::world::{MEMBERS, World};
use crate::small_server::{HOUR_MS, seated, until};

fn message(title: &str) -> Value {
    let text = json!({"title": title, "body": "At **six**, by the gate.", "audience": "public"});
    json!({"process": "message", "text": text})
}

/// Member 0 opens a proposal, 1 and 2 co-sign it, and its jury is drawn. The slots of the jury.
async fn seated_jury(world: &mut World) -> Vec<u32> {
    let author = world.token(0, "act");
    let call = world.inside("POST", "/proposals", &[]).by(&author).key("opening");
    let opened = call.clone().json(&message("We meet on Friday")).gives(201).await;
    let again = call.clone().json(&message("We meet on Friday")).gives(201).await;
    assert_eq!(opened.bytes, again.bytes, "sent again, it is done once");
    let other = call.json(&message("Something else")).gives(409).await;
    assert_eq!(other.key(), "key-reused");
    let list = world.inside("GET", "/proposals", &[]).by(&author).gives(200).await;
    assert_eq!(list.json["proposals"].as_array().map(Vec::len), Some(1), "acted once");
    let version = list.text("/proposals/0/version").to_owned();
    for slot in [1, 2] {
        let token = world.token(slot, "act");
        let call =
            world.inside("POST", "/proposals/{proposal}/cosign", &["0"]).by(&token).key("co-sign");
        let call = call.json(&json!({"version": version}));
        let first = call.clone().gives(200).await;
        let second = call.gives(200).await;
        assert_eq!(first.bytes, second.bytes);
    }
    world.later(2 * HOUR_MS).await;
    let (app, group) = (world.app(), world.group);
    let seats = until(app, "the jury sits", || seated(app, group, ProposalNumber(0))).await;
    seats.into_iter().map(|slot| slot.0).collect()
}

/// Every answer that a member can read about the first group.
async fn everything(world: &World, slot: u32) -> Vec<(String, Value)> {
    let token = world.token(slot, "read");
    let mut answers = Vec::new();
    for (pattern, places) in [
        ("", &[][..]),
        ("/charter", &[]),
        ("/people", &[]),
        ("/duties", &[]),
        ("/proposals", &[]),
        ("/proposals/{proposal}", &["0"]),
        ("/proposals/{proposal}/jury", &["0"]),
        ("/proposals/{proposal}/answer", &["0"]),
        ("/broadcasts", &[]),
        ("/entries", &[]),
        ("/checkpoint", &[]),
        ("/settings", &[]),
    ] {
        let answer = world.inside("GET", pattern, places).by(&token).send().await;
        answers.push((format!("{pattern} for {slot}"), answer.json));
    }
    answers
}

/// Names of fields anywhere in a value, also in entries, whose text is JSON itself.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                found.insert(name.clone());
                names(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::String(text) if text.starts_with('{') => {
            if let Ok(inner) = serde_json::from_str(text) {
                names(&inner, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_juror_answered_is_in_no_answer() {
    let mut world = World::new().await;
    let jury = seated_jury(&mut world).await;
    let juror = world.token(jury[0], "act");
    let shown =
        world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&juror).gives(200).await;
    assert_eq!(shown.json["answered"], false);
    let (draw, blind) = (shown.text("/draw").to_owned(), "5e".repeat(32));
    let ballot = json!({"draw": draw, "choice": "no", "reason": "SECRET-REASON", "nonce": "SECRET-NONCE", "blind": blind});
    let cast =
        world.inside("POST", "/proposals/{proposal}/jury/ballot", &["0"]).by(&juror).json(&ballot);
    cast.gives(200).await;
    for slot in 0..MEMBERS {
        for (what, answer) in everything(&world, slot).await {
            let text = answer.to_string();
            for secret in ["SECRET-REASON", "SECRET-NONCE", &blind] {
                assert!(!text.contains(secret), "{what}: {text}");
            }
            let mut fields = BTreeSet::new();
            names(&answer, &mut fields);
            for name in
                ["choice", "yes", "no", "nonce", "blind", "rounds", "reason", "cast", "ballot"]
            {
                assert!(!fields.contains(name), "{what} has a field {name}");
            }
        }
    }
    let shown =
        world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&juror).gives(200).await;
    assert_eq!(
        (shown.json["answered"].clone(), shown.json["answer_by"].clone()),
        (json!(true), Value::Null)
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_sent_twice_is_one_and_its_receipt_opens_the_cover() {
    let mut world = World::new().await;
    let jury = seated_jury(&mut world).await;
    let juror = world.token(jury[0], "act");
    let path = "/proposals/{proposal}/jury/ballot";
    let shown =
        world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&juror).gives(200).await;
    let draw = shown.text("/draw").to_owned();
    let send =
        |key: &str, body: &Value| world.inside("POST", path, &["0"]).by(&juror).key(key).json(body);
    let no = json!({"draw": draw, "choice": "no", "reason": "Not yet"});
    let first = send("one", &no).gives(200).await;
    let second = send("one", &no).gives(200).await;
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(first.text("/nonce_from"), "server");
    let parsed: Hash = draw.parse().expect("a hash");
    let nonce = Nonce::parse(first.text("/nonce")).expect("a nonce");
    let blind: Hash = first.text("/blind").parse().expect("32 bytes");
    let opened = cover(&commitment(&parsed, Choice::No, &nonce), blind.as_bytes());
    assert_eq!(opened.to_string(), first.text("/cover"));
    // The same key with another answer, or with other words, is not the same act.
    let yes = json!({"draw": draw, "choice": "yes"});
    assert_eq!(send("one", &yes).gives(409).await.key(), "key-reused");
    let worded = json!({"draw": draw, "choice": "no", "reason": "Not yet", "nonce": "mine"});
    assert_eq!(send("one", &worded).gives(409).await.key(), "key-reused");
    let changed = send("two", &yes).gives(200).await;
    assert_ne!(changed.text("/cover"), first.text("/cover"));
    let entries = world.inside("GET", "/entries", &[]).by(&juror).gives(200).await;
    let casts = entries.json.to_string().matches("ballot.cast").count();
    assert_eq!(casts, 2, "one for each answer");
    let stale = json!({"draw": "0".repeat(64), "choice": "yes"});
    assert_eq!(send("three", &stale).gives(409).await.key(), "other-draw");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_the_whole_way() {
    let mut world = World::new().await;
    let jury = seated_jury(&mut world).await;
    assert_eq!(jury.len(), 3, "everybody but author and co-signers");
    let author = world.token(0, "act");
    let none =
        world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&author).gives(409).await;
    assert_eq!(none.key(), "no-seat");
    for slot in &jury {
        let token = world.token(*slot, "act");
        let duties = world.inside("GET", "/duties", &[]).by(&token).gives(200).await;
        assert_eq!(
            (duties.text("/duties/0/kind"), duties.number("/duties/0/proposal")),
            ("jury", 0)
        );
        let shown =
            world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&token).gives(200).await;
        let ballot = json!({"draw": shown.text("/draw"), "choice": "yes"});
        let cast = world.inside("POST", "/proposals/{proposal}/jury/ballot", &["0"]).by(&token);
        cast.json(&ballot).gives(200).await;
    }
    let reader = world.token(1, "read");
    let get = |path: &str, places: &[&str]| world.inside("GET", path, places).by(&reader);
    let closed = get("/proposals", &[]).asking("state=closed&limit=1").gives(200).await;
    assert_eq!(closed.text("/proposals/0/standing/is"), "broadcast");
    let whole = get("/proposals/{proposal}", &["0"]).gives(200).await;
    assert_eq!((whole.number("/broadcast"), whole.text("/text/title")), (1, "We meet on Friday"));
    let version = whole.text("/versions/0/version").to_owned();
    let text = get("/proposals/{proposal}/versions/{version}", &["0", &version]).gives(200).await;
    assert_eq!(text.text("/body"), "At **six**, by the gate.");
    get("/proposals/{proposal}/versions/{version}", &["0", &"0".repeat(64)]).gives(404).await;
    let broadcasts = get("/broadcasts", &[]).gives(200).await;
    assert_eq!(broadcasts.number("/broadcasts/0/broadcast"), 1);
    let broadcast = get("/broadcasts/{broadcast}", &["1"]).gives(200).await;
    assert_eq!((broadcast.number("/tally/yes"), broadcast.text("/tally/verdict")), (3, "approved"));
    let document = get("/documents/{hash}", &[&version]).gives(200).await;
    assert_eq!(document.text("/kind"), "version");
    assert_eq!(mic_proof::hash::sha256(document.text("/text").as_bytes()).to_string(), version);
    let (app, group) = (world.app(), world.group);
    until(app, "a head covers it", || {
        let head = app.store().latest_checkpoint(group).expect("a store")?;
        let length = app.view(group)?.state.position.0;
        (head.size == length).then_some(())
    })
    .await;
    assert!(mic::certificates::complete(app, group).await <= 1);
    let certificate = get("/broadcasts/{broadcast}/certificate", &["1"]).gives(200).await;
    assert!(certificate.json.is_object());
    let head = get("/checkpoint", &[]).gives(200).await;
    assert!(head.text("/note").starts_with("mic.example/log/"));
    pages_join(&world, &reader).await;
    world.stop().await;
}

/// The pages of a list, one after the other, are the whole list, and each entry's hash is that of its bytes.
async fn pages_join(world: &World, reader: &str) {
    let whole = world.inside("GET", "/entries", &[]).by(reader).gives(200).await;
    let mut from = Some(0);
    let mut joined = Vec::new();
    while let Some(at) = from {
        let query = format!("from={at}&limit=7");
        let page = world.inside("GET", "/entries", &[]).by(reader).asking(&query).gives(200).await;
        joined.extend(page.json["entries"].as_array().expect("entries").clone());
        from = page.json["next"].as_u64();
    }
    assert_eq!(whole.json["entries"], Value::Array(joined.clone()));
    assert_eq!(whole.number("/length"), joined.len() as u64);
    for entry in joined {
        let text = entry["text"].as_str().expect("a text");
        assert_eq!(
            mic_proof::hash::leaf_hash(text.as_bytes()).to_string(),
            entry["leaf"].as_str().expect("a hash")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_text_is_for_those_who_had_a_part_in_it() {
    let mut world = World::new().await;
    let jury = seated_jury(&mut world).await;
    for slot in &jury {
        let token = world.token(*slot, "act");
        let shown =
            world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&token).gives(200).await;
        let ballot = json!({"draw": shown.text("/draw"), "choice": "no", "reason": "Too early"});
        world
            .inside("POST", "/proposals/{proposal}/jury/ballot", &["0"])
            .by(&token)
            .json(&ballot)
            .gives(200)
            .await;
    }
    let (author, other) = (world.token(0, "act"), world.token(1, "act"));
    let answer =
        |token: &str| world.inside("GET", "/proposals/{proposal}/answer", &["0"]).by(token);
    answer(&other).gives(404).await;
    let said = answer(&author).gives(200).await;
    assert_eq!(said.json["reasons"], json!(["Too early", "Too early", "Too early"]));
    let version = {
        let whole =
            world.inside("GET", "/proposals/{proposal}", &["0"]).by(&author).gives(200).await;
        whole.text("/version").to_owned()
    };
    let accept = world.inside("POST", "/proposals/{proposal}/answer", &["0"]).by(&author);
    accept.json(&json!({"choice": "accept"})).gives(200).await;
    // A member who came to nothing of it: everybody else here wrote, co-signed or sat, so one more proposal is needed.
    let call = world.inside("POST", "/proposals", &[]).by(&other).json(&message("A second one"));
    call.gives(201).await;
    let withdraw = world.inside("POST", "/proposals/{proposal}/withdraw", &["1"]).by(&other);
    withdraw.json(&json!({"sure": true})).gives(200).await;
    let second = world.inside("GET", "/proposals/{proposal}", &["1"]).by(&other).gives(200).await;
    let hidden = second.text("/version").to_owned();
    let stranger = world.token(jury[0], "act");
    world.inside("GET", "/proposals/{proposal}", &["0"]).by(&stranger).gives(200).await;
    world.inside("GET", "/proposals/{proposal}", &["1"]).by(&stranger).gives(404).await;
    world.inside("GET", "/documents/{hash}", &[&hidden]).by(&stranger).gives(404).await;
    let list = world
        .inside("GET", "/proposals", &[])
        .by(&stranger)
        .asking("state=closed")
        .gives(200)
        .await;
    assert_eq!(list.json["proposals"].as_array().map(Vec::len), Some(1));
    let bundle = world.inside("POST", "/bundle", &[]).by(&stranger).gives(200).await;
    let bundle = String::from_utf8(bundle.bytes).expect("text");
    assert!(bundle.contains("We meet on Friday") && bundle.contains(&version));
    assert!(!bundle.contains("A second one") && bundle.contains(&hidden), "its hash stays");
    assert!(bundle.lines().last().is_some_and(|line| line.contains("\"end\"")), "it is whole");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_juror_steps_aside_once_and_an_author_revises_once() {
    let mut world = World::new().await;
    let jury = seated_jury(&mut world).await;
    let aside = world.token(jury[0], "act");
    let call = world.inside("POST", "/proposals/{proposal}/jury/aside", &["0"]).by(&aside);
    let first = call.clone().key("aside").gives(200).await;
    let again = call.clone().key("aside").gives(200).await;
    assert_eq!(first.bytes, again.bytes);
    assert_eq!(call.key("anew").gives(409).await.key(), "seat-passed-on");
    for slot in &jury[1..] {
        let token = world.token(*slot, "act");
        let shown = world.inside("GET", "/proposals/{proposal}/jury", &["0"]).by(&token);
        let ballot = json!({"draw": shown.gives(200).await.text("/draw"), "choice": "no"});
        let cast = world.inside("POST", "/proposals/{proposal}/jury/ballot", &["0"]).by(&token);
        cast.json(&ballot).gives(200).await;
    }
    let author = world.token(0, "act");
    let text = json!({"title": "We meet on Sunday", "body": "At noon.", "audience": "members"});
    let answer = |body: Value| {
        world.inside("POST", "/proposals/{proposal}/answer", &["0"]).by(&author).json(&body)
    };
    answer(json!({"choice": "revise", "text": text})).gives(200).await;
    let line = world.inside("GET", "/proposals/{proposal}", &["0"]).by(&author).gives(200).await;
    assert_eq!(
        (line.text("/standing/is"), line.text("/title")),
        ("co_signing", "We meet on Sunday")
    );
    assert_eq!(line.json["versions"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer(json!({"choice": "appeal"})).gives(409).await.key(), "wrong-stage");
    world.stop().await;
}
