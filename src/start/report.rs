//! What the operator reads while the server starts: each step with its time, then the address.

use std::io::Write;
use std::time::Instant;

use crate::config::{LogFormat, Settings};

/// Lines on standard output; with JSON logs they go to the log instead, so that all output stays JSON.
pub struct Report {
    format: LogFormat,
    last: Instant,
}

impl Report {
    #[must_use]
    pub fn new(format: LogFormat) -> Self {
        Self { format, last: Instant::now() }
    }

    /// A step that took the time since the last one.
    pub fn step(&mut self, name: &str, result: &str) {
        let seconds = self.last.elapsed().as_secs_f64();
        self.last = Instant::now();
        match self.format {
            LogFormat::Pretty => self.line(&format!("  {name:<12}{seconds:>7.2} s  {result}")),
            LogFormat::Json => {
                tracing::info!(step = name, duration_ms = format_args!("{:.1}", seconds * 1000.0), "{result}");
            }
        }
    }

    pub fn ready(&self, settings: &Settings) {
        let plain_for_others = !settings.https() && !settings.listen.ip().is_loopback();
        if plain_for_others {
            tracing::warn!(
                "the public URL is plain HTTP: passwords cross the network in the clear; put a TLS proxy in front and set --public-url"
            );
        }
        self.line(&format!("Firstline is ready: {}", settings.public_url));
    }

    pub fn line(&self, text: &str) {
        match self.format {
            // A closed standard output is no reason to stop serving.
            LogFormat::Pretty => drop(writeln!(std::io::stdout(), "{text}")),
            LogFormat::Json => tracing::info!("{text}"),
        }
    }
}
