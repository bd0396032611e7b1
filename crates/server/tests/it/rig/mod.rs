//! Programs that a test starts beside the server and that end with it. They know nothing of Mic Check.

/// A program that runs for one test and never longer.
pub(crate) mod attended;
/// A browser driven from a test.
pub(crate) mod chromium;
/// The folder where that mail arrives.
pub(crate) mod maildir;
/// Asking again until there is an answer, within a limit.
pub(crate) mod patience;
/// A mail server on loopback that keeps everything it gets.
pub(crate) mod postfix;
/// A beacon's relay with a key of its own.
pub(crate) mod relay;
