//! Parcels: notices to members. Claimed in runs, sent together, settled together. Knows nothing of what a notice says.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mic_courier::address::Address;
use mic_courier::plan::{LetterKey, UnixMs};
use mic_courier::smtp::Letter as SmtpLetter;
use mic_engine::ids::{GroupId, LogTime, Slot};
use mic_engine::node::View;
use mic_engine::parcel::{Channel, Notice, PARCEL_SLOTS_MAX};
use mic_store::Store;
use mic_store::contract::{
    ClaimRequest, ClaimedParcel, ClaimedSlot, Delivery, Fault, ParcelKey, PersonRecord, Settlement,
};
use tokio::task::JoinSet;

use super::envelope::Envelope;
use super::said::{self, Look, Said};
use super::{LEASE_MS, PAUSE_AFTER_FAULT, PAUSE_MAX, Wake, Way, delivery, stamp, wall};
use crate::app::App;
use crate::contact::{Choices, MailStop, language_of, unsubscribe_token};
use crate::pages::settings::MailKind;
use crate::words::{Language, Zone};

/// Slots taken at once by one worker: the most that a crash can repeat, times the number of workers.
const CLAIM_SLOTS_MAX: u32 = 256;
/// Answers that are settled together while others are awaited.
const SETTLE_ANSWERS_MAX: usize = 64;
/// A broadcast whose certificate is not there yet is looked at again after so long.
const CERTIFICATE_AGAIN_MS: u64 = 500;
/// A parcel that could not be composed because the store failed.
const FAULT_AGAIN_MS: u64 = 5_000;

/// Mails parcels, until the server stops.
pub(super) async fn send(app: App, way: Arc<Way>, mut wake: Wake) {
    while !wake.stopped() {
        let most = match way.gate(wall(&app), CLAIM_SLOTS_MAX) {
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
            Ok(claimed) => serve(&app, &way, claimed).await,
            Err(fault) => {
                way.unused(wall(&app));
                tracing::error!(event = "outbox.claim_failed", %fault);
                wake.pause(PAUSE_AFTER_FAULT).await;
            }
        }
    }
}

/// One mail, ready to go.
struct Ready {
    parcel: ParcelKey,
    fencing: u64,
    slot: ClaimedSlot,
    key: LetterKey,
    letter: SmtpLetter,
}

/// What came of one slot.
struct Outcome {
    parcel: ParcelKey,
    fencing: u64,
    slot: Slot,
    delivery: Delivery,
}

async fn serve(app: &App, way: &Arc<Way>, claimed: Vec<ClaimedParcel>) {
    let mut sending = JoinSet::new();
    let mut outcomes = Vec::new();
    let mut sent = 0_u32;
    for parcel in claimed {
        let (composer, way) = (app.clone(), way.clone());
        let route = way.clone();
        let (ready, done) =
            app.blocking(move |store| compose(store, &composer, &route, &parcel)).await;
        outcomes.extend(done);
        for mail in ready {
            sent += 1;
            sending.spawn(send_one(app.clone(), way.clone(), mail));
        }
    }
    if sent == 0 {
        way.unused(wall(app));
    }
    while let Some(answered) = sending.join_next().await {
        if let Ok(outcome) = answered {
            outcomes.push(outcome);
        }
        if outcomes.len() >= SETTLE_ANSWERS_MAX {
            settle(app, std::mem::take(&mut outcomes)).await;
        }
    }
    settle(app, outcomes).await;
}

async fn send_one(app: App, way: Arc<Way>, mail: Ready) -> Outcome {
    let Ready { parcel, fencing, slot, key, letter } = mail;
    let answer = way.send(letter, &app).await;
    let delivery = delivery(key, slot.attempts, wall(&app), &answer);
    Outcome { parcel, fencing, slot: slot.slot, delivery }
}

/// Mails for the slots of a parcel, and the slots that need none or cannot have one now.
fn compose(
    store: &dyn Store,
    app: &App,
    way: &Way,
    parcel: &ClaimedParcel,
) -> (Vec<Ready>, Vec<Outcome>) {
    let all = |delivery: &Delivery| {
        let outcome = |slot: &ClaimedSlot| Outcome {
            parcel: parcel.parcel,
            fencing: parcel.fencing,
            slot: slot.slot,
            delivery: delivery.clone(),
        };
        (Vec::new(), parcel.slots.iter().map(outcome).collect())
    };
    let later = |span: u64| Delivery::Later {
        at: stamp(UnixMs(wall(app).0 + span)),
        answer: String::new(),
    };
    // A group that could not be read keeps its mail until it can.
    let Some(view) = app.view(parcel.group) else { return all(&later(FAULT_AGAIN_MS)) };
    let composed = match said::look(store, &view, parcel.notice) {
        Ok(Look::Say(said)) => compose_said(store, app, way, parcel, &view, &said),
        Ok(Look::NotYet) => return all(&later(CERTIFICATE_AGAIN_MS)),
        Ok(Look::Nothing) => return all(&Delivery::Done),
        Err(fault) => Err(fault),
    };
    composed.unwrap_or_else(|fault| {
        tracing::error!(event = "outbox.compose_failed", %fault);
        all(&later(FAULT_AGAIN_MS))
    })
}

