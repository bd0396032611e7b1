//! Mail on its way: letters first, then parcels. What is taken from the store is marked as in flight before anything is sent and
//! settled after, both in batches, so that a crash loses nobody and repeats at most what was in flight. Knows no rules.
//!
//! Letters and parcels live on the wall's clock, also where the groups' clock runs fast: mail servers do.

mod content;
mod envelope;
mod letters;
mod parcels;
mod said;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mic_courier::address::{Address, AddressRefusal};
use mic_courier::plan::{self, Breaker, Gate, LetterKey, Setback, UnixMs};
use mic_courier::smtp::{Answer, ConfigFault, Credentials, Letter, Mailer, SmtpConfig, TlsMode};
use mic_engine::ids::LogTime;
use mic_store::contract::Delivery;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::app::{App, asked_to_stop};
use crate::clock;
use crate::config::{MailConfig, MailSecurity};
use crate::pages::route::Origin;

pub use content::LetterContent;

/// How long what was claimed belongs to the claimer.
const LEASE_MS: u64 = 10 * 60_000;
/// What has no answer by then counts as unknown: well before the claim runs out.
const ANSWER_WITHIN: Duration = Duration::from_mins(8);
/// Batches of parcels that are on their way at once.
const WORKERS: usize = 4;
/// The longest pause before the store is asked again.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// How long a server that stops waits for answers to what it has sent. What has none by then is sent again later, under the same id.
const STOP_WITHIN: Duration = Duration::from_secs(5);
/// After the store failed.
const PAUSE_AFTER_FAULT: Duration = Duration::from_secs(2);

/// Why mail cannot be sent with this configuration.
#[derive(Debug, thiserror::Error)]
pub enum MailUnusable {
    #[error("mail.from: {0}")]
    From(AddressRefusal),
    #[error("mail: {0}")]
    Config(ConfigFault),
}

/// Sends what waits, until it is stopped.
pub(crate) struct Sender {
    app: App,
    way: Option<Arc<Way>>,
    origin: Origin,
}

/// The way to the mail server.
struct Way {
    mailer: Mailer,
    sender: envelope::Sender,
    breaker: Mutex<Breaker>,
}

/// What wakes a task, and what ends it.
#[derive(Clone)]
struct Wake {
    kicked: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
}

impl Sender {
    pub(crate) fn new(app: &App) -> Result<Self, MailUnusable> {
        let origin = Origin::new(app.config().origin.as_str());
        let way = match &app.config().mail {
            Some(mail) => Some(Arc::new(Way::new(mail, &origin)?)),
            None => None,
        };
        Ok(Self { app: app.clone(), way, origin })
    }

    pub(crate) async fn run(self, kick: Arc<Notify>, mut stop: watch::Receiver<bool>) {
        let (kicks, kicked) = watch::channel(0_u64);
        let wake = Wake { kicked, stop: stop.clone() };
        let mut tasks = JoinSet::new();
        match &self.way {
            // Parcels stay where they are: pages show them as waiting because no mail is configured.
            None => {
                tasks.spawn(letters::show(self.app.clone(), self.origin.clone(), wake));
            }
            Some(way) => {
                tasks.spawn(letters::send(self.app.clone(), way.clone(), wake.clone()));
                for _ in 0..WORKERS {
                    tasks.spawn(parcels::send(self.app.clone(), way.clone(), wake.clone()));
                }
            }
        }
        loop {
            tokio::select! {
                () = kick.notified() => kicks.send_modify(|count| *count += 1),
                () = asked_to_stop(&mut stop) => break,
            }
        }
        while let Some(ended) = tasks.join_next().await {
            if ended.is_err() {
                tracing::error!(event = "outbox.died");
            }
        }
    }
}

impl Way {
    fn new(mail: &MailConfig, origin: &Origin) -> Result<Self, MailUnusable> {
        let from = Address::parse(&mail.from).map_err(MailUnusable::From)?;
        let mailer = Mailer::new(smtp_config(mail, &from)).map_err(MailUnusable::Config)?;
        let sender = envelope::Sender { from, origin: origin.clone() };
        Ok(Self { mailer, sender, breaker: Mutex::new(Breaker::new()) })
    }

    /// How many mails may be taken now, or how long the mail server is to be left in peace.
    fn gate(&self, now: UnixMs, most: u32) -> Result<u32, Duration> {
        let mut breaker = self.lock();
        match breaker.gate(now) {
            Gate::Send => Ok(most),
            Gate::Probe => {
                *breaker = breaker.probing();
                Ok(1)
            }
            Gate::WaitUntil(until) => Err(Duration::from_millis(until.0.saturating_sub(now.0))),
            Gate::WaitForProbe => Err(Duration::from_secs(1)),
        }
    }

    /// The probe found nothing to send: the next one may try.
    fn unused(&self, now: UnixMs) {
        let mut breaker = self.lock();
        if let Breaker::Probing { pause_ms } = *breaker {
            *breaker = Breaker::Open { until: now, pause_ms };
        }
    }

    /// Sends one letter, beside all others. No answer in time counts as unknown.
    async fn send(&self, letter: Letter, app: &App) -> Answer {
        let sent = tokio::time::timeout(ANSWER_WITHIN, self.mailer.send(vec![letter])).await;
        let answer = sent.ok().and_then(|mut answers| answers.pop());
        let answer = answer.map_or(Answer::Unknown, |(_, answer)| answer);
        self.learn(&answer, wall(app));
        answer
    }

