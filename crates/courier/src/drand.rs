//! Rounds of a drand chain from several relays. A relay is believed in nothing: the number, the hash and
//! the signature of each answer are checked, the last by a function of the caller. It does not know which
//! chain is the right one, nor what a round is for.

use crate::egress::{Barred, Egress, EgressFault, Incame, Target};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// The relays asked when the configuration names none, in this order.
pub const DEFAULT_RELAYS: [&str; 4] = [
    "https://api.drand.sh",
    "https://drand.cloudflare.com",
    "https://api2.drand.sh",
    "https://api3.drand.sh",
];
/// Longest answer of a relay, in bytes.
pub const ANSWER_BYTES_MAX: usize = 4_096;
/// Most relays of a configuration.
pub const RELAYS_MAX: usize = 16;
/// A relay that has not answered for so long gets company: the next one is asked beside it.
pub const HEDGE_AFTER: Duration = Duration::from_secs(2);
/// Length of a signature on G1, in bytes.
pub const SIGNATURE_BYTES: usize = 48;

/// Number of a round; the first one is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Round(pub u64);

/// A chain and the relays that are asked for it.
#[derive(Clone)]
pub struct DrandClient {
    egress: Egress,
    relays: Vec<String>,
    chain: String,
}

/// What came of asking for a round, and what each relay that was asked did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    pub outcome: Outcome,
    /// In the order in which they settled. A relay that lied stands here whatever the outcome.
    pub relays: Vec<(String, Conduct)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Checked in every respect.
    Beacon { round: Round, signature: [u8; SIGNATURE_BYTES] },
    /// At least one relay says that the round is still to come, and none had it.
    NotYet,
    /// No relay was of use; `Findings::relays` has the reasons.
    OutOfReach,
}

/// What one relay did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conduct {
    Served,
    NotYet,
    /// No answer, or none that could be read.
    OutOfReach(String),
    Lied(Lie),
}

/// An answer that is readable and false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    OtherRound,
    RandomnessIsNotTheHash,
    SignatureDoesNotVerify,
}

/// A configuration that cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrandSetupFault {
    #[error("the number of relays must be 1 to {RELAYS_MAX}")]
    Relays,
    #[error("the chain hash must be 64 hexadecimal digits")]
    Chain,
    #[error("relay {relay}: {barred}")]
    Relay { relay: String, barred: Barred },
}

impl DrandClient {
    /// `relays` are URLs without the chain, such as `https://api.drand.sh`; `chain` is the chain hash in hex.
    pub fn new(egress: Egress, relays: Vec<String>, chain: &str) -> Result<Self, DrandSetupFault> {
        if !(1..=RELAYS_MAX).contains(&relays.len()) {
            return Err(DrandSetupFault::Relays);
        }
        if chain.len() != 64 || !chain.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(DrandSetupFault::Chain);
        }
        let relays: Vec<String> =
            relays.into_iter().map(|relay| relay.trim_end_matches('/').to_owned()).collect();
        for relay in &relays {
            Target::parse(relay)
                .map_err(|barred| DrandSetupFault::Relay { relay: relay.clone(), barred })?;
        }
        Ok(Self { egress, relays, chain: chain.to_ascii_lowercase() })
    }

    /// Asks relay after relay for a round until one answer stands every check. The next relay is asked as
    /// soon as one fails, or beside one that is slow. `verify` says whether a signature is that of a round.
    pub async fn round(
        &self,
        round: Round,
        verify: impl Fn(Round, &[u8; SIGNATURE_BYTES]) -> bool,
    ) -> Findings {
        let mut conducts = Vec::new();
        let mut under_way: JoinSet<(usize, Result<Incame, EgressFault>)> = JoinSet::new();
        let mut waiting = 0..self.relays.len();
        let mut hedge_at = Instant::now();
        loop {
            if under_way.is_empty() || Instant::now() >= hedge_at {
                match waiting.next() {
                    Some(index) => {
                        self.ask(&mut under_way, index, round);
                        hedge_at = Instant::now() + HEDGE_AFTER;
                    }
                    None if under_way.is_empty() => break,
                    None => {}
                }
            }
            let settled = tokio::select! {
                settled = under_way.join_next() => settled,
                () = sleep_until(hedge_at), if !waiting.is_empty() => continue,
            };
            let Some(Ok((index, answer))) = settled else { continue };
            let relay = self.relays[index].clone();
            match examine(answer, round, &verify) {
                Ok(signature) => {
                    conducts.push((relay, Conduct::Served));
                    let outcome = Outcome::Beacon { round, signature };
                    return Findings { outcome, relays: conducts };
                }
                Err(conduct) => conducts.push((relay, conduct)),
            }
            // This relay is done with: the next one is asked at once.
            hedge_at = Instant::now();
        }
        let is_early = conducts.iter().any(|(_, conduct)| *conduct == Conduct::NotYet);
        let outcome = if is_early { Outcome::NotYet } else { Outcome::OutOfReach };
        Findings { outcome, relays: conducts }
    }

    fn ask(
        &self,
        under_way: &mut JoinSet<(usize, Result<Incame, EgressFault>)>,
        index: usize,
        round: Round,
    ) {
        let url = format!("{}/{}/public/{}", self.relays[index], self.chain, round.0);
        let egress = self.egress.clone();
        under_way.spawn(async move {
            let answer = match Target::parse(&url) {
                Ok(target) => egress.get(target, ANSWER_BYTES_MAX).await,
                Err(barred) => Err(EgressFault::Barred(barred)),
            };
            (index, answer)
        });
    }
}

/// Gives the signature of an answer that stands every check, or what the relay did instead.
fn examine(
    answer: Result<Incame, EgressFault>,
    round: Round,
    verify: &impl Fn(Round, &[u8; SIGNATURE_BYTES]) -> bool,
) -> Result<[u8; SIGNATURE_BYTES], Conduct> {
    let answer = answer.map_err(|fault| Conduct::OutOfReach(fault.to_string()))?;
    match answer.status.as_u16() {
        200 => {}
        // 404 of most relays, 425 (too early) of newer ones.
        404 | 425 => return Err(Conduct::NotYet),
        status => return Err(Conduct::OutOfReach(format!("HTTP status {status}"))),
    }
    let unreadable = || Conduct::OutOfReach("the answer is not a drand round".to_owned());
    let json: Value = serde_json::from_slice(&answer.body).map_err(|_| unreadable())?;
    let said_round = json.get("round").and_then(Value::as_u64).ok_or_else(unreadable)?;
    let said_hash = json.get("randomness").and_then(Value::as_str).ok_or_else(unreadable)?;
    let signature = json.get("signature").and_then(Value::as_str).ok_or_else(unreadable)?;
    let signature = signature_from_hex(signature).ok_or_else(unreadable)?;
    if said_round != round.0 {
        return Err(Conduct::Lied(Lie::OtherRound));
    }
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(signature) {
        let _ = write!(hash, "{byte:02x}");
    }
    if said_hash != hash {
        return Err(Conduct::Lied(Lie::RandomnessIsNotTheHash));
    }
    if !verify(round, &signature) {
        return Err(Conduct::Lied(Lie::SignatureDoesNotVerify));
    }
    Ok(signature)
}

fn signature_from_hex(text: &str) -> Option<[u8; SIGNATURE_BYTES]> {
    if text.len() != 2 * SIGNATURE_BYTES || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut signature = [0; SIGNATURE_BYTES];
    for (byte, digits) in signature.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(signature)
}
