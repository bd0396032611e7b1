//! A message that went to everybody is taken back, from the link on its page to the journal that anybody can check.

use http::StatusCode;
use mic::cli::charter_rules;
use mic_engine::ids::{Number, ProposalNumber};
use mic_proof::finding::Weight;
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;

use super::site::{World, new_act};
use crate::small_server::{HOUR_MS, until};

const RULES: &str = include_str!("deciding.toml");
const MEMBERS: u32 = 5;
/// Stands in the text that is taken back, and nowhere else.
const SECRET: &str = "Quittenstrasse";

/// Puts a text forward by forms, lets everybody say yes, and waits until its broadcast is out.
async fn sent(world: &World, path: &str, proposal: u32, fields: &[(&str, &str)]) {
    let done = world.member(0).submit(path, path, fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(done.location().starts_with(&world.path(&format!("/p/{proposal}"))));
    let ballot = world.path(&format!("/p/{proposal}/vote"));
    for slot in 0..MEMBERS {
        let mut member = world.member(slot);
        let page = member.get(&ballot).await;
        let draw = page.hidden("draw");
        let fields = [("draw", draw.as_str()), ("choice", "yes")];
        let done = member.post(&ballot, &page.hidden("token"), &new_act(), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    world.forward(25 * HOUR_MS).await;
    until(world.app(), "a broadcast", || {
        let view = world.app().view(world.group)?;
        view.state.closed.get(&ProposalNumber(proposal))?.broadcast
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_recalled_and_its_text_erased_and_the_journal_still_holds() {
    let rules = RULES.replace(
        "kind = \"recall\"\naudiences = [\"members\"]",
        "kind = \"recall\"\naudiences = [\"public\"]",
    );
    assert_ne!(rules, RULES);
    let world = World::under(&rules, MEMBERS).await;
    let text = [
        ("title", "Where she lives"),
        ("body", "It is in the Quittenstrasse."),
        ("audience", "public"),
        ("do", "open"),
    ];
    sent(&world, &world.path("/ways/message"), 0, &text).await;
    let (inside, outside) = (world.path("/b/1"), format!("/public/{}/b/1", world.group));
    let feed = format!("/public/{}/feed.atom", world.group);
    let link = world.path("/ways/take_back?broadcast=1");
    for (path, member) in [(&inside, true), (&outside, false), (&feed, false)] {
        let page = world.member(3).get(path).await;
        assert!(page.shows(SECRET), "{path}: {}", page.body);
        assert_eq!(page.shows(&link), member, "{path}: only members recall: {}", page.body);
        assert!(!page.shows("This message was recalled."), "{path}: {}", page.body);
    }
    // The link leads to the form with the message chosen.
    let form = world.member(0).get(&link).await;
    assert!(form.shows("Where she lives"), "{}", form.body);
    let correction = [
        ("title", "An address that was nobody's business"),
        ("body", "We should not have sent it."),
        ("audience", "public"),
        ("broadcast", "1"),
        ("erase", "yes"),
        ("do", "open"),
    ];
    sent(&world, &world.path("/ways/take_back"), 1, &correction).await;
    let view = world.app().view(world.group).expect("the group");
    let recalled = view.state.broadcast(Number(1)).and_then(|line| line.recalled_by);
    assert_eq!(recalled, Some(ProposalNumber(1)));
    for path in [&inside, &outside, &feed] {
        let page = world.member(3).get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.shows("This message was recalled."), "{path}: {}", page.body);
        assert!(!page.shows(SECRET) && !page.shows(&link), "{path}: {}", page.body);
    }
    for path in [world.path("/b/2"), format!("/public/{}/b/2", world.group), feed] {
        let page = world.member(3).get(&path).await;
        assert!(page.shows("We should not have sent it."), "{path}: {}", page.body);
    }
    // A second recall of the same message is refused, and says why.
    let again = world.path("/ways/take_back");
    let refused = world.member(1).submit(&again, &again, &correction).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    verifies(&world).await;
}

/// The whole journal holds without the text that was erased.
async fn verifies(world: &World) {
    let (group, now) = (world.group, world.app().now());
    let exported = world.app().blocking(move |store| {
        let mut bundle = Vec::new();
        mic::app::export(store, group, now, &mut bundle).map(|_| bundle)
    });
    let bundle = exported.await.expect("exported");
    assert!(!String::from_utf8_lossy(&bundle).contains(SECRET), "the text is gone");
    let options = Options { charter_check: Some(&charter_rules), chains: &[], expected_key: None };
    let mut bad = Vec::new();
    let mut tell = |finding: mic_proof::finding::Finding| {
        if finding.weight == Weight::Bad {
            bad.push(finding.to_string());
        }
    };
    let verdict = verify_bundle(|| Ok(bundle.as_slice()), &options, &mut tell);
    assert_eq!(verdict.expect("readable"), None, "{bad:?}");
}
