//! systemd units: start, stop, failure, journal.
