//! Mail on its way to a mail server that dies in the middle: nobody is lost, and at most what was in flight comes twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use mic_engine::ids::{GroupId, Number};
use mic_engine::parcel::Notice;
use mic_store::Store;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::small_server::{
    HOUR_MS, HandClock, MINUTE_MS, approved, called, config, found, start, store,
};

/// Members of the group whose broadcast is watched.
const MEMBERS: u32 = 120;
/// The mail server dies after so many mails.
const MAILS_UNTIL_DEATH: usize = 50;
/// Connections that the server opens, times the mails that it sends on each before it has an answer.
const IN_FLIGHT_MAX: usize = 4 * 8;
const PATIENCE: Duration = Duration::from_mins(1);
/// How long nothing may arrive after the clock was moved.
const PASS: Duration = Duration::from_secs(10);

/// A mail as it arrived, acknowledged or not.
#[derive(Clone, Debug)]
struct Arrived {
    to: String,
    id: String,
    bytes: String,
    acknowledged: bool,
}

/// A mail server that dies once and is dead until it is called back.
struct Peer {
    port: u16,
    arrived: mpsc::UnboundedReceiver<Arrived>,
    state: Arc<State>,
    _tasks: JoinSet<()>,
}

struct State {
    taken: AtomicUsize,
    dies_after: usize,
    dead: AtomicBool,
    arrived: mpsc::UnboundedSender<Arrived>,
}

impl Peer {
    async fn start(dies_after: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, arrived) = mpsc::unbounded_channel();
        let state = Arc::new(State {
            taken: AtomicUsize::new(0),
            dies_after,
            dead: AtomicBool::new(false),
            arrived: sender,
        });
        let mut tasks = JoinSet::new();
        let accepting = state.clone();
        tasks.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                if !accepting.dead.load(Ordering::SeqCst) {
                    talks.spawn(talk(stream, accepting.clone()));
                }
            }
        });
        Self { port, arrived, state, _tasks: tasks }
    }

    /// Everything that arrives until every member has an acknowledged copy; `false` when the time was over before.
    async fn everybody_has_it(&mut self, within: Duration, mails: &mut Vec<Arrived>) -> bool {
        let all = async {
            while !everybody(mails) {
                let mail = self.arrived.recv().await.expect("the peer runs");
                // Summons come, too.
                if mail.bytes.contains("certificate-") {
                    mails.push(mail);
                }
            }
        };
        tokio::time::timeout(within, all).await.is_ok()
    }
}

fn everybody(mails: &[Arrived]) -> bool {
    let acknowledged = mails.iter().filter(|mail| mail.acknowledged);
    acknowledged.map(|mail| &mail.to).collect::<BTreeSet<_>>().len() == MEMBERS as usize
}

/// A dialogue that ends without a word when the server is dead.
async fn talk(stream: TcpStream, state: Arc<State>) {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    let mut line = String::new();
    if stream.write_all(b"220 peer\r\n").await.is_err() {
        return;
    }
    loop {
        line.clear();
        if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
            return;
        }
        let answer: &[u8] = match line.get(..4).unwrap_or_default() {
            "EHLO" => b"250-peer\r\n250 PIPELINING\r\n",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                b"250 ok\r\n"
            }
            "DATA" => {
                let _gone = stream.write_all(b"354 go on\r\n").await;
                let mut bytes = String::new();
                while !bytes.ends_with("\r\n.\r\n") {
                    if !matches!(stream.read_line(&mut bytes).await, Ok(1..)) {
                        return;
                    }
                }
                let id = header(&bytes, "Message-ID: ");
                let nth = state.taken.fetch_add(1, Ordering::SeqCst) + 1;
                if nth == state.dies_after {
                    state.dead.store(true, Ordering::SeqCst);
                }
                let acknowledged = !state.dead.load(Ordering::SeqCst);
                let to = to.clone();
                let _done = state.arrived.send(Arrived { to, id, bytes, acknowledged });
                if !acknowledged {
                    return;
                }
                b"250 taken\r\n"
            }
            "QUIT" => return,
            _ => b"250 ok\r\n",
        };
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}

fn header(mail: &str, name: &str) -> String {
    let value = mail.split("\r\n").find_map(|line| line.strip_prefix(name));
    value.unwrap_or_default().to_owned()
}

fn settled(store: &Arc<impl Store + 'static>, group: GroupId, number: Number) -> u64 {
    store.progress(group, Notice::Broadcast { number }).expect("told").done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_dies_loses_nobody_and_repeats_only_what_was_in_flight() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut peer = Peer::start(MAILS_UNTIL_DEATH).await;
    let (config, clock) = (config(folder.path(), Some(peer.port)), HandClock::new());
    let store = store(&config);
    let running = start(config, &clock, store.clone()).await;
    let app = running.app();
    let group = found(app, MEMBERS).await;
    let proposal = called(app, group, 2).await;
    clock.forward(2 * HOUR_MS);
    let number = approved(app, group, proposal).await;

    // It dies while the broadcast is on its way. Later it lives again, and the time of the next attempts has come.
    let state = peer.state.clone();
    tokio::time::timeout(PATIENCE, async {
        while !state.dead.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("it dies");
    peer.state.dead.store(false, Ordering::SeqCst);
    let mut mails = Vec::new();
    // Each pass moves the clock past a pause of the plan; all of them together stay below the end of a claim.
    for _ in 0..4 {
        clock.forward(2 * MINUTE_MS);
        app.kick_outbox();
        if peer.everybody_has_it(PASS, &mut mails).await {
            break;
        }
    }
    assert!(everybody(&mails), "nobody is lost");
    check(&mails);
    running.stop().await;
    assert_eq!(settled(&store, group, number), u64::from(MEMBERS));
}

/// Everybody has the broadcast; copies of it carry the id of the first; there are no more of them than were in flight.
fn check(mails: &[Arrived]) {
    let mut copies: BTreeMap<&str, Vec<&Arrived>> = BTreeMap::new();
    for mail in mails {
        copies.entry(&mail.to).or_default().push(mail);
    }
    assert_eq!(copies.len(), MEMBERS as usize, "everybody");
    let repeated: usize = copies.values().map(|copies| copies.len() - 1).sum();
    assert!(repeated <= IN_FLIGHT_MAX, "{repeated} came twice");
    for copies in copies.values() {
        assert!(copies.iter().all(|copy| copy.id == copies[0].id), "a repeat is recognisable");
        let acknowledged = copies.iter().filter(|copy| copy.acknowledged).count();
        assert_eq!(acknowledged, 1, "what was acknowledged is not sent again");
    }
    let mail = &mails[0].bytes;
    for part in [
        "List-Id: ",
        "List-Unsubscribe: <https://mic.example/u/",
        "List-Unsubscribe-Post: ",
        "Auto-Submitted: ",
        "References:",
    ] {
        assert!(mail.contains(part), "{part} is missing");
    }
}
