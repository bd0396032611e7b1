//! Destroys what expired (sessions, attempts to sign in, invitations, letters), once an hour and at start. Knows nothing of groups.

use std::time::Duration;

use mic_engine::ids::LogTime;
use tokio::sync::watch;

use super::{App, asked_to_stop};
use crate::clock;

const EVERY: Duration = Duration::from_hours(1);

pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let now = LogTime(app.wall().0);
        match app.blocking(move |store| store.tidy(now)).await {
            Ok(tidied) => tracing::debug!(
                event = "upkeep.tidied",
                sessions = tidied.sessions,
                invitations = tidied.invitations,
                letters = tidied.letters,
            ),
            Err(fault) => tracing::warn!(event = "upkeep.failed", %fault),
        }
        tokio::select! {
            () = clock::pause(EVERY) => {}
            () = asked_to_stop(&mut stop) => return,
        }
    }
}
