//! Tests of this group.
