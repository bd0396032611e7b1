//! Names of people and groups, and titles: one line of text that cannot pretend to be something else.
//! Knows no roll; whether a look-alike is already taken is for the caller to ask, by [`Name::skeleton`].

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// Characters (not bytes) of the longest name or title.
pub const NAME_CHARACTERS_MAX: usize = 80;

/// One line, NFC, without control, invisible or direction-changing characters, 1 to 80 characters, no space at its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

/// Why a text is no name. `key()` names the message that tells a person what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    Empty,
    TooLong,
    /// A line break, a control character, or one that is invisible or turns the direction of text around.
    Forbidden,
}

impl NameFault {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "name-empty",
            Self::TooLong => "name-too-long",
            Self::Forbidden => "name-forbidden",
        }
    }
}

impl Name {
    pub fn parse(typed: &str) -> Result<Self, NameFault> {
        // The bound before normalising keeps the work small; NFC never shortens a text to less than a third.
        if typed.len() > NAME_CHARACTERS_MAX * 16 {
            return Err(NameFault::TooLong);
        }
        let name: String = typed.trim_matches(' ').nfc().collect();
        if name.chars().any(is_forbidden) {
            return Err(NameFault::Forbidden);
        }
        if name.trim().is_empty() {
            return Err(NameFault::Empty);
        }
        if name.chars().count() > NAME_CHARACTERS_MAX {
            return Err(NameFault::TooLong);
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for names that look alike (UTS 39, section 4), whatever the case. Only for comparing, never shown.
    pub fn skeleton(&self) -> String {
        // Folding the case before and after catches letters that are alike in one case only (I, l).
        let folded = self.0.to_lowercase();
        let spaced: String = skeleton(&folded).collect();
        spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::{Name, NameFault};

    #[test]
    fn names_of_the_world_are_names() {
        for typed in [
            "Ada",
            "Nguyễn Thị Minh Khai",
            "محمد",
            "O’Brien-Łukasz",
            "नन्दिनी",
            "می‌خواهم",
            "李",
            "👩🏽‍🌾 Ana",
        ] {
            assert_eq!(
                Name::parse(typed).map(|name| name.as_str().to_owned()),
                Ok(typed.to_owned())
            );
        }
        assert_eq!(Name::parse("e\u{301}").unwrap().as_str(), "é");
        assert_eq!(Name::parse("  Ada ").unwrap().as_str(), "Ada");
    }

    #[test]
    fn tricks_are_refused() {
        for typed in [
            "a\nb",
            "a\rb",
            "a\0b",
            "\u{202e}abc",
            "a\u{200b}b",
            "a\u{2066}b",
            "\u{feff}a",
            "a\tb",
            "a\u{85}b",
            "\u{e0041}",
        ] {
            assert_eq!(Name::parse(typed), Err(NameFault::Forbidden), "{typed:?}");
        }
        assert_eq!(Name::parse(" \u{a0} "), Err(NameFault::Empty));
        assert_eq!(Name::parse(&"ß".repeat(80)).unwrap().as_str().chars().count(), 80);
        assert_eq!(Name::parse(&"ß".repeat(81)), Err(NameFault::TooLong));
        assert_eq!(Name::parse(&"x".repeat(10_000_000)), Err(NameFault::TooLong));
    }

    #[test]
    fn look_alikes_have_one_skeleton() {
        let skeleton = |name: &str| Name::parse(name).unwrap().skeleton();
        assert_eq!(skeleton("Ada Paris"), skeleton("\u{410}da \u{420}aris"));
        assert_eq!(skeleton("ada paris"), skeleton("Ada  Paris"));
        assert_ne!(skeleton("Ada"), skeleton("Ida"));
    }
}
