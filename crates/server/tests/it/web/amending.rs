//! Other rules by forms alone: from the first click to being in force; what is refused and keeps what was typed; what no form can do.

use http::StatusCode;
use mic_engine::command::{MemberAct, SecretForm};
use mic_engine::event::NonceFrom;
use mic_engine::ids::{ProposalNumber, Slot};
use mic_engine::state::proposal::Stand;
use mic_proof::hash::Hash;

use super::site::{Browser, Page, World, new_act};
use crate::small_server::{HOUR_MS, until};

const DAY_MS: u64 = 24 * HOUR_MS;

/// A draft with the rules in force; the path of its page.
async fn begun(world: &World, member: &mut Browser) -> String {
    let done =
        member.submit(&world.path("/amend"), &world.path("/amend"), &[("from", "now")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location()
}

/// Sends the form of a page of the draft.
async fn press(member: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let done = member.submit(path, path, fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    member.follow(&done).await
}

/// A draft whose message jury sits for 100 hours, opened as a proposal; its path.
async fn opened(world: &World, member: &mut Browser) -> String {
    let draft = begun(world, member).await;
    let stage = format!("{draft}/p/message/jury");
    press(member, &stage, &[("window_hours", "100"), ("do", "check")]).await;
    let fields =
        [("title", "More time for juries"), ("body", "Three days are short."), ("do", "open")];
    let done = member.submit(&draft, &draft, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location().split('?').next().expect("a path").to_owned()
}

/// Everybody but the author and the co-signer votes, then time passes until the rules are in force.
async fn decided(world: &World, proposal: ProposalNumber) {
    let view = world.app().view(world.group).expect("the group");
    let version = view.state.proposal(proposal).expect("open").version;
    let act = MemberAct::Cosign { proposal, version };
    world.app().act(world.group, Slot(1), None, act).await.expect("co-signed");
    for slot in 0..5 {
        let view = world.app().view(world.group).expect("the group");
        let open = view.state.proposal(proposal).expect("open");
        let Stand::Vote(vote) = &open.stand else { panic!("a vote: {:?}", open.stand) };
        let ballot = SecretForm {
            stage: stage_of(vote),
            choice: "yes".to_owned(),
            nonce: format!("words of {slot}"),
            nonce_from: NonceFrom::Words,
            blind: world.app().random(),
        };
        let act = MemberAct::Vote { proposal, ballot };
        world.app().act(world.group, Slot(slot), None, act).await.expect("voted");
    }
    world.forward(10 * DAY_MS).await;
    let waiting = || {
        let view = world.app().view(world.group)?;
        matches!(view.state.proposal(proposal)?.stand, Stand::Wait).then_some(())
    };
    until(world.app(), "time to leave", waiting).await;
}

fn stage_of(vote: &mic_engine::state::asking::VoteState) -> Hash {
    vote.draw
}

fn hash_in_force(world: &World) -> Hash {
    world.app().view(world.group).expect("the group").state.charter_hash
}

#[tokio::test(flavor = "multi_thread")]
async fn members_change_their_rules_by_forms_and_an_older_proposal_keeps_its_own() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let founded = hash_in_force(&world);
    let proposal = opened(&world, &mut author).await;
    assert_eq!(proposal, world.path("/p/0"));
    let rules = world.member(2).get(&format!("{proposal}/rules")).await;
    assert_eq!(rules.status, StatusCode::OK, "{}", rules.body);
    assert!(rules.shows("100 hours") && rules.shows("72 hours"), "{}", rules.body);
    assert!(rules.shows("Changed") && rules.shows("168 hours"), "{}", rules.body);
    assert!(rules.shows("1 is still open and is not counted."), "{}", rules.body);

    decided(&world, ProposalNumber(0)).await;
    assert_eq!(hash_in_force(&world), founded, "there is time to leave first");
    // An older proposal begins under the old rules.
    let fields = [("title", "Old"), ("body", "Before."), ("audience", "members"), ("do", "open")];
    let older = author.submit(&world.path("/write"), &world.path("/write"), &fields).await;
    assert_eq!(older.status, StatusCode::SEE_OTHER, "{}", older.body);
    world.forward(168 * HOUR_MS).await;
    until(world.app(), "in force", || (hash_in_force(&world) != founded).then_some(())).await;

    let charter = world.member(3).get(&world.path("/charter")).await;
    assert!(charter.shows("100 hours"), "{}", charter.body);
    let history = world.member(3).get(&world.path("/charters")).await;
    assert!(history.shows("More time for juries"), "{}", history.body);
    assert!(history.shows("1 proposal is still decided by them."), "{}", history.body);
    let old = world.member(3).get(&world.path(&format!("/charters/{founded}"))).await;
    assert!(old.shows("72 hours") && !old.shows("100 hours"), "{}", old.body);
    let file = world.member(3).get(&world.path(&format!("/charters/{founded}/charter.toml"))).await;
    assert!(file.body.contains("window_hours = 72"), "{}", file.body);
    // The older one is still decided by the rules it began with.
    let view = world.app().view(world.group).expect("the group");
    let open = view.state.proposal(ProposalNumber(1)).expect("still open");
    assert_eq!(open.charter, founded);
    let looked = world.member(3).get(&format!("{proposal}/rules")).await;
    assert!(looked.shows("They are not in force any more."), "{}", looked.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_checks_refuse_stays_as_it_was_typed_and_cannot_be_opened() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let draft = begun(&world, &mut author).await;
    let stage = format!("{draft}/p/message/jury");
    let page =
        press(&mut author, &stage, &[("window_hours", "seven <days>"), ("do", "check")]).await;
    assert!(page.shows("seven <days>") && page.shows("write a whole number"), "{}", page.body);
    assert!(page.body.contains("aria-invalid=\"true\""), "{}", page.body);
    let fields = [("title", "Wrong"), ("body", "Why"), ("do", "open")];
    let refused = author.submit(&draft, &draft, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows("seven <days>") && refused.shows("Wrong"), "{}", refused.body);
    assert!(world.app().view(world.group).expect("the group").state.open.is_empty());
    // A text that is no TOML is kept, too, and the form comes back with it.
    let broken = "charter = [1\nname = \"mine\"";
    let page = press(&mut author, &draft, &[("toml", broken), ("base", "x"), ("do", "text")]).await;
    assert!(page.shows("name = \"mine\"") && page.shows("this is not TOML"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_core_cannot_be_amended_away() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let draft = begun(&world, &mut author).await;
    let page = press(&mut author, &draft, &[("gone", "amendment"), ("do", "remove")]).await;
    assert!(page.shows("rules that cannot be changed belong to nobody"), "{}", page.body);
    let fields = [("title", "For ever"), ("body", "Why"), ("do", "open")];
    let refused = author.submit(&draft, &draft, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(world.app().view(world.group).expect("the group").state.open.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn stages_come_move_change_and_go_by_buttons() {
    let world = World::with(5).await;
    let mut author = world.member(0);
    let draft = begun(&world, &mut author).await;
    let process = format!("{draft}/p/message");
    let add =
        [("kind_new", "wait"), ("title_new", "Sleep on it"), ("after", "cosign"), ("do", "add")];
    let done = author.submit(&process, &process, &add).await;
    let stage = done.location().split('?').next().expect("a path").to_owned();
    assert_eq!(stage, format!("{process}/wait"), "{}", done.body);
    let page = author.get(&stage).await;
    assert!(page.shows("Sleep on it") && page.shows("Put it before"), "{}", page.body);
    assert!(page.body.contains("<svg"), "the checks accept it, so it is drawn: {}", page.body);
    press(&mut author, &stage, &[("do", "up")]).await;
    let page = press(&mut author, &stage, &[("kind_new", "cosign"), ("do", "kind")]).await;
    assert!(page.shows("Co-signatures"), "{}", page.body);
    let page = press(&mut author, &stage, &[("do", "remove")]).await;
    assert!(!page.shows("Sleep on it"), "{}", page.body);
    let page = author.get(&draft).await;
    assert!(page.shows("Nothing would be different."), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_stale_forms_change_nothing() {
    let world = World::with(5).await;
    let (mut author, mut other) = (world.member(0), world.member(1));
    let draft = begun(&world, &mut author).await;
    // Drafts are private, whatever the address says.
    assert_eq!(other.get(&draft).await.status, StatusCode::NOT_FOUND);
    let token = other.get(&world.path("/amend")).await.hidden("token");
    let forged =
        other.post(&draft, &token, &new_act(), &[("title", "Mine"), ("do", "check")]).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    let stage = format!("{draft}/p/message/jury");
    let without = author.post(&stage, "no token", &new_act(), &[("window_hours", "100")]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    // A stage and a process that never were, and ids that are none.
    for path in ["/p/message/nowhere", "/p/nowhere", "/p/nowhere/jury", "/p/..%2f/jury"] {
        let page = author.get(&format!("{draft}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    // A form of a stage that was taken out in another window keeps what was typed.
    let token = author.get(&stage).await.hidden("token");
    press(&mut author, &stage, &[("do", "remove")]).await;
    let stale =
        author.post(&stage, &token, &new_act(), &[("window_hours", "111"), ("do", "check")]).await;
    assert_eq!(stale.status, StatusCode::NOT_FOUND);
    assert!(stale.shows("111"), "{}", stale.body);
    // The same form twice opens one proposal.
    let mut author = world.member(2);
    let proposal = opened(&world, &mut author).await;
    assert!(proposal.starts_with(&world.path("/p/")));
    assert_eq!(world.app().view(world.group).expect("the group").state.open.len(), 1);
    assert_eq!(other.get(&world.path("/charters/ff")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(&world.path("/p/99/rules")).await.status, StatusCode::NOT_FOUND);
}
