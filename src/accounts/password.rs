//! Hashing of passwords.

/// Hashes passwords off the async threads.
#[derive(Clone)]
pub struct Hasher;
