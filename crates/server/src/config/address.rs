//! The public address of a server. Knows nothing of routes.

/// `https://mic.example.org` or `http://localhost:8080`: scheme, host and port, no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    host_from: usize,
}

/// The text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write it as https://mic.example.org, without a path")]
pub struct OriginError;

/// The longest origin, in bytes: a name of the DNS and a port.
const ORIGIN_BYTES_MAX: usize = 160;

impl Origin {
    /// Reads an origin; one slash at the end is dropped.
    pub fn new(text: &str) -> Result<Self, OriginError> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let host = host.ok_or(OriginError)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        let fits = !host.is_empty() && text.len() <= ORIGIN_BYTES_MAX && host.bytes().all(plain);
        if !fits {
            return Err(OriginError);
        }
        Ok(Self { host_from: text.len() - host.len(), text: text.to_owned() })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and, where there is one, port: `localhost:8080`.
    pub fn authority(&self) -> &str {
        &self.text[self.host_from..]
    }

    /// The host alone: `localhost`. An IPv6 address keeps its brackets.
    pub fn host(&self) -> &str {
        let authority = self.authority();
        match authority.rfind(':') {
            Some(colon) if !authority[colon..].contains(']') => &authority[..colon],
            Some(_) | None => authority,
        }
    }

    /// Whether only this machine itself can reach the server there.
    pub fn is_loopback(&self) -> bool {
        let host = self.host().trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    }

    /// Whether browsers are to be told to come back by TLS alone.
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https://")
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.text)
    }
}
