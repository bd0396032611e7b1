//! What was decided is shown by the rules it was decided under, also when the group has changed them since.

use mic_engine::charter::{Audience, Id};
use mic_engine::command::{Content, MemberAct, SecretForm, VersionText};
use mic_engine::event::NonceFrom;
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::state::proposal::Stand;

use super::site::World;
use crate::small_server::{HOUR_MS, until};

const RULES: &str = include_str!("deciding.toml");
const MEMBERS: u32 = 5;

async fn open(world: &World, process: &str, content: Content) -> ProposalNumber {
    let text = VersionText {
        title: "Where do we meet?".to_owned(),
        body: "At **six**.".to_owned(),
        warning: String::new(),
        audience: Audience::Members,
        content,
    };
    let act = MemberAct::Open { process: Id::parse(process).expect("an id"), text };
    let reply = world.app().act(world.group, Slot(0), None, act).await.expect("opened");
    reply.proposal.expect("a number")
}

/// Everybody votes, and a day passes.
async fn voted(world: &World, proposal: ProposalNumber, choice: &str) {
    for slot in 0..MEMBERS {
        let view = world.app().view(world.group).expect("the group");
        let open = view.state.proposal(proposal).expect("open");
        let Stand::Vote(vote) = &open.stand else { panic!("a vote: {:?}", open.stand) };
        let ballot = SecretForm {
            stage: vote.draw,
            choice: choice.to_owned(),
            nonce: format!("words of {slot}"),
            nonce_from: NonceFrom::Words,
            blind: world.app().random(),
        };
        let act = MemberAct::Vote { proposal, ballot };
        world.app().act(world.group, Slot(slot), None, act).await.expect("voted");
    }
    world.forward(25 * HOUR_MS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_read_by_the_rules_its_vote_was_held_under() {
    let world = World::under(RULES, MEMBERS).await;
    let options = vec!["The depot".to_owned(), "The hall".to_owned()];
    let first = open(&world, "score", Content::Decision { options }).await;
    voted(&world, first, "5,2,0").await;
    let over = |number| {
        let world = &world;
        move || world.app().view(world.group)?.state.proposal(number).is_none().then_some(())
    };
    until(world.app(), "counted", over(first)).await;
    let path = world.path("/p/0/result/0");
    let before = world.member(3).get(&path).await;
    for text in ["The depot", "Sum", "come to the same", "5 of 5"] {
        assert!(before.shows(text), "{text}: {}", before.body);
    }
    // Then the process is another one, which counts otherwise.
    let other = RULES.replace("method = \"score\"\nmax_score = 5\n", "method = \"approval\"\n");
    assert_ne!(other, RULES);
    let amendment = open(&world, "amend", Content::Amendment { charter: other }).await;
    voted(&world, amendment, "yes").await;
    let waits = || {
        let view = world.app().view(world.group)?;
        matches!(view.state.proposal(amendment)?.stand, Stand::Wait).then_some(())
    };
    until(world.app(), "time to leave", waits).await;
    world.forward(25 * HOUR_MS).await;
    until(world.app(), "in force", over(amendment)).await;
    let view = world.app().view(world.group).expect("the group");
    assert_ne!(view.state.charter_hash, view.state.founded.charter);
    let after = world.member(3).get(&path).await;
    assert_eq!(after.without_chance(), before.without_chance());
}
