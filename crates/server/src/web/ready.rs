//! The charters that come with the program, as a founder meets them: a name, one sentence, the text. Knows no group.

use crate::words::{Arg, Words};

/// The rules that are chosen where nothing is.
pub(crate) const CHARTER_DEFAULT: &str = "default";

/// A charter that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ready {
    /// As it stands in addresses and forms: `a-z 0-9 _`.
    pub(crate) id: &'static str,
    pub(crate) text: &'static str,
}

/// All that a group may be founded with, the usual one first.
pub(crate) const READY: [Ready; 3] = [
    Ready { id: CHARTER_DEFAULT, text: include_str!("../../../../charters/default.toml") },
    Ready { id: "small_group", text: include_str!("../../../../charters/small_group.toml") },
    Ready { id: "two_juries", text: include_str!("../../../../charters/two_juries.toml") },
];

impl Ready {
    pub(crate) fn find(id: &str) -> Option<Self> {
        READY.into_iter().find(|ready| ready.id == id)
    }

    /// What it is called in the reader's language.
    pub(crate) fn title(self, words: &Words) -> String {
        words.say(&format!("charter-{}", self.id), NONE)
    }

    /// One sentence: for whom, and how its members decide.
    pub(crate) fn about(self, words: &Words) -> String {
        words.say(&format!("charter-{}-about", self.id), NONE)
    }
}

const NONE: &[(&str, Arg)] = &[];

#[cfg(test)]
mod tests {
    use super::READY;
    use crate::words::Language;
    use crate::words::tests::keys;

    #[test]
    fn every_ready_charter_is_valid_and_has_words_in_every_language() {
        for ready in READY {
            mic_engine::charter::parse::parse(ready.text).expect(ready.id);
            for language in Language::ALL {
                let known = keys(language);
                for key in [format!("charter-{}", ready.id), format!("charter-{}-about", ready.id)]
                {
                    assert!(known.contains_key(&key), "{key} in {}", language.tag());
                }
            }
        }
    }
}
