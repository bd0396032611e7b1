//! A mail server on loopback: Debian's postfix with a configuration, a queue and a data folder of its own in a temporary folder.
//! It takes mail for anybody at `example.test`, keeps it in one Maildir, and sends nothing anywhere. It needs to be started as
//! root, because postfix gives its parts users of their own.

use std::fs::Permissions;
use std::io::Result;
use std::net::SocketAddr;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use super::attended::{Attended, run};
use super::maildir::Maildir;
use super::patience::{free_address, opens};

/// Time for the server to open its port, on a busy machine.
const START_MAX: Duration = Duration::from_secs(30);
/// User and group `nobody` and `nogroup` of Debian, to whom delivered mail belongs.
const NOBODY: u32 = 65_534;

/// A running mail server. Dropping it stops it and removes its folder.
pub(crate) struct Postfix {
    // Fields are dropped in this order: the server ends before its folder goes.
    _server: Attended,
    folder: TempDir,
    address: SocketAddr,
}

impl Postfix {
    pub(crate) fn start() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("postfix")
            .permissions(Permissions::from_mode(0o755))
            .tempdir()?;
        let address = free_address()?;
        lay_out(folder.path(), address)?;
        let etc = folder.path().join("etc").display().to_string();
        run(Command::new("/usr/sbin/postfix").args(["-c", &etc, "check"]))?;
        // `-d` keeps the master in the foreground; `postfix start-fg` would leave it in a session of its own.
        let words = ["-c", &etc, "-d"];
        let log = folder.path().join("output");
        let server = Attended::start("/usr/lib/postfix/sbin/master", &words, &log)?;
        if !opens(address, START_MAX) {
            let said = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
            return Err(server.complaint(&format!("postfix did not open its port\n{said}")));
        }
        Ok(Self { _server: server, folder, address })
    }

    /// Where it listens for SMTP, without TLS and without sign-in.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the mail arrives.
    pub(crate) fn maildir(&self) -> Maildir {
        Maildir::at(self.folder.path().join("mail/all"))
    }
}

fn lay_out(folder: &Path, address: SocketAddr) -> Result<()> {
    for name in ["etc", "queue", "data", "mail"] {
        std::fs::create_dir(folder.join(name))?;
        std::fs::set_permissions(folder.join(name), Permissions::from_mode(0o755))?;
    }
    chown(folder.join("mail"), Some(NOBODY), Some(NOBODY))?;
    run(Command::new("chown").arg("postfix").arg(folder.join("data")))?;
    std::fs::write(folder.join("etc/main.cf"), main_configuration(folder))?;
    std::fs::write(folder.join("etc/master.cf"), services(address))
}

fn main_configuration(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "compatibility_level = 3.6
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = relay.example.test
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:there are no local users
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
virtual_mailbox_domains = example.test
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_mailbox_limit = 0
virtual_minimum_uid = 1
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
disable_dns_lookups = yes
"
    )
}

/// The parts that run: none of them in a changed root, since the temporary folder has no system in it.
fn services(address: SocketAddr) -> String {
    format!(
        "{address} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"
    )
}
