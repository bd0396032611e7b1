//! The program as an operator starts it: `mic serve` with a configuration file, a data folder of its own and mail through the
//! test's mail server. Time in groups runs fast, so that an hour's wait takes half a minute.

use std::io::Result;
use std::net::SocketAddr;
use std::time::Duration;

use tempfile::TempDir;

use crate::rig::attended::Attended;
use crate::rig::patience::{free_address, opens};
use crate::rig::postfix::Postfix;

/// Group time to real time: an hour is half a minute.
const CLOCK_FACTOR: u32 = 120;
/// Time for the server to open its port, on a busy machine.
const START_MAX: Duration = Duration::from_secs(30);

/// A running server. Dropping it stops it and removes its folder.
pub(super) struct Server {
    // Fields are dropped in this order: the server ends before its folder goes.
    program: Attended,
    _folder: TempDir,
    pub(super) address: SocketAddr,
}

impl Server {
    pub(super) fn start(mail: &Postfix) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("mic").tempdir()?;
        let address = free_address()?;
        let file = folder.path().join("mic.toml");
        let (data, mail) = (folder.path().join("data"), mail.address());
        let text = format!(
            "data = \"{}\"\nlisten = \"{address}\"\norigin = \"http://{address}\"\nclock_factor = {CLOCK_FACTOR}\n\
             [beacon]\nkind = \"local\"\n\
             [mail]\nserver = \"{}\"\nport = {}\nsecurity = \"none\"\nfrom = \"mic@example.test\"\n",
            data.display(),
            mail.ip(),
            mail.port()
        );
        std::fs::write(&file, text)?;
        let words = ["serve", "--config", &file.display().to_string()];
        let log = folder.path().join("output");
        let program = Attended::start(env!("CARGO_BIN_EXE_mic"), &words, &log)?;
        if !opens(address, START_MAX) {
            return Err(program.complaint("the server did not open its port"));
        }
        Ok(Self { program, _folder: folder, address })
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What went wrong, beside what the server printed.
    pub(super) fn complaint(&self, wrong: &str) -> std::io::Error {
        self.program.complaint(wrong)
    }
}
