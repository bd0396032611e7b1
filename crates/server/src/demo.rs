//! `mic demo`: a real server on this machine with a group of forty, of whom the program plays thirty-nine. Same engine, database,
//! journal, mail and pages as `mic serve`; only the group's clock runs fast and the mail server is a mailbox within the program.
//! Knows nothing of how anything is decided.

use std::path::PathBuf;

use clap::Args;

use crate::cli::{Exit, Failure, Screen};

/// The command line of the demonstration.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port; the next free port is taken where the given one is in use
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Keep the group in this folder, and go on with it the next time; without it everything is removed at the end
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// What the played members do follows from this number
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Play one message the whole way without a browser, verify it, and say what happened
    #[arg(long)]
    headless_check: bool,
}
