//! Reads "so many passed, so many failed" out of a test runner's lines: nextest's summary, rustdoc's result, and the plain line
//! of `spec/verify.py`. It does not run anything.

/// Tests that passed and tests that did not, for whatever reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The sum of all summaries found in the lines.
pub(crate) fn count(lines: &[String]) -> Count {
    let mut sum = Count::default();
    for line in lines {
        let line = plain(line);
        if let Some(found) = nextest(&line).or_else(|| rustdoc(&line)).or_else(|| bare(&line)) {
            sum += found;
        }
    }
    sum
}

/// The line with which nextest sums up, if there is one.
pub(crate) fn nextest_summary(lines: &[String]) -> Option<&String> {
    lines.iter().rev().find(|line| nextest(&plain(line)).is_some())
}

/// `     Summary [   1.2s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 0 skipped`, or `8/12 tests run:` when it was
/// cut short; what did not run then counts as failed.
fn nextest(line: &str) -> Option<Count> {
    let rest = line.trim_start().strip_prefix("Summary [")?;
    let (_, rest) = rest.split_once(']')?;
    let (head, parts) = rest.split_once(':')?;
    let run = head
        .trim()
        .strip_suffix("tests run")
        .or_else(|| head.trim().strip_suffix("test run"))?
        .trim();
    let mut count = Count::default();
    if let Some((done, all)) = run.split_once('/') {
        count.failed += all.parse::<u64>().ok()?.saturating_sub(done.parse().ok()?);
    }
    for part in parts.split(", ") {
        let (number, word) = part.trim().split_once(' ')?;
        let number: u64 = number.parse().ok()?;
        match word.split(" (").next()? {
            "passed" => count.passed += number,
            "skipped" => {}
            _ => count.failed += number,
        }
    }
    Some(count)
}

/// `test result: ok. 3 passed; 0 failed; 0 ignored; …`
fn rustdoc(line: &str) -> Option<Count> {
    let rest = line.strip_prefix("test result: ")?;
    let (_, rest) = rest.split_once(". ")?;
    let mut parts = rest.split("; ");
    let passed = parts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some(Count { passed, failed })
}

/// `12 passed, 0 failed`, alone on its line.
fn bare(line: &str) -> Option<Count> {
    let (passed, failed) = line.split_once(" passed, ")?;
    Some(Count {
        passed: passed.parse().ok()?,
        failed: failed.strip_suffix(" failed")?.parse().ok()?,
    })
}

/// The line without the escape sequences that colour it.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Count {
        count(&[line.to_owned()])
    }

    #[test]
    fn a_summary_of_nextest_is_counted() {
        let line = "     Summary [   1.204s] 12 tests run: 9 passed (1 slow), 1 failed, 2 timed out, 3 skipped";
        assert_eq!(of(line), Count { passed: 9, failed: 3 });
        assert_eq!(
            of("     Summary [   0.1s] 1 test run: 1 passed, 0 skipped"),
            Count { passed: 1, failed: 0 }
        );
    }

    #[test]
    fn a_run_cut_short_counts_the_rest_as_failed() {
        let line = "     Summary [   1.2s] 8/12 tests run: 7 passed, 1 failed, 0 skipped";
        assert_eq!(of(line), Count { passed: 7, failed: 5 });
    }

    #[test]
    fn colours_are_looked_through() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.004s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m \u{1b}[33;1mskipped\u{1b}[0m";
        assert_eq!(of(line), Count { passed: 2, failed: 0 });
    }

    #[test]
    fn doctests_and_the_plain_line_are_counted_and_other_lines_are_not() {
        assert_eq!(
            of("test result: FAILED. 3 passed; 1 failed; 0 ignored"),
            Count { passed: 3, failed: 1 }
        );
        assert_eq!(of("41 passed, 2 failed"), Count { passed: 41, failed: 2 });
        assert_eq!(of("bad vector - 41 passed, 2 failed"), Count::default());
        assert_eq!(of("Summary of the day"), Count::default());
    }
}
