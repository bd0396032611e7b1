//! Draws from a public beacon, through the real driver and relays on loopback: rounds that come late, wrong or not at all make a draw
//! wait, visibly, and never change it. And what `mic doctor` says of beacon and clock.

use std::sync::Arc;
use std::time::Duration;

use mic::cli::{Exit, Screen, run};
use mic::clock::Clock;
use mic::config::{BeaconConfig, ChainConfig, Config};
use mic::drive::beacon::Trouble;
use mic_engine::ids::{GroupId, ProposalNumber};
use mic_proof::beacon::Chain;
use mic_proof::hash::hex;
use mic_proof::replay::Options;
use mic_proof::verify::verify_bundle;
use mic_store::SqliteStore;
use tempfile::TempDir;

use crate::rig::relay::{Manner, PERIOD_S, Relay, chain};
use crate::small_server::{
    HOUR_MS, HandClock, START_MS, approved, called, config, found, seated, start, store, until,
};

/// Longer than two attempts to fetch a round take, and than a relay that says nothing is waited for before another is asked.
const PATIENCE: Duration = Duration::from_mins(1);
/// When the chain of the tests began, in seconds.
const GENESIS_S: u64 = START_MS / 1_000 - 86_400;

/// A server whose groups draw by the relays of a test, and a draw that has been called and waits for its round.
struct World {
    folder: TempDir,
    store: Arc<SqliteStore>,
    running: mic::app::Running,
    group: GroupId,
    proposal: ProposalNumber,
}

fn drawing_by(folder: &TempDir, relays: &[&Relay]) -> Config {
    let beacon = BeaconConfig::Drand {
        chain: ChainConfig::Other(chain(GENESIS_S)),
        relays: relays.iter().map(|relay| relay.url()).collect(),
    };
    Config { beacon, ..config(folder.path(), None) }
}

impl World {
    async fn waiting(relays: &[&Relay]) -> Self {
        let (folder, clock) = (tempfile::tempdir().expect("a folder"), HandClock::new());
        let config = drawing_by(&folder, relays);
        let store = store(&config);
        let running = start(config, &clock, store.clone()).await;
        let group = found(running.app(), 5).await;
        let proposal = called(running.app(), group, 1).await;
        clock.forward(2 * HOUR_MS);
        running.app().kick_outbox();
        // The driver looks at its clock when something arrives.
        crate::small_server::settled(running.app(), group).await;
        Self { folder, store, running, group, proposal }
    }

    fn is_seated(&self) -> bool {
        seated(self.running.app(), self.group, self.proposal).is_some()
    }

    /// The draw waits, and the board says why.
    fn waits_because(&self, reason: &str) {
        assert!(!self.is_seated(), "nothing is drawn meanwhile");
        let awaited = self.running.app().beacon_status();
        let [line] = awaited.as_slice() else { panic!("one round: {awaited:?}") };
        assert!(line.attempts >= 1);
        let Trouble::Relays(said) = &line.trouble else { panic!("{:?}", line.trouble) };
        assert!(said.contains(reason), "{said}");
    }