fn compose_said(
    store: &dyn Store,
    app: &App,
    way: &Way,
    parcel: &ClaimedParcel,
    view: &View,
    said: &Said,
) -> Result<(Vec<Ready>, Vec<Outcome>), Fault> {
    let group = parcel.group;
    let Some(secrets) = store.group_secrets(group)? else {
        return Err(Fault::Corrupt("a group without keys".into()));
    };
    let people = people(store, group, &parcel.slots)?;
    let kind = kind(parcel.notice);
    let mut envelope = Envelope::new(&way.sender, said, parcel.notice, wall(app), app.now());
    let (mut ready, mut done) = (Vec::new(), Vec::new());
    for slot in &parcel.slots {
        let stop = MailStop { group, slot: slot.slot, kind };
        let token = unsubscribe_token(stop, &secrets);
        let reader = people.get(&slot.slot).filter(|_| view.state.roll.holds(slot.slot));
        let reader = reader.and_then(|person| Reader::of(person, view, kind, said, slot.slot));
        let made = reader.map(|reader| reader.letter(&mut envelope, way, slot.slot, &token));
        let delivery = match made {
            Some(Ok((key, letter))) => {
                let (parcel, fencing) = (parcel.parcel, parcel.fencing);
                ready.push(Ready { parcel, fencing, slot: *slot, key, letter });
                continue;
            }
            // Nobody there any more, or nothing to say to this one.
            None => Delivery::Done,
            Some(Err(reason)) => Delivery::GivenUp { answer: reason },
        };
        let (parcel, fencing) = (parcel.parcel, parcel.fencing);
        done.push(Outcome { parcel, fencing, slot: slot.slot, delivery });
    }
    Ok((ready, done))
}

/// A member who wants the mail.
struct Reader {
    address: Address,
    language: Language,
    zone: Zone,
    variant: LogTime,
}

impl Reader {
    fn of(
        record: &PersonRecord,
        view: &View,
        kind: MailKind,
        said: &Said,
        slot: Slot,
    ) -> Option<Self> {
        let choices = Choices::of(record, &view.state.roll, slot);
        let wanted = match kind {
            MailKind::Broadcasts => choices.mail_broadcasts,
            MailKind::Duty => choices.mail_duty,
            MailKind::Activity => choices.mail_activity,
        };
        let variant = said.variant(slot)?;
        let address = Address::parse(&record.person.email).ok()?;
        wanted.then(|| Self {
            address,
            language: language_of(record).unwrap_or_default(),
            zone: choices.zone(),
            variant,
        })
    }

    fn letter(
        self,
        envelope: &mut Envelope<'_>,
        way: &Way,
        slot: Slot,
        token: &str,
    ) -> Result<(LetterKey, SmtpLetter), String> {
        let Self { address, language, zone, variant } = self;
        let addressed = envelope
            .fill(slot, &address, language, &zone, variant, token)
            .map_err(|refusal| refusal.to_string())?;
        let from = way.sender.from.clone();
        let letter = SmtpLetter::new(addressed.key, from, address, addressed.bytes)
            .map_err(|refusal| refusal.to_string())?;
        Ok((addressed.key, letter))
    }
}

/// Which mails a notice is one of: they are stopped together.
fn kind(notice: Notice) -> MailKind {
    match notice {
        Notice::Broadcast { .. } => MailKind::Broadcasts,
        Notice::Summons { .. } | Notice::JuryReminder { .. } => MailKind::Duty,
        Notice::CosignReminder { .. }
        | Notice::VersionChanged { .. }
        | Notice::Verdict { .. }
        | Notice::Closed { .. }
        | Notice::Welcome { .. } => MailKind::Activity,
    }
}

/// The people in these slots: in one read where they lie close together.
fn people(
    store: &dyn Store,
    group: GroupId,
    slots: &[ClaimedSlot],
) -> Result<BTreeMap<Slot, PersonRecord>, Fault> {
    let numbers = || slots.iter().map(|slot| slot.slot.0);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return Ok(BTreeMap::new());
    };
    let span = last - first + 1;
    if span <= PARCEL_SLOTS_MAX {
        return Ok(store.people(group, Slot(first), span)?.into_iter().collect());
    }
    let mut found = BTreeMap::new();
    for slot in slots {
        if let Some(record) = store.person(group, slot.slot)? {
            found.insert(slot.slot, record);
        }
    }
    Ok(found)
}

async fn claim(app: &App, most: u32) -> Result<Vec<ClaimedParcel>, Fault> {
    let now = wall(app);
    let until = stamp(UnixMs(now.0 + LEASE_MS));
    let request = ClaimRequest { channel: Channel::Email, now: stamp(now), until, slots_max: most };
    app.blocking(move |store| store.claim_parcels(&request)).await
}

async fn settle(app: &App, outcomes: Vec<Outcome>) {
    if outcomes.is_empty() {
        return;
    }
    let mut settlements: Vec<Settlement> = Vec::new();
    for outcome in outcomes {
        let Outcome { parcel, fencing, slot, delivery } = outcome;
        let same = |known: &&mut Settlement| known.parcel == parcel && known.fencing == fencing;
        if let Some(known) = settlements.iter_mut().find(same) {
            known.results.push((slot, delivery));
        } else {
            settlements.push(Settlement { parcel, fencing, results: vec![(slot, delivery)] });
        }
    }
    let now = stamp(wall(app));
    let settled = app.blocking(move |store| store.settle_parcels(&settlements, now)).await;
    if let Err(fault) = settled {
        // The claims run out, and what was sent is sent again under the same message ids.
        tracing::error!(event = "outbox.not_settled", %fault);
    }
}

async fn until_due(app: &App) -> Duration {
    match app.blocking(|store| store.next_due(Channel::Email)).await {
        Ok(Some(due)) => Duration::from_millis(due.0.saturating_sub(app.wall().0).max(10)),
        Ok(None) | Err(_) => PAUSE_MAX,
    }
}
