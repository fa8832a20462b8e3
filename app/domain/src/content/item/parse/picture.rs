//! Reads `[picture]`.

use super::no_tables;
use crate::content::complaint::Complaint;
use crate::content::fields::{Located, Reader, Section};
use crate::content::picture::{self, Picture};

/// F7: a drawing uses only what pages can show.
const DRAWING: &str = "F7";

/// With the line of its description. What a drawing may not hold is a complaint at its own line, and is left out.
pub(super) fn read(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<Located<Picture>> {
    let mut section = reader.table(file, "picture", false)?;
    let title = reader.text(&mut section, "title");
    let description = reader.prose(&mut section, "description", true);
    no_tables(reader, "description", description.as_ref());
    let source = reader.lines(&mut section, "svg");
    reader.finish(section);
    let source = source?;
    let (drawing, refusals) = picture::parse(&source.value);
    for refusal in refusals {
        let message = format!("the drawing holds {}", refusal.what);
        reader.complaints.push(Complaint::error(DRAWING, source.line + refusal.lines_before, message));
    }
    let (title, description) = (title?, description?);
    let picture = Picture { title: title.value, description: description.value, drawing };
    Some(Located { line: description.line, value: picture })
}

#[cfg(test)]
mod tests {
    use crate::content::item::{Authored, parse_authored};
    use crate::content::picture::Point;
    use crate::ids::ExamId;

    const ITEM: &str = r#"id = "x"
objective = "1.2"
type = "placing"
level = "recall"
difficulty = "hard"
stem = "Place each part."
checked = 2026-11-22
keywords = ["a"]
[picture]
title = "A board"
description = """
Two slots."""
svg = '''
<svg viewBox="0 0 300 200">
<rect width="20" height="9"/>
</svg>
'''
[[target]]
name = "The long one"
at = [40, 50]
label = "A"
reason = "R"
[[target]]
name = "The short one"
at = [40, 90]
label = "B"
[[extra]]
label = "C"
"#;

    #[track_caller]
    fn refused(changes: &[(&str, &str)], expected: &[&str]) {
        let text = changes.iter().fold(ITEM.to_owned(), |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in\n{text}");
            text.replace(from, to)
        });
        let complaints = parse_authored(&ExamId::from("test"), &text).complaints;
        let short = complaints.iter().map(|complaint| format!("{} {}", complaint.rule, complaint.line)).collect::<Vec<_>>();
        assert_eq!(short, expected, "{complaints:?}");
    }

    #[test]
    fn a_picture_and_its_places_are_read() {
        let parsed = parse_authored(&ExamId::from("test"), ITEM);
        assert_eq!(parsed.complaints, []);
        let Authored { item, places, .. } = parsed.value.unwrap();
        let picture = item.picture.unwrap();
        assert_eq!((picture.title.as_str(), picture.description.plain_text().as_str()), ("A board", "Two slots."));
        assert_eq!((picture.drawing.width, picture.drawing.nodes.len()), (300, 1));
        assert_eq!(item.interaction.points(), [Point { x: 40, y: 50 }, Point { x: 40, y: 90 }]);
        assert_eq!(places.picture, 11);
        assert_eq!(places.parts.iter().map(|part| (part.text, part.reason)).collect::<Vec<_>>(), [(19, 22), (24, 23), (28, 27)]);
    }

    #[test]
    fn each_mistake_has_its_line() {
        refused(&[("<rect width=\"20\" height=\"9\"/>", "<rect onload=\"a\"/>\n<image/>")], &["F7 15", "F7 16"]);
        refused(&[("title = \"A board\"\n", ""), ("svg = ", "drawing = ")], &["F2 9", "F2 9", "F2 12"]);
        refused(&[("Two slots.", "<b>Two</b> slots.")], &["F3 12", "F3 12"]);
        refused(&[("at = [40, 50]\n", "")], &["F2 18"]);
        refused(&[("at = [40, 50]", "at = [40, 5.5]")], &["F2 20"]);
        refused(&[("at = [40, 50]", "at = [40, 50, 60]")], &["F2 20"]);
        refused(&[("at = [40, 50]", "at = [-1, 50]")], &["F2 20"]);
        refused(&[("name = \"The short one\"", "term = \"The short one\"")], &["F2 23", "F2 24"]);
    }
}
