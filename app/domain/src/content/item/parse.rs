//! Reads `content/<exam>/items/<objective>/<id>.toml`.

mod interaction;
mod picture;

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Authored, Date, Difficulty, Interaction, Item, ItemKind, Level, PartPlaces, Places, Source, Waiver};
use crate::content::complaint::{Complaint, Parsed};
use crate::content::exhibit::{self, Plan};
use crate::content::fields::{Located, Reader, Section, normalise};
use crate::content::picture::Picture;
use crate::content::prose::{Block, Prose};
use crate::generators;
use crate::ids::{CaseId, ExamId, ItemId, ItemVersion, ObjectiveId};

/// F4: ids and tags are kebab-case and no longer than this.
const LONGEST_ID: usize = 80;

const LEVELS: &[(&str, Level)] =
    &[("recall", Level::Recall), ("understand", Level::Understand), ("apply", Level::Apply), ("analyse", Level::Analyse)];
const DIFFICULTIES: &[(&str, Difficulty)] =
    &[("easy", Difficulty::Easy), ("medium", Difficulty::Medium), ("hard", Difficulty::Hard)];

/// Reads an item of an exam, with what the checker needs. Reports every mistake of form at once; never panics.
#[must_use]
pub fn parse_authored(exam: &ExamId, text: &str) -> Parsed<Authored> {
    let text = normalise(text);
    Reader::document(&text, "the item", |reader, file| {
        let kind = reader.choice(file, "type", &ItemKind::ALL);
        let head = head(reader, file);
        let body = body(reader, file);
        let plan = exhibit::read(reader, file, false);
        let interaction = interaction::read(reader, file, kind.as_ref().map(|kind| kind.value));
        let waivers = reader.tables(file, "waiver").into_iter().filter_map(|section| waiver(reader, section)).collect();
        Some(authored(exam, version_of(&text), kind.as_ref()?, head?, body?, interaction?, (plan, waivers)))
    })
}

