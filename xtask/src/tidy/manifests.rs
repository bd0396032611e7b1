//! A dependency is a decision: its version stands once, in the root manifest, with the reason beside it. Whether the reason is a
//! good one is for people to say.

/// Complaints about dependencies of the root manifest that have no comment on their line.
pub(super) fn without_reason(path: &str, manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut complaints = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
            continue;
        }
        let Some((name, rest)) = line.split_once('=') else { continue };
        let named = inside && !line.starts_with([' ', '#']);
        let reason = rest.rsplit_once('#').is_some_and(|(_, words)| words.trim().len() > 3);
        // Our own crates need no reason: the arrows between them are judged elsewhere.
        if named && !reason && !rest.contains("path = ") {
            complaints.push(format!("{path}: {} has no reason beside it", name.trim()));
        }
    }
    complaints
}

/// Complaints about versions in the manifest of one crate; they belong in the root manifest.
pub(super) fn own_version(path: &str, manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut complaints = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            inside = head.trim_end_matches(']').ends_with("dependencies");
            continue;
        }
        let version = line
            .split_once('=')
            .is_some_and(|(_, rest)| rest.trim().starts_with('"') || rest.contains("version"));
        if inside && version && !line.starts_with('#') {
            complaints
                .push(format!("{path}: `{line}` names a version; it belongs in the root manifest"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_without_a_reason_is_refused() {
        let manifest = "[workspace.dependencies]\nmic-proof = { path = \"crates/proof\" }\nsha2 = \"0.11\" # every hash\nbytes = \"1\"\n\n[profile.dev]\ndebug = false\n";
        assert_eq!(
            without_reason("Cargo.toml", manifest),
            ["Cargo.toml: bytes has no reason beside it"]
        );
    }

    #[test]
    fn a_version_in_a_crate_is_refused() {
        let manifest = "[package]\nversion.workspace = true\n\n[dependencies]\nsha2.workspace = true\nbytes = \"1\"\nhttp = { version = \"1\" }\n\n[[bin]]\nname = \"mic\"\n";
        assert_eq!(own_version("crates/a/Cargo.toml", manifest).len(), 2);
        assert!(
            own_version("crates/a/Cargo.toml", "[dependencies]\nsha2.workspace = true\n")
                .is_empty()
        );
    }
}
