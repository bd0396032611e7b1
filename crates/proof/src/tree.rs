//! The tree over a journal (RFC 6962, section 2.1): roots, inclusion and consistency proofs.
//!
//! Works on leaf hashes alone and does not know what an entry says. Proofs are lists of hashes in
//! the order of RFC 6962; verification follows RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use crate::hash::{Hash, node_hash, sha256};

/// The right edge of a growing tree: enough to append and to know the root, log₂(size) hashes.
///
/// As a list of hashes it can be kept: largest subtree first, one hash for each bit set in `size`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// From what [`Frontier::size`] and [`Frontier::hashes`] gave; none if they do not fit.
    pub fn from_hashes(size: u64, hashes: Vec<Hash>) -> Option<Frontier> {
        let fits = u64::from(size.count_ones()) == hashes.len() as u64;
        fits.then_some(Frontier { size, peaks: hashes })
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of the complete subtrees, largest first.
    pub fn hashes(&self) -> &[Hash] {
        &self.peaks
    }

    /// The root of all leaves so far; SHA-256 of nothing for the empty tree.
    pub fn root(&self) -> Hash {
        fold_right(&self.peaks)
    }
}

/// All inner nodes of a growing tree, so that the root of any earlier size and every proof cost
/// log₂(size) steps. Takes 64 bytes of memory a leaf.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `levels[l][i]` covers the leaves i·2ˡ up to (i+1)·2ˡ
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The empty tree.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let row = &mut self.levels[level];
            row.push(node);
            if row.len() % 2 == 1 {
                return;
            }
            node = node_hash(&row[row.len() - 2], &row[row.len() - 1]);
        }
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The hash of one leaf.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// The complete node at this level and index, as tiles hold them.
    pub fn node(&self, level: usize, index: u64) -> Option<Hash> {
        self.levels.get(level)?.get(usize::try_from(index).ok()?).copied()
    }

    /// The root of the first `size` leaves, if there are so many.
    pub fn root(&self, size: u64) -> Option<Hash> {
        (size <= self.size()).then(|| self.span(0, size))
    }

    /// The proof that leaf `index` is in the tree of the first `size` leaves.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        let within = index < size && size <= self.size();
        within.then(|| inclusion(index, 0, size, &|from, to| self.span(from, to)))
    }

    /// The proof that the tree of `size` leaves continues the tree of `old` leaves.
    pub fn consistency_proof(&self, old: u64, size: u64) -> Option<Vec<Hash>> {
        let within = old <= size && size <= self.size();
        within.then(|| consistency(old, size, &|from, to| self.span(from, to)))
    }

    /// The hash over leaves `from..to`, a range that begins at a multiple of its rounded-up size.
    fn span(&self, from: u64, to: u64) -> Hash {
        let mut peaks = Vec::new();
        let mut at = from;
        while at < to {
            let level = (to - at).ilog2();
            let row = &self.levels[level as usize];
            peaks.push(row[usize::try_from(at >> level).expect("inside the tree, so in memory")]);
            at += 1 << level;
        }
        fold_right(&peaks)
    }
}

/// The root of the tree of these leaves.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.push(*leaf);
    }
    frontier.root()
}

/// The proof that leaf `index` is in the tree of the first `size` leaves; none if it is not.
pub fn inclusion_proof(leaves: &[Hash], index: u64, size: u64) -> Option<Vec<Hash>> {
    let within = index < size && size <= leaves.len() as u64;
    within.then(|| inclusion(index, 0, size, &|from, to| slice_root(leaves, from, to)))
}

/// The proof that the tree of `size` leaves continues the tree of `old` leaves.
pub fn consistency_proof(leaves: &[Hash], old: u64, size: u64) -> Option<Vec<Hash>> {
    let within = old <= size && size <= leaves.len() as u64;
    within.then(|| consistency(old, size, &|from, to| slice_root(leaves, from, to)))
}

/// Whether `proof` shows that `leaf` stands at `index` of the tree with this `size` and `root`.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut position, mut last) = (index, size - 1);
    let mut node = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if position % 2 == 1 || position == last {
            node = node_hash(sibling, &node);
            while position.is_multiple_of(2) && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            node = node_hash(&node, sibling);
        }
        position >>= 1;
        last >>= 1;
    }
    last == 0 && node == *root
}

/// Whether `proof` shows that the tree (`size`, `root`) continues the tree (`old`, `old_root`).
pub fn verify_consistency(
    (old, old_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> bool {
    if old > size {
        return false;
    }
    if old == size {
        return proof.is_empty() && old_root == root;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == sha256(b"");
    }
    let mut steps = proof.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(first) = first else { return false };
    let shift = (old - 1).trailing_ones();
    let (mut position, mut last) = ((old - 1) >> shift, (size - 1) >> shift);
    let (mut old_node, mut node) = (*first, *first);
    for sibling in steps {
        if last == 0 {
            return false;
        }
        if position % 2 == 1 || position == last {
            old_node = node_hash(sibling, &old_node);
            node = node_hash(sibling, &node);
            while position.is_multiple_of(2) && position != 0 {
                position >>= 1;
                last >>= 1;
            }
        } else {
            node = node_hash(&node, sibling);
        }
        position >>= 1;
        last >>= 1;
    }
    last == 0 && old_node == *old_root && node == *root
}

/// Joins subtree hashes from the right; the smaller trees stand deeper.
fn fold_right(peaks: &[Hash]) -> Hash {
    let mut from_right = peaks.iter().rev();
    match from_right.next() {
        None => sha256(b""),
        Some(last) => from_right.fold(*last, |right, left| node_hash(left, &right)),
    }
}

fn slice_root(leaves: &[Hash], from: u64, to: u64) -> Hash {
    let index = |at: u64| usize::try_from(at).expect("inside the slice");
    root(&leaves[index(from)..index(to)])
}

/// The largest power of two below `width`, which is at least 2.
fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// PATH of RFC 6962, section 2.1.1, over the leaves `from..to`.
fn inclusion(index: u64, from: u64, to: u64, span: &dyn Fn(u64, u64) -> Hash) -> Vec<Hash> {
    let mut siblings = Vec::new();
    let (mut from, mut to) = (from, to);
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            siblings.push(span(middle, to));
            to = middle;
        } else {
            siblings.push(span(from, middle));
            from = middle;
        }
    }
    siblings.reverse();
    siblings
}

/// PROOF of RFC 6962, section 2.1.2.
fn consistency(old: u64, size: u64, span: &dyn Fn(u64, u64) -> Hash) -> Vec<Hash> {
    if old == 0 || old == size {
        return Vec::new();
    }
    let mut siblings = Vec::new();
    let (mut from, mut to) = (0, size);
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            siblings.push(span(middle, to));
            to = middle;
        } else {
            siblings.push(span(from, middle));
            from = middle;
        }
    }
    // The subtree that is whole in both trees is left out when it is the old tree itself.
    if from > 0 {
        siblings.push(span(from, to));
    }
    siblings.reverse();
    siblings
}