    fn learn(&self, answer: &Answer, now: UnixMs) {
        let mut breaker = self.lock();
        *breaker = match answer {
            Answer::Accepted { .. } | Answer::Later(_) | Answer::Refused(_) => Breaker::new(),
            Answer::Unknown | Answer::Unreachable { .. } => breaker.failed(now),
        };
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Wake {
    fn stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// The same, or until one of these has an answer.
    async fn answer_or<T: 'static>(
        &mut self,
        sending: &mut JoinSet<T>,
        time: Duration,
    ) -> Option<T> {
        if sending.is_empty() {
            self.pause(time).await;
            return None;
        }
        tokio::select! {
            answered = sending.join_next() => answered.and_then(Result::ok),
            () = self.pause(time) => None,
        }
    }

    /// Until there is something new, the time is over, or the server stops.
    async fn pause(&mut self, time: Duration) {
        tokio::select! {
            () = clock::pause(time.min(PAUSE_MAX)) => {}
            _ = self.kicked.changed() => {}
            () = asked_to_stop(&mut self.stop) => {}
        }
    }
}

/// Waits for the last answers, but not for a mail server that hangs.
async fn before_leaving(answers: impl Future<Output = ()>) {
    tokio::select! {
        () = answers => {}
        () = clock::pause(STOP_WITHIN) => tracing::warn!(event = "outbox.left_under_way"),
    }
}

/// How the SMTP client is set up from a configuration. The command line's `doctor` uses it, too.
pub fn smtp_config(mail: &MailConfig, from: &Address) -> SmtpConfig {
    let tls = match mail.security {
        MailSecurity::Tls => TlsMode::Implicit,
        MailSecurity::Starttls => TlsMode::StartTls,
        MailSecurity::Plain => TlsMode::None,
    };
    let host = from.as_str().rsplit_once('@').map_or("localhost", |(_, host)| host);
    let mut config = SmtpConfig::new(mail.server.clone(), mail.port, tls, host);
    config.connections = mail.connections.try_into().unwrap_or(1);
    config.credentials = match (&mail.user, &mail.password) {
        (Some(user), Some(password)) => {
            let (user, password) = (user.clone(), password.reveal().to_owned());
            Some(Credentials { user, password })
        }
        (None | Some(_), None) | (None, Some(_)) => None,
    };
    config
}

fn wall(app: &App) -> UnixMs {
    UnixMs(app.wall().0)
}

fn stamp(at: UnixMs) -> LogTime {
    LogTime(at.0)
}

/// What an answer means for a delivery; `attempts` were made before this one.
fn delivery(key: LetterKey, attempts: u32, now: UnixMs, answer: &Answer) -> Delivery {
    let Some(setback) = answer.setback() else { return Delivery::Done };
    let said = match answer {
        Answer::Later(objection) | Answer::Refused(objection) => {
            format!("{} {}", objection.code, objection.text)
        }
        Answer::Unreachable { text } => text.clone(),
        Answer::Unknown | Answer::Accepted { .. } => String::new(),
    };
    match plan::next(key, attempts + 1, first_attempt(key, attempts, now), now, setback) {
        plan::Next::GiveUp(_) => Delivery::GivenUp { answer: said },
        plan::Next::RetryAt(at) if setback == Setback::Unknown => {
            Delivery::Unknown { at: stamp(at), answer: said }
        }
        plan::Next::RetryAt(at) => Delivery::Later { at: stamp(at), answer: said },
    }
}

/// When the first attempt was, at the latest: the delays of a letter follow from its key, so they need not be stored.
fn first_attempt(key: LetterKey, attempts: u32, now: UnixMs) -> UnixMs {
    let zero = UnixMs(0);
    let after = |at: UnixMs, nth: u32| match plan::next(key, nth, at, at, Setback::Later) {
        plan::Next::RetryAt(next) => next,
        plan::Next::GiveUp(_) => at,
    };
    // Twenty attempts fill any patience; more would only cost time here.
    let age = (1..=attempts.min(20)).fold(zero, after);
    UnixMs(now.0.saturating_sub(age.0))
}

#[cfg(test)]
mod tests {
    use mic_courier::plan::{LETTER_AGE_MS_MAX, LetterKey, UnixMs};
    use mic_courier::smtp::Answer;
    use mic_store::contract::Delivery;

    use super::{delivery, first_attempt};

    const NOW: UnixMs = UnixMs(1_800_000_000_000);

    #[test]
    fn a_letter_is_tried_for_days_and_then_given_up() {
        let key = LetterKey(7);
        let away = Answer::Unreachable { text: "no route".into() };
        let mut last = 0;
        for attempts in 0..30 {
            let first = first_attempt(key, attempts, NOW);
            match delivery(key, attempts, NOW, &away) {
                Delivery::Later { at, .. } => {
                    assert!(at.0 > NOW.0 && at.0 - first.0 <= LETTER_AGE_MS_MAX);
                    last = attempts;
                }
                Delivery::GivenUp { answer } => {
                    assert_eq!(answer, "no route");
                    assert!((8..20).contains(&last), "given up after {last} attempts");
                    return;
                }
                other => panic!("{other:?}"),
            }
        }
        panic!("never given up");
    }

    #[test]
    fn doubt_is_kept_apart_from_delay() {
        let unknown = delivery(LetterKey(1), 0, NOW, &Answer::Unknown);
        assert!(matches!(unknown, Delivery::Unknown { .. }));
        let accepted = Answer::Accepted { reply: String::new() };
        assert_eq!(delivery(LetterKey(1), 0, NOW, &accepted), Delivery::Done);
    }
}
