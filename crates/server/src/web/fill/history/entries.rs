//! The entries of one proposal, as far as pages need them. A vote of very many has an entry for each ballot, which no page shows: of such
//! a proposal the beginning is read, and what lies around the end of each stage, so that no page misses how it went on and how it ended.
//! Knows no page.

use mic_engine::event::Entry;
use mic_engine::ids::{LogTime, ProposalNumber, Seq};
use mic_engine::node::View;
use mic_engine::wire;
use mic_proof::hash::Hash;
use mic_store::Store;
use mic_store::contract::{ENTRIES_PER_READ_MAX, Fault, StoredEntry};

/// Entries that are read from the beginning. A jury of 500 that changes its mind 18 times has fewer, and then these are all.
const BEGINNING_MAX: u32 = ENTRIES_PER_READ_MAX;
/// Entries that are read from each moment on at which a stage ended or a version was posted, and before the last one.
const AROUND_MAX: u32 = 2_000;
/// Moments that are looked at: as many as a proposal has stages and versions, unless it goes round for years.
const MOMENTS_MAX: usize = 100;

/// An entry with its leaf hash.
pub(crate) struct Line {
    pub(crate) entry: Entry,
    pub(crate) leaf: Hash,
}

/// The entries of a proposal, in order; where there are very many, without most of the ballots.
pub(crate) fn lines(
    store: &dyn Store,
    view: &View,
    number: ProposalNumber,
) -> Result<Vec<Line>, Fault> {
    let group = view.state.founded.group;
    let of_proposal = |from: Seq, count: u32| store.entries_of_proposal(group, number, from, count);
    let at = |seq: Seq| match store.entries(group, seq, 1)?.first() {
        Some(stored) => read(stored).map(|entry| entry.at),
        None => Err(Fault::Corrupt(format!("entry {seq} is missing"))),
    };
    let source = Source { of_proposal: &of_proposal, at: &at, length: view.state.position };
    let limits = Limits { beginning: BEGINNING_MAX, around: AROUND_MAX };
    let stored = source.worth_reading(&moments(view, number), limits)?;
    let line = |stored: StoredEntry| Ok(Line { entry: read(&stored)?, leaf: stored.leaf });
    stored.into_iter().map(line).collect()
}

fn read(stored: &StoredEntry) -> Result<Entry, Fault> {
    wire::from_bytes(&stored.bytes)
        .map_err(|error| Fault::Corrupt(format!("entry {}: {error}", stored.seq)))
}

/// When something happened that pages tell, in order.
fn moments(view: &View, number: ProposalNumber) -> Vec<LogTime> {
    let state = &view.state;
    let mut all: Vec<LogTime> = match (state.proposal(number), state.closed.get(&number)) {
        (Some(open), _) => {
            let stages = open.path.iter().map(|passed| passed.ended_at);
            stages.chain(open.versions.iter().map(|version| version.at)).collect()
        }
        (None, Some(closed)) => {
            let stages = closed.path.iter().map(|passed| passed.ended_at);
            stages.chain([closed.closed_at]).collect()
        }
        (None, None) => Vec::new(),
    };
    all.sort_unstable();
    all.dedup();
    // The newest are worth most.
    all.drain(..all.len().saturating_sub(MOMENTS_MAX));
    all
}

/// A journal, seen from one of its proposals.
struct Source<'a> {
    /// Up to so many entries of the proposal from a position on, in order.
    of_proposal: &'a dyn Fn(Seq, u32) -> Result<Vec<StoredEntry>, Fault>,
    /// When the entry at a position was written, whatever it belongs to. Never earlier than the one before.
    at: &'a dyn Fn(Seq) -> Result<LogTime, Fault>,
    length: Seq,
}

#[derive(Clone, Copy)]
struct Limits {
    beginning: u32,
    around: u32,
}

