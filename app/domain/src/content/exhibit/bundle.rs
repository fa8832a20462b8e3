//! An item with what its exhibit is made from: its case, and the site. Together they are one text with one version, so that an
//! attempt shows what it was drawn with whatever becomes of the files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use engine::site::Site;

use super::{Plan, Setup};
use crate::content::bank::{Bank, ItemFile, Mistake};
use crate::content::complaint::{Complaint, Parsed};
use crate::content::fields::{Reader, normalise};
use crate::content::item::{Authored, Item, Source, version_of};
use crate::content::prose::Prose;
use crate::ids::{CaseId, ExamId};

/// E3: an item's case and site are there, and a case has its parts.
const BELONGS: &str = "E3";
/// E3, own choice: more parts make a chapter of one company.
pub const MOST_PARTS: u8 = 4;
/// E3: one part is an item of its own.
const FEWEST_PARTS: u8 = 2;
/// Begins the line above a text that stands below the item's own. A comment in TOML.
const BELOW: &str = "#~~ below: ";

/// What several items of one exam have in common: a text and an exhibit, drawn with one seed.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: CaseId,
    pub id_line: u32,
    pub text: Prose,
    pub plan: Plan,
}

#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Under `content/`, such as `network-plus/cases/net-case-annex.toml`.
    pub file: String,
    pub exam: ExamId,
    pub setup: Setup,
    pub case: Case,
}

/// Reads `content/<exam>/cases/<id>.toml`. Reports every mistake of form at once; never panics.
#[must_use]
pub fn parse_case(text: &str) -> Parsed<Case> {
    let text = normalise(text);
    Reader::document(&text, "the case", |reader, file| {
        let id = reader.text(file, "id");
        let text = reader.prose(file, "text", true);
        let plan = super::read(reader, file, true);
        let id = id?;
        Some(Case { id: CaseId(id.value), id_line: id.line, text: text?.value, plan: plan? })
    })
}

/// An item as it was stored: its text with those below it.
#[must_use]
pub fn parse(exam: &ExamId, stored: &str) -> Parsed<Item> {
    let stored = normalise(stored);
    let break_before = format!("\n{BELOW}");
    let mut texts = stored.split(&break_before);
    let own = texts.next().unwrap_or_default();
    let below: BTreeMap<&str, &str> = texts.filter_map(|text| text.split_once('\n')).collect();
    let mut parsed = crate::content::item::parse_authored(exam, own);
    if let Some(authored) = &mut parsed.value {
        authored.item.version = version_of(&stored);
        let case = below.get("case").and_then(|text| parse_case(text).value);
        let site = below.get("site").and_then(|text| toml::from_str::<Site>(text).ok());
        if let Some(site) = site {
            let setup = setup(authored, case, Arc::new(site));
            authored.item.values = setup.map(|setup| Source::Exhibit(Arc::new(setup)));
        }
    }
    parsed.map(|authored| authored.item)
}

fn setup(authored: &Authored, case: Option<Case>, site: Arc<Site>) -> Option<Setup> {
    match case {
        Some(case) => Some(Setup { plan: case.plan, site, text: case.text }),
        None => Some(Setup { plan: authored.plan.clone()?, site, text: Prose::default() }),
    }
}

/// Gives every item of the bank its exhibit; `files` maps paths under `content/` to texts.
pub fn attach(files: &BTreeMap<String, String>, bank: &mut Bank, mistakes: &mut Vec<Mistake>) {
    let sites = sites(files);
    read_cases(files, &sites, bank, mistakes);
    let cases: BTreeMap<&CaseId, &CaseFile> = bank.cases.iter().map(|case| (&case.case.id, case)).collect();
    for item in &mut bank.items {
        let attached = attach_one(item, &cases, &sites, files);
        mistakes.extend(attached.err().map(|complaint| Mistake { file: item.file.clone(), complaint }));
    }
    mistakes.extend(bank.cases.iter().filter_map(|case| wrong_number_of_parts(bank, case)));
}

/// Sites by id, with their texts. One that cannot be read is complained about where sites are checked.
fn sites(files: &BTreeMap<String, String>) -> BTreeMap<String, (Arc<Site>, &str)> {
    let texts = files.iter().filter(|(path, _)| path.starts_with("sites/")).map(|(_, text)| text.as_str());
    let read = texts.filter_map(|text| Some((toml::from_str::<Site>(text).ok()?, text)));
    read.map(|(site, text)| (site.id.clone(), (Arc::new(site), text))).collect()
}

