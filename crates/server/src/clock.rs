//! The two clocks of a server: the wall, for sessions and limits, and the groups' clock, which is the same except where
//! the demonstration lets it run fast. The only place that reads the time. Knows nothing of what waits for it.

use std::sync::Mutex;
use std::time::Duration;

use mic_engine::ids::{LogTime, Span};

/// Real time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall(pub u64);

/// How fast the demonstration's time may run.
pub const FACTOR_MAX: u64 = 100_000;

/// The clock of the groups of a server.
pub struct Clock {
    read: Box<dyn Fn() -> Wall + Send + Sync>,
    factor: u64,
    /// The group time at a moment of real time, from which the rest is reckoned.
    from: Mutex<(Wall, LogTime)>,
}

impl Clock {
    /// Group time is real time.
    pub fn system() -> Self {
        Self::new(Box::new(system_time), 1)
    }

    /// Group time starts at real time and runs `factor` times as fast.
    pub fn fast(factor: u64) -> Self {
        Self::new(Box::new(system_time), factor.clamp(1, FACTOR_MAX))
    }

    /// A clock that reads real time elsewhere, for tests.
    pub fn new(read: Box<dyn Fn() -> Wall + Send + Sync>, factor: u64) -> Self {
        let now = read();
        Self { read, factor, from: Mutex::new((now, LogTime(now.0))) }
    }

    pub fn wall(&self) -> Wall {
        (self.read)()
    }

    /// The groups' time.
    pub fn now(&self) -> LogTime {
        let wall = self.wall();
        let (from, base) = *self.lock();
        base.after(Span(wall.0.saturating_sub(from.0).saturating_mul(self.factor)))
    }

    pub fn factor(&self) -> u64 {
        self.factor
    }

    /// A clock that runs fast goes on from where its journals stand.
    pub fn go_on_from(&self, at: LogTime) {
        let wall = self.wall();
        let now = self.now();
        if self.factor > 1 && now < at {
            *self.lock() = (wall, at);
        }
    }

    /// How long to wait, in real time, until the groups' clock shows `at`; never less than a millisecond.
    pub fn until(&self, at: LogTime) -> Duration {
        let ahead = at.since(self.now()).0;
        Duration::from_millis(ahead.div_ceil(self.factor).max(1))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (Wall, LogTime)> {
        self.from.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Clock(factor {})", self.factor)
    }
}

/// Waits in real time: for what no other event tells of, such as the end of a pause.
#[expect(clippy::disallowed_methods, reason = "the one place that waits")]
pub(crate) async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn system_time() -> Wall {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Wall(since.map_or(0, |span| u64::try_from(span.as_millis()).unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::{Clock, Wall};
    use mic_engine::ids::LogTime;

    #[test]
    fn a_fast_clock_runs_fast_and_goes_on_where_a_journal_stands() {
        let real = Arc::new(AtomicU64::new(1_000));
        let reader = real.clone();
        let clock = Clock::new(Box::new(move || Wall(reader.load(Ordering::SeqCst))), 60);
        assert_eq!(clock.now(), LogTime(1_000));
        real.store(2_000, Ordering::SeqCst);
        assert_eq!(clock.now(), LogTime(61_000));
        assert_eq!(clock.until(LogTime(121_000)).as_millis(), 1_000);
        clock.go_on_from(LogTime(1_000_000));
        assert_eq!(clock.now(), LogTime(1_000_000));
        clock.go_on_from(LogTime(5));
        real.store(3_000, Ordering::SeqCst);
        assert_eq!(clock.now(), LogTime(1_060_000));
    }
}
