//! Integration tests: the real program on real Postgres.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod backup;
mod operation;
mod postgres;
mod start;
mod support;
