//! The tests of the whole program, in one binary. They use it as people do: a browser, a mailbox, a command line.

/// The JSON API, route by route.
mod api;
/// Draws from a public beacon whose relays fail, and what the doctor says of it.
mod beacon;
/// The command line, as people type it.
mod cli;
/// The demonstration without a browser.
mod demo;
/// A store that does not know what became of a write.
mod doubtful_store;
/// The driver: restarts, full disks, unknown outcomes.
mod drive;
/// A message on its whole way, in a browser.
mod journey;
/// Mail to a server that dies.
mod outbox;
/// Programs that a test starts beside the server: a browser, a mail server.
mod rig;
/// That those programs do what the tests believe of them.
mod rig_works;
/// Trying rules on the command line.
mod simulate;
/// A server without pages, for tests of what lies behind them.
mod small_server;
/// Forged journals are refused.
mod tampering;
/// Both verifiers, as a stranger runs them.
mod verifiers;
/// The pages, as browsers ask for them.
mod web;
