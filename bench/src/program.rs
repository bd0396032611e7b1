//! The `mic` program as a child process: started, asked over HTTP, looked at from outside, stopped.
//! Knows nothing of what is measured.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to answer at all.
const START_MAX: Duration = Duration::from_mins(2);

pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts `mic serve` on a data folder. Returns at once; [`Program::wait`] waits for the first answer.
    pub(crate) fn serve(folder: &Path) -> std::io::Result<Self> {
        Self::start(folder, &[])
    }

    /// The same as if it stood behind a proxy on this machine, whose word on where requests come from it takes.
    pub(crate) fn serve_behind_proxy(folder: &Path) -> std::io::Result<Self> {
        Self::start(folder, &[("MIC_PROXIES", "127.0.0.1")])
    }

    fn start(folder: &Path, settings: &[(&str, &str)]) -> std::io::Result<Self> {
        let address = free_address()?;
        let child = Command::new(binary()?)
            .envs(settings.iter().copied())
            .args(["serve", "--listen", &address.to_string(), "--origin"])
            .arg(format!("http://{address}"))
            .arg("--data")
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()?;
        Ok(Self { child, address })
    }

    /// Until the start page answers; how long it took.
    pub(crate) fn wait(&mut self, since: Instant) -> Result<Duration, Box<dyn std::error::Error>> {
        while since.elapsed() < START_MAX {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended: {status}").into());
            }
            if get(self.address, "/", "").is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return Ok(since.elapsed());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("the server never answered".into())
    }

    /// Memory that is really used, in bytes, from /proc.
    pub(crate) fn resident(&self) -> Result<u64, Box<dyn std::error::Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        let kilobytes: u64 = line.split_whitespace().nth(1).ok_or("no number")?.parse()?;
        Ok(kilobytes * 1_024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The child may have ended by itself; either way it is gone afterwards.
        let _killed = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The `mic` binary beside this one: both are built by the same command.
pub(crate) fn binary() -> std::io::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("mic");
    if path.exists() {
        Ok(path)
    } else {
        Err(std::io::Error::other("build `mic` with the same profile first"))
    }
}

/// A page, with its headers, as text.
pub(crate) fn get(address: SocketAddr, path: &str, cookie: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}
