//! Reads `content/<exam>/exam.toml`.

use std::collections::BTreeSet;

use super::{Blueprint, Domain, Objective, Topic};
use crate::content::complaint::{Complaint, Parsed};
use crate::content::fields::{FIELD, Reader, Section, normalise};
use crate::ids::{ExamId, ObjectiveId};

/// B1: the weights of the domains add up to this.
const WHOLE_EXAM_PERCENT: u32 = 100;

/// Facts for people, kept beside the ones the program needs.
const NOTES_OF_EXAM: &[&str] = &[
    "vendor",
    "series",
    "objectives_document",
    "item_types",
    "recommended_experience",
    "launch_date",
    "predecessor",
    "successor",
    "retirement_estimate",
    "pairs_with",
    "same_series_rule",
    "checked_on",
];

/// Reads a blueprint. Reports every mistake at once; never panics.
#[must_use]
pub fn parse(text: &str) -> Parsed<Blueprint> {
    let text = normalise(text);
    Reader::document(&text, "the blueprint", |reader, file| {
        file.ignore(&["notes"]);
        let schema: Option<u16> = reader.number(file, "schema");
        if schema.is_some_and(|schema| schema != 1) {
            reader.field_error(file.line, "`schema` must be 1, the only one there is");
        }
        let exam = reader.table(file, "exam", true);
        let coverage = reader.table(file, "coverage", true);
        let domains = domains(reader, file);
        let topics = topics(reader, file);
        blueprint(reader, exam?, coverage?, domains?, topics?)
    })
}

fn blueprint(
    reader: &mut Reader<'_>,
    mut exam: Section<'_>,
    mut coverage: Section<'_>,
    domains: Vec<Domain>,
    topics: Vec<Topic>,
) -> Option<Blueprint> {
    exam.ignore(NOTES_OF_EXAM);
    coverage.ignore(&["target_simulations"]);
    let id = reader.text(&mut exam, "id");
    let code = reader.text(&mut exam, "code");
    let name = reader.text(&mut exam, "name");
    let order = reader.optional_number(&mut exam, "order").unwrap_or(u16::MAX);
    let max_questions = reader.number(&mut exam, "max_questions");
    let minutes = reader.number(&mut exam, "minutes");
    let passing_score = reader.number(&mut exam, "passing_score");
    let scale_min = reader.number(&mut exam, "scale_min");
    let scale_max = reader.number(&mut exam, "scale_max");
    let target_items = reader.number(&mut coverage, "target_items");
    let floor_per_objective = reader.number(&mut coverage, "floor_per_objective");
    reader.finish(exam);
    reader.finish(coverage);
    Some(Blueprint {
        id: ExamId(id?.value),
        code: code?.value,
        name: name?.value,
        order,
        max_questions: max_questions?,
        minutes: minutes?,
        passing_score: passing_score?,
        scale_min: scale_min?,
        scale_max: scale_max?,
        target_items: target_items?,
        floor_per_objective: floor_per_objective?,
        domains,
        topics,
    })
}

/// What the sources of an exam name beside its objectives; where they name it is a note for people.
fn topics(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<Vec<Topic>> {
    let sections = reader.tables(file, "seed_topic");
    let topic = |mut section: Section<'_>| {
        section.ignore(&["kind", "seeds", "objectives"]);
        let name = reader.text(&mut section, "topic")?.value;
        reader.finish(section);
        Some(Topic { tag: tag(&name), name })
    };
    sections.into_iter().map(topic).collect()
}

