//! Integration tests: the server from the outside, and the real program on real Postgres.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod backup;
mod bench;
mod boundaries;
mod canary;
mod content;
mod coverage;
mod doors;
mod exams;
mod http;
mod operation;
mod postgres;
mod practice;
mod progress;
mod reports;
mod schema;
mod start;
mod statements;
mod support;
mod tickets;
