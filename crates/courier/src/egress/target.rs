//! URLs that may be asked for, strictly parsed, and the operator's list of exceptions. It does not know
//! addresses behind names.

use http::Uri;
use rustls::pki_types::ServerName;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Longest URL, in bytes.
pub const URL_BYTES_MAX: usize = 2_048;
const HOST_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;

/// A URL in one spelling only: scheme, host in lower case, port, path with query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    scheme: Scheme,
    /// A name in lower case without a final dot, or an IP address without brackets.
    host: String,
    port: u16,
    path: Uri,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
}

/// One place the operator's configuration opens although it is not public https: exactly this scheme, host
/// and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    pub scheme: Scheme,
    pub host: String,
    pub port: u16,
}

/// The rules say no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    #[error("this is not a complete URL of at most {URL_BYTES_MAX} bytes")]
    Url,
    #[error("only https is asked")]
    Scheme,
    #[error("a URL with a user name in it is not asked")]
    UserInfo,
    #[error("the host is neither a host name nor an IP address in its usual spelling")]
    Host,
    #[error("only port 443 is asked")]
    Port,
    #[error("{0} is not a public address")]
    NotPublic(IpAddr),
}

impl Target {
    /// Parses an absolute URL. Says nothing yet about whether it may be asked.
    pub fn parse(url: &str) -> Result<Self, Barred> {
        let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if url.len() > URL_BYTES_MAX || !is_plain {
            return Err(Barred::Url);
        }
        let url = url.split_once('#').map_or(url, |(before, _)| before);
        let uri: Uri = url.parse().map_err(|_| Barred::Url)?;
        let scheme = match uri.scheme_str() {
            Some("https") => Scheme::Https,
            Some("http") => Scheme::Http,
            Some(_) => return Err(Barred::Scheme),
            None => return Err(Barred::Url),
        };
        let authority = uri.authority().ok_or(Barred::Url)?;
        if authority.as_str().contains('@') {
            return Err(Barred::UserInfo);
        }
        let host = canonical_host(authority.host())?;
        let port = match authority.port() {
            Some(port) if port.as_u16() != 0 => port.as_u16(),
            Some(_) => return Err(Barred::Port),
            // "host:" and "host:x" are not "host".
            None if authority.as_str().len() != authority.host().len() => return Err(Barred::Port),
            None => scheme.usual_port(),
        };
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let path = path.parse().map_err(|_| Barred::Url)?;
        Ok(Self { scheme, host, port, path })
    }

    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Path and query.
    pub fn path(&self) -> &Uri {
        &self.path
    }

    /// What stands in the Host field.
    pub fn authority(&self) -> String {
        let host =
            if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == self.scheme.usual_port() { host } else { format!("{host}:{}", self.port) }
    }

    pub(super) fn server_name(&self) -> Result<ServerName<'static>, Barred> {
        ServerName::try_from(self.host.clone()).map_err(|_| Barred::Host)
    }

    /// What can be refused without asking a name server: scheme, port and bare names. Addresses, literal
    /// ones too, are judged in one place only, when they are connected to.
    pub(super) fn check_public_form(&self) -> Result<(), Barred> {
        match self.scheme {
            Scheme::Http => return Err(Barred::Scheme),
            Scheme::Https => {}
        }
        if self.port != 443 {
            return Err(Barred::Port);
        }
        let is_address = self.host.parse::<IpAddr>().is_ok();
        if is_address || self.host.contains('.') { Ok(()) } else { Err(Barred::Host) }
    }
}

impl Scheme {
    fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl Allow {
    /// From the operator's configuration: `http://127.0.0.1:8080`, without a path.
    pub fn parse(url: &str) -> Result<Self, Barred> {
        let target = Target::parse(url)?;
        if target.path != "/" {
            return Err(Barred::Url);
        }
        Ok(Self { scheme: target.scheme, host: target.host, port: target.port })
    }

    pub(super) fn opens(&self, target: &Target) -> bool {
        self.scheme == target.scheme && self.host == target.host && self.port == target.port
    }
}

/// One spelling for each host. The many spellings of an IPv4 address that resolvers know (`127.1`,
/// `0x7f.1`, `2130706433`, `0177.0.0.1`) are none of them.
fn canonical_host(host: &str) -> Result<String, Barred> {
    if let Some(inside) = host.strip_prefix('[') {
        let inside = inside.strip_suffix(']').ok_or(Barred::Host)?;
        let address: Ipv6Addr = inside.parse().map_err(|_| Barred::Host)?;
        return Ok(address.to_string());
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_numeric = last.bytes().all(|byte| byte.is_ascii_digit())
        || last.to_ascii_lowercase().starts_with("0x");
    if is_numeric {
        let address: Ipv4Addr = host.parse().map_err(|_| Barred::Host)?;
        return Ok(address.to_string());
    }
    let is_label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if host.len() > HOST_BYTES_MAX || !host.split('.').all(is_label) {
        return Err(Barred::Host);
    }
    Ok(host.to_ascii_lowercase())
}
