//! Letters that wait for a connection, first come first served. Of several idle connections the one that was
//! used last is woken, so that the others may age and close. It does not know how letters are sent.

use super::letter::{Answer, Letter};
use crate::plan::LetterKey;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, OwnedSemaphorePermit, mpsc};

/// A letter with the way back for its answer.
pub(super) struct Job {
    pub(super) letter: Letter,
    settled: mpsc::Sender<(LetterKey, Answer)>,
    /// Its place among the letters in flight; free again when the job is gone.
    _place: OwnedSemaphorePermit,
}

#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    idle: Vec<Arc<Notify>>,
    is_closed: bool,
}

impl Job {
    pub(super) fn new(
        letter: Letter,
        settled: mpsc::Sender<(LetterKey, Answer)>,
        place: OwnedSemaphorePermit,
    ) -> Self {
        Self { letter, settled, _place: place }
    }

    /// Gives the one answer of this letter. Waits when the answers are not read; goes on when nobody will
    /// ever read them, since the letter itself cannot be called back.
    pub(super) async fn settle(self, answer: Answer) {
        if self.settled.send((self.letter.key(), answer)).await.is_err() {
            tracing::warn!("an answer of the mail relay was not wanted any more");
        }
    }
}

impl Queue {
    pub(super) fn push(&self, job: Job) {
        let mut state = self.lock();
        state.jobs.push_back(job);
        if let Some(worker) = state.idle.pop() {
            worker.notify_one();
        }
    }

    /// The next letter if there is one at this moment.
    pub(super) fn try_next(&self) -> Option<Job> {
        self.lock().jobs.pop_front()
    }

    /// Waits for a letter; nothing once the queue is closed and empty. `worker` belongs to the caller alone.
    /// May be dropped at any time: a letter is taken only in the moment it is returned.
    pub(super) async fn next(&self, worker: &Arc<Notify>) -> Option<Job> {
        loop {
            {
                let mut state = self.lock();
                if let Some(job) = state.jobs.pop_front() {
                    return Some(job);
                }
                if state.is_closed {
                    return None;
                }
                if !state.idle.iter().any(|known| Arc::ptr_eq(known, worker)) {
                    state.idle.push(worker.clone());
                }
            }
            worker.notified().await;
        }
    }

    /// Lets the workers go as soon as nothing waits.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        for worker in state.idle.drain(..) {
            worker.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
