//! Rules by size: which of several values counts for a roll of so many slots.
//! Knows nothing of who is on the roll.

use super::{BySize, Clock};
use crate::ids::LogTime;

/// The value of the first rule that covers a roll of `roll` slots. A parsed charter always has one: its last rule has no bound.
pub fn for_roll<T>(rules: &[BySize<T>], roll: u32) -> Option<&T> {
    rules
        .iter()
        .find(|rule| rule.members_up_to.is_none_or(|bound| roll <= bound))
        .map(|rule| &rule.value)
}

const MINUTE_MS: u64 = 60_000;

impl Clock {
    /// The first instant of the clock strictly after `now`.
    pub fn slot_after(self, now: LogTime) -> LogTime {
        let every = u64::from(self.every_minutes) * MINUTE_MS;
        let offset = u64::from(self.offset_minutes) * MINUTE_MS;
        let phase = (now.0 + every - offset % every) % every;
        LogTime(now.0 - phase + every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = MINUTE_MS;

    #[test]
    fn the_next_instant_is_strictly_later_and_on_the_clock() {
        let clock = Clock { every_minutes: 60, offset_minutes: 10 };
        assert_eq!(clock.slot_after(LogTime(600 * MINUTE)), LogTime(610 * MINUTE));
        assert_eq!(clock.slot_after(LogTime(610 * MINUTE)), LogTime(670 * MINUTE));
        assert_eq!(clock.slot_after(LogTime(610 * MINUTE - 1)), LogTime(610 * MINUTE));
        assert_eq!(clock.slot_after(LogTime(611 * MINUTE)), LogTime(670 * MINUTE));
    }

    #[test]
    fn a_clock_without_offset_works_at_the_start_of_time() {
        let clock = Clock { every_minutes: 1, offset_minutes: 0 };
        assert_eq!(clock.slot_after(LogTime(0)), LogTime(MINUTE));
    }

    #[test]
    fn the_first_rule_that_covers_the_roll_counts() {
        let rules = [
            BySize { members_up_to: Some(5), value: 1 },
            BySize { members_up_to: Some(12), value: 2 },
            BySize { members_up_to: None, value: 3 },
        ];
        assert_eq!(for_roll(&rules, 5), Some(&1));
        assert_eq!(for_roll(&rules, 6), Some(&2));
        assert_eq!(for_roll(&rules, 1_000_000), Some(&3));
    }
}
