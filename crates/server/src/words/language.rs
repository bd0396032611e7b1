//! The languages of the interface and how one is chosen for a reader. Knows no words itself.

/// A language that every page and mail exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The tag as it stands in `lang` attributes, settings and profile documents (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What its own speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Reads a tag; regions are ignored (`de-AT` is German). `None` for a language we do not have.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Chooses for a reader: their own setting, else the header `Accept-Language` (RFC 9110, 12.5.4), else English.
    pub fn for_reader(setting: Option<Self>, accept_language: Option<&str>) -> Self {
        setting.or_else(|| accept_language.and_then(Self::negotiate)).unwrap_or_default()
    }

    fn negotiate(header: &str) -> Option<Self> {
        header
            .split(',')
            .take(PREFERENCES_MAX)
            .filter_map(|item| {
                let mut parts = item.split(';');
                let language = Self::parse(parts.next()?.trim())?;
                let weight = parts
                    .find_map(|part| part.trim().strip_prefix("q="))
                    .map_or(Some(1000), thousandths)?;
                (weight > 0).then_some((weight, language))
            })
            // The earlier of two equal weights wins, so only a greater one replaces.
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, language)| language)
    }

    /// The letters that speakers of the language use for a zone; the database knows the English ones.
    pub(super) fn zone_letters(self, letters: &str) -> &str {
        match (self, letters) {
            (Self::German, "CET") => "MEZ",
            (Self::German, "CEST") => "MESZ",
            (Self::German, "EET") => "OEZ",
            (Self::German, "EEST") => "OESZ",
            (Self::German, "WET") => "WEZ",
            (Self::German, "WEST") => "WESZ",
            (Self::English | Self::German, _) => letters,
        }
    }

    pub(super) const fn files(self) -> &'static [&'static str] {
        match self {
            Self::English => &ENGLISH_FILES,
            Self::German => &GERMAN_FILES,
        }
    }
}

/// Preferences of an `Accept-Language` header that are looked at.
const PREFERENCES_MAX: usize = 20;

/// `0.8` → 800. Anything that is not a quality value of RFC 9110 makes its item void.
fn thousandths(quality: &str) -> Option<u32> {
    let (whole, fraction) = quality.trim().split_once('.').unwrap_or((quality.trim(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u32 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../../locales/", $language, "/frame.ftl")),
            include_str!(concat!("../../locales/", $language, "/start.ftl")),
            include_str!(concat!("../../locales/", $language, "/group.ftl")),
            include_str!(concat!("../../locales/", $language, "/proposal.ftl")),
            include_str!(concat!("../../locales/", $language, "/jury.ftl")),
            include_str!(concat!("../../locales/", $language, "/asking.ftl")),
            include_str!(concat!("../../locales/", $language, "/ways.ftl")),
            include_str!(concat!("../../locales/", $language, "/certificate.ftl")),
            include_str!(concat!("../../locales/", $language, "/charter.ftl")),
            include_str!(concat!("../../locales/", $language, "/amend.ftl")),
            include_str!(concat!("../../locales/", $language, "/rules.ftl")),
            include_str!(concat!("../../locales/", $language, "/forecast.ftl")),
            include_str!(concat!("../../locales/", $language, "/settings.ftl")),
            include_str!(concat!("../../locales/", $language, "/mail.ftl")),
            include_str!(concat!("../../locales/", $language, "/api.ftl")),
        ]
    };
}

const ENGLISH_FILES: [&str; 15] = files!("en");
const GERMAN_FILES: [&str; 15] = files!("de");

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn setting_wins_then_weight_then_order() {
        let choose = Language::for_reader;
        assert_eq!(choose(Some(Language::German), Some("en")), Language::German);
        assert_eq!(choose(None, Some("fr, de;q=0.7, en;q=0.8")), Language::English);
        assert_eq!(choose(None, Some("de-AT,de;q=0.9,en;q=0.8")), Language::German);
        assert_eq!(choose(None, Some("de;q=0, en;q=0.1")), Language::English);
        assert_eq!(choose(None, Some("en;q=x, de;q=0.01")), Language::German);
        assert_eq!(choose(None, Some("q=,;;,\u{0}")), Language::English);
        assert_eq!(choose(None, None), Language::English);
    }
}
