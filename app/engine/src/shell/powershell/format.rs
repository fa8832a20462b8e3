//! Objects as text: tables, lists, lines, errors; as Windows PowerShell 5.1 prints them.

use std::fmt::Write;

use super::object::{Answer, Column, Failure, Object, Value, View};
use crate::sorted::Set;

/// Characters of a console line.
const CONSOLE: usize = 120;
/// More properties than this make a list.
const TABLE_MOST: usize = 4;

/// What the objects look like when nothing else formats them.
#[must_use]
pub fn objects(answer: &Answer) -> String {
    if answer.objects.is_empty() {
        return String::new();
    }
    match answer.view {
        View::Lines => lines(&answer.objects),
        View::Table(columns) => format!("{}{}", answer.heading, table(&answer.objects, &fixed(columns))),
        View::List(names) => list(&answer.objects, &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()),
        View::Automatic => automatic(&answer.objects),
    }
}

fn lines(objects: &[Object]) -> String {
    let mut text = String::new();
    for object in objects {
        let line = object.properties.first().map(|(_, value)| value.to_text()).unwrap_or_default();
        let _ = writeln!(text, "{line}");
    }
    text
}

fn automatic(objects: &[Object]) -> String {
    let names = names(objects);
    if names.len() > TABLE_MOST { list(objects, &names) } else { table(objects, &measured(objects, &names)) }
}

/// Every property of the objects, in order of appearance.
#[must_use]
pub fn names(objects: &[Object]) -> Vec<String> {
    let mut seen = Set::new();
    let all = objects.iter().flat_map(|object| object.properties.iter().map(|(name, _)| name.clone()));
    all.filter(|name| seen.insert(name.to_lowercase())).collect()
}

/// A column with its final width.
struct Laid {
    head: String,
    property: String,
    width: usize,
    right: bool,
    /// Takes the rest of the line.
    open: bool,
}

fn fixed(columns: &[Column]) -> Vec<Laid> {
    columns
        .iter()
        .map(|column| Laid {
            head: column.head.to_owned(),
            property: column.property.to_owned(),
            width: usize::from(column.width),
            right: column.right,
            open: column.width == 0,
        })
        .collect()
}

fn measured(objects: &[Object], names: &[String]) -> Vec<Laid> {
    names
        .iter()
        .map(|name| {
            let number = |object: &Object| matches!(object.get(name), Some(Value::Number(_)));
            Laid { head: name.clone(), property: name.clone(), width: 0, right: objects.first().is_some_and(number), open: true }
        })
        .collect()
}

/// `Format-Table` with these properties.
#[must_use]
pub fn table_of(objects: &[Object], names: &[String]) -> String {
    if objects.is_empty() { String::new() } else { table(objects, &measured(objects, names)) }
}

fn table(objects: &[Object], columns: &[Laid]) -> String {
    let last = columns.len().saturating_sub(1);
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| {
            let widest = objects.iter().map(|object| object.text(&column.property).chars().count()).max().unwrap_or(0);
            if column.open { widest.max(column.head.chars().count()) } else { column.width }
        })
        .collect();
    let mut text = "\n".to_owned();
    let mut row = |cells: Vec<String>| {
        let mut line = String::new();
        for (at, ((column, width), cell)) in columns.iter().zip(&widths).zip(cells).enumerate() {
            let cell = shortened(&cell, *width);
            let fill = " ".repeat(width.saturating_sub(cell.chars().count()));
            let (first, second) = if column.right { (fill, cell) } else { (cell, fill) };
            line.push_str(&first);
            line.push_str(&second);
            if at < last {
                line.push(' ');
            }
        }
        let line: String = line.chars().take(CONSOLE).collect();
        let _ = writeln!(text, "{}", line.trim_end());
    };
    row(columns.iter().map(|column| column.head.clone()).collect());
    row(columns.iter().map(|column| "-".repeat(column.head.chars().count())).collect());
    for object in objects {
        row(columns.iter().map(|column| object.text(&column.property)).collect());
    }
    text.push_str("\n\n");
    text
}

/// A value that is too wide ends in three dots.
fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(3)).collect();
    format!("{kept}...")
}

/// `Format-List`: labels as wide as the longest.
#[must_use]
pub fn list(objects: &[Object], names: &[String]) -> String {
    if objects.is_empty() {
        return String::new();
    }
    let mut text = "\n\n".to_owned();
    for object in objects {
        let known: Vec<&String> = names.iter().filter(|name| object.get(name).is_some()).collect();
        let width = known.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        for name in known {
            let value = object.text(name).replace('\n', &format!("\n{}", " ".repeat(width + 3)));
            let _ = writeln!(text, "{name:<width$} : {value}");
        }
        text.push('\n');
    }
    text.push_str("\n\n");
    text
}

/// An error with the line, the mark under what it is about, and its two identities.
#[must_use]
pub fn failure(failure: &Failure, who: &str, line: &str, at: usize, length: usize) -> String {
    let before = if who.is_empty() { String::new() } else { format!("{who} : ") };
    let mut text = wrapped(&format!("{before}{}", failure.message));
    let _ = write!(
        text,
        "At line:1 char:{at}\n+ {line}\n+ {}{}\n    + CategoryInfo          : {}\n    + FullyQualifiedErrorId : {}\n \n",
        " ".repeat(at.saturating_sub(1)),
        "~".repeat(length.max(1)),
        failure.category,
        failure.id
    );
    text
}

/// Broken at blanks where the console ends.
fn wrapped(message: &str) -> String {
    let mut text = String::new();
    for paragraph in message.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() >= CONSOLE {
                let _ = writeln!(text, "{line}");
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_lists() {
        let objects =
            [Object::new().with("Name", "Spooler").with("Id", 7u32), Object::new().with("Name", "W").with("Id", 1200u32)];
        let names = vec!["Name".to_owned(), "Id".to_owned()];
        assert_eq!(table_of(&objects, &names), "\nName      Id\n----      --\nSpooler    7\nW       1200\n\n\n");
        assert_eq!(list(&objects[..1], &names), "\n\nName : Spooler\nId   : 7\n\n\n\n");
        assert_eq!(shortened("abcdefgh", 6), "abc...");
    }
}
