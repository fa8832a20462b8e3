//! `firstline content check`: every mistake, and what the bank holds.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use domain::content::bank::{self, Bank, Mistake};
use domain::content::blueprint::{Blueprint, Objective};
use domain::content::coverage::{Coverage, ObjectiveCoverage};
use domain::content::item::{Difficulty, Item, Level};
use domain::content::reviews;
use domain::content::tickets;
use domain::content::{Severity, check};
use domain::ids::{ExamId, ObjectiveId};
use serde::Serialize;

use super::{files, sha256};
use crate::clock::today;

/// A release holds nothing that only its author has read; while one writes, that is a reminder.
const UNREAD: Severity = if cfg!(debug_assertions) { Severity::Warning } else { Severity::Error };

/// Checks the content, writes the mistakes and the counts to `out`, and says whether the bank is free of errors.
///
/// # Errors
/// When a file cannot be read or `out` cannot be written.
pub fn run(overlay: Option<&Path>, json: bool, out: &mut impl Write) -> io::Result<bool> {
    let files = files::read(overlay).map_err(io::Error::other)?;
    let (bank, mut mistakes) = bank::read(&files);
    mistakes.extend(check::check(&bank, Some(today())));
    mistakes.extend(check::exhibits::check(&bank, check::exhibits::SEEDS));
    let (library, unreadable) = tickets::read(&files);
    mistakes.extend(unreadable);
    mistakes.extend(tickets::check(&library, &bank));
    let (reviews, unread) = reviews::check(&files, &bank, sha256, UNREAD);
    mistakes.extend(unread);
    mistakes.sort();
    let report = Report::new(&bank, &mistakes, reviews);
    if json {
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)?;
    } else {
        write_text(&report, &mistakes, out)?;
    }
    Ok(report.errors == 0)
}

#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    /// Items whose present text an independent reader has answered without the key and compared with its sources; how many of
    /// them were reworded after that answer, and in how many a fact or a source was corrected.
    reviewed: usize,
    reworded: usize,
    corrected: usize,
    exams: Vec<ExamCounts<'a>>,
    complaints: Vec<ReportedComplaint<'a>>,
}

#[derive(Serialize)]
struct ExamCounts<'a> {
    id: &'a ExamId,
    items: usize,
    /// How many of them are asked about an exhibit, and by how many cases.
    exhibits: usize,
    cases: usize,
    /// How many the finished bank is to have.
    target: u32,
    domains: Vec<DomainCounts>,
    objectives: Vec<ObjectiveCounts<'a>>,
    keywords: KeywordCounts,
    types: BTreeMap<&'static str, usize>,
    levels: BTreeMap<&'static str, usize>,
    difficulties: BTreeMap<&'static str, usize>,
    /// By tag.
    topics: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct DomainCounts {
    number: u8,
    items: usize,
    /// Percent of the exam.
    weight: u8,
}

#[derive(Serialize)]
struct ObjectiveCounts<'a> {
    id: &'a ObjectiveId,
    items: usize,
    floor: u32,
    /// Keywords that no item covers.
    open: Vec<String>,
}

#[derive(Serialize)]
struct KeywordCounts {
    covered: usize,
    all: usize,
}

#[derive(Serialize)]
struct ReportedComplaint<'a> {
    /// Under `content/`.
    file: &'a str,
    line: u32,
    /// `E` or `W`.
    level: String,
    rule: &'static str,
    message: &'a str,
}

impl<'a> Report<'a> {
    fn new(bank: &'a Bank, mistakes: &'a [Mistake], reviews: reviews::Counts) -> Self {
        let errors = mistakes.iter().filter(|mistake| mistake.is_error()).count();
        let complaints = mistakes.iter().map(|mistake| ReportedComplaint {
            file: &mistake.file,
            line: mistake.complaint.line,
            level: mistake.complaint.level.to_string(),
            rule: mistake.complaint.rule,
            message: &mistake.complaint.message,
        });
        Self {
            errors,
            warnings: mistakes.len() - errors,
            reviewed: reviews.reviewed,
            reworded: reviews.reworded,
            corrected: reviews.corrected,
            exams: bank.exams.iter().map(|exam| ExamCounts::new(bank, &exam.blueprint)).collect(),
            complaints: complaints.collect(),
        }
    }
}

