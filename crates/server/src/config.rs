//! What the person who runs a server may decide, and from where it is read: flags before environment before file before
//! defaults. The only place that reads the environment. Knows nothing of how any of it is used.

mod address;
mod parts;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use address::{Origin, OriginError};
pub use parts::{BeaconConfig, ChainConfig, MailConfig, MailSecurity, Secret};
use parts::{BeaconText, MailText};

use crate::clock::FACTOR_MAX;

/// The file that is read when no other is named and it exists.
pub const CONFIG_FILE: &str = "mic.toml";
/// The largest configuration file, in bytes.
pub const CONFIG_BYTES_MAX: u64 = 100_000;
/// Everything of the environment that concerns the program begins with this.
pub const ENVIRONMENT_PREFIX: &str = "MIC_";
/// Most relays of one beacon.
pub const RELAYS_MAX: usize = 16;
/// Most proxies in front of a server.
pub const PROXIES_MAX: usize = 16;
/// Most connections that are opened to the mail server at once.
pub const MAIL_CONNECTIONS_MAX: u32 = 64;

const DATA_DEFAULT: &str = "./mic-data";
const LISTEN_DEFAULT: &str = "127.0.0.1:8080";
const ORIGIN_DEFAULT: &str = "http://localhost:8080";

/// A complete, checked configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The folder with the database and its key.
    pub data: PathBuf,
    pub listen: SocketAddr,
    /// How people reach the server: the start of every link, and of every checkpoint's first line.
    pub origin: Origin,
    /// Proxies in front of the server: what they say of where a request came from is believed.
    pub proxies: Vec<IpAddr>,
    pub beacon: BeaconConfig,
    /// `None`: no mail is sent; links are shown to whoever runs the server.
    pub mail: Option<MailConfig>,
    /// How many times as fast as real time the groups' clock runs, 1 to [`FACTOR_MAX`]. More than 1 is for tests and
    /// demonstrations, and only where the server is reached on its own machine.
    pub clock_factor: u64,
}

/// What one source says; what it leaves out, the next source decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub data: Option<PathBuf>,
    pub listen: Option<String>,
    pub origin: Option<String>,
    pub proxies: Option<Vec<String>>,
    pub clock_factor: Option<u64>,
    #[serde(default)]
    pub beacon: BeaconText,
    #[serde(default)]
    pub mail: MailText,
}

/// Why there is no usable configuration. Every message names the key and what to write.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {path}: {reason}")]
    File { path: PathBuf, reason: String },
    #[error("{path} is not a configuration: {reason}")]
    Syntax { path: PathBuf, reason: String },
    #[error("there is no setting {0}; `mic serve --help` lists them all")]
    UnknownVariable(String),
    #[error("{key}: {reason}")]
    Value { key: &'static str, reason: String },
}

impl Config {
    /// Flags, then the environment, then the file (`--config`, else `MIC_CONFIG`, else [`CONFIG_FILE`] if it exists), then defaults.
    pub fn from_world(file: Option<&Path>, flags: Settings) -> Result<Self, ConfigError> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.to_str()?.strip_prefix(ENVIRONMENT_PREFIX)?.to_owned();
            Some((name, value.to_string_lossy().into_owned()))
        });
        Self::from_sources(file, environment.collect(), flags)
    }

    /// The same from sources that are given, for tests. Names of variables stand without their prefix.
    pub fn from_sources(
        file: Option<&Path>,
        mut environment: BTreeMap<String, String>,
        flags: Settings,
    ) -> Result<Self, ConfigError> {
        let named = environment.remove("CONFIG").map(PathBuf::from);
        let file = match file.map(Path::to_owned).or(named) {
            Some(path) => Settings::read(&path)?,
            None if Path::new(CONFIG_FILE).exists() => Settings::read(Path::new(CONFIG_FILE))?,
            None => Settings::default(),
        };
        flags.or(Settings::from_environment(environment)?).or(file).check()
    }
}

impl Default for Config {
    /// What runs when nothing is configured.
    fn default() -> Self {
        Settings::default().check().expect("the defaults are a configuration")
    }
}

