//! A server without pages for tests of what lies behind them: a database in a folder of its own, a clock that the test sets, and a
//! group of invented people. Knows no HTTP.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use mic::app::{App, Entropy, NewGroup, Parts, Running, open_store, system_entropy};
use mic::clock::{Clock, Wall};
use mic::config::{Config, MailConfig, MailSecurity, Origin};
use mic_engine::append::Person;
use mic_engine::charter::{Audience, Id};
use mic_engine::command::{BallotForm, Content, MemberAct, Profile, VersionText};
use mic_engine::event::NonceFrom;
use mic_engine::ids::{GroupId, Number, ProposalNumber, Slot};
use mic_store::{SqliteStore, Store};

use crate::rig::patience::ask_until;

/// When the tests begin: 2027-01-15T08:00:00Z.
pub(crate) const START_MS: u64 = 1_800_000_000_000;
/// Nothing here takes so long, unless it never comes.
const PATIENCE: Duration = Duration::from_mins(1);
pub(crate) const MINUTE_MS: u64 = 60_000;
pub(crate) const HOUR_MS: u64 = 60 * MINUTE_MS;

/// A clock that stands until it is moved.
#[derive(Clone)]
pub(crate) struct HandClock(Arc<AtomicU64>);

impl HandClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU64::new(START_MS)))
    }

    pub(crate) fn forward(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn clock(&self) -> Clock {
        let hand = self.0.clone();
        Clock::new(Box::new(move || Wall(hand.load(Ordering::SeqCst))), 1)
    }
}

pub(crate) fn config(folder: &Path, mail_port: Option<u16>) -> Config {
    Config {
        data: folder.to_owned(),
        listen: "127.0.0.1:0".parse().expect("an address"),
        origin: Origin::new("https://mic.example").expect("an origin"),
        mail: mail_port.map(|port| MailConfig {
            server: "127.0.0.1".to_owned(),
            port,
            security: MailSecurity::Plain,
            user: None,
            password: None,
            from: "mic@mic.example".to_owned(),
            connections: 4,
        }),
        ..Config::default()
    }
}

pub(crate) fn store(config: &Config) -> Arc<SqliteStore> {
    Arc::new(open_store(config, &system_entropy()).expect("a store"))
}

pub(crate) async fn start(config: Config, clock: &HandClock, store: Arc<dyn Store>) -> Running {
    let entropy: Entropy = system_entropy();
    let screen = Arc::new(|_: &mic::app::LinkForOperator| {});
    let parts = Parts { config, clock: clock.clock(), store, entropy, screen };
    App::start(parts).await.expect("a server")
}

pub(crate) async fn found(app: &App, members: u32) -> GroupId {
    found_under(app, include_str!("../../../../charters/default.toml"), members).await
}

/// The same under other rules.
pub(crate) async fn found_under(app: &App, charter: &str, members: u32) -> GroupId {
    let person = |nth: u32| Person {
        name: format!("Member {nth}"),
        email: format!("member{nth}@people.example"),
        language: if nth.is_multiple_of(2) { "en" } else { "de" }.to_owned(),
    };
    let founding = NewGroup {
        profile: Profile { name: "Circle".into(), purpose: String::new(), language: "en".into() },
        charter_text: charter.to_owned(),
        members: (0..members).map(person).collect(),
    };
    let group = app.found(None, founding).await.expect("founded");
    settled(app, group).await;
    group
}

/// Waits until all that was done is published. An act is answered before its checkpoint is out, but the driver does one thing after
/// the other: once it has answered this, all that came before is done to its end.
pub(crate) async fn settled(app: &App, group: GroupId) {
    let refused = app.act(group, Slot(0), None, MemberAct::Resume).await;
    assert!(refused.is_err(), "nobody has paused");
}

pub(crate) fn open(title: &str) -> MemberAct {
    MemberAct::Open {
        process: Id::parse("message").expect("an id"),
        text: VersionText {
            title: title.to_owned(),
            body: "At **six**, by the old gate.".to_owned(),
            warning: String::new(),
            audience: Audience::Members,
            content: Content::Message,
        },
    }
}

/// Opens a proposal and lets as many co-sign as are needed; its draw is then called.
pub(crate) async fn called(app: &App, group: GroupId, cosigners: u32) -> ProposalNumber {
    let reply = app.act(group, Slot(0), None, open("We meet on Friday")).await.expect("opened");
    let proposal = reply.proposal.expect("a number");
    let view = app.view(group).expect("the group");
    let version = view.state.proposal(proposal).expect("open").version;
    for slot in 1..=cosigners {
        let act = MemberAct::Cosign { proposal, version };
        app.act(group, Slot(slot), None, act).await.expect("co-signed");
    }
    // A clock that jumps before the checkpoint is out would void the draw.
    settled(app, group).await;
    proposal
}

/// Waits for the seats, then lets the jury say yes until the broadcast is ordered.
pub(crate) async fn approved(app: &App, group: GroupId, proposal: ProposalNumber) -> Number {
    until(app, "the jury sits", || seated(app, group, proposal)).await;
    for slot in seated(app, group, proposal).unwrap_or_default() {
        let view = app.view(group).expect("the group");
        let Some(open) = view.state.proposal(proposal) else { break };
        let ballot = BallotForm {
            draw: open.jury().expect("a jury").inputs_hash,
            yes: true,
            nonce: format!("words {slot}"),
            nonce_from: NonceFrom::Words,
            blind: app.random(),
            reason: String::new(),
        };
        app.act(group, slot, None, MemberAct::Cast { proposal, ballot }).await.expect("cast");
    }
    settled(app, group).await;
    let view = app.view(group).expect("the group");
    view.state.closed.get(&proposal).expect("closed").broadcast.expect("a broadcast")
}

/// Waits until a broadcast has its certificate, which is made after the act that ordered it was answered. Its mails wait for that, too:
/// those that were looked at before are due again a moment later by the clock.
pub(crate) async fn certified(app: &App, group: GroupId, number: Number) {
    let there = app.blocking(move |store| {
        ask_until(PATIENCE, || store.certificate(group, number).expect("the store answers"))
    });
    there.await.expect("a certificate is made");
}

/// Asks again after every change of a group, until there is an answer.
pub(crate) async fn until<T>(app: &App, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let mut changes = app.changes();
    let answer = async {
        loop {
            if let Some(answer) = ask() {
                return answer;
            }
            changes.changed().await.expect("the server runs");
        }
    };
    tokio::time::timeout(PATIENCE, answer).await.unwrap_or_else(|_| panic!("never: {what}"))
}

/// The slots that hold a seat of a proposal's jury.
pub(crate) fn seated(app: &App, group: GroupId, proposal: ProposalNumber) -> Option<Vec<Slot>> {
    let view = app.view(group)?;
    let sitting = view.state.proposal(proposal)?.jury()?.sitting.clone()?;
    Some(sitting.seats.iter().map(|seat| seat.slot).collect())
}
