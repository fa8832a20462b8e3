//! The server: who is asking, what the database says, and the outside world. Never compiled to WebAssembly.

pub mod accounts;
pub mod assets;
pub mod caller;
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod coverage;
pub mod database;
pub mod error;
pub mod exams;
pub mod http;
pub mod postgres;
pub mod practice;
pub mod progress;
pub mod reports;
pub mod server;
pub mod start;
pub mod tickets;