impl Settings {
    fn read(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |reason: String| ConfigError::File { path: path.to_owned(), reason };
        let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
        if size > CONFIG_BYTES_MAX {
            return Err(unreadable(format!("larger than {CONFIG_BYTES_MAX} bytes")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
        toml::from_str(&text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            reason: error.to_string(),
        })
    }

    fn from_environment(environment: BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let mut settings = Self::default();
        for (name, value) in environment {
            let (beacon, mail) = (&mut settings.beacon, &mut settings.mail);
            match name.as_str() {
                "DATA" => settings.data = Some(value.into()),
                "LISTEN" => settings.listen = Some(value),
                "ORIGIN" => settings.origin = Some(value),
                "PROXIES" => settings.proxies = Some(list(&value)),
                "CLOCK_FACTOR" => {
                    settings.clock_factor = Some(number("MIC_CLOCK_FACTOR", &value)?);
                }
                "BEACON" => beacon.kind = Some(value),
                "BEACON_RELAYS" => beacon.relays = Some(list(&value)),
                "MAIL_SERVER" => mail.server = Some(value),
                "MAIL_PORT" => mail.port = Some(number("MIC_MAIL_PORT", &value)?),
                "MAIL_SECURITY" => mail.security = Some(value),
                "MAIL_USER" => mail.user = Some(value),
                "MAIL_PASSWORD" => mail.password = Some(Secret::new(value)),
                "MAIL_PASSWORD_FILE" => mail.password_file = Some(value.into()),
                "MAIL_FROM" => mail.from = Some(value),
                "MAIL_CONNECTIONS" => {
                    mail.connections = Some(number("MIC_MAIL_CONNECTIONS", &value)?);
                }
                // Read by the logging and test set-up, which lie beside the configuration.
                "LOG" => {}
                _ if name.starts_with("TEST_") => {}
                _ => {
                    return Err(ConfigError::UnknownVariable(format!(
                        "{ENVIRONMENT_PREFIX}{name}"
                    )));
                }
            }
        }
        Ok(settings)
    }

    /// Keeps what is said here; takes the rest from `other`.
    #[must_use]
    fn or(self, other: Self) -> Self {
        Self {
            data: self.data.or(other.data),
            listen: self.listen.or(other.listen),
            origin: self.origin.or(other.origin),
            proxies: self.proxies.or(other.proxies),
            clock_factor: self.clock_factor.or(other.clock_factor),
            beacon: self.beacon.or(other.beacon),
            mail: self.mail.or(other.mail),
        }
    }

    /// A whole configuration, or what is wrong with it.
    pub fn check(self) -> Result<Config, ConfigError> {
        let listen = self.listen.as_deref().unwrap_or(LISTEN_DEFAULT);
        let origin = self.origin.as_deref().unwrap_or(ORIGIN_DEFAULT);
        let origin = Origin::new(origin)
            .map_err(|error| ConfigError::Value { key: "origin", reason: error.to_string() })?;
        Ok(Config {
            data: self.data.unwrap_or_else(|| DATA_DEFAULT.into()),
            listen: listen.parse().map_err(|_| ConfigError::Value {
                key: "listen",
                reason: format!("`{listen}` is not an address and port, such as {LISTEN_DEFAULT}"),
            })?,
            proxies: proxies(self.proxies.unwrap_or_default())?,
            beacon: self.beacon.check()?,
            mail: self.mail.check(&origin)?,
            clock_factor: clock_factor(self.clock_factor, &origin)?,
            origin,
        })
    }
}

/// Which log lines are written, from `MIC_LOG`, else `RUST_LOG`, else the usual ones.
#[expect(clippy::disallowed_methods, reason = "this file is the one that reads the environment")]
pub fn log_filter(usual: &str) -> String {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    read("MIC_LOG").or_else(|| read("RUST_LOG")).unwrap_or_else(|| usual.to_owned())
}

/// A journal whose time runs ahead is of no use to real people, so a server that others can reach refuses to make one.
fn clock_factor(factor: Option<u64>, origin: &Origin) -> Result<u64, ConfigError> {
    let wrong = |reason: String| ConfigError::Value { key: "clock_factor", reason };
    match factor {
        None | Some(1) => Ok(1),
        Some(_) if !origin.is_loopback() => Err(wrong(format!(
            "a fast clock is for tests and demonstrations, and {origin} is not this machine alone"
        ))),
        Some(factor @ 2..=FACTOR_MAX) => Ok(factor),
        Some(_) => Err(wrong(format!("write a number from 1 to {FACTOR_MAX}"))),
    }
}

fn proxies(texts: Vec<String>) -> Result<Vec<IpAddr>, ConfigError> {
    let wrong = |reason: String| ConfigError::Value { key: "proxies", reason };
    if texts.len() > PROXIES_MAX {
        return Err(wrong(format!("at most {PROXIES_MAX} are allowed")));
    }
    let parse =
        |text: String| text.parse().map_err(|_| wrong(format!("`{text}` is no IP address")));
    texts.into_iter().map(parse).collect()
}

fn list(value: &str) -> Vec<String> {
    value.split([',', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn number<T: std::str::FromStr>(key: &'static str, value: &str) -> Result<T, ConfigError> {
    value
        .parse()
        .map_err(|_| ConfigError::Value { key, reason: format!("`{value}` is not a number") })
}

#[cfg(test)]
mod tests;
