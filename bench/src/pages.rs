//! The home page of a group for a member who is signed in, 200 times a second: the slowest one in a hundred, and how large the
//! page is. Open loop: a request is counted from when it should have been sent. Knows nothing of what stands on the page.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use mic::config::Config;
use mic_engine::ids::{LogTime, Slot};
use mic_store::contract::{People, Sessions};
use mic_store::contract::{Session, Token};

use crate::Outcome;
use crate::history::{self, GROUP};
use crate::program::{Program, get};

const RATE: u32 = 200;
const SECONDS: u32 = 20;
const SENDERS: u32 = 16;

pub(crate) fn measure() -> Outcome {
    let folder = tempfile::tempdir()?;
    history::make(folder.path(), 1_000, 10_000)?;
    let cookie = sign_in(folder.path())?;
    let mut program = Program::serve(folder.path())?;
    program.wait(Instant::now())?;
    let path = format!("/g/{GROUP}");
    let first = get(program.address, &path, &cookie)?;
    if !first.starts_with("HTTP/1.1 200") {
        return Err(format!("the home page answers {}", first.lines().next().unwrap_or("")).into());
    }
    let mut times = load(program.address, &path, &cookie)?;
    times.sort_unstable();
    let worst_of_hundred = times[times.len() * 99 / 100];
    let half = times[times.len() / 2];
    Ok(format!(
        "p99 {:.1} ms, median {:.1} ms, page {} bytes",
        worst_of_hundred.as_secs_f64() * 1_000.0,
        half.as_secs_f64() * 1_000.0,
        first.len()
    ))
}

fn load(
    address: SocketAddr,
    path: &str,
    cookie: &str,
) -> Result<Vec<Duration>, Box<dyn std::error::Error>> {
    let begin = Instant::now() + Duration::from_millis(100);
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let (path, cookie) = (path.to_owned(), cookie.to_owned());
            std::thread::spawn(move || send(address, &path, &cookie, begin, sender))
        })
        .collect();
    let mut times = Vec::new();
    for sender in senders {
        times.extend(sender.join().map_err(|_| "a sender failed")??);
    }
    Ok(times)
}

fn send(
    address: SocketAddr,
    path: &str,
    cookie: &str,
    begin: Instant,
    sender: u32,
) -> std::io::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for index in (sender..RATE * SECONDS).step_by(SENDERS as usize) {
        let due = begin + Duration::from_secs(1) / RATE * index;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let answer = get(address, path, cookie)?;
        if !answer.starts_with("HTTP/1.1 200") {
            return Err(std::io::Error::other("not 200"));
        }
        times.push(due.elapsed());
    }
    Ok(times)
}

/// A session for the first member, put into the store before the server starts.
fn sign_in(folder: &std::path::Path) -> Result<String, Box<dyn std::error::Error>> {
    let config = Config { data: folder.to_owned(), ..Config::default() };
    let store = mic::app::open_store(&config, &mic::app::system_entropy())?;
    let person = store.person(GROUP, Slot(0))?.ok_or("nobody in slot 0")?;
    let token = [5; 32];
    let session = Session {
        account: person.account,
        created: LogTime(0),
        expires: LogTime(4_000_000_000_000),
        form_seed: [6; 32],
    };
    store.open_session(Token(&token), &session)?;
    let digits = mic_proof::hash::hex(&token);
    Ok(format!("mic-session={digits}"))
}
