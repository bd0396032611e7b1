//! SHA-256 as this project uses it, and hexadecimal.
//!
//! Knows nothing of entries or trees beyond the two prefixes that RFC 6962 puts before them.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// A SHA-256 value; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// 64 zeros: what stands before the first broadcast.
    pub const ZERO: Hash = Hash([0; 32]);

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From exactly 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Hash> {
        bytes.try_into().ok().map(Hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// The text is not the one spelling of the bytes it should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpellingError;

impl fmt::Display for SpellingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not hexadecimal or base64 in its one allowed spelling")
    }
}

impl std::error::Error for SpellingError {}

impl FromStr for Hash {
    type Err = SpellingError;

    fn from_str(text: &str) -> Result<Hash, SpellingError> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(SpellingError);
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = hex_digit(pair[0])? * 16 + hex_digit(pair[1])?;
        }
        Ok(Hash(bytes))
    }
}

/// SHA-256 of these bytes: the name of a document.
pub fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// RFC 6962, section 2.1: the hash of a leaf, SHA-256(0x00 ‖ bytes).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(bytes).finalize().into())
}

/// RFC 6962, section 2.1: the hash of an inner node, SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(&left.0);
    bytes[33..].copy_from_slice(&right.0);
    sha256(&bytes)
}

/// SHA-256 of a domain line followed by parts, so that a value made for one purpose is never
/// one made for another: `Hasher::new("mic-check/draw/v1\n").chain(..).finish()`.
pub struct Hasher(Sha256);

impl Hasher {
    /// Starts with the domain, which ends in a newline.
    pub fn new(domain: &str) -> Hasher {
        Hasher(Sha256::new().chain_update(domain))
    }

    /// Appends bytes.
    #[must_use]
    pub fn chain(self, bytes: impl AsRef<[u8]>) -> Hasher {
        Hasher(self.0.chain_update(bytes))
    }

    /// The hash of all that was added.
    pub fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(HEX[usize::from(byte >> 4)]));
        text.push(char::from(HEX[usize::from(byte & 15)]));
    }
    text
}

/// Reads lower-case hexadecimal.
pub fn hex_decode(text: &str) -> Result<Vec<u8>, SpellingError> {
    if !text.len().is_multiple_of(2) {
        return Err(SpellingError);
    }
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| Ok(hex_digit(pair[0])? * 16 + hex_digit(pair[1])?))
        .collect()
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn hex_digit(digit: u8) -> Result<u8, SpellingError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(SpellingError),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b"").to_string(), empty);
        assert_eq!(empty.parse(), Ok(sha256(b"")));
        assert!(empty.to_uppercase().parse::<Hash>().is_err());
        // RFC 6962's own test tree: the leaf of the empty entry.
        let leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(leaf_hash(b"").to_string(), leaf);
    }
}
