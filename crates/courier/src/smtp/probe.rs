//! Tries a relay without sending anything: for the operator who sets it up. It does not know letters.

use super::config::{ConfigFault, SmtpConfig};
use super::handshake::Dialler;
use super::session::Session;

/// Why a relay cannot be used. The text is for the operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeFault {
    #[error(transparent)]
    Config(#[from] ConfigFault),
    #[error("{0}")]
    Unreachable(String),
}

/// Opens one connection as configured (greeting, TLS, signing in) and says QUIT.
pub async fn probe(config: SmtpConfig) -> Result<(), ProbeFault> {
    let dialler = Dialler::new(config)?;
    let opened = dialler.open().await;
    let (wire, capabilities) =
        opened.map_err(|fault| ProbeFault::Unreachable(fault.to_string()))?;
    Session::new(wire, capabilities).quit(&dialler.config).await;
    Ok(())
}
