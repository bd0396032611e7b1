//! The two base64 spellings that journals contain, each with exactly one text for any bytes.
//!
//! Knows nothing of what the bytes are.

use crate::hash::SpellingError;

/// base64url without padding (RFC 4648, section 5): bytes inside entries.
pub fn encode_url(bytes: &[u8]) -> String {
    write(bytes, URL)
}

/// Reads base64url without padding; refuses white space, padding and bits left over.
pub fn decode_url(text: &str) -> Result<Vec<u8>, SpellingError> {
    read(text, URL)
}

/// Standard base64 with padding (RFC 4648, section 4): hashes and signatures in notes.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = write(bytes, STANDARD);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Reads standard base64; the padding must be there, and no bits may be left over.
pub fn decode(text: &str) -> Result<Vec<u8>, SpellingError> {
    if !text.len().is_multiple_of(4) {
        return Err(SpellingError);
    }
    let bare = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let bytes = read(bare, STANDARD)?;
    // One pad too many or too few would leave a length that does not belong to these bytes.
    if encode(&bytes) == text { Ok(bytes) } else { Err(SpellingError) }
}

const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn write(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0, 0, 0, 0];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes(group);
        for nth in 0..=chunk.len() {
            let six = (bits >> (18 - 6 * nth)) & 63;
            text.push(char::from(alphabet[six as usize]));
        }
    }
    text
}

fn read(text: &str, alphabet: &[u8; 64]) -> Result<Vec<u8>, SpellingError> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        if chunk.len() == 1 {
            return Err(SpellingError);
        }
        let mut bits: u32 = 0;
        for nth in 0..4 {
            let six = match chunk.get(nth) {
                Some(letter) => digit(*letter, alphabet)?,
                None => 0,
            };
            bits = bits << 6 | u32::from(six);
        }
        let group = bits.to_be_bytes();
        let (kept, left_over) = group[1..].split_at(chunk.len() - 1);
        if left_over.iter().any(|byte| *byte != 0) {
            return Err(SpellingError);
        }
        bytes.extend_from_slice(kept);
    }
    Ok(bytes)
}

fn digit(letter: u8, alphabet: &[u8; 64]) -> Result<u8, SpellingError> {
    match letter {
        b'A'..=b'Z' => Ok(letter - b'A'),
        b'a'..=b'z' => Ok(letter - b'a' + 26),
        b'0'..=b'9' => Ok(letter - b'0' + 52),
        other if other == alphabet[62] => Ok(62),
        other if other == alphabet[63] => Ok(63),
        _ => Err(SpellingError),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_its_own_inverse_and_has_one_spelling() {
        for length in 0..40_u8 {
            let bytes: Vec<u8> = (0..length).map(|nth| nth.wrapping_mul(37) ^ 0xf8).collect();
            assert_eq!(decode_url(&encode_url(&bytes)), Ok(bytes.clone()));
            assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }
        assert_eq!(encode(b"foob"), "Zm9vYg==");
        for wrong in ["Zm9vYg", "Zm9vYg=", "Zm9vYh==", "Zm9v Yg=", "Zm9vYg===", "=", "Zm-vYg=="] {
            assert!(decode(wrong).is_err(), "{wrong}");
        }
        for wrong in ["A", "AB", "Zm9vYg==", "Zm+v", "Zm9v\n"] {
            assert!(decode_url(wrong).is_err(), "{wrong}");
        }
        assert_eq!(decode_url("AA"), Ok(vec![0]));
    }
}
