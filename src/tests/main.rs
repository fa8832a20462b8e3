//! Integration tests: the server from the outside.

mod boundaries;
mod http;
mod schema;
mod support;
