//! Checkpoints: the signed heads of a journal, as C2SP signed notes (`signed-note`,
//! `tlog-checkpoint`).
//!
//! A checkpoint is three lines (origin, size, root), an empty line, and signature lines. Knows
//! nothing of what the tree holds or when a checkpoint was published.

use std::fmt;

use ed25519_dalek::Signer;

use crate::base64;
use crate::encode::INTEGER_MAX;
use crate::hash::{self, Hash};

/// A note is at most this long, in bytes.
pub const NOTE_BYTES_MAX: usize = 8_000;
/// A note carries at most this many signatures (C2SP: at least 16 must be possible).
pub const SIGNATURES_MAX: usize = 16;
/// An origin is at most this long, in bytes.
pub const ORIGIN_BYTES_MAX: usize = 255;
/// The size of a tree has at most this many digits: 2⁵³−1 has 16.
const SIZE_DIGITS_MAX: usize = 16;

/// The key a group signs its checkpoints with. Wiped from memory when dropped.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

/// The public half of a [`SigningKey`]; always a full-order point in its canonical spelling.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

/// What a checkpoint says: the journal `origin` had `size` entries with this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// the first line; also the name of the signing key
    pub origin: String,
    /// how many entries
    pub size: u64,
    /// the root of their tree
    pub root: Hash,
}

/// Why a note is not a checkpoint of this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteError {
    /// 32 bytes that are no usable Ed25519 key
    BadKey,
    /// longer than [`NOTE_BYTES_MAX`] or more signatures than [`SIGNATURES_MAX`]
    TooLarge,
    /// not in the form of a signed note
    Malformed,
    /// a note, but its body is not a checkpoint
    NotACheckpoint,
    /// a checkpoint of another journal
    OtherOrigin,
    /// no signature by this key
    Unsigned,
    /// a signature that claims to be by this key and is not, or stands there twice
    BadSignature,
}

impl fmt::Display for NoteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::BadKey => "not a usable Ed25519 key",
            Self::TooLarge => "the note is too long",
            Self::Malformed => "not a signed note",
            Self::NotACheckpoint => "the note is not a checkpoint",
            Self::OtherOrigin => "the checkpoint is of another journal",
            Self::Unsigned => "not signed by the group's key",
            Self::BadSignature => "the signature does not hold",
        })
    }
}

impl std::error::Error for NoteError {}

impl SigningKey {
    /// From 32 secret bytes (RFC 8032 seed).
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        SigningKey(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    /// The 64-byte Ed25519 signature over these bytes.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningKey(secret)")
    }
}

impl VerifyingKey {
    /// From 32 bytes. Refuses points of small order and spellings that RFC 8032 does not produce,
    /// so that every verifier agrees on what a key is.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<VerifyingKey, NoteError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| NoteError::BadKey)?;
        let canonical = key.to_edwards().compress().to_bytes() == *bytes;
        if canonical && !key.is_weak() { Ok(VerifyingKey(key)) } else { Err(NoteError::BadKey) }
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether this is a strict Ed25519 signature of these bytes (canonical S, no small order).
    pub fn verifies(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(bytes, &signature).is_ok()
    }

    /// C2SP key id: the first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ key).
    pub fn id(&self, name: &str) -> [u8; 4] {
        let mut bytes = Vec::with_capacity(name.len() + 34);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b"\n\x01");
        bytes.extend_from_slice(self.as_bytes());
        let [first, second, third, fourth, ..] = hash::sha256(&bytes).0;
        [first, second, third, fourth]
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "VerifyingKey({})", base64::encode_url(self.as_bytes()))
    }
}

impl Checkpoint {
    /// The three lines that are signed.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64::encode(self.root.as_bytes()))
    }

    fn parse(body: &str) -> Result<Checkpoint, NoteError> {
        let wrong = NoteError::NotACheckpoint;
        let mut lines = body.strip_suffix('\n').ok_or(wrong)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(wrong);
        };
        let root = base64::decode(root).map_err(|_| wrong)?;
        Ok(Checkpoint {
            origin: valid_origin(origin).then(|| origin.to_owned()).ok_or(wrong)?,
            size: parse_size(size).ok_or(wrong)?,
            root: Hash::from_slice(&root).ok_or(wrong)?,
        })
    }
}

/// Whether this can be the origin of a journal: visible ASCII without a plus sign, not empty.
pub fn valid_origin(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'+');
    plain && !name.is_empty() && name.len() <= ORIGIN_BYTES_MAX
}

/// The signed note of a checkpoint:
///
/// ```text
/// example.org/group
/// 2
/// X+eTk4pZh2ZqdvdWZ0Hm0cJhJzHuX7XX3l5MUkZUGBw=
///
/// — example.org/group aBcDeF...
/// ```
///
/// # Panics
/// If the origin is not a [`valid_origin`]: the group was founded with one.
pub fn sign_checkpoint(checkpoint: &Checkpoint, key: &SigningKey) -> String {
    assert!(valid_origin(&checkpoint.origin), "an origin without spaces or plus signs");
    let body = checkpoint.body();
    let mut signature = key.verifying_key().id(&checkpoint.origin).to_vec();
    signature.extend_from_slice(&key.sign(body.as_bytes()));
    format!("{body}\n— {} {}\n", checkpoint.origin, base64::encode(&signature))
}

