//! What lies ahead in the world, in the order of true time; what lies at one moment happens in the order in which it was planned.
//! Knows nothing of what any of it means.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use mic_engine::append::{Append, AppendOutcome};
use mic_engine::node::Input;

/// Something that is going to happen.
#[derive(Debug)]
pub enum Happening {
    /// A process looks at its clock.
    Wake { machine: usize, life: u32 },
    /// A process that died starts.
    Start { machine: usize, life: u32 },
    /// An append reaches the disk. It was on its way, so it may arrive though its process has died.
    Commit { machine: usize, life: u32, append: Box<Append> },
    /// A process hears something.
    Hear { machine: usize, life: u32, input: Box<Input> },
    /// A process hears what became of its append.
    Told { machine: usize, life: u32, outcome: AppendOutcome },
    /// Somebody does something.
    Person { person: usize },
    /// Somebody who was not answered asks again.
    Again { act: u64 },
    /// Mail is carried.
    Carry,
    /// A carrier that took mail comes back with it, or has died.
    Delivered { batch: u64 },
    /// A clock goes wrong, or right again.
    Clock { machine: usize, right: bool },
    /// There is room on the disk again.
    DiskFree,
}

/// All that lies ahead.
#[derive(Default)]
pub struct Agenda {
    heap: BinaryHeap<Reverse<(u64, u64)>>,
    held: std::collections::BTreeMap<u64, Happening>,
    planned: u64,
}

impl Agenda {
    pub fn plan(&mut self, at: u64, happening: Happening) {
        self.planned += 1;
        self.heap.push(Reverse((at, self.planned)));
        self.held.insert(self.planned, happening);
    }

    pub fn take(&mut self) -> Option<(u64, Happening)> {
        let Reverse((at, number)) = self.heap.pop()?;
        self.held.remove(&number).map(|happening| (at, happening))
    }

    pub fn next_at(&self) -> Option<u64> {
        self.heap.peek().map(|Reverse((at, _))| *at)
    }
}
