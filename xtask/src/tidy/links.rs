//! Links between documents of the repository lead to something. Addresses on the web are not visited.

use std::path::{Component, Path, PathBuf};

/// Complaints about links of a Markdown text to files that do not exist. `exists` is asked with a path from the root.
pub(super) fn broken(path: &str, text: &str, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let mut complaints = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        for target in targets(line).filter(|target| is_a_file(target)) {
            let file = target.split('#').next().unwrap_or(target);
            let found = within(&folder.join(file)).is_some_and(|target| exists(&target));
            if !found {
                complaints.push(format!("{path}:{}: `{target}` leads nowhere", index + 1));
            }
        }
    }
    complaints
}

/// What stands in the round brackets of `[text](target)`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

fn is_a_file(target: &str) -> bool {
    !target.is_empty()
        && !target.starts_with(['#', '/'])
        && !target.contains("://")
        && !target.starts_with("mailto:")
}

/// The path without `.` and `..`, or nothing where it leaves the repository.
fn within(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => plain.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exists(path: &Path) -> bool {
        path == Path::new("spec/draw.md")
    }

    #[test]
    fn a_link_to_nowhere_is_refused() {
        assert_eq!(broken("docs/threats.md", "see [it](../spec/lot.md)", exists).len(), 1);
        assert_eq!(broken("docs/threats.md", "see [it](../../spec/draw.md)", exists).len(), 1);
    }

    #[test]
    fn links_that_lead_somewhere_or_out_pass() {
        let text =
            "[a](../spec/draw.md) [b](../spec/draw.md#words) [c](https://example.org/x) [d](#here)";
        assert!(broken("docs/threats.md", text, exists).is_empty());
        assert!(broken("spec/a.md", "[a](draw.md)\n```\n[b](nowhere.md)\n```", exists).is_empty());
    }
}
