//! Letters to addresses without a slot: signing in, invitations. They never wait behind a broadcast.
//! Knows nothing of groups beyond a name in the content.

use std::time::Duration;

use mic_courier::address::Address;
use mic_courier::smtp::Letter as SmtpLetter;
use mic_engine::ids::GroupId;
use mic_store::contract::{Delivery, Fault, LetterAnswer, LetterToSend};
use tokio::task::JoinSet;

use super::{
    LEASE_MS, LetterContent, PAUSE_AFTER_FAULT, PAUSE_MAX, Wake, Way, delivery, stamp, wall,
};
use crate::app::{App, LinkForOperator};
use crate::pages::route::Origin;
use crate::words::Moment;

/// Letters on their way at once.
const LETTERS_UNDER_WAY_MAX: u32 = 64;
/// In the name of what letters come that no group sends.
const SENDER_NAME: &str = "Mic Check";

/// Mails letters, until the server stops. None waits for the answer to another: a mail server that hangs over one delays that one.
pub(super) async fn send(app: App, way: std::sync::Arc<Way>, mut wake: Wake) {
    let mut sending = JoinSet::new();
    while !wake.stopped() {
        while sending.try_join_next().is_some() {}
        let under_way = u32::try_from(sending.len()).unwrap_or(u32::MAX);
        let room = LETTERS_UNDER_WAY_MAX.saturating_sub(under_way);
        if room == 0 {
            wake.answer_or(&mut sending, PAUSE_MAX).await;
            continue;
        }
        let most = match way.gate(wall(&app), room) {
            Ok(most) => most,
            Err(pause) => {
                wake.pause(pause).await;
                continue;
            }
        };
        match claim(&app, most).await {
            Ok(claimed) if claimed.is_empty() => {
                way.unused(wall(&app));
                wake.pause(until_due(&app).await).await;
            }
            Ok(claimed) => {
                for claim in claimed {
                    sending.spawn(send_and_settle(app.clone(), way.clone(), claim));
                }
            }
            Err(fault) => {
                way.unused(wall(&app));
                tracing::error!(event = "outbox.letters_failed", %fault);
                wake.pause(PAUSE_AFTER_FAULT).await;
            }
        }
    }
    let answers = async { while sending.join_next().await.is_some() {} };
    super::before_leaving(answers).await;
}

/// Shows letters to whoever runs the server, where no mail is configured.
pub(super) async fn show(app: App, origin: Origin, mut wake: Wake) {
    while !wake.stopped() {
        let claimed = match claim(&app, LETTERS_UNDER_WAY_MAX).await {
            Ok(claimed) => claimed,
            Err(fault) => {
                tracing::error!(event = "outbox.letters_failed", %fault);
                wake.pause(PAUSE_AFTER_FAULT).await;
                continue;
            }
        };
        if claimed.is_empty() {
            wake.pause(until_due(&app).await).await;
        }
        for claim in claimed {
            if let Some(content) = LetterContent::from_bytes(&claim.letter.content) {
                let (kind, link, code) = content.link(&origin);
                let address = claim.letter.address.clone();
                app.show_link(LinkForOperator { kind, address, link, code, at: app.wall() });
            }
            settle(&app, &claim, LetterAnswer::Sent).await;
        }
    }
}

async fn send_and_settle(app: App, way: std::sync::Arc<Way>, claim: LetterToSend) {
    let answer = send_one(&app, &way, &claim).await;
    settle(&app, &claim, answer).await;
}

async fn send_one(app: &App, way: &Way, claim: &LetterToSend) -> LetterAnswer {
    let letter = &claim.letter;
    let (Ok(to), Some(content)) =
        (Address::parse(&letter.address), LetterContent::from_bytes(&letter.content))
    else {
        return LetterAnswer::GivenUp;
    };
    let mail = content.mail(&way.sender.origin, Moment(app.wall().0));
    let id = GroupId(letter.id.0).to_string();
    let Ok(addressed) = way.sender.letter(SENDER_NAME, &mail, &to, &id, wall(app)) else {
        return LetterAnswer::GivenUp;
    };
    let from = way.sender.from.clone();
    let Ok(smtp) = SmtpLetter::new(addressed.key, from, to, addressed.bytes) else {
        return LetterAnswer::GivenUp;
    };
    let answer = way.send(smtp, app).await;
    match delivery(addressed.key, claim.attempts, wall(app), &answer) {
        Delivery::Done => LetterAnswer::Sent,
        Delivery::Later { at, .. } | Delivery::Unknown { at, .. } | Delivery::Postponed { at } => {
            LetterAnswer::Later(at)
        }
        Delivery::GivenUp { .. } => LetterAnswer::GivenUp,
        Delivery::Untried => LetterAnswer::Later(stamp(wall(app))),
    }
}

async fn claim(app: &App, most: u32) -> Result<Vec<LetterToSend>, Fault> {
    let now = wall(app);
    let until = stamp(mic_courier::plan::UnixMs(now.0 + LEASE_MS));
    app.blocking(move |store| store.claim_letters(stamp(now), until, most)).await
}

async fn settle(app: &App, claim: &LetterToSend, answer: LetterAnswer) {
    let (id, fencing) = (claim.letter.id, claim.fencing);
    let settled = app.blocking(move |store| store.settle_letter(id, fencing, answer)).await;
    if let Err(fault) = settled {
        // The claim runs out, and the letter is sent again under the same id.
        tracing::error!(event = "outbox.letter_not_settled", %fault);
    }
}

async fn until_due(app: &App) -> Duration {
    let waiting = app.blocking(|store| store.letters_waiting()).await;
    match waiting.map(|waiting| waiting.next_due) {
        Ok(Some(due)) => Duration::from_millis(due.0.saturating_sub(app.wall().0).max(10)),
        Ok(None) | Err(_) => PAUSE_MAX,
    }
}
