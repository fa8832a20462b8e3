//! All files of all exams together, read but not yet checked against the rules.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::blueprint::{self, Blueprint};
use super::complaint::{Complaint, Severity};
use super::exhibit::{CaseFile, bundle};
use super::item::{self, Authored};
use crate::ids::{ExamId, ItemId};

/// What could be read.
#[derive(Clone, Debug, Default)]
pub struct Bank {
    /// In the order that exams are offered.
    pub exams: Vec<ExamFile>,
    /// By exam, then by id.
    pub items: Vec<ItemFile>,
    /// In the order of their files.
    pub cases: Vec<CaseFile>,
}

#[derive(Clone, Debug)]
pub struct ExamFile {
    /// Under `content/`, such as `network-plus/exam.toml`.
    pub file: String,
    pub blueprint: Blueprint,
}

#[derive(Clone, Debug)]
pub struct ItemFile {
    /// Under `content/`, such as `network-plus/items/3.4/net-dhcp-relay-missing.toml`.
    pub file: String,
    /// What its version is of: the file's text, with that of its case and site below it.
    pub text: String,
    pub authored: Authored,
}

/// A complaint and its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Under `content/`.
    pub file: String,
    pub complaint: Complaint,
}

impl Bank {
    #[must_use]
    pub fn exam(&self, id: &ExamId) -> Option<&ExamFile> {
        self.exams.iter().find(|exam| exam.blueprint.id == *id)
    }

    pub fn items_of<'a>(&'a self, exam: &'a ExamId) -> impl Iterator<Item = &'a ItemFile> {
        self.items.iter().filter(move |item| item.authored.item.exam == *exam)
    }
}

impl Mistake {
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.complaint.level == Severity::Error
    }
}

impl fmt::Display for Mistake {
    /// `content/<file>:<line>: E O12 message`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "content/{}:{}: {}", self.file, self.complaint.line, self.complaint)
    }
}

impl ItemFile {
    /// The file with the item that a learner is asked; see [`item::Item::instance`].
    #[must_use]
    pub fn instance(&self, seed: u64) -> Self {
        let mut file = self.clone();
        if file.authored.item.values.is_some() {
            file.authored.item = Arc::unwrap_or_clone(Arc::new(file.authored.item).instance(seed));
        }
        file
    }
}

/// Reads every `<exam>/exam.toml` and every `<exam>/items/**/*.toml`; `files` maps paths under `content/` to texts. Other files
/// are nobody's business here. Two exams or two items with one id are mistakes, and the first one stays.
#[must_use]
pub fn read(files: &BTreeMap<String, String>) -> (Bank, Vec<Mistake>) {
    let mut bank = Bank::default();
    let mut mistakes = Vec::new();
    let folders = read_exams(files, &mut bank, &mut mistakes);
    read_items(files, &folders, &mut bank, &mut mistakes);
    bundle::attach(files, &mut bank, &mut mistakes);
    bank.exams.sort_by(|a, b| (a.blueprint.order, &a.blueprint.id).cmp(&(b.blueprint.order, &b.blueprint.id)));
    bank.items.sort_by(|a, b| (&a.authored.item.exam, &a.authored.item.id).cmp(&(&b.authored.item.exam, &b.authored.item.id)));
    mistakes.sort();
    (bank, mistakes)
}

/// The exam of each folder that has a readable one.
fn read_exams<'f>(
    files: &'f BTreeMap<String, String>,
    bank: &mut Bank,
    mistakes: &mut Vec<Mistake>,
) -> BTreeMap<&'f str, Option<ExamId>> {
    let mut folders = BTreeMap::new();
    for (path, text) in files {
        let Some(folder) = path.strip_suffix("/exam.toml").filter(|folder| !folder.contains('/')) else { continue };
        let parsed = blueprint::parse(text);
        let file = path.clone();
        mistakes.extend(parsed.complaints.into_iter().map(|complaint| Mistake { file: file.clone(), complaint }));
        folders.insert(folder, parsed.value.as_ref().map(|blueprint| blueprint.id.clone()));
        let Some(blueprint) = parsed.value else { continue };
        if let Some(other) = bank.exam(&blueprint.id) {
            let message = format!("the exam id `{}` is taken by content/{}: choose another", blueprint.id, other.file);
            mistakes.push(Mistake { file, complaint: Complaint::error("F5", 1, message) });
        } else {
            bank.exams.push(ExamFile { file, blueprint });
        }
    }
    folders
}

fn read_items(
    files: &BTreeMap<String, String>,
    folders: &BTreeMap<&str, Option<ExamId>>,
    bank: &mut Bank,
    mistakes: &mut Vec<Mistake>,
) {
    let mut files_by_id: BTreeMap<ItemId, String> = BTreeMap::new();
    for (path, text) in files {
        let Some((folder, rest)) = path.split_once('/') else { continue };
        if !rest.starts_with("items/") || rest.rsplit_once('.').is_none_or(|(_, ending)| ending != "toml") {
            continue;
        }
        let file = path.clone();
        // A folder whose exam.toml cannot be read still has its items checked for form.
        let exam = folders.get(folder).cloned();
        if exam.is_none() {
            let complaint =
                Complaint::error("F5", 1, format!("content/{folder} has no exam.toml: every item belongs to an exam"));
            mistakes.push(Mistake { file: file.clone(), complaint });
        }
        let exam = exam.flatten();
        let parsed = item::parse_authored(exam.as_ref().unwrap_or(&ExamId::from(folder)), text);
        mistakes.extend(parsed.complaints.into_iter().map(|complaint| Mistake { file: file.clone(), complaint }));
        let Some(authored) = parsed.value else { continue };
        if let Some(other) = files_by_id.get(&authored.item.id) {
            let message = format!("the id `{}` is taken by content/{other}: choose another", authored.item.id);
            mistakes.push(Mistake { file, complaint: Complaint::error("F5", authored.places.id, message) });
        } else if exam.is_some() {
            files_by_id.insert(authored.item.id.clone(), file.clone());
            bank.items.push(ItemFile { file, text: text.clone(), authored });
        }
    }
}
