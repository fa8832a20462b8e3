//! Integration tests: the server from the outside.

mod accounts;
mod boundaries;
mod http;
mod schema;
mod support;
