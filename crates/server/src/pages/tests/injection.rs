//! Script through every sink: titles, names, texts, reasons, charters, member lists, mails, the feed. The output is read again by
//! html5ever (through ammonia), as a browser would read it, with a filter that keeps only what could run.

use std::collections::{HashMap, HashSet};

use super::payloads::PAYLOADS;
use super::reading::tags;
use crate::pages::flow::Flow;
use crate::pages::happening::Happening;
use crate::pages::mail::{
    self, BroadcastMail, MailReader, MailView, Summons, VerdictMail, VersionChanged,
};
use crate::pages::parts::{Audience, Message, Person, SAMPLE_HASH};
use crate::pages::{
    Frame, View, demo, feed, gallery, home, juror, people, proposal, public, render, start,
    trouble, write,
};
use crate::text::{difference, markdown};
use crate::words::{Language, Phrase, Words};

#[test]
fn nothing_runs_in_markdown_and_differences() {
    for payload in PAYLOADS {
        assert_dead(payload, markdown::to_html(payload).unwrap().as_str());
        assert_dead(payload, difference::to_html(payload, "x", "removed", "added").as_str());
        assert_dead(payload, difference::to_html("x", payload, "removed", "added").as_str());
    }
}

#[test]
fn nothing_runs_in_pages() {
    let inside = gallery::frame(Language::English, "x", Some(true));
    for payload in PAYLOADS {
        let mut frame = inside.clone();
        payload.clone_into(&mut frame.here);
        if let Some(group) = &mut frame.group {
            payload.clone_into(&mut group.name);
        }
        for html in pages(&frame, payload) {
            assert_dead(payload, &html);
        }
    }
}

#[test]
fn nothing_runs_in_mails_and_headers_hold() {
    let reader = MailReader::sample(Language::German);
    for payload in PAYLOADS {
        for mut mail in mails(&reader, payload) {
            assert!(!mail.subject.contains(['\r', '\n', '\0']), "{payload:?}");
            // The mail's own style element is the only one there may be.
            let style = mail.html.find("<style>").zip(mail.html.find("</style>"));
            let (start, end) = style.expect("a mail has one style element");
            mail.html.replace_range(start..end + "</style>".len(), "");
            assert_dead(payload, &mail.html);
        }
    }
}

#[test]
fn nothing_runs_in_the_feed() {
    let (_, sample) = feed::Feed::samples().remove(1);
    for payload in PAYLOADS {
        let mut feed = sample.clone();
        payload.clone_into(&mut feed.name);
        payload.clone_into(&mut feed.purpose);
        for entry in &mut feed.entries {
            payload.clone_into(&mut entry.title);
            payload.clone_into(&mut entry.warning);
        }
        feed.entries[0].warning = String::new();
        feed.entries[0].body = markdown::to_html(payload).ok();
        let known = [
            "feed",
            "id",
            "title",
            "subtitle",
            "updated",
            "author",
            "name",
            "link",
            "entry",
            "published",
            "content",
            "summary",
        ];
        let xml = feed.render(&crate::pages::Origin::new("https://mic.example.org")).replacen(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "",
            1,
        );
        for tag in tags(&xml) {
            assert!(known.contains(&tag.name.as_str()), "{payload:?}: <{}>", tag.name);
        }
    }
}

#[test]
fn output_grows_in_step_with_input() {
    let seeds = [
        "[",
        "![",
        "[](",
        "*a ",
        "_a_ ",
        "`",
        "<",
        "<!--",
        "&",
        "> ",
        "- ",
        "1. ",
        "|a|\n",
        "a**b",
        "[a](b",
        "\\",
        "~~",
        "a\n",
        "[a]: b\n",
        "https://a.b ",
    ];
    for seed in seeds {
        let sized = |bytes: usize| seed.repeat(bytes / seed.len());
        let (small, large) = (sized(8_192), sized(65_536));
        let (small, large) =
            (markdown::to_html(&small).unwrap(), markdown::to_html(&large).unwrap());
        // Eight times the input may give at most twelve times the output, and never more than forty bytes for one.
        assert!(large.as_str().len() <= small.as_str().len() * 12 + 4_096, "{seed:?}");
        assert!(large.as_str().len() <= 65_536 * 40, "{seed:?}");
    }
}

