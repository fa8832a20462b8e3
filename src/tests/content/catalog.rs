//! Loading: what is laid over, what is refused, what the command prints.

use domain::ids::{ExamId, ItemId, ObjectiveId};
use firstline::content::report::run;
use firstline::content::{Catalog, ContentError};

use super::{Folder, built_in};

const ITEM: &str = "network-plus/items/3.4/";

/// Path and text of some item of Network+.
fn an_item() -> (String, String) {
    let mut files = built_in().into_iter();
    files.find(|(path, _)| path.starts_with(ITEM)).unwrap()
}

#[test]
fn the_built_in_content_loads() {
    let (catalog, warnings) = Catalog::load(None).unwrap();
    assert_eq!(warnings, [], "the bank is whole: shares, objectives, types, difficulty, keywords, topics");
    let exam = ExamId::from("network-plus");
    let items: Vec<_> = catalog.items_of(&exam).collect();
    assert!(items.len() >= 35);
    assert!(items.iter().all(|item| item.exam == exam));
    assert!(items.windows(2).all(|pair| pair[0].id < pair[1].id));
    let counted: u32 = catalog
        .exam(&exam)
        .unwrap()
        .domains
        .iter()
        .flat_map(|domain| &domain.objectives)
        .map(|objective| catalog.count(&exam, &objective.id))
        .sum();
    assert_eq!(counted as usize, catalog.questions_of(&exam).count(), "simulations are for exams alone");
    assert!(catalog.item(&ItemId::from("no-such-item")).is_none());
    assert_eq!(catalog.count(&exam, &ObjectiveId::from("9.9")), 0);
}

#[test]
fn the_same_path_replaces_a_file() {
    let (path, text) = an_item();
    let changed = text.replace("source = \"", "source = \"Our own handbook; ");
    let folder = Folder::new("replace", &[(&path, changed.as_bytes())]);
    let (before, _) = Catalog::load(None).unwrap();
    let (after, _) = Catalog::load(Some(&folder.0)).unwrap();
    let exam = ExamId::from("network-plus");
    assert_eq!(before.items_of(&exam).count(), after.items_of(&exam).count());
    let differing: Vec<_> = after.items_of(&exam).filter(|item| before.item(&item.id).unwrap().version != item.version).collect();
    assert_eq!(differing.len(), 1);
    assert!(differing[0].source.starts_with("Our own handbook; "));
}

#[test]
fn another_path_adds_an_exam_of_its_own() {
    let exam = built_in()["network-plus/exam.toml"].replace("id = \"network-plus\"", "id = \"house\"").replace("order = 3\n", "");
    let folder =
        Folder::new("add", &[("house/exam.toml", exam.as_bytes()), ("house/notes.txt", b"\xff"), (".git/x.toml", b"\xff")]);
    let (catalog, _) = Catalog::load(Some(&folder.0)).unwrap();
    assert_eq!(catalog.exams.len(), 5);
    assert_eq!(catalog.exams.last().unwrap().id.as_str(), "house");
}

#[test]
fn a_broken_file_is_refused_with_its_line() {
    let (path, text) = an_item();
    let lines = text.lines().map(|line| if line.starts_with("type = ") { "type = \"several\"" } else { line });
    let broken = lines.collect::<Vec<_>>().join("\n");
    let folder = Folder::new("broken", &[(&path, broken.as_bytes())]);
    let error = Catalog::load(Some(&folder.0)).unwrap_err();
    let line = format!("content/{path}:3: E F2 `type` must be one of single, multiple, ordering, matching, placing, typed");
    assert!(error.to_string().contains(&line), "{error}");
    assert!(error.to_string().starts_with("the content has 1 error; `firstline content check` lists all"), "{error}");
}

#[test]
fn a_refusal_names_the_first_mistakes_and_counts_the_rest() {
    let mut files = built_in();
    for (path, text) in &mut files {
        if path.contains("/items/") {
            *text = text.replace("level = ", "lvl = ");
        }
    }
    let ContentError::Broken(broken) = Catalog::from_files(&files).unwrap_err() else { panic!("not broken") };
    let text = broken.to_string();
    assert_eq!(text.lines().count(), 12, "{text}");
    assert!(text.ends_with(&format!("and {} more", broken.0.len() - 10)), "{text}");
}

#[test]
fn a_folder_that_is_not_there_or_a_file_that_is_not_text_is_named() {
    let missing = Catalog::load(Some(std::path::Path::new("/no/such/folder"))).unwrap_err();
    assert!(missing.to_string().starts_with("cannot read content from /no/such/folder"), "{missing}");
    let folder = Folder::new("latin", &[("house/exam.toml", b"name = \"caf\xe9\"")]);
    let latin = Catalog::load(Some(&folder.0)).unwrap_err();
    assert!(latin.to_string().contains("house/exam.toml"), "{latin}");
}

#[test]
fn the_check_prints_mistakes_and_counts() {
    let (path, text) = an_item();
    let broken = text.replace("source = \"", "sauce = \"");
    let folder = Folder::new("report", &[(&path, broken.as_bytes())]);
    let mut out = Vec::new();
    assert!(!run(Some(&folder.0), false, &mut out).unwrap());
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains(&format!("content/{path}:")), "{text}");
    assert!(text.contains("E F2 the item has no field `sauce`"), "{text}");
    assert!(text.contains("\nnetwork-plus: "), "{text}");
    assert!(text.trim_end().lines().last().unwrap().contains(" items in 4 exams: "), "{text}");
}

#[test]
fn the_json_has_what_the_scripts_read() {
    let mut out = Vec::new();
    let clean = run(None, true, &mut out).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
    // Not "no errors": on the day that a `review_by` passes there is one.
    assert_eq!(clean, report["errors"] == 0);
    let mistakes = report["errors"].as_u64().unwrap() + report["warnings"].as_u64().unwrap();
    let exams = report["exams"].as_array().unwrap();
    assert_eq!(exams.len(), 4);
    for exam in exams {
        assert!(exam["items"].as_u64().unwrap() >= 35, "{exam}");
        let objectives = exam["objectives"].as_array().unwrap();
        let items: u64 = objectives.iter().map(|objective| objective["items"].as_u64().unwrap()).sum();
        assert_eq!(Some(items), exam["items"].as_u64());
        assert!(objectives.iter().all(|objective| objective["id"].is_string() && objective["floor"].is_u64()));
    }
    assert_eq!(report["complaints"].as_array().unwrap().len() as u64, mistakes);
}

#[test]
fn a_broken_site_or_scenario_is_refused_with_its_place() {
    let scenario = "scenarios/clinic-no-link.toml";
    let text = built_in()[scenario].replace("id = \"N2\"\ndevice", "id = \"N999\"\ndevice");
    let folder = Folder::new("tickets", &[(scenario, text.as_bytes()), ("sites/home.toml", b"id = \"home\"\nname = 3\n")]);
    let refused = Catalog::load(Some(&folder.0)).unwrap_err().to_string();
    let line = text.lines().position(|line| line == "id = \"N999\"").unwrap() + 1;
    assert!(refused.contains(&format!("{scenario}:{line}: ")), "{refused}");
    assert!(refused.contains("There is no fault “N999”"), "{refused}");
    assert!(refused.contains("sites/home.toml:2: "), "{refused}");
}
