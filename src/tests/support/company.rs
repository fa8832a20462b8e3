//! The clinic and one scenario of the built-in content, over an exam made for tests.

use std::fs;
use std::path::Path;

use super::bank::{ASKED, Bank, SECRET};

pub const SCENARIO: &str = "clinic-no-internet";
pub const SIMULATION: &str = "alpha-simulation";

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

    /// The same with an item of the exam `alpha` that puts it into forms.
    pub fn with_simulation(self) -> Self {
        let mut bank = self.with_clinic();
        let text = format!(
            "id = \"{SIMULATION}\"\nobjective = \"1.1\"\ntype = \"simulation\"\nlevel = \"apply\"\ndifficulty = \"hard\"\n\
             stem = \"Pages of others do not open at one desk of {ASKED}{SIMULATION}. Put it right.\"\nscenario = \"{SCENARIO}\"\n\
             remember = \"Keep {SECRET}{SIMULATION}-remember in mind.\"\nsource = \"Manual {SECRET}{SIMULATION}-source\"\n\
             checked = 2026-11-22\nkeywords = [\"part\"]\nexplanation = \"A part of {SECRET}{SIMULATION}-reason was typed in by hand.\"\n"
        );
        bank.files.insert(format!("alpha/items/1.1/{SIMULATION}.toml"), text);
        bank
    }
}
