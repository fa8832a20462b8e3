//! Sites and scenarios as data: `sites/*.toml`, `scenarios/*.toml`, read into the engine's descriptions and checked.
//!
//! The engine says what is wrong by the path of a field; here the path becomes a line of the file.

mod debrief;
mod line;

use std::collections::BTreeMap;

use engine::site::{self, Site};
use engine::ticket::Scenario;
use engine::ticket::scenario::prepare;
use serde::de::DeserializeOwned;

use super::bank::{Bank, ItemFile, Mistake};
use super::complaint::Complaint;
use super::item::Interaction;

/// T1: the file is TOML with the fields that a site or a scenario has.
const SHAPE: &str = "T1";
/// T2: a site builds for every seed that is tried.
const SITE: &str = "T2";
/// T3: a scenario can be prepared: people, devices, faults, probes and scripts are there and fit.
const SCENARIO: &str = "T3";
/// T4: a scenario names objectives of this bank.
const OBJECTIVE: &str = "T4";
/// E4: the scenario of a simulation is there.
const SIMULATION: &str = "E4";
/// T5: no two sites, and no two scenarios, have one id.
const UNIQUE: &str = "T5";

/// Seeds for which building is tried when content is checked; `firstline tickets prove` tries more.
const SEEDS: u64 = 3;

/// What could be read.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub sites: BTreeMap<String, Filed<Site>>,
    pub scenarios: BTreeMap<String, Filed<Scenario>>,
}

/// A description with its file.
#[derive(Clone, Debug)]
pub struct Filed<T> {
    /// Under `content/`.
    pub file: String,
    pub text: String,
    pub value: T,
}

impl<T> Filed<T> {
    /// A complaint of the engine with its line.
    #[must_use]
    pub fn mistake(&self, rule: &'static str, complaint: &site::Complaint) -> Mistake {
        let line = line::of(&self.text, &complaint.path);
        Mistake { file: self.file.clone(), complaint: Complaint::error(rule, line, complaint.message.clone()) }
    }
}

impl Library {
    /// The site of a scenario; [`check`] has made sure that it is there.
    #[must_use]
    pub fn site_of(&self, scenario: &Scenario) -> Option<&Filed<Site>> {
        self.sites.get(&scenario.site)
    }
}

/// What [`prepare`] complains of, with its line: in the site's file where the site is at fault.
#[must_use]
pub fn mistake(scenario: &Filed<Scenario>, site: &Filed<Site>, complaint: &site::Complaint) -> Mistake {
    match complaint.path.strip_prefix("site:") {
        Some(path) => site.mistake(SITE, &site::Complaint { path: path.to_owned(), message: complaint.message.clone() }),
        None => scenario.mistake(SCENARIO, complaint),
    }
}

/// Reads every site and scenario; `files` maps paths under `content/` to texts.
#[must_use]
pub fn read(files: &BTreeMap<String, String>) -> (Library, Vec<Mistake>) {
    let mut library = Library::default();
    let mut mistakes = Vec::new();
    for (file, text) in files {
        match file.split('/').collect::<Vec<_>>().as_slice() {
            ["sites", _] => take(file, text, &mut library.sites, |site: &Site| site.id.clone(), &mut mistakes),
            ["scenarios", _] => {
                take(file, text, &mut library.scenarios, |scenario: &Scenario| scenario.id.clone(), &mut mistakes);
            }
            _ => {}
        }
    }
    (library, mistakes)
}

fn take<T: DeserializeOwned>(
    file: &str,
    text: &str,
    into: &mut BTreeMap<String, Filed<T>>,
    id: impl Fn(&T) -> String,
    mistakes: &mut Vec<Mistake>,
) {
    let mut complain = |rule, line, message: String| {
        mistakes.push(Mistake { file: file.to_owned(), complaint: Complaint::error(rule, line, message) });
    };
    let value: T = match toml::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let line = error.span().map_or(1, |span| line::at(text, span.start));
            return complain(SHAPE, line, error.message().trim().replace('\n', "; "));
        }
    };
    let id = id(&value);
    match into.get(&id) {
        Some(other) => complain(UNIQUE, 1, format!("{} has the id “{id}” already: give this one another.", other.file)),
        None => _ = into.insert(id, Filed { file: file.to_owned(), text: text.to_owned(), value }),
    }
}

/// Builds every site and prepares every scenario for a few seeds; complaints have their lines.
#[must_use]
pub fn check(library: &Library, bank: &Bank) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for filed in library.sites.values() {
        let complaints = (0..SEEDS).find_map(|seed| site::build(&filed.value, seed).err()).unwrap_or_default();
        mistakes.extend(complaints.iter().map(|complaint| filed.mistake(SITE, complaint)));
    }
    for filed in library.scenarios.values() {
        mistakes.extend(objectives(filed, bank));
        mistakes.extend(debrief::check(filed));
        let Some(site) = library.site_of(&filed.value) else {
            let known: Vec<_> = library.sites.keys().map(String::as_str).collect();
            let message = format!("There is no site “{}”. Known: {}.", filed.value.site, known.join(", "));
            mistakes.push(filed.mistake(SCENARIO, &site::Complaint { path: "site".to_owned(), message }));
            continue;
        };
        let complaints = (0..SEEDS).find_map(|seed| prepare(&filed.value, &site.value, seed).err()).unwrap_or_default();
        // What is wrong with the site was said above.
        let own = complaints.iter().filter(|complaint| !complaint.path.starts_with("site:"));
        mistakes.extend(own.map(|complaint| filed.mistake(SCENARIO, complaint)));
    }
    mistakes.extend(bank.items.iter().filter_map(|item| simulation(library, item)));
    mistakes.sort();
    mistakes
}

/// What is wrong with the scenario that an item names.
fn simulation(library: &Library, item: &ItemFile) -> Option<Mistake> {
    let Interaction::Simulation(simulation) = &item.authored.item.interaction else { return None };
    if library.scenarios.contains_key(simulation.scenario.as_str()) {
        return None;
    }
    let known: Vec<_> = library.scenarios.keys().map(String::as_str).collect();
    let message = format!("there is no scenario `{}`: take one of {}", simulation.scenario, known.join(", "));
    let line = item.authored.places.parts.first().map_or(1, |part| part.text);
    Some(Mistake { file: item.file.clone(), complaint: Complaint::error(SIMULATION, line, message) })
}

fn objectives(filed: &Filed<Scenario>, bank: &Bank) -> Vec<Mistake> {
    let known = |text: &str| {
        text.split_once('/').is_some_and(|(exam, objective)| {
            let exams = bank.exams.iter().filter(|file| file.blueprint.id.as_str() == exam);
            exams
                .flat_map(|file| &file.blueprint.domains)
                .flat_map(|domain| &domain.objectives)
                .any(|one| one.id.as_str() == objective)
        })
    };
    let unknown = filed.value.objectives.iter().enumerate().filter(|(_, text)| !known(text));
    unknown
        .map(|(at, text)| {
            let message = format!("“{text}” is no objective of this bank: write exam/objective, such as network-plus/5.3.");
            filed.mistake(OBJECTIVE, &site::Complaint { path: format!("objectives[{at}]"), message })
        })
        .collect()
}
