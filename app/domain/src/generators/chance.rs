//! Chance as generators ask for it. Nothing here may change: stored attempts depend on the numbers.

use rand::{Rng as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Both ends included. Computed here, because the ranges of `rand` give other numbers in other releases; with ranges this
    /// small the remainder favours nothing that could be noticed.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.0.next_u32() % (high - low + 1)
    }

    pub fn octet(&mut self) -> u8 {
        self.0.next_u32().to_le_bytes()[0]
    }

    pub fn one_of<T: Copy, const N: usize>(&mut self, choices: [T; N]) -> T {
        const { assert!(N > 0, "there must be something to choose from") };
        choices[self.0.next_u32() as usize % N]
    }
}