fn pages(frame: &Frame, payload: &str) -> Vec<String> {
    let text = || payload.to_owned();
    let person = || Person { name: Some(text()), slot: 3, you: false };
    let message = Message::new(payload, payload, payload, Audience::Public, SAMPLE_HASH);
    let mut flow = Flow::sample_message();
    flow.title = text();
    flow.stages.iter_mut().for_each(|stage| stage.title = text());
    let mut proposal = sample::<proposal::Proposal>("longest");
    proposal.message = message.clone();
    proposal.author = person();
    proposal.cosigners.names = vec![text()];
    proposal.flow = flow.view("stage", Words::of(frame.language));
    proposal.changes = Some(write::Changes::new(Words::of(frame.language), (1, payload), (2, "x")));
    proposal.timeline[0].what = Happening::CoSigned { by: Some(text()) };
    let mut juror = sample::<juror::Juror>("typical");
    (juror.message, juror.author, juror.cosigners) = (message.clone(), person(), vec![person()]);
    (juror.reason, juror.words) = (text(), text());
    let receipt = juror::Receipt { nonce: text(), ..sample("typical") };
    let answer =
        proposal::Answer { message: message.clone(), reasons: vec![text()], ..sample("typical") };
    let mut home = sample::<home::Home>("typical");
    home.purpose = text();
    home.duties[0].title = text();
    home.broadcasts[0].title = text();
    home.yours[0].title = text();
    home.drafts[0].title = text();
    let mut found = sample::<start::Found>("faulty");
    (found.name, found.purpose, found.members) = (text(), text(), text());
    found.rows[0].found = text();
    let mut draft = sample::<write::Write>("typical");
    (draft.title, draft.body, draft.warning, draft.preview) =
        (text(), text(), text(), Some(message));
    let mut invitation = sample::<people::Invitation>("open");
    (invitation.group, invitation.purpose, invitation.inviter, invitation.name) =
        (text(), text(), Some(text()), text());
    let kept = vec![trouble::Kept { field: text(), text: text() }];
    let again = trouble::Again { to: "/new".to_owned(), fields: kept.clone() };
    let refused = trouble::Refused {
        message: Phrase::new("founded-lead").text("name", payload).number("members", 1),
        kept: kept.clone(),
        ..sample("too_many_open")
    };
    let mut read = sample::<demo::MailRead>("typical");
    (read.subject, read.from, read.pieces) =
        (text(), text(), demo::MailRead::pieces(payload, "https://evil.example"));
    let public = public::Public { name: text(), purpose: text(), ..sample("typical") };
    vec![
        render(frame, &proposal),
        render(frame, &juror),
        render(frame, &receipt),
        render(frame, &answer),
        render(frame, &home),
        render(frame, &found),
        render(frame, &draft),
        render(frame, &invitation),
        render(frame, &refused),
        render(frame, &trouble::SendAgain { again, kept }),
        render(frame, &read),
        render(frame, &public),
        render(frame, &people::People { named: vec![person()], ..sample("typical") }),
    ]
}

fn mails(reader: &MailReader, payload: &str) -> Vec<mail::Mail> {
    let text = || payload.to_owned();
    let group = || mail::MailGroup { id: mic_engine::ids::GroupId([7; 16]), name: text() };
    let (_, summons) = Summons::samples().remove(0);
    let (_, verdict) = VerdictMail::samples().remove(0);
    let (_, version) = VersionChanged::samples().remove(0);
    let (_, broadcast) = BroadcastMail::samples().remove(0);
    vec![
        mail::render(
            reader,
            &Summons { group: group(), title: text(), warning: text(), source: text(), ..summons },
        ),
        mail::render(
            reader,
            &VerdictMail { group: group(), title: text(), reasons: vec![text()], ..verdict },
        ),
        mail::render(
            reader,
            &VersionChanged { group: group(), title: text(), old: text(), ..version },
        ),
        mail::render(
            reader,
            &BroadcastMail {
                group: group(),
                title: text(),
                warning: text(),
                source: text(),
                ..broadcast
            },
        ),
    ]
}

fn sample<V: View>(name: &str) -> V {
    V::samples()
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, view)| view)
        .expect("a sample of that name")
}

#[test]
fn the_check_itself_sees_what_is_alive() {
    let alive = [
        "<p onclick=alert(1)>x",
        "<ScRiPt>1</sCrIpT>",
        "<a href=JaVaScRiPt:1>x</a>",
        "<svg><script>1</script></svg>",
        "<img src=x>",
        "<form action=https://evil.example>",
    ];
    for html in alive {
        assert!(alive_part(html).is_some(), "{html}");
    }
    assert_eq!(alive_part("<a href=\"/g/1\">x</a><p>&lt;script&gt;</p>"), None);
}

fn assert_dead(payload: &str, html: &str) {
    assert_eq!(alive_part(html), None, "{payload:?}");
}

/// Elements that run or load something.
const ALIVE: &[&str] = &[
    "script",
    "iframe",
    "object",
    "embed",
    "base",
    "frame",
    "frameset",
    "applet",
    "img",
    "image",
    "video",
    "audio",
    "source",
    "track",
    "math",
    "style",
    "template",
    "noscript",
    "marquee",
    "body",
    "animate",
    "set",
    "foreignobject",
    "portal",
];
/// Attributes that run or load something.
const HANDLERS: &[&str] = &[
    "onclick",
    "onerror",
    "onload",
    "onmouseover",
    "onfocus",
    "onbegin",
    "ontoggle",
    "onstart",
    "onanimationstart",
    "style",
    "formaction",
    "srcdoc",
    "src",
    "srcset",
    "background",
    "xlink:href",
    "ping",
    "data",
];
/// Elements of ours that a handler could sit on.
const CARRIERS: &[&str] = &[
    "a", "p", "div", "span", "input", "button", "form", "svg", "details", "textarea", "li", "bdi",
    "text", "path", "g", "option", "label",
];

/// Parses as a browser does and keeps only what could run or load: the first such thing, if there is one.
fn alive_part(html: &str) -> Option<String> {
    let mut filter = ammonia::Builder::empty();
    filter
        .clean_content_tags(HashSet::new())
        .tags(ALIVE.iter().chain(CARRIERS).copied().collect())
        .generic_attributes(HANDLERS.iter().copied().collect())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("form", HashSet::from(["action"])),
        ]))
        .url_schemes(HashSet::from(["javascript", "data", "vbscript", "file", "http", "https"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    tags(&filter.clean(html).to_string()).into_iter().find_map(|tag| {
        if ALIVE.contains(&tag.name.as_str()) {
            return Some(format!("<{}>", tag.name));
        }
        tag.attributes.iter().find_map(|(key, value)| {
            let link = key == "href"
                && ["/", "#", "http://", "https://", "mailto:"]
                    .iter()
                    .any(|start| value.starts_with(start));
            let own_form = key == "action" && value.starts_with('/') && !value.starts_with("//");
            (!link && !own_form).then(|| format!("{key}={value:?} in <{}>", tag.name))
        })
    })
}
