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

/// Slots under way at once for one worker: the most that a crash can repeat, times the number of workers.
const CLAIM_SLOTS_MAX: u32 = 256;
/// Fewer are not worth a claim of their own.
const CLAIM_SLOTS_MIN: u32 = CLAIM_SLOTS_MAX / 2;
/// Answers that are settled together while others are awaited.
const SETTLE_ANSWERS_MAX: usize = 64;
/// Answers wait no longer than this for others to be settled with them.
const SETTLE_WITHIN: Duration = Duration::from_millis(500);
/// A broadcast whose certificate is not there yet is looked at again after so long.
const CERTIFICATE_AGAIN_MS: u64 = 500;
/// A parcel that could not be composed because the store failed.
const FAULT_AGAIN_MS: u64 = 5_000;

/// Mails parcels, until the server stops. New ones are taken while others still wait for an answer, so a mail server that hangs over
/// one mail delays that one.
pub(super) async fn send(app: App, way: Arc<Way>, mut wake: Wake) {
    let mut under_way = UnderWay::default();
    while !wake.stopped() {
        let room = under_way.room();
        if room < CLAIM_SLOTS_MIN {
            under_way.look(&app, &mut wake, PAUSE_MAX).await;
            continue;
        }
        let most = match way.gate(wall(&app), room) {
            Ok(most) => most,
            Err(pause) => {
                under_way.look(&app, &mut wake, pause).await;
                continue;
            }
        };
        match claim(&app, most).await {
            Ok(claimed) if claimed.is_empty() => {
                way.unused(wall(&app));
                under_way.look(&app, &mut wake, until_due(&app).await).await;
            }
            Ok(claimed) => under_way.start(&app, &way, claimed).await,
            Err(fault) => {
                way.unused(wall(&app));
                tracing::error!(event = "outbox.claim_failed", %fault);
                under_way.look(&app, &mut wake, PAUSE_AFTER_FAULT).await;
            }
        }
    }
    let answers = async {
        while let Some(answered) = under_way.sending.join_next().await {
            under_way.outcomes.extend(answered);
        }
    };
    super::before_leaving(answers).await;
    settle(&app, std::mem::take(&mut under_way.outcomes)).await;
}

/// Mails that wait for their answers, and answers that wait to be settled.
#[derive(Default)]
struct UnderWay {
    sending: JoinSet<Outcome>,
    outcomes: Vec<Outcome>,
}

impl UnderWay {
    fn room(&self) -> u32 {
        let taken = u32::try_from(self.sending.len()).unwrap_or(u32::MAX);
        CLAIM_SLOTS_MAX.saturating_sub(taken)
    }

    async fn start(&mut self, app: &App, way: &Arc<Way>, claimed: Vec<ClaimedParcel>) {
        let before = self.sending.len();
        for parcel in claimed {
            let (composer, route) = (app.clone(), way.clone());
            let (ready, done) =
                app.blocking(move |store| compose(store, &composer, &route, &parcel)).await;
            self.outcomes.extend(done);
            for mail in ready {
                self.sending.spawn(send_one(app.clone(), way.clone(), mail));
            }
        }
        if self.sending.len() == before {
            way.unused(wall(app));
        }
        self.settle_if_worth_it(app).await;
    }

    /// Waits for an answer, or until there is something new. Answers are settled together, but soon: a crash repeats what is not.
    async fn look(&mut self, app: &App, wake: &mut Wake, time: Duration) {
        let time = if self.outcomes.is_empty() { time } else { time.min(SETTLE_WITHIN) };
        match wake.answer_or(&mut self.sending, time).await {
            Some(outcome) => {
                self.outcomes.push(outcome);
                self.settle_if_worth_it(app).await;
            }
            None => settle(app, std::mem::take(&mut self.outcomes)).await,
        }
    }

    async fn settle_if_worth_it(&mut self, app: &App) {
        while let Some(answered) = self.sending.try_join_next() {
            self.outcomes.extend(answered);
        }
        if self.outcomes.len() >= SETTLE_ANSWERS_MAX || self.sending.is_empty() {
            settle(app, std::mem::take(&mut self.outcomes)).await;
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
    // Nothing is tried: what a mail waits for here shortens no patience with its mail server.
    let later = |span: u64| Delivery::Postponed { at: stamp(UnixMs(wall(app).0 + span)) };
    // A group that could not be read keeps its mail until it can.
    let Some(view) = app.view(parcel.group) else { return all(&later(FAULT_AGAIN_MS)) };
    let slots: Vec<Slot> = parcel.slots.iter().map(|slot| slot.slot).collect();
    let composed = match said::look(store, &view, parcel.notice, &slots) {
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
    let mut envelope =
        Envelope::new(&way.sender, said, parcel.notice, &secrets, wall(app), app.now());
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
        Notice::Summons { .. }
        | Notice::JuryReminder { .. }
        | Notice::Asked { .. }
        | Notice::AskedAgain { .. }
        | Notice::Removal { .. } => MailKind::Duty,
        Notice::CosignReminder { .. }
        | Notice::VersionChanged { .. }
        | Notice::Verdict { .. }
        | Notice::Closed { .. }
        | Notice::Amended { .. }
        | Notice::Action { .. }
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
