//! Chance from one seed: the same seed gives the same world. PCG of the crate `rand_pcg` underneath. Knows nothing of the world.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};

/// A stream of chances.
#[derive(Clone, Debug)]
pub struct Chance(Pcg64Mcg);

impl Chance {
    /// `stream` keeps what one part of the world draws from shifting what another part draws.
    pub fn new(seed: u64, stream: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(
            seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ stream.rotate_left(32),
        ))
    }

    /// A number below `bound`, or 0 if that is 0. The bias is below one in 2³² for the bounds of this crate.
    pub fn below(&mut self, bound: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both possible.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True so many times in a thousand.
    pub fn permille(&mut self, rate: u32) -> bool {
        self.below(1_000) < u64::from(rate)
    }

    /// A pause with this mean, in milliseconds: mostly shorter, sometimes much longer.
    pub fn pause(&mut self, mean_ms: u64) -> u64 {
        // The sum of two halves of a geometric ladder: no floating point, so that every machine draws the same.
        let rung = self.0.next_u64().trailing_zeros().min(6);
        self.below(mean_ms.max(1)) / 2 + (mean_ms / 4) * u64::from(rung)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len() as u64);
        from.get(usize::try_from(at).ok()?)
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for part in bytes.chunks_mut(8) {
            let word = self.0.next_u64().to_le_bytes();
            part.copy_from_slice(&word[..part.len()]);
        }
        bytes
    }
}
