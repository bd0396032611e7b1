//! A drand-compatible relay with keys of its own: scheme bls-unchained-g1-rfc9380, as quicknet uses it.

use crate::web::{Then, Web};
use blst::min_sig::{PublicKey, SecretKey, Signature};
use mic_courier::drand::{Round, SIGNATURE_BYTES};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

const DOMAIN: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// Any 64 digits name the chain of the tests.
pub(crate) const CHAIN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

static KEY: LazyLock<SecretKey> = LazyLock::new(|| SecretKey::key_gen(&[7; 32], &[]).unwrap());
static PUBLIC: LazyLock<PublicKey> = LazyLock::new(|| KEY.sk_to_pk());

/// How a relay behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Honest,
    /// Serves another round under the number that was asked for in the path.
    WrongRound,
    /// The number that was asked for with the signature of another round.
    ForgedSignature,
    WrongRandomness,
    Garbage,
    OtherStatus,
    Hang,
    Stall,
    Huge,
    Closing,
}

pub(crate) struct Relay {
    pub(crate) web: Web,
    newest: Arc<AtomicU64>,
}

impl Relay {
    /// A relay that has all rounds up to `newest` and answers `early` to later ones.
    pub(crate) async fn start(manner: Manner, newest: u64, early: u16) -> Self {
        let newest = Arc::new(AtomicU64::new(newest));
        let known = newest.clone();
        let web = Web::start(None, move |head| {
            let path = head.split(' ').nth(1).unwrap_or_default();
            let asked = path.strip_prefix(&format!("/{CHAIN}/public/"));
            let Some(round) = asked.and_then(|number| number.parse().ok()) else {
                return (response(400, b"bad request"), Then::Close);
            };
            if round > known.load(Ordering::SeqCst) {
                return (response(early, b"not yet"), Then::Close);
            }
            answer(manner, round)
        })
        .await;
        Self { web, newest }
    }

    pub(crate) fn advance(&self, newest: u64) {
        self.newest.store(newest, Ordering::SeqCst);
    }
}

pub(crate) fn sign(round: u64) -> [u8; SIGNATURE_BYTES] {
    KEY.sign(&Sha256::digest(round.to_be_bytes()), DOMAIN, &[]).compress()
}

/// What a caller hands to the client.
pub(crate) fn verify(round: Round, signature: &[u8; SIGNATURE_BYTES]) -> bool {
    verify_with(&PUBLIC, round, signature)
}

/// What a caller hands to the client for the real chain: drand's quicknet.
pub(crate) fn verify_quicknet(round: Round, signature: &[u8; SIGNATURE_BYTES]) -> bool {
    const KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451\
        0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
    let key: Vec<u8> = (0..KEY.len() / 2)
        .map(|at| u8::from_str_radix(&KEY[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    verify_with(&PublicKey::uncompress(&key).unwrap(), round, signature)
}

fn verify_with(key: &PublicKey, round: Round, signature: &[u8; SIGNATURE_BYTES]) -> bool {
    let Ok(signature) = Signature::uncompress(signature) else { return false };
    let message = Sha256::digest(round.0.to_be_bytes());
    let found = signature.verify(true, &message, DOMAIN, &[], key, true);
    found == blst::BLST_ERROR::BLST_SUCCESS
}

fn answer(manner: Manner, round: u64) -> (Vec<u8>, Then) {
    match manner {
        Manner::Honest => (round_response(round, &sign(round), &sign(round)), Then::Close),
        Manner::WrongRound => {
            (round_response(round - 1, &sign(round - 1), &sign(round - 1)), Then::Close)
        }
        Manner::ForgedSignature => {
            (round_response(round, &sign(round - 1), &sign(round - 1)), Then::Close)
        }
        Manner::WrongRandomness => {
            (round_response(round, &sign(round), &sign(round - 1)), Then::Close)
        }
        Manner::Garbage => (response(200, b"{\"round\": [[[["), Then::Close),
        Manner::OtherStatus => (response(500, b"oops"), Then::Close),
        Manner::Hang => (b"HTTP/1.1 200 OK\r\n".to_vec(), Then::Hang),
        Manner::Stall => (Vec::new(), Then::Stall),
        Manner::Huge => (response(200, &vec![b' '; 10_000_000]), Then::Close),
        Manner::Closing => (Vec::new(), Then::Close),
    }
}

fn round_response(
    round: u64,
    signature: &[u8; SIGNATURE_BYTES],
    hashed: &[u8; SIGNATURE_BYTES],
) -> Vec<u8> {
    let (signature, randomness) = (hex(signature), hex(&Sha256::digest(hashed)));
    let body = format!(
        "{{\"round\":{round},\"randomness\":\"{randomness}\",\"signature\":\"{signature}\"}}"
    );
    response(200, body.as_bytes())
}

fn response(status: u16, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}
