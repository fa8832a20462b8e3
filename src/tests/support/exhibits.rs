//! An exam whose items are asked about exhibits, over the clinic of the built-in content.

use super::bank::{ASKED, Bank, SECRET};

/// The item that is asked about an exhibit of its own.
pub const SINGLE: &str = "shown-single";
/// The parts of the case, in their order.
pub const PARTS: [&str; 2] = ["shown-case-1", "shown-case-2"];
/// What is wrong where the case plays, as the catalogue and the author call it.
pub const HIDDEN: [&str; 2] = ["\"R1\"", "vlan of SW-1"];

const CASE: &str = r#"id = "shown-case"
text = "The desk at Gi0/3 has moved."
[exhibit]
title = "The switch"
site = "clinic"
device = ["SW-1"]
shows = ["Gi0/3 "]
[[exhibit.fault]]
id = "R1"
device = "SW-1"
port = "Gi0/3"
[[exhibit.show]]
command = "show interfaces Gi0/3 status"
[[exhibit.show]]
topology = ["SW-1", "FW-1", "PC-03"]
[exhibit.values]
vlan = "vlan of SW-1/Gi0/3"
"#;

const OWN: &str = r#"[exhibit]
title = "{device} in the morning"
site = "clinic"
device = ["PC-01", "PC-02"]
shows = ["Default Gateway . . . . . . . . . : 10.{a}.10.1"]
[[exhibit.show]]
command = "ipconfig"
[exhibit.values]
letter = "= {a}"
"#;

impl Bank {
    /// A further exam, `shown`: a case of two parts, and an item with an exhibit of its own. Needs the clinic.
    pub fn with_exhibits(self) -> Self {
        let mut bank = self.exam("shown", &[(100, &[])]);
        let exam = bank.files.get_mut("shown/exam.toml").unwrap();
        exam.push_str("[[domain.objective]]\nid = \"1.1\"\ntitle = \"Shown\"\nscenario = false\nkeywords = [\"part\"]\n");
        bank.files.insert("shown/cases/shown-case.toml".to_owned(), CASE.to_owned());
        for part in PARTS {
            bank.shown(part, "case = \"shown-case\"\n", "{vlan}", "");
        }
        bank.shown(SINGLE, "", "{letter}", OWN);
        bank
    }

    /// The value stands in the key and in a reason.
    fn shown(&mut self, id: &str, extra: &str, value: &str, exhibit: &str) {
        let option = |place: u8, text: &str, key: &str| {
            format!(
                "[[option]]\ntext = \"{text}\"\n{key}reason = \"Look at {SECRET}{id}-reason{place} to see how this one, {value}, differs from all the rest.\"\n"
            )
        };
        let key = option(0, &format!("Part p{value}-{id}"), "key = true\n");
        let others: String = (1..4).map(|place| option(place, &format!("Part p20{place}-{id}"), "")).collect();
        let text = format!(
            "id = \"{id}\"\nobjective = \"1.1\"\ntype = \"single\"\nlevel = \"apply\"\ndifficulty = \"medium\"\n{extra}\
             stem = \"Which part fits {ASKED}{id} in room-{id}?\"\nremember = \"Keep {SECRET}{id}-remember in mind.\"\n\
             source = \"Manual {SECRET}{id}-source\"\nchecked = 2026-11-22\nkeywords = [\"part\"]\n{key}{others}{exhibit}"
        );
        self.files.insert(format!("shown/items/1.1/{id}.toml"), text);
    }
}
