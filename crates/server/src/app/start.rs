//! Starting and stopping a server without its pages: store, driver and the tasks beside it.
//! Knows nothing of HTTP; `cli/serve.rs`, the demonstration and tests put pages in front of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use mic_store::contract::Fault;
use mic_store::{MasterKey, Options, SqliteStore, Store};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinSet;

use super::operator::{Desk, OperatorToken, Screen};
use super::{App, Inner, upkeep};
use crate::clock::Clock;
use crate::config::{BeaconConfig, Config};
use crate::drive::beacon::{self, Board};
use crate::drive::{Driver, Ports, Views};
use crate::{certificates, outbox};

/// Fills a buffer with random bytes; never returns without.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The database within the data folder.
pub const DATABASE_FILE: &str = "mic.sqlite";
/// The key of the database. Without it every name, address and text is lost: keep a copy elsewhere.
pub const KEY_FILE: &str = "mic.key";

/// What a server is made of.
pub struct Parts {
    pub config: Config,
    pub clock: Clock,
    pub store: Arc<dyn Store>,
    pub entropy: Entropy,
    /// Shows links that cannot be mailed.
    pub screen: Screen,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the data folder {path} cannot be made: {reason}")]
    Folder { path: PathBuf, reason: String },
    #[error(transparent)]
    Store(#[from] Fault),
    #[error("a thread cannot be started: {0}")]
    Thread(std::io::Error),
    #[error("{0}")]
    Mail(outbox::MailUnusable),
    #[error("{0}")]
    Beacon(beacon::BeaconUnusable),
}

/// A server that runs. Dropped without [`Running::stop`] it stops as after a crash, which loses nothing.
pub struct Running {
    app: App,
    thread: Option<JoinHandle<()>>,
    tasks: JoinSet<()>,
    stopping: watch::Sender<bool>,
}

/// Entropy of the operating system.
///
/// # Panics
/// If the operating system has none: nothing may then be signed or sealed.
#[expect(clippy::disallowed_methods, reason = "the one place that asks for entropy")]
pub fn system_entropy() -> Entropy {
    Arc::new(|buffer: &mut [u8]| {
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    })
}

/// Opens the database of a data folder, or makes folder, key and database.
pub fn open_store(config: &Config, entropy: &Entropy) -> Result<SqliteStore, StartError> {
    let folder = &config.data;
    make_folder(folder)
        .map_err(|error| StartError::Folder { path: folder.clone(), reason: error.to_string() })?;
    let key_path = folder.join(KEY_FILE);
    let key = if key_path.exists() {
        MasterKey::read(&key_path)?
    } else {
        let mut random = [0; 32];
        entropy(&mut random);
        MasterKey::create(&key_path, random)?
    };
    let store =
        SqliteStore::open(&folder.join(DATABASE_FILE), &key, Options::default(), entropy.clone())?;
    Ok(store)
}

impl App {
    /// Starts driver and tasks; returns when every group has been read. To be called within a tokio runtime.
    pub async fn start(parts: Parts) -> Result<Running, StartError> {
        let Parts { config, clock, store, entropy, screen } = parts;
        let (clock, views) = (Arc::new(clock), Views::default());
        let (outbox, board) = (Arc::new(Notify::new()), Arc::new(Board::default()));
        let (certificates, new_checkpoints) = mpsc::unbounded_channel();
        let (rounds, asked) = mpsc::unbounded_channel();
        let chains = match &config.beacon {
            BeaconConfig::Local => Vec::new(),
            BeaconConfig::Drand { chain, .. } => vec![chain.chain()],
        };
        let ports = Ports {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            views: views.clone(),
            chains,
            outbox: outbox.clone(),
            certificates,
            rounds,
            board: board.clone(),
        };
        let (driver, thread, loaded) = Driver::start(ports).map_err(StartError::Thread)?;
        let mut token = [0; 16];
        entropy(&mut token);
        let token = OperatorToken(mic_engine::ids::GroupId(token).to_string());
        let operator = Desk::new(screen, token);
        let inner =
            Inner { config, clock, store, entropy, views, driver, outbox, beacon: board, operator };
        let app = App(Arc::new(inner));
        let (stopping, stop) = watch::channel(false);
        let mut running = Running { app, thread: Some(thread), tasks: JoinSet::new(), stopping };
        // A driver that dies while loading drops its end; readers then see no groups.
        let _died = loaded.await;
        running.start_tasks(new_checkpoints, asked, &stop)?;
        Ok(running)
    }
}

impl Running {
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Turns true when the server is about to stop.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Says that the server is about to stop, so that what takes requests ends first.
    pub fn ask_to_stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Finishes what is under way and ends. Mail in flight is settled first.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
        self.app.0.driver.stop();
        if let Some(thread) = self.thread.take() {
            let joined = tokio::task::spawn_blocking(move || thread.join()).await;
            if !matches!(joined, Ok(Ok(()))) {
                tracing::error!(event = "drive.died");
            }
        }
    }

    fn start_tasks(
        &mut self,
        new_checkpoints: mpsc::UnboundedReceiver<mic_engine::ids::GroupId>,
        asked: mpsc::UnboundedReceiver<beacon::Ask>,
        stop: &watch::Receiver<bool>,
    ) -> Result<(), StartError> {
        let app = &self.app;
        let sender = outbox::Sender::new(app).map_err(StartError::Mail)?;
        let fetcher = beacon::Fetcher::new(app.config()).map_err(StartError::Beacon)?;
        let inner = &app.0;
        let (driver, board) = (inner.driver.clone(), inner.beacon.clone());
        self.tasks.spawn(certificates::run(app.clone(), new_checkpoints, stop.clone()));
        self.tasks.spawn(upkeep::run(app.clone(), stop.clone()));
        self.tasks.spawn(sender.run(inner.outbox.clone(), stop.clone()));
        self.tasks.spawn(fetcher.run(driver, board, inner.clock.clone(), asked, stop.clone()));
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stopping.send_replace(true);
        if self.thread.is_some() {
            self.app.0.driver.stop();
        }
    }
}

/// Returns when the server is to stop, or is gone.
pub(crate) async fn asked_to_stop(stop: &mut watch::Receiver<bool>) {
    let _gone = stop.wait_for(|stop| *stop).await;
}

/// Readable by nobody but its owner.
fn make_folder(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}
