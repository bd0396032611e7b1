//! The small signed file that travels with a broadcast and proves that those whom the rules name
//! approved it (`spec/certificate.md`).
//!
//! Builds one from parts and checks one alone, offline. Knows nothing of the rest of the journal,
//! and says what therefore stays unchecked.

/// closing entries of votes, and positions
mod asking;
/// draws
mod draw;
/// what the entries of a certificate prove by themselves
mod replay;

use std::collections::BTreeMap;

use crate::base64;
use crate::encode::{Value, decode_limited, encode};
use crate::entry::{BeaconKind, Entry, Event, Founded, read_entry, read_group};
use crate::finding::{Code, Finding, Refused, Report, need};
use crate::hash::{Hash, leaf_hash};
use crate::note::{Checkpoint, VerifyingKey, open_checkpoint, valid_origin};
use crate::replay::Options;
use crate::tree::verify_inclusion;

/// A certificate is at most this long, in bytes.
pub const CERTIFICATE_BYTES_MAX: usize = 1_000_000;
/// No tree is so large that a proof has more steps.
const PROOF_STEPS_MAX: usize = 63;

/// What a certificate says, once it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// where the randomness of its draws came from
    pub beacon: BeaconKind,
    /// the group, 32 hexadecimal digits
    pub group: String,
    /// the origin of its checkpoints
    pub origin: String,
    /// the group's public key
    pub key: [u8; 32],
    /// the number of the broadcast
    pub number: u64,
    /// the proposal it came from
    pub proposal: u64,
    /// the version that was approved
    pub version: Hash,
    /// the signed head that its proofs lead to
    pub checkpoint: Checkpoint,
    /// the position of `broadcast.ordered`
    pub ordered_at: u64,
}

/// An entry on its way into a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// its position in the journal
    pub index: u64,
    /// its exact text
    pub entry: String,
    /// its inclusion proof to the checkpoint
    pub proof: Vec<Hash>,
}

/// Whether an entry belongs into the certificate of a broadcast of this proposal. Leavings do if a
/// draw of the proposal was called before, and so does the last `charter.amended` before the
/// proposal was opened; the caller knows which.
pub fn is_carried(event: &Event, proposal: u64) -> bool {
    let left_out = match event {
        Event::GroupFounded(_) => return true,
        Event::BallotCast { .. }
        | Event::JurorAside { .. }
        | Event::ReminderCalled { .. }
        | Event::ProposalClosed { .. }
        | Event::ProposalWithdrawn { .. }
        | Event::VoteCast { .. }
        | Event::PledgeMade { .. }
        | Event::PledgeWithdrawn { .. }
        | Event::ObjectionRaised { .. }
        | Event::ObjectionWithdrawn { .. }
        | Event::StatementMade { .. }
        | Event::MemberAdmitted { .. }
        | Event::MemberRemoved { .. }
        | Event::CharterAmended { .. }
        | Event::ActionCalled { .. }
        | Event::DecisionRecorded { .. } => true,
        _ => false,
    };
    !left_out && event.proposal() == Some(proposal)
}

/// The slot that an entry makes empty, if it makes one: later draws pass over it.
pub fn leaving(event: &Event) -> Option<u32> {
    match event {
        Event::MemberLeft { by } | Event::MemberErased { by } => Some(*by),
        Event::MemberRemoved { slot, .. } => Some(*slot),
        _ => None,
    }
}

/// The file name of a certificate: `certificate-GROUP8-NUMBER.json`.
pub fn file_name(group: &str, number: u64) -> String {
    format!("certificate-{}-{number}.json", group.get(..8).unwrap_or(group))
}

