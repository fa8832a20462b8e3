//! What was written down: the facts this ticket needs, and nothing that was not done.

use super::{FULL, Facts, Finding, Part, finding, number};
use crate::ticket::action::Action;
use crate::ticket::scenario::Rubric;

/// Words that name an action: whoever writes them must have done it.
const COMMANDS: &[&str] = &[
    "ipconfig",
    "tracert",
    "traceroute",
    "nslookup",
    "netstat",
    "chkdsk",
    "sfc",
    "dism",
    "gpupdate",
    "gpresult",
    "diskpart",
    "bootrec",
    "bcdboot",
    "systemctl",
    "journalctl",
    "w32tm",
    "pathping",
    "nmap",
    "tcpdump",
    "dig",
];

pub fn part(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let texts = written(facts);
    let all: String = texts.iter().map(|(_, text)| text.to_lowercase()).collect::<Vec<_>>().join("\n");
    let numbers: Vec<u32> = texts.iter().map(|(at, _)| *at).collect();
    if all.trim().is_empty() {
        return super::part("Notes", rubric.notes, 0, vec![finding("Nothing was written down.", Vec::new())]);
    }
    let needed = &facts.given.rules.notes;
    let missing: Vec<_> = needed.iter().filter(|words| !words.iter().any(|word| all.contains(word.as_str()))).collect();
    let mut findings: Vec<Finding> = missing
        .iter()
        .map(|words| {
            finding(
                format!("The notes do not say anything about: {}.", words.first().cloned().unwrap_or_default()),
                numbers.clone(),
            )
        })
        .collect();
    let mut share = (needed.len() - missing.len()) * usize::from(FULL) / needed.len().max(1);
    if needed.is_empty() {
        share = usize::from(FULL);
    }
    let invented = invented(facts, &all);
    if !invented.is_empty() {
        share /= 2;
        findings.push(finding(format!("The notes speak of what was not done here: {}.", invented.join(", ")), numbers.clone()));
    }
    if !facts.achieved() {
        share /= 2;
    }
    if findings.is_empty() {
        findings.push(finding("The next person finds everything they need in your notes.", numbers));
    }
    super::part("Notes", rubric.notes, u16::try_from(share).unwrap_or(FULL), findings)
}

fn written(facts: &Facts<'_>) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for (at, entry) in facts.run.log.iter().enumerate() {
        let text = match &entry.action {
            Action::Note(text) => text.clone(),
            Action::Escalate(form) => form.tried.clone(),
            Action::Resolve(form) => {
                [&form.cause, &form.change, &form.verification, &form.prevention].map(String::as_str).join("\n")
            }
            _ => continue,
        };
        found.push((number(at), text));
    }
    found
}

/// Commands that the notes name and the log does not hold.
fn invented(facts: &Facts<'_>, notes: &str) -> Vec<&'static str> {
    let typed = |name: &str| {
        facts
            .run
            .log
            .iter()
            .any(|entry| matches!(&entry.action, Action::Shell { line, .. } if line.to_lowercase().contains(name)))
    };
    let words: Vec<_> = notes.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    COMMANDS.iter().copied().filter(|name| words.contains(name) && !typed(name)).collect()
}
