//! What Postgres says: into our own log, and the last lines kept for the sentence that says why it did not start.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

const KEPT_LINES: usize = 20;

/// The last lines of one run.
#[derive(Clone, Default)]
pub struct Tail(Arc<Mutex<VecDeque<String>>>);

impl Tail {
    /// Reads until the process closes its end.
    pub fn follow(&self, output: impl Read + Send + 'static) -> std::io::Result<JoinHandle<()>> {
        let tail = self.clone();
        std::thread::Builder::new().name("postgres-log".to_owned()).spawn(move || {
            for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
                tail.add(&String::from_utf8_lossy(&line));
            }
        })
    }

    pub fn text(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    fn add(&self, line: &str) {
        let line = line.trim_end();
        if line.is_empty() {
            return;
        }
        match severity(line) {
            Severity::Problem => tracing::warn!(target: "postgres", "{line}"),
            Severity::Remark => tracing::debug!(target: "postgres", "{line}"),
        }
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == KEPT_LINES {
            lines.pop_front();
        }
        lines.push_back(line.to_owned());
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Severity {
    Problem,
    Remark,
}

/// From `2026-11-22 10:00:00.000 UTC [123] FATAL:  …`. What a query did wrong (`ERROR`) is logged by whoever sent it. A lock file
/// that is there is the supervisor's matter, and starting up or shutting down is no problem.
fn severity(line: &str) -> Severity {
    let problem = ["] FATAL: ", "] PANIC: ", "] WARNING: "].iter().any(|mark| line.contains(mark));
    let passing = ["lock file \"postmaster.pid\"", "starting up", "shutting down", "not yet accepting", "administrator command"];
    if problem && !passing.iter().any(|text| line.contains(text)) { Severity::Problem } else { Severity::Remark }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_from_remarks() {
        assert_eq!(severity("2026-11-22 10:00:00.000 UTC [123] FATAL:  out of memory"), Severity::Problem);
        assert_eq!(severity("2026-11-22 10:00:00.000 UTC [123] LOG:  database system is ready"), Severity::Remark);
        assert_eq!(severity("2026-11-22 10:00:00.000 UTC [123] FATAL:  the database system is starting up"), Severity::Remark);
        assert_eq!(severity("2026-11-22 10:00:00.000 UTC [123] ERROR:  duplicate key"), Severity::Remark);
    }

    #[test]
    fn only_the_last_lines_are_kept() {
        let tail = Tail::default();
        (0..30).for_each(|n| tail.add(&format!("line {n}")));
        assert!(tail.text().starts_with("line 10\n") && tail.text().ends_with("line 29"));
    }
}