fn read_cases(
    files: &BTreeMap<String, String>,
    sites: &BTreeMap<String, (Arc<Site>, &str)>,
    bank: &mut Bank,
    mistakes: &mut Vec<Mistake>,
) {
    for (path, text) in files {
        let [folder, "cases", _] = path.split('/').collect::<Vec<_>>()[..] else { continue };
        let exam_file = format!("{folder}/exam.toml");
        let parsed = parse_case(text);
        let mut complain = |complaint| mistakes.push(Mistake { file: path.clone(), complaint });
        parsed.complaints.into_iter().for_each(&mut complain);
        let Some(case) = parsed.value else { continue };
        let exam = bank.exams.iter().find(|exam| exam.file == exam_file).map(|exam| exam.blueprint.id.clone());
        let taken = bank.cases.iter().find(|other| other.case.id == case.id);
        let site = sites.get(&case.plan.site.value).map(|(site, _)| Arc::clone(site));
        match (exam, taken, site) {
            (None, ..) => complain(Complaint::error("F5", 1, format!("content/{folder} has no exam.toml"))),
            (_, Some(other), _) => {
                let message = format!("the id `{}` is taken by content/{}: choose another", case.id, other.file);
                complain(Complaint::error("F5", case.id_line, message));
            }
            (.., None) => complain(no_site(&case.plan, sites)),
            (Some(exam), None, Some(site)) => {
                let setup = Setup { plan: case.plan.clone(), site, text: case.text.clone() };
                bank.cases.push(CaseFile { file: path.clone(), exam, setup, case });
            }
        }
    }
}

fn no_site(plan: &Plan, sites: &BTreeMap<String, (Arc<Site>, &str)>) -> Complaint {
    let known: Vec<_> = sites.keys().map(String::as_str).collect();
    let message = format!("there is no site `{}`. Known: {}", plan.site.value, known.join(", "));
    Complaint::error(BELONGS, plan.site.line, message)
}

fn attach_one(
    file: &mut ItemFile,
    cases: &BTreeMap<&CaseId, &CaseFile>,
    sites: &BTreeMap<String, (Arc<Site>, &str)>,
    files: &BTreeMap<String, String>,
) -> Result<(), Complaint> {
    let Authored { item, plan, places, .. } = &mut file.authored;
    let complain = |message: String| Complaint::error(BELONGS, places.case, message);
    if item.values.is_some() && (item.case.is_some() || plan.is_some()) {
        let message = "its values come from a generator or from an exhibit: leave one of them out";
        return Err(Complaint::error(BELONGS, places.values, message));
    }
    let (setup, case_text) = match (&item.case, &*plan) {
        (None, None) => return Ok(()),
        (Some(_), Some(_)) => return Err(complain("the exhibit of a case stands in its file: take [exhibit] out".to_owned())),
        (Some(id), None) => {
            let case = cases.get(id).ok_or_else(|| complain(format!("there is no case `{id}` in `cases/`")))?;
            if case.exam != item.exam {
                return Err(complain(format!("the case `{id}` is one of {}", case.exam)));
            }
            (case.setup.clone(), files.get(&case.file))
        }
        (None, Some(plan)) => {
            let (site, _) = sites.get(&plan.site.value).ok_or_else(|| no_site(plan, sites))?;
            (Setup { plan: plan.clone(), site: Arc::clone(site), text: Prose::default() }, None)
        }
    };
    let site_text = sites.get(&setup.site.id).map_or("", |(_, text)| text);
    let case_text = case_text.map(|text| format!("\n{BELOW}case\n{text}")).unwrap_or_default();
    // Writing to a String cannot fail.
    let _ = write!(file.text, "{case_text}\n{BELOW}site\n{site_text}");
    item.version = version_of(&file.text);
    item.values = Some(Source::Exhibit(Arc::new(setup)));
    Ok(())
}

fn wrong_number_of_parts(bank: &Bank, case: &CaseFile) -> Option<Mistake> {
    let parts = bank.items.iter().filter(|item| item.authored.item.case.as_ref() == Some(&case.case.id)).count();
    let message = format!("{parts} items have case = \"{}\": make it {FEWEST_PARTS} to {MOST_PARTS}", case.case.id);
    let complaint = Complaint::error(BELONGS, case.case.id_line, message);
    (!(usize::from(FEWEST_PARTS)..=usize::from(MOST_PARTS)).contains(&parts))
        .then(|| Mistake { file: case.file.clone(), complaint })
}