impl<'a> ExamCounts<'a> {
    fn new(bank: &'a Bank, blueprint: &'a Blueprint) -> Self {
        let items: Vec<&Item> = bank.items_of(&blueprint.id).map(|file| &file.authored.item).collect();
        let coverage = Coverage::of(blueprint, &items);
        let (covered, all) = coverage.keywords();
        let levels =
            [("recall", Level::Recall), ("understand", Level::Understand), ("apply", Level::Apply), ("analyse", Level::Analyse)];
        let difficulties = [("easy", Difficulty::Easy), ("medium", Difficulty::Medium), ("hard", Difficulty::Hard)];
        let difficulty = |difficulty| coverage.difficulties.get(&difficulty).copied().unwrap_or_default();
        let objectives = blueprint.domains.iter().flat_map(|domain| &domain.objectives);
        let objective = |(objective, counts): (&'a Objective, &ObjectiveCoverage)| ObjectiveCounts {
            id: &objective.id,
            items: counts.items,
            floor: blueprint.floor_per_objective,
            open: counts.open.clone(),
        };
        Self {
            id: &blueprint.id,
            items: coverage.items,
            exhibits: coverage.exhibits,
            cases: bank.cases.iter().filter(|case| case.exam == blueprint.id).count(),
            target: blueprint.target_items,
            domains: coverage
                .domains
                .iter()
                .map(|domain| DomainCounts { number: domain.number, items: domain.items, weight: domain.weight })
                .collect(),
            objectives: objectives.zip(coverage.objectives()).map(objective).collect(),
            keywords: KeywordCounts { covered, all },
            levels: levels.map(|(name, level)| (name, items.iter().filter(|item| item.level == level).count())).into(),
            difficulties: difficulties.map(|(name, level)| (name, difficulty(level))).into(),
            topics: coverage.topics.iter().map(|topic| (topic.tag.clone(), topic.items)).collect(),
            types: coverage.kinds,
        }
    }
}

fn write_text(report: &Report<'_>, mistakes: &[Mistake], out: &mut impl Write) -> io::Result<()> {
    for mistake in mistakes {
        writeln!(out, "{mistake}")?;
    }
    for exam in &report.exams {
        writeln!(out, "\n{}: {} items of {} planned", exam.id, exam.items, exam.target)?;
        writeln!(out, "  with exhibits {}, {} cases", exam.exhibits, exam.cases)?;
        writeln!(out, "  keywords      {} of {} covered", exam.keywords.covered, exam.keywords.all)?;
        writeln!(out, "  by type       {}", joined(exam.types.iter()))?;
        writeln!(out, "  by level      {}", joined(exam.levels.iter()))?;
        writeln!(out, "  by difficulty {}", joined(exam.difficulties.iter()))?;
        let share = |items: usize| items * 100 / exam.items.max(1);
        let domains = exam
            .domains
            .iter()
            .map(|domain| format!("{}: {}, {} % (weight {} %)", domain.number, domain.items, share(domain.items), domain.weight));
        writeln!(out, "  by domain     {}", domains.collect::<Vec<_>>().join("; "))?;
        writeln!(out, "  by objective  {}", joined(exam.objectives.iter().map(|objective| (objective.id, &objective.items))))?;
    }
    let items: usize = report.exams.iter().map(|exam| exam.items).sum();
    let Report { reviewed, reworded, corrected, .. } = report;
    writeln!(
        out,
        "\n{reviewed} items read by somebody else: {reworded} reworded then, {corrected} with a fact or source corrected"
    )?;
    writeln!(out, "{items} items in {} exams: {} errors, {} warnings", report.exams.len(), report.errors, report.warnings)
}

fn joined<'c, N: std::fmt::Display>(counts: impl Iterator<Item = (N, &'c usize)>) -> String {
    counts.map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}
