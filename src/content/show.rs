//! What a learner with a seed would see of an item's exhibit, for its author.

use std::io::{self, Write};
use std::path::Path;

use domain::content::bank;
use domain::content::exhibit::Setup;

use super::files;

/// Writes the exhibit of an item and its values to `out`.
///
/// # Errors
/// When a file cannot be read, when there is no such item or it has no exhibit, and when its exhibit cannot be made.
pub fn run(overlay: Option<&Path>, id: &str, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let files = files::read(overlay).map_err(io::Error::other)?;
    let (bank, _) = bank::read(&files);
    let item = bank.items.iter().find(|file| file.authored.item.id.as_str() == id);
    let item = item.ok_or_else(|| io::Error::other(format!("There is no item “{id}” that can be read.")))?;
    let exhibit = item.authored.item.exhibit();
    let exhibit = exhibit.ok_or_else(|| io::Error::other(format!("“{id}” has no exhibit: `content check` says why.")))?;
    write(exhibit, seed, out)
}

fn write(setup: &Setup, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let rendered = setup.render(seed).map_err(|complaints| {
        let lines: Vec<_> = complaints.iter().map(|complaint| format!("line {}: {complaint}", complaint.line)).collect();
        io::Error::other(lines.join("\n"))
    })?;
    writeln!(out, "{}\n\n{}\n", rendered.exhibit.title, rendered.exhibit.plain_text())?;
    for (name, value) in &rendered.values {
        writeln!(out, "{{{name}}} = {value}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exhibit_is_written_with_its_values_and_what_has_none_is_named() {
        let show = |id| {
            let mut out = Vec::new();
            run(None, id, 7, &mut out).map(|()| String::from_utf8(out).unwrap()).map_err(|error| error.to_string())
        };
        let text = show("itsf-exhibit-own-address").unwrap();
        assert!(text.contains("IPv4 Address") && text.contains("{own} = 192.168."), "{text}");
        assert_eq!(show("no-such-item"), Err("There is no item “no-such-item” that can be read.".to_owned()));
        let plain = "net-three-failures-of-a-radio-link";
        assert_eq!(show(plain), Err(format!("“{plain}” has no exhibit: `content check` says why.")));
    }
}