/// Lower case, and a hyphen for everything between letters and digits.
fn tag(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

fn domains(reader: &mut Reader<'_>, file: &mut Section<'_>) -> Option<Vec<Domain>> {
    let sections = reader.tables(file, "domain");
    let line = sections.first().map_or(1, |section| section.line);
    let mut seen = BTreeSet::new();
    let domains: Vec<_> = sections.into_iter().map(|section| domain(reader, section, &mut seen)).collect();
    // Misread domains have complaints of their own; the sum would only repeat them.
    let domains: Vec<Domain> = domains.into_iter().collect::<Option<_>>()?;
    let sum: u32 = domains.iter().map(|domain| u32::from(domain.weight)).sum();
    if sum != WHOLE_EXAM_PERCENT {
        let message = format!("the weights of the domains add up to {sum}: make them {WHOLE_EXAM_PERCENT}");
        reader.complaints.push(Complaint::error("B1", line, message));
    }
    Some(domains)
}

fn domain(reader: &mut Reader<'_>, mut section: Section<'_>, seen: &mut BTreeSet<String>) -> Option<Domain> {
    let number = reader.number(&mut section, "number");
    let name = reader.text(&mut section, "name");
    let weight = reader.number(&mut section, "weight");
    let objectives = reader.tables(&mut section, "objective");
    if objectives.is_empty() {
        reader.field_error(section.line, "the domain needs at least one [[domain.objective]]");
    }
    let objectives: Vec<_> = objectives.into_iter().map(|section| objective(reader, section, seen)).collect();
    reader.finish(section);
    Some(Domain {
        number: number?,
        name: name?.value,
        weight: weight?,
        objectives: objectives.into_iter().collect::<Option<_>>()?,
    })
}

fn objective(reader: &mut Reader<'_>, mut section: Section<'_>, seen: &mut BTreeSet<String>) -> Option<Objective> {
    let id = reader.text(&mut section, "id");
    let title = reader.text(&mut section, "title");
    let scenario = reader.required_flag(&mut section, "scenario");
    let keywords = reader.texts(&mut section, "keywords", true);
    reader.finish(section);
    let id = id?;
    if !seen.insert(id.value.clone()) {
        let message = format!("objective {} is there twice: number each one once", id.value);
        reader.complaints.push(Complaint::error(FIELD, id.line, message));
    }
    Some(Objective { id: ObjectiveId(id.value), title: title?.value, scenario: scenario?, keywords: keywords?.value })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAM: &str = r#"schema = 1
[exam]
id = "x"
code = "X-1"
name = "X"
order = 2
vendor = "a note"
max_questions = 90
minutes = 90
passing_score = 700
scale_min = 100
scale_max = 900
[notes]
anything = "goes"
[coverage]
target_items = 10
floor_per_objective = 1
[[domain]]
number = 1
name = "One"
weight = 60
[[domain.objective]]
id = "1.1"
title = "Do it"
scenario = true
keywords = ["k"]
[[domain]]
number = 2
name = "Two"
weight = 40
[[domain.objective]]
id = "2.1"
title = "Do more"
scenario = false
keywords = []
"#;

    /// `rule line` of each complaint about a changed blueprint.
    fn complaints(from: &str, to: &str) -> Vec<String> {
        assert!(EXAM.contains(from));
        parse(&EXAM.replacen(from, to, 1)).complaints.iter().map(|it| format!("{} {}", it.rule, it.line)).collect()
    }

    #[test]
    fn every_field_is_read() {
        let parsed = parse(EXAM);
        assert_eq!(parsed.complaints, []);
        let exam = parsed.value.unwrap();
        assert_eq!((exam.id.as_str(), exam.code.as_str(), exam.name.as_str(), exam.order), ("x", "X-1", "X", 2));
        assert_eq!(
            (exam.max_questions, exam.minutes, exam.passing_score, exam.scale_min, exam.scale_max),
            (90, 90, 700, 100, 900)
        );
        assert_eq!((exam.target_items, exam.floor_per_objective), (10, 1));
        assert_eq!(exam.domains.iter().map(|domain| (domain.number, domain.weight)).collect::<Vec<_>>(), [(1, 60), (2, 40)]);
        let objective = exam.objective(&ObjectiveId::from("2.1")).unwrap();
        assert_eq!((objective.title.as_str(), objective.scenario), ("Do more", false));
        assert_eq!(exam.domain_of(&ObjectiveId::from("1.1")).unwrap().objectives[0].keywords, ["k"]);
    }

    #[test]
    fn an_exam_without_a_place_comes_last() {
        assert_eq!(parse(&EXAM.replace("order = 2\n", "")).value.unwrap().order, u16::MAX);
    }

    #[test]
    fn mistakes_have_their_lines() {
        assert_eq!(complaints("weight = 40", "weight = 41"), ["B1 18"]);
        assert_eq!(complaints("weight = 40", "weight = 400"), ["F2 30"]);
        assert_eq!(complaints("id = \"2.1\"", "id = \"1.1\""), ["F2 32"]);
        assert_eq!(complaints("minutes = 90", "minuets = 90"), ["F2 2", "F2 9"]);
        assert_eq!(complaints("schema = 1", "schema = 2"), ["F2 1"]);
        assert_eq!(complaints("scenario = true", "scenario = \"yes\""), ["F2 25"]);
        assert_eq!(complaints("keywords = [\"k\"]", "keywords = [3]"), ["F2 26"]);
        assert_eq!(complaints("[coverage]", "[cover]"), ["F2 1", "F2 15"]);
        assert_eq!(complaints("name = \"One\"", "name = \"\""), ["F2 20"]);
    }

    #[test]
    fn a_file_of_something_else_is_refused() {
        assert!(parse("").value.is_none());
        assert!(parse("domain = 3\nexam = []").value.is_none());
        assert!(parse("[[domain]]\n[[exam]]").value.is_none());
    }
}
