//! Bodies, addresses and keys that are none: each is refused in words that say what to do, and nothing is written.

use mic::api::{BODY_BYTES_MAX, ROUTES};
use serde_json::{Value, json};

use super::world::{Call, World};

/// Routes that take a body: method and pattern, with something in every place.
fn calls<'w>(world: &'w World, token: &str) -> Vec<Call<'w>> {
    let group = world.group.to_string();
    let mut calls = Vec::new();
    for (pattern, methods) in ROUTES {
        for method in methods.iter().filter(|method| ["post", "put"].contains(method)) {
            let names = pattern.split('/').filter(|part| part.starts_with('{'));
            let places: Vec<&str> =
                names.map(|name| if name == "{group}" { group.as_str() } else { "0" }).collect();
            calls.push(world.call(&method.to_uppercase(), pattern, &places).by(token));
        }
    }
    assert!(calls.len() > 15, "{} routes take a body", calls.len());
    calls
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_none_are_refused_everywhere() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let opened =
        json!({"process": "message", "text": {"title": "T", "body": "B", "audience": "members"}});
    world.inside("POST", "/proposals", &[]).by(&token).json(&opened).gives(201).await;
    let before = world.inside("GET", "/entries", &[]).by(&token).gives(200).await;
    for call in calls(&world, &token) {
        let typed = call.clone().header("content-type", "application/json");
        let surplus = call.clone().json(&json!({"surplus": 1})).gives(422).await;
        assert_eq!(surplus.key(), "invalid");
        assert!(surplus.text("/error/detail").contains("surplus"), "{}", surplus.json);
        for (body, status, key) in [
            (&b"{\"a\":\"\xff\xfe\"}"[..], 400, "bad-text"),
            (b"\xed\xa0\x80", 400, "bad-text"),
            (b"{", 400, "bad-json"),
            (b"title=x&body=y", 400, "bad-json"),
            (b"[]", 422, "invalid"),
            (b"[true]", 422, "invalid"),
            (b"\"text\"", 422, "invalid"),
            (b"null", 422, "invalid"),
        ] {
            let answer = typed.clone().bytes(body.to_vec()).gives(status).await;
            assert_eq!(answer.key(), key, "{}", answer.json);
        }
        for odd in [
            "[".repeat(100_000),
            "{\"a\":".repeat(20_000),
            "{} {}".to_owned(),
            "\u{feff}{}".to_owned(),
        ] {
            let answer = typed.clone().bytes(odd.into_bytes()).send().await;
            assert_eq!(answer.status.as_u16() / 100, 4, "{}", answer.json);
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
            let answer =
                call.clone().header("content-type", kind).bytes(b"{}".to_vec()).gives(415).await;
            assert_eq!(answer.key(), "not-json");
        }
        let answer = typed.clone().bytes(vec![b' '; 10_000_000]).gives(413).await;
        assert_eq!(answer.key(), "too-large");
        let announced = typed.clone().header("content-length", "99999999999").bytes(b"{}".to_vec());
        announced.gives(413).await;
    }
    let after = world.inside("GET", "/entries", &[]).by(&token).gives(200).await;
    assert_eq!(before.bytes, after.bytes, "nothing was written");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_as_long_as_the_rules_allow_passes_and_a_byte_more_does_not() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let open = |body: String| {
        let text = json!({"title": "Long", "body": body, "audience": "members"});
        world
            .inside("POST", "/proposals", &[])
            .by(&token)
            .json(&json!({"process": "message", "text": text}))
    };
    // Two bytes each, and JSON may write each as six.
    open("\u{fc}".repeat(32_768)).gives(201).await;
    let refused = open("\u{fc}".repeat(32_769)).gives(409).await;
    assert_eq!((refused.key(), refused.text("/error/detail")), ("text-too-long", "65536"));
    let escaped = format!(
        "{{\"process\":\"message\",\"text\":{{\"title\":\"x\",\"audience\":\"members\",\"body\":\"{}\"}}}}",
        "\\u00fc".repeat(BODY_BYTES_MAX / 6)
    );
    let call = world
        .inside("POST", "/proposals", &[])
        .by(&token)
        .header("content-type", "application/json");
    assert_eq!(call.bytes(escaped.into_bytes()).gives(413).await.key(), "too-large");
    for body in ["a\u{0}b", "a\u{202e}b", "a\rb"] {
        assert_eq!(open(body.to_owned()).gives(409).await.key(), "text-has-controls");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_queries_that_cannot_be_used_are_named() {
    let world = World::new().await;
    let token = world.token(0, "act");
    for key in ["", " ", "with space", &"k".repeat(129), "\u{fc}"] {
        let answer = world.inside("POST", "/resume", &[]).by(&token).key(key).gives(400).await;
        assert_eq!(answer.key(), "bad-key");
    }
    world.inside("POST", "/resume", &[]).by(&token).key("a").key("b").gives(400).await;
    world.inside("POST", "/resume", &[]).by(&token).key(&"k".repeat(128)).gives(409).await;
    for query in
        ["limit=0", "limit=101", "limit=x", "limit=-1", "limit=1&limit=2", "surplus=1", "from=%ff"]
    {
        let answer = world.inside("GET", "/entries", &[]).by(&token).asking(query).gives(400).await;
        assert_eq!(answer.key(), "bad-query", "{query}");
    }
    for query in ["state=both", "before=x", "from=1"] {
        world.inside("GET", "/proposals", &[]).by(&token).asking(query).gives(400).await;
    }
    let far = format!("from={}", u64::MAX);
    for path in ["/entries", "/people"] {
        world.inside("GET", path, &[]).by(&token).asking("from=9007199254740991").gives(200).await;
        assert!(
            world.inside("GET", path, &[]).by(&token).asking(&far).send().await.status.as_u16()
                < 500
        );
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_in_the_readers_language() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let said = |language: &'static str| {
        world.inside("POST", "/resume", &[]).by(&token).header("accept-language", language)
    };
    let english = said("fr, en;q=0.5").gives(409).await;
    let german = said("de-AT, en;q=0.5").gives(409).await;
    assert_eq!((english.key(), german.key()), ("not-paused", "not-paused"));
    assert_eq!(english.headers["content-language"], "en");
    assert_eq!(german.headers["content-language"], "de");
    assert_eq!(english.text("/error/message"), "You are not pausing. There is nothing to end.");
    for pointer in ["/error/message", "/error/do"] {
        assert_ne!(english.text(pointer), german.text(pointer));
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_cannot_be_taken_are_named() {
    let world = World::new().await;
    let token = world.token(0, "act");
    let opened =
        json!({"process": "message", "text": {"title": "T", "body": "B", "audience": "members"}});
    world.inside("POST", "/proposals", &[]).by(&token).json(&opened).gives(201).await;
    let named = async |call: Call<'_>, body: Value, field: &str| {
        let answer = call.by(&token).json(&body).gives(422).await;
        assert_eq!(answer.text("/error/field"), field, "{}", answer.json);
    };
    let proposal =
        |path: &str| world.inside("POST", &format!("/proposals/{{proposal}}{path}"), &["0"]);
    named(proposal("/cosign"), json!({"version": "x"}), "/version").await;
    named(proposal("/withdraw"), json!({"sure": false}), "/sure").await;
    named(proposal("/answer"), json!({"choice": "revise"}), "/text").await;
    let hash = "0".repeat(64);
    named(proposal("/jury/ballot"), json!({"draw": "x", "choice": "no"}), "/draw").await;
    named(
        proposal("/jury/ballot"),
        json!({"draw": hash, "choice": "yes", "reason": "r"}),
        "/reason",
    )
    .await;
    named(proposal("/jury/ballot"), json!({"draw": hash, "choice": "no", "blind": "00"}), "/blind")
        .await;
    named(world.inside("POST", "/leave", &[]), json!({"sure": false}), "/sure").await;
    named(world.inside("POST", "/erase", &[]), json!({"sure": false}), "/sure").await;
    let settings = |name: &str, zone: &str, language: &str| {
        json!({"name": name, "show_name": true, "language": language, "zone": zone,
            "mail_broadcasts": true, "mail_duty": true, "mail_activity": true})
    };
    let put = || world.inside("PUT", "/settings", &[]);
    named(put(), settings("a\nb", "UTC", "en"), "/name").await;
    named(put(), settings("Ada", "Europe/Berln", "en"), "/zone").await;
    named(put(), settings("Ada", "UTC", "tlh"), "/language").await;
    let invite = || world.inside("POST", "/invitations", &[]);
    named(invite(), json!({"email": "x", "language": "en"}), "/email").await;
    named(invite(), json!({"statement": "a\u{0}", "language": "en"}), "/statement").await;
    world.stop().await;
}
