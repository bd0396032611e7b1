//! The draw: a seed, and the order of the roll that follows from it (`spec/draw.md`).
//!
//! A sparse Fisher-Yates shuffle over SHA-256 in counter mode with rejection, so that every order
//! is equally likely, anybody can recompute it, and a few seats cost the same whatever the size
//! of the roll. Knows nothing of who may be seated.

use std::collections::BTreeMap;

use crate::hash::{Hash, Hasher, sha256};

/// The randomness of a beacon's round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Randomness(pub [u8; 32]);

/// What a draw is expanded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub Hash);

/// SHA-256("mic-check/draw/v1\n" ‖ `inputs_hash` ‖ randomness), where `inputs_hash` is the leaf
/// hash of the `draw.called` entry.
pub fn seed(inputs_hash: &Hash, randomness: &[u8; 32]) -> Seed {
    let hasher = Hasher::new("mic-check/draw/v1\n");
    Seed(hasher.chain(inputs_hash.as_bytes()).chain(randomness).finish())
}

/// The slots 0 … roll−1 in drawn order, computed as far as they are asked for.
///
/// ```
/// use mic_proof::draw::{Permutation, Seed};
/// use mic_proof::hash::sha256;
/// let order: Vec<u32> = Permutation::new(&Seed(sha256(b"a seed")), 5).collect();
/// let mut sorted = order.clone();
/// sorted.sort();
/// assert_eq!(sorted, vec![0, 1, 2, 3, 4]);
/// ```
#[derive(Clone, Debug)]
pub struct Permutation {
    shuffle: Shuffle,
    roll: u32,
}

impl Permutation {
    /// The order of a roll of this size under this seed, from its beginning.
    pub fn new(seed: &Seed, roll: u32) -> Permutation {
        Permutation { shuffle: Shuffle::new(seed, u64::from(roll)), roll }
    }

    /// The same order from `position` on, for seats that are called later.
    pub fn resumed(seed: &Seed, roll: u32, position: u32) -> Permutation {
        let mut order = Permutation::new(seed, roll);
        while order.position() < position && order.next().is_some() {}
        order
    }

    /// How many slots were drawn so far.
    pub fn position(&self) -> u32 {
        small(self.shuffle.position)
    }

    /// How many slots there are.
    pub fn roll(&self) -> u32 {
        self.roll
    }
}

impl Iterator for Permutation {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.shuffle.next().map(small)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.roll - self.position()) as usize;
        (left, Some(left))
    }
}

fn small(slot: u64) -> u32 {
    u32::try_from(slot).expect("below a roll of 32 bits")
}

/// The same for any number of places: 0 … places−1 in drawn order.
#[derive(Clone, Debug)]
pub struct Shuffle {
    words: Words,
    places: u64,
    position: u64,
    /// where another number than the place's own stands, ahead of `position`
    moved: BTreeMap<u64, u64>,
}

impl Shuffle {
    /// The order of so many places under this seed, from its beginning.
    pub fn new(seed: &Seed, places: u64) -> Shuffle {
        Shuffle { words: Words::new(*seed), places, position: 0, moved: BTreeMap::new() }
    }
}

impl Iterator for Shuffle {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let left = self.places.checked_sub(self.position).filter(|left| *left > 0)?;
        let here = self.position;
        let there = here + self.words.below(left);
        let standing_here = self.moved.remove(&here).unwrap_or(here);
        self.position += 1;
        if there == here {
            return Some(standing_here);
        }
        Some(self.moved.insert(there, standing_here).unwrap_or(there))
    }
}

/// 64-bit words: block i is SHA-256(seed ‖ u64be(i)) and gives four of them, big-endian, in order.
#[derive(Clone, Debug)]
struct Words {
    seed: Seed,
    block: u64,
    ready: [u64; 4],
    used: usize,
}

impl Words {
    fn new(seed: Seed) -> Words {
        Words { seed, block: 0, ready: [0; 4], used: 4 }
    }

    fn next(&mut self) -> u64 {
        if self.used == 4 {
            let mut input = [0; 40];
            input[..32].copy_from_slice(self.seed.0.as_bytes());
            input[32..].copy_from_slice(&self.block.to_be_bytes());
            let block = sha256(&input);
            for (word, bytes) in self.ready.iter_mut().zip(block.0.chunks_exact(8)) {
                *word = u64::from_be_bytes(bytes.try_into().expect("chunks of eight"));
            }
            self.block += 1;
            self.used = 0;
        }
        self.used += 1;
        self.ready[self.used - 1]
    }

    /// An unbiased number below `limit`: words at or above ⌊2⁶⁴/limit⌋·limit are dropped.
    fn below(&mut self, limit: u64) -> u64 {
        // 2⁶⁴ mod limit, without leaving 64 bits.
        let left_over = (u64::MAX % limit + 1) % limit;
        loop {
            let word = self.next();
            if word <= u64::MAX - left_over {
                return word % limit;
            }
        }
    }
}
