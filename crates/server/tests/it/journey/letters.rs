//! What stands in the mails of the program, read as their recipients read them.

use std::collections::{BTreeMap, BTreeSet};

use mail_parser::{MessageParser, MimeHeaders};

use super::people::Person;
use crate::rig::chromium::Fault;
use crate::rig::maildir::Mail;

/// The six digits of a sign-in, which stand on a line of their own.
pub(super) fn code(mail: &Mail) -> Option<String> {
    let digits = |line: &&str| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit());
    mail.text.lines().map(str::trim).find(digits).map(str::to_owned)
}

/// The first link of the mail that goes there; it stands on a line of its own or ends one.
pub(super) fn link(mail: &Mail, there: &str) -> Option<String> {
    let mut words = mail.text.split_whitespace();
    words.find(|word| word.starts_with("http://") && word.contains(there)).map(str::to_owned)
}

/// A broadcast, as everybody is to get it.
pub(super) struct Expected<'a> {
    /// 32 hexadecimal digits.
    pub(super) group: &'a str,
    pub(super) origin: &'a str,
    pub(super) number: u32,
    pub(super) title: &'a str,
    /// Sentences of the message.
    pub(super) sentences: &'a [&'a str],
    /// The certificate as the site serves it.
    pub(super) certificate: &'a [u8],
}

impl Expected<'_> {
    /// Every one of these people got exactly one mail, and it is whole.
    pub(super) fn reached(&self, people: &[Person], mails: &[Mail]) -> Result<(), Fault> {
        let mut by_recipient: BTreeMap<&str, &Mail> = BTreeMap::new();
        for mail in mails {
            let before = by_recipient.insert(&mail.recipient, mail);
            assert!(before.is_none(), "{} got it twice", mail.recipient);
        }
        assert_eq!(by_recipient.len(), people.len());
        let (mut links, mut ids) = (BTreeSet::new(), BTreeSet::new());
        for person in people {
            let mail = by_recipient.get(person.email.as_str());
            let mail = mail.ok_or_else(|| format!("{} got no mail", person.email))?;
            self.whole(mail);
            self.headers(mail);
            self.attached(mail)?;
            links.insert(mail.header("List-Unsubscribe"));
            ids.insert(mail.header("Message-ID"));
        }
        assert_eq!(ids.len(), people.len(), "no two mails are one");
        assert_eq!(links.len(), people.len(), "everybody stops their own mails alone");
        Ok(())
    }

    fn whole(&self, mail: &Mail) {
        assert!(mail.subject.contains(self.title), "{}", mail.subject);
        assert!(mail.subject.contains(&format!(" {}:", self.number)), "{}", mail.subject);
        for sentence in self.sentences {
            assert!(mail.text.contains(sentence), "{sentence} in:\n{}", mail.text);
            assert!(mail.html.contains(sentence), "{sentence} in:\n{}", mail.html);
        }
        let page = format!("{}/g/{}/b/{}/certificate", self.origin, self.group, self.number);
        assert!(mail.text.contains(&page), "{page} in:\n{}", mail.text);
    }

    /// The Message-ID is 20 bytes in hexadecimal digits and tells nobody whose copy it is.
    fn headers(&self, mail: &Mail) {
        let id = mail.header("Message-ID").unwrap_or_default();
        let digits = id.strip_prefix('<').and_then(|id| id.strip_suffix("@example.test>"));
        let plain = |digits: &str| {
            digits.len() == 40 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        };
        assert!(digits.is_some_and(plain), "{id}");
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
        let stop = mail.header("List-Unsubscribe").unwrap_or_default();
        assert!(stop.starts_with(&format!("<{}/u/", self.origin)), "{stop}");
        // One click is only promised where the link is https (RFC 8058, section 3.1), which this server's is not.
        assert_eq!(mail.header("List-Unsubscribe-Post"), None);
        let list = mail.header("List-Id").unwrap_or_default();
        assert!(list.ends_with(&format!("<{}.example.test>", self.group)), "{list}");
    }

    fn attached(&self, mail: &Mail) -> Result<(), Fault> {
        let message = MessageParser::default().parse(&mail.bytes).ok_or("unreadable")?;
        let files: Vec<_> = message.attachments().collect();
        let [file] = files.as_slice() else {
            return Err(format!("{} attachments", files.len()).into());
        };
        let name = format!("certificate-{}-{}.json", &self.group[..8], self.number);
        assert_eq!(file.attachment_name(), Some(name.as_str()));
        assert_eq!(
            file.contents(),
            self.certificate,
            "the attached certificate is the one that is served"
        );
        Ok(())
    }
}
