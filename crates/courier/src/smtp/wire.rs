//! A connection as bytes out and replies in, each with a deadline. It does not know which command a reply
//! answers.

use super::reply::{Capabilities, Garbage, Reply, take_capabilities, take_reply};
use bytes::BytesMut;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

/// How a connection ended. The text is for the operator.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireFault {
    #[error("the relay did not answer within {0:?}")]
    Silent(Duration),
    #[error("the relay closed the connection")]
    Closed,
    #[error("the relay sent something that is not SMTP")]
    Garbage,
    #[error("the connection failed: {0}")]
    Io(#[from] io::Error),
}

pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

pub(super) struct Wire {
    stream: Stream,
    incoming: BytesMut,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, incoming: BytesMut::with_capacity(4_096) }
    }

    /// The bare socket, for the change to TLS. Nothing may have been said before TLS that would be taken
    /// for an answer after it (the response injection of CVE-2011-0411), so bytes that wait are a fault.
    pub(super) fn into_plain(self) -> Result<TcpStream, WireFault> {
        match self.stream {
            Stream::Plain(stream) if self.incoming.is_empty() => Ok(stream),
            Stream::Plain(_) | Stream::Tls(_) => Err(WireFault::Garbage),
        }
    }

    /// Hands bytes to the system. TLS records are flushed.
    pub(super) async fn write(&mut self, bytes: &[u8], limit: Duration) -> Result<(), WireFault> {
        let writing = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        timeout(limit, writing).await.map_err(|_| WireFault::Silent(limit))??;
        Ok(())
    }

    pub(super) async fn reply(&mut self, limit: Duration) -> Result<Reply, WireFault> {
        self.take(limit, take_reply).await
    }

    pub(super) async fn capabilities(
        &mut self,
        limit: Duration,
    ) -> Result<(Reply, Capabilities), WireFault> {
        self.take(limit, take_capabilities).await
    }

    async fn take<T>(
        &mut self,
        limit: Duration,
        parse: fn(&mut BytesMut) -> Result<Option<T>, Garbage>,
    ) -> Result<T, WireFault> {
        // Most replies of a pipelined group arrive together: those behind the first need no timer.
        if let Some(found) = parse(&mut self.incoming).map_err(|Garbage| WireFault::Garbage)? {
            return Ok(found);
        }
        let reading = async {
            loop {
                if self.stream.read_buf(&mut self.incoming).await? == 0 {
                    return Err(WireFault::Closed);
                }
                let parsed = parse(&mut self.incoming).map_err(|Garbage| WireFault::Garbage)?;
                if let Some(found) = parsed {
                    return Ok(found);
                }
            }
        };
        timeout(limit, reading).await.map_err(|_| WireFault::Silent(limit))?
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(context),
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
