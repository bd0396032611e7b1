//! How long a source file is, how it begins and what it is called. It does not read what stands in it.

use std::path::Path;

/// Lines of a source file, tests and empty lines included. One screenful times ten; what is longer has two subjects.
const FILE_LINES_MAX: usize = 400;
/// Lines within which a file says what it is for.
const OPENING_LINES_MAX: usize = 3;
/// Names that say nothing about what is inside.
const FORBIDDEN_NAMES: [&str; 8] =
    ["utils", "util", "common", "helpers", "helper", "misc", "shared", "stuff"];

/// A complaint about a source file with too many lines.
pub(super) fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > FILE_LINES_MAX).then(|| {
        format!("{path}: {lines} lines, more than {FILE_LINES_MAX}; split it by noun or verb")
    })
}

/// A complaint about a source file that does not open with `//!`.
pub(super) fn no_opening(path: &str, text: &str) -> Option<String> {
    let opened = text.lines().take(OPENING_LINES_MAX).any(|line| line.starts_with("//!"));
    (!opened).then(|| {
        format!("{path}: does not open with `//!`: what it is for and what it does not know")
    })
}

/// A complaint about a file or folder whose name says nothing.
pub(super) fn forbidden_name(path: &str) -> Option<String> {
    let part = Path::new(path).iter().find(|part| {
        let stem = Path::new(part).file_stem().unwrap_or_default();
        FORBIDDEN_NAMES.iter().any(|name| stem == *name)
    })?;
    Some(format!("{path}: `{}` says nothing about what is inside", part.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hundred_lines_pass_and_one_more_does_not() {
        assert_eq!(too_long("a.rs", &"x\n".repeat(400)), None);
        assert!(too_long("a.rs", &"x\n".repeat(401)).is_some());
    }

    #[test]
    fn a_file_opens_with_what_it_is_for() {
        assert_eq!(no_opening("a.rs", "//! Counts ballots.\nfn main() {}"), None);
        assert_eq!(no_opening("a.rs", "#![no_std]\n//! Counts ballots.\n"), None);
        assert!(no_opening("a.rs", "// Counts ballots.\nfn main() {}").is_some());
        assert!(no_opening("a.rs", "a\nb\nc\n//! too late").is_some());
    }

    #[test]
    fn a_name_says_what_is_inside() {
        assert_eq!(forbidden_name("crates/proof/src/tree.rs"), None);
        assert_eq!(forbidden_name("crates/proof/src/commons.rs"), None);
        assert!(forbidden_name("crates/proof/src/utils.rs").is_some());
        assert!(forbidden_name("crates/proof/tests/common/mod.rs").is_some());
    }
}
