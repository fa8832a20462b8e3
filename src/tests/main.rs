//! Integration tests: the server from the outside, and the real program on real Postgres.

mod accounts;
mod backup;
mod boundaries;
mod canary;
mod doors;
mod http;
mod operation;
mod postgres;
mod practice;
mod progress;
mod schema;
mod start;
mod statements;
mod support;
