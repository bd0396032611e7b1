//! A raw HTTP server that answers each request with given bytes, however wrong they are.

use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

pub(crate) struct Web {
    pub(crate) port: u16,
    log: watch::Receiver<Vec<String>>,
    _tasks: JoinSet<()>,
}

/// What follows the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Close,
    /// Keeps the connection open, says nothing more and stops the clock.
    Hang,
    /// Keeps the connection open and lets the clock go on.
    Stall,
    /// Repeats the last so many bytes for ever.
    Repeat(usize),
}

impl Web {
    /// `answer` sees the head of each request.
    pub(crate) async fn start(
        acceptor: Option<TlsAcceptor>,
        answer: impl Fn(&str) -> (Vec<u8>, Then) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (book, log) = watch::channel(Vec::new());
        let (book, answer) = (Arc::new(book), Arc::new(answer));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let (acceptor, book, answer) = (acceptor.clone(), book.clone(), answer.clone());
                connections.spawn(async move {
                    // Whoever breaks the connection ends the talk.
                    let _ = match acceptor {
                        None => talk(stream, &book, &*answer).await,
                        Some(acceptor) => match acceptor.accept(stream).await {
                            Ok(stream) => talk(stream, &book, &*answer).await,
                            Err(error) => Err(error),
                        },
                    };
                });
            }
        });
        Self { port, log, _tasks: tasks }
    }

    /// Always the same answer.
    pub(crate) async fn saying(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        let bytes = bytes.into();
        Self::start(None, move |_| (bytes.clone(), then)).await
    }

    /// The heads of all requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.log.borrow().clone()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    book: &watch::Sender<Vec<String>>,
    answer: &(impl Fn(&str) -> (Vec<u8>, Then) + Sync),
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    book.send_modify(|log| log.push(head.clone()));
    let (bytes, then) = answer(&head);
    stream.write_all(&bytes).await?;
    stream.flush().await?;
    match then {
        Then::Close => stream.shutdown().await,
        Then::Hang => {
            tokio::time::pause();
            std::future::pending().await
        }
        Then::Stall => std::future::pending().await,
        Then::Repeat(count) => loop {
            stream.write_all(&bytes[bytes.len() - count..]).await?;
        },
    }
}
