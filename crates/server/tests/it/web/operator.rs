//! The operator's page: links that could not be mailed, for the one who has the token, and nothing of any group.

use http::StatusCode;

use super::site::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_sees_links_and_nobody_else_sees_the_page() {
    let world = World::with(3).await;
    world.browser().ask_to_sign_in("member1@people.example").await;
    let letter = world.letter().await;
    let token = world.app().operator_token().0.clone();
    for wrong in ["", "?token=", "?token=00", &format!("?token={token}0")] {
        let answer = world.member(0).get(&format!("/operator{wrong}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let page = world.browser().get(&format!("/operator?token={token}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.shows(&letter.link) && page.shows("member1@people.example"));
    assert!(!page.shows("Circle"), "nothing of a group");
}
