//! The charters that come with the program, each with its page of reasons. Knows no group and no language: what they are called on pages
//! stands in the locale files (`charter-ID`).

/// The rules that are chosen where nothing is.
pub(crate) const CHARTER_DEFAULT: &str = "default";

/// A charter that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ready {
    /// As it stands in addresses, forms and on the command line: `a-z 0-9 _`.
    pub(crate) id: &'static str,
    /// TOML (`spec/charter.md`).
    pub(crate) text: &'static str,
    /// For whom, why these numbers, how often it errs, what it gives up: Markdown, in English.
    pub(crate) reasons: &'static str,
}

macro_rules! ready {
    ($id:literal) => {
        Ready {
            id: $id,
            text: include_str!(concat!("../../../charters/", $id, ".toml")),
            reasons: include_str!(concat!("../../../charters/", $id, ".md")),
        }
    };
}

/// All that a group may be founded with, the usual one first.
pub(crate) const READY: [Ready; 6] = [
    ready!("default"),
    ready!("small_group"),
    ready!("two_juries"),
    ready!("consensus_assembly"),
    ready!("statistical_sample"),
    ready!("federation"),
];

/// What the group of the demonstration is founded with; nobody else should be.
pub(crate) const DEMONSTRATION: Ready = ready!("demo");

impl Ready {
    pub(crate) fn find(id: &str) -> Option<Self> {
        READY.into_iter().find(|ready| ready.id == id)
    }
}
