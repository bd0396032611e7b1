//! The one HTTP client for everything outgoing. It reaches public https servers and nothing else: which
//! address is public is decided on the address that was really connected to, so neither spelling nor name
//! server nor redirect can lead it inside. It does not know what it fetches.
//!
//! Limits of each request: 10 s in all, 100 header fields, 1 MiB of body (less if asked), no redirects, no
//! compression (so nothing can unfold), a connection of its own.

/// Which addresses are public.
mod reach;
/// URLs, strictly parsed, and the operator's list of exceptions.
mod target;

use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HOST, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

pub use reach::is_public;
pub use target::{Allow, Barred, Scheme, Target, URL_BYTES_MAX};

/// From the first look-up to the last byte of the body.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(10);
/// Largest body of an answer, in bytes.
pub const BODY_BYTES_MAX: usize = 1 << 20;
/// Most header fields of an answer.
pub const HEADERS_MAX: usize = 100;
/// Largest header of an answer, in bytes.
const HEADER_BYTES_MAX: usize = 64 << 10;
/// Addresses of a name that are tried.
const ADDRESSES_MAX: usize = 4;

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Egress {
    allow: Arc<Vec<Allow>>,
    connector: TlsConnector,
    user_agent: HeaderValue,
}

/// One request. `Host`, `User-Agent` and the length are added; `headers` may not name them.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub method: Method,
    pub target: Target,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// At most `BODY_BYTES_MAX`, in bytes.
    pub answer_bytes_max: usize,
}

/// An answer of any status, redirects included: they are told, never followed.
#[derive(Clone, Debug)]
pub struct Incame {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum EgressFault {
    /// The rules say no; nothing was sent.
    #[error(transparent)]
    Barred(#[from] Barred),
    #[error("the name {0} has no address")]
    NoAddress(String),
    #[error("cannot connect: {0}")]
    Connect(io::Error),
    #[error("TLS failed: {0}")]
    Tls(io::Error),
    #[error("the other side broke the rules of HTTP or the connection: {0}")]
    Http(#[from] hyper::Error),
    #[error("no complete answer within {REQUEST_TIME_MAX:?}")]
    TooSlow,
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    #[error("the answer is compressed although that was not asked for")]
    Compressed,
}

/// The client cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum EgressSetupFault {
    #[error("the machine's trusted certificates cannot be read: {0}")]
    Roots(rustls::Error),
    #[error("the user agent is not printable ASCII")]
    UserAgent,
}

impl Egress {
    /// `allow` is the operator's list of places that need not be public; `extra_roots` are believed beside
    /// the machine's own certificates; `user_agent` such as `mic/0.1 (+https://example.org)`.
    pub fn new(
        allow: Vec<Allow>,
        extra_roots: Vec<CertificateDer<'static>>,
        user_agent: &str,
    ) -> Result<Self, EgressSetupFault> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = Verifier::new_with_extra_roots(extra_roots, provider.clone())
            .map_err(EgressSetupFault::Roots)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(EgressSetupFault::Roots)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        let user_agent =
            HeaderValue::from_str(user_agent).map_err(|_| EgressSetupFault::UserAgent)?;
        let connector = TlsConnector::from(Arc::new(config));
        Ok(Self { allow: Arc::new(allow), connector, user_agent })
    }

    /// A GET without further headers.
    pub async fn get(
        &self,
        target: Target,
        answer_bytes_max: usize,
    ) -> Result<Incame, EgressFault> {
        let (method, headers, body) = (Method::GET, HeaderMap::new(), Bytes::new());
        self.request(Outgoing { method, target, headers, body, answer_bytes_max }).await
    }

    pub async fn request(&self, outgoing: Outgoing) -> Result<Incame, EgressFault> {
        timeout(REQUEST_TIME_MAX, self.exchange(outgoing))
            .await
            .map_err(|_| EgressFault::TooSlow)?
    }

    async fn exchange(&self, outgoing: Outgoing) -> Result<Incame, EgressFault> {
        let target = &outgoing.target;
        let stream = self.connect(target).await?;
        match target.scheme() {
            Scheme::Http => self.converse(stream, outgoing).await,
            Scheme::Https => {
                let name = target.server_name()?;
                let stream =
                    self.connector.connect(name, stream).await.map_err(EgressFault::Tls)?;
                self.converse(stream, outgoing).await
            }
        }
    }

    /// A connection to an address that may be reached.
    async fn connect(&self, target: &Target) -> Result<TcpStream, EgressFault> {
        let is_allowed = self.allow.iter().any(|allow| allow.opens(target));
        if !is_allowed {
            target.check_public_form()?;
        }
        let found = lookup_host((target.host(), target.port())).await;
        let found: Vec<SocketAddr> =
            found.map_err(|_| EgressFault::NoAddress(target.host().to_owned()))?.collect();
        let mut fault = EgressFault::NoAddress(target.host().to_owned());
        for address in found.into_iter().take(ADDRESSES_MAX) {
            if !is_allowed && !is_public(address.ip()) {
                fault = EgressFault::Barred(Barred::NotPublic(address.ip()));
                continue;
            }
            match TcpStream::connect(address).await {
                Err(error) => fault = EgressFault::Connect(error),
                Ok(stream) => {
                    let peer = stream.peer_addr().map_err(EgressFault::Connect)?.ip();
                    if !is_allowed && !is_public(peer) {
                        return Err(EgressFault::Barred(Barred::NotPublic(peer)));
                    }
                    stream.set_nodelay(true).map_err(EgressFault::Connect)?;
                    return Ok(stream);
                }
            }
        }
        Err(fault)
    }

    async fn converse<S>(&self, stream: S, outgoing: Outgoing) -> Result<Incame, EgressFault>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let bytes_max = outgoing.answer_bytes_max.min(BODY_BYTES_MAX);
        let (mut sender, connection) = http1::Builder::new()
            .max_headers(HEADERS_MAX)
            .max_buf_size(HEADER_BYTES_MAX)
            .handshake(TokioIo::new(stream))
            .await?;
        let request = self.build(outgoing)?;
        let talk = async {
            let response = sender.send_request(request).await?;
            read(response, bytes_max).await
        };
        // The connection is driven here and ends with this request: nothing is left running.
        let mut talk = std::pin::pin!(talk);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            biased;
            answer = &mut talk => answer,
            ended = &mut connection => {
                ended?;
                talk.await
            }
        }
    }

    fn build(&self, outgoing: Outgoing) -> Result<Request<Full<Bytes>>, EgressFault> {
        let Outgoing { method, target, headers, body, .. } = outgoing;
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = target.path().clone();
        *request.headers_mut() = headers;
        let headers = request.headers_mut();
        let host = HeaderValue::from_str(&target.authority()).map_err(|_| Barred::Host)?;
        headers.insert(HOST, host);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.remove(TRANSFER_ENCODING);
        Ok(request)
    }
}

async fn read(response: Response<Incoming>, bytes_max: usize) -> Result<Incame, EgressFault> {
    let (parts, mut incoming) = response.into_parts();
    if parts.headers.get(CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(EgressFault::Compressed);
    }
    let mut body = BytesMut::new();
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        if body.len() + data.len() > bytes_max {
            return Err(EgressFault::TooLong(bytes_max));
        }
        body.extend_from_slice(&data);
    }
    Ok(Incame { status: parts.status, headers: parts.headers, body: body.freeze() })
}
