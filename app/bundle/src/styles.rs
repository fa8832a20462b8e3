//! One style sheet from many: each import is one more request that a page waits for.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Outcome;

/// `main.css` with every `@import "file";` replaced by that file. `pictures` are the names in `assets/` and their URLs.
pub fn join(main: &Path, pictures: &BTreeMap<String, String>) -> Outcome<String> {
    let folder = main.parent().unwrap_or(Path::new(""));
    let mut joined = String::new();
    for line in read(main)?.lines() {
        match line.trim().strip_prefix("@import") {
            Some(import) => joined.push_str(&read(&folder.join(file_of(import)?))?),
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    let mut styles = squeeze(&joined);
    for (name, url) in pictures {
        styles = styles.replace(&format!("assets/{name}"), url);
    }
    Ok(styles)
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// `"ui/button.css";`
fn file_of(import: &str) -> Outcome<&str> {
    let quoted = import.trim().strip_suffix(';').map(str::trim);
    let name = quoted.and_then(|name| name.strip_prefix('"')).and_then(|name| name.strip_suffix('"'));
    name.ok_or_else(|| format!("write @import \"file.css\"; and not @import{import}").into())
}

/// Without comments, indentation and empty lines. Strings stay as they are.
fn squeeze(styles: &str) -> String {
    let mut bare = String::with_capacity(styles.len());
    let mut rest = styles;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        bare.push_str(before);
        let length = if from.starts_with("/*") {
            from.find("*/").map_or(from.len(), |end| end + 2)
        } else {
            let length = if from.starts_with('/') { 1 } else { string_length(from) };
            bare.push_str(&from[..length]);
            length
        };
        rest = &from[length..];
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// The length of the string that a text begins with, both quotes included.
fn string_length(text: &str) -> usize {
    let mut characters = text.char_indices();
    let quote = characters.next().map(|(_, quote)| quote);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if Some(character) == quote {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{file_of, squeeze};

    #[test]
    fn drops_comments_and_indentation_but_nothing_else() {
        let styles = "/* why */\n.a {\n  color: red; /* and\n more */ background: url(a/b.svg);\n\n}\n";
        assert_eq!(squeeze(styles), ".a {\ncolor: red;  background: url(a/b.svg);\n}\n");
    }

    #[test]
    fn leaves_strings_alone() {
        let styles = ".a::before { content: \"/* it's \\\" kept */\"; }\n.b { content: '/*'; }\n";
        assert_eq!(squeeze(styles), styles);
        assert_eq!(squeeze("/* open"), "");
        assert_eq!(squeeze("a: \"open"), "a: \"open\n");
    }

    #[test]
    fn takes_plain_imports_only() {
        assert_eq!(file_of(" \"ui/button.css\";").unwrap(), "ui/button.css");
        for other in [" url(a.css);", " \"a.css\" print;", " \"a.css\""] {
            assert!(file_of(other).is_err(), "{other}");
        }
    }
}
