//! Mails as another parser reads them.

use mail_parser::{MessageParser, MimeHeaders as _};
use mic_courier::address::Address;
use mic_courier::message::{
    Attachment, Draft, LINK_BYTES_MAX, List, MessageId, MessageIdKey, MessageRefusal, Recipient,
    SUBJECT_BYTES_MAX, Template, message_id, personal_marker,
};
use mic_courier::plan::{LetterKey, UnixMs};
use mic_courier::smtp::{Letter, LetterRefusal};
use proptest::prelude::*;

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

const KEY: MessageIdKey = MessageIdKey::new([7; 32]);

fn identity(member: u64) -> MessageId {
    message_id(&KEY, "broadcast-7", member, "email", "mail.example.org").unwrap()
}

fn draft<'a>(from: &'a Address, text: &'a str, html: &'a str) -> Draft<'a> {
    Draft {
        from_name: "Rivers",
        from,
        reply_to: None,
        subject: "Come to the bridge",
        date: UnixMs(1_795_237_532_000),
        list: None,
        text,
        html,
        attachments: &[],
    }
}

fn fill(template: &Template, personal: &[&str]) -> Vec<u8> {
    let (to, id) = (address("ana@example.org"), identity(1));
    let recipient =
        Recipient { to: &to, message_id: &id, thread: &[], unsubscribe: None, personal };
    template.fill(&recipient).unwrap().to_vec()
}

