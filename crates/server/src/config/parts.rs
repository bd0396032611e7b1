//! The two larger parts of a configuration: where randomness comes from, and how mail leaves.
//! Knows nothing of beacons and mail servers beyond their addresses.

use std::path::PathBuf;

use mic_proof::beacon::{Chain, OtherChain};
use mic_proof::hash::Hash;
use serde::Deserialize;

use super::{ConfigError, MAIL_CONNECTIONS_MAX, Origin, RELAYS_MAX};

/// Relays of quicknet, run by different members of the League of Entropy.
const RELAYS_DEFAULT: [&str; 4] = [
    "https://api.drand.sh",
    "https://api2.drand.sh",
    "https://api3.drand.sh",
    "https://drand.cloudflare.com",
];
const MAIL_CONNECTIONS_DEFAULT: u32 = 8;

/// Where new groups of this server take their randomness from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BeaconConfig {
    /// The server's own chain of hashes: the operator could foresee draws, and every certificate says so.
    Local,
    /// A public beacon, asked through these relays.
    Drand { chain: ChainConfig, relays: Vec<String> },
}

/// Which public beacon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainConfig {
    Quicknet,
    /// A chain of the same scheme with a key of its own, such as a private one.
    Other(OtherChain),
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailConfig {
    pub server: String,
    pub port: u16,
    pub security: MailSecurity,
    pub user: Option<String>,
    pub password: Option<Secret>,
    /// The address that mail comes from.
    pub from: String,
    pub connections: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (RFC 8314), usually port 465.
    Tls,
    /// Plain until STARTTLS (RFC 3207), which is then required, usually port 587.
    Starttls,
    /// No TLS: for a mail server on the same machine.
    Plain,
}

/// Something that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Secret(String);

/// `[beacon]` as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeaconText {
    pub kind: Option<String>,
    pub relays: Option<Vec<String>>,
    pub chain: Option<ChainText>,
}

/// `[beacon.chain]` as it is written: a chain other than quicknet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainText {
    /// 192 hexadecimal digits: the compressed point on G2.
    pub key: String,
    /// 64 hexadecimal digits: the name of the chain.
    pub hash: String,
    pub genesis_seconds: u64,
    pub period_seconds: u64,
}

/// `[mail]` as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailText {
    pub server: Option<String>,
    pub port: Option<u16>,
    pub security: Option<String>,
    pub user: Option<String>,
    pub password: Option<Secret>,
    pub password_file: Option<PathBuf>,
    pub from: Option<String>,
    pub connections: Option<u32>,
}

impl Secret {
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The secret itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(hidden)")
    }
}

impl ChainConfig {
    /// The chain as the verifier knows it.
    pub fn chain(&self) -> Chain {
        match self {
            Self::Quicknet => Chain::Quicknet,
            Self::Other(chain) => Chain::Other(chain.clone()),
        }
    }
}

impl BeaconText {
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            kind: self.kind.or(other.kind),
            relays: self.relays.or(other.relays),
            chain: self.chain.or(other.chain),
        }
    }

    pub(super) fn check(self) -> Result<BeaconConfig, ConfigError> {
        let wrong = |key, reason: &str| ConfigError::Value { key, reason: reason.to_owned() };
        match self.kind.as_deref() {
            None | Some("local") => return Ok(BeaconConfig::Local),
            Some("drand") => {}
            Some(_) => return Err(wrong("beacon.kind", "write `local` or `drand`")),
        }
        let relays = match (self.relays, &self.chain) {
            (Some(relays), _) => relays,
            (None, None) => RELAYS_DEFAULT.map(str::to_owned).to_vec(),
            (None, Some(_)) => Vec::new(),
        };
        if relays.is_empty() || relays.len() > RELAYS_MAX {
            return Err(wrong(
                "beacon.relays",
                "name 1 to 16 relays, such as https://api.drand.sh",
            ));
        }
        let http = |relay: &String| relay.starts_with("https://") || relay.starts_with("http://");
        if !relays.iter().all(http) {
            return Err(wrong("beacon.relays", "a relay begins with https:// or http://"));
        }
        let chain = match self.chain {
            None => ChainConfig::Quicknet,
            Some(text) => ChainConfig::Other(text.check()?),
        };
        Ok(BeaconConfig::Drand { chain, relays })
    }
}

impl ChainText {
    fn check(&self) -> Result<OtherChain, ConfigError> {
        let wrong = |key, reason: &str| ConfigError::Value { key, reason: reason.to_owned() };
        let key = hex(&self.key)
            .ok_or_else(|| wrong("beacon.chain.key", "192 hexadecimal digits are needed"))?;
        let hash = hex(&self.hash)
            .ok_or_else(|| wrong("beacon.chain.hash", "64 hexadecimal digits are needed"))?;
        if self.period_seconds == 0 {
            return Err(wrong("beacon.chain.period_seconds", "at least 1 is needed"));
        }
        Ok(OtherChain {
            key,
            hash: Hash(hash),
            genesis_s: self.genesis_seconds,
            period_s: self.period_seconds,
        })
    }
}

impl MailText {
    pub(super) fn or(self, other: Self) -> Self {
        // A password given one way replaces one given the other way by a weaker source.
        let own_password = self.password.is_some() || self.password_file.is_some();
        let other_password = if own_password { None } else { other.password };
        let other_file = if own_password { None } else { other.password_file };
        Self {
            server: self.server.or(other.server),
            port: self.port.or(other.port),
            security: self.security.or(other.security),
            user: self.user.or(other.user),
            password: self.password.or(other_password),
            password_file: self.password_file.or(other_file),
            from: self.from.or(other.from),
            connections: self.connections.or(other.connections),
        }
    }

    pub(super) fn check(self, origin: &Origin) -> Result<Option<MailConfig>, ConfigError> {
        let wrong = |key, reason: &str| ConfigError::Value { key, reason: reason.to_owned() };
        let Some(server) = self.server else {
            return if self == Self::default() {
                Ok(None)
            } else {
                Err(wrong("mail.server", "is needed when anything else of [mail] is set"))
            };
        };
        let security = match self.security.as_deref() {
            None | Some("starttls") => MailSecurity::Starttls,
            Some("tls") => MailSecurity::Tls,
            Some("none") => MailSecurity::Plain,
            Some(_) => return Err(wrong("mail.security", "write `starttls`, `tls` or `none`")),
        };
        let connections = self.connections.unwrap_or(MAIL_CONNECTIONS_DEFAULT);
        if !(1..=MAIL_CONNECTIONS_MAX).contains(&connections) {
            return Err(wrong("mail.connections", "1 to 64 are allowed"));
        }
        let password = match (self.password, self.password_file) {
            (Some(_), Some(_)) => {
                return Err(wrong("mail.password", "give the password or its file, not both"));
            }
            (Some(password), None) => Some(password),
            (None, Some(path)) => {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| ConfigError::File { path, reason: error.to_string() })?;
                Some(Secret::new(text.trim_end_matches(['\n', '\r']).to_owned()))
            }
            (None, None) => None,
        };
        if self.user.is_some() != password.is_some() {
            return Err(wrong("mail.user", "a user needs a password and a password needs a user"));
        }
        Ok(Some(MailConfig {
            server,
            port: self.port.unwrap_or(match security {
                MailSecurity::Tls => 465,
                MailSecurity::Starttls => 587,
                MailSecurity::Plain => 25,
            }),
            security,
            user: self.user,
            password,
            from: self.from.unwrap_or_else(|| format!("mic@{}", origin.host())),
            connections,
        }))
    }
}

fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(bytes)
}
