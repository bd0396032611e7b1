//! The driver on a real database: what was under way when it stopped, a full disk, an outcome that nobody knows.

use std::sync::Arc;

use mic::app::ActError;
use mic_engine::command::MemberAct;
use mic_engine::ids::{CommandKey, Slot};

use crate::doubtful_store::{Doubt, DoubtfulStore};
use crate::small_server::{
    HOUR_MS, HandClock, called, config, found, open, seated, start, store, until,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_that_was_called_is_made_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, clock) = (config(folder.path(), None), HandClock::new());
    let running = start(config.clone(), &clock, store(&config)).await;
    let group = found(running.app(), 5).await;
    let proposal = called(running.app(), group, 1).await;
    assert_eq!(seated(running.app(), group, proposal), None, "its slot has not come");
    running.stop().await;

    clock.forward(2 * HOUR_MS);
    let running = start(config.clone(), &clock, store(&config)).await;
    let app = running.app();
    let seats = until(app, "the jury sits", || seated(app, group, proposal)).await;
    assert!(
        !seats.contains(&Slot(0)) && !seats.contains(&Slot(1)),
        "author and co-signer never sit"
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_sent_twice_is_done_once_also_across_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, clock) = (config(folder.path(), None), HandClock::new());
    let running = start(config.clone(), &clock, store(&config)).await;
    let group = found(running.app(), 5).await;
    let key = Some(CommandKey([9; 16]));
    let first = running.app().act(group, Slot(0), key, open("Once")).await.expect("opened");
    let again = running.app().act(group, Slot(0), key, open("Once")).await.expect("answered");
    assert_eq!(first, again);
    running.stop().await;

    let running = start(config.clone(), &clock, store(&config)).await;
    let again = running.app().act(group, Slot(0), key, open("Once")).await.expect("answered");
    assert_eq!(first, again);
    let view = running.app().view(group).expect("the group");
    assert_eq!(view.state.open.len(), 1);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_was_changed_on_disk_is_neither_served_nor_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, clock) = (config(folder.path(), None), HandClock::new());
    let running = start(config.clone(), &clock, store(&config)).await;
    let group = found(running.app(), 5).await;
    running.app().act(group, Slot(0), None, open("Before")).await.expect("opened");
    called(running.app(), group, 1).await;
    running.stop().await;

    // Another salt is as well-formed as the first: only the published head tells them apart.
    let path = folder.path().join(mic::app::DATABASE_FILE);
    let database = rusqlite::Connection::open(path).expect("the database");
    let bytes = "SELECT bytes FROM entries WHERE seq = 1";
    let before: Vec<u8> = database.query_row(bytes, [], |row| row.get(0)).expect("an entry");
    let text = String::from_utf8(before).expect("text");
    let at = text.find("\"salt\":\"").expect("a salt") + 8;
    let other = if &text[at..=at] == "A" { "B" } else { "A" };
    let after = format!("{}{other}{}", &text[..at], &text[at + 1..]);
    let changed = database
        .execute("UPDATE entries SET bytes = ?1 WHERE seq = 1", [after.into_bytes()])
        .expect("changed");
    assert_eq!(changed, 1);
    drop(database);

    let running = start(config.clone(), &clock, store(&config)).await;
    assert!(running.app().view(group).is_none(), "what was changed is not shown");
    let refused = running.app().act(group, Slot(0), None, open("After")).await;
    assert!(refused.is_err(), "and nothing is written behind it");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_nothing_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, clock) = (config(folder.path(), None), HandClock::new());
    let store = store(&config);
    let running = start(config, &clock, store.clone()).await;
    let app = running.app();
    let group = found(app, 5).await;
    store.set_pages_max(1).expect("a limit");
    // The file may have free pages; large texts use them up.
    let mut refused = None;
    for slot in (0..5).map(Slot) {
        if refused.is_none() {
            refused = app.act(group, slot, None, large()).await.err();
        }
    }
    assert_eq!(refused, Some(ActError::NotSaved));
    assert!(app.view(group).is_some(), "reads go on");
    store.set_pages_max(1_000_000).expect("room again");
    app.act(group, Slot(1), None, open("Room again")).await.expect("saved");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_settled_by_reading_back() {
    for doubt in [Doubt::Written, Doubt::NotWritten] {
        let folder = tempfile::tempdir().expect("a folder");
        let (config, clock) = (config(folder.path(), None), HandClock::new());
        let doubtful = Arc::new(DoubtfulStore::new(store(&config)));
        let running = start(config, &clock, doubtful.clone()).await;
        let group = found(running.app(), 5).await;
        doubtful.doubt_next_append(doubt);
        let reply = running.app().act(group, Slot(0), None, open("In doubt")).await.expect("done");
        assert_eq!(doubtful.doubts_left(), 0, "the doubt was met");
        let view = running.app().view(group).expect("the group");
        assert_eq!(view.state.open.len(), 1, "once, {doubt:?}");
        assert!(view.state.open.contains_key(&reply.proposal.expect("a number")));
        running.stop().await;
    }
}

fn large() -> MemberAct {
    let MemberAct::Open { process, mut text } = open("Much to say") else { unreachable!() };
    text.body = "word ".repeat(13_000);
    MemberAct::Open { process, text }
}