impl Source<'_> {
    fn worth_reading(
        &self,
        moments: &[LogTime],
        limits: Limits,
    ) -> Result<Vec<StoredEntry>, Fault> {
        let mut stored = (self.of_proposal)(Seq(0), limits.beginning)?;
        if stored.len() < limits.beginning as usize {
            return Ok(stored);
        }
        for moment in moments {
            let Some(last) = stored.last().map(|last| last.seq) else { break };
            // What happened before the end of what was read is read.
            if (self.at)(last)? <= *moment {
                let next = after(&stored);
                let from = self.first(next, |seq| Ok((self.at)(seq)? >= *moment))?;
                stored.extend((self.of_proposal)(from, limits.around)?);
            }
        }
        let next = after(&stored);
        let end = self.first(next, |seq| Ok((self.of_proposal)(seq, 1)?.is_empty()))?;
        let from = Seq(end.0.saturating_sub(u64::from(limits.around))).max(next);
        stored.extend((self.of_proposal)(from, limits.around)?);
        Ok(stored)
    }

    /// The first position from `from` on that is so, where all after it are so as well; the length if there is none.
    fn first(&self, from: Seq, so: impl Fn(Seq) -> Result<bool, Fault>) -> Result<Seq, Fault> {
        let (mut low, mut high) = (from.0, self.length.0);
        while low < high {
            let middle = low + (high - low) / 2;
            if so(Seq(middle))? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(Seq(low))
    }
}

fn after(stored: &[StoredEntry]) -> Seq {
    stored.last().map_or(Seq(0), |last| Seq(last.seq.0 + 1))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use mic_engine::ids::{LogTime, ProposalNumber, Seq};
    use mic_proof::hash::sha256;
    use mic_store::contract::{Fault, StoredEntry};

    use super::{Limits, Source};

    const LIMITS: Limits = Limits { beginning: 100, around: 20 };

    /// Positions that pages tell of, the rest of the proposal being ballots, and everything at `seq % 3 == 2` another proposal's.
    struct Made {
        length: u64,
        moments: Vec<u64>,
    }

    impl Made {
        fn ours(seq: u64) -> bool {
            seq % 3 != 2
        }

        /// Ten entries share a moment, as those of a batch do.
        fn at(seq: u64) -> LogTime {
            LogTime(1_000 + seq / 10)
        }

        /// The positions read, and how many entries that took.
        fn read(&self) -> (Vec<u64>, usize) {
            let taken = Cell::new(0);
            let of_proposal = |from: Seq, count: u32| -> Result<Vec<StoredEntry>, Fault> {
                let found: Vec<StoredEntry> = (from.0..self.length)
                    .filter(|seq| Self::ours(*seq))
                    .take(count as usize)
                    .map(|seq| StoredEntry {
                        seq: Seq(seq),
                        bytes: Vec::new(),
                        leaf: sha256(b""),
                        proposal: Some(ProposalNumber(0)),
                    })
                    .collect();
                taken.set(taken.get() + found.len());
                Ok(found)
            };
            let at = |seq: Seq| Ok(Self::at(seq.0));
            let source = Source { of_proposal: &of_proposal, at: &at, length: Seq(self.length) };
            let moments: Vec<LogTime> = self.moments.iter().map(|seq| Self::at(*seq)).collect();
            let stored = source.worth_reading(&moments, LIMITS).expect("it can be read");
            (stored.into_iter().map(|stored| stored.seq.0).collect(), taken.get())
        }
    }

    #[test]
    fn a_short_history_is_read_whole() {
        let made = Made { length: 140, moments: vec![30, 139] };
        let (seqs, _) = made.read();
        assert_eq!(seqs, (0..140).filter(|seq| Made::ours(*seq)).collect::<Vec<u64>>());
    }

    #[test]
    fn neither_the_end_of_a_stage_nor_the_last_entry_is_lost_among_ballots() {
        for length in [151, 160, 1_000, 30_000, 1_000_000] {
            let told: Vec<u64> = [30, 148, 151, 500, 510, 9_999, 700_000, length - 2, length - 1]
                .into_iter()
                .filter(|seq| *seq < length && Made::ours(*seq))
                .collect();
            let made = Made { length, moments: told.clone() };
            let (seqs, taken) = made.read();
            assert!(seqs.is_sorted_by(|a, b| a < b), "{length}: in order, none twice");
            for seq in told {
                assert!(seqs.contains(&seq), "{length}: {seq} is missing of {seqs:?}");
            }
            assert!(taken <= 100 + 11 * 20 + 40, "{length}: {taken} were read");
        }
    }

    #[test]
    fn the_newest_are_read_where_nothing_has_ended_yet() {
        let made = Made { length: 30_000, moments: vec![0] };
        let (seqs, _) = made.read();
        assert_eq!(seqs.first(), Some(&0));
        assert_eq!(seqs.last(), (0..30_000).rfind(|seq| Made::ours(*seq)).as_ref());
    }
}
