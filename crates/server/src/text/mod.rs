//! What members write: Markdown, the difference between two versions, names. Knows no page, no language and no rule of a charter.

pub mod difference;
pub mod markdown;
pub mod name;

use serde::{Serialize, Serializer};

/// Markup that is safe to show as it stands: only this module and the templates make it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// Vouches that `markup` holds nothing that a person could have chosen unescaped.
    pub(crate) const fn vouched(markup: String) -> Self {
        Self(markup)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Templates show it without escaping it again.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        minijinja::Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}
