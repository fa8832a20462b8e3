//! Integration tests: the server from the outside.

mod http;
