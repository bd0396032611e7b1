//! Founding a group: its first entry, its charter and its members, all at once or not at all.
//! Knows nothing of CSV and forms.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};
use mic_proof::hash::{Hash, leaf_hash, sha256};
use mic_proof::tree::Frontier;

use crate::append::{Append, Document, DocumentKind, EntryBytes, PersonWrite};
use crate::batch::Entropy;
use crate::charter::{Charter, parse};
use crate::command::Founding;
use crate::event::{Actor, Entry, Event, Founded};
use crate::ids::{CLOCK_TIME_MAX, LogTime, ProposalNumber, Seq, Slot};
use crate::parcel::Notice;
use crate::refusal::Refusal;
use crate::state::State;
use crate::state::charters::Charters;
use crate::state::roll::Roll;
use crate::state::texts::{TurnedDown, Written};
use crate::{notices, version, wire};

/// Below this nobody could co-sign and judge what another one writes.
pub const FOUNDERS_MIN: u32 = 3;
/// Most members a group can be founded with.
pub const FOUNDERS_MAX: u32 = 1_000_000;
/// Longest first line of a checkpoint, in bytes.
pub const ORIGIN_BYTES_MAX: usize = 200;

/// A new group: its state after the first entry, and what has to become durable.
pub fn found(
    founding: Founding,
    now: LogTime,
    entropy: &Entropy,
) -> Result<(State, Append), Refusal> {
    let members = u32::try_from(founding.members.len()).unwrap_or(u32::MAX);
    if members < FOUNDERS_MIN {
        return Err(Refusal::TooFewMembers { min: FOUNDERS_MIN });
    }
    if members > FOUNDERS_MAX {
        return Err(Refusal::TooManyMembers { max: FOUNDERS_MAX });
    }
    if now > CLOCK_TIME_MAX {
        return Err(Refusal::ClockBroken);
    }
    if founding.origin.len() > ORIGIN_BYTES_MAX {
        return Err(Refusal::ProfileInvalid);
    }
    let charter =
        parse::parse_for_group(&founding.charter_text).map_err(|_| Refusal::CharterInvalid)?;
    let profile = version::profile_to_bytes(&founding.profile)?;
    let charter_bytes = founding.charter_text.into_bytes();
    let founded = Founded {
        group: founding.group,
        origin: founding.origin,
        key: founding.key,
        charter: sha256(&charter_bytes),
        profile: sha256(&profile),
        members,
        beacon: founding.beacon,
        chain: founding.chain,
    };
    let event = Event::Founded(founded.clone());
    let entry = Entry { seq: Seq(0), at: now, actor: Actor::Node, salt: salt(entropy), event };
    let bytes = wire::to_bytes(&entry).map_err(|_| Refusal::ProfileInvalid)?;
    let leaf = leaf_hash(&bytes);
    let document =
        |kind, bytes: Vec<u8>| Document { hash: sha256(&bytes), bytes, kind, proposal: None };
    let people = founding.members.into_iter().zip(0..);
    let append = Append {
        group: founded.group,
        expected: Seq(0),
        entries: vec![EntryBytes { bytes, leaf, proposal: None }],
        documents: vec![
            document(DocumentKind::Charter, charter_bytes),
            document(DocumentKind::Profile, profile),
        ],
        erased_documents: Vec::new(),
        vault: Vec::new(),
        people: people
            .map(|(person, slot)| PersonWrite::Found { slot: Slot(slot), person })
            .collect(),
        // The founder typed their addresses in: the first mail tells them where they are, and how to leave.
        parcels: notices::everyone(members, Notice::Welcome { slot: Slot(0) }),
        keys: Vec::new(),
    };
    Ok((first_state(founded, Arc::new(charter), now, leaf), append))
}

/// Other groups of the same turn derive theirs from the same entropy: a salt, which is public, must not give it away.
fn salt(entropy: &Entropy) -> [u8; 32] {
    let mut input = b"mic-check/founding\n".to_vec();
    input.extend_from_slice(&entropy.0);
    *sha256(&input).as_bytes()
}

/// The state after the first entry of a journal; the charter is that of the entry.
pub fn first_state(founded: Founded, charter: Arc<Charter>, at: LogTime, leaf: Hash) -> State {
    let mut tree = Frontier::new();
    tree.push(leaf);
    State {
        charters: Charters::founded(founded.charter, charter.clone()),
        charter,
        charter_hash: founded.charter,
        roll: Roll::founded(founded.members),
        founded_at: at,
        founded: Arc::new(founded),
        open: OrdMap::new(),
        closed: OrdMap::new(),
        next_proposal: ProposalNumber(0),
        authored: OrdSet::new(),
        seated: OrdSet::new(),
        sitting: OrdSet::new(),
        broadcasts: Vector::new(),
        decisions: Vector::new(),
        actions: Vector::new(),
        turned_down: TurnedDown::default(),
        written: Written::default(),
        local_rounds: 0,
        timers: OrdSet::new(),
        timer_of: OrdMap::new(),
        draws: OrdSet::new(),
        position: Seq(1),
        last_at: at,
        tree,
    }
}