    /// The jury sits, says yes, and strangers verify the whole journal with the chain's key.
    async fn ends_well(self) {
        let app = self.running.app();
        let seats = || seated(app, self.group, self.proposal);
        let sitting = tokio::time::timeout(PATIENCE, until(app, "the jury sits", seats));
        sitting.await.expect("in time");
        assert!(app.beacon_status().is_empty(), "nothing is awaited any more");
        approved(app, self.group, self.proposal).await;
        let mut bundle = Vec::new();
        mic::app::export(&*self.store, self.group, app.now(), &mut bundle).expect("exported");
        let chains = [Chain::Other(chain(GENESIS_S))];
        let options = Options {
            charter_check: Some(&mic::cli::charter_rules),
            chains: &chains,
            expected_key: None,
        };
        let mut bad = Vec::new();
        let mut tell = |finding: mic_proof::finding::Finding| {
            if finding.weight == mic_proof::finding::Weight::Bad {
                bad.push(finding.to_string());
            }
        };
        let verdict = verify_bundle(|| Ok(bundle.as_slice()), &options, &mut tell);
        assert_eq!(verdict.expect("readable"), None, "{bad:?}");
        let text = String::from_utf8(bundle).expect("text");
        assert!(text.contains(&format!("\\\"chain\\\":\\\"{}\\\"", chains[0].hash())));
        self.running.stop().await;
        drop(self.folder);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_round_is_waited_for_and_then_drawn_by() {
    let relay = Relay::start(Manner::Late).await;
    let world = World::waiting(&[&relay]).await;
    // The second question comes after the first answer was written down.
    tokio::time::timeout(PATIENCE, relay.asked(2)).await.expect("asked again");
    world.waits_because("do not have the round yet");
    relay.behave(Manner::Honest);
    world.ends_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_lies_or_has_another_round_decides_nothing() {
    for manner in [Manner::Lying, Manner::WrongRound] {
        let relay = Relay::start(manner).await;
        let world = World::waiting(&[&relay]).await;
        tokio::time::timeout(PATIENCE, relay.asked(2)).await.expect("asked again");
        world.waits_because("false");
        relay.behave(Manner::Honest);
        world.ends_well().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_honest_relay_is_enough_beside_those_that_lie_hang_or_are_late() {
    let [lying, hanging, late, honest] = [
        Relay::start(Manner::Lying).await,
        Relay::start(Manner::Hanging).await,
        Relay::start(Manner::Late).await,
        Relay::start(Manner::Honest).await,
    ];
    World::waiting(&[&lying, &hanging, &late, &honest]).await.ends_well().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_does_not_wait_for_a_relay_that_hangs() {
    let relay = Relay::start(Manner::Hanging).await;
    let world = World::waiting(&[&relay]).await;
    tokio::time::timeout(PATIENCE, relay.asked(1)).await.expect("asked");
    assert!(!world.is_seated());
    tokio::time::timeout(PATIENCE, world.running.stop()).await.expect("it stops");
    // Back again, with the relay in order, the very same round is asked for.
    let clock = HandClock::new();
    clock.forward(3 * HOUR_MS);
    relay.behave(Manner::Honest);
    drop(world.store);
    let config = drawing_by(&world.folder, &[&relay]);
    let store = store(&config);
    let running = start(config, &clock, store.clone()).await;
    let (group, proposal, folder) = (world.group, world.proposal, world.folder);
    World { folder, store, running, group, proposal }.ends_well().await;
}

/// What the doctor says of one matter, with its health in front, and how it ends.
fn doctor(relays: &[String], genesis_s: u64) -> (Exit, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let known = chain(genesis_s);
    let text = format!(
        "data = \"{}\"\norigin = \"http://localhost:8080\"\n[beacon]\nkind = \"drand\"\nrelays = {relays:?}\n\
         [beacon.chain]\nkey = \"{}\"\nhash = \"{}\"\ngenesis_seconds = {genesis_s}\nperiod_seconds = {PERIOD_S}\n",
        folder.path().join("data").display(),
        hex(&known.key),
        known.hash,
    );
    let path = folder.path().join("mic.toml");
    std::fs::write(&path, text).expect("written");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = ["mic", "doctor", "--config", path.to_str().expect("text")].map(Into::into);
    let exit = run(words, &mut Screen { out: &mut out, err: &mut err });
    let said = String::from_utf8([out, err].concat()).expect("text");
    let matters = said.lines().filter(|line| line.contains("beacon:") || line.contains("clock:"));
    (exit, matters.map(str::to_owned).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tells_a_beacon_that_fails_from_a_clock_that_is_wrong() {
    let now_s = Clock::system().wall().0 / 1_000;
    let genesis_s = now_s - 86_400;
    let newest = 86_400 / PERIOD_S;
    let ask = async |relays: &[&Relay]| {
        let urls: Vec<String> = relays.iter().map(|relay| relay.url()).collect();
        tokio::task::spawn_blocking(move || doctor(&urls, genesis_s)).await.expect("it ends")
    };
    let honest = Relay::start(Manner::Honest).await;
    for (rounds, healthy, says) in [
        (newest + 1, true, ["ok   beacon: round", "ok   clock: within 10 seconds"]),
        (newest + 200, false, ["ok   beacon: round", "bad  clock: late by more than 10 seconds"]),
        (newest - 200, false, ["ok   beacon: round", "bad  clock: ahead by more than 10 seconds"]),
    ] {
        honest.has_rounds_up_to(rounds);
        let (exit, said) = ask(&[&honest]).await;
        assert_eq!(said.len(), 2, "{said:?}");
        for (line, expected) in said.iter().zip(says) {
            assert!(line.starts_with(expected), "{line}");
        }
        assert_eq!(exit == Exit::Ok, healthy, "{said:?}");
    }
    honest.has_rounds_up_to(newest + 1);
    for manner in [Manner::Lying, Manner::WrongRound, Manner::Late, Manner::Hanging] {
        let broken = Relay::start(manner).await;
        let (exit, said) = ask(&[&broken]).await;
        assert_eq!(exit, Exit::FoundBad, "{manner:?}");
        assert_eq!(said.len(), 1, "nothing to compare the clock with: {said:?}");
        assert!(said[0].starts_with("bad  beacon: round"), "{said:?}");
        let (exit, said) = ask(&[&broken, &honest]).await;
        assert_eq!(exit, Exit::Ok, "one honest relay is enough: {said:?}");
    }
}
