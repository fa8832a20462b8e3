//! Takes the fields of a TOML file one by one and gathers every mistake with its line.
//!
//! A field that nobody takes is unknown, which is a mistake too: a misspelt name would otherwise be ignored in silence.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaint::{Complaint, Parsed};
use super::item::Date;
use super::picture::Point;
use super::prose::{self, Prose};

/// F1: the file is TOML.
pub(super) const SYNTAX: &str = "F1";
/// F2: the fields are known, there, and of the right type.
pub(super) const FIELD: &str = "F2";
/// F3: prose uses only what pages can show.
pub(super) const PROSE: &str = "F3";

/// The complaints about one file, and where its lines begin.
pub(super) struct Reader<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    pub complaints: Vec<Complaint>,
}

/// A value with the line of its name.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    pub line: u32,
    pub value: T,
}

/// The fields of one table that have not been taken yet.
pub(super) struct Section<'t> {
    /// As an author knows it: `the item`, `[exam]`, `[[option]]`.
    name: &'static str,
    /// Where it begins.
    pub line: u32,
    fields: BTreeMap<&'t str, Field<'t>>,
}

#[derive(Clone)]
struct Field<'t> {
    line: u32,
    span: Range<usize>,
    value: &'t DeValue<'t>,
}

/// Line endings do not make another version of a file.
#[must_use]
pub(super) fn normalise(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl<'t> Reader<'t> {
    /// Parses a file of normalised text and hands its fields to `read`; after a syntax error it reports only those.
    pub fn document<T>(
        text: &'t str,
        name: &'static str,
        read: impl for<'d> FnOnce(&mut Reader<'t>, &mut Section<'d>) -> Option<T>,
    ) -> Parsed<T> {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut reader = Self { text, line_starts, complaints: Vec::new() };
        let (document, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            for error in errors {
                let line = reader.line_of(error.span().map_or(0, |span| span.start));
                let message = error.message().trim().replace('\n', "; ");
                reader.complaints.push(Complaint::error(SYNTAX, line, format!("this is not TOML: {message}")));
            }
            return Parsed { value: None, complaints: reader.complaints };
        }
        let mut section = reader.section(name, document.get_ref(), 0);
        let value = read(&mut reader, &mut section);
        reader.finish(section);
        reader.complaints.sort();
        Parsed { value, complaints: reader.complaints }
    }

    pub fn line_of(&self, offset: usize) -> u32 {
        u32::try_from(self.line_starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    pub fn field_error(&mut self, line: u32, message: impl Into<String>) {
        self.complaints.push(Complaint::error(FIELD, line, message));
    }

    /// Complains about what nobody took.
    pub fn finish(&mut self, section: Section<'_>) {
        for (name, field) in section.fields {
            self.field_error(field.line, format!("{} has no field `{name}`: check the spelling or remove it", section.name));
        }
    }

    fn section<'d>(&self, name: &'static str, table: &'d DeTable<'d>, start: usize) -> Section<'d> {
        let fields = table
            .iter()
            .map(|(key, value)| {
                let line = self.line_of(key.span().start);
                (key.get_ref().as_ref(), Field { line, span: value.span(), value: value.get_ref() })
            })
            .collect();
        Section { name, line: self.line_of(start), fields }
    }

    fn take<'d>(&mut self, section: &mut Section<'d>, name: &str, required: bool) -> Option<Field<'d>> {
        let field = section.fields.remove(name);
        if field.is_none() && required {
            self.field_error(section.line, format!("{} needs a field `{name}`", section.name));
        }
        field
    }

    fn typed<'d, T>(
        &mut self,
        section: &mut Section<'d>,
        name: &str,
        required: bool,
        wanted: &str,
        read: impl FnOnce(&'d DeValue<'d>) -> Option<T>,
    ) -> Option<Located<T>> {
        let field = self.take(section, name, required)?;
        let value = read(field.value);
        if value.is_none() {
            self.field_error(field.line, format!("`{name}` must be {wanted}"));
        }
        value.map(|value| Located { line: field.line, value })
    }

    pub fn text(&mut self, section: &mut Section<'_>, name: &str) -> Option<Located<String>> {
        let text = self.typed(section, name, true, "text in quotes", |value| value.as_str().map(str::to_owned))?;
        if text.value.trim().is_empty() {
            self.field_error(text.line, format!("`{name}` must not be empty"));
            return None;
        }
        Some(text)
    }

    pub fn optional_text(&mut self, section: &mut Section<'_>, name: &str) -> Option<Located<String>> {
        self.typed(section, name, false, "text in quotes", |value| value.as_str().map(str::to_owned))
    }

    /// Absent counts as false.
    pub fn flag(&mut self, section: &mut Section<'_>, name: &str) -> bool {
        self.typed(section, name, false, "true or false", DeValue::as_bool).is_some_and(|flag| flag.value)
    }

    pub fn required_flag(&mut self, section: &mut Section<'_>, name: &str) -> Option<bool> {
        self.typed(section, name, true, "true or false", DeValue::as_bool).map(|flag| flag.value)
    }

    pub fn number<N: TryFrom<i64>>(&mut self, section: &mut Section<'_>, name: &str) -> Option<N> {
        self.typed(section, name, true, "a whole number in range", whole_number).map(|number| number.value)
    }

    pub fn optional_number<N: TryFrom<i64>>(&mut self, section: &mut Section<'_>, name: &str) -> Option<N> {
        self.typed(section, name, false, "a whole number in range", whole_number).map(|number| number.value)
    }

    pub fn date(&mut self, section: &mut Section<'_>, name: &str, required: bool) -> Option<Located<Date>> {
        self.typed(section, name, required, "a date such as 2026-11-22, without quotes", |value| {
            let date = value.as_datetime().filter(|datetime| datetime.time.is_none())?.date?;
            Some(Date { year: date.year, month: date.month, day: date.day })
        })
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, section: &mut Section<'_>, name: &str, choices: &[(&str, T)]) -> Option<Located<T>> {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        let wanted = format!("one of {}", words.join(", "));
        self.typed(section, name, true, &wanted, |value| {
            let text = value.as_str()?;
            choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice)
        })
    }

    /// Texts in brackets.
    pub fn texts(&mut self, section: &mut Section<'_>, name: &str, required: bool) -> Option<Located<Vec<String>>> {
        self.typed(section, name, required, "a list of texts in brackets", |value| {
            value.as_array()?.iter().map(|text| text.get_ref().as_str().map(str::to_owned)).collect()
        })
    }

    /// Everything that is left of a table of texts, by name.
    pub fn named_texts(&mut self, mut section: Section<'_>) -> Vec<(String, Located<String>)> {
        let names: Vec<String> = section.fields.keys().map(|name| (*name).to_owned()).collect();
        names.into_iter().filter_map(|name| self.text(&mut section, &name).map(|text| (name, text))).collect()
    }

    /// `CommonMark`, parsed; what pages cannot show is a complaint at its own line.
    pub fn prose(&mut self, section: &mut Section<'_>, name: &str, required: bool) -> Option<Located<Prose>> {
        let field = self.take(section, name, required)?;
        let Some(text) = field.value.as_str() else {
            self.field_error(field.line, format!("`{name}` must be text in quotes"));
            return None;
        };
        if required && text.trim().is_empty() {
            self.field_error(field.line, format!("`{name}` must not be empty"));
            return None;
        }
        let (prose, refusals) = prose::parse(text);
        let first_line = self.first_line(&field);
        for refusal in refusals {
            let message = format!("`{name}` holds {}", refusal.what);
            self.complaints.push(Complaint::error(PROSE, first_line + refusal.lines_before, message));
        }
        Some(Located { line: field.line, value: prose })
    }

    /// Text of many lines, with the line where it begins rather than that of its name.
    pub fn lines(&mut self, section: &mut Section<'_>, name: &str) -> Option<Located<String>> {
        let field = self.take(section, name, true)?;
        let Some(text) = field.value.as_str() else {
            self.field_error(field.line, format!("`{name}` must be text in quotes"));
            return None;
        };
        Some(Located { line: self.first_line(&field), value: text.to_owned() })
    }

    fn first_line(&self, field: &Field<'_>) -> u32 {
        // TOML drops the line break right after the opening quotes.
        let opening = self.text.get(field.span.clone()).unwrap_or_default();
        let skipped = u32::from(opening.starts_with("\"\"\"\n") || opening.starts_with("'''\n"));
        self.line_of(field.span.start) + skipped
    }

    /// `[x, y]` on a drawing.
    pub fn point(&mut self, section: &mut Section<'_>, name: &str, required: bool) -> Option<Point> {
        let point = self.typed(section, name, required, "two whole numbers in brackets, such as [120, 80]", |value| {
            let numbers: Vec<u16> =
                value.as_array()?.iter().map(|number| whole_number(number.get_ref())).collect::<Option<_>>()?;
            let [x, y] = numbers[..] else { return None };
            Some(Point { x, y })
        });
        point.map(|point| point.value)
    }

    /// `[name]`, once.
    pub fn table<'d>(&mut self, section: &mut Section<'d>, name: &'static str, required: bool) -> Option<Section<'d>> {
        let field = self.take(section, name, required)?;
        let Some(table) = field.value.as_table() else {
            self.field_error(field.line, format!("`{name}` must be a table"));
            return None;
        };
        Some(self.section(name, table, field.span.start))
    }

    /// `[[name]]`, any number of times.
    pub fn tables<'d>(&mut self, section: &mut Section<'d>, name: &'static str) -> Vec<Section<'d>> {
        let Some(field) = self.take(section, name, false) else { return Vec::new() };
        let tables = field.value.as_array().and_then(|array| {
            array.iter().map(|table: &'d Spanned<DeValue<'d>>| Some((table.get_ref().as_table()?, table.span().start))).collect()
        });
        let Some(tables): Option<Vec<_>> = tables else {
            self.field_error(field.line, format!("`{name}` must be written as [[{name}]]"));
            return Vec::new();
        };
        tables.into_iter().map(|(table, start)| self.section(name, table, start)).collect()
    }
}

impl Section<'_> {
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Takes fields that are notes for people and mean nothing to the program.
    pub fn ignore(&mut self, names: &[&'static str]) {
        for name in names {
            self.fields.remove(name);
        }
    }
}

fn whole_number<N: TryFrom<i64>>(value: &DeValue<'_>) -> Option<N> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()?.try_into().ok()
}
