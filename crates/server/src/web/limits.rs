//! How much one request may bring, by what it is for. Each number has its arithmetic beside it. Knows no route.

use std::time::Duration;

/// A form with a few short fields: addresses, names, choices. A statement of 2,000 characters of four bytes, each byte
/// written as `%XX`, is 24,000 bytes.
pub const FORM_BYTES_MAX: usize = 32_768;
/// A text of [`mic_engine::version::BODY_BYTES_MAX`] bytes written as `%XX` is 196,608 bytes; title and warning come on top.
pub const WRITE_BYTES_MAX: usize = 262_144;
/// Rules of [`mic_engine::charter::CHARTER_BYTES_MAX`] bytes and a text, each byte written as `%XX`.
pub const AMEND_BYTES_MAX: usize = 524_288;
/// Signing in may carry along a form that was kept, escaped once more: 3 × [`WRITE_BYTES_MAX`].
pub const SIGN_IN_BYTES_MAX: usize = 800_000;
/// 10,000 rows of up to 200 bytes, in a file or typed.
pub const FOUND_BYTES_MAX: usize = 2_097_152;
/// Fields of one form: a ballot over 64 options has 65 fields of its own.
pub const FIELDS_MAX: usize = 96;
/// A body that has not arrived after so long is given up.
pub const BODY_WAIT_MAX: Duration = Duration::from_secs(30);
/// Bytes of the path and query of a request.
pub const ADDRESS_BYTES_MAX: usize = 2_048;
/// Cookies of one request that are looked at.
pub const COOKIES_MAX: usize = 32;

/// How long somebody stays signed in who does nothing: 60 days.
pub const SESSION_MS: u64 = 60 * 86_400_000;
/// How long somebody stays signed in whatever they do: a year.
pub const SESSION_WHOLE_MS: u64 = 365 * 86_400_000;
/// A session is renewed at most once in this time, so that acting costs no second write.
pub const SESSION_RENEWAL_MS: u64 = 86_400_000;
/// How long link and code of one sign-in work at least.
pub const SIGN_IN_MS: u64 = 600_000;
/// How long an invitation waits.
pub const INVITATION_MS: u64 = 14 * 86_400_000;

/// Letters to one address: one in this time …
pub const LETTER_PAUSE_MS: u64 = 600_000;
/// … so many in a day to an address that never signed in, …
pub const LETTERS_UNCONFIRMED_A_DAY_MAX: u64 = 3;
/// … and after so many in a day to any other one …
pub const LETTERS_QUICK_A_DAY_MAX: u64 = 6;
/// … one in this time.
pub const LETTER_LONG_PAUSE_MS: u64 = 3_600_000;
/// Characters of the statement for those who vouch.
pub const STATEMENT_CHARACTERS_MAX: usize = 2_000;
/// Characters of a group's purpose, as the form offers them; the engine takes a few more.
pub const PURPOSE_CHARACTERS_MAX: usize = 500;
/// Members in one founding by form or API.
pub const ROWS_MAX: usize = 10_000;
