//! From what is said to bytes for one recipient: headers, thread, the link that stops such mail. One template for all who read the
//! same words. Knows no store and no network.

use std::collections::BTreeMap;

use bytes::Bytes;
use mic_courier::address::Address;
use mic_courier::message::{
    Draft, List, MessageId, MessageIdKey, MessageRefusal, Recipient, SUBJECT_BYTES_MAX, Template,
    message_id, personal_marker,
};
use mic_courier::plan::{LetterKey, UnixMs};
use mic_engine::ids::{LogTime, ProposalNumber, Slot};
use mic_engine::parcel::Notice;
use mic_proof::hash::{Hasher, sha256};
use mic_store::contract::GroupSecrets;

use super::said::Said;
use crate::pages::mail::{Mail, MailReader};
use crate::pages::route::{Origin, Route};
use crate::words::{Language, Moment, Zone};

/// The longest name in a sender, in bytes; the rest is cut off.
const NAME_BYTES_MAX: usize = 120;
/// Stands in the words of a mail where the personal token belongs; no page or mail of ours holds it otherwise.
const TOKEN_PLACE: &str = "0personal0token0place0";
/// The channel's name in message ids.
const CHANNEL: &str = "email";

/// Who sends.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    pub(super) from: Address,
    pub(super) origin: Origin,
}

/// One notice of one group, in the words of each language, zone and variant that was asked for.
pub(super) struct Envelope<'a> {
    sender: &'a Sender,
    said: &'a Said,
    notice: Notice,
    key: MessageIdKey,
    wall: UnixMs,
    now: LogTime,
    templates: BTreeMap<(Language, String, LogTime), Template>,
}

/// A mail for one member.
pub(super) struct Addressed {
    pub(super) key: LetterKey,
    pub(super) bytes: Bytes,
}

impl<'a> Envelope<'a> {
    pub(super) fn new(
        sender: &'a Sender,
        said: &'a Said,
        notice: Notice,
        secrets: &GroupSecrets,
        wall: UnixMs,
        now: LogTime,
    ) -> Self {
        let key = message_id_key(secrets);
        Self { sender, said, notice, key, wall, now, templates: BTreeMap::new() }
    }

    /// The mail to one member. `token` stops mail of this kind.
    pub(super) fn fill(
        &mut self,
        slot: Slot,
        to: &Address,
        language: Language,
        zone: &Zone,
        variant: LogTime,
        token: &str,
    ) -> Result<Addressed, MessageRefusal> {
        let place = (language, zone.name().to_owned(), variant);
        if !self.templates.contains_key(&place) {
            let template = self.template(language, zone, variant)?;
            self.templates.insert(place.clone(), template);
        }
        let host = self.sender.host();
        let source = format!("{}/{}", self.said.group.id, self.notice.to_text());
        let id = message_id(&self.key, &source, u64::from(slot.0), CHANNEL, host)?;
        let thread = self.thread(slot)?;
        let stop = self.sender.origin.link(&Route::Unsubscribe { token: token.to_owned() });
        let bytes = self.templates[&place].fill(&Recipient {
            to,
            message_id: &id,
            thread: &thread,
            unsubscribe: Some(&stop),
            personal: &[token],
        })?;
        Ok(Addressed { key: letter_key(&id), bytes })
    }

    /// All that is said about a proposal hangs from one root, which is never sent itself (RFC 5322, 3.6.4, allows that).
    fn thread(&self, slot: Slot) -> Result<Vec<MessageId>, MessageRefusal> {
        let root = |number: ProposalNumber| {
            let source = format!("{}/proposal/{number}", self.said.group.id);
            message_id(&self.key, &source, u64::from(slot.0), CHANNEL, self.sender.host())
        };
        self.said.proposal.map(root).into_iter().collect()
    }

