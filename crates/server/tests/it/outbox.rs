//! Mail on its way to a mail server that dies in the middle, hangs over single mails, or puts everybody off at first: nobody is lost,
//! at most what was in flight comes twice, and nobody waits for somebody else's mail.

/// Mails where everybody is asked, or nobody.
mod asked;
mod peer;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use mic::app::App;
use mic::outbox::LetterContent;
use mic_engine::ids::{GroupId, LogTime, Number, ProposalNumber};
use mic_engine::parcel::Notice;
use mic_store::Store;
use mic_store::contract::{Letter, LetterId, LetterKind, Letters as _, Parcels as _};

use peer::{Arrived, Failing, Peer, everybody, header, reached};

use crate::small_server::{
    HOUR_MS, HandClock, MINUTE_MS, START_MS, approved, called, certified, config, found, start,
    store,
};

/// Members of the group whose broadcast is watched.
const MEMBERS: u32 = 120;
/// The mail server dies after so many mails.
const MAILS_UNTIL_DEATH: usize = 50;
/// Connections that the server opens, times the mails that it sends on each before it has an answer.
const IN_FLIGHT_MAX: usize = 4 * 8;
/// Mails over which a mail server hangs.
const HANGS: usize = 2;
/// What one connection has under way.
const IN_FLIGHT_A_CONNECTION: usize = 8;
const SECOND_MS: u64 = 1_000;
const PATIENCE: Duration = Duration::from_mins(1);
/// How long nothing may arrive after the clock was moved.
const PASS: Duration = Duration::from_secs(10);

/// Approved, and every mail of it may go.
async fn sent_out(
    app: &App,
    group: GroupId,
    proposal: ProposalNumber,
    clock: &HandClock,
) -> Number {
    let number = approved(app, group, proposal).await;
    certified(app, group, number).await;
    clock.forward(SECOND_MS);
    app.kick_outbox();
    number
}

