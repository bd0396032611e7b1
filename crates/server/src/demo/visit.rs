//! The server of the demonstration, from an empty folder to a group that a visitor can walk into. Knows nothing of terminals.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use mic_engine::ids::{GroupId, Slot};
use mic_engine::state::State;
use mic_store::contract::Fault;
use tokio::net::TcpListener;

use super::cast::{self, VISITOR, VISITOR_ADDRESS, VISITOR_NAME};
use super::pace::Stage;
use super::players::Players;
use super::sayings::HISTORY;
use super::sink::{Mailbox, Sink};
use crate::app::{
    ActError, App, LinkForOperator, NewGroup, Parts, Running, open_store, system_entropy,
};
use crate::cli::{Failure, start_failure};
use crate::clock::Clock;
use crate::config::{BeaconConfig, Config, MailConfig, MailSecurity, Origin};
use crate::contact::Choices;
use crate::web::{Demo, SiteOptions};

/// How fast the group's time runs: an hour in half a minute. A juror has twelve hours, which are six minutes.
pub(super) const FACTOR: u64 = 120;
/// So many ports after a port that is taken are tried.
const PORTS_TRIED_MAX: u16 = 20;

/// The rules of the group.
const CHARTER: &str = include_str!("../../../../charters/demo.toml");

/// Where and how to start.
pub(super) struct Wish {
    pub(super) data: PathBuf,
    pub(super) listen: SocketAddr,
    pub(super) players: Players,
}

/// A server that runs, with its group; nobody is answered yet.
pub(super) struct World {
    pub(super) running: Running,
    pub(super) listener: TcpListener,
    pub(super) stage: Stage,
    pub(super) mailbox: Mailbox,
    /// Ends when dropped: to be kept until the server has stopped.
    pub(super) sink: Sink,
}

impl World {
    pub(super) async fn start(wish: Wish) -> Result<Self, Failure> {
        let listener = listen(wish.listen).await?;
        let address = listener.local_addr()?;
        let played = (0..VISITOR.0).map(cast::played_address).collect::<BTreeSet<_>>();
        let sink = Sink::start(VISITOR_ADDRESS, played).await.map_err(Failure::fault)?;
        let running = serve(wish.data, address, sink.port()).await?;
        let group = group(running.app()).await?;
        let stage = Stage { app: running.app().clone(), group, players: wish.players };
        Ok(Self { running, listener, stage, mailbox: sink.mailbox(), sink })
    }

    /// The group has a past when the visitor comes: two messages went out, a third waits for a second name.
    pub(super) async fn give_it_a_past(&self) {
        self.stage.hurry(has_a_past).await;
    }

    /// What the site shows beside the group.
    pub(super) fn site(&self) -> SiteOptions {
        let mailbox = self.mailbox.clone();
        let demo = Demo {
            name: VISITOR_NAME.to_owned(),
            address: VISITOR_ADDRESS.to_owned(),
            group: self.stage.group,
            slot: VISITOR,
            mails: Arc::new(move || mailbox.newest_first()),
        };
        SiteOptions { demo: Some(demo), ..SiteOptions::default() }
    }
}

fn has_a_past(state: &State) -> bool {
    let waits = state.open.values().any(|open| !open.cosigners.is_empty());
    state.closed.len() > HISTORY || (state.closed.len() == HISTORY && waits)
}

/// The same server as ever, on a fast clock, with a mail server on this machine.
async fn serve(data: PathBuf, address: SocketAddr, mail_port: u16) -> Result<Running, Failure> {
    let config = Config {
        data,
        listen: address,
        origin: Origin::new(&format!("http://{address}")).map_err(Failure::fault)?,
        beacon: BeaconConfig::Local,
        mail: Some(MailConfig {
            server: "127.0.0.1".to_owned(),
            port: mail_port,
            security: MailSecurity::Plain,
            user: None,
            password: None,
            from: "mic@hafenviertel.invalid".to_owned(),
            connections: 2,
        }),
        clock_factor: FACTOR,
        ..Config::default()
    };
    let entropy = system_entropy();
    let store = open_store(&config, &entropy).map_err(|error| start_failure(&error))?;
    let nothing_to_show = |_: &LinkForOperator| {};
    let parts = Parts {
        clock: Clock::fast(config.clock_factor),
        config,
        store: Arc::new(store),
        entropy,
        screen: Arc::new(nothing_to_show),
    };
    App::start(parts).await.map_err(|error| start_failure(&error))
}

/// The group of an earlier time, or a new one. A folder with anything else in it is left alone.
async fn group(app: &App) -> Result<GroupId, Failure> {
    let Some(group) = app.groups().first().copied() else { return found(app).await };
    let record = app.blocking(move |store| store.person(group, VISITOR)).await;
    let ours = record.map_err(Failure::fault)?.is_some_and(|it| it.person.email == VISITOR_ADDRESS);
    if ours {
        Ok(group)
    } else {
        let data = app.config().data.display();
        Err(Failure::unreadable(format!(
            "{data} holds something else: name another folder for --data"
        )))
    }
}

async fn found(app: &App) -> Result<GroupId, Failure> {
    let founding = NewGroup {
        profile: cast::profile(),
        charter_text: CHARTER.to_owned(),
        members: cast::members(),
    };
    let group = app.found(None, founding).await.map_err(|error| match error {
        ActError::Refused(refusal) => Failure::fault(refusal.key()),
        ActError::NotSaved | ActError::Busy => Failure::fault("the group could not be saved"),
    })?;
    app.blocking(move |store| show_names(store, group)).await.map_err(Failure::fault)?;
    Ok(group)
}

/// Names are hidden until their owners show them. Most of the played ones do.
fn show_names(store: &dyn mic_store::Store, group: GroupId) -> Result<(), Fault> {
    let shown = Choices { show_name: true, ..Choices::at_first(false) }.write();
    for (slot, person) in (0..).map(Slot).zip(cast::members()) {
        if cast::is_played(slot) && cast::shows_name(slot) {
            store.update_person(group, slot, &person.name, &person.language, &shown)?;
        }
    }
    Ok(())
}

/// The wanted port, or the next one that is free.
async fn listen(wanted: SocketAddr) -> Result<TcpListener, Failure> {
    let mut tried = wanted;
    loop {
        match TcpListener::bind(tried).await {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                let next = tried.port().checked_add(1);
                let more = error.kind() == std::io::ErrorKind::AddrInUse
                    && tried.port() < wanted.port().saturating_add(PORTS_TRIED_MAX);
                let Some(port) = next.filter(|_| more) else {
                    return Err(Failure::fault(format!("cannot listen on {tried}: {error}")));
                };
                tried.set_port(port);
            }
        }
    }
}
