//! Words that must not be in the code, and folders of somebody's own machine anywhere. It reads lines, not syntax; a line that
//! is only a comment may speak of anything but folders.

// Each word is put together from two parts, so that this file does not accuse itself.
const UNFINISHED: [&str; 5] = [
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("#[ig", "nore"),
    concat!("#[should", "_panic"),
];
const SLEEPING: [&str; 3] = [
    concat!("thread::", "sleep("),
    concat!("tokio::time::", "sleep("),
    concat!("tokio::time::", "sleep_until("),
];
const MACHINE_PATHS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/t", "mp/"), concat!("/ho", "me/")];

/// Complaints about code that is not finished or a test that does not run.
pub(super) fn unfinished(path: &str, text: &str) -> Vec<String> {
    complain(path, code_lines(text), &UNFINISHED, "is not for committed code")
}

/// Complaints about tests that wait for real time to pass.
pub(super) fn sleeping_tests(path: &str, text: &str) -> Vec<String> {
    let whole = path.split('/').any(|part| part == "tests") || path.ends_with("/tests.rs");
    let start = if whole {
        0
    } else {
        text.lines().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(usize::MAX)
    };
    let lines = code_lines(text).filter(|(number, _)| *number > start);
    complain(path, lines, &SLEEPING, "in a test: hand the time in, or wait for what is to happen")
}

/// Complaints about folders that only one machine has. Code asks the system for its folder of temporary files.
pub(super) fn machine_paths(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (number, line) in numbered(text) {
        for folder in MACHINE_PATHS {
            if line.match_indices(folder).any(|(at, _)| starts_a_path(&line[..at])) {
                complaints.push(format!("{path}:{number}: `{folder}` is a folder of one machine"));
            }
        }
    }
    complaints
}

/// Whether a slash after these characters begins a path, and does not continue an address or a longer path.
fn starts_a_path(before: &str) -> bool {
    before.chars().last().is_none_or(|last| !last.is_alphanumeric() && !".-_~}>)]*".contains(last))
}

fn complain<'a>(
    path: &str,
    lines: impl Iterator<Item = (usize, &'a str)>,
    words: &[&str],
    reason: &str,
) -> Vec<String> {
    let mut complaints = Vec::new();
    for (number, line) in lines {
        for word in words.iter().filter(|word| line.contains(**word)) {
            complaints.push(format!("{path}:{number}: `{word}` {reason}"));
        }
    }
    complaints
}

fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    numbered(text).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_code_is_refused_and_a_comment_about_it_is_not() {
        for word in UNFINISHED {
            assert_eq!(unfinished("a.rs", &format!("fn a() {{\n    {word}\n")).len(), 1, "{word}");
            assert!(unfinished("a.rs", &format!("    // {word}\n")).is_empty(), "{word}");
        }
        assert!(unfinished("a.rs", "let todo = list(); // debug!(\n").is_empty());
    }

    #[test]
    fn a_sleeping_test_is_refused_wherever_tests_stand() {
        let sleep = concat!("std::thread::", "sleep(second);\n");
        assert_eq!(sleeping_tests("crates/store/tests/kill.rs", sleep).len(), 1);
        assert_eq!(
            sleeping_tests(
                "crates/store/src/lib.rs",
                &format!("#[cfg(test)]\nmod tests {{\n{sleep}")
            )
            .len(),
            1
        );
        assert!(sleeping_tests("crates/store/src/lib.rs", sleep).is_empty());
        assert!(
            sleeping_tests("crates/store/tests/kill.rs", "receiver.recv_timeout(second)\n")
                .is_empty()
        );
    }

    #[test]
    fn folders_of_one_machine_are_refused() {
        for folder in MACHINE_PATHS {
            assert_eq!(machine_paths("a.md", &format!("see `{folder}mic`")).len(), 1, "{folder}");
            assert_eq!(machine_paths("a.md", &format!("{folder}mic")).len(), 1, "{folder}");
            assert!(
                machine_paths("a.md", &format!("https://example.org{folder}mic")).is_empty(),
                "{folder}"
            );
        }
        assert!(machine_paths("a.rs", "let folder = std::env::temp_dir();").is_empty());
    }
}
