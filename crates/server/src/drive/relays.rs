//! The relays of one public beacon, asked through the one guarded client. An answer counts only if the chain's key signed it.
//! Knows nothing of draws and of when to ask again.

use mic_courier::drand::{Conduct, DrandClient, DrandSetupFault, Findings, Outcome, Round};
use mic_courier::egress::{Allow, Barred, Egress, EgressSetupFault};
use mic_proof::beacon::Chain;
use mic_proof::hash::Hash;

use crate::clock::Wall;

/// How this program names itself to relays.
const USER_AGENT: &str = concat!("mic/", env!("CARGO_PKG_VERSION"));

/// Why a configured beacon cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum BeaconUnusable {
    #[error("beacon: {0}")]
    Client(EgressSetupFault),
    #[error("beacon: {0}")]
    Relays(DrandSetupFault),
    #[error("beacon.relays: {relay}: {barred}")]
    Relay { relay: String, barred: Barred },
}

/// Why a round is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Missing {
    #[error("the round begins in {seconds} seconds")]
    Early { seconds: u64 },
    #[error("the relays do not have the round yet")]
    NotYet,
    /// What the last relay did.
    #[error("{0}")]
    OutOfReach(String),
}

/// Relays of one chain.
pub(crate) struct Relays {
    client: DrandClient,
    chain: Chain,
}

impl Relays {
    pub(crate) fn new(chain: &Chain, relays: &[String]) -> Result<Self, BeaconUnusable> {
        let allow = allowed(relays)?;
        let egress = Egress::new(allow, Vec::new(), USER_AGENT).map_err(BeaconUnusable::Client)?;
        let client = DrandClient::new(egress, relays.to_vec(), &chain.hash().to_string())
            .map_err(BeaconUnusable::Relays)?;
        Ok(Self { client, chain: chain.clone() })
    }

    pub(crate) fn chain_hash(&self) -> Hash {
        self.chain.hash()
    }

    /// The signature of a round, checked; or why nobody could give it.
    pub(crate) async fn round(&self, round: u64, now: Wall) -> Result<Vec<u8>, Missing> {
        if let Some(at) = self.chain.round_time(round).filter(|at| *at > now.0) {
            return Err(Missing::Early { seconds: (at - now.0).div_ceil(1_000) });
        }
        let genuine =
            |Round(round): Round, signature: &[u8; 48]| self.chain.verify(round, signature).is_ok();
        let Findings { outcome, relays } = self.client.round(Round(round), genuine).await;
        for (relay, conduct) in &relays {
            if let Conduct::Lied(lie) = conduct {
                tracing::warn!(event = "beacon.relay_lied", relay, ?lie);
            }
        }
        match outcome {
            Outcome::Beacon { signature, round: _ } => Ok(signature.to_vec()),
            Outcome::NotYet => Err(Missing::NotYet),
            Outcome::OutOfReach => Err(Missing::OutOfReach(match relays.last() {
                Some((relay, conduct)) => format!("{relay}: {}", words(conduct)),
                None => "no relay was asked".to_owned(),
            })),
        }
    }
}

/// Relays stand in the operator's own configuration, so they may lie in private networks, and speak HTTP without TLS.
fn allowed(relays: &[String]) -> Result<Vec<Allow>, BeaconUnusable> {
    let allow = |relay: &String| {
        Allow::parse(relay).map_err(|barred| BeaconUnusable::Relay { relay: relay.clone(), barred })
    };
    relays.iter().map(allow).collect()
}

fn words(conduct: &Conduct) -> String {
    match conduct {
        Conduct::Served => "served".to_owned(),
        Conduct::NotYet => "does not have the round yet".to_owned(),
        Conduct::OutOfReach(reason) => reason.clone(),
        Conduct::Lied(_) => "gave an answer that is false".to_owned(),
    }
}
