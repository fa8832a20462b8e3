//! The clinic and one scenario of the built-in content, over an exam made for tests.

use std::fs;
use std::path::Path;

use super::bank::Bank;

pub const SCENARIO: &str = "clinic-no-internet";

impl Bank {
    /// A wrong default gateway on a machine of the clinic.
    pub fn with_clinic(mut self) -> Self {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let read = |path: &str| fs::read_to_string(content.join(path)).unwrap();
        let scenario = read(&format!("scenarios/{SCENARIO}.toml"));
        let of_this_bank = |line: &str| {
            if line.starts_with("objectives = ") { "objectives = [\"alpha/1.1\"]".to_owned() } else { line.to_owned() }
        };
        let scenario: Vec<_> = scenario.lines().map(of_this_bank).collect();
        self.files.insert(format!("scenarios/{SCENARIO}.toml"), scenario.join("\n"));
        self.files.insert("sites/clinic.toml".to_owned(), read("sites/clinic.toml"));
        self
    }
}