/// Builds the certificate of the broadcast that the last entry orders. `entries` stand in journal
/// order and begin with the founding; `exclusions` are the lists of its draws by step.
pub fn build(
    checkpoint: &str,
    entries: &[Proven],
    exclusions: &BTreeMap<u64, String>,
) -> Result<Vec<u8>, Refused> {
    let wrong = |text: &str| Refused::new(Code::CertificateInvalid, text);
    let first = entries.first().ok_or_else(|| wrong("no entries"))?;
    let last = entries.last().ok_or_else(|| wrong("no entries"))?;
    let Event::GroupFounded(founded) = read_entry(first.entry.as_bytes())?.event else {
        return Err(wrong("does not begin with the founding of the group"));
    };
    let Event::BroadcastOrdered { proposal, number, version, .. } =
        read_entry(last.entry.as_bytes())?.event
    else {
        return Err(wrong("does not end with a broadcast"));
    };
    let natural = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let proven = |it: &Proven| {
        let proof = it.proof.iter().map(|hash| Value::text(base64::encode(hash.as_bytes())));
        Value::map([
            ("entry", Value::text(&it.entry)),
            ("index", natural(it.index)),
            ("proof", Value::List(proof.collect())),
        ])
    };
    let lists = exclusions.iter().map(|(step, text)| (step.to_string(), Value::text(text)));
    let bytes = encode(&Value::map([
        ("beacon", founded.beacon.word().into()),
        ("checkpoint", Value::text(checkpoint)),
        ("entries", Value::List(entries.iter().map(proven).collect())),
        ("exclusions", Value::Map(lists.collect())),
        ("group", Value::text(&founded.group)),
        ("key", Value::text(base64::encode_url(&founded.key))),
        ("number", natural(number)),
        ("origin", Value::text(&founded.origin)),
        ("proposal", natural(proposal)),
        ("v", Value::Int(1)),
        ("version", Value::text(version.to_string())),
    ]));
    need(bytes.len() <= CERTIFICATE_BYTES_MAX, Code::CertificateInvalid, "too long")?;
    Ok(bytes)
}

/// Checks a certificate alone and tells what was found. Gives the reason to refuse it, if any.
/// `version` is the hash of the message it came with, if there is one.
pub fn verify_certificate(
    bytes: &[u8],
    options: &Options<'_>,
    version: Option<&Hash>,
    tell: &mut dyn FnMut(Finding),
) -> Result<Certificate, Code> {
    let mut report = Report::new(tell);
    match check(bytes, options, version, &BTreeMap::new()) {
        Err(refused) => {
            let code = refused.code;
            report.bad(None, refused);
            Err(code)
        }
        Ok(found) => {
            let (number, group, version) = (found.number, &found.group, found.version);
            let text = format!("broadcast {number} of group {group}, version {version}");
            report.ok(Code::Certificate, Some(found.ordered_at), text);
            if found.beacon == BeaconKind::Local {
                let text = "drawn with the server's own chain: the operator could have foreseen it";
                report.note(Code::BeaconLocal, None, text);
            }
            let text = "needs the whole journal: how many ballots were cast, who had to be \
                        excluded, that numbers and deadlines are those of the charter, which \
                        charter was in force, and the ballots, count and quorum of a vote";
            report.note(Code::NotChecked, None, text);
            Ok(found)
        }
    }
}

/// Checks a certificate. `known` are rounds whose links or signatures were checked already.
pub(crate) fn check(
    bytes: &[u8],
    options: &Options<'_>,
    version: Option<&Hash>,
    known: &BTreeMap<u64, Hash>,
) -> Result<Certificate, Refused> {
    let parts = Parts::read(bytes)?;
    if let Some(expected) = options.expected_key {
        let same = parts.key == expected;
        need(same, Code::KeyMismatch, "signed with another key than the one expected")?;
    }
    let signature =
        |error: crate::note::NoteError| Refused::new(Code::CheckpointSignature, error.to_string());
    let key = VerifyingKey::from_bytes(&parts.key).map_err(signature)?;
    let checkpoint = open_checkpoint(&parts.checkpoint, &parts.origin, &key).map_err(signature)?;
    let entries = included(&parts, &checkpoint)?;
    let founded = founding(&entries, &parts)?;
    let mut replay = replay::Replay::new(&parts, founded, &key, options, known);
    for (entry, leaf) in entries.iter().skip(1) {
        replay.take(entry, *leaf)?;
    }
    replay.finish(version)?;
    Ok(Certificate {
        beacon: parts.beacon,
        ordered_at: entries.last().map_or(0, |(entry, _)| entry.seq),
        group: parts.group,
        origin: parts.origin,
        key: parts.key,
        number: parts.number,
        proposal: parts.proposal,
        version: parts.version,
        checkpoint,
    })
}