/// What holds of every mail whatever is in it.
fn check_lines(mail: &[u8]) {
    let text = std::str::from_utf8(mail).unwrap();
    assert!(text.is_ascii() && text.ends_with("\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n', '\0'])));
    let (from, to) = (address("a@example.org"), address("b@example.org"));
    Letter::new(LetterKey(0), from, to, mail.to_vec().into()).unwrap();
}

#[test]
fn a_whole_mail_reads_as_it_was_meant() {
    let (from, reply_to, to) =
        (address("rivers@example.org"), address("all@example.org"), address("ana@example.org"));
    let marker = personal_marker(0);
    let attachment = Attachment {
        file_name: "certificate.json".to_owned(),
        media_type: "application/json".to_owned(),
        data: (0..=255).cycle().take(1_000).collect(),
    };
    let draft = Draft {
        from_name: "Bürger, \"Fluß\" <x@evil.example>",
        reply_to: Some(&reply_to),
        subject: "Größe und Würde: alle am Samstag zur Brücke, bitte weitersagen, es eilt sehr 🌊",
        list: Some(List { name: "Flüsse", id: "rivers.example.org" }),
        attachments: std::slice::from_ref(&attachment),
        ..draft(&from, "", "")
    };
    let text = format!("Hallo\n\nDein Link: {marker}\nund Schluß");
    let html = format!("<p>Hallo ä</p><a href=\"{marker}\">Link</a>");
    let template = Template::new(&Draft { text: &text, html: &html, ..draft }).unwrap();
    let (id, thread) = (identity(5), [identity(3), identity(4)]);
    let link = "https://mic.example.org/u/abc?x=1&y=2";
    let recipient = Recipient {
        to: &to,
        message_id: &id,
        thread: &thread,
        unsubscribe: Some(link),
        personal: &[link],
    };
    let mail = template.fill(&recipient).unwrap();
    check_lines(&mail);

    let parsed = MessageParser::default().parse(&mail[..]).unwrap();
    let sender = parsed.from().unwrap().first().unwrap();
    assert_eq!(sender.name(), Some("Bürger, \"Fluß\" <x@evil.example>"));
    assert_eq!(sender.address(), Some("rivers@example.org"));
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("ana@example.org"));
    assert_eq!(parsed.reply_to().unwrap().first().unwrap().address(), Some("all@example.org"));
    assert_eq!(parsed.subject(), Some(draft.subject));
    assert_eq!(parsed.message_id(), Some(id.as_str()));
    assert_eq!(parsed.in_reply_to().as_text(), Some(thread[1].as_str()));
    let references: Vec<&str> = thread.iter().map(MessageId::as_str).collect();
    assert_eq!(parsed.references().as_text_list().unwrap(), references);
    assert_eq!(parsed.date().unwrap().to_rfc3339(), "2026-11-21T05:05:32Z");
    assert_eq!(
        parsed.body_text(0).unwrap(),
        format!("Hallo\n\nDein Link: {link}\nund Schluß\n").replace('\n', "\r\n")
    );
    let escaped = link.replace('&', "&amp;");
    assert_eq!(
        parsed.body_html(0).unwrap(),
        format!("<p>Hallo ä</p><a href=\"{escaped}\">Link</a>\r\n")
    );
    let attached = parsed.attachment(0).unwrap();
    assert_eq!(attached.attachment_name(), Some("certificate.json"));
    assert_eq!(attached.contents(), &attachment.data);

    let header = String::from_utf8(mail.to_vec()).unwrap();
    for line in [
        format!("List-Unsubscribe: <{link}>\r\n"),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".to_owned(),
        " <rivers.example.org>\r\n".to_owned(),
        "Precedence: list\r\n".to_owned(),
        "Auto-Submitted: auto-generated\r\n".to_owned(),
    ] {
        assert_eq!(header.matches(&line).count(), 1, "{line}");
    }
}

#[test]
fn a_notice_has_no_list_fields() {
    let from = address("rivers@example.org");
    let template = Template::new(&draft(&from, "text", "<p>html</p>")).unwrap();
    let mail = String::from_utf8(fill(&template, &[])).unwrap();
    assert!(
        !mail.contains("List-") && !mail.contains("Precedence") && !mail.contains("In-Reply-To")
    );
}

#[test]
fn nothing_in_a_header_can_end_a_line_or_turn_the_direction() {
    let from = address("rivers@example.org");
    let plain = draft(&from, "text", "html");
    for character in
        "\r\n\0\t\u{7f}\u{85}\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2028}\u{2066}\u{2069}\u{feff}\u{e0041}".chars()
    {
        let hostile = format!("a{character}Bcc: x@example.org");
        for (place, draft) in [
            ("subject", Draft { subject: &hostile, ..plain.clone() }),
            ("name", Draft { from_name: &hostile, ..plain.clone() }),
            ("list name", Draft { list: Some(List { name: &hostile, id: "a.example" }), ..plain.clone() }),
            ("list id", Draft { list: Some(List { name: "a", id: &hostile }), ..plain.clone() }),
        ] {
            assert!(Template::new(&draft).is_err(), "{character:?} in {place}");
        }
        assert!(message_id(&KEY, "b", 1, "email", &hostile).is_err(), "{character:?}");
        let marker = personal_marker(0);
        let template = Template::new(&Draft { text: &marker, ..plain.clone() }).unwrap();
        let (to, id) = (address("ana@example.org"), identity(1));
        let recipient =
            Recipient { to: &to, message_id: &id, thread: &[], unsubscribe: None, personal: &["x"] };
        assert!(template.fill(&recipient).is_ok());
        let hostile_link = format!("https://a.example/{character}");
        let links = Recipient { unsubscribe: Some(&hostile_link), ..recipient };
        assert!(template.fill(&links).is_err(), "{character:?} in a link");
        let personal = [hostile.as_str()];
        let personal = Recipient { personal: &personal, ..recipient };
        assert!(template.fill(&personal).is_err(), "{character:?} in a personal string");
    }
}

#[test]
fn encoded_words_that_a_person_types_stay_what_was_typed() {
    let from = address("rivers@example.org");
    let subject = "=?UTF-8?Q?=0D=0ABcc:_x@example.org?=";
    let draft = Draft { subject, ..draft(&from, "text", "html") };
    let mail = fill(&Template::new(&draft).unwrap(), &[]);
    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.subject(), Some(subject));
    assert!(parsed.bcc().is_none());
}

