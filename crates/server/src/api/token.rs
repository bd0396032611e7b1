//! What a token for programs may do. Knows no store and no request.

/// What stands before every token, so that it is known where it turns up.
pub(crate) const PREFIX: &str = "mic_";
/// Characters of a token: the prefix and 64 hexadecimal digits.
pub(crate) const TOKEN_CHARACTERS: usize = PREFIX.len() + 64;
/// Tokens of one account.
pub(crate) const TOKENS_MAX: usize = 20;
/// Days a token works at most.
pub(crate) const DAYS_MAX: u32 = 365;

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Read,
    /// Everything its member may do, but making tokens and signing in.
    Act,
}

impl Scope {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Act => "act",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Read, Self::Act].into_iter().find(|scope| scope.word() == word)
    }
}
