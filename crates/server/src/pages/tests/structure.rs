//! What every page has to be: small, one h1, a language, labels for all inputs, forms that carry their tokens, nothing from elsewhere.

use std::collections::BTreeSet;

use super::reading::{Tag, Token, tags, tokens};
use crate::pages::{asset, gallery, templates};
use crate::words::{Arg, Language, Words};

/// Bytes of a page at most, with the style sheet for the first one.
const PAGE_BYTES_MAX: usize = 60_000;

fn every_page(check: impl Fn(&str, &str, Language)) {
    for language in Language::ALL {
        for page in gallery::pages(language, &asset::style_path()) {
            check(&page.name, &page.html, language);
        }
    }
}

#[test]
fn pages_are_small_have_one_heading_and_a_language() {
    every_page(|name, html, language| {
        assert!(html.len() + asset::STYLE.len() < PAGE_BYTES_MAX, "{name}: {} bytes", html.len());
        let tags = tags(html);
        assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1, "{name}");
        let root = tags.iter().find(|tag| tag.name == "html").expect("a root");
        assert_eq!(root.get("lang"), language.tag(), "{name}");
        for landmark in ["header", "main", "footer", "title"] {
            assert!(tags.iter().any(|tag| tag.name == landmark), "{name} has no {landmark}");
        }
    });
}

#[test]
fn headings_leave_no_level_out() {
    every_page(|name, html, _| {
        let mut before = 1;
        // Members' own headings begin at the third level, wherever their text stands.
        let mut parts = html.split("<div class=\"text\">");
        let first = parts.next().unwrap_or_default().to_owned();
        let ours = parts.fold(first, |ours, part| {
            ours + part.split_once("</div>").map_or("", |(_, after)| after)
        });
        for tag in tags(&ours) {
            if let Some(level) =
                tag.name.strip_prefix('h').and_then(|level| level.parse::<u32>().ok())
            {
                assert!(level <= before + 1, "{name}: h{level} after h{before}");
                before = level;
            }
        }
    });
}

#[test]
fn ids_are_unique_and_everything_that_points_finds_them() {
    every_page(|name, html, _| {
        let tags = tags(html);
        let ids: Vec<&str> =
            tags.iter().map(|tag| tag.get("id")).filter(|id| !id.is_empty()).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "{name}: an id stands twice: {ids:?}");
        for tag in &tags {
            let pointed = ["for", "list", "aria-labelledby", "aria-describedby"]
                .map(|attribute| tag.get(attribute));
            let anchors = tag.get("href").strip_prefix('#').into_iter();
            for id in pointed.iter().flat_map(|value| value.split_whitespace()).chain(anchors) {
                assert!(known.contains(id), "{name}: nothing has the id {id}");
            }
        }
    });
}

#[test]
fn every_input_has_a_label_and_every_button_a_word() {
    every_page(|name, html, _| {
        let tags = tags(html);
        let labelled: BTreeSet<&str> =
            tags.iter().filter(|tag| tag.name == "label").map(|tag| tag.get("for")).collect();
        for tag in
            tags.iter().filter(|tag| ["input", "textarea", "select"].contains(&tag.name.as_str()))
        {
            assert!(
                tag.get("type") == "hidden" || labelled.contains(tag.get("id")),
                "{name}: no label for {tag:?}"
            );
            assert!(!tag.get("name").is_empty(), "{name}: {tag:?}");
        }
        let tokens = tokens(html);
        for pair in tokens.windows(2) {
            if let [Token::Open(tag), next] = pair
                && (tag.name == "button" || (tag.name == "a" && tag.get("aria-label").is_empty()))
            {
                let spoken = matches!(next, Token::Text(_))
                    || matches!(next, Token::Open(tag) if tag.name == "bdi" || tag.name == "span");
                assert!(spoken, "{name}: {tag:?} says nothing");
            }
        }
    });
}

