//! `[[waiver]]`: an author accepts one W rule for one item, with a reason that the next reader sees.

use std::collections::BTreeMap;

use super::super::complaint::{Complaint, Severity};
use super::{ItemFile, Mistake};

/// Rules that an item can ask to be spared.
const WAIVABLE: &[&str] = &[
    "C2", "C5", "C8", "F6", "O1", "O4", "O5", "O6", "O8", "O9", "O10", "O11", "O14", "O15", "P3", "P5", "P6", "S1", "S2", "S3",
    "S5", "S7", "S8", "X3",
];

/// Rules that refuse the bank whatever the author says.
const UNWAIVABLE: &[&str] = &[
    "B1", "C1", "C4", "C6", "D1", "F1", "F2", "F3", "F4", "F5", "O2", "O3", "O7", "O12", "P1", "P2", "P4", "S4", "S9", "X1", "X2",
];

/// Takes away the warnings that are waived, and warns (V1) of waivers that name no such rule or are not needed.
pub fn apply(items: &[ItemFile], mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let items: BTreeMap<&str, &ItemFile> =
        items.iter().filter(|item| !item.authored.waivers.is_empty()).map(|item| (item.file.as_str(), item)).collect();
    let waived = |mistake: &Mistake| {
        let item = items.get(mistake.file.as_str());
        let waivers = item.into_iter().flat_map(|item| &item.authored.waivers);
        mistake.complaint.level == Severity::Warning && waivers.into_iter().any(|waiver| waiver.rule == mistake.complaint.rule)
    };
    let (spared, mut mistakes): (Vec<_>, Vec<_>) = mistakes.into_iter().partition(waived);
    for item in items.values() {
        for waiver in &item.authored.waivers {
            let rule = waiver.rule.as_str();
            let needed = || spared.iter().any(|mistake| mistake.file == item.file && mistake.complaint.rule == rule);
            let message = if UNWAIVABLE.contains(&rule) {
                format!("rule {rule} cannot be waived: mend the item")
            } else if !WAIVABLE.contains(&rule) {
                format!("there is no rule {rule} to waive")
            } else if needed() {
                continue;
            } else {
                format!("the item keeps rule {rule}: remove the waiver")
            };
            mistakes.push(Mistake { file: item.file.clone(), complaint: Complaint::warning("V1", waiver.line, message) });
        }
    }
    mistakes
}
