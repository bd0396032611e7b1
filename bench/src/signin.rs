//! Whether the time of an answer tells who has an account: 2,000 pairs of asking for a sign-in link, one with the address of a member,
//! one with an address of nobody, each from a network of its own, over HTTP. Which of the two comes first changes from pair to pair, so
//! that what one leaves behind for the next weighs on both alike. The rank test of Mann and Whitney (1947) says how likely the
//! difference is by chance: beyond 2.58 standard deviations it is less than one in a hundred. Knows nothing of how letters are written.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::history;
use crate::program::{Program, get};

const PAIRS: u32 = 2_000;
/// Members of the group; each is asked for as often as the others.
const MEMBERS: u32 = 1_000;
/// Asked for before anything is measured, so that both kinds have been met.
const WARM_UP_PAIRS: u32 = 100;
/// The form on the page that was opened first.
struct Form {
    cookie: String,
    token: String,
}

pub(crate) fn measure() -> Outcome {
    let folder = tempfile::tempdir()?;
    history::make(folder.path(), MEMBERS, 10_000)?;
    let mut program = Program::serve_behind_proxy(folder.path())?;
    program.wait(Instant::now())?;
    let form = Form::open(program.address)?;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for pair in 0..WARM_UP_PAIRS + PAIRS {
        let member = format!("person{}@example.test", pair % MEMBERS);
        let nobody = format!("nobody{}@example.test", pair % MEMBERS);
        let ask = |address: &str, second| form.ask(program.address, address, pair * 2 + second);
        let (with, without) = if pair % 2 == 0 {
            let with = ask(&member, 0)?;
            (with, ask(&nobody, 1)?)
        } else {
            let without = ask(&nobody, 0)?;
            (ask(&member, 1)?, without)
        };
        if pair >= WARM_UP_PAIRS {
            known.push(with);
            unknown.push(without);
        }
    }
    let z = rank_test(&known, &unknown);
    let (known, unknown) = (median(&mut known), median(&mut unknown));
    let difference = known.as_secs_f64() - unknown.as_secs_f64();
    Ok(format!(
        "median {:.3} ms known, {:.3} ms unknown, difference {:+.1} µs, z {z:+.2}",
        known.as_secs_f64() * 1_000.0,
        unknown.as_secs_f64() * 1_000.0,
        difference * 1_000_000.0,
    ))
}

impl Form {
    fn open(address: SocketAddr) -> Result<Self, Box<dyn std::error::Error>> {
        let page = get(address, "/signin", "")?;
        let between = |text: &str, end: char| {
            let from = page.find(text)? + text.len();
            page[from..].split(end).next().map(str::to_owned)
        };
        let cookie = between("mic-visitor=", ';').ok_or("no cookie")?;
        let token = between("name=\"token\" value=\"", '"').ok_or("no form")?;
        Ok(Self { cookie: format!("mic-visitor={cookie}"), token })
    }

    /// How long the answer takes, from the last byte of the question to the last byte of the answer.
    fn ask(&self, address: SocketAddr, email: &str, from: u32) -> std::io::Result<Duration> {
        let body = format!("token={}&next=&email={}", self.token, email.replace('@', "%40"));
        let network = std::net::Ipv4Addr::from(0x0b00_0000 + from);
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let cookie = &self.cookie;
        let question = format!(
            "POST /signin HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
             X-Forwarded-For: {network}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(question.as_bytes())?;
        let asked = Instant::now();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let taken = asked.elapsed();
        if answer.starts_with(b"HTTP/1.1 200") {
            return Ok(taken);
        }
        let line = String::from_utf8_lossy(&answer);
        Err(std::io::Error::other(line.lines().next().unwrap_or("no answer").to_owned()))
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// By how many standard deviations the ranks of the first differ from chance; above zero they are slower.
fn rank_test(first: &[Duration], second: &[Duration]) -> f64 {
    let mut all: Vec<(Duration, bool)> = first.iter().map(|time| (*time, true)).collect();
    all.extend(second.iter().map(|time| (*time, false)));
    all.sort_unstable();
    let mut ranks = 0.0;
    let mut rank = 1.0;
    for (_, is_first) in &all {
        if *is_first {
            ranks += rank;
        }
        rank += 1.0;
    }
    let count = |times: &[Duration]| f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX));
    let (n, m) = (count(first), count(second));
    let expected = n * (n + m + 1.0) / 2.0;
    let deviation = (n * m * (n + m + 1.0) / 12.0).sqrt();
    (ranks - expected) / deviation
}
