//! Where the repository begins and which files belong to it. It does not judge them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the root `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Paths, from the root, of all files that are committed or could be: what git tracks and what it does not ignore.
pub(crate) fn files() -> Result<Vec<String>, String> {
    // Git refuses a clone that another user owns, and a fresh machine has no configuration that would say otherwise.
    let output = Command::new("git")
        .args([
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .map_err(|fault| format!("git cannot be started: {fault}"))?;
    if !output.status.success() {
        return Err(format!("git ls-files failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let listing = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut paths: Vec<String> = listing
        .split('\0')
        .filter(|path| !path.is_empty() && root().join(path).is_file())
        .map(str::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}
