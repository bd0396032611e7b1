//! Rules about files that no compiler checks. Each rule is a function from text to complaints, so that it can be tried on a bad
//! sample; this file finds the files and prints what the rules say.

/// Which crate of the workspace may depend on which.
mod arrows;
/// How long a source file is, how it begins and what it is called.
mod files;
/// Links between documents.
mod links;
/// Every dependency has its reason, and its version in one place.
mod manifests;
/// Words that must not be in the code, and folders of somebody's own machine.
mod words;

use crate::repository;

/// Text files up to this size are looked at; nothing that people wrote is longer, the lock file aside.
const TEXT_BYTES_MAX: usize = 1_000_000;

/// Looks at all files and prints every complaint. True if there is none.
pub(crate) fn run() -> bool {
    let paths = match repository::files() {
        Ok(paths) => paths,
        Err(fault) => {
            eprintln!("{fault}");
            return false;
        }
    };
    let mut complaints = Vec::new();
    for path in &paths {
        let Ok(bytes) = std::fs::read(repository::root().join(path)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if text.len() <= TEXT_BYTES_MAX {
            complaints.extend(judge(path, &text));
        }
    }
    for complaint in &complaints {
        println!("{complaint}");
    }
    println!("{} files, {} complaints", paths.len(), complaints.len());
    complaints.is_empty()
}

/// All that is wrong with one file.
fn judge(path: &str, text: &str) -> Vec<String> {
    let mut complaints = words::machine_paths(path, text);
    complaints.extend(files::forbidden_name(path));
    if has_ending(path, "rs") {
        complaints.extend(files::too_long(path, text));
        complaints.extend(files::no_opening(path, text));
        complaints.extend(words::unfinished(path, text));
        complaints.extend(words::sleeping_tests(path, text));
    }
    if has_ending(path, "md") {
        complaints
            .extend(links::broken(path, text, |target| repository::root().join(target).exists()));
    }
    if path == "Cargo.toml" {
        complaints.extend(manifests::without_reason(path, text));
    } else if path.ends_with("/Cargo.toml") {
        complaints.extend(arrows::forbidden(path, text));
        complaints.extend(manifests::own_version(path, text));
    }
    complaints
}

/// Whether the file name ends in a dot and these letters.
fn has_ending(path: &str, ending: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|found| found == ending)
}
