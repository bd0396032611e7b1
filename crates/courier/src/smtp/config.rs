//! Where the relay is and how it wants to be spoken to. It does not know where the operator wrote that
//! down.

use rustls::pki_types::{CertificateDer, ServerName};
use std::time::Duration;

/// Most connections to one relay.
pub(super) const CONNECTIONS_MAX: usize = 256;

/// All that the client has to know of its relay. Start from `SmtpConfig::new`.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// A host name or an IP address; its certificate must be for it.
    pub host: String,
    pub port: u16,
    pub tls: TlsMode,
    pub credentials: Option<Credentials>,
    /// What we call ourselves in EHLO: the server's own host name.
    pub ehlo_name: String,
    pub connections: usize,
    /// A connection is replaced after so many letters, as relays limit them.
    pub letters_per_connection: u32,
    /// A connection that has been idle for so long is closed with QUIT.
    pub idle: Duration,
    /// From the first packet to the relay's greeting.
    pub connect: Duration,
    /// For each reply to a command.
    pub command: Duration,
    /// For the body and the reply to its final dot.
    pub data: Duration,
    /// Certificates believed beside those of the machine: a private relay's own authority.
    pub extra_roots: Vec<CertificateDer<'static>>,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsMode {
    /// Plain text.
    None,
    /// Plain text until STARTTLS (RFC 3207), which the relay must offer with a valid certificate.
    StartTls,
    /// TLS from the first byte (RFC 8314), with a valid certificate.
    Implicit,
    /// STARTTLS if offered, with whatever certificate (RFC 7435): hides mail from those who only listen.
    Opportunistic,
}

/// For AUTH PLAIN (RFC 4616) or LOGIN. Debug output leaves the password out.
#[derive(Clone)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

/// A configuration that cannot work, said before the first letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigFault {
    #[error("the relay's host is neither a host name nor an IP address")]
    Host,
    #[error("the name for EHLO is not a host name")]
    EhloName,
    #[error("the number of connections must be 1 to {CONNECTIONS_MAX}")]
    Connections,
    #[error("user or password contains NUL")]
    Credentials,
    #[error(
        "with a password, TLS must be StartTls or Implicit unless the relay is on this machine"
    )]
    PasswordWithoutTls,
    #[error("TLS cannot be set up: the machine's trusted certificates cannot be read")]
    Roots,
}

impl SmtpConfig {
    /// A relay with the usual limits: 16 connections, 1,000 letters each, 60 s idle, 15 s to connect, 30 s
    /// a command, 60 s for data.
    pub fn new(
        host: impl Into<String>,
        port: u16,
        tls: TlsMode,
        ehlo_name: impl Into<String>,
    ) -> Self {
        Self {
            host: host.into(),
            port,
            tls,
            credentials: None,
            ehlo_name: ehlo_name.into(),
            connections: 16,
            letters_per_connection: 1_000,
            idle: Duration::from_mins(1),
            connect: Duration::from_secs(15),
            command: Duration::from_secs(30),
            data: Duration::from_mins(1),
            extra_roots: Vec::new(),
        }
    }

    /// Checks everything that can be checked without the network, and names the peer for TLS.
    pub(super) fn check(&self) -> Result<ServerName<'static>, ConfigFault> {
        let server_name = ServerName::try_from(self.host.clone()).map_err(|_| ConfigFault::Host)?;
        let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b".-[]:".contains(&byte);
        let is_name = (1..=253).contains(&self.ehlo_name.len());
        if !is_name || !self.ehlo_name.bytes().all(is_name_byte) {
            return Err(ConfigFault::EhloName);
        }
        if !(1..=CONNECTIONS_MAX).contains(&self.connections) {
            return Err(ConfigFault::Connections);
        }
        if let Some(Credentials { user, password }) = &self.credentials {
            if user.contains('\0') || password.contains('\0') {
                return Err(ConfigFault::Credentials);
            }
            let is_protected = match self.tls {
                TlsMode::StartTls | TlsMode::Implicit => true,
                TlsMode::None | TlsMode::Opportunistic => self.is_on_this_machine(),
            };
            if !is_protected {
                return Err(ConfigFault::PasswordWithoutTls);
            }
        }
        Ok(server_name)
    }

    fn is_on_this_machine(&self) -> bool {
        let address = self.host.parse::<std::net::IpAddr>();
        self.host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}
