//! Paths that came back from outside: only an address of this site that can be read with GET is ever gone to.
//! Knows no handler.

use super::router::PAGES;

/// The path, if a GET of this site has it; query and everything else is dropped.
pub(crate) fn readable(path: &str) -> Option<String> {
    known(path, "get")
}

/// The path, if a form of this site is posted to it.
pub(crate) fn postable(path: &str) -> Option<String> {
    known(path, "post")
}

fn known(path: &str, method: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    if !path.bytes().all(plain) {
        return None;
    }
    let fits =
        |(pattern, methods): &(&str, &[&str])| methods.contains(&method) && matches(pattern, path);
    PAGES.iter().any(fits).then(|| path.to_owned())
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    pattern.clone().count() == path.clone().count()
        && pattern.zip(path).all(|(wanted, found)| {
            wanted == found
                || (wanted.starts_with('{') && !found.is_empty() && found != ".." && found != ".")
        })
}

#[cfg(test)]
mod tests {
    use super::{postable, readable};

    #[test]
    fn case_03_next_is_an_address_of_this_site() {
        let home = format!("/g/{}", "ab".repeat(16));
        assert_eq!(readable(&format!("{home}?done=x#y")), Some(home.clone()));
        assert_eq!(readable("/"), Some("/".to_owned()));
        for evil in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "/g/../..",
            "javascript:alert(1)",
            "/g/\u{0}",
            "/nowhere",
            "/g/",
            "/%2f/evil.example",
            "evil.example",
            "/g/x\r\nSet-Cookie: a=b",
        ] {
            assert_eq!(readable(evil), None, "{evil:?}");
        }
        assert_eq!(postable(&format!("{home}/write")), Some(format!("{home}/write")));
        assert_eq!(postable(&home), None);
        assert_eq!(readable("/signout"), None);
    }
}
