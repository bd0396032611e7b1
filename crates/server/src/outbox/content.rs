//! What lies in a letter until it is sent: enough to write it in the reader's language at that moment. Stored encrypted.
//! Knows no mail server.

use serde::{Deserialize, Serialize};

use crate::app::LinkKind;
use crate::pages::mail::{InvitationMail, Mail, MailGroup, MailReader, SignInMail, render};
use crate::pages::route::{Origin, Route};
use crate::words::{Language, Moment, Zone};

/// The content of a letter (`mic_store::contract::Letter::content`).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LetterContent {
    SignIn {
        /// A language tag such as `en`.
        language: String,
        /// A zone of the IANA database; empty for UTC.
        zone: String,
        /// What stands in the link.
        token: String,
        /// The six digits.
        code: String,
        /// Real time in milliseconds since 1970.
        until: u64,
    },
    Invitation {
        language: String,
        /// 32 hexadecimal digits.
        group: String,
        group_name: String,
        token: String,
        until: u64,
    },
}

impl LetterContent {
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers are JSON")
    }

    /// `None` for anything that [`LetterContent::to_bytes`] did not write.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The mail, in the reader's language.
    pub(super) fn mail(&self, origin: &Origin, now: Moment) -> Mail {
        let reader = |language: &str, zone: &str| MailReader {
            language: Language::parse(language).unwrap_or_default(),
            zone: Zone::parse(zone).unwrap_or_default(),
            now,
            origin: origin.clone(),
            unsubscribe: None,
        };
        match self {
            Self::SignIn { language, zone, token, code, until } => {
                let (token, code) = (token.clone(), code.clone());
                let view = SignInMail { token, code, until: Moment(*until) };
                render(&reader(language, zone), &view)
            }
            Self::Invitation { language, group, group_name, token, until } => {
                let id = mic_engine::ids::GroupId::parse(group);
                let id = id.unwrap_or(mic_engine::ids::GroupId([0; 16]));
                let group = MailGroup { id, name: group_name.clone() };
                let view = InvitationMail { group, token: token.clone(), until: Moment(*until) };
                render(&reader(language, ""), &view)
            }
        }
    }

    /// What is shown to the operator where there is no mail.
    pub(super) fn link(&self, origin: &Origin) -> (LinkKind, String, Option<String>) {
        match self {
            Self::SignIn { token, code, .. } => {
                let route = Route::SignInLink { token: token.clone() };
                (LinkKind::SignIn, origin.link(&route), Some(code.clone()))
            }
            Self::Invitation { token, .. } => {
                let route = Route::Accept { token: token.clone() };
                (LinkKind::Invitation, origin.link(&route), None)
            }
        }
    }
}

impl std::fmt::Debug for LetterContent {
    /// Tokens and codes are never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("LetterContent(hidden)")
    }
}
