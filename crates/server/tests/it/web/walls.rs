//! What holds for every address, taken from the table of routes, so that a new one is tested on the day it appears.

use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use mic::web::PAGES;

use super::site::{Browser, HOST, ORIGIN, World, encode, form, found, new_act};

/// A pattern with places filled in.
fn fill(pattern: &str, group: &str) -> String {
    let places = [
        ("{group}", group),
        ("{charter}", "default"),
        ("{proposal}", "0"),
        ("{broadcast}", "1"),
        ("{draft}", "0123456789abcdef0123456789abcdef"),
        ("{version}", "1"),
        ("{process}", "decision"),
        ("{step}", "1"),
        ("{action}", "1"),
        ("{token}", "0123456789abcdef0123456789abcdef"),
        ("{name}", "app.css"),
        ("{mail}", "1"),
        ("{*path}", "entries/000.p/1"),
    ];
    places.iter().fold(pattern.to_owned(), |path, (place, value)| path.replace(place, value))
}

fn posts(group: &str) -> impl Iterator<Item = String> + '_ {
    PAGES
        .iter()
        .filter(|(_, methods)| methods.contains(&"post"))
        .map(|(pattern, _)| fill(pattern, group))
}

fn gets(group: &str) -> impl Iterator<Item = String> + '_ {
    PAGES
        .iter()
        .filter(|(_, methods)| methods.contains(&"get"))
        .map(|(pattern, _)| fill(pattern, group))
}

