//! `mic demo`: a real server with a group of 40, of whom the program plays 39. Same engine, store, journal, mail and pages as
//! `mic serve`; only the group's clock runs fast, and the mail server stands in the same process. Knows no rules.

mod cast;
mod check;
mod mail_text;
mod player;
mod sink;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use mic_engine::append::Person;
use mic_engine::command::Profile;
use mic_engine::ids::{GroupId, Slot};
use tokio::net::TcpListener;

use crate::app::{
    ActError, App, LinkForOperator, NewGroup, Parts, Running, open_store, system_entropy,
};
use crate::cli::{
    Exit, Failure, Screen, asked_from_outside, ready_charter, runtime, serve_until, start_failure,
};
use crate::clock::Clock;
use crate::config::{BeaconConfig, Config, MailConfig, MailSecurity, Origin};
use crate::web::{Demo as DemoSite, DemoMail, SiteOptions};
use player::Pace;
use sink::{Mailbox, Sink};

/// How many members the group has.
pub const MEMBERS: u32 = 40;
/// The slot of the visitor.
pub const VISITOR: Slot = Slot(39);
/// The name the visitor gets. The played ones are in `cast.rs`.
pub const VISITOR_NAME: &str = "Robin";
/// Where the visitor's mail goes: a name that exists nowhere (RFC 2606).
pub const VISITOR_ADDRESS: &str = "robin@demo.invalid";
/// A minute of the group's time is a fifth of a second: an hour until a draw passes in twelve.
const FACTOR: u64 = 300;
/// Without a visitor nobody has to read: faster.
const FACTOR_HEADLESS: u64 = 20_000;
const LISTEN: &str = "127.0.0.1:8080";
const LISTEN_ANYWHERE: &str = "127.0.0.1:0";

#[derive(Debug, Args)]
pub struct Demo {
    /// Keep the group in this folder; without it a temporary one is used and removed
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Address and port to listen on; 127.0.0.1:8080 without it, or a free port if that is taken
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Play one message the whole way without a browser, verify the journal, and end
    #[arg(long)]
    headless_check: bool,
    /// With --headless-check: keep the exported bundle here
    #[arg(long, value_name = "FILE", requires = "headless_check")]
    bundle: Option<PathBuf>,
}

pub(crate) fn run(command: &Demo, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let folder = Folder::open(command.data.as_deref())?;
    let done = runtime()?.block_on(play(command, &folder.path, screen));
    folder.close()?;
    done
}

async fn play(command: &Demo, folder: &Path, screen: &mut Screen<'_>) -> Result<Exit, Failure> {
    let listener = listen(command.listen.as_deref()).await?;
    let address = listener.local_addr()?;
    let origin = format!("http://localhost:{}", address.port());
    let sink = Sink::start(VISITOR_ADDRESS).await.map_err(Failure::fault)?;
    let factor = if command.headless_check { FACTOR_HEADLESS } else { FACTOR };
    let config = Config {
        data: folder.to_owned(),
        listen: address,
        origin: Origin::new(&origin).map_err(Failure::fault)?,
        proxies: Vec::new(),
        beacon: BeaconConfig::Local,
        mail: Some(mail_to(sink.port())),
        clock_factor: factor,
    };
    let running = start(config, factor).await?;
    let group = group(running.app()).await?;
    let mailbox = sink.mailbox();
    let mut players = tokio::task::JoinSet::new();
    let pace = if command.headless_check { Pace::Headless } else { Pace::Watched };
    players.spawn(player::play(running.app().clone(), group, pace, running.stopping()));
    if command.headless_check {
        let bundle = command.bundle.clone().unwrap_or_else(|| folder.join("demo.mic"));
        let found = check::run(running.app(), group, &mailbox, &bundle, screen).await;
        running.stop().await;
        return found;
    }
    writeln!(screen.out, "{origin}")?;
    screen.out.flush()?;
    let options = SiteOptions { proxies: Vec::new(), demo: Some(site(group, mailbox)) };
    serve_until(running, listener, options, asked_from_outside()).await?;
    Ok(Exit::Ok)
}

