//! The charters that come with the program, as a founder meets them: a name, one sentence, the text. Knows no group.

use crate::words::{Arg, Words};

pub(crate) use crate::charters::{CHARTER_DEFAULT, READY, Ready};

impl Ready {
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
            mic_engine::charter::parse::parse_for_group(ready.text).expect(ready.id);
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
