//! HTTP that is not UI: sessions, headers, forms, files, health.

pub mod health;
pub mod logging;
pub mod metrics;
