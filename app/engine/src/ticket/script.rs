//! Actions as text, one a line: what authors write for solutions and wrong fixes, and what `tickets exec` reads.
//!
//! ```text
//! sh PC-01 cmd ipconfig /all            a line in a terminal: cmd, powershell, bash, ios
//! admin PC-01 cmd net stop Spooler      the same, as administrator or root
//! open PC-01 services                   looks into a panel
//! panel PC-01 services start Spooler    verb, target, field=value …; quotes keep spaces
//! do unplug PC-01/Ethernet              a physical act
//! say receptionist ask friendly symptom person, intent, tone, topic, and words in quotes
//! theory network "default gateway" N8   layer, component, cause
//! note "…"                              into the ticket
//! escalate T3 impact=high urgency=high evidence=1,3 tried="…"
//! resolve cause="…" change="…" verification="…" prevention="…"
//! wait 5m                               s, m or h
//! ```

mod acts;
mod forms;
mod words;
mod write;

pub use words::{LAYERS, LEVELS, TIERS, consent, layer, layer_word, level, shell_kind, shell_word, tier, tier_word};
pub use write::write;

use super::action::Action;
use crate::panel::{Operation, PanelKind};
use crate::sorted::Map;
use crate::time::Span;
use crate::world::{DeviceId, PersonId, World};

/// What scripts may name.
pub struct Names<'w> {
    pub world: &'w World,
    pub people: &'w Map<String, PersonId>,
}

/// A line that cannot be read, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// All actions of a script. Empty lines and lines that begin with `#` are nothing.
///
/// # Errors
/// Every line that cannot be read.
pub fn parse(text: &str, names: &Names<'_>) -> Result<Vec<Action>, Vec<BadLine>> {
    let mut actions = Vec::new();
    let mut bad = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match action(line, names) {
            Ok(action) => actions.push(action),
            Err(message) => bad.push(BadLine { line: at + 1, message }),
        }
    }
    if bad.is_empty() { Ok(actions) } else { Err(bad) }
}

/// One line.
///
/// # Errors
/// What to write instead.
pub fn action(line: &str, names: &Names<'_>) -> Result<Action, String> {
    let (verb, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match verb {
        "sh" | "admin" => shell(rest, verb == "admin", names),
        "open" => {
            let words = split(rest)?;
            let [name, kind] = words.as_slice() else { return Err("Write: open DEVICE PANEL".to_owned()) };
            Ok(Action::Open { device: device(name, names)?, panel: panel(kind)? })
        }
        "panel" => operation(rest, names),
        "do" => acts::act(&split(rest)?, names).map(Action::Physical),
        "say" => forms::say(&split(rest)?, names),
        "theory" => forms::theory(&split(rest)?),
        "note" => Ok(Action::Note(split(rest)?.join(" "))),
        "escalate" => forms::escalate(&split(rest)?),
        "resolve" => forms::resolve(&split(rest)?),
        "wait" => span(rest).map(Action::Wait).ok_or_else(|| "Write a time such as 30s, 5m or 2h.".to_owned()),
        other => Err(format!(
            "“{other}” is no kind of action: sh, admin, open, panel, do, say, theory, note, escalate, resolve or wait."
        )),
    }
}

/// The rest of the line is the command, as it is.
fn shell(rest: &str, elevated: bool, names: &Names<'_>) -> Result<Action, String> {
    let mut parts = rest.splitn(3, char::is_whitespace);
    let (Some(name), Some(kind)) = (parts.next().filter(|name| !name.is_empty()), parts.next()) else {
        return Err("Write: sh DEVICE cmd|powershell|bash|ios COMMAND".to_owned());
    };
    let kind = shell_kind(kind).ok_or_else(|| format!("“{kind}” is no shell: cmd, powershell, bash or ios."))?;
    Ok(Action::Shell { device: device(name, names)?, shell: kind, elevated, line: parts.next().unwrap_or("").to_owned() })
}

fn operation(rest: &str, names: &Names<'_>) -> Result<Action, String> {
    let words = split(rest)?;
    let [name, kind, verb, fields @ ..] = words.as_slice() else {
        return Err("Write: panel DEVICE PANEL VERB [TARGET] [field=value …]".to_owned());
    };
    let mut operation = Operation { verb: verb.clone(), ..Operation::default() };
    for word in fields {
        match word
            .split_once('=')
            .filter(|(field, _)| field.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit()))
        {
            Some((field, value)) => _ = operation.values.insert(field.to_owned(), value.to_owned()),
            None if operation.target.is_empty() => operation.target.clone_from(word),
            None => return Err(format!("“{word}” is a second target: put names with spaces in quotes.")),
        }
    }
    Ok(Action::Panel { device: device(name, names)?, panel: panel(kind)?, operation })
}

fn device(name: &str, names: &Names<'_>) -> Result<DeviceId, String> {
    let near = || crate::site::build::nearest(name, names.world.devices.iter().map(|device| device.name.as_str()));
    names.world.find(name).ok_or_else(|| format!("There is no device “{name}”.{}", near()))
}

fn panel(slug: &str) -> Result<PanelKind, String> {
    let near = || crate::site::build::nearest(slug, crate::panel::ALL.iter().map(|(_, slug, _)| *slug));
    PanelKind::parse(slug).ok_or_else(|| format!("There is no panel “{slug}”.{}", near()))
}

fn span(text: &str) -> Option<Span> {
    let unit = text.chars().last()?;
    let number: u64 = text.get(..text.len() - unit.len_utf8())?.parse().ok()?;
    match unit {
        's' => Some(Span::seconds(number)),
        'm' => Some(Span::minutes(number)),
        'h' => Some(Span::hours(number)),
        _ => None,
    }
}

/// Words of a line; double quotes keep spaces together, also after `field=`.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    if quoted {
        return Err("A quotation mark is never closed.".to_owned());
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Action, String> {
        action(line, &Names { world: &World::default(), people: &Map::new() })
    }

    #[test]
    fn quotes_keep_spaces() {
        assert_eq!(split("a \"b c\" d=\"e f\" \"\"").unwrap(), ["a", "b c", "d=e f", ""]);
        assert!(split("a \"b").is_err());
    }

    #[test]
    fn times_have_units() {
        assert_eq!(read("wait 5m"), Ok(Action::Wait(Span::minutes(5))));
        for bad in ["wait", "wait 5", "wait m", "wait 5é", "wait -1s"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_to_write() {
        assert!(read("dance").unwrap_err().contains("no kind of action"));
        assert!(read("sh").unwrap_err().contains("Write: sh"));
        assert!(read("sh PC-9 cmd dir").unwrap_err().contains("no device"));
        let names = Names { world: &World::default(), people: &Map::new() };
        let bad = parse("wait 1s\n\n# nothing\nwait x\nfoo", &names).unwrap_err();
        assert_eq!(bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [4, 5]);
    }
}
