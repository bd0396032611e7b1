//! Signing in and staying signed in. Knows nothing of cookies, links or mail.

use mic_engine::ids::LogTime;

use super::{AccountId, Fault};

/// How often a wrong code may be typed before no code counts any more. The link still does: nobody can guess it, and whoever types
/// wrong codes on purpose locks nobody out.
pub const CODE_TRIES_MAX: u8 = 5;

/// A secret that somebody shows us: a session cookie, a link, a code. Only a keyed hash of it is stored.
#[derive(Clone, Copy)]
pub struct Token<'a>(pub &'a [u8]);

impl std::fmt::Debug for Token<'_> {
    /// A token is never printed.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(hidden)")
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub account: AccountId,
    pub created: LogTime,
    pub expires: LogTime,
    /// What the form tokens of this session are made from. Stored encrypted.
    pub form_seed: [u8; 32],
}

/// A wish to sign in: at most one is alive for an address, a new one voids the one before. It need not be the address of an
/// account, so that asking tells nobody who has one.
#[derive(Clone, Copy, Debug)]
pub struct SignInAttempt<'a> {
    pub email: &'a str,
    /// The secret in the link.
    pub link: Token<'a>,
    /// What the browsers that may finish show; the caller decides who has it.
    pub browser: Token<'a>,
    /// The six digits.
    pub code: Token<'a>,
    pub expires: LogTime,
    /// Where to go afterwards, or what else the caller wants back. Stored encrypted.
    pub note: &'a str,
}

/// What a person shows to finish signing in.
#[derive(Clone, Copy, Debug)]
pub enum SignInProof<'a> {
    /// The link, opened in the browser that asked.
    LinkInBrowser { link: Token<'a>, browser: Token<'a> },
    /// The link, opened elsewhere, with the code that the asking browser shows.
    LinkWithCode { link: Token<'a>, code: Token<'a> },
    /// The code from the letter, typed into the browser that asked.
    CodeInBrowser { browser: Token<'a>, code: Token<'a> },
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInResult {
    /// The address is theirs, and the attempt is used up. `account` is `None` for an address without a membership.
    Proven { email: String, account: Option<AccountId>, note: String },
    /// The link is right, the browser is not the one that asked: the code is needed.
    OtherBrowser,
    /// The code is wrong; so many tries are left.
    WrongCode { tries_left: u8 },
    /// Nothing alive fits: used, expired, superseded, or never there; or a code after too many wrong ones.
    Gone,
}

/// Sessions and attempts to sign in.
pub trait Sessions {
    /// Opens a session; `false` if the account is gone.
    fn open_session(&self, token: Token<'_>, session: &Session) -> Result<bool, Fault>;

    /// The session of a token, unless it expired.
    fn session(&self, token: Token<'_>, now: LogTime) -> Result<Option<Session>, Fault>;

    /// Moves the end of a session that is alive; `false` if there is none.
    fn renew_session(
        &self,
        token: Token<'_>,
        now: LogTime,
        expires: LogTime,
    ) -> Result<bool, Fault>;

    fn end_session(&self, token: Token<'_>) -> Result<(), Fault>;

    /// Ends every session of an account.
    fn end_sessions(&self, account: AccountId) -> Result<(), Fault>;

    fn begin_sign_in(&self, attempt: &SignInAttempt<'_>) -> Result<(), Fault>;

    /// Checks a proof; each wrong code is counted durably before the answer, also those that no longer count, so that the time an
    /// answer takes tells nothing about those before.
    fn finish_sign_in(&self, proof: &SignInProof<'_>, now: LogTime) -> Result<SignInResult, Fault>;
}
