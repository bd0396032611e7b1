//! The demonstration, as its command runs it: one message the whole way, and a journal that both verifiers accept; and the server that a
//! visitor meets, which leaves nothing behind.

use std::io::{BufRead as _, BufReader, Read as _, Result, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

const MIC: &str = env!("CARGO_BIN_EXE_mic");
const VERIFIER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/verify.py");

#[test]
fn one_message_goes_the_whole_way_and_both_verifiers_accept_the_journal() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let bundle = folder.path().join("demo.mic");
    let output = Command::new(MIC)
        .args(["demo", "--headless-check", "--seed", "7", "--listen", "127.0.0.1:0", "--bundle"])
        .arg(&bundle)
        .env("TMPDIR", folder.path())
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 10, "{told}");
    assert!(lines[7].contains("40 of 40 members"), "{told}");
    assert!(lines[9].ends_with("nothing bad."), "{told}");
    assert_eq!(left_in(folder.path())?, ["demo.mic"]);

    let second = Command::new("python3").arg(VERIFIER).arg(&bundle).output()?;
    assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stdout));
    Ok(())
}

#[test]
fn a_visitor_finds_a_group_with_a_past_and_nothing_is_left_afterwards() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut demo = Running::start(folder.path())?;
    let authority = demo.authority()?;

    let landing = get(&authority, "/")?;
    assert!(landing.starts_with("HTTP/1.1 200"), "{landing}");
    assert!(landing.contains("Take part as") && landing.contains("Robin Sander"), "{landing}");
    // The mailbox is the visitor's alone.
    let mailbox = get(&authority, "/demo/mail")?;
    assert!(!mailbox.contains("No. 1"), "{mailbox}");

    let said = demo.stop()?;
    assert!(said.contains("nothing is left"), "{said}");
    assert!(left_in(folder.path())?.is_empty());
    Ok(())
}

/// A demonstration that runs until it is asked to stop; ended in any case when the test ends.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    fn start(temporary: &std::path::Path) -> Result<Self> {
        let mut child = Command::new(MIC)
            .args(["demo", "--listen", "127.0.0.1:0"])
            .env("TMPDIR", temporary)
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().expect("it was asked for");
        Ok(Self { child, out: BufReader::new(out) })
    }

    /// Host and port, once it is ready.
    fn authority(&mut self) -> Result<String> {
        let mut line = String::new();
        while self.out.read_line(&mut line)? > 0 {
            if let Some(authority) = line.trim().strip_prefix("http://") {
                return Ok(authority.to_owned());
            }
            line.clear();
        }
        Err(std::io::Error::other("it ended without saying where it is"))
    }

    /// Asks it to stop, as the system would, and reads its last words.
    fn stop(mut self) -> Result<String> {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status()?;
        assert!(asked.success());
        let mut said = String::new();
        self.out.read_to_string(&mut said)?;
        assert!(self.child.wait()?.success(), "{said}");
        Ok(said)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already where the test came to its end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn get(authority: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(authority)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn left_in(folder: &std::path::Path) -> Result<Vec<String>> {
    let names = std::fs::read_dir(folder)?;
    names.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}
