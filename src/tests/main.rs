//! Integration tests: the server from the outside, and the real program on real Postgres.

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