/// Every entry with its leaf hash, in order and under the checkpoint.
fn included(parts: &Parts, checkpoint: &Checkpoint) -> Result<Vec<(Entry, Hash)>, Refused> {
    let code = Code::CertificateInvalid;
    let mut entries: Vec<(Entry, Hash)> = Vec::new();
    let mut before = None;
    for proven in &parts.entries {
        need(before < Some(proven.index), code, "entries out of order")?;
        before = Some(proven.index);
        let leaf = leaf_hash(proven.entry.as_bytes());
        let (size, root) = (checkpoint.size, &checkpoint.root);
        let holds = verify_inclusion(&leaf, proven.index, size, &proven.proof, root);
        need(holds, code, format_args!("entry {} is not in the journal", proven.index))?;
        let entry = read_entry(proven.entry.as_bytes())?;
        let same = entry.seq == proven.index;
        need(same, code, format_args!("entry {} carries another seq", proven.index))?;
        let forward = entries.last().is_none_or(|(before, _)| before.at <= entry.at);
        let text = format_args!("entry {} is older than the one before", proven.index);
        need(forward, Code::TimeWentBack, text)?;
        entries.push((entry, leaf));
    }
    Ok(entries)
}

fn founding<'a>(entries: &'a [(Entry, Hash)], parts: &Parts) -> Result<&'a Founded, Refused> {
    let Some((Entry { seq: 0, event: Event::GroupFounded(founded), .. }, _)) = entries.first()
    else {
        let text = "does not begin with the founding of the group";
        return Err(Refused::new(Code::CertificateInvalid, text));
    };
    let same =
        founded.key == parts.key && founded.group == parts.group && founded.origin == parts.origin;
    need(same, Code::KeyMismatch, "key, group or origin is not that of the founding")?;
    let beacon = founded.beacon == parts.beacon;
    need(beacon, Code::CertificateInvalid, "names another beacon than the founding")?;
    Ok(founded)
}

/// A certificate as it was read, nothing checked but its form.
pub(crate) struct Parts {
    beacon: BeaconKind,
    checkpoint: String,
    entries: Vec<Proven>,
    exclusions: BTreeMap<String, String>,
    group: String,
    key: [u8; 32],
    number: u64,
    origin: String,
    proposal: u64,
    version: Hash,
}

impl Parts {
    fn read(bytes: &[u8]) -> Result<Parts, Refused> {
        let wrong = |text: String| Refused::new(Code::CertificateInvalid, text);
        let value = decode_limited(bytes, CERTIFICATE_BYTES_MAX)
            .map_err(|error| wrong(error.to_string()))?;
        Parts::from_value(&value)
            .ok_or_else(|| wrong("fields missing, unknown or not what they should be".to_owned()))
    }

    fn from_value(value: &Value) -> Option<Parts> {
        let fields = value.as_map()?;
        let text = |name: &str| fields.get(name)?.as_text().map(str::to_owned);
        let natural = |name: &str| fields.get(name)?.as_natural();
        let lists = fields.get("exclusions")?.as_map()?.iter();
        let lists = lists.map(|(step, list)| Some((step.clone(), list.as_text()?.to_owned())));
        let parts = Parts {
            beacon: BeaconKind::parse(&text("beacon")?)?,
            checkpoint: text("checkpoint")?,
            entries: fields.get("entries")?.as_list()?.iter().map(proven).collect::<Option<_>>()?,
            exclusions: lists.collect::<Option<_>>()?,
            group: text("group")?,
            key: base64::decode_url(&text("key")?).ok()?.try_into().ok()?,
            number: natural("number")?,
            origin: text("origin")?,
            proposal: natural("proposal")?,
            version: text("version")?.parse().ok()?,
        };
        let version = natural("v")? == 1;
        let named = read_group(&parts.group).is_some() && valid_origin(&parts.origin);
        (version && named && fields.len() == 11).then_some(parts)
    }
}

fn proven(value: &Value) -> Option<Proven> {
    let fields = value.as_map().filter(|fields| fields.len() == 3)?;
    let steps = fields.get("proof")?.as_list().filter(|steps| steps.len() <= PROOF_STEPS_MAX)?;
    let step = |step: &Value| Hash::from_slice(&base64::decode(step.as_text()?).ok()?);
    Some(Proven {
        index: fields.get("index")?.as_natural()?,
        entry: fields.get("entry")?.as_text()?.to_owned(),
        proof: steps.iter().map(step).collect::<Option<_>>()?,
    })
}
