//! Tokens for programs that act for a person. Knows nothing of what a scope allows.

use mic_engine::ids::LogTime;

use super::{AccountId, Fault, Token};

/// Names a token without being one: to list and to revoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiTokenId(pub [u8; 16]);

/// A token without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub account: AccountId,
    /// What its owner calls it. Stored encrypted.
    pub name: String,
    /// What it may do, in the caller's words.
    pub scopes: String,
    pub created: LogTime,
    pub expires: LogTime,
}

/// API tokens of accounts.
pub trait ApiTokens {
    /// Keeps a token; `false` if the account is gone or the id taken.
    fn add_api_token(&self, secret: Token<'_>, token: &ApiToken) -> Result<bool, Fault>;

    /// The token with that secret, unless it expired.
    fn api_token(&self, secret: Token<'_>, now: LogTime) -> Result<Option<ApiToken>, Fault>;

    /// All tokens of an account, by id, also expired ones.
    fn api_tokens(&self, account: AccountId) -> Result<Vec<ApiToken>, Fault>;

    /// Revokes a token of this account; `false` if it has none of that name.
    fn revoke_api_token(&self, account: AccountId, id: ApiTokenId) -> Result<bool, Fault>;
}
