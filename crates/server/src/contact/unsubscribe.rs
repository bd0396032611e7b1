//! The link that ends mails of one kind for one member without signing in (RFC 8058). It needs no row: it names whom and what
//! it is for and proves that this server made it. Knows no mail and no page.

use mic_engine::ids::{GroupId, Slot};
use mic_proof::base64;
use mic_proof::hash::{Hash, Hasher};
use mic_store::contract::GroupSecrets;

use crate::pages::settings::MailKind;

/// Bytes of the proof at the end of a token.
const PROOF_BYTES: usize = 16;
/// Group, slot, kind, proof.
const TOKEN_BYTES: usize = 16 + 4 + 1 + PROOF_BYTES;

/// Mails of this kind are not to come to this member any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailStop {
    pub group: GroupId,
    pub slot: Slot,
    pub kind: MailKind,
}

/// The token of the link: base64url of group (16 bytes), slot (4, big-endian), kind (1) and proof (16).
pub fn unsubscribe_token(stop: MailStop, secrets: &GroupSecrets) -> String {
    let mut bytes = named(stop);
    bytes.extend_from_slice(&proof(&bytes, secrets));
    base64::encode_url(&bytes)
}

impl MailStop {
    /// What a token says, before it is known whether it is genuine: the group's secrets tell ([`MailStop::is_proven_by`]).
    pub fn read(token: &str) -> Option<Self> {
        let bytes = base64::decode_url(token).ok()?;
        if bytes.len() != TOKEN_BYTES {
            return None;
        }
        let (group, rest) = bytes.split_first_chunk::<16>()?;
        let (slot, rest) = rest.split_first_chunk::<4>()?;
        let kind = kind_of(*rest.first()?)?;
        Some(Self { group: GroupId(*group), slot: Slot(u32::from_be_bytes(*slot)), kind })
    }

    /// Whether this server made the token.
    pub fn is_proven_by(self, token: &str, secrets: &GroupSecrets) -> bool {
        // Both sides are hashed before they are compared, so that the time taken tells nothing of the proof.
        let hashed = |text: &str| mic_proof::hash::sha256(text.as_bytes());
        hashed(token) == hashed(&unsubscribe_token(self, secrets))
    }
}

fn named(stop: MailStop) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(TOKEN_BYTES);
    bytes.extend_from_slice(&stop.group.0);
    bytes.extend_from_slice(&stop.slot.0.to_be_bytes());
    bytes.push(number_of(stop.kind));
    bytes
}

fn proof(named: &[u8], secrets: &GroupSecrets) -> [u8; PROOF_BYTES] {
    // Everything that is hashed has a fixed length, so nothing can be appended to it.
    let Hash(hash) =
        Hasher::new("mic-check/unsubscribe/v1\n").chain(secrets.signing_seed).chain(named).finish();
    let mut proof = [0; PROOF_BYTES];
    proof.copy_from_slice(&hash[..PROOF_BYTES]);
    proof
}

const fn number_of(kind: MailKind) -> u8 {
    match kind {
        MailKind::Broadcasts => 0,
        MailKind::Duty => 1,
        MailKind::Activity => 2,
    }
}

const fn kind_of(number: u8) -> Option<MailKind> {
    match number {
        0 => Some(MailKind::Broadcasts),
        1 => Some(MailKind::Duty),
        2 => Some(MailKind::Activity),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use mic_engine::ids::{GroupId, Slot};
    use mic_store::contract::GroupSecrets;

    use super::{MailStop, unsubscribe_token};
    use crate::pages::settings::MailKind;

    #[test]
    fn only_the_servers_own_tokens_count() {
        let secrets = GroupSecrets { signing_seed: [1; 32], beacon_secret: [2; 32] };
        let stop = MailStop { group: GroupId([7; 16]), slot: Slot(70_000), kind: MailKind::Duty };
        let token = unsubscribe_token(stop, &secrets);
        assert_eq!(MailStop::read(&token), Some(stop));
        assert!(stop.is_proven_by(&token, &secrets));
        let other = MailStop { slot: Slot(70_001), ..stop };
        assert!(!other.is_proven_by(&token, &secrets));
        let elsewhere = GroupSecrets { signing_seed: [3; 32], ..secrets };
        assert!(!stop.is_proven_by(&token, &elsewhere));
        for forged in ["", "x", &token[1..], &format!("{token}A"), "ÄÄÄ"] {
            assert_eq!(MailStop::read(forged), None, "{forged}");
        }
    }
}
