//! One process: the production node, a clock of its own that may be wrong, and who waits for which answer. Knows no disk and no
//! people; `world.rs` carries out what the node asks for.

use std::collections::BTreeMap;

use mic_engine::ids::LogTime;
use mic_engine::node::{Node, Ticket};

/// A clock against true time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Right,
    /// So many milliseconds ahead; behind, if below zero.
    Off(i64),
    /// Shows this and stands.
    Still(u64),
    /// Ten times as fast since this true moment.
    Fast {
        since: u64,
    },
}

/// A process.
pub struct Machine {
    pub node: Node,
    pub clock: Clock,
    /// Grows with every start, so that what was meant for an earlier life is not heard in this one.
    pub life: u32,
    pub alive: bool,
    /// Who waits: the number of the person's act.
    pub waiting: BTreeMap<Ticket, u64>,
    /// The next time it wakes up by itself, so that it is not woken twice for the same.
    pub wakes_at: Option<u64>,
    next_ticket: u64,
}

impl Machine {
    pub fn new() -> Self {
        Self {
            node: Node::new(Vec::new()),
            clock: Clock::Right,
            life: 0,
            alive: true,
            waiting: BTreeMap::new(),
            wakes_at: None,
            next_ticket: 0,
        }
    }

    /// What its clock shows at a true moment.
    pub fn time(&self, now: u64) -> LogTime {
        LogTime(match self.clock {
            Clock::Right => now,
            Clock::Off(by) => now.saturating_add_signed(by),
            Clock::Still(at) => at,
            Clock::Fast { since } => now + (now - since.min(now)) * 9,
        })
    }

    /// When, in true time, its clock will show `due`. A clock that stands is looked at again after a minute.
    pub fn when(&self, due: LogTime, now: u64) -> u64 {
        let left = due.0.saturating_sub(self.time(now).0);
        match self.clock {
            Clock::Right | Clock::Off(_) => now + left,
            Clock::Still(_) => now + left.min(60_000),
            Clock::Fast { .. } => now + left / 10,
        }
    }

    pub fn ticket(&mut self, act: u64) -> Ticket {
        self.next_ticket += 1;
        let ticket = Ticket(self.next_ticket);
        self.waiting.insert(ticket, act);
        ticket
    }

    /// Everything in memory is gone.
    pub fn die(&mut self) {
        self.alive = false;
        self.life += 1;
        self.node = Node::new(Vec::new());
        self.waiting.clear();
        self.wakes_at = None;
    }
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}
