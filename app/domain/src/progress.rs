//! Progress: where practice gains most.
