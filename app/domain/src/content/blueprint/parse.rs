//! Reads `content/<exam>/exam.toml`.

use std::collections::BTreeSet;

use super::{Blueprint, Domain, Objective};
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
        reader.ignore(file, &["notes", "seed_topic"]);
        let schema: Option<u16> = reader.number(file, "schema");
        if schema.is_some_and(|schema| schema != 1) {
            reader.field_error(file.line, "`schema` must be 1, the only one there is");
        }
        let exam = reader.table(file, "exam", true);
        let coverage = reader.table(file, "coverage", true);
        let domains = domains(reader, file);
        blueprint(reader, exam?, coverage?, domains?)
    })
}

fn blueprint(
    reader: &mut Reader<'_>,
    mut exam: Section<'_>,
    mut coverage: Section<'_>,
    domains: Vec<Domain>,
) -> Option<Blueprint> {
    reader.ignore(&mut exam, NOTES_OF_EXAM);
    reader.ignore(&mut coverage, &["target_simulations"]);
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
    })
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
