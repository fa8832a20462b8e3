//! Tests of the directory cmdlets.
