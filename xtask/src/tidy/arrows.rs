//! Which crate of the workspace may depend on which: `proof ← engine ← {store, courier, forecast} ← server`. It reads manifests and does
//! not know what the crates do.

/// Each package of the workspace with the ones that it may depend on. A new crate enters here first.
const ARROWS: &[(&str, &[&str])] = &[
    ("mic-proof", &[]),
    ("mic-engine", &["mic-proof"]),
    ("mic-store", &["mic-proof", "mic-engine"]),
    ("mic-courier", &["mic-proof", "mic-engine"]),
    ("mic-forecast", &["mic-proof", "mic-engine"]),
    ("mic", &["mic-proof", "mic-engine", "mic-store", "mic-courier", "mic-forecast"]),
    ("mic-sim", &["mic-proof", "mic-engine", "mic-courier"]),
    ("mic-bench", &["mic-proof", "mic-engine", "mic-store", "mic-courier", "mic"]),
    ("xtask", &[]),
];

/// Complaints about arrows that must not be, in the manifest of one crate.
pub(super) fn forbidden(path: &str, manifest: &str) -> Vec<String> {
    let Some(name) = package_name(manifest) else {
        return vec![format!("{path}: no package name")];
    };
    let Some((_, allowed)) = ARROWS.iter().find(|(package, _)| *package == name) else {
        return vec![format!(
            "{path}: {name} is not among the crates whose arrows are known (xtask/src/tidy/arrows.rs)"
        )];
    };
    dependencies(manifest)
        .filter(|dependency| ARROWS.iter().any(|(package, _)| package == dependency))
        .filter(|dependency| !allowed.contains(dependency))
        .map(|dependency| format!("{path}: {name} must not depend on {dependency}"))
        .collect()
}

fn package_name(manifest: &str) -> Option<&str> {
    let line = manifest.lines().find(|line| line.starts_with("name = "))?;
    line.split('"').nth(1)
}

/// The keys of every table of dependencies, those for tests and for building included.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(head) = line.strip_prefix('[') {
            let head = head.trim_end_matches(']');
            inside = head.ends_with("dependencies");
            return head.split_once("dependencies.").map(|(_, name)| name);
        }
        let key = line.split(['=', '.', ' ']).next()?;
        (inside && !key.is_empty() && !key.starts_with('#')).then_some(key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, table: &str) -> String {
        format!("[package]\nname = \"{name}\"\n\n{table}\n")
    }

    #[test]
    fn an_arrow_upwards_is_refused_in_every_table() {
        for table in [
            "[dependencies]\nmic-store.workspace = true",
            "[dev-dependencies]\nmic-store = { path = \"../store\" }",
            "[dependencies.mic-store]\nworkspace = true",
            "[target.'cfg(unix)'.dependencies]\nmic-store.workspace = true",
        ] {
            let found = forbidden("crates/courier/Cargo.toml", &manifest("mic-courier", table));
            assert_eq!(
                found,
                ["crates/courier/Cargo.toml: mic-courier must not depend on mic-store"],
                "{table}"
            );
        }
        assert_eq!(
            forbidden("c", &manifest("mic-proof", "[dependencies]\nmic-engine.workspace = true"))
                .len(),
            1
        );
    }

    #[test]
    fn arrows_that_are_meant_pass() {
        let table = "[dependencies]\nmic-engine.workspace = true\nsha2.workspace = true\n\n[lints]\nworkspace = true";
        assert!(forbidden("crates/store/Cargo.toml", &manifest("mic-store", table)).is_empty());
    }

    #[test]
    fn a_crate_that_nobody_placed_is_refused() {
        assert_eq!(forbidden("crates/new/Cargo.toml", &manifest("mic-new", "")).len(), 1);
    }
}
