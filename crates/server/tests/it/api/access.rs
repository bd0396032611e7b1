//! Who is turned away, and that nobody can tell what is not theirs from what is not there.

use mic::api::ROUTES;
use mic_engine::ids::GroupId;
use serde_json::{Value, json};

use super::world::{Answer, DAY_MS, World};

/// Every route but the description: method, pattern.
fn routes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let guarded = ROUTES.iter().filter(|(pattern, _)| *pattern != "/openapi.json");
    guarded.flat_map(|(pattern, methods)| methods.iter().map(|method| (*method, *pattern)))
}

/// Something for every place of a pattern; groups as given.
fn places<'p>(pattern: &str, group: &'p str, token: &'p str, hash: &'p str) -> Vec<&'p str> {
    let names = pattern.split('/').filter(|part| part.starts_with('{'));
    names
        .map(|name| match name {
            "{group}" => group,
            "{token}" => token,
            "{hash}" | "{version}" => hash,
            "{proposal}" | "{broadcast}" | "{action}" => "1",
            other => panic!("a place without a value: {other}"),
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_without_a_token_is_401() {
    let world = World::new().await;
    let (group, hash) = (world.group.to_string(), "ab".repeat(32));
    let mut count = 0;
    for (method, pattern) in routes() {
        let places = places(pattern, &group, &group, &hash);
        let answer = world.call(&method.to_uppercase(), pattern, &places).gives(401).await;
        assert_eq!(answer.key(), "no-token");
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
        count += 1;
    }
    assert!(count > 35, "{count} routes");
    for wrong in ["Basic YTpi", "Bearer", "Bearer ", "Bearer mic_", "bearer x y", "mic_00"] {
        world.call("GET", "/groups", &[]).header("authorization", wrong).gives(401).await;
    }
    let token = world.token(0, "read");
    let twice = world.call("GET", "/groups", &[]).by(&token).by(&token);
    twice.gives(401).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_reads_is_turned_away_from_every_act() {
    let world = World::new().await;
    let (group, hash) = (world.group.to_string(), "ab".repeat(32));
    let token = world.token(1, "read");
    let unknown = world.token(1, "everything");
    let mut count = 0;
    for (method, pattern) in routes().filter(|(method, _)| *method != "get") {
        let places = places(pattern, &group, &group, &hash);
        for token in [&token, &unknown] {
            let answer =
                world.call(&method.to_uppercase(), pattern, &places).by(token).gives(403).await;
            assert_eq!(answer.key(), "read-only");
        }
        count += 1;
    }
    assert!(count > 15, "{count} acts");
    let entries = world.inside("GET", "/entries", &[]).by(&token).gives(200).await;
    assert_eq!(entries.number("/length"), 1, "nothing was written but the founding");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_others_is_not_there() {
    let world = World::new().await;
    let (foreign, token) = (world.group.to_string(), world.strangers_token("act"));
    let (nowhere, hash) = (GroupId([0xee; 16]).to_string(), "ab".repeat(32));
    let said = |answer: &Answer| {
        let headers: Vec<String> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        (answer.status, headers, answer.bytes.clone())
    };
    let mut count = 0;
    for (method, pattern) in routes().filter(|(_, pattern)| pattern.starts_with("/groups/{group}"))
    {
        let body = sample(&world, pattern, method);
        let mut answers = Vec::new();
        for group in [foreign.as_str(), nowhere.as_str(), "not-a-group", "..%2f"] {
            let call =
                world.call(&method.to_uppercase(), pattern, &places(pattern, group, group, &hash));
            let call = if method == "get" { call } else { call.json(&body) };
            answers.push(said(&call.by(&token).gives(404).await));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{method} {pattern}");
        count += 1;
    }
    assert!(count > 30, "{count} routes");
    let own = world.call("GET", "/groups", &[]).by(&token).gives(200).await;
    assert_eq!(own.json["groups"].as_array().map(Vec::len), Some(1));
    assert_eq!(own.text("/groups/0/group"), world.other.to_string());
    world.stop().await;
}

/// A body that fits, from the examples of the description.
fn sample(world: &World, pattern: &str, method: &str) -> Value {
    let described = world.described();
    let path = format!(
        "/paths/{}/{method}/requestBody/content/application~1json/schema/$ref",
        pattern.replace('/', "~1")
    );
    let Some(name) = described.pointer(&path).and_then(Value::as_str) else { return json!({}) };
    let schema = described.pointer(name.trim_start_matches('#')).expect("a schema");
    schema.pointer("/examples/0").cloned().unwrap_or(json!({}))
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_numbers_and_hashes_are_not_there() {
    let world = World::new().await;
    let token = world.token(0, "act");
    for number in ["0", "1", "00", "-1", "4294967296", "1e3", "%00", "x", "01"] {
        world.inside("GET", "/proposals/{proposal}", &[number]).by(&token).gives(404).await;
        world.inside("GET", "/broadcasts/{broadcast}", &[number]).by(&token).gives(404).await;
        world
            .inside("POST", "/proposals/{proposal}/jury/aside", &[number])
            .by(&token)
            .gives(404)
            .await;
    }
    for hash in ["0", &"0".repeat(64), &"AB".repeat(32), &"z".repeat(64), "%ff"] {
        world.inside("GET", "/documents/{hash}", &[hash]).by(&token).gives(404).await;
    }
    for path in ["/nothing", "/groups/%ff%fe/charter", "/groups//", "/tokens/x"] {
        world.call("GET", path, &[]).by(&token).send().await;
    }
    let wrong = world.call("PATCH", "/groups", &[]).by(&token).gives(405).await;
    assert_eq!(wrong.key(), "wrong-method");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_expire_and_are_revoked_and_guessing_is_slowed_down() {
    let mut world = World::new().await;
    let (token, second) = (world.token(0, "act"), world.token(0, "read"));
    let others = world.strangers_token("act");
    let list = world.call("GET", "/tokens", &[]).by(&token).gives(200).await;
    let lines = list.json["tokens"].as_array().expect("tokens").clone();
    assert_eq!(lines.len(), 2);
    assert!(
        !String::from_utf8_lossy(&list.bytes).contains("mic_"),
        "no secret is ever shown again"
    );
    let id = lines
        .iter()
        .find(|line| line["this"] == false)
        .and_then(|line| line["id"].as_str())
        .expect("an id");
    world.call("DELETE", "/tokens/{token}", &[id]).by(&others).gives(404).await;
    world.call("DELETE", "/tokens/{token}", &[id]).by(&token).gives(200).await;
    world.call("DELETE", "/tokens/{token}", &[id]).by(&token).gives(404).await;
    world.call("GET", "/groups", &[]).by(&second).gives(401).await;
    world.later(31 * DAY_MS).await;
    world.call("GET", "/groups", &[]).by(&token).gives(401).await;
    let mut last = 401;
    for _ in 0..100 {
        last = world.call("GET", "/groups", &[]).by(&token).send().await.status.as_u16();
    }
    assert_eq!(last, 429);
    world.stop().await;
}
