//! Integration tests: the server from the outside, and the real program on real Postgres.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod backup;
mod boundaries;
mod content;
mod http;
mod operation;
mod postgres;
mod schema;
mod start;
mod support;
