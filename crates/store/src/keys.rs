//! The key file, and the keys derived from it. Knows nothing of what is encrypted. The file lies apart from the database, so that
//! a stolen database is of no use; whoever loses the file has lost every name, address and text.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

use crate::contract::Fault;

/// A key file is 64 hexadecimal digits and a line end; anything longer is some other file.
const KEY_FILE_BYTES_MAX: u64 = 80;

/// The key all others are derived from. Leaves memory when dropped and is never printed.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

/// What a derived key is for. Two purposes never share a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Encryption of rows.
    Seal,
    /// Looking up addresses.
    Address,
    /// Looking up tokens of all kinds.
    Token,
    /// Recognising the key file that belongs to a database.
    Check,
}

impl Drop for MasterKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MasterKey(hidden)")
    }
}

impl MasterKey {
    /// A key from 32 random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads a key file: 64 hexadecimal digits, readable by its owner alone (mode 0600 or stricter).
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let refuse = |reason: &str| Fault::KeyFile { path: path.to_owned(), reason: reason.into() };
        let file = File::open(path).map_err(|error| refuse(&error.to_string()))?;
        let mode =
            file.metadata().map_err(|error| refuse(&error.to_string()))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(refuse("others can read it: run `chmod 600` on it"));
        }
        let mut text = String::new();
        let read = file.take(KEY_FILE_BYTES_MAX).read_to_string(&mut text);
        let key = read.ok().and_then(|_| parse(text.trim_end()));
        text.zeroize();
        key.map(Self).ok_or_else(|| refuse("it does not hold 64 hexadecimal digits"))
    }

    /// Writes a new key file, mode 0600, from 32 random bytes, durably. A file that is there already is never replaced.
    pub fn create(path: &Path, random: [u8; 32]) -> Result<Self, Fault> {
        let refuse = |error: std::io::Error| {
            let reason = match error.kind() {
                ErrorKind::AlreadyExists => "it is there already and is not replaced".to_owned(),
                _ => error.to_string(),
            };
            Fault::KeyFile { path: path.to_owned(), reason }
        };
        let mut text = String::with_capacity(65);
        for byte in random {
            text.push(digit(byte >> 4));
            text.push(digit(byte & 15));
        }
        text.push('\n');
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(refuse)?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        text.zeroize();
        written.map_err(refuse)?;
        sync_folder_of(path).map_err(refuse)?;
        Ok(Self(random))
    }

    /// HMAC-SHA-256 of the purpose under the master key: a key of its own for each purpose.
    pub(crate) fn derive(&self, purpose: Purpose) -> [u8; 32] {
        let label = match purpose {
            Purpose::Seal => "mic-check/store/v1/seal",
            Purpose::Address => "mic-check/store/v1/address",
            Purpose::Token => "mic-check/store/v1/token",
            Purpose::Check => "mic-check/store/v1/check",
        };
        keyed_hash(&self.0, &[label.as_bytes()])
    }
}

/// HMAC-SHA-256 (RFC 2104) over the parts, each preceded by its length, so that no two lists of parts are alike.
pub(crate) fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A new name in a folder is durable only when the folder is synced.
pub(crate) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 })
}

fn parse(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(key)
}
