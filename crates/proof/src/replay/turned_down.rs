//! Texts that were turned down: their author may not put them forward again for a while
//! (`spec/events.md`, Turned down). Knows nothing of how a proposal came to its end.

use std::collections::BTreeMap;

use super::proposal::Proposal;
use super::roll::DAY_MS;
use crate::entry::Ending;
use crate::finding::{Code, Refused, need};
use crate::hash::Hash;

/// So long a text that was turned down is not put forward again by its author, in days.
const REOPEN_DAYS: u64 = 30;

/// Until when whose texts may not be put forward again, in milliseconds.
#[derive(Debug, Default)]
pub(super) struct TurnedDown {
    until: BTreeMap<(u32, Hash), u64>,
}

impl TurnedDown {
    /// A proposal closed: if it was turned down, so was every text of it.
    pub(super) fn note(&mut self, it: &Proposal, at: u64, ending: Ending) {
        let turned_down = match ending {
            Ending::Declined => true,
            // Taking a text back before lots were called for costs nobody anything.
            Ending::Withdrawn => it.called,
            Ending::Done | Ending::Undecided | Ending::Lapsed => false,
        };
        if !turned_down {
            return;
        }
        let until = at.saturating_add(REOPEN_DAYS * DAY_MS);
        for version in &it.versions {
            self.until.insert((it.author, *version), until);
        }
    }

    /// An author may put this text forward at this moment.
    pub(super) fn need_reopened(&self, by: u32, version: &Hash, at: u64) -> Result<(), Refused> {
        let until = self.until.get(&(by, *version)).copied().unwrap_or(0);
        let text = format_args!("this text was turned down and may return at {until}");
        need(at >= until, Code::RuleBroken, text)
    }
}
