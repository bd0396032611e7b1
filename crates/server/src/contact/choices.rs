//! What a member chose in one group: whether others see the name, in which zone times are written, which mails come.
//! Stored as the JSON text `settings` of a person's record. Knows no form and no store.

use mic_engine::ids::Slot;
use mic_engine::state::roll::Roll;
use mic_store::contract::PersonRecord;
use serde::{Deserialize, Serialize};

use crate::words::{Language, Zone};

/// The longest JSON text of choices, in bytes.
pub const SETTINGS_BYTES_MAX: usize = 4_096;

/// A member's choices. What was never chosen has the value of [`Choices::at_first`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Other members see the name.
    pub show_name: bool,
    /// A zone of the IANA database.
    pub zone: String,
    pub mail_broadcasts: bool,
    pub mail_duty: bool,
    pub mail_activity: bool,
}

/// The text as it lies in the store; unknown fields of a later release are ignored.
#[derive(Serialize, Deserialize)]
struct Text {
    show_name: bool,
    zone: String,
    mail_broadcasts: bool,
    mail_duty: bool,
    mail_activity: bool,
}

impl Choices {
    /// Before anything was chosen. Who accepted an invitation typed the name in order to be known by it; a founding member's
    /// name was typed by somebody else and is not shown.
    pub fn at_first(accepted_an_invitation: bool) -> Self {
        Self {
            show_name: accepted_an_invitation,
            zone: "UTC".to_owned(),
            mail_broadcasts: true,
            mail_duty: true,
            mail_activity: true,
        }
    }

    /// The choices of the member in `slot`.
    pub fn of(record: &PersonRecord, roll: &Roll, slot: Slot) -> Self {
        Self::read(&record.settings)
            .unwrap_or_else(|| Self::at_first(roll.admitted_at(slot).is_some()))
    }

    /// `None` for an empty text, and for one that is no choices: the member is then asked again by the defaults.
    pub fn read(text: &str) -> Option<Self> {
        let text: Text = serde_json::from_str(text).ok()?;
        Some(Self {
            show_name: text.show_name,
            zone: text.zone,
            mail_broadcasts: text.mail_broadcasts,
            mail_duty: text.mail_duty,
            mail_activity: text.mail_activity,
        })
    }

    pub fn write(&self) -> String {
        let text = Text {
            show_name: self.show_name,
            zone: self.zone.clone(),
            mail_broadcasts: self.mail_broadcasts,
            mail_duty: self.mail_duty,
            mail_activity: self.mail_activity,
        };
        serde_json::to_string(&text).expect("texts and truth values are JSON")
    }

    pub fn zone(&self) -> Zone {
        Zone::parse(&self.zone).unwrap_or_default()
    }
}

/// The name others see: none where it is empty or hidden.
pub fn shown_name(record: &PersonRecord, choices: &Choices) -> Option<String> {
    (choices.show_name && !record.person.name.is_empty()).then(|| record.person.name.clone())
}

/// The language mails and pages speak to a person, unless a browser asked for another one.
pub fn language_of(record: &PersonRecord) -> Option<Language> {
    Language::parse(&record.person.language)
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn choices_come_back_as_they_were_written() {
        let choices = Choices {
            zone: "Europe/Berlin".to_owned(),
            mail_duty: false,
            ..Choices::at_first(true)
        };
        assert_eq!(Choices::read(&choices.write()), Some(choices));
        assert_eq!(Choices::read(""), None);
        assert_eq!(Choices::read("{\"show_name\":1}"), None);
    }
}
