//! What must be known of texts that lie beside the journal: which were turned down lately, and who wrote which reasons and statements.
//! Knows only their hashes.

use imbl::{OrdMap, OrdSet};
use mic_proof::hash::Hash;

use crate::ids::{LogTime, Slot, Span};

/// So long the author does not put a text forward again that was declined, or withdrawn after lots were called for.
pub const REOPEN_DAYS: u64 = 30;

/// Texts that their authors may not put forward again yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedDown {
    until: OrdMap<(Slot, Hash), LogTime>,
    by_time: OrdSet<(LogTime, Slot, Hash)>,
}

/// Who wrote which reasons and statements: they go with the member when that member is erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    by_member: OrdSet<(Slot, Hash)>,
    by_text: OrdSet<(Hash, Slot)>,
}

impl TurnedDown {
    /// Until when an author may not put this text forward, if that lies after `now`.
    pub fn until(&self, author: Slot, version: Hash, now: LogTime) -> Option<LogTime> {
        self.until.get(&(author, version)).copied().filter(|until| *until > now)
    }

    pub(crate) fn add(&mut self, author: Slot, version: Hash, at: LogTime) {
        while let Some((until, slot, hash)) = self.by_time.get_min().copied() {
            if until > at {
                break;
            }
            self.by_time.remove(&(until, slot, hash));
            self.until.remove(&(slot, hash));
        }
        let until = at.after(Span::days(REOPEN_DAYS));
        if let Some(before) = self.until.insert((author, version), until) {
            self.by_time.remove(&(before, author, version));
        }
        self.by_time.insert((until, author, version));
    }
}

impl Written {
    pub(crate) fn add(&mut self, slot: Slot, text: Hash) {
        self.by_member.insert((slot, text));
        self.by_text.insert((text, slot));
    }

    /// The texts that this member wrote and nobody else, ascending.
    pub(crate) fn of_alone(&self, slot: Slot) -> Vec<Hash> {
        let own = self.by_member.range((slot, Hash::ZERO)..=(slot, Hash([0xff; 32])));
        let alone = |text: &Hash| {
            let all = self.by_text.range((*text, Slot(0))..=(*text, Slot(u32::MAX)));
            all.take(2).count() == 1
        };
        own.map(|(_, text)| *text).filter(alone).collect()
    }
}
