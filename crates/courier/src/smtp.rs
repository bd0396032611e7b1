//! The SMTP client: hands letters to one relay over a pool of connections and says of each what became
//! of it. It does not know why a letter is sent or whether it will be tried again.
//!
//! Each letter is one transaction with one recipient (RFC 5321). Where the relay allows PIPELINING (RFC 2920)
//! a letter costs two waits, and the second one is shared with the next letter: `MAIL`, `RCPT` and `DATA`
//! of the next one ride behind the final dot of the one before. Nagle's algorithm is always off.

/// Where the relay is and how it wants to be spoken to.
mod config;
/// From nothing to a connection that takes letters: greeting, EHLO, STARTTLS, AUTH.
mod handshake;
/// Letters and the answers to them.
mod letter;
/// The tasks that each keep one connection.
mod pool;
/// Whether a relay can be used, for the operator who sets it up.
mod probe;
/// Letters waiting for a connection.
mod queue;
/// Replies of a server, parsed.
mod reply;
/// Letter after letter over one connection.
mod session;
/// Which certificates are believed.
mod tls;
/// Bytes and replies with deadlines.
mod wire;

pub use config::{ConfigFault, Credentials, SmtpConfig, TlsMode};
pub use letter::{Answer, LETTER_BYTES_MAX, Letter, LetterRefusal, Objection, Stage};
pub use pool::Mailer;
pub use probe::{ProbeFault, probe};
pub use reply::Enhanced;
