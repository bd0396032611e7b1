//! From nothing to a connection that takes letters: greeting, EHLO, STARTTLS, AUTH. It does not know
//! letters.

use super::config::{ConfigFault, Credentials, SmtpConfig, TlsMode};
use super::reply::{Capabilities, Reply};
use super::tls;
use super::wire::{Stream, Wire, WireFault};
use crate::encoding::base64;
use rustls::pki_types::ServerName;
use std::io;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// A checked configuration, ready to open connections.
pub(super) struct Dialler {
    pub(super) config: SmtpConfig,
    server_name: ServerName<'static>,
    connector: Option<TlsConnector>,
}

/// Why no connection came about. The text is for the operator.
#[derive(Debug, thiserror::Error)]
pub(super) enum HandshakeFault {
    #[error("cannot connect to the relay: {0}")]
    Connect(io::Error),
    #[error("TLS with the relay failed: {0}")]
    Tls(io::Error),
    #[error("the relay answered {step} with {code} {text}")]
    Said { step: &'static str, code: u16, text: String },
    #[error("the relay does not offer STARTTLS, which the configuration demands")]
    NoStartTls,
    #[error("the relay offers neither AUTH PLAIN nor AUTH LOGIN")]
    NoMechanism,
    #[error(transparent)]
    Wire(#[from] WireFault),
}

impl Dialler {
    pub(super) fn new(config: SmtpConfig) -> Result<Self, ConfigFault> {
        let server_name = config.check()?;
        let connector = tls::connector(&config)?;
        Ok(Self { config, server_name, connector })
    }

    /// Opens a connection that is greeted, protected and signed in as configured.
    pub(super) async fn open(&self) -> Result<(Wire, Capabilities), HandshakeFault> {
        let config = &self.config;
        let stream =
            timeout(config.connect, TcpStream::connect((config.host.as_str(), config.port)))
                .await
                .map_err(|_| WireFault::Silent(config.connect))?
                .map_err(HandshakeFault::Connect)?;
        // Nagle's algorithm would hold back every final dot until the last segment is acknowledged, some 40 ms.
        stream.set_nodelay(true).map_err(HandshakeFault::Connect)?;
        let mut wire = match config.tls {
            TlsMode::Implicit => self.protect(stream).await?,
            TlsMode::None | TlsMode::StartTls | TlsMode::Opportunistic => {
                Wire::new(Stream::Plain(stream))
            }
        };
        expect("the connection", wire.reply(config.connect).await?, 220)?;
        let mut capabilities = self.greet(&mut wire).await?;
        let wants_tls = match config.tls {
            TlsMode::None | TlsMode::Implicit => false,
            TlsMode::Opportunistic => capabilities.start_tls,
            TlsMode::StartTls if !capabilities.start_tls => return Err(HandshakeFault::NoStartTls),
            TlsMode::StartTls => true,
        };
        if wants_tls {
            wire.write(b"STARTTLS\r\n", config.command).await?;
            expect("STARTTLS", wire.reply(config.command).await?, 220)?;
            wire = self.protect(wire.into_plain()?).await?;
            // What was announced in plain text counts no longer (RFC 3207, section 4.2).
            capabilities = self.greet(&mut wire).await?;
        }
        if let Some(credentials) = &config.credentials {
            self.sign_in(&mut wire, capabilities, credentials).await?;
        }
        Ok((wire, capabilities))
    }

    async fn protect(&self, stream: TcpStream) -> Result<Wire, HandshakeFault> {
        let limit = self.config.connect;
        let connector = self.connector.as_ref().ok_or(HandshakeFault::NoStartTls)?;
        let stream = timeout(limit, connector.connect(self.server_name.clone(), stream))
            .await
            .map_err(|_| WireFault::Silent(limit))?
            .map_err(HandshakeFault::Tls)?;
        Ok(Wire::new(Stream::Tls(Box::new(stream))))
    }

    async fn greet(&self, wire: &mut Wire) -> Result<Capabilities, HandshakeFault> {
        let limit = self.config.command;
        let name = &self.config.ehlo_name;
        wire.write(format!("EHLO {name}\r\n").as_bytes(), limit).await?;
        let (reply, capabilities) = wire.capabilities(limit).await?;
        if !matches!(reply.code, 500 | 502 | 504) {
            expect("EHLO", reply, 250)?;
            return Ok(capabilities);
        }
        // A server that does not know EHLO (RFC 5321, section 3.2) can do nothing beyond the letters.
        wire.write(format!("HELO {name}\r\n").as_bytes(), limit).await?;
        expect("HELO", wire.reply(limit).await?, 250)?;
        Ok(Capabilities::default())
    }

    async fn sign_in(
        &self,
        wire: &mut Wire,
        capabilities: Capabilities,
        credentials: &Credentials,
    ) -> Result<(), HandshakeFault> {
        let limit = self.config.command;
        let Credentials { user, password } = credentials;
        if capabilities.auth_plain {
            let secret = format!("\0{user}\0{password}");
            wire.write(&line(b"AUTH PLAIN ", secret.as_bytes()), limit).await?;
        } else if capabilities.auth_login {
            wire.write(b"AUTH LOGIN\r\n", limit).await?;
            expect("AUTH", wire.reply(limit).await?, 334)?;
            wire.write(&line(b"", user.as_bytes()), limit).await?;
            expect("AUTH", wire.reply(limit).await?, 334)?;
            wire.write(&line(b"", password.as_bytes()), limit).await?;
        } else {
            return Err(HandshakeFault::NoMechanism);
        }
        expect("AUTH", wire.reply(limit).await?, 235)
    }
}

fn line(command: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut line = command.to_vec();
    base64(&mut line, secret);
    line.extend_from_slice(b"\r\n");
    line
}

fn expect(step: &'static str, reply: Reply, code: u16) -> Result<(), HandshakeFault> {
    if reply.code == code {
        return Ok(());
    }
    Err(HandshakeFault::Said { step, code: reply.code, text: reply.text })
}
