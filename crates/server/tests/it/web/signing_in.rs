//! Signing in and out: a link alone signs nobody in, an address tells nothing, a session ends when it is said to.

use http::StatusCode;

use super::site::{Browser, ORIGIN, World, new_act};

pub(super) const KNOWN: &str = "member1@people.example";
pub(super) const OTHER: &str = "member2@people.example";
pub(super) const MINUTE_MS: u64 = 60_000;

pub(super) fn path_of(link: &str) -> String {
    link.strip_prefix(ORIGIN).expect("links use the configured origin").to_owned()
}

pub(super) async fn type_code(browser: &mut Browser, code: &str) -> super::site::Page {
    let token = browser.get("/signin").await.hidden("token");
    browser.post("/signin/code", &token, &new_act(), &[("code", code)]).await
}

pub(super) fn is_signed_in(browser: &Browser) -> bool {
    browser.cookies.contains_key("__Host-mic-session")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_signs_in_the_browser_that_asked() {
    let world = World::with(3).await;
    let mut browser = world.browser();
    browser.ask_to_sign_in(KNOWN).await;
    let letter = world.letter().await;
    let code = letter.code.expect("six digits");
    let spaced = format!(" {} {}", &code[..3], &code[3..]);
    let done = type_code(&mut browser, &spaced).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(is_signed_in(&browser));
    let home = browser.get(&world.path("")).await;
    assert_eq!(home.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_01_a_link_that_is_opened_and_clicked_elsewhere_signs_nobody_in() {
    let world = World::with(3).await;
    let mut person = world.browser();
    person.ask_to_sign_in(KNOWN).await;
    let letter = world.letter().await;
    let link = path_of(&letter.link);
    let disk = world.disk();
    for _ in 0..3 {
        let mut scanner = world.browser();
        let page = scanner.get(&link).await;
        assert!(
            page.shows(letter.code.as_deref().expect("digits")),
            "it shows what to type elsewhere"
        );
        assert!(!is_signed_in(&scanner));
    }
    assert_eq!(world.disk(), disk, "opening changes nothing");
    // It presses whatever it finds, even the button it was not shown.
    let mut scanner = world.browser();
    let token = scanner.get(&link).await.hidden("token");
    scanner.post(&link, &token, &new_act(), &[]).await;
    let code = letter.code.expect("digits");
    type_code(&mut scanner, &code).await;
    assert!(!is_signed_in(&scanner));
    // The person's own browser still gets in by the link.
    let page = person.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    let done = person.post(&link, &page.hidden("token"), &new_act(), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(is_signed_in(&person));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_02_a_link_works_once_and_not_for_long() {
    let world = World::with(3).await;
    let mut person = world.browser();
    person.ask_to_sign_in(KNOWN).await;
    let first = world.letter().await;
    let link = path_of(&first.link);
    let token = person.get(&link).await.hidden("token");
    person.post(&link, &token, &new_act(), &[]).await;
    assert!(is_signed_in(&person));
    // Used.
    let mut again = person.clone();
    again.cookies.remove("__Host-mic-session");
    let token = again.get("/signin").await.hidden("token");
    let spent = again.post(&link, &token, &new_act(), &[]).await;
    assert_eq!(spent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!is_signed_in(&again));
    // Superseded: a letter asked for later voids the one before.
    world.clock.forward(11 * MINUTE_MS);
    let mut early = world.browser();
    early.ask_to_sign_in(OTHER).await;
    let early_code = world.letter().await.code.expect("digits");
    world.clock.forward(10 * MINUTE_MS + 1);
    let mut late = world.browser();
    late.ask_to_sign_in(OTHER).await;
    let late_letter = world.letter().await;
    type_code(&mut early, &early_code).await;
    assert!(!is_signed_in(&early));
    // Too old.
    world.clock.forward(10 * MINUTE_MS + 1);
    type_code(&mut late, late_letter.code.as_deref().expect("digits")).await;
    assert!(!is_signed_in(&late));
    let old = late.get(&path_of(&late_letter.link)).await;
    assert!(!old.shows(late_letter.code.as_deref().expect("digits")));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_02_five_wrong_codes_void_the_right_one() {
    let world = World::with(3).await;
    let mut person = world.browser();
    person.ask_to_sign_in(KNOWN).await;
    let code = world.letter().await.code.expect("digits");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let answer = type_code(&mut person, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    type_code(&mut person, &code).await;
    assert!(!is_signed_in(&person));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_04_a_session_is_new_at_every_sign_in_and_ends_when_it_is_said_to() {
    let world = World::with(4).await;
    let mut person = world.browser();
    // Somebody planted cookies before.
    person.cookies.insert("__Host-mic-session".to_owned(), "ab".repeat(32));
    person.cookies.insert("mic-session".to_owned(), "cd".repeat(32));
    person.ask_to_sign_in(KNOWN).await;
    let code = world.letter().await.code.expect("digits");
    let visitor_token = person.get("/").await.hidden("token");
    type_code(&mut person, &code).await;
    assert_ne!(person.cookies["__Host-mic-session"], "ab".repeat(32));
    assert_ne!(person.get("/").await.hidden("token"), visitor_token);
    let stolen = person.clone();
    let token = person.get("/").await.hidden("token");
    person.post("/signout", &token, &new_act(), &[]).await;
    let knock = |mut browser: Browser, path: String| async move { browser.get(&path).await.status };
    assert_eq!(knock(stolen, world.path("")).await, StatusCode::SEE_OTHER);
    // Everywhere at once.
    let (phone, mut laptop) = (world.member(2), world.member(2));
    laptop.submit(&world.path("/settings"), &world.path("/settings/sessions"), &[]).await;
    assert_eq!(knock(phone, world.path("")).await, StatusCode::SEE_OTHER);
    // Leaving ends all sessions too.
    let (phone, mut laptop) = (world.member(3), world.member(3));
    let left = laptop
        .submit(&world.path("/settings/leave"), &world.path("/settings/leave"), &[("sure", "yes")])
        .await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    assert_eq!(knock(phone, world.path("")).await, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_04_cookies_are_bound_to_the_host_and_out_of_reach() {
    let world = World::with(3).await;
    let mut person = world.browser();
    let asked = person.ask_to_sign_in(KNOWN).await;
    let code = world.letter().await.code.expect("digits");
    let done = type_code(&mut person, &code).await;
    let cookies =
        asked.headers.get_all("set-cookie").iter().chain(done.headers.get_all("set-cookie"));
    for cookie in cookies {
        let text = cookie.to_str().expect("text");
        assert!(text.starts_with("__Host-"), "{text}");
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(text.contains(attribute), "{text}");
        }
        assert!(!text.contains("Domain"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_06_an_address_tells_nothing() {
    let world = World::with(3).await;
    let mut answers = Vec::new();
    for email in [KNOWN, "nobody@nowhere.example"] {
        let answer = world.browser().ask_to_sign_in(email).await;
        let names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        answers.push((answer.status, names, answer.without_chance().replace(email, "ADDRESS")));
    }
    assert_eq!(answers[0], answers[1]);
    // One letter, to the one that belongs to somebody.
    assert_eq!(world.letter().await.address, KNOWN);
    assert!(world.no_letter(OTHER).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_06_a_wrong_code_tells_nothing_either() {
    let world = World::with(3).await;
    let mut answers = Vec::new();
    for email in [KNOWN, "nobody@nowhere.example"] {
        let mut browser = world.browser();
        browser.ask_to_sign_in(email).await;
        let mut seen = Vec::new();
        for _ in 0..7 {
            let answer = type_code(&mut browser, "12345").await;
            seen.push((answer.status, answer.without_chance().replace(email, "ADDRESS")));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_07_asking_and_guessing_are_limited_by_network() {
    let world = World::with(3).await;
    let mut refused = false;
    for nth in 0..40 {
        let email = format!("nobody{nth}@nowhere.example");
        refused |=
            world.browser().ask_to_sign_in(&email).await.status == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(refused);
    world.clock.forward(11 * MINUTE_MS);
    let answer = world.browser().ask_to_sign_in(KNOWN).await;
    assert_eq!(answer.status, StatusCode::OK, "the limit passes");
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_twice_the_first_letter_still_counts() {
    let world = World::with(3).await;
    let mut person = world.browser();
    person.ask_to_sign_in(KNOWN).await;
    let code = world.letter().await.code.expect("digits");
    person.ask_to_sign_in(KNOWN).await;
    type_code(&mut person, &code).await;
    assert!(is_signed_in(&person));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_03_after_signing_in_one_is_where_one_wanted_to_be_and_never_elsewhere() {
    let world = World::with(4).await;
    let people = world.path("/people");
    let table = [
        (people.as_str(), people.as_str()),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
    ];
    for (nth, (next, lands)) in table.into_iter().enumerate() {
        let email = format!("member{nth}@people.example");
        let mut person = world.browser();
        let fields = [("email", email.as_str()), ("next", next)];
        person.submit("/signin", "/signin", &fields).await;
        let code = world.letter().await.code.expect("digits");
        let done = type_code(&mut person, &code).await;
        assert_eq!(done.location(), format!("{lands}?done=signed-in"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_a_session_that_ended() {
    let world = World::with(3).await;
    let mut person = world.member(1);
    let write = world.path("/write");
    let token = person.get(&write).await.hidden("token");
    person.cookies.remove("__Host-mic-session");
    let text = "Everything I wrote,\n<b>all</b> & “more”";
    let act = new_act();
    let fields = [("title", "Kept"), ("body", text), ("audience", "members"), ("do", "save")];
    let refused = person.post(&write, &token, &act, &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.shows(text), "{}", refused.body);
    let (kept, next) = (refused.hidden("kept"), refused.hidden("next"));
    assert_eq!(next, write);
    let token = refused.hidden("token");
    let fields = [("email", KNOWN), ("next", &next), ("kept", &kept)];
    let sent = person.post("/signin", &token, &new_act(), &fields).await;
    let code = world.letter().await.code.expect("digits");
    let (kept, token) = (sent.hidden("kept"), sent.hidden("token"));
    // A wrong code loses nothing either.
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let again =
        person.post("/signin/code", &token, &new_act(), &[("code", wrong), ("kept", &kept)]).await;
    let fields = [("code", code.as_str()), ("kept", &again.hidden("kept"))];
    let page = person.post("/signin/code", &token, &new_act(), &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.shows(text) && is_signed_in(&person));
    let fields = [
        ("title", page.hidden("title")),
        ("body", page.hidden("body")),
        ("audience", page.hidden("audience")),
        ("do", page.hidden("do")),
    ];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let saved = person.post(&write, &page.hidden("token"), &act, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(person.follow(&saved).await.shows("Everything I wrote,"));
}
