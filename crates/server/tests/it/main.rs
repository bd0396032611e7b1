//! The tests of the whole program, in one binary. They use it as people do: a browser, a mailbox, a command line.

/// Programs that a test starts beside the server: a browser, a mail server.
mod rig;
/// That those programs do what the tests believe of them.
mod rig_works;
