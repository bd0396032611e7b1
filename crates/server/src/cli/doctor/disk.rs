//! The machine itself: data folder, key, database, free space, and whether a sync reaches the disk. Knows no network.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use mic_store::contract::{Fault, Upkeep as _};
use mic_store::{MasterKey, Options, SqliteStore};

use super::Diagnosis;
use crate::app::{DATABASE_FILE, KEY_FILE, system_entropy};
use crate::config::Config;

/// Syncs that are measured.
const SYNCS: u32 = 20;
/// Slower than this and a busy group waits: acknowledged commands share a sync, so ten a second still carry a hundred people.
const SYNC_SLOW_MS: u128 = 50;
/// Faster than this and the sync most likely does not reach the disk.
const SYNC_SUSPICIOUS_US: u128 = 20;
/// Free space below which trouble is near, in KiB.
const FREE_KIB_MIN: u64 = 200 * 1_024;

pub(super) fn examine(config: &Config) -> Vec<Diagnosis> {
    let folder = &config.data;
    if !folder.is_dir() {
        let text = format!("{} is not there yet", folder.display());
        let advice = "it is made at the first start; --data or MIC_DATA names another one";
        return vec![Diagnosis::warn("data folder", text, advice)];
    }
    vec![permissions(folder), free_space(folder), sync(folder), key(folder), database(folder)]
}

#[expect(clippy::verbose_bit_mask, reason = "modes are read as bits")]
fn permissions(folder: &Path) -> Diagnosis {
    const MATTER: &str = "data folder";
    match std::fs::metadata(folder) {
        Ok(found) if found.permissions().mode() & 0o077 == 0 => {
            Diagnosis::ok(MATTER, format!("{}, for its owner alone", folder.display()))
        }
        Ok(_) => {
            let text = format!("others on this machine can look into {}", folder.display());
            Diagnosis::warn(MATTER, text, format!("run: chmod 700 {}", folder.display()))
        }
        Err(error) => Diagnosis::bad(MATTER, error.to_string(), "make it readable for this user"),
    }
}

/// Asked of `df` (POSIX), since the standard library cannot tell.
fn free_space(folder: &Path) -> Diagnosis {
    const MATTER: &str = "free space";
    let answer = Command::new("df").arg("-Pk").arg(folder).env("LC_ALL", "C").output();
    let text = answer.ok().map(|answer| String::from_utf8_lossy(&answer.stdout).into_owned());
    let free = text.as_deref().and_then(|text| {
        let line = text.lines().nth(1)?;
        line.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    match free {
        Some(free) if free >= FREE_KIB_MIN => {
            Diagnosis::ok(MATTER, format!("{} MiB", free / 1_024))
        }
        Some(free) => {
            let advice = "make room: a full disk refuses every act until there is space again";
            Diagnosis::bad(MATTER, format!("only {} MiB", free / 1_024), advice)
        }
        None => Diagnosis::warn(MATTER, "`df` gives no answer here", "look yourself"),
    }
}

fn sync(folder: &Path) -> Diagnosis {
    const MATTER: &str = "disk sync";
    match measure(folder) {
        Ok(us) if us > SYNC_SLOW_MS * 1_000 => Diagnosis::warn(
            MATTER,
            format!("{} ms each", us / 1_000),
            "a disk of its own, or an SSD, makes every act faster",
        ),
        Ok(us) if us < SYNC_SUSPICIOUS_US => Diagnosis::warn(
            MATTER,
            format!("{us} µs each: too fast to be true"),
            "memory disks and some virtual disks lose what they acknowledged when power fails",
        ),
        Ok(us) => Diagnosis::ok(MATTER, format!("{us} µs each")),
        Err(error) => Diagnosis::bad(
            MATTER,
            error.to_string(),
            "the folder must be writable, on a disk that syncs",
        ),
    }
}

/// Microseconds for a write of 4 KiB with its sync.
#[expect(clippy::disallowed_methods, reason = "how long a sync takes is what is asked")]
fn measure(folder: &Path) -> std::io::Result<u128> {
    let path = folder.join("doctor.test");
    let mut file = std::fs::File::create(&path)?;
    let started = Instant::now();
    let mut written = Ok(());
    for _ in 0..SYNCS {
        written =
            written.and_then(|()| file.write_all(&[0; 4_096])).and_then(|()| file.sync_data());
    }
    let taken = started.elapsed().as_micros() / u128::from(SYNCS);
    std::fs::remove_file(&path)?;
    written.map(|()| taken)
}

fn key(folder: &Path) -> Diagnosis {
    const MATTER: &str = "key file";
    let path = folder.join(KEY_FILE);
    if !path.exists() {
        let text = "there is none yet";
        return Diagnosis::warn(
            MATTER,
            text,
            "it is made at the first start; then keep a copy elsewhere",
        );
    }
    match MasterKey::read(&path) {
        Ok(_) => {
            Diagnosis::ok(MATTER, "readable for its owner alone; keep a copy on another machine")
        }
        Err(fault) => {
            let advice =
                "without this key every name, address and text is lost: restore it from the copy";
            Diagnosis::bad(MATTER, fault.to_string(), advice)
        }
    }
}

fn database(folder: &Path) -> Diagnosis {
    const MATTER: &str = "database";
    let (path, key) = (folder.join(DATABASE_FILE), folder.join(KEY_FILE));
    if !path.exists() || !key.exists() {
        return Diagnosis::ok(MATTER, "none yet; it is made at the first start");
    }
    let opened = MasterKey::read(&key)
        .and_then(|key| SqliteStore::open(&path, &key, Options::default(), system_entropy()));
    match opened.and_then(|store| store.check()) {
        Ok(damage) if damage.is_empty() => Diagnosis::ok(MATTER, "every journal is whole"),
        Ok(damage) => {
            let advice = "stop the server and restore the last copy, or mirror the group from a reader's export";
            Diagnosis::bad(MATTER, format!("{} journals are damaged", damage.len()), advice)
        }
        Err(Fault::InUse(_)) => Diagnosis::ok(MATTER, "a server is running with it"),
        Err(fault) => Diagnosis::bad(MATTER, fault.to_string(), "the message says what is wrong"),
    }
}
