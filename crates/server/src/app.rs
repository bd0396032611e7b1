//! The boundary between everything that talks to people (pages, API, command line, mail) and the machinery behind it.
//! Cheap to clone. Knows no HTML, HTTP or SQL.

mod export;
mod found;
mod operator;
mod start;
mod upkeep;

use std::sync::Arc;

use mic_engine::append::Person;
use mic_engine::command::{MemberAct, Profile};
use mic_engine::ids::{CommandKey, GroupId, LogTime, Slot};
use mic_engine::node::{Answer, Reply, View};
use mic_engine::refusal::Refusal;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::{DocumentText, Fault};
use tokio::sync::{Notify, oneshot};

use crate::clock::{Clock, Wall};
use crate::config::Config;
use crate::drive::beacon::{Board, RoundAwaited};
use crate::drive::{Driver, Signal, Unreachable, Views};

pub use export::{ExportError, Exported, export, export_for};
pub use operator::{LINKS_KEPT_MAX, LinkForOperator, LinkKind, OperatorToken, Screen};
pub(crate) use start::asked_to_stop;
pub use start::{
    DATABASE_FILE, Entropy, KEY_FILE, Parts, Running, StartError, open_store, system_entropy,
};

/// A running server, as the outside sees it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    clock: Arc<Clock>,
    store: Arc<dyn Store>,
    entropy: Entropy,
    views: Views,
    driver: Driver,
    outbox: Arc<Notify>,
    beacon: Arc<Board>,
    operator: operator::Desk,
}

/// Why an act was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActError {
    /// The rules say no.
    Refused(Refusal),
    /// The disk is full or failed, or the server is stopping: nothing was done, and the same act may be sent again.
    NotSaved,
    /// Too much waits already; try again in a moment.
    Busy,
}

/// A group to be founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    pub profile: Profile,
    pub charter_text: String,
    /// They take slots 0, 1, 2 … in this order.
    pub members: Vec<Person>,
}

impl App {
    /// The groups' clock: what entries carry. In the demonstration it runs fast.
    pub fn now(&self) -> LogTime {
        self.0.clock.now()
    }

    /// Real time: sessions, codes, rate limits.
    pub fn wall(&self) -> Wall {
        self.0.clock.wall()
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Random bytes from the source the server was started with.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0.entropy)(&mut bytes);
        bytes
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The committed state of a group. Cheap: everything is shared.
    pub fn view(&self, group: GroupId) -> Option<View> {
        self.0.views.get(group)
    }

    pub fn groups(&self) -> Vec<GroupId> {
        self.0.views.groups()
    }

    /// How often journals were made durable since the start.
    pub fn syncs(&self) -> u64 {
        self.0.views.syncs()
    }

    /// Tells of every change of any group, for whoever waits for one.
    pub fn changes(&self) -> tokio::sync::watch::Receiver<u64> {
        self.0.views.changes()
    }

    /// The store. Its calls block; from async code they go through [`App::blocking`].
    pub fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    /// Calls the store on a thread that may block.
    pub async fn blocking<T, F>(&self, call: F) -> T
    where
        T: Send + 'static,
        F: FnOnce(&dyn Store) -> T + Send + 'static,
    {
        let store = self.0.store.clone();
        match tokio::task::spawn_blocking(move || call(store.as_ref())).await {
            Ok(answer) => answer,
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }

    /// A member acts. Durable when this returns `Ok`. Sent again under the same key it is done once.
    pub async fn act(
        &self,
        group: GroupId,
        slot: Slot,
        key: Option<CommandKey>,
        act: MemberAct,
    ) -> Result<Reply, ActError> {
        // An act without a key could not be found again if the outcome of saving it was unknown.
        let key = key.unwrap_or_else(|| CommandKey(self.random()));
        self.ask(|answer| Signal::Act { group, slot, key, act: Box::new(act), answer }).await
    }

    /// A text beside the journal; `None` if there is none or it was erased.
    pub async fn document(&self, group: GroupId, hash: Hash) -> Result<Option<Vec<u8>>, Fault> {
        let found = self.blocking(move |store| store.document(group, &hash)).await?;
        Ok(match found {
            Some(DocumentText::Bytes(bytes)) => Some(bytes),
            Some(DocumentText::Erased) | None => None,
        })
    }

    /// There are new letters, or a reason to look at those that wait.
    pub fn kick_outbox(&self) {
        self.0.outbox.notify_one();
    }

    /// The rounds that draws wait for, with what the last attempt to fetch them met.
    pub fn beacon_status(&self) -> Vec<RoundAwaited> {
        self.0.beacon.awaited()
    }

    async fn ask(
        &self,
        signal: impl FnOnce(oneshot::Sender<Answer>) -> Signal,
    ) -> Result<Reply, ActError> {
        let (answer, answered) = oneshot::channel();
        self.0.driver.send(signal(answer)).map_err(|unreachable| match unreachable {
            Unreachable::Busy => ActError::Busy,
            Unreachable::Stopped => ActError::NotSaved,
        })?;
        match answered.await {
            Ok(Answer::Done(reply)) => Ok(reply),
            Ok(Answer::Refused(Refusal::QueueFull)) => Err(ActError::Busy),
            Ok(Answer::Refused(refusal)) => Err(ActError::Refused(refusal)),
            Ok(Answer::NotSaved) | Err(_) => Err(ActError::NotSaved),
        }
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "App({} groups)", self.groups().len())
    }
}