#[test]
fn forms_and_limits_are_kept() {
    let from = address("rivers@example.org");
    let plain = draft(&from, "text", "html");
    let refusal = |draft: &Draft<'_>| Template::new(draft).unwrap_err();
    let long = "s".repeat(SUBJECT_BYTES_MAX + 1);
    assert_eq!(
        refusal(&Draft { subject: &long, ..plain.clone() }),
        MessageRefusal::TooLong { field: "the subject", max: SUBJECT_BYTES_MAX }
    );
    assert_eq!(
        refusal(&Draft { subject: "", ..plain.clone() }),
        MessageRefusal::Empty { field: "the subject" }
    );
    let huge = "x".repeat(10_000_000);
    assert!(matches!(
        refusal(&Draft { text: &huge, ..plain.clone() }),
        MessageRefusal::TooLong { field: "the text", .. }
    ));
    for text in ["a\0b", "a\rb", "a\u{1}9", "a\u{1}10\u{1}", "\u{1}x\u{1}", "\u{1b}[2J"] {
        assert!(
            matches!(
                refusal(&Draft { text, ..plain.clone() }),
                MessageRefusal::ControlCharacter { .. }
            ),
            "{text:?}"
        );
    }
    for (file_name, media_type) in
        [("../x", "a/b"), ("a\"b", "a/b"), ("", "a/b"), ("a", "text"), ("a", "a/b; c=\"d\"")]
    {
        let attachment = Attachment {
            file_name: file_name.to_owned(),
            media_type: media_type.to_owned(),
            data: Vec::new(),
        };
        let attachments = [attachment];
        let draft = Draft { attachments: &attachments, ..plain.clone() };
        assert!(matches!(refusal(&draft), MessageRefusal::Form { .. }), "{file_name} {media_type}");
    }
    let marker = personal_marker(1);
    let template = Template::new(&Draft { text: &marker, ..plain }).unwrap();
    let (to, id) = (address("ana@example.org"), identity(1));
    let recipient =
        Recipient { to: &to, message_id: &id, thread: &[], unsubscribe: None, personal: &["x"] };
    let missing = MessageRefusal::PersonalMissing { wanted: 2, given: 1 };
    assert_eq!(template.fill(&recipient), Err(missing));
    for link in
        ["javascript:alert(1)", "mailto:a@example.org", "https://a.example/ b", "https://a>"]
    {
        let recipient = Recipient { unsubscribe: Some(link), personal: &["x", "y"], ..recipient };
        assert!(matches!(template.fill(&recipient), Err(MessageRefusal::Form { .. })), "{link}");
    }
}

#[test]
fn a_message_id_is_fixed_and_says_nothing() {
    let id = identity(41);
    assert_eq!(id, identity(41));
    assert_ne!(id, identity(42));
    assert_ne!(id, message_id(&KEY, "broadcast-7", 41, "push", "mail.example.org").unwrap());
    assert_ne!(id, message_id(&KEY, "broadcast-8", 41, "email", "mail.example.org").unwrap());
    // Whoever does not know the key cannot find out whose copy it is.
    let other = MessageIdKey::new([8; 32]);
    assert_ne!(id, message_id(&other, "broadcast-7", 41, "email", "mail.example.org").unwrap());
    assert_eq!(id.as_str(), "645c09df5c3a9908bcd77b67baba622e139dd8f3@mail.example.org");
}

#[test]
fn bytes_that_could_end_a_mail_early_are_no_letter() {
    use LetterRefusal::{BareLineBreak, LineTooLong, Nul, TooLong};
    let long_line = vec![b'a'; 999];
    let long = vec![b'\n'; 9 << 20];
    for (bytes, refusal) in [
        (&b"a\n.\r\n"[..], BareLineBreak(1)),
        (b"a\r\n.\n", BareLineBreak(4)),
        (b"a\r.\r\n", BareLineBreak(1)),
        (b"a\r", BareLineBreak(1)),
        (b"\r\r\n", BareLineBreak(0)),
        (b"a\0", Nul(1)),
        (&long_line, LineTooLong(0)),
        (&long, TooLong),
    ] {
        let (from, to) = (address("a@example.org"), address("b@example.org"));
        let letter = Letter::new(LetterKey(0), from, to, bytes.to_vec().into());
        assert_eq!(letter.unwrap_err(), refusal);
    }
}

proptest! {
    #[test]
    fn any_text_comes_back_with_any_link_inside(
        before in "[ -~\t\n=.äß🌊€]{0,300}",
        after in "[ -~\t\n=.äß🌊€]{0,300}",
        link in "[!-~]{1,120}",
    ) {
        let from = address("rivers@example.org");
        let source = format!("{before}{}{after}", personal_marker(0));
        let template = Template::new(&draft(&from, &source, &source)).unwrap();
        prop_assert!(link.len() < LINK_BYTES_MAX);
        let mail = fill(&template, &[&link]);
        check_lines(&mail);
        let parsed = MessageParser::default().parse(&mail).unwrap();
        let end = if after.ends_with('\n') { "" } else { "\n" };
        let expected = format!("{before}{link}{after}{end}").replace('\n', "\r\n");
        // A parser gives the line break before a boundary to the boundary, and may strip no other.
        let found = parsed.body_text(0).unwrap().into_owned();
        prop_assert_eq!(found, expected);
    }
}