#[test]
fn forms_carry_their_tokens_and_stay_on_the_site() {
    every_page(|name, html, _| {
        let mut acts = BTreeSet::new();
        let html = html.replace("&#x2f;", "/");
        for form in html
            .split("<form ")
            .skip(1)
            .map(|form| form.split("</form>").next().unwrap_or_default())
            // A search changes nothing and carries nothing.
            .filter(|form| !form.starts_with("method=\"get\" action=\"/"))
        {
            // What changes nothing is asked by GET, and its question stands in the address: no token belongs there.
            if form.starts_with("method=\"get\" action=\"/") {
                assert!(!form.contains("name=\"token\""), "{name}: {form}");
                continue;
            }
            assert!(form.starts_with("method=\"post\" action=\"/"), "{name}: {form}");
            assert!(form.contains("name=\"token\""), "{name}: {form}");
            let act = form
                .split("name=\"act\" value=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .unwrap_or_default();
            assert_eq!(act.len(), 32, "{name}: {form}");
            assert!(acts.insert(act.to_owned()), "{name}: two forms have one act");
        }
    });
}

#[test]
fn nothing_is_loaded_from_elsewhere_and_nothing_is_inline() {
    every_page(|name, html, _| {
        for tag in tags(html) {
            let Tag { name: element, attributes } = &tag;
            assert!(
                !["script", "style", "img", "iframe", "object", "embed", "base"]
                    .contains(&element.as_str()),
                "{name}: <{element}>"
            );
            for (key, value) in attributes {
                assert!(
                    key != "style" && key != "src" && !key.starts_with("on"),
                    "{name}: {key} in <{element}>"
                );
                let elsewhere = value.contains("//")
                    && element != "a"
                    && !["value", "content"].contains(&key.as_str());
                assert!(!elsewhere, "{name}: {key}={value} in <{element}>");
            }
        }
    });
}

#[test]
fn every_key_that_a_template_names_exists_in_both_languages() {
    for (name, source) in templates::TEMPLATES {
        for call in ["t(\"", "plain(\"", "t('", "parts.seen(\""] {
            for piece in source.split(call).skip(1) {
                let key: String = piece
                    .chars()
                    .take_while(|next| next.is_ascii_alphanumeric() || "-_".contains(*next))
                    .collect();
                // A key that goes on with `~` is completed by an enum; the samples show each of its values.
                if piece[key.len()..].starts_with(['"', '\''])
                    && !piece[key.len() + 1..].trim_start().starts_with('~')
                {
                    for language in Language::ALL {
                        assert!(
                            crate::words::tests::keys(language).contains_key(&key),
                            "{name}: {key}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn mails_say_the_same_in_both_halves() {
    for language in Language::ALL {
        for (name, mail) in gallery::mails(language) {
            assert!(
                !mail.subject.is_empty() && !mail.subject.contains(['\n', '\r', '['])
                    || mail.subject.starts_with('['),
                "{name}"
            );
            assert!(mail.html.len() < PAGE_BYTES_MAX && mail.text.ends_with('\n'), "{name}");
            let page = tags(&mail.html);
            assert_eq!(
                page.iter()
                    .filter(|tag| tag.name == "html" && tag.get("lang") == language.tag())
                    .count(),
                1
            );
            for tag in page.iter().filter(|tag| tag.name == "a") {
                assert!(
                    mail.text.contains(tag.get("href")),
                    "{name}: the text has no {}",
                    tag.get("href")
                );
            }
            let stop = Words::of(language).say("mail-unsubscribe", &[]);
            assert!(mail.text.contains(&stop) && mail.html.contains(&stop), "{name}");
            assert!(!mail.text.contains('\u{2068}') && !mail.text.contains("[mail-"), "{name}");
        }
    }
}

#[test]
fn subjects_of_duties_say_neither_jury_nor_title() {
    for language in Language::ALL {
        for (name, mail) in gallery::mails(language)
            .iter()
            .filter(|(name, _)| name.starts_with("summons") || name.starts_with("jury"))
        {
            let subject = mail.subject.to_lowercase();
            assert!(
                !subject.contains("jur")
                    && !subject.contains("depot")
                    && !subject.contains("drawn"),
                "{name}: {subject}"
            );
        }
    }
}

#[test]
fn placeholders_of_sentences_cannot_be_forged() {
    // The characters that stand in for markup inside a sentence are taken out of nothing that a person types: they are
    // only looked up in what the locale files said, and an argument's own text never passes that look-up.
    let html = crate::pages::render(
        &gallery::frame(Language::English, "x", None),
        &crate::pages::start::Founded {
            name: "\u{fdd0}\u{fdd1}<b>".to_owned(),
            members: 2,
            links: vec![],
            more_links: 0,
            home: crate::pages::Route::Landing {},
        },
    );
    assert!(html.contains("<bdi>\u{fdd0}\u{fdd1}&lt;b&gt;</bdi> has 2 members."));
    assert_eq!(
        Words::of(Language::English).say(
            "founded-lead",
            &[("name", Arg::Text("A".to_owned())), ("members", Arg::Number(1))]
        ),
        "A has 1 member."
    );
}
