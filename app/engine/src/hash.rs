//! A fingerprint of a state, equal on every machine: FNV-1a over the canonical postcard encoding.

use serde::Serialize;

/// FNV-1a, 64 bit (draft-eastlake-fnv). It tells states apart by accident, not against an enemy.
#[must_use]
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The fingerprint of anything the engine keeps.
///
/// # Panics
/// Never for the engine's own types: they hold nothing that postcard cannot write.
#[must_use]
pub fn of<T: Serialize>(state: &T) -> u64 {
    postcard::to_allocvec(state).map_or(0, |bytes| fnv1a(&bytes))
}

#[cfg(test)]
mod tests {
    #[test]
    fn fnv1a_matches_its_published_vectors() {
        assert_eq!(super::fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(super::fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(super::fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
