//! Trying rules: anybody may, without scripts and without signing in; a question that is too large is refused and kept.

use http::StatusCode;

use super::site::World;

#[tokio::test(flavor = "multi_thread")]
async fn anybody_tries_rules_from_the_first_page_and_nothing_is_kept() {
    let world = World::with(5).await;
    let mut visitor = world.browser();
    assert!(visitor.get("/").await.shows("href=\"/forecast\""));
    let disk = world.disk();
    let page = visitor.get("/forecast").await;
    assert_eq!(page.status, StatusCode::OK);
    for part in
        ["method=\"get\"", "type=\"range\"", "<svg class=\"plot\"", "<caption", "independently"]
    {
        assert!(page.body.contains(part), "{part} is missing");
    }
    assert!(!page.body.contains("<script"));
    let other = "/forecast?charter=two_juries&process=message&members=200&week=2.5&response=80&support=70&years=2&seed=7";
    let (page, again) = (visitor.get(other).await, visitor.get(other).await);
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "value=\"200\"",
        "value=\"2.5\"",
        "value=\"80\"",
        "200 members",
        "value=\"two_juries\" selected",
    ] {
        assert!(page.body.contains(part), "{part} is missing");
    }
    let result = |body: &str| {
        body.split("id=\"result\"")
            .nth(1)
            .map(|rest| rest.split("</main>").next().unwrap_or_default().to_owned())
    };
    assert_eq!(result(&page.body), result(&again.body), "the same number gives the same years");
    assert!(result(&page.body).is_some());
    assert_eq!(world.disk(), disk);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_answered_says_what_to_write_and_stays_in_the_form() {
    let world = World::with(5).await;
    let mut visitor = world.browser();
    let asked = [
        ("members=ten&seed=5", "from 3 to 1,000,000", "value=\"ten\""),
        ("members=2&seed=5", "from 3 to 1,000,000", "value=\"2\""),
        ("members=1000001", "from 3 to 1,000,000", "value=\"1000001\""),
        ("week=0", "from 0.1 to 1000", "value=\"0\""),
        ("week=NaN", "from 0.1 to 1000", "value=\"NaN\""),
        ("response=0", "from 1 to 100 percent", "value=\"0\""),
        ("support=101", "from 0 to 100 percent", "value=\"101\""),
        ("years=11", "from 1 to 10", "value=\"11\""),
        ("seed=-1", "from 0 to 1,000,000,000", "value=\"-1\""),
        ("charter=none", "one of the rules in the list", "name=\"charter\""),
        ("charter=own", "one of the rules in the list", "name=\"charter\""),
        ("week=1000&years=10", "more than 20,000 proposals", "value=\"1000\""),
    ];
    for (query, told, kept) in asked {
        let page = visitor.get(&format!("/forecast?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains(told), "{query}: {told} is missing");
        assert!(page.body.contains(kept), "{query}: {kept} is missing");
        assert!(!page.body.contains("<svg class=\"plot\""), "{query}");
    }
    let attack = visitor.get("/forecast?members=%22%3E%3Cscript%3E&process=%3Cb%3E").await;
    assert_eq!(attack.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!attack.body.contains("<script") && !attack.body.contains("<b>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn members_try_their_own_rules_from_their_charters_page() {
    let world = World::with(7).await;
    let mut member = world.member(0);
    let link = world.path("/forecast");
    assert!(member.get(&world.path("/charter")).await.body.replace("&#x2f;", "/").contains(&link));
    let page = member.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"own\" selected") && page.body.contains("7 members"));
    let stranger = world.browser().get(&link).await;
    assert_ne!(stranger.status, StatusCode::OK);
    let other = member.get(&format!("{link}?charter=small_group")).await;
    assert!(other.body.contains("value=\"small_group\" selected"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_cannot_ask_without_end() {
    let world = World::with(5).await;
    let mut visitor = world.browser();
    let mut turned_away = false;
    // Questions that are refused cost little and count as well.
    for _ in 0..200 {
        let page = visitor.get("/forecast?members=0").await;
        turned_away |= page.status == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(turned_away);
}
