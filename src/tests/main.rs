//! Integration tests: the server on a real Postgres.

mod accounts;
mod boundaries;
mod schema;
