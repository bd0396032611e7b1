//! A relay of a drand-compatible beacon with a key of its own (scheme bls-unchained-g1-rfc9380, as quicknet uses it), which tests make
//! late, wrong, lying or silent while it runs. Knows nothing of draws.

use std::sync::{Arc, LazyLock, Mutex};

use blst::min_sig::SecretKey;
use mic_proof::beacon::OtherChain;
use mic_proof::hash::{Hash, hex, sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// What messages of the scheme are hashed to the curve with.
const DOMAIN: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
/// Seconds between two rounds.
pub(crate) const PERIOD_S: u64 = 3;

static KEY: LazyLock<SecretKey> =
    LazyLock::new(|| SecretKey::key_gen(&[7; 32], &[]).expect("32 bytes are enough"));

/// How a relay behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Honest,
    /// Says of every round that it is not there yet.
    Late,
    /// Serves another round under the number that was asked for.
    WrongRound,
    /// The number that was asked for with the signature of another round.
    Lying,
    /// Takes the question and never answers.
    Hanging,
}

pub(crate) struct Relay {
    port: u16,
    state: Arc<Mutex<State>>,
    asked: watch::Receiver<u64>,
    _tasks: JoinSet<()>,
}

struct State {
    manner: Manner,
    newest: u64,
}

impl Relay {
    pub(crate) async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State { manner, newest: u64::MAX }));
        let (count, asked) = watch::channel(0);
        let (known, count) = (state.clone(), Arc::new(count));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                talks.spawn(talk(stream, known.clone(), count.clone()));
            }
        });
        Self { port, state, asked, _tasks: tasks }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn behave(&self, manner: Manner) {
        self.state.lock().expect("not poisoned").manner = manner;
    }

    /// Later rounds are not there yet.
    pub(crate) fn has_rounds_up_to(&self, newest: u64) {
        self.state.lock().expect("not poisoned").newest = newest;
    }

    /// Waits until it was asked so often in all.
    pub(crate) async fn asked(&self, times: u64) {
        let mut asked = self.asked.clone();
        asked.wait_for(|count| *count >= times).await.expect("the relay runs");
    }
}

/// The chain whose rounds these relays have.
pub(crate) fn chain(genesis_s: u64) -> OtherChain {
    let key = KEY.sk_to_pk().compress();
    OtherChain { key, hash: chain_hash(), genesis_s, period_s: PERIOD_S }
}

fn chain_hash() -> Hash {
    sha256(b"the chain of the tests")
}

async fn talk(mut stream: TcpStream, state: Arc<Mutex<State>>, count: Arc<watch::Sender<u64>>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if !matches!(stream.read_buf(&mut head).await, Ok(1..)) {
            return;
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let number = path.strip_prefix(&format!("/{}/public/", chain_hash()));
    let Some(round) = number.and_then(|number| number.parse().ok()) else { return };
    let (manner, newest) = {
        let state = state.lock().expect("not poisoned");
        (state.manner, state.newest)
    };
    count.send_modify(|asked| *asked += 1);
    let answer = match manner {
        Manner::Hanging => std::future::pending().await,
        Manner::Late => response(404, "not yet"),
        _ if round > newest => response(404, "not yet"),
        Manner::Honest => said(round, round),
        Manner::WrongRound => said(round - 1, round - 1),
        Manner::Lying => said(round, round - 1),
    };
    // Whoever asked may have had enough.
    let _gone = stream.write_all(answer.as_bytes()).await;
}

/// A round with the signature of one, as relays write it.
fn said(round: u64, signed: u64) -> String {
    let message = sha256(&signed.to_be_bytes());
    let signature = KEY.sign(message.as_bytes(), DOMAIN, &[]).compress();
    let (randomness, signature) = (sha256(&signature), hex(&signature));
    let body = format!(
        "{{\"round\":{round},\"randomness\":\"{randomness}\",\"signature\":\"{signature}\"}}"
    );
    response(200, &body)
}

fn response(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}
