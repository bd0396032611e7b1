//! The charters in use: the one in force, and those that open proposals were opened under. Knows nothing of their texts.

use std::sync::Arc;

use imbl::OrdMap;
use mic_proof::hash::Hash;

use crate::charter::Charter;

/// Charters by hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charters {
    in_force: Hash,
    known: OrdMap<Hash, InUse>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct InUse {
    charter: Arc<Charter>,
    /// How many open proposals were opened under it.
    open: u32,
}

impl Charters {
    pub(crate) fn founded(hash: Hash, charter: Arc<Charter>) -> Self {
        Self { in_force: hash, known: OrdMap::unit(hash, InUse { charter, open: 0 }) }
    }

    pub fn get(&self, hash: &Hash) -> Option<&Arc<Charter>> {
        self.known.get(hash).map(|found| &found.charter)
    }

    /// The hashes of all charters in use, ascending.
    pub fn hashes(&self) -> impl Iterator<Item = &Hash> {
        self.known.keys()
    }

    /// Makes a charter known that will be in force next: an entry only names it.
    pub fn learn(&mut self, hash: Hash, charter: Arc<Charter>) {
        self.known.entry(hash).or_insert(InUse { charter, open: 0 });
    }

    /// A charter that was made known before is in force from here on.
    pub(crate) fn amend(&mut self, hash: Hash) {
        let before = std::mem::replace(&mut self.in_force, hash);
        self.drop_if_unused(before);
    }

    pub(crate) fn opened(&mut self, hash: &Hash) {
        if let Some(found) = self.known.get_mut(hash) {
            found.open += 1;
        }
    }

    pub(crate) fn closed(&mut self, hash: &Hash) {
        if let Some(found) = self.known.get_mut(hash) {
            found.open = found.open.saturating_sub(1);
        }
        self.drop_if_unused(*hash);
    }

    fn drop_if_unused(&mut self, hash: Hash) {
        if hash != self.in_force && self.known.get(&hash).is_some_and(|found| found.open == 0) {
            self.known.remove(&hash);
        }
    }
}
