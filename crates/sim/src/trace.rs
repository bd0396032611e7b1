//! What happened, line by line, for whoever looks for the reason. Costs nothing unless it is asked for.

/// The lines of a run.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    lines: Option<Vec<String>>,
    now: u64,
}

impl Trace {
    /// Keeps every line.
    pub fn kept() -> Self {
        Self { lines: Some(Vec::new()), now: 0 }
    }

    pub fn at(&mut self, now: u64) {
        self.now = now;
    }

    pub fn line(&mut self, text: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            let since = self.now.saturating_sub(crate::world::START_MS);
            let (days, rest) = (since / 86_400_000, since % 86_400_000);
            let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
            let ms = rest % 60_000;
            lines.push(format!("day {days} {hours:02}:{minutes:02}:{ms:05} {}", text()));
        }
    }

    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}
