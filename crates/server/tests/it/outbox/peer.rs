//! A mail server that fails as a test wants it to: it dies, hangs over single mails, or puts everybody off at first. Knows no group.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{HANGS, MEMBERS, PATIENCE};

/// A mail as it arrived, acknowledged or not.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    pub(super) to: String,
    pub(super) id: String,
    pub(super) bytes: String,
    pub(super) acknowledged: bool,
}

/// A mail server that fails as a test wants it to.
pub(super) struct Peer {
    pub(super) port: u16,
    pub(super) arrived: mpsc::UnboundedReceiver<Arrived>,
    pub(super) state: Arc<State>,
    _tasks: JoinSet<()>,
}

pub(super) struct State {
    taken: AtomicUsize,
    failing: Mutex<Failing>,
    pub(super) dead: AtomicBool,
    /// Recipients that were put off once.
    put_off: Mutex<BTreeSet<String>>,
    arrived: mpsc::UnboundedSender<Arrived>,
}

/// What is wrong with a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failing {
    /// It dies once after so many mails and is dead until it is called back.
    DiesAfter(usize),
    /// It takes a broadcast to one of these recipients and never answers.
    HangsOver([&'static str; HANGS]),
    /// It refuses every recipient once for a while, as greylisting does.
    Greylists,
    Never,
}

impl State {
    fn failing(&self) -> Failing {
        *self.failing.lock().expect("not poisoned")
    }

    fn puts_off(&self, recipient: &str) -> bool {
        let mut known = self.put_off.lock().expect("not poisoned");
        self.failing() == Failing::Greylists && known.insert(recipient.to_owned())
    }

    fn hangs_over(&self, recipient: &str, mail: &str) -> bool {
        match self.failing() {
            Failing::HangsOver(those) => {
                those.contains(&recipient) && mail.contains("certificate-")
            }
            Failing::DiesAfter(_) | Failing::Greylists | Failing::Never => false,
        }
    }
}

impl Peer {
    pub(super) async fn start(failing: Failing) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, arrived) = mpsc::unbounded_channel();
        let state = Arc::new(State {
            taken: AtomicUsize::new(0),
            failing: Mutex::new(failing),
            dead: AtomicBool::new(false),
            put_off: Mutex::default(),
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

    pub(super) fn recovers(&self) {
        *self.state.failing.lock().expect("not poisoned") = Failing::Never;
    }

    /// Everything that arrives until so many members have an acknowledged copy.
    pub(super) async fn acknowledged(&mut self, members: usize, mails: &mut Vec<Arrived>) {
        let enough = async {
            while reached(mails) < members {
                let mail = self.arrived.recv().await.expect("the peer runs");
                // Summons come, too.
                if mail.bytes.contains("certificate-") {
                    mails.push(mail);
                }
            }
        };
        tokio::time::timeout(PATIENCE, enough).await.expect("in time");
    }

    /// Everything that arrives until every member has an acknowledged copy; `false` when the time was over before.
    pub(super) async fn everybody_has_it(
        &mut self,
        within: Duration,
        mails: &mut Vec<Arrived>,
    ) -> bool {
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

pub(super) fn everybody(mails: &[Arrived]) -> bool {
    reached(mails) == MEMBERS as usize
}

pub(super) fn reached(mails: &[Arrived]) -> usize {
    let acknowledged = mails.iter().filter(|mail| mail.acknowledged);
    acknowledged.map(|mail| &mail.to).collect::<BTreeSet<_>>().len()
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
                if state.puts_off(&to) {
                    to.clear();
                    b"451 4.7.1 come back later\r\n"
                } else {
                    b"250 ok\r\n"
                }
            }
            "DATA" if to.is_empty() => b"503 5.5.1 no recipient\r\n",
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
                if state.hangs_over(&to, &bytes) {
                    return std::future::pending().await;
                }
                if state.failing() == Failing::DiesAfter(nth) {
                    state.dead.store(true, Ordering::SeqCst);
                }
                let acknowledged = !state.dead.load(Ordering::SeqCst);
                let to = std::mem::take(&mut to);
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

pub(super) fn header(mail: &str, name: &str) -> String {
    let value = mail.split("\r\n").find_map(|line| line.strip_prefix(name));
    value.unwrap_or_default().to_owned()
}
