//! The tasks that each keep one connection to the relay, and the handle through which letters reach them.
//! It does not know commands.

use super::config::{ConfigFault, SmtpConfig};
use super::handshake::Dialler;
use super::letter::{Answer, Letter};
use super::queue::{Job, Queue};
use super::session::{Ended, Session};
use crate::plan::LetterKey;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Letters taken per connection before `stream` waits: enough that no connection runs dry.
const LETTERS_IN_FLIGHT_PER_CONNECTION: usize = 8;

/// A pool of connections to one relay. Connections are opened when letters come and closed when idle.
/// Dropping it cuts them off; `close` lets them finish.
pub struct Mailer {
    queue: Arc<Queue>,
    room: Arc<Semaphore>,
    workers: JoinSet<()>,
}

impl Mailer {
    /// Starts the tasks, so it must be called inside a tokio runtime. Nothing is connected yet.
    pub fn new(config: SmtpConfig) -> Result<Self, ConfigFault> {
        let dialler = Arc::new(Dialler::new(config)?);
        let connections = dialler.config.connections;
        let queue = Arc::new(Queue::default());
        let mut workers = JoinSet::new();
        for _ in 0..connections {
            workers.spawn(work(dialler.clone(), queue.clone()));
        }
        let room = Arc::new(Semaphore::new(connections * LETTERS_IN_FLIGHT_PER_CONNECTION));
        Ok(Self { queue, room, workers })
    }

    /// Sends all letters and gives one answer for each, in the order of the letters.
    pub async fn send(&self, batch: Vec<Letter>) -> Vec<(LetterKey, Answer)> {
        let keys: Vec<LetterKey> = batch.iter().map(Letter::key).collect();
        let (settled, mut answers) = mpsc::channel(keys.len().max(1));
        for letter in batch {
            self.push(letter, settled.clone()).await;
        }
        drop(settled);
        let mut found: BTreeMap<LetterKey, Vec<Answer>> = BTreeMap::new();
        while let Some((key, answer)) = answers.recv().await {
            found.entry(key).or_default().push(answer);
        }
        // A task that came to a sudden end (a bug) leaves letters of which nobody knows anything.
        let answer_of = |key| found.get_mut(&key).and_then(Vec::pop).unwrap_or(Answer::Unknown);
        let answers: Vec<Answer> = keys.iter().copied().map(answer_of).collect();
        keys.into_iter().zip(answers).collect()
    }

    /// Sends letters as they come and answers in the order they are settled, so that settlements can be
    /// written down in batches while sending goes on. Returns when `letters` is closed and all of them are
    /// on their way; the last answer has been given when the receiver of `settled` finds its channel closed.
    /// Takes no more letters than the connections can chew, and none while answers are not read.
    pub async fn stream(
        &self,
        mut letters: mpsc::Receiver<Letter>,
        settled: mpsc::Sender<(LetterKey, Answer)>,
    ) {
        while let Some(letter) = letters.recv().await {
            self.push(letter, settled.clone()).await;
        }
    }

    /// Sends what waits, says QUIT on every connection and ends.
    pub async fn close(mut self) {
        self.queue.close();
        while self.workers.join_next().await.is_some() {}
    }

    async fn push(&self, letter: Letter, settled: mpsc::Sender<(LetterKey, Answer)>) {
        // The semaphore is never closed, so an error would be a bug of ours.
        let place = self.room.clone().acquire_owned().await.expect("the pool's semaphore is open");
        self.queue.push(Job::new(letter, settled, place));
    }
}

/// One connection's life: letters while there are any, QUIT when idle, a new one when needed.
async fn work(dialler: Arc<Dialler>, queue: Arc<Queue>) {
    let me = Arc::new(Notify::new());
    let mut session: Option<Session> = None;
    loop {
        let next = if let Some(idle) = session.take() {
            let Ok(next) = timeout(dialler.config.idle, queue.next(&me)).await else {
                idle.quit(&dialler.config).await;
                continue;
            };
            session = Some(idle);
            next
        } else {
            queue.next(&me).await
        };
        let Some(job) = next else { break };
        session = serve(job, session, &dialler, &queue).await;
    }
    if let Some(session) = session {
        session.quit(&dialler.config).await;
    }
}

/// Serves a letter and those behind it. Gives back the connection if it can be used again.
async fn serve(
    job: Job,
    session: Option<Session>,
    dialler: &Dialler,
    queue: &Queue,
) -> Option<Session> {
    let mut session = match session {
        Some(session) => session,
        None => match dialler.open().await {
            Ok((wire, capabilities)) => Session::new(wire, capabilities),
            Err(fault) => {
                job.settle(Answer::unreachable(fault.to_string())).await;
                return None;
            }
        },
    };
    let mut pending = Some(job);
    while let Some(job) = pending.take() {
        match session.run(job, queue, &dialler.config).await {
            Ended::Idle => return Some(session),
            Ended::Worn => {
                session.quit(&dialler.config).await;
                return None;
            }
            Ended::Dead(None) => return None,
            Ended::Dead(Some((job, fault))) if !session.is_used() => {
                job.settle(Answer::unreachable(fault.to_string())).await;
                return None;
            }
            // The connection died of age or of another letter: one fresh connection, which settles the
            // letter one way or the other because it is not used yet.
            Ended::Dead(Some((job, _))) => match dialler.open().await {
                Ok((wire, capabilities)) => {
                    session = Session::new(wire, capabilities);
                    pending = Some(job);
                }
                Err(fault) => job.settle(Answer::unreachable(fault.to_string())).await,
            },
        }
    }
    None
}
