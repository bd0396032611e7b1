//! The drawn order of a jury: who comes next. Walks the permutation that anybody can recompute.
//! Knows nothing of why somebody is called.

use mic_proof::beacon::local_randomness;
use mic_proof::draw::{self, Permutation};
use mic_proof::hash::{Hash, sha256};

use crate::event::BeaconKind;

use crate::ids::Slot;
use crate::state::jury::{JuryState, NextPlace, Sitting};
use crate::state::roll::Roll;

/// The randomness of a round whose signature or link has been checked before.
pub(crate) fn randomness(kind: BeaconKind, signature: &[u8]) -> [u8; 32] {
    match (kind, Hash::from_slice(signature)) {
        (BeaconKind::Local, Some(link)) => local_randomness(&link).0,
        (BeaconKind::Local, None) | (BeaconKind::Drand, _) => sha256(signature).0,
    }
}

/// The next `count` slots that may sit, from `cursor` on, in drawn order.
pub(crate) fn next_slots(
    jury: &JuryState,
    randomness: &[u8; 32],
    roll: &Roll,
    cursor: u64,
    count: u32,
) -> Vec<Slot> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    walk(jury, randomness)
        .skip(usize::try_from(cursor).unwrap_or(usize::MAX))
        .filter(|slot| may_sit(jury, roll, *slot))
        .take(count)
        .collect()
}

/// How many places have been walked when `slot` has been reached; `None` if it does not come after the cursor.
pub(crate) fn position_after(jury: &JuryState, sitting: &Sitting, slot: Slot) -> Option<u64> {
    let cursor = usize::try_from(sitting.cursor).ok()?;
    let place = walk(jury, &sitting.randomness).skip(cursor).position(|drawn| drawn == slot)?;
    u64::try_from(place).ok().map(|place| sitting.cursor + place + 1)
}

/// Whether the drawn order still has somebody who may sit.
pub(crate) fn anybody_left(jury: &JuryState, sitting: &Sitting, roll: &Roll) -> bool {
    match sitting.next.get(|| next_place(jury, sitting)) {
        None => false,
        Some((_, slot)) if roll.holds(slot) => true,
        // The next one has left since: look behind them.
        Some((walked, _)) => !next_slots(jury, &sitting.randomness, roll, walked, 1).is_empty(),
    }
}

fn next_place(jury: &JuryState, sitting: &Sitting) -> NextPlace {
    let cursor = usize::try_from(sitting.cursor).ok()?;
    (0..)
        .zip(walk(jury, &sitting.randomness))
        .skip(cursor)
        .find_map(|(place, slot)| (!jury.excluded.contains(slot)).then_some((place + 1, slot)))
}

/// Not excluded when the draw was called, and still a member.
fn may_sit(jury: &JuryState, roll: &Roll, slot: Slot) -> bool {
    roll.holds(slot) && !jury.excluded.contains(slot)
}

fn walk(jury: &JuryState, randomness: &[u8; 32]) -> impl Iterator<Item = Slot> {
    let seed = draw::seed(&jury.inputs_hash, randomness);
    Permutation::new(&seed, jury.call.roll).map(Slot)
}