    fn template(
        &self,
        language: Language,
        zone: &Zone,
        variant: LogTime,
    ) -> Result<Template, MessageRefusal> {
        let reader = MailReader {
            language,
            zone: zone.clone(),
            now: Moment::from(self.now),
            origin: self.sender.origin.clone(),
            unsubscribe: Some(TOKEN_PLACE.to_owned()),
        };
        let Mail { subject, text, html } = self.said.mail(&reader, variant);
        let marker = personal_marker(0);
        let name = header(&self.said.group.name, NAME_BYTES_MAX);
        let list_id = format!("{}.{}", self.said.group.id, self.sender.host());
        Template::new(&Draft {
            from_name: &name,
            from: &self.sender.from,
            reply_to: None,
            subject: &header(&subject, SUBJECT_BYTES_MAX),
            date: self.wall,
            list: Some(List { name: &name, id: &list_id }),
            text: &text.replace(TOKEN_PLACE, &marker),
            html: &html.replace(TOKEN_PLACE, &marker),
            attachments: &self.said.attachments,
        })
    }
}

impl Sender {
    fn host(&self) -> &str {
        self.from.as_str().rsplit_once('@').map_or("localhost", |(_, host)| host)
    }

    /// A letter to an address that has no slot; `id` is its own for ever.
    pub(super) fn letter(
        &self,
        name: &str,
        mail: &Mail,
        to: &Address,
        id: &str,
        wall: UnixMs,
    ) -> Result<Addressed, MessageRefusal> {
        let template = Template::new(&Draft {
            from_name: &header(name, NAME_BYTES_MAX),
            from: &self.from,
            reply_to: None,
            subject: &header(&mail.subject, SUBJECT_BYTES_MAX),
            date: wall,
            list: None,
            text: &mail.text,
            html: &mail.html,
            attachments: &[],
        })?;
        // The letter's own id is random and known to nobody.
        let key = MessageIdKey::new(sha256(id.as_bytes()).0);
        let id = message_id(&key, "letter", 0, CHANNEL, self.host())?;
        let recipient =
            Recipient { to, message_id: &id, thread: &[], unsubscribe: None, personal: &[] };
        Ok(Addressed { key: letter_key(&id), bytes: template.fill(&recipient)? })
    }
}

/// Message-IDs of a group follow from its own secret: its members get the mails, and none may tell whose copy one is.
fn message_id_key(secrets: &GroupSecrets) -> MessageIdKey {
    let hash = Hasher::new("mic-check/message-id-key/v1\n").chain(secrets.signing_seed).finish();
    MessageIdKey::new(hash.0)
}

/// What may stand in a header: no controls and nothing that turns the direction of reading, cut to a length.
fn header(text: &str, bytes_max: usize) -> String {
    let plain = |letter: &char| {
        !letter.is_control()
            && !matches!(letter,
                '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}')
    };
    let mut out: String = text.chars().filter(plain).collect();
    let mut end = out.len().min(bytes_max);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}

fn letter_key(id: &MessageId) -> LetterKey {
    let hash = sha256(id.as_str().as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    LetterKey(u64::from_be_bytes(bytes))
}

/// The group a message id speaks for is not in it; tests recognise a repeated mail by these ids alone.
#[cfg(test)]
mod tests {
    use mic_store::contract::GroupSecrets;

    use super::{header, message_id_key};

    #[test]
    fn each_group_has_a_key_of_its_own_that_is_not_its_secret() {
        let secrets = |seed| GroupSecrets { signing_seed: [seed; 32], beacon_secret: [9; 32] };
        assert_eq!(message_id_key(&secrets(1)), message_id_key(&secrets(1)));
        assert_ne!(message_id_key(&secrets(1)), message_id_key(&secrets(2)));
        assert_ne!(message_id_key(&secrets(1)), mic_courier::message::MessageIdKey::new([1; 32]));
    }

    #[test]
    fn headers_lose_what_could_end_or_turn_a_line() {
        assert_eq!(header("a\r\nBcc: x\u{202e}y", 100), "aBcc: xy");
        assert_eq!(header("ééé", 5), "éé");
    }
}
