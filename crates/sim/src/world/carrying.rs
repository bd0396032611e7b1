//! Mail on its way: taken from the disk, sent into a world of moody mail servers, noted down. When to try again is decided by the
//! production code (`mic_courier::plan`).

use mic_courier::plan::{LetterKey, Next, Setback, UnixMs, next};
use mic_engine::parcel::Notice;

use super::World;
use crate::canary::Canary;
use crate::faults::Fault;
use crate::happening::Happening;
use crate::post::{Claim, Standing};

/// How long what was taken belongs to who took it.
const CLAIM_MS: u64 = 600_000;
/// Most items taken at once.
const CLAIM_MAX: usize = 256;

/// What a mail server did with a mail.
enum Taken {
    Accepted,
    /// Accepted, but nobody heard it say so.
    Unheard,
    Not(Setback),
}

impl World {
    pub(super) fn plan_carrying(&mut self, at: u64) {
        if !self.carrying {
            self.carrying = true;
            self.agenda.plan(at, Happening::Carry);
        }
    }

    pub(super) fn carry(&mut self) {
        self.carrying = false;
        let claims = self.disk.post.claim(self.now, self.now + CLAIM_MS, CLAIM_MAX);
        if claims.is_empty() {
            if let Some(due) = self.disk.post.next_due() {
                self.plan_carrying(due.max(self.now + 1));
            }
            return;
        }
        if self.swarm.strikes(Fault::CarrierDies, &mut self.chance) {
            // Nothing of it was sent. The claims run out.
            self.plan_carrying(self.now + 1);
            return;
        }
        if self.canary == Some(Canary::SettlesBeforeSending) {
            for claim in &claims {
                self.disk.post.settle(claim, Standing::Served);
            }
            if self.chance.permille(100) {
                self.plan_carrying(self.now + 1);
                return;
            }
        }
        self.next_batch += 1;
        self.batches.insert(self.next_batch, claims);
        let at = self.now + self.chance.between(5, 5_000);
        self.agenda.plan(at, Happening::Delivered { batch: self.next_batch });
        self.plan_carrying(self.now + 1);
    }

    /// A batch has been handed over, mail by mail; then it is noted down, unless whoever carried it dies before.
    pub(super) fn deliver(&mut self, batch: u64) {
        let claims = self.batches.remove(&batch).unwrap_or_default();
        let mut results = Vec::new();
        for claim in claims {
            let taken = self.hand_over(&claim);
            let standing = self.standing(&claim, &taken);
            results.push((claim, standing));
        }
        if self.swarm.strikes(Fault::CarrierDies, &mut self.chance) {
            self.trace.line(|| "a carrier dies with sent mail".to_owned());
            return;
        }
        for (claim, standing) in results {
            self.disk.post.settle(&claim, standing);
        }
    }

    fn hand_over(&mut self, claim: &Claim) -> Taken {
        let (notice, slot) = claim.item;
        if !self.model.here.contains(&u64::from(slot.0)) {
            // Nobody there any more: there is nothing to send.
            return Taken::Accepted;
        }
        if let Err(why) = self.has_reason(notice, u64::from(slot.0)) {
            self.broken = Some(why);
        }
        if self.now < self.unreachable_until {
            return Taken::Not(Setback::Unreachable);
        }
        if self.swarm.strikes(Fault::MailUnreachable, &mut self.chance) {
            let week = 7 * 86_400_000;
            let long = self.chance.permille(100);
            self.unreachable_until =
                self.now + if long { week } else { self.chance.between(1_000, 7_200_000) };
            return Taken::Not(Setback::Unreachable);
        }
        if self.swarm.strikes(Fault::MailGreylisted, &mut self.chance) {
            return Taken::Not(Setback::Later);
        }
        if self.swarm.strikes(Fault::MailRefused, &mut self.chance) {
            return Taken::Not(Setback::Refused);
        }
        let copies = self.arrived.entry(claim.item).or_insert(0);
        *copies += 1;
        self.counts.mails += 1;
        self.counts.repeats += u64::from(*copies > 1);
        // A mail that comes back an hour later was accepted all the same.
        let _bounced = self.swarm.strikes(Fault::MailBounces, &mut self.chance);
        match self.swarm.strikes(Fault::MailLost, &mut self.chance) {
            true => Taken::Unheard,
            false => Taken::Accepted,
        }
    }

    fn standing(&self, claim: &Claim, taken: &Taken) -> Standing {
        let setback = match taken {
            Taken::Accepted => return Standing::Served,
            Taken::Unheard => Setback::Unknown,
            Taken::Not(setback) => *setback,
        };
        let attempts = claim.attempts + 1;
        let key = LetterKey(u64::from(claim.item.1.0));
        match next(key, attempts, UnixMs(claim.first), UnixMs(self.now), setback) {
            Next::RetryAt(at) => {
                Standing::Waiting { due: at.0, attempts, first: Some(claim.first) }
            }
            Next::GiveUp(_) => Standing::GivenUp {
                reason: if setback == Setback::Refused { "refused" } else { "too old" },
            },
        }
    }

    /// Nothing reaches anybody that the journal does not hold.
    fn has_reason(&self, notice: Notice, slot: u64) -> Result<(), String> {
        let text = notice.to_text();
        let mut parts = text.split('/').skip(1).filter_map(|part| part.parse::<u64>().ok());
        let (first, second) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        let holds = if text.starts_with("broadcast/") {
            (1..=self.model.broadcasts.len() as u64).contains(&first)
        } else if text.starts_with("summons/") {
            self.model.summoned.contains(&(first, second, slot))
        } else if text.starts_with("welcome/") {
            // The founders get one notice, named after the first of them.
            first == slot || (first == 0 && slot < self.founders)
        } else {
            true
        };
        if holds { Ok(()) } else { Err(format!("{slot} gets {text}, which never happened")) }
    }
}
