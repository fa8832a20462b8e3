//! Integration tests: the server from the outside.

mod accounts;
mod boundaries;
mod content;
mod http;
mod schema;
mod support;
