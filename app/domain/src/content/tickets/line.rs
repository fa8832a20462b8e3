//! From the path of a field to its line in the file.

use toml::de::{DeTable, DeValue};

/// The line, from 1, of a byte of the text.
pub fn at(text: &str, offset: usize) -> u32 {
    let breaks = text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

/// The line of `device[3].interface[0].address`, or of the nearest part of it that the file has; 1 where it has none.
pub fn of(text: &str, path: &str) -> u32 {
    let Ok(document) = DeTable::parse(text) else { return 1 };
    let mut table = Some(document.get_ref());
    let mut line = 1;
    for step in steps(path) {
        let Some((key, value)) = table.and_then(|table| table.iter().find(|(key, _)| key.get_ref().as_ref() == step.name)) else {
            return line;
        };
        line = at(text, key.span().start);
        let mut value = value;
        if let Some(index) = step.index {
            let Some(element) = value.get_ref().as_array().and_then(|array| array.get(index)) else { return line };
            line = at(text, element.span().start);
            value = element;
        }
        table = match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        };
    }
    line
}

struct Step {
    name: String,
    index: Option<usize>,
}

/// Dots separate, except between quotes: `device[0].dns.zone."clinic.example"`.
fn steps(path: &str) -> Vec<Step> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in path.chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => words.push(String::new()),
            c => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    words
        .into_iter()
        .map(|word| {
            let index = word
                .strip_suffix(']')
                .and_then(|word| word.split_once('['))
                .and_then(|(name, index)| Some((name.to_owned(), index.parse().ok()?)));
            match index {
                Some((name, index)) => Step { name, index: Some(index) },
                None => Step { name: word, index: None },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "id = \"x\"\n[[device]]\nname = \"a\"\n[[device]]\nname = \"b\"\nzone = { \"a.b\" = [\n  \"one\",\n  \"two\"] }\n";

    #[test]
    fn paths_lead_to_lines() {
        for (path, line) in [
            ("id", 1),
            ("device[0].name", 3),
            ("device[1].name", 5),
            ("device[1].zone.\"a.b\"[1]", 8),
            ("device[1].missing", 4),
            ("device[7].name", 2),
            ("nothing", 1),
            ("", 1),
            ("[[[", 1),
        ] {
            assert_eq!(of(TEXT, path), line, "{path}");
        }
    }
}
