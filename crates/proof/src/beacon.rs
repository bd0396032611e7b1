//! Where the randomness of a draw comes from, and how it is checked (`spec/draw.md`).
//!
//! drand's quicknet, a drand-compatible chain with another key, or the local chain of hashes that
//! a server commits to when a group is founded. Knows no relays and no clock: rounds and
//! signatures are given.

use std::fmt;

use drand_verify::{G2PubkeyRfc, Pubkey};

use crate::draw::Randomness;
use crate::hash::{Hash, Hasher, sha256};

/// A draw takes the first round that begins at least this long after its slot, in milliseconds.
pub const BEACON_DELAY_MS: u64 = 60_000;
/// A local chain has at most this many links, so that checking one stays below ten milliseconds.
pub const LOCAL_LINKS_MAX: u64 = 65_536;
/// quicknet's chain hash, as drand names it.
pub const QUICKNET_HASH: Hash = Hash(QUICKNET_CHAIN);

/// The number of a beacon's round, from 1.
pub type Round = u64;

/// A chain whose rounds can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// drand's quicknet (League of Entropy): unchained BLS on G1, RFC 9380, every three seconds
    Quicknet,
    /// another chain of the same scheme, for relays that tests start themselves
    Other(OtherChain),
    /// the server's own chain of hashes
    Local {
        /// link 0, written into the founding of the group
        anchor: Hash,
    },
}

/// A chain of quicknet's scheme with parameters of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherChain {
    /// compressed point on G2
    pub key: [u8; 96],
    /// the name of the chain
    pub hash: Hash,
    /// the time of round 1, in seconds since 1970
    pub genesis_s: u64,
    /// seconds between two rounds, at least 1
    pub period_s: u64,
}

/// Why a signature is not that of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeaconError {
    /// round 0, or beyond the end of a local chain
    NoSuchRound,
    /// of another length than this chain's signatures
    WrongLength,
    /// the key of the chain is no point of the curve
    BadKey,
    /// not the signature of this round by this chain
    BadSignature,
}

impl fmt::Display for BeaconError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoSuchRound => "the chain has no such round",
            Self::WrongLength => "not as long as a signature of this chain",
            Self::BadKey => "the chain's key is not usable",
            Self::BadSignature => "not this chain's signature of this round",
        })
    }
}

impl std::error::Error for BeaconError {}

impl Chain {
    /// The name of the chain, as entries carry it.
    pub fn hash(&self) -> Hash {
        match self {
            Self::Quicknet => QUICKNET_HASH,
            Self::Other(chain) => chain.hash,
            Self::Local { anchor } => *anchor,
        }
    }

    /// When a round begins, in milliseconds since 1970; the rounds of a local chain have no time.
    pub fn round_time(&self, round: Round) -> Option<u64> {
        let (genesis_s, period_s) = self.times()?;
        let since = period_s.checked_mul(round.checked_sub(1)?)?;
        genesis_s.checked_add(since)?.checked_mul(1_000)
    }

    /// The first round that begins at `ms` or later; none for a local chain.
    pub fn round_at_or_after(&self, ms: u64) -> Option<Round> {
        let (genesis_s, period_s) = self.times()?;
        let since = ms.saturating_sub(genesis_s.checked_mul(1_000)?);
        Some(since.div_ceil(period_s.checked_mul(1_000)?) + 1)
    }

    /// Checks the signature of a round, or the link of a local chain, and gives its randomness:
    /// SHA-256 of the signature, or of a prefix and the link.
    pub fn verify(&self, round: Round, signature: &[u8]) -> Result<Randomness, BeaconError> {
        match self {
            Self::Quicknet => verify_drand(&QUICKNET_KEY, round, signature),
            Self::Other(chain) => verify_drand(&chain.key, round, signature),
            Self::Local { anchor } => {
                let link = Hash::from_slice(signature).ok_or(BeaconError::WrongLength)?;
                verify_link((0, *anchor), (round, link))
            }
        }
    }

    /// Seconds of round 1 and between rounds.
    fn times(&self) -> Option<(u64, u64)> {
        match self {
            Self::Quicknet => Some((QUICKNET_GENESIS_S, QUICKNET_PERIOD_S)),
            Self::Other(chain) => Some((chain.genesis_s, chain.period_s.max(1))),
            Self::Local { .. } => None,
        }
    }
}

