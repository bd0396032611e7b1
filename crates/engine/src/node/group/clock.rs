//! What a group wants of the clock: its timers, the publishing of checkpoints, the rounds its draws wait for.
//! Knows nothing of questions and of the batch under way, but that there is one.

use mic_proof::hash::Hash;
use mic_proof::note::{Checkpoint, sign_checkpoint};

use super::Group;
use crate::batch::Published;
use crate::command::Command;
use crate::ids::{CLOCK_TIME_MAX, LogTime, Seq, Span};
use crate::node::{Output, PUBLISH_WITHIN};
use crate::stages::jury::draw;

/// What could not be written because the world failed is tried again after so long.
pub(super) const CLOCK_AGAIN: Span = Span(1_000);
/// So many checkpoints may be kept before it is looked at which are still needed.
pub(super) const PUBLISHED_KEPT_MIN: usize = 16;
/// A draw whose round is out of reach asks for it again after so long.
const BEACON_AGAIN: Span = Span(3_000);

impl Group {
    pub(in crate::node) fn tick(&mut self, outputs: &mut Vec<Output>, now: LogTime) {
        if now > CLOCK_TIME_MAX {
            return;
        }
        if self.clock_due().is_some_and(|due| due <= now) {
            self.note(Command::Tick);
        }
        self.publish_if_due(outputs, now, false);
        if self.draw_due().is_some_and(|due| due <= now) {
            self.beacon_asked_at = Some(now);
            let group = self.id();
            let mut rounds: Vec<(Hash, u64)> = draw::waiting(&self.state)
                .filter(|draw| draw.slot_at.after(draw::DRAW_LEAD) <= now)
                .map(|draw| (draw.chain, draw.round))
                .collect();
            rounds.sort_unstable();
            rounds.dedup();
            outputs.extend(rounds.into_iter().map(|(chain, round)| Output::FetchBeacon {
                group,
                chain,
                round,
            }));
        }
    }

    /// It counts from now on, not from when it was signed: whoever looked in between did not find it.
    pub(in crate::node) fn published(&mut self, published: Published, now: LogTime) {
        if published.size >= self.state.position.0 {
            self.publish_at = None;
        }
        // Now and then those that no waiting draw needs are dropped: seldom enough to cost nothing where thousands wait.
        if self.facts.published.len() >= self.published_max {
            let needed = draw::oldest_call(&self.state).unwrap_or(Seq(published.size));
            self.facts.published.retain(|old| old.size > needed.0);
            self.published_max = PUBLISHED_KEPT_MIN.max(self.facts.published.len() * 2);
        }
        self.facts.published.push(Published { at: published.at.max(now), ..published });
    }

    /// Signs and publishes a checkpoint: at once after draws and broadcasts, otherwise within [`PUBLISH_WITHIN`].
    pub(in crate::node) fn publish_if_due(
        &mut self,
        outputs: &mut Vec<Output>,
        now: LogTime,
        at_start: bool,
    ) {
        let size = self.state.position.0;
        let newest = self.facts.published.last().map_or(0, |published| published.size);
        let due = at_start || self.publish_at.is_some_and(|at| at <= now);
        if due && size <= newest {
            self.publish_at = None;
        } else if due {
            // Until it is said to be out it is asked for again: a draw may wait for it.
            self.publish_at = Some(now.after(PUBLISH_WITHIN));
            let checkpoint = Checkpoint {
                origin: self.state.founded.origin.clone(),
                size,
                root: self.state.tree.root(),
            };
            let note = sign_checkpoint(&checkpoint, &self.key);
            let published = Published { size, note, at: now.max(self.state.last_at) };
            outputs.push(Output::Publish { group: self.id(), published });
        }
    }

    /// When this group has to be looked at next.
    pub(in crate::node) fn due(&self, now: LogTime) -> Option<LogTime> {
        if now > CLOCK_TIME_MAX {
            // Nothing can happen until the clock is right again.
            return now.0.checked_add(PUBLISH_WITHIN.0).map(LogTime);
        }
        [self.clock_due(), self.publish_at, self.draw_due()].into_iter().flatten().min()
    }

    /// When the clock has something to do. While an append or a reading back is under way nothing can be done: its end asks again.
    fn clock_due(&self) -> Option<LogTime> {
        if self.under_way.is_some() || self.reloading {
            return None;
        }
        let due = self.state.next_due()?;
        Some(self.clock_again.map_or(due, |again| again.max(due)))
    }

    fn draw_due(&self) -> Option<LogTime> {
        let lead = self.state.draws.get_min().map(|(at, _)| *at)?;
        Some(self.beacon_asked_at.map_or(lead, |asked| lead.max(asked.after(BEACON_AGAIN))))
    }
}
