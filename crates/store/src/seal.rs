//! Encryption of single values, bound to the row they stand in, and keyed hashes for look-ups. Knows nothing of rows but their names.

use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use mic_engine::ids::GroupId;
use zeroize::Zeroizing;

use crate::contract::{Fault, Token, email_key};
use crate::keys::{MasterKey, Purpose, keyed_hash};

/// Fills a buffer with random bytes. Given by the shell; a source that cannot deliver must not return.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// First byte of every ciphertext: how the rest is to be read.
const FORMAT: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Where a value stands: table, group and key of its row. A ciphertext opens nowhere else.
pub(crate) struct Place(Vec<u8>);

impl Place {
    pub(crate) fn new(table: &'static str) -> Self {
        Self(Vec::with_capacity(64)).bytes(table.as_bytes())
    }

    pub(crate) fn group(self, group: GroupId) -> Self {
        self.bytes(&group.0)
    }

    pub(crate) fn bytes(mut self, part: &[u8]) -> Self {
        self.0.extend_from_slice(&(part.len() as u64).to_be_bytes());
        self.0.extend_from_slice(part);
        self
    }

    pub(crate) fn number(self, part: impl Into<u64>) -> Self {
        self.bytes(&part.into().to_be_bytes())
    }
}

/// What a token is for: the same bytes as a session and as a link have different hashes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TokenPurpose {
    Session,
    Link,
    Browser,
    Api,
    Invitation,
}

/// Seals, opens and hashes with the keys of one store.
pub(crate) struct Sealer {
    cipher: XChaCha20Poly1305,
    address: Zeroizing<[u8; 32]>,
    token: Zeroizing<[u8; 32]>,
    check: [u8; 32],
    entropy: Entropy,
}

impl Sealer {
    pub(crate) fn new(master: &MasterKey, entropy: Entropy) -> Self {
        let seal = Zeroizing::new(master.derive(Purpose::Seal));
        Self {
            cipher: XChaCha20Poly1305::new((&*seal).into()),
            address: Zeroizing::new(master.derive(Purpose::Address)),
            token: Zeroizing::new(master.derive(Purpose::Token)),
            check: master.derive(Purpose::Check),
            entropy,
        }
    }

    /// Format byte, nonce (24 random bytes: chance never repeats one), ciphertext with tag.
    pub(crate) fn seal(&self, place: &Place, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        (self.entropy)(&mut nonce);
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &place.0 })
            .expect("the cipher takes any message below 256 GiB");
        let mut bytes = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        bytes.push(FORMAT);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        bytes
    }

    pub(crate) fn open(&self, place: &Place, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let damaged = || Fault::Corrupt("a value cannot be decrypted where it stands".into());
        let [FORMAT, rest @ ..] = bytes else { return Err(damaged()) };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or_else(damaged)?;
        self.cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &place.0 })
            .map_err(|_| damaged())
    }

    pub(crate) fn address(&self, email: &str) -> [u8; 32] {
        keyed_hash(&self.address, &[email_key(email).as_bytes()])
    }

    pub(crate) fn token(&self, purpose: TokenPurpose, token: Token<'_>) -> [u8; 32] {
        let label: &[u8] = match purpose {
            TokenPurpose::Session => b"session",
            TokenPurpose::Link => b"link",
            TokenPurpose::Browser => b"browser",
            TokenPurpose::Api => b"api",
            TokenPurpose::Invitation => b"invitation",
        };
        keyed_hash(&self.token, &[label, token.0])
    }

    /// A code is short: its hash is bound to the address, so that equal codes do not show.
    pub(crate) fn code(&self, address: &[u8; 32], code: Token<'_>) -> [u8; 32] {
        keyed_hash(&self.token, &[b"code", address, code.0])
    }

    /// What a database remembers to recognise its key.
    pub(crate) fn check(&self) -> [u8; 32] {
        self.check
    }
}
