//! A folder where mail arrives, read as it comes. One Maildir serves all recipients: the server writes into each mail for whom
//! it is, and that is what is asked for here.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, Result};
use std::path::PathBuf;
use std::time::Duration;

use mail_parser::{Message, MessageParser};

use super::patience::ask_until;

/// Time for one mail to arrive, on a busy machine.
const ARRIVAL_MAX: Duration = Duration::from_mins(1);

/// One mail as it was delivered.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// The address of the envelope, as the server noted it.
    pub(crate) recipient: String,
    pub(crate) subject: String,
    /// The plain text, or nothing where there is none.
    pub(crate) text: String,
    /// The HTML, or nothing where there is none.
    pub(crate) html: String,
    pub(crate) bytes: Vec<u8>,
}

impl Mail {
    /// One header as it stands in the mail, without the space around it.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let message = MessageParser::default().parse(&self.bytes)?;
        message.header_raw(name).map(|value| value.trim().to_owned())
    }
}

/// The folder, and what was read of it so far.
pub(crate) struct Maildir {
    folder: PathBuf,
    mails: BTreeMap<String, Mail>,
    taken: BTreeSet<String>,
}

impl Maildir {
    /// A Maildir that need not exist yet.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder, mails: BTreeMap::new(), taken: BTreeSet::new() }
    }

    /// Waits for a mail to this address that fits and was not taken before, and takes it.
    pub(crate) fn take(&mut self, recipient: &str, fits: impl Fn(&Mail) -> bool) -> Result<Mail> {
        let found = ask_until(ARRIVAL_MAX, || self.find(recipient, &fits).transpose());
        found.unwrap_or_else(|| {
            let came: Vec<_> =
                self.mails.values().map(|mail| (&mail.recipient, &mail.subject)).collect();
            Err(Error::other(format!("no such mail to {recipient} came, but these: {came:?}")))
        })
    }

    /// Waits until there are as many mails that fit, taken or not, and returns all of them.
    pub(crate) fn gather(
        &mut self,
        count: usize,
        fits: impl Fn(&Mail) -> bool,
    ) -> Result<Vec<Mail>> {
        let mut seen = 0;
        let found = ask_until(ARRIVAL_MAX, || {
            let read = self.read();
            let fitting: Vec<Mail> =
                self.mails.values().filter(|mail| fits(mail)).cloned().collect();
            seen = fitting.len();
            read.map(|()| (seen >= count).then_some(fitting)).transpose()
        });
        found.unwrap_or_else(|| Err(Error::other(format!("{seen} of {count} mails came"))))
    }

    fn find(&mut self, recipient: &str, fits: &impl Fn(&Mail) -> bool) -> Result<Option<Mail>> {
        self.read()?;
        let fresh = |name: &str, mail: &Mail| {
            mail.recipient == recipient && !self.taken.contains(name) && fits(mail)
        };
        let Some((name, mail)) = self.mails.iter().find(|(name, mail)| fresh(name, mail)) else {
            return Ok(None);
        };
        self.taken.insert(name.clone());
        Ok(Some(mail.clone()))
    }

    /// Reads what is new. A Maildir moves a mail into `new` only when it is whole.
    fn read(&mut self) -> Result<()> {
        let Ok(entries) = std::fs::read_dir(self.folder.join("new")) else { return Ok(()) };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Entry::Vacant(place) = self.mails.entry(name) {
                place.insert(parse(std::fs::read(entry.path())?)?);
            }
        }
        Ok(())
    }
}

fn parse(bytes: Vec<u8>) -> Result<Mail> {
    let unreadable = || Error::other("a mail cannot be read");
    let (recipient, subject, text, html) = {
        let message = MessageParser::default().parse(&bytes).ok_or_else(unreadable)?;
        let recipient =
            message.header_raw("Delivered-To").ok_or_else(unreadable)?.trim().to_owned();
        (
            recipient,
            message.subject().unwrap_or_default().to_owned(),
            body(&message, Kind::Text),
            body(&message, Kind::Html),
        )
    };
    Ok(Mail { recipient, subject, text, html, bytes })
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Html,
}

/// The first part of this kind, and never one that the parser made from the other kind.
fn body(message: &Message<'_>, kind: Kind) -> String {
    let part = match kind {
        Kind::Text => message.parts.iter().find(|part| part.is_text() && !part.is_text_html()),
        Kind::Html => message.parts.iter().find(|part| part.is_text_html()),
    };
    part.and_then(|part| part.text_contents()).unwrap_or_default().to_owned()
}
