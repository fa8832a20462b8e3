//! HTTP that is not UI: sessions, headers, forms, files, health.
