//! Carries things out: mail over SMTP, one guarded HTTP client for everything else, and the
//! beacon rounds it brings back. It knows nothing of rules, databases or pages: it is handed
//! finished bytes and addresses, and answers what became of them.
//!
//! Reading order: `plan` (when to try again), `address`, `message` (what one mail looks like), `smtp`
//! (how it travels), `egress` (the only way out over HTTP), `drand` (randomness from outside).

/// Email addresses, strict and small.
pub mod address;
/// Retrieval of drand rounds from several relays.
pub mod drand;
/// The one guarded HTTP client.
pub mod egress;
mod encoding;
/// One personalised mail, split once for a broadcast and filled for each recipient.
pub mod message;
/// When to try again and when to stop, as pure values.
pub mod plan;
/// The pipelining SMTP client.
pub mod smtp;