/// A server on the group's fast clock.
async fn start(config: Config, factor: u64) -> Result<Running, Failure> {
    let entropy = system_entropy();
    let store = open_store(&config, &entropy).map_err(|error| start_failure(&error))?;
    let nothing = |_: &LinkForOperator| {};
    let parts = Parts {
        config,
        clock: Clock::fast(factor),
        store: Arc::new(store),
        entropy,
        screen: Arc::new(nothing),
    };
    App::start(parts).await.map_err(|error| start_failure(&error))
}

/// The group of an earlier time, or a new one.
async fn group(app: &App) -> Result<GroupId, Failure> {
    if let Some(group) = app.groups().first() {
        return Ok(*group);
    }
    let mut members: Vec<Person> = cast::PLAYED.iter().map(|name| person(name)).collect();
    members.push(Person { email: VISITOR_ADDRESS.to_owned(), ..person(VISITOR_NAME) });
    let charter_text =
        ready_charter("default").expect("the default charter comes along").to_owned();
    let founding = NewGroup { profile: profile(), charter_text, members };
    app.found(None, founding).await.map_err(|error| match error {
        ActError::Refused(refusal) => Failure::fault(refusal.key()),
        ActError::NotSaved | ActError::Busy => Failure::fault("the group could not be saved"),
    })
}

fn profile() -> Profile {
    Profile {
        name: "Tram Workers".to_owned(),
        purpose: "Drivers, conductors, cleaners and mechanics of the city's trams. \
                  In this demonstration the program plays all of them but you."
            .to_owned(),
        language: "en".to_owned(),
    }
}

fn person(name: &str) -> Person {
    let local: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    Person {
        name: name.to_owned(),
        email: format!("{local}@demo.invalid"),
        language: "en".to_owned(),
    }
}

fn mail_to(port: u16) -> MailConfig {
    MailConfig {
        server: "127.0.0.1".to_owned(),
        port,
        security: MailSecurity::Plain,
        user: None,
        password: None,
        from: "mic@demo.invalid".to_owned(),
        connections: 2,
    }
}

fn site(group: GroupId, mailbox: Mailbox) -> DemoSite {
    let mails = move || -> Vec<DemoMail> { mailbox.newest_first() };
    DemoSite {
        name: VISITOR_NAME.to_owned(),
        address: VISITOR_ADDRESS.to_owned(),
        group,
        slot: VISITOR,
        mails: Arc::new(mails),
    }
}

async fn listen(wanted: Option<&str>) -> Result<TcpListener, Failure> {
    let refuse = |error: std::io::Error| Failure::fault(format!("cannot listen: {error}"));
    match wanted {
        Some(address) => TcpListener::bind(address).await.map_err(refuse),
        None => match TcpListener::bind(LISTEN).await {
            Ok(listener) => Ok(listener),
            Err(_) => TcpListener::bind(LISTEN_ANYWHERE).await.map_err(refuse),
        },
    }
}

/// Where the demonstration's database lies.
struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Folder {
    fn open(wanted: Option<&Path>) -> Result<Self, Failure> {
        if let Some(path) = wanted {
            return Ok(Self { path: path.to_owned(), temporary: false });
        }
        let mut name = [0; 16];
        system_entropy()(&mut name);
        let path = std::env::temp_dir().join(format!("mic-demo-{}", GroupId(name)));
        std::fs::create_dir(&path)
            .map_err(|error| Failure::fault(format!("{}: {error}", path.display())))?;
        Ok(Self { path, temporary: true })
    }

    fn close(self) -> Result<(), Failure> {
        if self.temporary {
            std::fs::remove_dir_all(&self.path)?;
        }
        Ok(())
    }
}