/// SHA-256 of a source text, whatever its line endings.
#[must_use]
pub fn version_of(source: &str) -> ItemVersion {
    let digest = Sha256::digest(normalise(source).as_bytes());
    ItemVersion(digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// What an item is.
struct Head {
    id: Located<String>,
    objective: Located<String>,
    case: Option<Located<String>>,
    level: Level,
    difficulty: Difficulty,
    tags: Vec<String>,
    values: Option<Located<Source>>,
}

/// What an item says, and on whose word.
struct Body {
    stem: Located<Prose>,
    /// With the line of its description.
    picture: Option<Located<Picture>>,
    remember: Located<Prose>,
    source: Located<String>,
    checked: Located<Date>,
    review_by: Option<Located<Date>>,
    keywords: Located<Vec<String>>,
}

fn head(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<Head> {
    let id = reader.text(file, "id");
    if let Some(id) = id.as_ref().filter(|id| !is_kebab_case(&id.value)) {
        let message = format!("the id `{}` must be kebab-case: lower-case letters, digits and single hyphens", id.value);
        reader.complaints.push(Complaint::error("F4", id.line, message));
    }
    let objective = reader.text(file, "objective");
    let case = reader.optional_text(file, "case");
    let level = reader.choice(file, "level", LEVELS);
    let difficulty = reader.choice(file, "difficulty", DIFFICULTIES);
    let tags = reader.texts(file, "tags", false).unwrap_or(Located { line: file.line, value: Vec::new() });
    for tag in tags.value.iter().filter(|tag| !is_kebab_case(tag)) {
        reader.complaints.push(Complaint::error("F4", tags.line, format!("the tag `{tag}` must be kebab-case")));
    }
    let values = values(reader, file);
    let (level, difficulty) = (level?.value, difficulty?.value);
    Some(Head { id: id?, objective: objective?, case, level, difficulty, tags: tags.value, values })
}

/// T1: an unknown generator would leave its words in braces on the page.
fn values(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<Located<Source>> {
    let id = reader.optional_text(file, "generator")?;
    let found = generators::generator(&id.value);
    if found.is_none() {
        let message = format!("there is no generator `{}`: take one of {}", id.value, generators::ids().join(", "));
        reader.complaints.push(Complaint::error("T1", id.line, message));
    }
    found.map(|generator| Located { line: id.line, value: Source::Generator(generator) })
}

fn body(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<Body> {
    let stem = reader.prose(file, "stem", true);
    let picture = picture::read(reader, file);
    let remember = reader.prose(file, "remember", false);
    no_tables(reader, "remember", remember.as_ref());
    let source = reader.optional_text(file, "source");
    let checked = reader.date(file, "checked", false);
    if checked.is_none() {
        reader.complaints.push(Complaint::error("C6", file.line, "say in `checked` on which day the facts were compared"));
    }
    let review_by = reader.date(file, "review_by", false);
    let keywords = reader.texts(file, "keywords", true);
    if let Some(keywords) = keywords.as_ref().filter(|keywords| keywords.value.is_empty()) {
        reader.field_error(keywords.line, "`keywords` needs at least one keyword of the objective");
    }
    Some(Body {
        stem: stem?,
        picture,
        remember: remember.unwrap_or(Located { line: file.line, value: Prose::default() }),
        source: source.unwrap_or(Located { line: file.line, value: String::new() }),
        checked: checked?,
        review_by,
        keywords: keywords?,
    })
}

fn waiver(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Waiver> {
    let rule = reader.text(&mut section, "rule");
    let reason = reader.text(&mut section, "reason");
    reader.finish(section);
    reason?;
    rule.map(|rule| Waiver { line: rule.line, rule: rule.value })
}

fn no_tables(reader: &mut Reader<'_>, name: &str, prose: Option<&Located<Prose>>) {
    if let Some(prose) = prose.filter(|prose| prose.value.0.iter().any(|block| matches!(block, Block::Table { .. }))) {
        let message = format!("`{name}` holds a table: only stems may");
        reader.complaints.push(Complaint::error("F3", prose.line, message));
    }
}

fn authored(
    exam: &ExamId,
    version: ItemVersion,
    kind: &Located<ItemKind>,
    head: Head,
    body: Body,
    (interaction, parts): (Interaction, Vec<PartPlaces>),
    (plan, waivers): (Option<Plan>, Vec<Waiver>),
) -> Authored {
    let places = Places {
        id: head.id.line,
        case: head.case.as_ref().map_or(head.id.line, |case| case.line),
        objective: head.objective.line,
        kind: kind.line,
        values: head.values.as_ref().map_or(kind.line, |values| values.line),
        stem: body.stem.line,
        picture: body.picture.as_ref().map_or(body.stem.line, |picture| picture.line),
        remember: body.remember.line,
        source: body.source.line,
        checked: body.checked.line,
        review_by: body.review_by.as_ref().map_or(body.checked.line, |date| date.line),
        keywords: body.keywords.line,
        parts,
    };
    let item = Item {
        id: ItemId(head.id.value),
        version,
        exam: exam.clone(),
        objective: ObjectiveId(head.objective.value),
        kind: kind.value,
        level: head.level,
        difficulty: head.difficulty,
        case: head.case.map(|case| CaseId(case.value)),
        shown: None,
        stem: body.stem.value,
        picture: body.picture.map(|picture| picture.value),
        interaction,
        remember: body.remember.value,
        source: body.source.value,
        checked: body.checked.value,
        review_by: body.review_by.map(|date| date.value),
        keywords: body.keywords.value,
        tags: head.tags,
        values: head.values.map(|values| values.value),
    };
    Authored { item, plan, places, waivers }
}

fn is_kebab_case(text: &str) -> bool {
    text.len() <= LONGEST_ID
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = r#"id = "net-x"
objective = "1.2"
type = "multiple"
level = "recall"
difficulty = "hard"
ordered = true
stem = """
First line.
Which? Choose two."""
source = "RFC 1"
checked = 2026-11-22
review_by = 2027-01-01
keywords = ["a", "b"]
tags = ["one"]
[[option]]
text = "A"
key = true
reason = "R"
[[option]]
text = "`B`"
[[waiver]]
rule = "O1"
reason = "Because."
"#;

    fn read(text: &str) -> Parsed<Authored> {
        parse_authored(&ExamId::from("network-plus"), text)
    }

    #[test]
    fn every_field_is_read() {
        let parsed = read(ITEM);
        assert_eq!(parsed.complaints, []);
        let Authored { item, places, waivers, .. } = parsed.value.unwrap();
        assert_eq!((item.id.as_str(), item.exam.as_str(), item.objective.as_str()), ("net-x", "network-plus", "1.2"));
        assert_eq!((item.kind, item.level, item.difficulty), (ItemKind::Multiple, Level::Recall, Difficulty::Hard));
        assert!(item.interaction.keeps_order());
        assert_eq!(item.stem.plain_text(), "First line. Which? Choose two.");
        assert_eq!(item.options().iter().map(|option| option.key).collect::<Vec<_>>(), [true, false]);
        assert_eq!(item.options().iter().map(|option| option.text.plain_text()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(item.checked.to_string(), "2026-11-22");
        assert_eq!(item.review_by, Some(Date { year: 2027, month: 1, day: 1 }));
        assert_eq!((item.keywords, item.tags), (vec!["a".to_owned(), "b".to_owned()], vec!["one".to_owned()]));
        assert_eq!((places.stem, places.checked, places.review_by), (7, 11, 12));
        assert_eq!(places.parts.iter().map(|option| (option.text, option.reason)).collect::<Vec<_>>(), [(16, 18), (20, 19)]);
        assert_eq!(waivers.iter().map(|waiver| (waiver.line, waiver.rule.as_str())).collect::<Vec<_>>(), [(22, "O1")]);
    }

    #[test]
    fn the_version_is_the_hash_of_the_text_whatever_its_line_endings() {
        let windows = ITEM.replace('\n', "\r\n");
        assert_eq!(version_of(ITEM), version_of(&windows));
        assert_eq!(read(&windows).value.unwrap().item.version, version_of(ITEM));
        assert_ne!(version_of(ITEM), version_of(&ITEM.replace("RFC 1", "RFC 2")));
        assert_eq!(version_of("").as_str(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_mistake_inside_a_long_text_has_its_own_line() {
        let lines = |text: &str| read(text).complaints.iter().map(|complaint| complaint.line).collect::<Vec<_>>();
        assert_eq!(lines(&ITEM.replace("Which?", "Which <i>one</i>?")), [9, 9]);
        assert_eq!(lines(&ITEM.replace("text = \"A\"", "text = \"<b>\"")), [16]);
        assert_eq!(lines(&ITEM.replace("text = \"A\"", "text = \"| a |\\n|---|\\n| 1 |\"")), [16]);
    }

    #[test]
    fn an_item_that_lacks_something_has_no_value_and_one_that_has_too_much_does() {
        assert!(read(&ITEM.replace("id = \"net-x\"\n", "")).value.is_none());
        assert!(read(&ITEM.replace("type = ", "kind = ")).value.is_none());
        assert!(read("").value.is_none());
        let extra = read(&ITEM.replace("ordered = true", "colour = \"red\""));
        assert_eq!(
            extra.complaints.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["E F2 the item has no field `colour`: check the spelling or remove it"]
        );
        assert!(extra.value.is_some());
    }

    #[test]
    fn syntax_errors_have_lines_too() {
        let broken = read(&ITEM.replace("level = \"recall\"", "level = \"recall"));
        assert!(broken.value.is_none());
        assert_eq!(broken.complaints.first().map(|complaint| (complaint.rule, complaint.line)), Some(("F1", 4)));
    }
}