fn settled(store: &Arc<impl Store + 'static>, group: GroupId, number: Number) -> u64 {
    store.progress(group, Notice::Broadcast { number }).expect("told").done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_dies_loses_nobody_and_repeats_only_what_was_in_flight() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut peer = Peer::start(Failing::DiesAfter(MAILS_UNTIL_DEATH)).await;
    let (config, clock) = (config(folder.path(), Some(peer.port)), HandClock::new());
    let store = store(&config);
    let running = start(config, &clock, store.clone()).await;
    let app = running.app();
    let group = found(app, MEMBERS).await;
    let proposal = called(app, group, 2).await;
    clock.forward(2 * HOUR_MS);
    let number = sent_out(app, group, proposal, &clock).await;

    // It dies while the broadcast is on its way. Later it lives again, and the time of the next attempts has come.
    let state = peer.state.clone();
    tokio::time::timeout(PATIENCE, async {
        while !state.dead.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("it dies");
    peer.state.dead.store(false, Ordering::SeqCst);
    let mut mails = Vec::new();
    // Each pass moves the clock past a pause of the plan; all of them together stay below the end of a claim.
    for _ in 0..4 {
        clock.forward(2 * MINUTE_MS);
        app.kick_outbox();
        if peer.everybody_has_it(PASS, &mut mails).await {
            break;
        }
    }
    assert!(everybody(&mails), "nobody is lost");
    check(&mails);
    running.stop().await;
    assert_eq!(settled(&store, group, number), u64::from(MEMBERS));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_hangs_over_single_mails_delays_those_and_no_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let hangs = ["member5@people.example", "member77@people.example"];
    let mut peer = Peer::start(Failing::HangsOver(hangs)).await;
    let (config, clock) = (config(folder.path(), Some(peer.port)), HandClock::new());
    let first = store(&config);
    let running = start(config.clone(), &clock, first.clone()).await;
    let group = found(running.app(), MEMBERS).await;
    let proposal = called(running.app(), group, 2).await;
    clock.forward(2 * HOUR_MS);
    let number = sent_out(running.app(), group, proposal, &clock).await;
    let mut mails = Vec::new();
    // All but those it hangs over, and what waits behind them on the same connections.
    let behind = HANGS * IN_FLIGHT_A_CONNECTION;
    peer.acknowledged(MEMBERS as usize - behind, &mut mails).await;
    // The server stops without waiting for answers that never come, and has settled those that came.
    tokio::time::timeout(PATIENCE, running.stop()).await.expect("it stops");
    while let Ok(mail) = peer.arrived.try_recv() {
        if mail.bytes.contains("certificate-") {
            mails.push(mail);
        }
    }
    assert!(mails.iter().all(|mail| !hangs.contains(&mail.to.as_str())));
    assert_eq!(settled(&first, group, number), reached(&mails) as u64, "what was taken is settled");
    drop(first);
    // When their claims have run out, the rest goes as well, and nobody has it twice.
    peer.recovers();
    clock.forward(11 * MINUTE_MS);
    let second = store(&config);
    let running = start(config, &clock, second.clone()).await;
    peer.acknowledged(MEMBERS as usize, &mut mails).await;
    running.stop().await;
    check(&mails);
    assert_eq!(mails.len(), MEMBERS as usize, "no mail that was acknowledged came twice");
    assert_eq!(settled(&second, group, number), u64::from(MEMBERS));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_greylists_gets_everything_a_little_later_and_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut peer = Peer::start(Failing::Greylists).await;
    let (config, clock) = (config(folder.path(), Some(peer.port)), HandClock::new());
    let store = store(&config);
    let running = start(config, &clock, store.clone()).await;
    let app = running.app();
    let group = found(app, MEMBERS).await;
    let proposal = called(app, group, 2).await;
    clock.forward(2 * HOUR_MS);
    let number = sent_out(app, group, proposal, &clock).await;
    let mut mails = Vec::new();
    for _ in 0..4 {
        clock.forward(2 * MINUTE_MS);
        app.kick_outbox();
        if peer.everybody_has_it(PASS, &mut mails).await {
            break;
        }
    }
    assert!(everybody(&mails), "everybody has it");
    running.stop().await;
    check(&mails);
    assert_eq!(mails.len(), MEMBERS as usize, "once");
    assert_eq!(settled(&store, group, number), u64::from(MEMBERS));
    assert_eq!(store.parked_count().expect("told"), 0, "nothing was given up");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_23_every_mail_says_that_a_program_wrote_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut peer = Peer::start(Failing::Never).await;
    let (config, clock) = (config(folder.path(), Some(peer.port)), HandClock::new());
    let store = store(&config);
    let running = start(config, &clock, store.clone()).await;
    let app = running.app();
    let group = found(app, 5).await;
    let proposal = called(app, group, 1).await;
    clock.forward(2 * HOUR_MS);
    sent_out(app, group, proposal, &clock).await;
    let content = LetterContent::SignIn {
        language: "en".into(),
        zone: String::new(),
        token: "ab".repeat(16),
        code: "123456".into(),
        until: START_MS + 3 * HOUR_MS,
    };
    let letter = Letter {
        id: LetterId([1; 16]),
        kind: LetterKind::SignIn,
        group: None,
        address: "member1@people.example".into(),
        content: content.to_bytes(),
        expires: LogTime(START_MS + 3 * HOUR_MS),
    };
    store.write_letter(&letter, LogTime(app.wall().0)).expect("written");
    app.kick_outbox();
    // Summonses, the broadcast, and the letter, whichever comes first.
    let (mut broadcasts, mut letters, mut others) = (0, 0, 0);
    while broadcasts < 5 || letters < 1 || others < 1 {
        let mail = tokio::time::timeout(PATIENCE, peer.arrived.recv()).await.expect("in time");
        let mail = mail.expect("the peer runs");
        // Programs that answer by themselves leave it alone (RFC 3834, section 5).
        assert_eq!(header(&mail.bytes, "Auto-Submitted: "), "auto-generated", "{}", mail.bytes);
        let is_letter = mail.bytes.contains("123456");
        letters += u32::from(is_letter);
        broadcasts += u32::from(mail.bytes.contains("certificate-"));
        others += u32::from(!is_letter && !mail.bytes.contains("certificate-"));
    }
    running.stop().await;
}

/// Everybody has the broadcast; copies of it carry the id of the first; there are no more of them than were in flight.
fn check(mails: &[Arrived]) {
    let mut copies: BTreeMap<&str, Vec<&Arrived>> = BTreeMap::new();
    for mail in mails {
        copies.entry(&mail.to).or_default().push(mail);
    }
    assert_eq!(copies.len(), MEMBERS as usize, "everybody");
    let repeated: usize = copies.values().map(|copies| copies.len() - 1).sum();
    assert!(repeated <= IN_FLIGHT_MAX, "{repeated} came twice");
    for copies in copies.values() {
        assert!(copies.iter().all(|copy| copy.id == copies[0].id), "a repeat is recognisable");
        let acknowledged = copies.iter().filter(|copy| copy.acknowledged).count();
        assert_eq!(acknowledged, 1, "what was acknowledged is not sent again");
    }
    let mail = &mails[0].bytes;
    for part in [
        "List-Id: ",
        "List-Unsubscribe: <https://mic.example/u/",
        "List-Unsubscribe-Post: ",
        "Auto-Submitted: ",
        "References:",
    ] {
        assert!(mail.contains(part), "{part} is missing");
    }
}