async fn open_proposal(world: &World) {
    let mut author = world.member(0);
    let fields = [("title", "Bread"), ("body", "For all"), ("audience", "members"), ("do", "open")];
    let done = author.submit(&world.path("/write"), &world.path("/write"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_05_nothing_changes_on_the_word_of_another_site() {
    let world = World::with(5).await;
    open_proposal(&world).await;
    let before = (world.disk(), world.position());
    let (group, act) = (world.group.to_string(), new_act());
    for path in posts(&group).filter(|path| !path.starts_with("/u/")) {
        let mut member = world.member(0);
        let token = member.get(&world.path("")).await.hidden("token");
        let before_session = world.disk();
        let good = encode(&[("token", &token), ("act", &act), ("sure", "yes"), ("choice", "yes")]);
        let attacks = [
            form(&path, &good, &[]),
            form(&path, &good, &[("origin", "https://evil.example")]),
            form(&path, &good, &[("origin", "null")]),
            form(&path, &good, &[("origin", "https://mic.example.evil.example")]),
            form(&path, &good, &[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)]),
            form(&path, &good, &[("sec-fetch-site", "same-site")]),
            form(&path, &good, &[("sec-fetch-site", "none")]),
        ];
        for attack in attacks {
            let shown = format!("{path} {:?}", attack.headers());
            let answer = member.send(attack).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{shown}");
        }
        assert_eq!(world.disk(), before_session, "{path}");
    }
    assert_eq!(world.position(), before.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_05_every_form_needs_the_token_of_this_session() {
    let world = World::with(5).await;
    open_proposal(&world).await;
    let position = world.position();
    let other = world.member(1).get(&world.path("")).await.hidden("token");
    let visitors = world.browser().get("/").await.hidden("token");
    for path in posts(&world.group.to_string()).filter(|path| !path.starts_with("/u/")) {
        let mut member = world.member(0);
        member.get("/").await;
        let disk = world.disk();
        for token in ["", "0", &other, &visitors] {
            let body = encode(&[
                ("token", token),
                ("act", &new_act()),
                ("sure", "yes"),
                ("choice", "yes"),
            ]);
            let answer = member.send(form(&path, &body, &[("origin", ORIGIN)])).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {token}");
        }
        // JSON as plain text, and a GET that says it is a POST, are no forms at all.
        let json = Request::post(&path)
            .header(header::CONTENT_TYPE, "text/plain")
            .header(header::ORIGIN, ORIGIN)
            .body(Body::from("{\"token\":\"x\",\"choice\":\"yes\"}"))
            .expect("a request");
        assert_eq!(member.send(json).await.status, StatusCode::FORBIDDEN, "{path}");
        let overridden = Request::get(format!("{path}?_method=POST&sure=yes&choice=yes"))
            .header("x-http-method-override", "POST")
            .body(Body::empty())
            .expect("a request");
        member.send(overridden).await;
        assert_eq!(world.disk(), disk, "{path}");
    }
    assert_eq!(world.position(), position);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_01_reading_changes_nothing() {
    let world = World::with(5).await;
    open_proposal(&world).await;
    let mut readers = [world.browser(), world.member(0), world.member(1)];
    let disk = world.disk();
    for reader in &mut readers {
        for path in gets(&world.group.to_string()) {
            for method in [Method::GET, Method::HEAD] {
                let request = Request::builder().method(method).uri(&path).body(Body::empty());
                let answer = reader.send(request.expect("a request")).await;
                assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
            }
            assert_eq!(world.disk(), disk, "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_09_a_group_of_others_is_not_there() {
    let world = World::with(5).await;
    open_proposal(&world).await;
    let theirs = found(world.app(), "Elsewhere", 3, "elsewhere").await;
    let mut stranger = world.member_of(theirs, 0);
    let nowhere = "00112233445566778899aabbccddeeff";
    let here = world.group.to_string();
    let token = stranger.get("/").await.hidden("token");
    let position = world.position();
    for (pattern, methods) in PAGES.iter().filter(|(pattern, _)| pattern.contains("{group}")) {
        let (real, fake) = (fill(pattern, &here), fill(pattern, nowhere));
        // Signed heads and hashes are for everybody.
        if *pattern == "/log/{group}/checkpoint" {
            continue;
        }
        if methods.contains(&"get") {
            let (found, missing) = (stranger.get(&real).await, stranger.get(&fake).await);
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{real}");
            let same = |page: &super::site::Page| page.without_chance().replace(&here, nowhere);
            assert_eq!(same(&found), same(&missing), "{real}");
            assert_eq!(found.headers.len(), missing.headers.len(), "{real}");
        }
        if methods.contains(&"post") {
            let fields = [("sure", "yes"), ("choice", "yes")];
            let act = new_act();
            let found = stranger.post(&real, &token, &act, &fields).await;
            let missing = stranger.post(&fake, &token, &act, &fields).await;
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{real}");
            let same = |page: &super::site::Page| page.without_chance().replace(&here, nowhere);
            assert_eq!(same(&found), same(&missing), "{real}");
        }
    }
    assert_eq!(world.position(), position);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_09_somebody_unknown_is_sent_to_sign_in_wherever_they_knock() {
    let world = World::with(3).await;
    for group in [world.group.to_string(), "00112233445566778899aabbccddeeff".to_owned()] {
        let inside = PAGES.iter().filter(|(pattern, _)| pattern.starts_with("/g/"));
        for (pattern, methods) in inside {
            let path = fill(pattern, &group);
            if methods.contains(&"get") {
                let answer = world.browser().get(&path).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
                assert!(answer.location().starts_with("/signin?next="), "{path}");
            }
            if methods.contains(&"post") {
                let mut visitor = world.browser();
                let token = visitor.get("/").await.hidden("token");
                let answer = visitor.post(&path, &token, &new_act(), &[("sure", "yes")]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_09_numbers_that_name_nothing_lead_nowhere() {
    let world = World::with(5).await;
    open_proposal(&world).await;
    let mut member = world.member(1);
    for rest in [
        "/p/1",
        "/p/00",
        "/p/-1",
        "/p/4294967296",
        "/p/x",
        "/p/%00",
        "/p/0/v/xx",
        "/p/0/answer",
        "/p/0/withdraw",
        "/b/1",
        "/b/0",
        "/write/00",
        "/write/0123456789abcdef0123456789abcdef",
        "/write/0123456789abcdef0123456789abcdef/1",
        "/nowhere",
        "/p/0/cosign",
    ] {
        let answer = member.get(&world.path(rest)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{rest}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_03_only_the_configured_host_is_served() {
    let world = World::with(3).await;
    for host in ["evil.example", "mic.example.evil.example", "mic.example:81", "", "localhost"] {
        let request = Request::get("/").header(header::HOST, host).body(Body::empty());
        let answer = world.browser().send(request.expect("a request")).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let request = Request::get("/signin")
        .header("x-forwarded-host", "evil.example")
        .header("forwarded", "host=evil.example")
        .body(Body::empty());
    let answer = world.browser().send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.body.contains("evil"));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_03_a_program_that_calls_another_host_reads_problem_details() {
    let world = World::with(3).await;
    for path in ["/api/v1/groups", "/api/v1/openapi.json", "/api/v2/groups", "/api/nothing"] {
        for (host, status) in [("evil.example", 421), (HOST, 0)] {
            let request = Request::get(path)
                .header(header::HOST, host)
                .header(header::ACCEPT_LANGUAGE, "de")
                .body(Body::empty());
            let answer = world.browser().send(request.expect("a request")).await;
            let known = path.ends_with("openapi.json");
            let kind = answer.headers[header::CONTENT_TYPE].to_str().expect("text").to_owned();
            if status == 421 {
                assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{path}");
            } else if known {
                continue;
            }
            assert_eq!(kind, "application/problem+json", "{path} {host}");
            let body: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
            assert_eq!(body["status"], answer.status.as_u16(), "{path}");
            assert!(
                !answer.body.contains("evil") && answer.headers.contains_key("content-language")
            );
            if status == 421 {
                assert_eq!(body["error"]["key"], "wrong-host", "{path}");
            }
        }
    }
    let long = format!("/api/v1/groups?{}", "a".repeat(5_000));
    let answer = world.browser().get(&long).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_17_every_answer_forbids_what_need_not_be() {
    let world = World::with(3).await;
    let mut readers = [world.browser(), world.member(0)];
    for reader in &mut readers {
        for path in gets(&world.group.to_string()).chain(["/nowhere".to_owned()]) {
            let answer = reader.get(&path).await;
            let header =
                |name: &str| answer.headers.get(name).map(|value| value.to_str().expect("text"));
            let content = header("content-security-policy").unwrap_or_default();
            assert!(content.contains("default-src 'none'"), "{path}");
            assert!(
                content.contains("frame-ancestors 'none'")
                    && content.contains("form-action 'self'"),
                "{path}"
            );
            assert!(!content.contains("unsafe") && !content.contains("script-src"), "{path}");
            assert_eq!(header("x-content-type-options"), Some("nosniff"), "{path}");
            assert_eq!(header("referrer-policy"), Some("no-referrer"), "{path}");
            assert_eq!(header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
            let kept = header("cache-control").unwrap_or_default();
            let public =
                ["/assets/", "/log/", "/public/"].iter().any(|start| path.starts_with(start));
            assert!(public || kept == "no-store", "{path}: {kept}");
            assert!(!answer.body.contains("<script") && !answer.body.contains("style="), "{path}");
            for (at, _) in answer.body.match_indices("http") {
                let link: String = answer.body[at..].chars().take(60).collect();
                let own = ["https://mic.example", "http-equiv", "http://www.w3.org/"];
                assert!(own.iter().any(|ours| link.starts_with(ours)), "{path}: {link}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_21_a_body_of_ten_megabytes_is_turned_away() {
    let world = World::with(3).await;
    let mut member = world.member(0);
    let token = member.get(&world.path("")).await.hidden("token");
    let large = format!("token={token}&act={}&body={}", new_act(), "a".repeat(10_000_000));
    let disk = world.disk();
    for path in posts(&world.group.to_string()) {
        let announced = form(
            &path,
            &large,
            &[("sec-fetch-site", "same-origin"), ("content-length", "10000000")],
        );
        assert_eq!(member.send(announced).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let silent = form(&path, &large, &[("sec-fetch-site", "same-origin")]);
        assert_eq!(member.send(silent).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    assert_eq!(world.disk(), disk);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_22_broken_text_is_said_to_be_broken() {
    let world = World::with(3).await;
    let mut member = world.member(0);
    let token = member.get(&world.path("")).await.hidden("token");
    let disk = world.disk();
    for path in posts(&world.group.to_string()).filter(|path| !path.starts_with("/u/")) {
        let body = format!("token={token}&act={}&name=%ff%fe&body=%c3", new_act());
        let answer = member.send(form(&path, &body, &[("origin", ORIGIN)])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
    }
    assert_eq!(world.disk(), disk);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_21_long_addresses_and_many_cookies_are_nothing() {
    let world = World::with(3).await;
    let long = format!("/?{}", "a".repeat(5_000));
    assert_eq!(world.browser().get(&long).await.status, StatusCode::NOT_FOUND);
    let mut browser: Browser = world.browser();
    for number in 0..2_000 {
        browser.cookies.insert(format!("c{number}"), "x".repeat(20));
    }
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
}