/// Checks that a later link leads back to an earlier one that is already believed. A reader of a
/// whole journal so hashes each link once instead of the whole chain each time.
pub fn verify_link(
    (known_round, known): (Round, Hash),
    (round, link): (Round, Hash),
) -> Result<Randomness, BeaconError> {
    if round <= known_round || round > LOCAL_LINKS_MAX {
        return Err(BeaconError::NoSuchRound);
    }
    let mut earlier = link;
    for _ in known_round..round {
        earlier = sha256(earlier.as_bytes());
    }
    if earlier == known { Ok(local_randomness(&link)) } else { Err(BeaconError::BadSignature) }
}

/// The randomness of a link. The prefix matters: without it, it would be the link before, which
/// everybody has seen.
pub fn local_randomness(link: &Hash) -> Randomness {
    Randomness(Hasher::new("mic-check/local/v1\n").chain(link.as_bytes()).finish().0)
}

/// A server's own chain: every link is the hash of the next, so that the anchor commits to all of
/// them. Who holds the secret can foresee every draw.
pub struct LocalChain {
    last: Hash,
}

impl LocalChain {
    /// The chain that follows from 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> LocalChain {
        LocalChain { last: Hasher::new("mic-check/local-chain/v1\n").chain(secret).finish() }
    }

    /// Link 0, which is published first.
    pub fn anchor(&self) -> Hash {
        self.back(LOCAL_LINKS_MAX)
    }

    /// The link of a round from 1 to [`LOCAL_LINKS_MAX`].
    pub fn link(&self, round: Round) -> Option<Hash> {
        let within = (1..=LOCAL_LINKS_MAX).contains(&round);
        within.then(|| self.back(LOCAL_LINKS_MAX - round))
    }

    fn back(&self, steps: u64) -> Hash {
        (0..steps).fold(self.last, |link, _| sha256(link.as_bytes()))
    }
}

impl fmt::Debug for LocalChain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LocalChain(secret)")
    }
}

fn verify_drand(key: &[u8; 96], round: Round, signature: &[u8]) -> Result<Randomness, BeaconError> {
    if round == 0 {
        return Err(BeaconError::NoSuchRound);
    }
    if signature.len() != DRAND_SIGNATURE_BYTES {
        return Err(BeaconError::WrongLength);
    }
    let key = G2PubkeyRfc::from_fixed(*key).map_err(|_| BeaconError::BadKey)?;
    // A point that is none of the curve and a point that is another one are refused alike.
    match key.verify(round, b"", signature) {
        Ok(true) => Ok(Randomness(sha256(signature).0)),
        Ok(false) | Err(_) => Err(BeaconError::BadSignature),
    }
}

/// A compressed point on G1.
const DRAND_SIGNATURE_BYTES: usize = 48;
const QUICKNET_GENESIS_S: u64 = 1_692_803_367;
const QUICKNET_PERIOD_S: u64 = 3;

// drand/drand-client, lib/defaults.ts.
const QUICKNET_CHAIN: [u8; 32] = [
    0x52, 0xdb, 0x9b, 0xa7, 0x0e, 0x0c, 0xc0, 0xf6, 0xea, 0xf7, 0x80, 0x3d, 0xd0, 0x74, 0x47, 0xa1,
    0xf5, 0x47, 0x77, 0x35, 0xfd, 0x3f, 0x66, 0x17, 0x92, 0xba, 0x94, 0x60, 0x0c, 0x84, 0xe9, 0x71,
];
const QUICKNET_KEY: [u8; 96] = [
    0x83, 0xcf, 0x0f, 0x28, 0x96, 0xad, 0xee, 0x7e, 0xb8, 0xb5, 0xf0, 0x1f, 0xca, 0xd3, 0x91, 0x22,
    0x12, 0xc4, 0x37, 0xe0, 0x07, 0x3e, 0x91, 0x1f, 0xb9, 0x00, 0x22, 0xd3, 0xe7, 0x60, 0x18, 0x3c,
    0x8c, 0x4b, 0x45, 0x0b, 0x6a, 0x0a, 0x6c, 0x3a, 0xc6, 0xa5, 0x77, 0x6a, 0x2d, 0x10, 0x64, 0x51,
    0x0d, 0x1f, 0xec, 0x75, 0x8c, 0x92, 0x1c, 0xc2, 0x2b, 0x0e, 0x17, 0xe6, 0x3a, 0xaf, 0x4b, 0xcb,
    0x5e, 0xd6, 0x63, 0x04, 0xde, 0x9c, 0xf8, 0x09, 0xbd, 0x27, 0x4c, 0xa7, 0x3b, 0xab, 0x4a, 0xf5,
    0xa6, 0xe9, 0xc7, 0x6a, 0x4b, 0xc0, 0x9e, 0x76, 0xea, 0xe8, 0x99, 0x1e, 0xf5, 0xec, 0xe4, 0x5a,
];