/// Reads a checkpoint of the journal `origin` and believes it if `key` signed it. Signatures by
/// other keys (witnesses) are passed over, as C2SP asks.
pub fn open_checkpoint(
    text: &str,
    origin: &str,
    key: &VerifyingKey,
) -> Result<Checkpoint, NoteError> {
    let (body, signatures) = split_note(text)?;
    let checkpoint = Checkpoint::parse(body)?;
    if checkpoint.origin != origin {
        return Err(NoteError::OtherOrigin);
    }
    let id = key.id(origin);
    let mut signed = false;
    for (name, bytes) in signatures {
        let Some((by, signature)) = bytes.split_first_chunk::<4>() else {
            return Err(NoteError::Malformed);
        };
        if name != origin || *by != id {
            continue;
        }
        let signature: &[u8; 64] = signature.try_into().map_err(|_| NoteError::BadSignature)?;
        if signed || !key.verifies(body.as_bytes(), signature) {
            return Err(NoteError::BadSignature);
        }
        signed = true;
    }
    if signed { Ok(checkpoint) } else { Err(NoteError::Unsigned) }
}

/// What a note says, believed by nobody yet: for findings about notes that are not signed right.
pub fn read_checkpoint(text: &str) -> Result<Checkpoint, NoteError> {
    let (body, _) = split_note(text)?;
    Checkpoint::parse(body)
}

type SignatureLine<'a> = (&'a str, Vec<u8>);

/// The signed text, with its last newline, and the signature lines behind the empty line.
fn split_note(text: &str) -> Result<(&str, Vec<SignatureLine<'_>>), NoteError> {
    if text.len() > NOTE_BYTES_MAX {
        return Err(NoteError::TooLarge);
    }
    if text.chars().any(|letter| letter.is_ascii_control() && letter != '\n') {
        return Err(NoteError::Malformed);
    }
    let middle = text.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (body, rest) = (&text[..=middle], &text[middle + 2..]);
    let lines = rest.strip_suffix('\n').ok_or(NoteError::Malformed)?;
    let mut signatures = Vec::new();
    for line in lines.split('\n') {
        if signatures.len() == SIGNATURES_MAX {
            return Err(NoteError::TooLarge);
        }
        let parts = line.strip_prefix("— ").and_then(|line| line.split_once(' '));
        let (name, encoded) = parts.ok_or(NoteError::Malformed)?;
        let bytes = base64::decode(encoded).map_err(|_| NoteError::Malformed)?;
        // A key id and at least one byte of signature.
        if !valid_key_name(name) || bytes.len() < 5 {
            return Err(NoteError::Malformed);
        }
        signatures.push((name, bytes));
    }
    Ok((body, signatures))
}

/// C2SP signed-note: not empty, no white space, no plus sign. Witnesses may use other scripts.
fn valid_key_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|letter: char| letter.is_whitespace() || letter == '+')
}

fn parse_size(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !text.is_empty() && (text == "0" || !text.starts_with('0'));
    let short = text.len() <= SIZE_DIGITS_MAX;
    let size = if digits && plain && short { text.parse().ok() } else { None };
    size.filter(|size| *size <= INTEGER_MAX.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "example.org/group";

    fn signed() -> (VerifyingKey, String, Checkpoint) {
        let key = SigningKey::from_seed(&[7; 32]);
        let checkpoint =
            Checkpoint { origin: ORIGIN.to_owned(), size: 12, root: hash::sha256(b"root") };
        (key.verifying_key(), sign_checkpoint(&checkpoint, &key), checkpoint)
    }

    #[test]
    fn a_signed_checkpoint_opens_and_no_altered_byte_does() {
        let (key, note, checkpoint) = signed();
        assert_eq!(open_checkpoint(&note, ORIGIN, &key), Ok(checkpoint.clone()));
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut bytes = note.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(text) = String::from_utf8(bytes) {
                    assert!(open_checkpoint(&text, ORIGIN, &key).is_err(), "byte {at} bit {bit}");
                }
            }
        }
        for length in 0..note.len() {
            if let Some(text) = note.get(..length) {
                assert!(open_checkpoint(text, ORIGIN, &key).is_err(), "cut at {length}");
            }
        }
    }

    #[test]
    fn signatures_of_others_are_passed_over_and_false_ones_are_not() {
        let (key, note, checkpoint) = signed();
        let witness = SigningKey::from_seed(&[9; 32]);
        let other = sign_checkpoint(&checkpoint, &witness);
        let line = other.lines().last().expect("a signature line");
        let both = format!("{note}{line}\n");
        assert_eq!(open_checkpoint(&both, ORIGIN, &key), Ok(checkpoint.clone()));
        assert_eq!(open_checkpoint(&other, ORIGIN, &key), Err(NoteError::Unsigned));
        let mut forged = key.id(ORIGIN).to_vec();
        forged.extend_from_slice(&[1; 64]);
        let text = format!("{note}— {ORIGIN} {}\n", base64::encode(&forged));
        assert_eq!(open_checkpoint(&text, ORIGIN, &key), Err(NoteError::BadSignature));
        let many = format!("{note}{}", format!("{line}\n").repeat(SIGNATURES_MAX));
        assert_eq!(open_checkpoint(&many, ORIGIN, &key), Err(NoteError::TooLarge));
        assert_eq!(open_checkpoint(&note, "other.org/group", &key), Err(NoteError::OtherOrigin));
    }

    #[test]
    fn sizes_have_one_spelling() {
        for text in ["", "01", "+1", " 1", "-1", "1_0", "9007199254740992"] {
            assert_eq!(parse_size(text), None, "{text}");
        }
        assert_eq!(parse_size("0"), Some(0));
        assert_eq!(parse_size("9007199254740991"), Some(9_007_199_254_740_991));
    }

    #[test]
    fn weak_and_misspelt_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(VerifyingKey::from_bytes(&identity), Err(NoteError::BadKey));
        let mut beyond_p = [0xff; 32];
        beyond_p[0] = 0xf0; // y = p + 3, the same point as y = 3
        beyond_p[31] = 0x7f;
        assert_eq!(VerifyingKey::from_bytes(&beyond_p), Err(NoteError::BadKey));
    }
}
