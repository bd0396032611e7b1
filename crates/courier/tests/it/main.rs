//! All integration tests of the courier in one binary. They speak to real sockets on loopback; where a time
//! limit matters, the clock is stopped at the moment the other side falls silent, so nothing waits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

/// Addresses: what is taken and what is refused.
mod address;
/// Rounds of drand from honest, late, lying and broken relays.
mod drand;
/// The guarded HTTP client against every spelling and every kind of bad answer.
mod egress;
/// Mails as another parser reads them.
mod message;
/// A scripted SMTP server.
mod peer;
/// Retries and breakers.
mod plan;
/// A drand-compatible relay with keys of its own.
mod relay;
/// Postfix's smtp-sink as the other side.
mod sink;
/// The SMTP client against well-behaved servers.
mod smtp;
/// The SMTP client against servers that misbehave.
mod smtp_faults;
/// The SMTP client under TLS and with a password.
mod smtp_tls;
/// A raw HTTP server that answers with given bytes.
mod web;
