//! Integration tests: the real program on real Postgres.

mod backup;
mod operation;
mod postgres;
mod start;
mod support;
